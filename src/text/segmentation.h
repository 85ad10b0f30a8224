#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/span.h"

namespace depesche::text {

enum class PieceKind : std::uint8_t { other, number, word };

/// What stands between two word boundaries: a word, a number, or blanks, a mark, a symbol.
struct Piece {
  Span span;
  PieceKind kind = PieceKind::other;

  constexpr bool operator==(const Piece&) const = default;
};

/// Cuts text at the word boundaries of UAX #29 as ICU sets them; the pieces cover it. `pieces` is overwritten.
void cut_words(std::string_view text, std::vector<Piece>& pieces);

/// The same, asking ICU for every text.
void cut_words_by_icu(std::string_view text, std::vector<Piece>& pieces);

/// Cuts text at the sentence boundaries of UAX #29; the pieces cover it. `pieces` is overwritten.
void cut_sentences(std::string_view text, std::vector<Span>& pieces);

}  // namespace depesche::text
