// Stages of src/copies/ one by one, on articles made up of random words: of 40,000 words as frequent as those of a language
// (Zipf), four paragraphs of eighty; every fourth article is an earlier one with every thirtieth word changed.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "copies/copies.h"
#include "copies/near.h"
#include "copies/near_shingles.h"
#include "copies/passage_index.h"
#include "core/article.h"
#include "text/text.h"

namespace depesche::copies {
namespace {

constexpr std::uint32_t vocabulary = 40'000;
constexpr int paragraphs = 4;
constexpr int paragraph_words = 80;

std::string word_of(std::uint32_t number) {
  std::string word;
  for (number += 26; number > 0; number /= 26) word += static_cast<char>('a' + number % 26);
  return word;
}

class Writer {
 public:
  std::vector<std::string> articles(std::size_t count) {
    std::vector<std::vector<std::uint32_t>> written;
    for (std::size_t i = 0; i < count; ++i) {
      if (i % 4 == 3) {
        written.push_back(written[random_() % written.size()]);
        for (auto& word : written.back()) word = random_() % 30 == 0 ? draw() : word;
      } else {
        auto& words = written.emplace_back(paragraphs * paragraph_words);
        std::generate(words.begin(), words.end(), [&] { return draw(); });
      }
    }
    std::vector<std::string> texts;
    for (const auto& words : written) {
      auto& text = texts.emplace_back();
      for (std::size_t k = 0; k < words.size(); ++k)
        text += word_of(words[k]) + (k % paragraph_words == paragraph_words - 1 ? ".\n" : " ");
    }
    return texts;
  }

 private:
  /// Rank r with a chance of about 1 / r.
  std::uint32_t draw() {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    return static_cast<std::uint32_t>(std::exp(u * std::log(double{vocabulary}))) - 1;
  }

  std::mt19937 random_{1};
};

/// Text without a language, as text::annotate would cut it: bodies need forms, sentences and spans.
Body body_of_words(const std::string& words) {
  Article article;
  article.text = words;
  text::Text text;
  std::uint32_t begin = 0;
  for (std::uint32_t line = 0; begin < words.size(); ++line) {
    const auto end = static_cast<std::uint32_t>(words.find('\n', begin));
    article.blocks.push_back({.line = line + 1, .role = Role::body, .span = {begin, end}, .because = "", .cut = {}});
    text::Sentence sentence{{begin, end}, line, static_cast<std::uint32_t>(text.tokens.size()), 0};
    for (auto at = begin; at < end;) {
      const auto stop = std::min(end, static_cast<std::uint32_t>(words.find_first_of(" .\n", at)));
      const auto form = text::form_hash(std::string_view(words).substr(at, stop - at));
      if (stop > at) {
        text.tokens.push_back(
            {.span = {at, stop}, .kind = text::TokenKind::word, .is_capitalised = false, .form = form, .stem = form});
      }
      at = stop + 1;
    }
    sentence.last_token = static_cast<std::uint32_t>(text.tokens.size());
    text.sentences.push_back(sentence);
    begin = end + 1;
  }
  return body_of_words(article, text, Spans::dropped);
}

std::vector<Body> bodies(std::size_t count) {
  std::vector<Body> out;
  for (const auto& words : Writer().articles(count)) out.push_back(body_of_words(words));
  return out;
}

void count_articles(benchmark::State& state, std::size_t per_iteration) {
  state.counters["articles/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(per_iteration), benchmark::Counter::kIsRate);
}

void find_keys(benchmark::State& state) {
  const auto all = bodies(1000);
  for (auto _ : state) {
    for (const auto& body : all) benchmark::DoNotOptimize(surface_keys(body));
  }
  count_articles(state, all.size());
}
BENCHMARK(find_keys)->Unit(benchmark::kMillisecond);

void align_pairs(benchmark::State& state) {
  const auto all = bodies(400);
  for (auto _ : state) {
    for (std::size_t i = 3; i < all.size(); i += 4) benchmark::DoNotOptimize(align(all[i - 1], all[i]));
  }
  count_articles(state, all.size() / 4);
}
BENCHMARK(align_pairs)->Unit(benchmark::kMillisecond);

void match_all(benchmark::State& state) {
  const auto all = bodies(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(match(all));
  count_articles(state, all.size());
}
BENCHMARK(match_all)->Arg(1000)->Arg(10'000)->Arg(50'000)->Unit(benchmark::kMillisecond);

void find_near_duplicates(benchmark::State& state) {
  const auto texts = Writer().articles(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    ShingleReader reader;
    NearDuplicates near;
    for (const auto& text : texts) near.add(reader.read(text));
    std::size_t pairs = 0;
    near.find({.resemblance = 0.5, .containment = {}}, [&](const auto&) { ++pairs; });
    benchmark::DoNotOptimize(pairs);
  }
  count_articles(state, texts.size());
}
BENCHMARK(find_near_duplicates)->Arg(1000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace depesche::copies
