#pragma once

#include <map>
#include <span>

#include "core/article.h"
#include "facts/actor_words.h"
#include "facts/facts.h"
#include "facts/lexicon.h"
#include "text/text.h"

namespace depesche::facts {

/// Fills ArticleFacts::relations of all articles, once their actors are linked. A state that only an adjective names ("Turkish-backed
/// rebels") is appended to `facts.actors` where it is not one of them, and mentioned by its adjective.
void find_relations(std::span<const Article> articles, std::span<const text::Text> texts,
                    const knowledge::Knowledge& knowledge, const std::map<Language, Lexicon>& lexicons,
                    const std::map<Language, ActorWords>& actor_words, Facts& facts, unsigned threads);

}  // namespace depesche::facts
