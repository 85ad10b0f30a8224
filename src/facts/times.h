#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"

namespace depesche::facts {

/// The date patterns of the language packs (calendar.rules), ready to be matched.
///
///   match    <day>\. <month>( <year>)?
///
/// stands for a number of 1 to 31, a full stop, the name of a month in the language, and perhaps a year. Blanks in a
/// pattern match any white space in the text; what is in (…)? may be absent.
class DatePatterns {
 public:
  explicit DatePatterns(const knowledge::Knowledge& knowledge);
  /// Those of one rule only.
  DatePatterns(const knowledge::Knowledge& knowledge, Language language, const knowledge::Rule& rule);

  /// The longest date that begins at byte `begin` of `words`, which is text in `language`.
  std::optional<Time> match_at(std::string_view words, std::uint32_t begin, Language language) const;

  /// All dates in the article's body, dateline, byline and title blocks, in order, none overlapping.
  std::vector<Time> find(const Article& article, const text::Text& text) const;

  /// Dates with a year in the blocks that were set aside as boilerplate.
  std::vector<Time> find_set_aside(const Article& article, Language language) const;

 private:
  struct Piece {
    enum Kind : std::uint8_t { literal, blank, day, month, month_number, year, weekday } kind;
    std::string words;  ///< of a literal, folded to lower case
  };
  using Pattern = std::vector<Piece>;

  void add(Language language, const knowledge::Rule& rule);
  bool is_of_calendar(const Article& article, const text::Token& token, Language language) const;
  static std::vector<Pattern> expand(std::string_view pattern);
  std::optional<Time> match(const Pattern& pattern, std::string_view words, std::uint32_t begin,
                            Language language) const;

  const knowledge::Knowledge& knowledge_;
  std::map<Language, std::vector<Pattern>> patterns_;
};

}  // namespace depesche::facts
