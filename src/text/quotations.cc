// Nations disagree on which way a mark turns: “ opens in English and closes in German („…“), » closes in French and
// opens in much German print (»…«). So no mark opens or closes by itself: the mark that opens tells which marks may
// close it.
//
//   „Wir hoffen, dass …“      found: „ is closed by “ or ” or "
//   “Nous espérons …”         found
//   the word “rebels          not found: nothing closes it in its block
//
// An apostrophe is no mark: ’ closes only what ‘ opened, and only where no letter follows.
//
// Texts that went through a narrower character set have "?" or U+FFFD where a mark stood. Before a word at whose front
// there is a blank it can only have opened; behind one it closes what such a mark opened.
//
// A mark that nothing closes is looked for once: behind it the same search would fail again, so the cost stays linear.
#include "text/quotations.h"

#include <unicode/uchar.h>

#include <optional>
#include <string>

#include "core/unicode.h"

namespace depesche::text {
namespace {

std::u32string_view closers_of(char32_t opener) {
  switch (opener) {
    case U'"': return U"\"\u201d\u201c";
    case U'\u201c': return U"\u201d\"";
    case U'\u201d': return U"\u201d";
    case U'\u201e': return U"\u201c\u201d\"\u201f";
    case U'\u201f': return U"\u201d";
    case U'\u00ab': return U"\u00bb";
    case U'\u00bb': return U"\u00ab\u00bb";
    case U'\u2039': return U"\u203a";
    case U'\u203a': return U"\u2039";
    case U'\u2018': return U"\u2019";
    case U'\u201a': return U"\u2018\u2019";
    case U'\u300c': return U"\u300d";
    case U'\u300e': return U"\u300f";
    default: return {};
  }
}

constexpr bool is_lost_mark(char32_t c) { return c == U'?' || c == U'\ufffd'; }

bool is_letter_at(std::string_view words, std::uint32_t offset) {
  return offset < words.size() && u_isalpha(static_cast<UChar32>(code_point_at(words, offset).value));
}

}  // namespace

std::vector<Quotation> find_quotations(std::string_view words, Unclosed unclosed) {
  std::vector<Quotation> found;
  std::u32string never_closed;
  for (std::uint32_t i = 0; i < words.size();) {
    const auto [opener, inside] = code_point_at(words, i);
    const bool is_lost = is_lost_mark(opener) && (i == 0 || words[i - 1] == ' ') && is_letter_at(words, inside);
    const auto closers = is_lost ? std::u32string_view(U"?\ufffd") : closers_of(opener);
    if (closers.empty() || never_closed.find(opener) != std::u32string::npos) {
      i = inside;
      continue;
    }
    std::optional<Span> closing;
    for (std::uint32_t j = inside; j < words.size() && !closing;) {
      const auto [c, next] = code_point_at(words, j);
      const bool is_apostrophe = (c == U'\u2019' || is_lost_mark(c)) && is_letter_at(words, next);
      if (!is_apostrophe && closers.find(c) != std::u32string_view::npos) closing = Span{j, next};
      j = next;
    }
    const bool opens_word = (i == 0 || words[i - 1] == ' ') && inside < words.size() && words[inside] != ' ';
    if (!closing && unclosed == Unclosed::to_the_end && opens_word) {
      const auto end = static_cast<std::uint32_t>(words.size());
      found.push_back({{i, end}, {inside, end}});
      break;
    }
    if (!closing) {
      never_closed += opener;
      i = inside;
      continue;
    }
    const auto inner = trim(words.substr(inside, closing->begin - inside));
    if (!inner.empty()) {
      const auto begin = static_cast<std::uint32_t>(inner.data() - words.data());
      found.push_back({{i, closing->end}, {begin, begin + static_cast<std::uint32_t>(inner.size())}});
    }
    i = closing->end;
  }
  return found;
}

std::optional<Span> end_of_open_quotation(std::string_view words) {
  for (std::uint32_t i = 0; i < words.size();) {
    const auto [c, next] = code_point_at(words, i);
    const bool closes =
        c == U'\u00bb' || c == U'\u201d' || c == U'\u201c' || (c == U'"' && i > 0 && words[i - 1] != ' ');
    const bool opens_word = i == 0 || words[i - 1] == ' ';
    const bool before_letter = is_letter_at(words, next);
    if (closes && !(opens_word && before_letter)) return i == 0 ? std::nullopt : std::optional(Span{i, next});
    if (!closers_of(c).empty() && opens_word) return {};
    i = next;
  }
  return {};
}

}  // namespace depesche::text
