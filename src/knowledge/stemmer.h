#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/language.h"

struct sb_stemmer;

namespace depesche::knowledge {

/// The Snowball stemmer of a language, with its results folded as core/unicode.h folds them. Costly to make; for one thread.
class Stemmer {
 public:
  explicit Stemmer(Language language);

  /// Whether Snowball has one; without, a stem is the folded word.
  bool is_there() const { return stemmer_ != nullptr; }
  /// The stem of one word, into `out`, whose memory is used again.
  void stem(std::string_view word, std::string& out);
  std::string stem(std::string_view word);

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Delete> stemmer_;
  std::string lowered_;
};

}  // namespace depesche::knowledge
