#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/article.h"
#include "facts/facts.h"
#include "knowledge/knowledge.h"
#include "lineage/lineage.h"
#include "stories/stories.h"
#include "text/text.h"

namespace depesche::situation {

/// A word by which one account calls an actor that is called otherwise, too: "rebels", "terrorists".
struct Naming {
  std::uint32_t actor = 0;  ///< into Facts::actors
  std::string term;         ///< one for all languages, by naming.rules: "rebels" for "rebelles" and "Rebellen"
  std::optional<std::uint32_t> speaker;  ///< into Facts::actors: in whose words it stands; nothing for the text's own
  std::string outlet;              ///< whose text it is where nobody is quoted: its agency, its outlet, else its id
  std::uint32_t count = 0;         ///< passages in different words; copies count once
  std::vector<Evidence> evidence;  ///< all passages, by article
};

/// Who calls whom what, where an actor goes by two terms or more of one kind. By actor, then term, then speaker.
///
/// A term stands for the actor beside which it stands ("the terrorist group HTS") or of whose mention it is part ("the Syrian regime").
/// A population ("les rebelles") stands for the one armed group that the article names, or else its story; where there is none or are
/// several, for the population most often named in the story.
std::vector<Naming> namings(std::span<const stories::Story> stories, const lineage::Lineage& lineage,
                            const facts::Facts& facts, std::span<const Article> articles,
                            std::span<const text::Text> texts, const knowledge::Knowledge& knowledge);

}  // namespace depesche::situation
