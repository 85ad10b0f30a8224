#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/name_sounds.h"
#include "knowledge/knowledge.h"

namespace depesche::facts {

/// One word of a name, or two neighbours taken as one ("Abd" and "Allah").
struct NamePart {
  enum class Kind : std::uint8_t {
    full,
    initial,     ///< "J", "Th.": what it is short for begins so
    particle,    ///< "van", "bin": says nothing of whose name it is
    generation,  ///< "Jr", "III"
    title,       ///< "Prince", which may be a name and may be left out
  };

  SoundedWord word;
  Kind kind = Kind::full;
  bool has_grown_article = false;          ///< which `word` is without: الصحراوي
  bool is_feminine = false;                ///< it ends as names of women do
  bool is_patronymic = false;              ///< it ends like one: Ivanovich
  std::uint8_t first = 0, last = 0;        ///< the words it is made of; `last` is one behind
  std::vector<std::uint16_t> short_forms;  ///< names that it is or is short for, sorted: Jim and James share one
};

/// A person's name as it is printed somewhere, taken apart.
struct PersonName {
  std::vector<NamePart>
      words;  ///< in order, the surname behind the given names where a comma told; at most `words_max`
  std::vector<NamePart> joined;  ///< each two neighbours that may be written as one
  static constexpr std::size_t words_max = 8;
};

/// Whether two names may be of one person.
enum class Verdict : std::uint8_t {
  different,
  possible,  ///< a surname beside a full name, an initial, a short form: who else is named has to tell
  same,      ///< two words agree at least, and nothing speaks against it. Two persons can have one name
};

/// Whether names of persons are variants of each other, in any of the languages and in Latin, Cyrillic and Arabic letters: Zakharova,
/// Sacharowa and Захарова. Reads data/lang/und/names.rules and the honorifics of all packs. Its answers are symmetric; it may be
/// asked from several threads.
class NameMatcher {
 public:
  explicit NameMatcher(const knowledge::Knowledge& knowledge);
  ~NameMatcher();
  NameMatcher(const NameMatcher&) = delete;
  NameMatcher& operator=(const NameMatcher&) = delete;

  /// Takes a name apart; without words where nothing is left of it but marks. `printed` is valid UTF-8, `language` that of its text.
  PersonName read(std::string_view printed, Language language) const;

  /// How much of what the names say agrees, in [0, 1]; at most `one_word_max` where a single word does. Who compares many names
  /// gives `heard`, which is for this matcher alone.
  double same_name(const PersonName& a, const PersonName& b, HeardPairs* heard = nullptr) const;

  Verdict verdict(const PersonName& a, const PersonName& b) const;
  /// Whether the verdict is `same`, which of most names that are not is soon told.
  bool are_same(const PersonName& a, const PersonName& b, HeardPairs& heard) const;

  /// At or above it, two names are of one person: precision .99 on EveryPolitician (bench/name_links.py, dev).
  static constexpr double same_min = 0.83;
  /// At or above it, they may be: the best F1 on pairs of JRC-Names (the same).
  static constexpr double possible_min = 0.55;
  static constexpr double one_word_max = 0.70;

 private:
  struct Words;
  void read_part(NamePart& part, std::u32string_view letters) const;
  void join_neighbours(PersonName& name) const;

  NameSounds sounds_;
  std::unique_ptr<const Words> words_;
};

/// Names that can be of one person share a key, but for misspellings in each of their words: the consonants of a word in classes, in
/// the likeliest ways to read it. Sorted.
std::vector<std::uint64_t> blocking_keys(const PersonName& name);

/// Pairs worth comparing, (less, greater), sorted: those that share a key. Of a block of more than `block_max` names only those are
/// paired that share a second key: of another word, of what an initial or a short form may stand for, or the spelling of the one
/// word there is. So a common surname costs no square.
std::vector<std::pair<std::uint32_t, std::uint32_t>> candidate_pairs(std::span<const PersonName> names,
                                                                     std::size_t block_max = 64);

}  // namespace depesche::facts
