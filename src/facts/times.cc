// Patterns are written with optional parts; they are few, so each is spelled out into all its readings once ("<day>
// <month>" and "<day> <month> <year>"), and a reading is matched piece by piece. The longest match wins: "4. Dezember
// 2024" is not "4. Dezember". Names of months and weekdays come from CLDR, folded, so that "décembre", "Décembre" and
// "DECEMBRE" are one. A number is tried as a date only where a digit, a month or a weekday begins, which keeps the cost
// near zero on ordinary words.
#include "facts/times.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <map>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

constexpr int year_min = 1000;
constexpr int year_max = 2999;

/// The end of the run of letters (with inner full stops and hyphens left out) that begins at `begin`.
std::uint32_t end_of_letters(std::string_view words, std::uint32_t begin) {
  auto at = begin;
  while (at < words.size()) {
    const auto [c, next] = code_point_at(words, at);
    if ((U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK)) == 0) break;
    at = next;
  }
  return at;
}

/// A number of at most `digits` ASCII digits; the end of it, or `begin` where there is none.
std::uint32_t read_digits(std::string_view words, std::uint32_t begin, std::uint32_t digits, int& value) {
  auto at = begin;
  value = 0;
  while (at < words.size() && words[at] >= '0' && words[at] <= '9') {
    if (at - begin == digits) return begin;
    value = value * 10 + (words[at++] - '0');
  }
  return at;
}

}  // namespace

DatePatterns::DatePatterns(const knowledge::Knowledge& knowledge) : knowledge_(knowledge) {
  for (const auto& pack : knowledge.packs()) {
    for (const auto& rule : pack.section("calendar")) add(pack.language, rule);
  }
}

DatePatterns::DatePatterns(const knowledge::Knowledge& knowledge, Language language, const knowledge::Rule& rule)
    : knowledge_(knowledge) {
  add(language, rule);
}

void DatePatterns::add(Language language, const knowledge::Rule& rule) {
  for (const auto pattern : rule.values("match")) {
    for (auto& reading : expand(pattern)) patterns_[language].push_back(std::move(reading));
  }
}

namespace {

/// All readings of a pattern with "(a|b)" and "(…)?" in it.
class Expander {
 public:
  explicit Expander(std::string_view pattern) : rest_(pattern) {}
  std::vector<std::string> run() { return alternatives(); }

 private:
  std::vector<std::string> alternatives() {
    auto all = sequence();
    while (!rest_.empty() && rest_[0] == '|') {
      rest_.remove_prefix(1);
      for (auto& more : sequence()) all.push_back(std::move(more));
    }
    return all;
  }

  std::vector<std::string> sequence() {
    std::vector<std::string> all = {""};
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      std::vector<std::string> next;
      if (rest_[0] == '(') {
        rest_.remove_prefix(1);
        next = alternatives();
        if (!rest_.empty()) rest_.remove_prefix(1);  // the closing bracket
      } else {
        const std::size_t size = rest_[0] == '\\' && rest_.size() > 1 ? 2 : 1;
        next.emplace_back(rest_.substr(0, size));
        rest_.remove_prefix(size);
      }
      if (!rest_.empty() && rest_[0] == '?') {
        rest_.remove_prefix(1);
        next.emplace_back();
      }
      std::vector<std::string> longer;
      for (const auto& head : all) {
        for (const auto& tail : next) longer.push_back(head + tail);
      }
      all = std::move(longer);
    }
    return all;
  }

  std::string_view rest_;
};

}  // namespace

