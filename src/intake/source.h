#pragma once

#include <string>
#include <vector>

#include "intake/intake.h"
#include "intake/machinery.h"

namespace depesche::intake {

/// What all readers of sources are given.
struct Context {
  const knowledge::Knowledge& knowledge;
  const Machinery& machinery;
  const Options& options;
  unsigned threads = 1;  ///< for one source
};

/// What one source gave.
struct Outcome {
  std::vector<Article> articles;
  std::vector<Rejected> rejected;
};

/// Parts the text of an article into lines, gives them roles and tells what is damaged. False where it holds no words.
bool finish_text(Article& article, std::size_t broken, const Context& context);

}  // namespace depesche::intake
