#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <string_view>

namespace depesche {

/// A half-open range of byte offsets into one UTF-8 text, on character boundaries.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const { return end - begin; }
  constexpr bool empty() const { return begin == end; }
  constexpr bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  constexpr bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  constexpr auto operator<=>(const Span&) const = default;
};

/// The words that a span stands on.
constexpr std::string_view words_at(std::string_view text, Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

/// The smallest span that holds both.
constexpr Span hull(Span a, Span b) { return {std::min(a.begin, b.begin), std::max(a.end, b.end)}; }

}  // namespace depesche