std::vector<DatePatterns::Pattern> DatePatterns::expand(std::string_view pattern) {
  static const std::map<std::string_view, Piece::Kind> names = {
      {"<day>", Piece::day},         {"<dd>", Piece::day},    {"<month>", Piece::month},
      {"<mm>", Piece::month_number}, {"<year>", Piece::year}, {"<weekday>", Piece::weekday}};
  std::vector<Pattern> readings;
  for (const std::string& reading : Expander(pattern).run()) {
    Pattern pieces;
    for (std::size_t i = 0; i < reading.size();) {
      const auto close = reading[i] == '<' ? reading.find('>', i) : std::string::npos;
      const auto name =
          close == std::string::npos ? names.end() : names.find(std::string_view(reading).substr(i, close + 1 - i));
      if (name != names.end()) {
        pieces.push_back({name->second, ""});
        i = close + 1;
      } else if (reading[i] == ' ') {
        if (!pieces.empty() && pieces.back().kind != Piece::blank) pieces.push_back({Piece::blank, ""});
        ++i;
      } else {
        if (reading[i] == '\\' && i + 1 < reading.size()) ++i;
        if (pieces.empty() || pieces.back().kind != Piece::literal) pieces.push_back({Piece::literal, ""});
        pieces.back().words += reading[i++];
      }
    }
    while (!pieces.empty() && pieces.back().kind == Piece::blank) pieces.pop_back();
    if (!pieces.empty()) readings.push_back(std::move(pieces));
  }
  return readings;
}

std::optional<Time> DatePatterns::match(const Pattern& pattern, std::string_view words, std::uint32_t begin,
                                        Language language) const {
  auto at = begin;
  int day = 0;
  int month = 0;
  int year = 0;
  std::optional<int> weekday;
  for (const Piece& piece : pattern) {
    switch (piece.kind) {
      case Piece::literal: {
        const auto printed = words.substr(at, piece.words.size());
        // Literals hold letters of any script; a folded comparison would lose their marks ("4." is not "4").
        if (printed != piece.words &&
            (printed.size() != piece.words.size() || fold(printed).empty() || fold(printed) != fold(piece.words))) {
          return {};
        }
        at += static_cast<std::uint32_t>(piece.words.size());
        break;
      }
      case Piece::blank: {
        const auto blank_begin = at;
        while (at < words.size()) {
          const auto [c, next] = code_point_at(words, at);
          if (!u_isUWhiteSpace(static_cast<UChar32>(c))) break;
          at = next;
        }
        if (at == blank_begin) return {};
        break;
      }
      case Piece::day:
      case Piece::month_number: {
        int value = 0;
        const auto end = read_digits(words, at, 2, value);
        const int most = piece.kind == Piece::day ? 31 : 12;
        if (end == at || value < 1 || value > most) return {};
        (piece.kind == Piece::day ? day : month) = value;
        at = end;
        break;
      }
      case Piece::year: {
        const auto end = read_digits(words, at, 4, year);
        if (end != at + 4 || year < year_min || year > year_max) return {};
        at = end;
        break;
      }
      case Piece::month:
      case Piece::weekday: {
        auto end = end_of_letters(words, at);
        const auto kind = piece.kind == Piece::month ? knowledge::NameKind::month : knowledge::NameKind::weekday;
        const auto values = knowledge_.meanings(fold(words.substr(at, end - at)), kind, language);
        if (values.empty()) return {};
        if (piece.kind == Piece::month) month = static_cast<int>(values[0]);
        if (piece.kind == Piece::weekday) weekday = static_cast<int>(values[0]);
        // "Dec." and "janv." carry a full stop of their own.
        if (end < words.size() && words[end] == '.' && count_code_points(words.substr(at, end - at)) <= 5) ++end;
        at = end;
        break;
      }
    }
  }
  if (at < words.size() && is_word_char(code_point_at(words, at).value)) return {};
  if (month == 0) return {};

  Time time{.block = 0, .span = {begin, at}, .value = {}, .has_year = year != 0};
  // A leap year stands in where none is named, so that "29. Februar" is a day.
  const auto date = day != 0 ? day_of(year != 0 ? year : 2000, month, day) : day_of(year != 0 ? year : 2000, month, 1);
  if (!date) return {};
  if (year != 0 && weekday && day != 0 && static_cast<int>(weekday_of(*date)) != *weekday) return {};
  time.value = day != 0 ? *date : cut_to(*date, Precision::month);
  if (year == 0) time.value.year = 0;
  return time;
}

