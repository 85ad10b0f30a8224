#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "core/instant.h"
#include "knowledge/knowledge.h"
#include "text/text.h"

namespace depesche::facts {

enum class TimexType : std::uint8_t {
  date,      ///< a day or what is longer: "mercredi", "1998", "last week", "now"
  time,      ///< a time of day: "20 Uhr", "hier soir"
  duration,  ///< "drei Jahre"
  set,       ///< "every Monday"
};

/// "DATE", "TIME", "DURATION", "SET"
std::string_view name_of(TimexType type);

/// A temporal expression after TimeML 1.2.1 (Saurí et al. 2006), as its TIMEX3.
struct Timex {
  BlockIndex block = 0;
  Span span;
  TimexType type = TimexType::date;
  /// ISO 8601 as TIMEX3 extends it: 2024-11-27, 2024-W48, 2024-FA, 199, 2024-11-27TEV, P3D, XXXX-WXX-1, PAST_REF. Without a reference
  /// what it leaves open is X: XXXX-11-27 for "27 novembre".
  std::string value;
  std::string mod;    ///< START, MID, END, APPROX, LESS_THAN, MORE_THAN; empty for none
  std::string quant;  ///< of a set: EVERY
  std::string freq;   ///< of a set: 2X
  /// The first day of what a date or time names, cut to its precision: the month in which a quarter begins, of a season its year.
  /// Nothing for what names none.
  std::optional<Instant> begin;
};

/// Finds temporal expressions by the rules of the language packs (times.rules; the format is told in data/README.md).
///
/// Within a language all rules are one automaton over tokens, so that a text costs one look-up a token and a short walk where an
/// expression may begin. May be used from any thread; what finders of one knowledge compile they share.
class TimexFinder {
 public:
  explicit TimexFinder(const knowledge::Knowledge& knowledge);
  ~TimexFinder();
  TimexFinder(const TimexFinder&) = delete;
  TimexFinder& operator=(const TimexFinder&) = delete;

  /// All expressions in all blocks but those set aside, in the order of the text, none overlapping. `reference` is when the text
  /// was made (the document creation time, DCT), to which "mercredi" is related.
  std::vector<Timex> find(const Article& article, const text::Text& text,
                          const std::optional<Instant>& reference) const;

  /// Those that one rule alone finds, by its line in the pack; for the tests of the packs.
  struct ByRule {
    Timex timex;
    int rule_line = 0;
  };
  std::vector<ByRule> find_with_rules(const Article& article, const text::Text& text,
                                      const std::optional<Instant>& reference) const;

 private:
  struct Grammars;
  std::shared_ptr<const Grammars> grammars_;
};

/// Whether a date can be when news was made: a day of the years 1000 to 2999. What sources write where they know no date (0001-01-01,
/// 9999-12-31) is none.
bool is_creation_day(const Instant& date);

/// What is wrong with the times.rules of a pack and of `und`, whose classes it may use; each with file and line. Empty where all is well.
std::vector<std::string> mistakes_in_times(const knowledge::Pack& pack, const knowledge::Pack& und);

}  // namespace depesche::facts
