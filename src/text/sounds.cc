#include "text/sounds.h"

#include <fmt/format.h>
#include <unicode/translit.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "core/unicode.h"

namespace depesche::text {
namespace {

constexpr std::size_t cognate_letters = 5;
constexpr std::size_t cognate_word_letters_min = 6;

icu::Transliterator* transliterator(const std::string& id) {
  thread_local std::map<std::string, std::unique_ptr<icu::Transliterator>> made;
  const auto [known, is_new] = made.try_emplace(id);
  if (is_new) {
    UErrorCode status = U_ZERO_ERROR;
    known->second.reset(icu::Transliterator::createInstance(icu::UnicodeString::fromUTF8(id), UTRANS_FORWARD, status));
  }
  return known->second.get();
}

/// A letter in plain Latin ones, whatever its script. ICU's transliterators are slow and so asked once a letter: what stands
/// around a letter makes no difference that would be left in a skeleton. The first one that is made has ICU set up its register of
/// all, which is a third of the instructions of a brief of five articles: a letter with an accent does without.
std::string latin(char32_t c) {
  std::string out;
  append_utf8(c, out);
  auto folded = fold(out);
  if (std::all_of(folded.begin(), folded.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; }))
    return folded;
  UErrorCode status = U_ZERO_ERROR;
  const auto script = uscript_getScript(static_cast<UChar32>(c), &status);
  const std::string to_latin = script == USCRIPT_LATIN ? "" : fmt::format("{}-Latin; ", uscript_getName(script));
  auto* by_script = transliterator(to_latin + "Latin-ASCII; Lower");
  if (by_script == nullptr) by_script = transliterator("Any-Latin; Latin-ASCII; Lower");
  icu::UnicodeString text(static_cast<UChar32>(c));
  if (by_script != nullptr) by_script->transliterate(text);
  out.clear();
  text.toUTF8String(out);
  std::erase_if(out, [](char letter) { return letter < 'a' || letter > 'z'; });
  return out;
}

}  // namespace

std::string latin_letters(char32_t c) { return latin(c); }

namespace {

void append_latin(char32_t c, std::string& out) {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c);
    return;
  }
  constexpr char32_t end = 0x3000;
  struct Known {
    bool is_asked = false;
    std::string letters;
  };
  thread_local const auto known = std::make_unique<std::array<Known, end>>();
  if (c >= end) {
    out += latin(c);
    return;
  }
  Known& entry = (*known)[c];
  if (!entry.is_asked) entry = {true, latin(c)};
  out += entry.letters;
}

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

char sound_class(char c) {
  switch (c) {
    case 'b':
    case 'p': return 'p';
    case 'f':
    case 'v':
    case 'w': return 'f';
    case 'd':
    case 't': return 't';
    case 'c':
    case 'g':
    case 'k':
    case 'q': return 'k';
    case 's':
    case 'x':
    case 'z':
    case 'j': return 's';
    case 'l':
    case 'm':
    case 'n':
    case 'r': return c;
    default: return 0;
  }
}

}  // namespace

Sounds::Sounds(const knowledge::Knowledge& knowledge, Language language) {
  const auto& pack = knowledge.pack(language);
  for (const auto& rule : pack.section("lexicon")) {
    if (rule.name != "sounds") continue;
    for (const auto& word : rule.words("words")) {
      if (const auto equals = word.find('='); equals != std::string::npos)
        spellings_.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
  }
  std::stable_sort(spellings_.begin(), spellings_.end(),
                   [](const auto& x, const auto& y) { return x.first.size() > y.first.size(); });
}

std::string Sounds::skeleton(std::string_view word) const {
  std::string lowered, out;
  in_small_letters(word, lowered);
  bool is_first = true;
  std::string letters;
  for (std::uint32_t i = 0; i < lowered.size();) {
    const auto rest = std::string_view(lowered).substr(i);
    const auto spelling =
        std::find_if(spellings_.begin(), spellings_.end(), [&](const auto& s) { return rest.starts_with(s.first); });
    letters.clear();
    if (spelling != spellings_.end()) {
      letters = spelling->second;
      i += static_cast<std::uint32_t>(spelling->first.size());
    } else {
      const auto [c, next] = code_point_at(lowered, i);
      append_latin(c, letters);
      i = next;
    }
    for (const char letter : letters) {
      const char sound = sound_class(letter);
      if (sound == 0) {
        if (is_first && is_vowel(letter)) out += 'a';
      } else if (out.empty() || out.back() != sound) {
        out += sound;
      }
      is_first = is_first && letter == 'h';
    }
  }
  return out;
}

std::string Sounds::cognate_prefix(std::string_view word) const {
  std::string lowered, letters, out;
  in_small_letters(word, lowered);
  for (std::uint32_t i = 0; i < lowered.size();) {
    const auto [c, next] = code_point_at(lowered, i);
    append_latin(c, letters);
    i = next;
  }
  if (letters.size() < cognate_word_letters_min) return {};
  for (std::size_t i = 0; i < letters.size() && out.size() < cognate_letters; ++i) {
    char c = letters[i];
    const char next = i + 1 < letters.size() ? letters[i + 1] : '\0';
    if (c == 'p' && next == 'h') {
      c = 'f';
      ++i;
    } else if (c == 'h' && i > 0) {
      continue;  // th, kh, rh
    } else if (c == 'c' || c == 'q') {
      c = 'k';
    } else if (c == 'z') {
      c = 's';
    } else if (c == 'y' || c == 'j') {
      c = 'i';
    } else if (c == 'w') {
      c = 'v';
    }
    if (out.empty() || out.back() != c) out += c;
  }
  return out.size() == cognate_letters ? out : std::string();
}

}  // namespace depesche::text
