#include "copies/shingles.h"

#include <xxhash.h>

#include <optional>

#include "copies/copies.h"
#include "text/quotations.h"

namespace depesche::copies {
Body body_of(const Article& article, const text::Text& text) {
  Body body;
  std::optional<BlockIndex> open_block;
  std::vector<text::Quotation> quotations;  // of the block at hand
  std::size_t next_quotation = 0;
  for (const auto& sentence : text.sentences) {
    const Role role = article.blocks[sentence.block].role;
    if (role != Role::body && role != Role::subheading) continue;
    const Span content = article.blocks[sentence.block].content();
    if (open_block != sentence.block) {
      open_block = sentence.block;
      quotations = text::find_quotations(article.words_at(content));
      next_quotation = 0;
    }
    for (const auto& token : text.tokens_of(sentence)) {
      if (token.kind == text::TokenKind::mark) continue;
      const auto at = token.span.begin - content.begin;
      while (next_quotation < quotations.size() && quotations[next_quotation].outer.end <= at) ++next_quotation;
      const bool is_quoted = next_quotation < quotations.size() && quotations[next_quotation].outer.begin <= at;
      body.words.push_back({token.form, token.stem, token.span, sentence.block, is_quoted});
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
