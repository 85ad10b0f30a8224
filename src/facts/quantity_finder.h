#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/article.h"
#include "facts/facts.h"
#include "facts/quantities.h"
#include "facts/quantity_words.h"
#include "knowledge/knowledge.h"
#include "text/text.h"

namespace depesche::facts {

/// Finds how many of what in a text of one language. Made once for it, used from any thread.
class QuantityFinder {
 public:
  QuantityFinder(const knowledge::Knowledge& knowledge, Language language);

  /// In the order of the text, none for ages, dates, scores and other numbers that count nothing; `statement` is left open.
  std::vector<Quantity> find(const Article& article, const text::Text& text) const;

 private:
  const knowledge::Knowledge& knowledge_;
  Language language_;
  QuantityWords words_;
  Lexicon lexicon_;
};

/// "dead >=12", "distance ~10 km", "people 20..99": as the examples of the packs have it.
std::string written(const Quantity& quantity);

/// Gives each quantity the statement within whose content it stands; both in the order of the text.
void attribute(std::span<Quantity> quantities, std::span<const Statement> statements);

}  // namespace depesche::facts
