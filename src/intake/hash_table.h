#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace depesche::intake {

/// Values by hashes that are spread over 64 bits, in one piece of memory that is used for one text after another: what
/// a node for each word costs is more than all else that is asked of the word.
template <class Value>
class HashTable {
 public:
  /// Forgets all, and makes room for so many keys.
  void clear(std::size_t keys_max) {
    const auto count = std::bit_ceil(keys_max * 2 + 1);
    if (count < kept_places_max && places_.capacity() > kept_places_max) places_ = {};
    places_.assign(count, {});
    size_ = 0;
  }

  /// The value of a key, made where there is none; true where it was made.
  std::pair<Value&, bool> try_emplace(std::uint64_t key) {
    Place& place = places_[place_of(key)];
    const bool is_new = !place.is_taken;
    if (is_new) place = {key, true, {}};
    size_ += is_new;
    return {place.value, is_new};
  }

  /// Null where there is none.
  const Value* find(std::uint64_t key) const {
    const Place& place = places_[place_of(key)];
    return place.is_taken ? &place.value : nullptr;
  }

  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t kept_places_max = 1u << 16;  ///< the room of a larger text is given back

  struct Place {
    std::uint64_t key = 0;
    bool is_taken = false;
    Value value{};
  };

  /// Where the key is, or should be.
  std::size_t place_of(std::uint64_t key) const {
    auto i = key & (places_.size() - 1);
    while (places_[i].is_taken && places_[i].key != key) i = (i + 1) & (places_.size() - 1);
    return i;
  }

  std::vector<Place> places_ = std::vector<Place>(1);
  std::size_t size_ = 0;
};

}  // namespace depesche::intake
