#pragma once

#include <string_view>

#include "core/language.h"

namespace depesche::text {

struct DetectedLanguage {
  Language language;  ///< `und` where CLD2 gives no answer
  bool is_reliable = false;
};

/// The language of valid UTF-8 text, by CLD2 with its full tables (some 160 languages).
DetectedLanguage detect_language(std::string_view text);

}  // namespace depesche::text
