#pragma once

#include <vector>

#include "facts/facts.h"
#include "facts/mentions.h"
#include "facts/parties.h"
#include "facts/speech_words.h"

namespace depesche::facts {

/// A statement whose speaker is words still, not yet an actor.
struct Attribution {
  Statement statement;
  SpeakerKind speaker_kind = SpeakerKind::name;
  SpeakerKind addressee_kind = SpeakerKind::name;
  std::vector<SpeakerKind> via_kinds;  ///< beside Statement::via
};

/// The statements of one article, in the order of the text. A dateline is no part of what anybody says. `named` are the
/// actors of the article: where the words of a speaker hold a person's name, that is who speaks.
std::vector<Attribution> find_attributions(const Article& article, const text::Text& text,
                                           const std::optional<Dateline>& dateline, const SpeechWords& words,
                                           const ArticleActors& named);

}  // namespace depesche::facts
