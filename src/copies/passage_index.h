#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "copies/copies.h"
#include "core/result.h"

namespace depesche::copies {

/// What a passage is found by: 64 bits, of which the lowest tells the kind, so that keys of words as they are printed and
/// keys of concepts, which know no language, stand in one index and never meet.
enum class KeyKind : std::uint8_t { surface = 0, language_neutral = 1 };

struct Key {
  std::uint64_t value = 0;

  static Key of(KeyKind kind, std::uint64_t hash) { return {(hash & ~std::uint64_t{1}) | std::uint64_t(kind)}; }
  auto operator<=>(const Key&) const = default;
};

/// Where a key stands.
struct Place {
  std::uint32_t article = 0;
  std::uint32_t passage = 0;  ///< into Body::passages

  auto operator<=>(const Place&) const = default;
};

struct KeyAt {
  Key key;
  std::uint32_t passage = 0;
};

/// The keys of a body's words, each once, sorted. Whatever run of `guaranteed_run_words` words two passages share, they
/// share a key: winnowing, after Schleimer, Wilkerson & Aiken, "Winnowing: Local Algorithms for Document Fingerprinting"
/// (SIGMOD 2003). About one key for every three words.
std::vector<KeyAt> surface_keys(const Body& body);

inline constexpr std::uint32_t guaranteed_run_words = 8;

/// A key stands in so many places at most; whoever adds more is not heard, and the key, being everywhere, nominates only
/// where no other key does, and then the first few of its places.
inline constexpr std::uint32_t places_max = 64;

/// An article nominated, with the number of keys that speak for it.
struct Nomination {
  std::uint32_t article = 0;
  std::uint32_t votes = 0;
};

/// An article nominated by how rare the keys are that speak for it.
struct WeighedNomination {
  std::uint32_t article = 0;
  float weight = 0;  ///< nats: the sum of log(articles / places of the key)
};

/// From keys to the places where they stand. Twelve bytes a place and about twenty a key; asking costs one look-up a key,
/// however much is kept. The answers depend only on what was added in which order.
class PassageIndex {
 public:
  /// A key stands in so many places at most.
  explicit PassageIndex(std::uint32_t places_of_key_max = places_max);

  void add(Key key, Place place);
  /// How many places the key stands in, `places_max` at most.
  std::uint32_t count(Key key) const;
  /// The places of a key, the last added first.
  std::vector<Place> places_of(Key key) const;

  /// The articles in which at least `votes_min` of the keys stand, by votes and then by article, `nominations_max` at most.
  std::vector<Nomination> nominate(std::span<const KeyAt> keys, std::uint32_t votes_min,
                                   std::size_t nominations_max) const;

  /// The articles that share the rarest of the keys, in no order, with the rarity of what they share set against how many keys
  /// each has. `articles` is how many the index holds. The rarest keys are followed first, until `places_read_max` places were read.
  std::vector<WeighedNomination> nominate_by_rarity(std::span<const Key> keys, std::size_t articles,
                                                    std::size_t places_read_max) const;

  std::size_t key_count() const { return key_count_; }
  std::size_t place_count() const { return entries_.size(); }

  /// Writes the index as docs/formats/passage-index.md describes it; an io error where the disk refuses.
  Result<void> save(const std::filesystem::path& file) const;
  /// Reads what `save` wrote; bad_input where the file is none, is cut, or was changed.
  static Result<PassageIndex> load(const std::filesystem::path& file);

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t head = 0;   ///< into entries_, of the last added
    std::uint32_t count = 0;  ///< 0: the slot is free
  };
  struct Entry {
    Place place;
    std::uint32_t next = 0;
  };

  enum class Crowded : bool { left_out, first_places };

  std::vector<Nomination> nominate_by(std::span<const KeyAt> keys, std::uint32_t votes_min, std::size_t nominations_max,
                                      Crowded crowded) const;
  std::size_t slot_of(Key key) const;
  void grow();

  std::vector<Slot> slots_;  ///< open addressing; a power of two of them
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> keys_of_;  ///< by article
  std::size_t key_count_ = 0;
  std::uint32_t places_of_key_max_ = places_max;
};

}  // namespace depesche::copies
