#pragma once

#include <vector>

#include "facts/facts.h"
#include "facts/lexicon.h"
#include "facts/speakers.h"

namespace depesche::facts {

/// A statement whose speaker is words still, not yet an actor.
struct Attribution {
  Statement statement;
  SpeakerKind speaker_kind = SpeakerKind::name;
};

/// The statements of one article, in the order of the text. A dateline is no part of what anybody says.
std::vector<Attribution> find_attributions(const Article& article, const text::Text& text,
                                           const std::optional<Dateline>& dateline, const Lexicon& lexicon,
                                           const knowledge::Knowledge& knowledge);

}  // namespace depesche::facts
