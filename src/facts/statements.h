#pragma once

#include <string>
#include <vector>

#include "facts/facts.h"
#include "facts/lexicon.h"

namespace depesche::facts {

/// What the words of a speaker are.
enum class SpeakerKind : std::uint8_t { name, body, office };

/// A statement whose speaker is words still, not yet an actor.
struct Attribution {
  Statement statement;
  SpeakerKind speaker_kind = SpeakerKind::name;
};

/// The statements of one article, in the order of the text. A dateline is no part of what anybody says.
std::vector<Attribution> find_attributions(const Article& article, const text::Text& text,
                                           const std::optional<Dateline>& dateline, const Lexicon& lexicon,
                                           const knowledge::Knowledge& knowledge);

/// The long forms of names in an article, in the order of the text.
struct FullNames {
  std::vector<Span> names;   ///< of two or more words: "Maria Zakharova", "Hayat Tahrir al-Sham"
  std::vector<Span> bodies;  ///< from their head on: "ministère russe des Affaires étrangères"
};
FullNames find_full_names(const Article& article, const text::Text& text, const Lexicon& lexicon,
                          const knowledge::Knowledge& knowledge);

}  // namespace depesche::facts
