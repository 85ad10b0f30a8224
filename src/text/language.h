#pragma once

#include <string_view>
#include <vector>

#include "core/language.h"
#include "core/span.h"

namespace depesche::text {

struct DetectedLanguage {
  Language language;  ///< `und` where CLD2 gives no answer
  bool is_reliable = false;
};

/// The language of valid UTF-8 text, by CLD2 with its full tables (some 160 languages).
DetectedLanguage detect_language(std::string_view text);

struct DetectedLanguages {
  DetectedLanguage whole;
  std::vector<Span> doubtful;  ///< in order: where the text is, or may be, in another language than the whole

  /// Whether some of `part` is doubtful.
  bool is_doubtful(Span part) const;
};

/// The language of a text, and where it may be another. A stretch shorter than about 60 letters of the same script is
/// not told apart.
DetectedLanguages detect_languages(std::string_view text);

/// A piece cut out of valid UTF-8, without the parts of characters that the cuts left at its ends.
std::string_view whole_characters(std::string_view piece);

}  // namespace depesche::text
