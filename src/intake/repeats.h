#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace depesche::intake {

/// For each text, folded, the first earlier one that it repeats: the same words, or, from eight words on, nine tenths
/// of its runs of five words. What is empty neither repeats nor is repeated. Linear in the length of all texts.
std::vector<std::optional<std::size_t>> find_repeats(std::span<const std::string_view> folded);

}  // namespace depesche::intake
