#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <utility>

namespace depesche::text {

/// What a word is by its print and its language alone.
struct WordForms {
  std::uint64_t form = 0;    ///< as Token::form
  std::uint64_t stem = 0;    ///< as Token::stem
  std::uint32_t number = 0;  ///< the value of a number word; 0 for other words
  bool is_capitalised = false;
};

/// Remembers words. The words of news come back: of those in 7,490 articles of five languages, fourteen of fifteen need not
/// be folded, stemmed and looked up again. Two words share a shelf, the one met last in front; a third drives out the
/// other. A word is known by 64 bits of hash, as a form is.
class WordMemo {
 public:
  /// What `make()` gives for the word of this hash, which tells languages apart, too; or gave, where it is remembered.
  template <class Make>
  const WordForms& find(std::uint64_t hash, const Make& make) {
    const auto key = hash | taken;
    auto& [front, back] = shelf_of(hash).places;
    if (front.key == key) return front.forms;
    std::swap(front, back);
    if (front.key != key) front = {key, make()};
    return front.forms;
  }

  /// Has the word's shelf brought near for a `find` a little later.
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&shelf_of(hash)); }

 private:
  static constexpr std::size_t shelf_count = 1u << 15;
  static constexpr std::uint64_t taken = 1;

  struct Place {
    std::uint64_t key = 0;  ///< 0 for a free one
    WordForms forms;
  };
  /// A line of the processor's cache.
  struct alignas(64) Shelf {
    std::array<Place, 2> places;
  };
  static_assert(sizeof(Shelf) == 64);

  Shelf& shelf_of(std::uint64_t hash) const { return shelves_[(hash >> 32) % shelf_count]; }

  std::unique_ptr<Shelf[]> shelves_ = std::make_unique<Shelf[]>(shelf_count);
};

}  // namespace depesche::text
