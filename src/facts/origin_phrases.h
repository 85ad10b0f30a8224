#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/span.h"
#include "knowledge/knowledge.h"

namespace depesche::facts {

/// A run of letters and digits in a short line, with its folded form.
struct OriginWord {
  Span span;  ///< into the line
  std::string folded;
};

/// The words of a line, in order; what parts them (blanks, marks, apostrophes) stands between their spans.
std::vector<OriginWord> origin_words_of(std::string_view line);

/// What stands around the names of agencies where a text tells its origin (the section `origins` of the language packs):
/// "Mit Material von" dpa, "Redacción" | EFE, AFP "contributed to this report". The phrases of all languages hold for every
/// line, for papers print notes in more than one.
class OriginPhrases {
 public:
  enum class Kind : std::uint8_t {
    before,       ///< in front of agencies: "with inputs from", "Source:"
    behind,       ///< behind them: "contributed to this report"
    author,       ///< in front of a person's name: "by", "Von"
    beside,       ///< in a dateline or byline, beside place and agency: "our correspondent"
    agencies,     ///< agencies that are not named: "Agencias"
    place,        ///< where a dateline may be written and no gazetteer knows: "UNITED NATIONS"
    conjunction,  ///< between two names: "und"
    picture,      ///< what follows is the origin of a picture, not of the text: "Foto:"
    month,        ///< behind the day in a dateline, where CLDR has no such name: "4 ноя"
  };

  explicit OriginPhrases(const knowledge::Knowledge& knowledge);

  struct Found {
    Kind kind;
    std::size_t words;  ///< how many it takes
    int month = 0;      ///< 1 to 12 of kind `month`
  };

  /// The longest phrase that begins with the first of `words`, but for months.
  std::optional<Found> match(std::span<const OriginWord> words) const;
  /// The longest of the kind.
  std::optional<Found> match(std::span<const OriginWord> words, Kind kind) const;

  static std::optional<Kind> kind_of(std::string_view name);

 private:
  struct Phrase {
    Kind kind;
    std::vector<std::string> words;  ///< folded; "" stands for any one word
    int month;
  };

  std::unordered_map<std::string, std::vector<Phrase>> phrases_;  ///< by their first word, longest first
};

}  // namespace depesche::facts
