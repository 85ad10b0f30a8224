#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace depesche {

/// An ISO 639 code of two letters (three where there is no shorter one); `und` where the language is not known.
class Language {
 public:
  constexpr Language() = default;
  constexpr explicit Language(std::string_view code) {
    if (code.size() != 2 && code.size() != 3) return;
    code_ = {};
    for (std::size_t i = 0; i < code.size(); ++i) {
      code_[i] = code[i] >= 'A' && code[i] <= 'Z' ? static_cast<char>(code[i] + 32) : code[i];
    }
  }

  constexpr bool is_known() const { return *this != Language(); }
  std::string code() const { return std::string(code_.data(), code_[2] == 0 ? 2 : 3); }
  constexpr auto operator<=>(const Language&) const = default;

 private:
  std::array<char, 3> code_ = {'u', 'n', 'd'};
};

/// The primary language of a BCP 47 tag or a locale name: `fr` of "fr-CA", "fr_FR.UTF-8" and "FR".
constexpr Language language_of_tag(std::string_view tag) {
  const auto primary = tag.substr(0, tag.find_first_of("-_.@"));
  for (const char c : primary) {
    if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) return {};
  }
  return Language(primary);
}

}  // namespace depesche
