#include "text/language.h"

#include <cld2/public/compact_lang_det.h>

#include <cstdio>  // cld2's header uses FILE without including it

namespace depesche::text {

DetectedLanguage detect_language(std::string_view text) {
  bool is_reliable = false;
  const auto found =
      CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &is_reliable);
  if (found == CLD2::UNKNOWN_LANGUAGE || found == CLD2::TG_UNKNOWN_LANGUAGE) return {};
  const std::string_view code = CLD2::LanguageCode(found);
  // CLD2 keeps two codes that ISO 639-1 withdrew in 1989.
  if (code == "iw") return {Language("he"), is_reliable};
  if (code == "jw") return {Language("jv"), is_reliable};
  return {language_of_tag(code), is_reliable};
}

}  // namespace depesche::text
