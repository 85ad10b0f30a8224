#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.h"

/// Is a language pack in order?
///
/// Every rule carries examples of what it takes and of what it must leave alone. Here they are run by the code that reads the rules, for
/// the tests and for whoever writes a pack (`depesche lang check`).
namespace depesche::packs {

struct Finding {
  std::string where;  ///< "data/lang/de/times.rules:12 rule weekday"
  std::string what;
};

/// Mistakes and failing examples of a pack: boilerplate, stamps, calendar, times, quantities, relations, origins and lists of words.
std::vector<Finding> failing(const knowledge::Knowledge& knowledge, const knowledge::Pack& pack);

/// Files that most other languages have and this one lacks.
std::vector<std::string> missing_sections(const knowledge::Knowledge& knowledge, const knowledge::Pack& pack);

/// Words that stand twice in one rule.
std::vector<Finding> doubled_words(const knowledge::Pack& pack);

/// How much of a text the pack and the dictionaries know.
struct Coverage {
  std::uint32_t sentences = 0;
  std::uint32_t sentences_with_cue = 0;  ///< with a word of speech.rules
  std::uint32_t words = 0;
  std::uint32_t words_known = 0;  ///< function words of the pack, and words that a dictionary has
  std::uint32_t times = 0;
  std::uint32_t numbers = 0;
  std::uint32_t quantities = 0;
};
Coverage coverage(const knowledge::Knowledge& knowledge, Language language, std::string_view text);

}  // namespace depesche::packs
