// How fast facts are found, in the texts of the examples: megabytes of text a second on one core. `Annotate` is what everything after
// it needs anyway. `Origins`, `Places`, `Actors` and `Statements` are parts of `AllFacts`, which leaves `Times` out; `Tables` is all that
// is done for the facts of the first so many articles, most of it tables that are made whatever their number.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "facts/actors.h"
#include "facts/credits.h"
#include "facts/datelines.h"
#include "facts/facts.h"
#include "facts/mentions.h"
#include "facts/places.h"
#include "facts/statements.h"
#include "facts/timex.h"
#include "intake/intake.h"

namespace depesche {
namespace {

struct Corpus {
  knowledge::Knowledge knowledge;
  std::vector<Article> articles;
  std::vector<text::Text> texts;
  std::int64_t bytes = 0;
};

/// The articles of the examples, or of $DEPESCHE_BENCH.
const Corpus& corpus() {
  static const Corpus corpus = [] {
    auto opened = knowledge::Knowledge::open();
    if (!opened.has_value()) std::abort();
    Corpus out{*opened, {}, {}, 0};
    const char* named = std::getenv("DEPESCHE_BENCH");
    const std::vector<std::string> paths = {named != nullptr ? named : DEPESCHE_TOP "/examples"};
    out.articles = intake::read(paths, out.knowledge).articles;
    out.texts = text::annotate(out.articles, out.knowledge);
    for (const Article& article : out.articles) out.bytes += static_cast<std::int64_t>(article.text.size());
    return out;
  }();
  return corpus;
}

void Annotate(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(text::annotate(corpus().articles, corpus().knowledge));
  state.SetBytesProcessed(state.iterations() * corpus().bytes);
}
BENCHMARK(Annotate)->Unit(benchmark::kMillisecond);

void Times(benchmark::State& state) {
  const facts::TimexFinder finder(corpus().knowledge);
  const auto reference = parse_iso("2024-12-01");
  std::size_t found = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < corpus().articles.size(); ++i)
      found += finder.find(corpus().articles[i], corpus().texts[i], reference).size();
  }
  state.counters["found"] = static_cast<double>(found) / static_cast<double>(state.iterations());
  state.SetBytesProcessed(state.iterations() * corpus().bytes);
}
BENCHMARK(Times)->Unit(benchmark::kMillisecond);

/// What facts are read with, made once.
struct Tools {
  facts::OriginTools origins{corpus().knowledge};
  facts::ActorKnowledge actors{corpus().knowledge};
  std::map<Language, facts::Lexicon> lexicons;
  std::map<Language, facts::ActorWords> actor_words;
  std::map<Language, facts::SpeechWords> speech_words;
  std::vector<std::optional<facts::Dateline>> datelines;
  std::vector<facts::ArticleActors> named;

  Tools() {
    for (std::size_t i = 0; i < corpus().texts.size(); ++i) {
      const Language language = corpus().texts[i].language;
      lexicons.try_emplace(language, corpus().knowledge.pack(language));
      const auto& names = actor_words.try_emplace(language, actors, language).first->second;
      speech_words.try_emplace(language, corpus().knowledge.pack(language), names);
      datelines.push_back(facts::find_dateline(corpus().articles[i], corpus().texts[i], origins));
      named.push_back(facts::find_actors(corpus().articles[i], corpus().texts[i], datelines[i], actors, names));
    }
  }
};

const Tools& tools() {
  static const Tools tools;
  return tools;
}

template <class Read>
void read_all(benchmark::State& state, const Read& read) {
  for (auto _ : state) {
    for (std::size_t i = 0; i < corpus().articles.size(); ++i)
      read(corpus().articles[i], corpus().texts[i], tools().datelines[i]);
  }
  state.SetBytesProcessed(state.iterations() * corpus().bytes);
}

void Origins(benchmark::State& state) {
  const auto& origins = tools().origins;
  read_all(state, [&](const Article& article, const text::Text& text, const std::optional<facts::Dateline>&) {
    const auto dateline = facts::find_dateline(article, text, origins);
    benchmark::DoNotOptimize(facts::find_credits(article, dateline, origins));
    benchmark::DoNotOptimize(origins.dates.find(article, text));
    benchmark::DoNotOptimize(origins.dates.find_set_aside(article, text.language));
  });
}
BENCHMARK(Origins)->Unit(benchmark::kMillisecond);

void Places(benchmark::State& state) {
  const facts::PlaceFinder finder(corpus().knowledge, corpus().texts, tools().lexicons);
  read_all(state, [&](const Article& article, const text::Text& text, const std::optional<facts::Dateline>& dateline) {
    benchmark::DoNotOptimize(finder.find(article, text, dateline));
  });
}
BENCHMARK(Places)->Unit(benchmark::kMillisecond);

void Actors(benchmark::State& state) {
  read_all(state, [&](const Article& article, const text::Text& text, const std::optional<facts::Dateline>& dateline) {
    const auto& words = tools().actor_words.at(text.language);
    benchmark::DoNotOptimize(facts::find_actors(article, text, dateline, tools().actors, words));
  });
}
BENCHMARK(Actors)->Unit(benchmark::kMillisecond);

/// With the actors of the articles found beforehand.
void Statements(benchmark::State& state) {
  for (auto _ : state) {
    for (std::size_t i = 0; i < corpus().articles.size(); ++i) {
      const auto& text = corpus().texts[i];
      benchmark::DoNotOptimize(facts::find_attributions(corpus().articles[i], text, tools().datelines[i],
                                                        tools().speech_words.at(text.language), tools().named[i]));
    }
  }
  state.SetBytesProcessed(state.iterations() * corpus().bytes);
}
BENCHMARK(Statements)->Unit(benchmark::kMillisecond);

void Tables(benchmark::State& state) {
  const auto size = std::min<std::size_t>(static_cast<std::size_t>(state.range(0)), corpus().articles.size());
  // A knowledge of its own, whose packs nobody has read: what is read once a process counts, too.
  for (auto _ : state) {
    const auto opened = knowledge::Knowledge::open();
    if (!opened.has_value()) std::abort();
    const auto articles = std::span(corpus().articles).first(size);
    const auto texts = std::span(corpus().texts).first(size);
    const std::vector<std::optional<Instant>> made(size);
    benchmark::DoNotOptimize(facts::extract(articles, texts, *opened));
    benchmark::DoNotOptimize(facts::find_times(articles, texts, made, *opened));
  }
}
BENCHMARK(Tables)->Arg(1)->Arg(8)->Arg(64)->Unit(benchmark::kMillisecond);

void AllFacts(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(facts::extract(corpus().articles, corpus().texts, corpus().knowledge));
  state.SetBytesProcessed(state.iterations() * corpus().bytes);
}
BENCHMARK(AllFacts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace depesche