std::optional<Time> DatePatterns::match_at(std::string_view words, std::uint32_t begin, Language language) const {
  std::optional<Time> longest;
  for (const Language from : {language, Language()}) {
    const auto patterns = patterns_.find(from);
    if (patterns == patterns_.end()) continue;
    for (const Pattern& pattern : patterns->second) {
      const auto time = match(pattern, words, begin, language);
      if (time && (!longest || time->span.end > longest->span.end)) longest = time;
    }
    if (!language.is_known()) break;
  }
  return longest;
}

/// Whether a word is a month or a weekday, remembered by each thread: most words of a text are among the last thousands.
bool DatePatterns::is_of_calendar(const Article& article, const text::Token& token, Language language) const {
  struct Asked {
    std::uint64_t form = 0;
    std::uint64_t serial = 0;
    Language language;
    bool is_of_calendar = false;
  };
  constexpr std::size_t remembered = 8192;
  thread_local std::vector<Asked> memo(remembered);
  Asked& asked = memo[token.form % remembered];
  const auto serial = knowledge_.serial();
  if (asked.form == token.form && asked.serial == serial && asked.language == language) return asked.is_of_calendar;
  asked = {token.form, serial, language, false};
  for (const auto& meaning : knowledge_.meanings(fold(article.words_at(token.span)))) {
    const bool is_own = !meaning.language.is_known() || meaning.language == language;
    asked.is_of_calendar |=
        is_own && (meaning.kind == knowledge::NameKind::month || meaning.kind == knowledge::NameKind::weekday);
  }
  return asked.is_of_calendar;
}

std::vector<Time> DatePatterns::find(const Article& article, const text::Text& text) const {
  std::vector<Time> times;
  for (const auto& sentence : text.sentences) {
    const Role role = article.blocks[sentence.block].role;
    if (role != Role::body && role != Role::dateline && role != Role::byline && role != Role::title &&
        role != Role::subtitle)
      continue;
    const Language language = text.block_languages[sentence.block];
    const auto words = article.words_at(sentence.span);
    std::uint32_t free_from = sentence.span.begin;
    for (const auto& token : text.tokens_of(sentence)) {
      if (token.kind == text::TokenKind::mark || token.span.begin < free_from) continue;
      if (token.kind == text::TokenKind::word && !is_of_calendar(article, token, language)) continue;
      auto time = match_at(words, token.span.begin - sentence.span.begin, language);
      // The bare name of a month is no date written out.
      if (!time || (time->value.precision == Precision::month && !time->has_year)) continue;
      time->block = sentence.block;
      time->span.begin += sentence.span.begin;
      time->span.end += sentence.span.begin;
      free_from = time->span.end;
      times.push_back(*time);
    }
  }
  return times;
}

std::vector<Time> DatePatterns::find_set_aside(const Article& article, Language language) const {
  std::vector<Time> times;
  for (BlockIndex i = 0; i < article.blocks.size(); ++i) {
    if (article.blocks[i].role != Role::boilerplate) continue;
    const Span span = article.blocks[i].span;
    const auto words = article.words_at(span);
    bool is_inside_word = false;
    for (std::uint32_t at = 0; at < words.size();) {
      const auto [c, next] = code_point_at(words, at);
      const bool is_word = is_word_char(c);
      auto time = is_word && !is_inside_word ? match_at(words, at, language) : std::nullopt;
      is_inside_word = is_word;
      at = next;
      if (!time || !time->has_year) continue;
      at = time->span.end;
      time->block = i;
      time->span.begin += span.begin;
      time->span.end += span.begin;
      times.push_back(*time);
    }
  }
  return times;
}

}  // namespace depesche::facts
