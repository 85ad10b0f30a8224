#include "knowledge/stemmer.h"

#include <libstemmer.h>

#include "core/unicode.h"

namespace depesche::knowledge {

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer(Language language) {
  if (language.is_known()) stemmer_.reset(sb_stemmer_new(language.code().c_str(), "UTF_8"));
}

void Stemmer::stem(std::string_view word, std::string& out) {
  if (stemmer_ != nullptr) {
    // Snowball wants lower case with its accents, which folding takes away.
    in_small_letters(word, lowered_);
    const auto* stem = sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(lowered_.data()),
                                       static_cast<int>(lowered_.size()));
    if (stem != nullptr) {
      const auto size = static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()));
      fold(std::string_view(reinterpret_cast<const char*>(stem), size), out);
      return;
    }
  }
  fold(word, out);
}

std::string Stemmer::stem(std::string_view word) {
  std::string out;
  stem(word, out);
  return out;
}

}  // namespace depesche::knowledge
