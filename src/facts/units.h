#pragma once

#include <optional>
#include <span>
#include <vector>

#include "facts/facts.h"
#include "facts/lexicon.h"
#include "text/quotations.h"

namespace depesche::facts {

/// A run of tokens with what is known of each.
struct Unit {
  BlockIndex block = 0;
  Span span;
  std::span<const text::Token> tokens;
  std::vector<Key> keys;
  std::vector<int> quotation;  ///< for each token the index of the quotation it stands in, or -1
  std::vector<text::Quotation> quotations;
};

/// Sentences joined where a quotation runs on over their ends, without the dateline. What is too long for a sentence is
/// a list or a table, in which nobody speaks; it is left out.
std::vector<Unit> units_of(const Article& article, const text::Text& text, const std::optional<Dateline>& dateline);

/// One sentence, with its quotations not looked for.
Unit unit_of(const Article& article, const text::Text& text, const text::Sentence& sentence);

}  // namespace depesche::facts
