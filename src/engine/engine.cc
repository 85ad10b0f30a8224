// Read this first. Each line is a folder.
#include "engine/engine.h"

#include "copies/meanings.h"

namespace depesche {

Picture Engine::take_in(std::span<const std::string> paths) const {
  return understand(intake::read(paths, knowledge_, options_));  // one bad item never stops a pile
}

Picture Engine::read_facts(std::span<const std::string> paths, const std::optional<Instant>& reference) const {
  Picture out;
  out.pile = intake::read(paths, knowledge_, options_);
  out.texts = text::annotate(out.pile.articles, knowledge_, options_.threads);
  out.facts = facts::extract(out.pile.articles, out.texts, knowledge_, options_.threads, reference);
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
  auto stories = stories::place(articles, texts, lineage);
  auto situation = situation::weigh(stories, lineage, facts, articles, texts);
  return {std::move(pile),    std::move(texts),   std::move(shared),   std::move(facts),
          std::move(lineage), std::move(stories), std::move(situation)};
}

}  // namespace depesche
