// One pass over the bytes and no string is made: the hash of a token grows letter by letter, a letter in small comes out
// of a table, and the hash of a shingle is a polynomial in the hashes of its five tokens. Most letters of most texts
// take one look-up by a byte; the others take one by their code point in a page of 256.
//
// Two letters are not done by a table: İ becomes i and a combining dot, which ends the token as all marks do, and a
// capital sigma becomes ς at the end of a word and σ elsewhere.
//
// Two different shingles get the same hash with a chance of 2^-64: among the 250 million of a million articles, two in
// one of 600 such collections, where they would change the overlap of a pair by one.
#include "copies/near_shingles.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <bit>

#include "core/unicode.h"

namespace depesche::copies {
namespace {

constexpr std::uint32_t stands_alone = 1u << 31;  ///< a token by itself
constexpr std::uint32_t is_special = 1u << 30;    ///< not done by the table
constexpr std::int32_t not_ascii = -1;            ///< in by_first_byte_
constexpr std::uint32_t code_point_mask = (1u << 21) - 1;
constexpr UChar32 dotted_capital_i = 0x130;
constexpr UChar32 capital_sigma = 0x3A3;
constexpr std::uint32_t small_sigma = 0x3C3;
constexpr std::uint32_t final_sigma = 0x3C2;

constexpr std::uint64_t letter_seed = 0xcbf29ce484222325;  // FNV-1a, a letter at a time in place of a byte
constexpr std::uint64_t letter_factor = 0x100000001b3;
constexpr std::uint64_t token_factor = 0x9e3779b97f4a7c15;  // odd; of SplitMix64
constexpr std::uint64_t mix_factor = 0xd6e8feb86659fd93;    // of rrmxmx

constexpr std::size_t kept_hashes_max = 1u << 17;  ///< room that is not given back between texts

std::uint64_t mixed(std::uint64_t hash) {
  hash ^= hash >> 32;
  hash *= mix_factor;
  return hash ^ hash >> 32;
}

/// Where the capital sigma at [at, behind) of `text` ends a word: Final_Sigma of Unicode's SpecialCasing.
bool is_final_sigma(std::string_view text, std::size_t at, std::size_t behind) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  UChar32 c = 0;
  bool is_behind_letter = false;
  for (auto i = static_cast<std::int32_t>(at); i > 0;) {
    U8_PREV(bytes, 0, i, c);
    if (c >= 0 && u_hasBinaryProperty(c, UCHAR_CASE_IGNORABLE)) continue;
    is_behind_letter = c >= 0 && u_hasBinaryProperty(c, UCHAR_CASED);
    break;
  }
  if (!is_behind_letter) return false;
  for (auto i = static_cast<std::int32_t>(behind); i < size;) {
    U8_NEXT(bytes, i, size, c);
    if (c >= 0 && u_hasBinaryProperty(c, UCHAR_CASE_IGNORABLE)) continue;
    return c < 0 || !u_hasBinaryProperty(c, UCHAR_CASED);
  }
  return true;
}

/// Makes shingles of tokens, many at a time: tokens come one by one and wait for each other, shingles need not.
class Window {
 public:
  explicit Window(std::vector<std::uint64_t>& shingles) : shingles_(shingles) {}

  void add(std::uint64_t token) {
    tokens_[count_++] = token;
    if (count_ == tokens_.size()) make_shingles();
  }

  void make_shingles() {
    constexpr auto f1 = token_factor;
    constexpr auto f2 = f1 * f1;
    constexpr auto f3 = f2 * f1;
    constexpr auto f4 = f3 * f1;
    constexpr std::size_t open = near_shingle_tokens - 1;
    static_assert(near_shingle_tokens == 5);
    for (auto i = mixed_; i < count_; ++i) tokens_[i] = mixed(tokens_[i]);
    mixed_ = count_;
    if (count_ <= open) return;
    const auto before = shingles_.size();
    shingles_.resize(before + count_ - open);
    for (std::size_t i = 0; i + open < count_; ++i) {
      const auto hash =
          mixed(tokens_[i] * f4 + tokens_[i + 1] * f3 + tokens_[i + 2] * f2 + tokens_[i + 3] * f1 + tokens_[i + 4]);
      shingles_[before + i] = hash == 0 ? 1 : hash;
    }
    std::copy(tokens_.begin() + static_cast<std::ptrdiff_t>(count_ - open),
              tokens_.begin() + static_cast<std::ptrdiff_t>(count_), tokens_.begin());
    mixed_ = count_ = open;
  }

