#include "copies/shingles.h"

#include <unicode/uchar.h>
#include <xxhash.h>

#include "copies/copies.h"
#include "core/unicode.h"

namespace depesche::copies {
namespace {

/// Follows quotation marks through a block. National habits turn the same mark round (a German closing mark is an
/// English opening one), so a mark opens where none is open and closes where one is; a block never inherits an open
/// quotation.
class QuotationState {
 public:
  bool step(std::string_view mark) {
    for (std::uint32_t i = 0; i < mark.size();) {
      const auto [c, next] = code_point_at(mark, i);
      i = next;
      const bool is_apostrophe = c == U'\'' || c == U'\u2019';
      if (!is_apostrophe && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_QUOTATION_MARK)) is_open_ = !is_open_;
    }
    return is_open_;
  }

 private:
  bool is_open_ = false;
};

}  // namespace

Body body_of(const Article& article, const text::Text& text) {
  Body body;
  QuotationState quotation;
  bool is_quoted = false;
  std::optional<BlockIndex> open_block;
  for (const auto& sentence : text.sentences) {
    const Role role = article.blocks[sentence.block].role;
    if (role != Role::body && role != Role::subheading) continue;
    if (open_block != sentence.block) {
      quotation = {};
      is_quoted = false;
      open_block = sentence.block;
    }
    for (const auto& token : text.tokens_of(sentence)) {
      if (token.kind == text::TokenKind::mark) {
        is_quoted = quotation.step(article.words_at(token.span));
      } else {
        body.words.push_back({token.form, token.stem, token.span, sentence.block, is_quoted});
      }
    }
  }
  body.shingles.resize(body.words.size());
  for (std::size_t i = 0; i + shingle_words <= body.words.size(); ++i) {
    if (body.words[i].block != body.words[i + shingle_words - 1].block) continue;
    std::uint64_t forms[shingle_words];
    for (int k = 0; k < shingle_words; ++k) forms[k] = body.words[i + k].form;
    body.shingles[i] = XXH3_64bits(forms, sizeof forms) | 1;  // never 0, which means "none here"
  }
  return body;
}

}  // namespace depesche::copies
