#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "knowledge/rules.h"

namespace depesche::facts {

/// A way to read some letters of a word.
struct Reading {
  std::uint8_t begin = 0;    ///< of the letters
  bool is_of_end = false;    ///< as letters are read at the end of a word only, where many are not spoken
  std::uint16_t sounds = 0;  ///< that they may stand for: a row of NameSounds
};

/// A word of a name as the lattice of all ways to read it.
struct SoundedWord {
  std::u32string letters;              ///< small, each of which has a reading; at most `letters_max`
  std::uint64_t form = 0;              ///< hash of the letters
  bool leaves_out_vowels = false;      ///< it is written in Arabic letters
  std::vector<Reading> readings;       ///< by where they end
  std::vector<std::uint16_t> ends;     ///< the readings that end in front of letter i are [ends[i], ends[i + 1])
  std::uint16_t weight = 0;            ///< what it costs to leave it out, in hundredths of a consonant
  std::uint16_t weight_unwritten = 0;  ///< the same beside a word that leaves out vowels
  std::vector<std::uint64_t> lookup;   ///< keys of its consonants in classes, sorted; words that are alike share one
  std::vector<std::uint64_t> first_sounds;  ///< keys of the classes that it may begin with, sorted

  static constexpr std::size_t letters_max = 32;  ///< what is behind is not compared
};

/// How alike pairs of words were found to be, so that the surnames of a pile are held against each other once and not once for each
/// two of their bearers. Remembers so many pairs at most: a new one takes the place of an old one. Not for several threads.
class HeardPairs {
 public:
  /// What `hear()` answers for the pair, now or when it was last asked.
  template <class Hear>
  double alike(const SoundedWord& a, const SoundedWord& b, const Hear& hear) {
    const auto [less, greater] = std::minmax(a.form, b.form);
    const std::uint64_t key = (less * 0x9E3779B97F4A7C15u) ^ greater;
    Pair& pair = pairs_[key >> (64 - bits)];
    if (pair.key != key) pair = {key, hear()};
    return pair.alike;
  }

 private:
  static constexpr unsigned bits = 16;
  struct Pair {
    std::uint64_t key = 0;
    double alike = 0;
  };
  std::vector<Pair> pairs_ = std::vector<Pair>(std::size_t{1} << bits);
};

/// What sounds the spellings of names stand for, and how far these are from each other, as data/lang/und/names.rules has it.
class NameSounds {
 public:
  explicit NameSounds(const std::vector<knowledge::Rule>& rules);

  /// `word` in small letters of any script; without letters where none can be read.
  SoundedWord read(std::u32string_view word) const;

  /// How alike two words sound, in [0, 1]: one less the weighted edit distance over the weight of the heavier word. 0 instead of
  /// most values below `alike_min`. Symmetric. Pairs that stand in `heard` are not compared again.
  double alike(const SoundedWord& a, const SoundedWord& b, HeardPairs* heard = nullptr) const;

  /// Below it, words have nothing to do with each other.
  static constexpr double alike_min = 0.60;

  /// Whether an initial, or what is written of a word that was cut short, may stand for the word.
  bool may_stand_for(const SoundedWord& initial, const SoundedWord& word) const;

 private:
  using Cost = std::uint16_t;                ///< in hundredths of a consonant
  using Sounds = std::vector<std::uint8_t>;  ///< that a spelling may stand for, the commonest first

  /// A letter in the tree of spellings.
  struct Node {
    std::uint16_t anywhere = 0, at_end = 0;  ///< rows; 0 where no spelling ends here
  };
  struct Costs;

  std::uint32_t child(std::uint32_t node, char32_t letter) const;
  Cost heard(std::uint16_t a, std::uint16_t b) const { return hear_[a * rows_.size() + b]; }

  std::uint8_t sound(const std::string& name);
  void add_spelling(const std::string& word);
  Costs read_costs(const std::vector<knowledge::Rule>& rules);
  void weigh_rows(const Costs& costs);

  std::u32string spelled(std::u32string_view word) const;
  void read_lattice(SoundedWord& word) const;
  void read_lookup(SoundedWord& word) const;
  void read_first_sounds(SoundedWord& word) const;
  Cost distance(const SoundedWord& a, const SoundedWord& b, Cost limit) const;

  std::map<std::string, std::uint8_t> sounds_;
  std::vector<Node> nodes_{1};
  std::unordered_map<std::uint64_t, std::uint32_t> children_;  ///< by node and letter
  std::vector<Sounds> rows_{1};
  std::vector<std::uint8_t> hear_;                             ///< a square of rows
  std::vector<std::uint8_t> leave_out_, leave_out_unwritten_;  ///< beside rows_
  std::vector<std::string>
      classes_;  ///< beside rows_: of sounds to look up by, `unlisted` for those that are not; the commonest first
};

}  // namespace depesche::facts
