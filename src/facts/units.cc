#include "facts/units.h"

namespace depesche::facts {
namespace {

using text::Quotation;
using text::Token;
using text::TokenKind;

constexpr std::size_t unit_tokens_max = 400;
constexpr std::uint32_t attribution_tokens_max = 7;  ///< of "Muster asked the crowd."

std::vector<Key> keys_of(const Article& article, std::span<const Token> tokens) {
  std::vector<Key> keys;
  keys.reserve(tokens.size());
  for (const Token& token : tokens) {
    const bool is_hyphen = token.kind == TokenKind::mark && article.words_at(token.span) == "-";
    keys.push_back(token.kind != TokenKind::mark ? token.form : is_hyphen ? hyphen : other_mark);
  }
  return keys;
}

/// The quotations of a block as spans of the article. Speech of several paragraphs has a mark at the front of the first, or of
/// each, and one at the end of the last: `is_open` tells whether the block before left one open, and whether this one does.
std::vector<Quotation> quotations_of(const Article& article, Span content, bool& is_open) {
  const auto words = article.words_at(content);
  std::vector<Quotation> quotations;
  const auto closed = is_open ? text::end_of_open_quotation(words) : std::nullopt;
  std::uint32_t from = 0;
  if (closed) {
    quotations.push_back({{0, closed->end}, {0, closed->begin}});
    from = closed->end;
  }
  is_open = false;
  for (Quotation& quotation : text::find_quotations(words.substr(from), text::Unclosed::to_the_end)) {
    for (Span* span : {&quotation.outer, &quotation.inner}) {
      span->begin += from;
      span->end += from;
    }
    const bool is_to_the_end = quotation.outer.end == words.size() && quotation.inner.end == words.size();
    // In the middle of a paragraph a mark that nothing closes is a slip.
    if (is_to_the_end && quotation.outer.begin > 0) continue;
    is_open = is_to_the_end;
    quotations.push_back(quotation);
  }
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

/// "“Who waits?” she said.": the mark ends no sentence where the next begins small, or is that short.
bool asks_before(const Article& article, const text::Text& text, std::span<const Unit> units,
                 const text::Sentence& sentence) {
  if (units.empty() || units.back().tokens.size() < 3) return false;
  const Token& mark = units.back().tokens[units.back().tokens.size() - 2];
  const auto words = article.words_at(mark.span);
  const bool asks = mark.kind == TokenKind::mark && (words == "?" || words == "!");
  if (!asks || units.back().tokens.back().kind != TokenKind::mark || sentence.last_token <= sentence.first_token)
    return false;
  const bool is_small = !text.tokens[sentence.first_token].is_capitalised;
  return is_small || sentence.last_token - sentence.first_token <= attribution_tokens_max;
}

}  // namespace

std::vector<Unit> units_of(const Article& article, const text::Text& text, const std::optional<Dateline>& dateline) {
  std::vector<Unit> units;
  std::optional<BlockIndex> open_block;
  std::vector<Quotation> quotations;  // of the block at hand
  std::size_t running = 0;            // the first quotation that ends behind the sentence at hand
  std::size_t next = 0;               // the first quotation that no unit has yet
  bool is_open = false;               // the block before ends within a quotation
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
    const bool is_inside =
        !is_new_block && running < quotations.size() && quotations[running].outer.begin < sentence.span.begin;
    if (is_inside || (!is_new_block && asks_before(article, text, units, sentence))) {
      units.back().span.end = sentence.span.end;
      units.back().tokens = {units.back().tokens.data(), text.tokens.data() + sentence.last_token};
      continue;
    }
    close();
    if (is_new_block) {
      open_block = sentence.block;
      quotations = quotations_of(article, article.blocks[sentence.block].content(), is_open);
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
