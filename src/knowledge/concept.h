#pragma once

#include <cstdint>

namespace depesche::knowledge {

enum class ConceptKind : std::uint8_t {
  word,     ///< value: a pivot, `Knowledge::pivot`: an English stem, or a name of a place or body
  number,   ///< value: from the number itself
  month,    ///< value: 1 to 12
  weekday,  ///< value: 1 (Monday) to 7
  sound,    ///< value: from the consonants of a name as they are heard: Zakharova, Sacharowa, Захарова
  cognate,  ///< value: from the first letters of a word as they are heard: president, Präsident, президент
};

/// Something that words of any language may mean. Two words that share a concept may say the same.
///
/// Of 32 bits the upper half byte tells the kind, the next how rare the concept is, 24 bits which it is: whoever compares
/// concepts needs nothing else.
struct ConceptId {
  std::uint32_t bits = 0;

  static constexpr std::uint32_t value_end = 1u << 24;
  static constexpr float nats_per_level = 0.8F;

  /// `nats`: the negative logarithm of the chance that a word of news carries the concept; 0 to 12 are told apart.
  static constexpr ConceptId of(ConceptKind kind, float nats, std::uint32_t value) {
    const auto level = static_cast<int>(nats / nats_per_level + 0.5F);
    const auto held = static_cast<std::uint32_t>(level < 0 ? 0 : level > 15 ? 15 : level);
    return {static_cast<std::uint32_t>(kind) << 28 | held << 24 | (value & (value_end - 1))};
  }

  constexpr ConceptKind kind() const { return static_cast<ConceptKind>(bits >> 28); }
  constexpr float nats() const { return static_cast<float>(level()) * nats_per_level; }
  constexpr std::uint8_t level() const { return bits >> 24 & 0xF; }
  constexpr std::uint32_t value() const { return bits & (value_end - 1); }

  auto operator<=>(const ConceptId&) const = default;
};

}  // namespace depesche::knowledge
