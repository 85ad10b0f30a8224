#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "core/language.h"

namespace depesche::text {

/// What a word is by its print and its language alone.
struct WordForms {
  std::uint64_t form = 0;    ///< as Token::form
  std::uint64_t stem = 0;    ///< as Token::stem
  std::uint32_t number = 0;  ///< the value of a number word; 0 for other words
  bool is_capitalised = false;
};

/// Remembers words. The words of news come back: nine of ten met need not be folded, stemmed and looked up again. Each
/// word has one place, and the last word to take it keeps it; a longer word than a place can hold is not remembered.
class WordMemo {
 public:
  /// The forms of `word` in `language`, asking `make(word)` where they are not remembered. `hash` is one of the word's
  /// bytes.
  template <class Make>
  WordForms find(std::string_view word, std::uint64_t hash, Language language, const Make& make) {
    if (word.size() > print_max) return make(word);
    Place& place = places_[(hash ^ hash >> 32) % place_count];
    if (place.size != word.size() || place.language != language ||
        std::memcmp(place.print.data(), word.data(), word.size()) != 0) {
      place.forms = make(word);
      place.language = language;
      place.size = static_cast<std::uint8_t>(word.size());
      word.copy(place.print.data(), word.size());
    }
    return place.forms;
  }

 private:
  static constexpr std::size_t place_count = 1u << 14;
  static constexpr std::size_t print_max = 36;

  /// A line of the processor's cache.
  struct Place {
    WordForms forms;
    std::array<char, print_max> print;
    Language language;
    std::uint8_t size;  ///< 0 for a free place
  };
  static_assert(sizeof(Place) == 64);

  std::unique_ptr<Place[]> places_ = std::make_unique<Place[]>(place_count);
};

}  // namespace depesche::text
