#include "facts/same_name.h"

#include "core/unicode.h"

namespace depesche::facts {
namespace {

constexpr std::size_t consonants_min = 2;

std::string_view first_word(std::string_view folded) { return folded.substr(0, folded.find(' ')); }
std::string_view last_word(std::string_view folded) {
  const auto blank = folded.rfind(' ');
  return blank == std::string_view::npos ? folded : folded.substr(blank + 1);
}

}  // namespace

std::string SameName::skeleton(std::string_view word, Language language) {
  return sounds_.try_emplace(language, knowledge_, language).first->second.skeleton(word);
}

std::string SameName::family_key(std::string_view name, Language language) {
  const auto folded = fold(name);
  auto out = skeleton(last_word(folded), language);
  if (out.size() < consonants_min) out.clear();
  return out;
}

bool SameName::may_be_same_name(std::string_view a, Language language_a, std::string_view b, Language language_b) {
  const auto folded_a = fold(a);
  const auto folded_b = fold(b);
  if (folded_a.find(' ') == std::string::npos || folded_b.find(' ') == std::string::npos) return false;
  const auto key = family_key(a, language_a);
  if (key.empty() || key != family_key(b, language_b)) return false;
  return skeleton(first_word(folded_a), language_a) == skeleton(first_word(folded_b), language_b);
}

}  // namespace depesche::facts
