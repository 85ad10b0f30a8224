#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/timex_values.h"
#include "knowledge/knowledge.h"

namespace depesche::facts {

/// The rules of times.rules of one language as one automaton over elements: runs of letters, runs of digits, marks.
class TimexGrammar {
 public:
  /// What an element may be in a pattern: a word, a mark, or one of a class.
  using Symbol = std::uint64_t;
  using Position = std::uint32_t;

  /// A piece of text that a pattern may name.
  struct Element {
    Span span;
    enum Kind : std::uint8_t { letters, digits, mark } kind = mark;
    bool has_blank_before = false;
    bool has_capital = false;
    std::uint64_t form = 0;     ///< of letters: text::form_hash; of digits that of the figures; of a mark the character
    std::uint32_t value = 0;    ///< of at most four digits; ~0u of more
    std::uint32_t figures = 0;  ///< how many digits, in any script
    std::uint32_t token = 0;    ///< of Text::tokens, in which it stands
  };

  struct Rule {
    std::string name;
    int line = 0;
    TimexType type = TimexType::date;
    Reading reading = Reading::date;
    Slots slots;  ///< that hold whatever the words are
    std::vector<Symbol> unless_before, unless_behind;
  };

  /// One way to read a rule's pattern.
  struct Path {
    std::uint32_t rule = 0;
    /// Which of its expressions each element belongs to, from 0; `no_extent` for what only stands beside them.
    std::vector<std::uint8_t> extents;
    std::uint8_t count_of_extents = 0;
  };
  static constexpr std::uint8_t no_extent = 255;

  struct Edge {
    Symbol symbol = 0;
    bool is_glued = false;  ///< nothing may stand between this element and the one before
    Position target = 0;
  };
  struct Node {
    std::vector<Edge> edges;           ///< sorted by symbol
    std::vector<std::uint32_t> paths;  ///< that end here, in the order of the rules
  };

  /// A word of a class, kept by the form of its first element.
  struct ClassWord {
    Symbol symbol = 0;          ///< the class
    Symbol symbol_capital = 0;  ///< the class where a capital is wanted
    Slots slots;
    std::vector<std::uint64_t> rest;  ///< forms of further elements
  };

  /// The rules of `pack` and of `und`. What is wrong with them goes to `mistakes`, where it is given.
  TimexGrammar(const knowledge::Pack& pack, const knowledge::Pack& und, std::vector<std::string>* mistakes = nullptr);

  bool empty() const { return paths_.empty(); }
  /// Whether an expression, or what must stand before it, may begin with a word of this form.
  bool may_begin(std::uint64_t form) const { return beginnings_.contains(form); }
  /// Words of classes that begin with this form.
  std::span<const ClassWord> class_words(std::uint64_t form) const;
  /// 1 for a word of the class `future` or with an ending of `future_endings`, -1 for one of `past` or `past_endings`, else 0.
  int tense_of(std::uint64_t form, std::string_view word) const;

  const Node& root() const { return nodes_[0]; }
  const Node& node(Position at) const { return nodes_[at]; }
  const Path& path(std::uint32_t at) const { return paths_[at]; }
  const Rule& rule(std::uint32_t at) const { return rules_[at]; }

  /// Symbols of classes that are in the code because no list could hold them.
  enum BuiltIn : Symbol {
    day = 1,       ///< 1 to 31
    month_number,  ///< 1 to 12
    year,          ///< 1000 to 2999, of four figures
    recent_year,   ///< 1900 to 2099
    old_year,      ///< 100 to 2999
    short_year,    ///< two figures
    hour,          ///< 0 to 24
    minute,        ///< 00 to 59, of two figures
    number,        ///< any, in figures or words
    capital_word,  ///< any word that begins with a capital
    small_word,    ///< any other
    built_in_count
  };
  static Symbol mark(char32_t character) { return character + (Symbol{1} << 40); }
  /// A word that is wanted with a capital.
  static Symbol capital(std::uint64_t form) { return form ^ 0x5bd1e995u; }

 private:
  class Builder;
  std::vector<Node> nodes_;
  std::vector<Path> paths_;
  std::vector<Rule> rules_;
  std::unordered_map<std::uint64_t, std::vector<ClassWord>> class_words_;
  std::unordered_map<std::uint64_t, bool> beginnings_;
  std::unordered_map<std::uint64_t, int> tenses_;
  std::vector<std::pair<std::string, int>> tense_endings_;
};

/// Apostrophes and dashes are printed in several ways; the plain one of each.
char32_t plain_mark(char32_t c);

/// The elements of a text, as patterns see them.
std::vector<TimexGrammar::Element> elements_of(std::string_view text);

}  // namespace depesche::facts
