// How fast times are found, in the texts of the examples: megabytes of text a second on one core. `Annotate` is what everything after
// it needs anyway.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "facts/facts.h"
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

void AllFacts(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(facts::extract(corpus().articles, corpus().texts, corpus().knowledge));
  state.SetBytesProcessed(state.iterations() * corpus().bytes);
}
BENCHMARK(AllFacts)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace depesche
