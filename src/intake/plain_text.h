#pragma once

#include <vector>

#include "core/article.h"

namespace depesche::intake {

/// The lines of `text`, blank ones left out, each without white space at its ends. A text whose lines were broken to a
/// width has its lines joined: a block is a paragraph then, and `line` the first of its lines.
std::vector<Block> blocks_of_lines(std::string_view text);

}  // namespace depesche::intake
