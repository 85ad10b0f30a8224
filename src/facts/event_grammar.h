#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/events.h"
#include "knowledge/knowledge.h"
#include "text/text.h"

namespace depesche::facts {

/// What a word does in a clause, beside being a trigger. Bits of one mask, since "to" is several.
namespace clause_word {
enum : std::uint32_t {
  passive = 1u << 0,      ///< makes what follows a passive: "was"
  by = 1u << 1,           ///< stands before who does it in a passive or behind a noun: "by"
  of = 1u << 2,           ///< stands behind a noun before who does or suffers it: "of"
  towards = 1u << 3,      ///< stands before to whom: "against", "with"
  where = 1u << 4,        ///< stands before where: "in"
  preposition = 1u << 5,  ///< any; what follows is no subject
  negation = 1u << 6,
  planned = 1u << 7,       ///< "will"
  conditional = 1u << 8,   ///< "could", "if"
  reported = 1u << 9,      ///< "reportedly", "soll"
  determiner = 1u << 10,   ///< stands before a noun
  relative = 1u << 11,     ///< "who": the subject is what stands before it
  opener = 1u << 12,       ///< begins another clause: "that", "after"
  conjunction = 1u << 13,  ///< "and"
  auxiliary = 1u << 14,    ///< stands between a subject and its verb: "has", "also"
  light = 1u << 16,        ///< a verb that says little beside its noun: "launched an attack"
  figurative = 1u << 17,   ///< in whose sentence no violence is meant: "goal", "match"
  naming = 1u << 18,       ///< before or behind a trigger that is part of a name: "Ministry of Defence"
  since = 1u << 19,        ///< before a time: it lasts from then on, and is no event's own
  country = 1u << 20,      ///< stands for the country last named: "le pays"
};
}

/// What language an order of words is: where subjects and objects stand.
struct WordOrder {
  bool verb_may_come_first = false;  ///< "griffen die Rebellen … an", "dijo el ministro": a subject may follow its verb
  bool verb_may_come_last = false;   ///< "haben Aleppo eingenommen": an object may stand before its verb
  bool nouns_have_capitals = false;
};

/// The rules of events.rules of one language.
class EventGrammar {
 public:
  /// How the words around a trigger stand to it.
  enum class Voice : std::uint8_t {
    verb,     ///< the subject does it, the object suffers it; the other way round in the passive
    goes,     ///< as `verb`, and has no passive: "sont entrés"
    undergo,  ///< the subject suffers it: "Aleppo fell to the rebels"
    noun,     ///< "of" stands before who suffers it: "capture of Aleppo"
    act,      ///< "of" stands before who does it: "offensive des rebelles"
  };

  struct Element {
    enum Kind : std::uint8_t { words, place, actor, number } kind = words;
    std::vector<std::uint64_t> keys;  ///< of words: forms, and stems by `stem_key`, sorted
    std::uint8_t gap = 0;             ///< how many tokens may stand before it
    bool wants_capital = false;
  };

  struct Pattern {
    std::shared_ptr<const EventClass> kind;
    Voice voice = Voice::verb;
    std::vector<Element> elements;
    int line = 0;  ///< of its rule
  };

  EventGrammar(const knowledge::Pack& pack, const knowledge::Pack& und, std::vector<std::string>* mistakes = nullptr);

  bool is_empty() const { return patterns_.empty(); }
  const WordOrder& order() const { return order_; }

  /// What a word does, and the patterns that may begin with it. The spans live as long as the grammar.
  struct Entry {
    std::uint32_t does = 0;
    std::vector<std::uint32_t> patterns;  ///< the longest first
  };
  /// By form or `stem_key`; null for words that no rule names.
  const Entry* find(std::uint64_t key) const {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
  }
  const Pattern& pattern(std::uint32_t at) const { return patterns_[at]; }

  static std::uint64_t stem_key(std::uint64_t stem) { return stem ^ 0x9E3779B97F4A7C15u; }

 private:
  class Builder;
  std::unordered_map<std::uint64_t, Entry> entries_;
  std::vector<Pattern> patterns_;
  WordOrder order_;
};

}  // namespace depesche::facts
