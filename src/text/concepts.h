#pragma once

#include <cstdint>
#include <vector>

#include "knowledge/concept.h"
#include "text/text.h"

namespace depesche::text {

/// Something that a word, a number or a name of several words may mean in any language.
struct Concept {
  knowledge::ConceptId id;
  std::uint32_t first_token = 0;  ///< into Text::tokens
  std::uint32_t last_token = 0;   ///< one behind

  auto operator<=>(const Concept&) const = default;
};

/// What the tokens of a text may mean, in the order of the text. What stands on the same tokens are alternatives, the likeliest
/// first, `alternatives_max` at most; function words mean nothing.
std::vector<Concept> concepts_of(const Article& article, const Text& text, const knowledge::Knowledge& knowledge);

inline constexpr std::uint32_t alternatives_max = 10;

/// The same of one word of a language.
std::vector<knowledge::ConceptId> concepts_of_word(std::string_view word, Language language,
                                                   const knowledge::Knowledge& knowledge);

/// How well a language is known: a word that has a meaning here finds one of a translation's words that shares it with a chance of
/// the product of both languages' shares, in (0, 1]; 0 where nobody measured. Measured on news (data/lang/XX/lexicon.rules).
float counterpart_share(Language language, const knowledge::Knowledge& knowledge);

}  // namespace depesche::text
