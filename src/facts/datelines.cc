// A dateline is read as print writes it, not by a pattern for each agency:
//
//   HAMBURG, March 5 (Reuters) -       Moskau, 4. Dezember 2024 (AFP) –      МОСКВА, 4 дек — РИА Новости.
//   PARIS (AFP) –                      Madrid, 12 mar (EFE).-                (dpa) -
//
// It is the stretch before the first dash (or, on a line of its own, the whole line), cut at commas and brackets. Of
// the pieces one may be a place, one a date, one an agency; the first piece that is none of them spoils it. So "Le
// ministre, mardi, – …" is no dateline. Enough is an agency, or a place with a date, or a town in capitals.
#include "facts/datelines.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

/// No dateline is longer: "RIO DE JANEIRO/WASHINGTON, 28 de noviembre de 2024 (Reuters/EFE) -" has 62 characters.
constexpr std::size_t dateline_bytes_max = 140;
constexpr std::size_t place_words_max = 5;
constexpr std::size_t credit_line_words_max = 6;

struct Dash {
  std::uint32_t begin;
  std::uint32_t end;
};

/// A dash that parts: an en or em dash, a hyphen between blanks, or ".-" as Spanish agencies write it.
std::optional<Dash> find_dash(std::string_view words) {
  for (std::uint32_t i = 0; i < words.size();) {
    const auto [c, next] = code_point_at(words, i);
    if (c == U'\u2013' || c == U'\u2014' || c == U'\u2015') return Dash{i, next};
    const bool blank_before = i > 0 && words[i - 1] == ' ';
    const bool blank_after = next == words.size() || words[next] == ' ';
    if (c == U'-' && blank_after && (blank_before || (i > 0 && (words[i - 1] == '.' || words[i - 1] == ')'))))
      return Dash{i, next};
    i = next;
  }
  return {};
}

bool is_upper_word(std::string_view word) {
  bool has_letter = false;
  for (std::uint32_t i = 0; i < word.size();) {
    const auto [c, next] = code_point_at(word, i);
    i = next;
    if (u_islower(static_cast<UChar32>(c))) return false;
    has_letter |= u_isalpha(static_cast<UChar32>(c)) != 0;
  }
  return has_letter;
}

/// Whether the first letter is a capital and the words are few enough to name a place.
bool looks_like_place(std::string_view words) {
  if (words.empty() || !u_isUUppercase(static_cast<UChar32>(code_point_at(words, 0).value))) return false;
  return static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) < place_words_max &&
         words.find_first_of(".!?\"0123456789") == std::string_view::npos;
}

class Reader {
 public:
  Reader(const Article& article, const knowledge::Agencies& agencies, const DatePatterns& dates,
         const knowledge::Knowledge& knowledge, BlockIndex block, Language language)
      : article_(article), agencies_(agencies), dates_(dates), knowledge_(knowledge), language_(language) {
    out_.block = block;
  }

  std::optional<Dateline> read(Span whole, bool is_own_line) {
    const auto words = article_.words_at(
        {whole.begin, std::min(whole.end, whole.begin + static_cast<std::uint32_t>(dateline_bytes_max))});
    auto dash = find_dash(words);
    if (!dash && !is_own_line) return {};
    Span head{whole.begin, dash ? whole.begin + dash->begin : whole.end};
    if (head.size() > dateline_bytes_max) return {};
    out_.span = {whole.begin, dash ? whole.begin + dash->end : whole.end};
    if (!read_pieces(head)) return {};
    // Russian agencies stand behind the dash: "МОСКВА, 4 дек — РИА Новости."
    if (dash && !out_.agency && out_.place) {
      const Span tail{out_.span.end, std::min(whole.end, out_.span.end + 60)};
      const auto found = agencies_.find(article_.words_at(tail), true);
      if (found && trim(article_.words_at({tail.begin, tail.begin + found->span.begin})).empty()) {
        const auto after = tail.begin + found->span.end;
        if (after == whole.end || article_.text[after] == '.' || article_.text[after] == ',') {
          out_.agency = found->agency->name;
          out_.span.end = std::min(whole.end, after + 1);
        }
      }
    }
    const bool in_capitals = out_.place && out_.town && is_upper_word(article_.words_at(*out_.place));
    if (!out_.agency && !(out_.place && out_.date) && !in_capitals) return {};
    return out_;
  }

 private:
  /// The pieces between commas and brackets, none of which may be something else.
  bool read_pieces(Span head) {
    auto begin = head.begin;
    bool bracketed = false;
    for (auto at = head.begin; at <= head.end; ++at) {
      const char c = at < head.end ? article_.text[at] : ',';
      if (c != ',' && c != '(' && c != ')' && c != '[' && c != ']') continue;
      const auto piece = trim(article_.words_at({begin, at}));
      const auto from = static_cast<std::uint32_t>(piece.data() - article_.text.data());
      const auto size = static_cast<std::uint32_t>(piece.size());
      if (!piece.empty() && piece != "." && !read_piece({from, from + size}, bracketed)) return false;
      bracketed = c == '(' || c == '[';
      begin = at + 1;
    }
    return true;
  }

