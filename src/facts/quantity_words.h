#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/lexicon.h"
#include "facts/quantities.h"
#include "knowledge/knowledge.h"

namespace depesche::facts {

/// What a word or phrase does around a number.
enum class QuantityRole : std::uint8_t {
  number,              ///< stands for a number that is not in figures: "une dizaine", "dozens"
  multiplier,          ///< "12 thousand"
  one,                 ///< counts one, and is an article as well: "un civil a été tué"
  approximate,         ///< before a number: "environ"
  approximate_behind,  ///< behind it: "or so"
  at_least,
  at_least_behind,
  at_most,
  at_most_behind,
  between,      ///< opens an interval: "zwischen"
  range,        ///< inside an interval: "10 to 20"
  conjunction,  ///< "12 killed and 30 wounded"; inside an interval behind `between`
  of,           ///< between a number and what it counts: "dizaines de villages"
  others,       ///< the same: "30 autres blessés"
  interposed,   ///< between a verb and its number: "mató a 12 personas"
  noun,         ///< what is counted; tells its kind
  unit,         ///< what is measured in
  not_counted,  ///< makes the number one of hours, years, ranks: nothing is counted
  before,       ///< tells the kind of what stands behind it: "tuant 12 personnes"
  behind,       ///< tells the kind of what stands before it: "12 personnes tuées"
  auxiliary,    ///< makes a `behind` further away one of the number: "12 personnes … ont été tuées"
  toll,         ///< a noun for the count itself: "death toll"
  toll_to,      ///< stands between it and the count: "rose to 30"
  including,    ///< goes on with a part of what was counted: "dont 3 enfants"
  relative,     ///< "12 personnes qui ont été tuées"
  out_of,       ///< makes the number a share: "9 personnes sur 10"
  before_year,  ///< what makes a number of four figures a year: "in 2011"
};

struct QuantityWord {
  QuantityRole role = QuantityRole::noun;
  QuantityKind kind = QuantityKind::people;
  std::optional<double> value, low, high;  ///< of `number` and `multiplier`
  bool is_approximate = false;
  std::string_view unit;
  std::vector<Key> keys;
};

/// quantities.rules of one language, looked up by the tokens of a text.
class QuantityWords {
 public:
  /// What is wrong with the rules goes to `mistakes`, where it is given.
  explicit QuantityWords(const knowledge::Pack& pack, std::vector<std::string>* mistakes = nullptr);

  bool empty() const { return words_.empty(); }
  /// Whether a number in words may begin with this key; true for some others too.
  bool may_begin_number(Key key) const { return beginnings_[key % beginnings_.size()]; }
  /// The longest phrase of a role that begins at `at`, or that ends before it.
  const QuantityWord* at(std::span<const Key> keys, std::size_t at, QuantityRole role) const;
  const QuantityWord* ending_at(std::span<const Key> keys, std::size_t at, QuantityRole role) const;

  /// The unit that a sign such as "$" or "%" stands for.
  const QuantityWord* sign(std::string_view mark) const;

 private:
  void read(const knowledge::Pack& pack, const knowledge::Rule& rule, std::vector<std::string>* mistakes);
  void add(QuantityWord word, std::string_view phrase);

  std::vector<QuantityWord> words_;
  std::unordered_map<Key, std::vector<std::uint32_t>> by_first_, by_last_;  ///< into words_, the longest first
  std::vector<std::pair<std::string, QuantityWord>> signs_;
  std::bitset<4096> beginnings_;
};

/// What is wrong with quantities.rules of a pack; each with file and line. Empty where all is well.
std::vector<std::string> mistakes_in_quantities(const knowledge::Pack& pack);

}  // namespace depesche::facts
