#pragma once

#include <cstdint>
#include <vector>

#include "core/article.h"
#include "text/text.h"

namespace depesche::lineage {

enum class Titles : bool { left_out, kept };

/// The sentences that matching looks at, as positions in Text::sentences: with titles those of copies::Body, without them those of
/// copies::body_sentences.
inline std::vector<std::uint32_t> matched_sentences(const Article& article, const text::Text& text, Titles titles) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t s = 0; s < text.sentences.size(); ++s) {
    const Role role = article.blocks[text.sentences[s].block].role;
    const bool is_title = role == Role::title || role == Role::subtitle;
    if (role == Role::body || role == Role::subheading || (is_title && titles == Titles::kept)) out.push_back(s);
  }
  return out;
}

}  // namespace depesche::lineage
