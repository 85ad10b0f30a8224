#include "facts/romanise.h"

#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <memory>

#include "core/unicode.h"

namespace depesche::facts {
bool has_letters_of_another_script(std::string_view name) {
  for (std::uint32_t i = 0; i < name.size();) {
    const auto [c, next] = code_point_at(name, i);
    i = next;
    UErrorCode status = U_ZERO_ERROR;
    const auto letter = static_cast<UChar32>(c);
    if (u_isalpha(letter) && uscript_getScript(letter, &status) != USCRIPT_LATIN) return true;
  }
  return false;
}

std::string romanised(std::string_view name) {
  // Making a transliterator costs more than reading ten articles.
  if (!has_letters_of_another_script(name)) return std::string(name);
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::Transliterator> to_latin(
      icu::Transliterator::createInstance("Any-Latin; [:^Latin:] Latin-ASCII", UTRANS_FORWARD, status));
  if (to_latin == nullptr) return std::string(name);
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<std::int32_t>(name.size())));
  to_latin->transliterate(wide);
  std::string out;
  return wide.toUTF8String(out);
}

}  // namespace depesche::facts