 private:
  std::vector<std::uint64_t>& shingles_;
  std::array<std::uint64_t, 512> tokens_;
  std::size_t count_ = 0;
  std::size_t mixed_ = 0;  ///< tokens whose hash is good in all its bits
};

}  // namespace

ShingleReader::ShingleReader() : pages_((UCHAR_MAX_VALUE >> 8) + 1) {
  for (std::uint32_t byte = 0; byte < 256; ++byte)
    by_first_byte_[byte] = byte < 0x80 ? static_cast<std::int32_t>(entry_of(byte)) : not_ascii;
  for (std::uint32_t c = 0; c < by_two_bytes_.size(); ++c) by_two_bytes_[c] = entry_of(c);
}

ShingleReader::Entry ShingleReader::entry_of(std::uint32_t code_point) {
  auto& page = pages_[code_point >> 8];
  if (!page) {
    page = std::make_unique<Page>();
    for (std::uint32_t low = 0; low < 256; ++low) {
      const auto c = static_cast<UChar32>((code_point & ~0xFFu) | low);
      const auto small = u_tolower(c);
      const bool is_token = small == '_' || (U_GET_GC_MASK(small) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
      Entry entry = is_token ? static_cast<Entry>(small) : 0;
      if (is_token && is_unspaced(static_cast<char32_t>(c))) entry |= stands_alone;
      if (c == dotted_capital_i || c == capital_sigma) entry |= is_special;
      (*page)[low] = entry;
    }
  }
  return (*page)[code_point & 0xFF];
}

void ShingleReader::read_shingles(std::string_view text) {
  Window window(shingles_);
  const auto* const begin = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = text.size();
  std::uint64_t token = letter_seed;
  bool is_in_token = false;
  const auto end_token = [&] {
    if (is_in_token) window.add(token);
    is_in_token = false;
    token = letter_seed;
  };
  for (std::size_t i = 0; i < size;) {
    const auto ascii = by_first_byte_[begin[i]];
    if (ascii > 0) {
      token = (token ^ static_cast<std::uint32_t>(ascii)) * letter_factor;
      is_in_token = true;
      ++i;
      continue;
    }
    Entry entry = 0;
    auto behind = i + 1;
    if (ascii == not_ascii) {
      const std::uint32_t lead = begin[i];
      if (lead >= 0xC2 && lead < 0xE0 && behind < size && (begin[behind] & 0xC0) == 0x80) {
        entry = by_two_bytes_[(lead & 0x1F) << 6 | (begin[behind] & 0x3F)];
        ++behind;
      } else {
        UChar32 c = 0;
        behind = i;
        U8_NEXT(begin, behind, size, c);
        entry = c < 0 ? 0 : entry_of(static_cast<std::uint32_t>(c));
      }
      if (entry >= is_special) {
        const auto letter = entry & code_point_mask;
        if ((entry & stands_alone) != 0) {
          end_token();
          window.add((letter_seed ^ letter) * letter_factor);
          entry = 0;
        } else if (letter == small_sigma) {
          entry = is_final_sigma(text, i, behind) ? final_sigma : small_sigma;
        } else {  // i and the dot above it
          token = (token ^ letter) * letter_factor;
          is_in_token = true;
          entry = 0;
        }
      }
    }
    i = behind;
    if (entry != 0) {
      token = (token ^ entry) * letter_factor;
      is_in_token = true;
    } else {
      end_token();
    }
  }
  end_token();
  window.make_shingles();
}

void ShingleReader::drop_repeated() {
  const auto slots = std::bit_ceil(std::max<std::size_t>(shingles_.size() * 2, 16));
  const auto shift = 64 - std::countr_zero(slots);
  seen_.assign(slots, 0);
  std::size_t kept = 0;
  for (const auto hash : shingles_) {
    auto slot = hash >> shift;
    while (seen_[slot] != 0 && seen_[slot] != hash) slot = (slot + 1) & (slots - 1);
    if (seen_[slot] == hash) continue;
    seen_[slot] = hash;
    shingles_[kept++] = hash;
  }
  shingles_.resize(kept);
}

std::span<const std::uint64_t> ShingleReader::read(std::string_view text) {
  if (shingles_.capacity() > kept_hashes_max) {
    shingles_ = {};
    seen_ = {};
  }
  shingles_.clear();
  read_shingles(text);
  drop_repeated();
  return shingles_;
}

}  // namespace depesche::copies