  bool read_piece(Span span, bool bracketed) {
    const auto words = article_.words_at(span);
    if (const auto agency = agencies_.find(words, bracketed);
        agency && (bracketed || agency->span.size() == span.size())) {
      if (!out_.agency) out_.agency = agency->agency->name;
      return true;
    }
    if (auto time = dates_.match_at(words, 0, language_); time && time->span.end == words.size() && !out_.date) {
      time->block = out_.block;
      time->span = span;
      out_.date = *time;
      return true;
    }
    if (bracketed) return false;
    const auto weekday = knowledge_.meanings(fold(words), knowledge::NameKind::weekday, language_);
    if (!weekday.empty()) return true;
    // A country or state behind the town: "HOMS, Syrie, 3 décembre". Or a year behind its day: "March 5, 2025".
    if (out_.date && !out_.date->has_year && words.size() == 4) {
      const auto year = parse_iso(words);
      if (year) {
        out_.date->value.year = year->year;
        out_.date->has_year = true;
        out_.date->span.end = span.end;
        return true;
      }
    }
    if (!looks_like_place(words)) return false;
    if (!out_.place) {
      out_.place = span;
      const auto towns = knowledge_.meanings(fold(words), knowledge::NameKind::town, language_);
      if (!towns.empty()) out_.town = towns[0];
      return true;
    }
    return !out_.date;  // the country behind the town stands before the date
  }

  const Article& article_;
  const knowledge::Agencies& agencies_;
  const DatePatterns& dates_;
  const knowledge::Knowledge& knowledge_;
  Language language_;
  Dateline out_;
};

std::optional<BlockIndex> first_body_block(const Article& article) {
  for (BlockIndex i = 0; i < article.blocks.size(); ++i) {
    if (article.blocks[i].role == Role::body) return i;
  }
  return {};
}

Span trimmed(const Article& article, Span span) {
  const auto words = trim(article.words_at(span));
  const auto begin = static_cast<std::uint32_t>(words.data() - article.text.data());
  return {begin, begin + static_cast<std::uint32_t>(words.size())};
}

}  // namespace

std::optional<Dateline> find_dateline(const Article& article, const text::Text& text,
                                      const knowledge::Agencies& agencies, const DatePatterns& dates,
                                      const knowledge::Knowledge& knowledge) {
  std::optional<Dateline> best;
  const auto consider = [&](BlockIndex block, bool is_own_line) {
    Reader reader(article, agencies, dates, knowledge, block, text.block_languages[block]);
    auto found = reader.read(trimmed(article, article.blocks[block].content()), is_own_line);
    if (!found) return;
    const auto weight = [](const Dateline& d) {
      return int(d.agency.has_value()) + int(d.date.has_value()) + int(d.place.has_value());
    };
    if (!best || weight(*found) > weight(*best)) best = std::move(found);
  };
  if (const auto block = first_body_block(article)) consider(*block, false);
  for (BlockIndex i = 0; i < article.blocks.size(); ++i) {
    if (article.blocks[i].role == Role::dateline) consider(i, true);
  }
  return best;
}

std::vector<Credit> find_credits(const Article& article, const std::optional<Dateline>& dateline,
                                 const knowledge::Agencies& agencies) {
  std::vector<Credit> credits;
  const auto add = [&](const knowledge::Agency& agency, BlockIndex block, Span span) {
    const bool known =
        std::any_of(credits.begin(), credits.end(), [&](const Credit& c) { return c.agency == agency.name; });
    if (!known) credits.push_back({agency.name, block, span});
  };
  const auto search = [&](BlockIndex block, Span span, bool allow_ambiguous) {
    const auto found = agencies.find(article.words_at(span), allow_ambiguous);
    if (found) add(*found->agency, block, {span.begin + found->span.begin, span.begin + found->span.end});
  };
  if (dateline && dateline->agency) add(*agencies.by_name(*dateline->agency), dateline->block, dateline->span);

  std::optional<BlockIndex> last_body;
  for (BlockIndex i = 0; i < article.blocks.size(); ++i) {
    const Block& block = article.blocks[i];
    const auto words = article.words_at(block.span);
    const bool is_short = static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) < credit_line_words_max;
    switch (block.role) {
      case Role::body: last_body = i; break;
      case Role::title:
        // "Headline — RT World News": the tail that intake cut off.
        if (block.cut && block.cut->end == block.span.end) search(i, *block.cut, true);
        break;
      case Role::byline:
      case Role::dateline:
        if (is_short) search(i, block.span, true);
        break;
      case Role::boilerplate:
        // Behind the text a short line of credit; before it the line names whose site this is.
        if (is_short && last_body) search(i, block.span, false);
        break;
      default: break;
    }
  }
  if (last_body) {
    // "… sagte er. (dpa)"
    const Span body = trimmed(article, article.blocks[*last_body].content());
    const auto words = article.words_at(body);
    const auto open = words.rfind('(');
    if (!words.empty() && words.back() == ')' && open != std::string_view::npos && words.size() - open < 40) {
      search(*last_body, {body.begin + static_cast<std::uint32_t>(open), body.end}, true);
    }
  }
  return credits;
}

}  // namespace depesche::facts
