#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace depesche::copies {

/// The tokens of a shingle of `NearDuplicates`.
inline constexpr int near_shingle_tokens = 5;

/// Reads the set of a text's shingles: the different runs of five tokens, each as a hash of 64 bits.
///
/// A token is a run of letters (L), numbers (N) and underscores of the text in small letters: what Python 3 finds with
/// `re.findall(r"\w+", text.lower())`, combining marks left out. One departure: in scripts that write no blanks
/// between words (Han, Kana, Thai, Lao, Khmer, Burmese) each character is a token of its own, or a sentence of Chinese
/// would be one long word that no other text shares.
///
/// Not for several threads at once: it keeps its tables and room for the hashes.
class ShingleReader {
 public:
  ShingleReader();

  /// The hashes in the order of their first place in the text (UTF-8; bytes that are none part tokens); empty for a text
  /// of fewer than five tokens. They hold until the next call. No hash is 0.
  std::span<const std::uint64_t> read(std::string_view text);

 private:
  /// A code point's letter in small, or 0 where it is no part of a token, with two marks above the code points.
  using Entry = std::uint32_t;
  using Page = std::array<Entry, 256>;

  Entry entry_of(std::uint32_t code_point);
  void read_shingles(std::string_view text);
  void drop_repeated();

  std::array<std::int32_t, 256> by_first_byte_;  ///< its entry, or -1 where the letter has more bytes
  std::array<Entry, 0x800> by_two_bytes_;        ///< by code point
  std::vector<std::unique_ptr<Page>> pages_;     ///< of 256 code points, made when one of them first comes up
  std::vector<std::uint64_t> shingles_;
  std::vector<std::uint64_t> seen_;  ///< hash table with open addresses; 0 is free
};

}  // namespace depesche::copies
