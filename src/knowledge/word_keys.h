#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/language.h"

namespace depesche::knowledge {

/// How words are named in the lexicon: by their stem; with a mark in front where a capital tells the word from others, two
/// where it is printed in capitals throughout.
inline std::string capital_key(std::string_view stem) { return std::string(1, '^').append(stem); }
inline std::string acronym_key(std::string_view folded) { return std::string(2, '^').append(folded); }

std::uint64_t word_key(Language language, std::string_view key);
/// Of a word with which a name of several words begins, in any language.
std::uint64_t head_key(std::string_view folded);

}  // namespace depesche::knowledge
