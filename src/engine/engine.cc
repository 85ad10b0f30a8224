// Read this first. Each line is a folder.
#include "engine/engine.h"

#include "copies/meanings.h"

namespace depesche {

namespace {

/// When each article was made: as it says, else what `else_of` tells of it.
template <class ElseOf>
std::vector<std::optional<Instant>> creation_times(std::span<const Article> articles, const facts::Facts& facts,
                                                   const ElseOf& else_of) {
  std::vector<std::optional<Instant>> made;
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const auto said = facts::creation_time(articles[i], facts.articles[i].dateline);
    made.push_back(said ? said : else_of(i));
  }
  return made;
}

}  // namespace

Picture Engine::take_in(std::span<const std::string> paths) const {
  return understand(intake::read(paths, knowledge_, options_));  // one bad item never stops a pile
}

Picture Engine::read_undated_facts(std::span<const std::string> paths) const {
  Picture out;
  out.pile = intake::read(paths, knowledge_, options_);
  out.texts = text::annotate(out.pile.articles, knowledge_, options_.threads);
  out.facts = facts::extract(out.pile.articles, out.texts, knowledge_, options_.threads);
  return out;
}

Picture Engine::read_facts(std::span<const std::string> paths, const std::optional<Instant>& reference) const {
  Picture out = read_undated_facts(paths);
  out.made = creation_times(out.pile.articles, out.facts, [&](std::size_t) { return reference; });
  out.times = facts::find_times(out.pile.articles, out.texts, out.made, knowledge_, options_.threads);
  out.events =
      facts::find_events(out.pile.articles, out.texts, out.facts, out.times, out.made, knowledge_, options_.threads);
  return out;
}

Picture Engine::understand(intake::Pile pile) const {
  const auto& articles = pile.articles;
  auto texts = text::annotate(articles, knowledge_, options_.threads);
  auto bodies = copies::bodies_of(articles, texts, knowledge_);
  auto shared = copies::match_all(bodies);  // in one language and across
  auto facts = facts::extract(articles, texts, knowledge_, options_.threads);
  auto lineage = lineage::trace(articles, texts, bodies, shared, facts, knowledge_,
                                decisions_);  // every article belongs to a dispatch
  auto made = creation_times(articles, facts, [&](std::size_t i) { return lineage.written[i].date; });
  auto times = facts::find_times(articles, texts, made, knowledge_, options_.threads);
  auto events = facts::find_events(articles, texts, facts, times, made, knowledge_, options_.threads);
  auto drift =
      lineage::find_drift(articles, texts, bodies, facts, times, lineage.dispatches, knowledge_, options_.threads);
  auto stories = stories::place(articles, texts, lineage);
  auto situation = situation::weigh(stories, lineage, facts, articles, texts);
  situation.naming = situation::namings(stories, lineage, facts, articles, texts, knowledge_);
  situation.timeline = situation::timeline_of(articles, facts, times, events, made, lineage);
  return {std::move(pile),    std::move(texts),   std::move(shared),   std::move(facts),
          std::move(lineage), std::move(made),    std::move(times),    std::move(events),
          std::move(drift),   std::move(stories), std::move(situation)};
}

}  // namespace depesche
