#include "facts/units.h"

namespace depesche::facts {
namespace {

using text::Quotation;
using text::Token;
using text::TokenKind;

constexpr std::size_t unit_tokens_max = 400;

std::vector<Key> keys_of(const Article& article, std::span<const Token> tokens) {
  std::vector<Key> keys;
  keys.reserve(tokens.size());
  for (const Token& token : tokens) {
    const bool is_hyphen = token.kind == TokenKind::mark && article.words_at(token.span) == "-";
    keys.push_back(token.kind != TokenKind::mark ? token.form : is_hyphen ? hyphen : other_mark);
  }
  return keys;
}

/// The quotations of a block as spans of the article.
std::vector<Quotation> quotations_of(const Article& article, Span content) {
  auto quotations = text::find_quotations(article.words_at(content));
  for (Quotation& quotation : quotations) {
    for (Span* span : {&quotation.outer, &quotation.inner}) {
      span->begin += content.begin;
      span->end += content.begin;
    }
  }
  return quotations;
}

/// Takes the dateline off the front.
void cut_dateline(Unit& unit, const Dateline& dateline) {
  if (!dateline.span.overlaps(unit.span)) return;
  while (!unit.tokens.empty() && unit.tokens.front().span.begin < dateline.span.end)
    unit.tokens = unit.tokens.subspan(1);
  if (!unit.tokens.empty()) unit.span.begin = unit.tokens.front().span.begin;
}

/// Gives a unit its quotations, which `next` walks through, and each of its tokens the quotation it stands in.
void place_quotations(Unit& unit, std::span<const Quotation> quotations, std::size_t& next) {
  while (next < quotations.size() && quotations[next].outer.begin < unit.span.begin) ++next;
  for (; next < quotations.size() && quotations[next].outer.end <= unit.span.end; ++next) {
    unit.quotations.push_back(quotations[next]);
  }
  unit.quotation.assign(unit.tokens.size(), -1);
  std::size_t q = 0;
  for (std::size_t i = 0; i < unit.tokens.size(); ++i) {
    while (q < unit.quotations.size() && unit.quotations[q].outer.end <= unit.tokens[i].span.begin) ++q;
    if (q == unit.quotations.size()) break;
    if (unit.quotations[q].outer.overlaps(unit.tokens[i].span)) unit.quotation[i] = static_cast<int>(q);
  }
}

}  // namespace

std::vector<Unit> units_of(const Article& article, const text::Text& text, const std::optional<Dateline>& dateline) {
  std::vector<Unit> units;
  std::optional<BlockIndex> open_block;
  std::vector<Quotation> quotations;  // of the block at hand
  std::size_t running = 0;            // the first quotation that ends behind the sentence at hand
  std::size_t next = 0;               // the first quotation that no unit has yet
  const auto close = [&] {
    if (units.empty()) return;
    Unit& unit = units.back();
    if (dateline) cut_dateline(unit, *dateline);
    place_quotations(unit, quotations, next);
    unit.keys = keys_of(article, unit.tokens);
    if (unit.tokens.empty() || unit.tokens.size() > unit_tokens_max) units.pop_back();
  };
  for (const auto& sentence : text.sentences) {
    if (article.blocks[sentence.block].role != Role::body) continue;
    const bool is_new_block = open_block != sentence.block;
    while (!is_new_block && running < quotations.size() && quotations[running].outer.end <= sentence.span.begin)
      ++running;
    if (!is_new_block && running < quotations.size() && quotations[running].outer.begin < sentence.span.begin) {
      units.back().span.end = sentence.span.end;
      units.back().tokens = {units.back().tokens.data(), text.tokens.data() + sentence.last_token};
      continue;
    }
    close();
    if (is_new_block) {
      open_block = sentence.block;
      quotations = quotations_of(article, article.blocks[sentence.block].content());
      running = next = 0;
    }
    units.push_back({sentence.block, sentence.span, text.tokens_of(sentence), {}, {}, {}});
  }
  close();
  return units;
}

Unit unit_of(const Article& article, const text::Text& text, const text::Sentence& sentence) {
  Unit unit{sentence.block, sentence.span, text.tokens_of(sentence), {}, {}, {}};
  unit.keys = keys_of(article, unit.tokens);
  unit.quotation.assign(unit.tokens.size(), -1);
  return unit;
}

}  // namespace depesche::facts
