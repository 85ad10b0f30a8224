// A phrase is written once and met in any case, with any apostrophe and any blank: line and phrase are compared word by
// folded word. `<word>` in a phrase is any one word, so that "translated from the <word>" needs no list of languages.
#include "facts/origin_phrases.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/unicode.h"

namespace depesche::facts {

std::vector<OriginWord> origin_words_of(std::string_view line) {
  std::vector<OriginWord> words;
  bool is_inside = false;
  for (std::uint32_t i = 0; i < line.size();) {
    const auto [c, next] = code_point_at(line, i);
    const bool is_word = is_word_char(c);
    if (is_word && is_inside) words.back().span.end = next;
    if (is_word && !is_inside) words.push_back({{i, next}, {}});
    is_inside = is_word;
    i = next;
  }
  for (auto& word : words) word.folded = fold(words_at(line, word.span));
  // Marks alone fold to nothing.
  std::erase_if(words, [](const OriginWord& word) { return word.folded.empty(); });
  return words;
}

std::optional<OriginPhrases::Kind> OriginPhrases::kind_of(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, Kind>, 9> kinds = {{{"before", Kind::before},
                                                                              {"behind", Kind::behind},
                                                                              {"author", Kind::author},
                                                                              {"beside", Kind::beside},
                                                                              {"agencies", Kind::agencies},
                                                                              {"place", Kind::place},
                                                                              {"conjunction", Kind::conjunction},
                                                                              {"picture", Kind::picture},
                                                                              {"month", Kind::month}}};
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == name; });
  return found == kinds.end() ? std::nullopt : std::optional(found->second);
}

namespace {

/// The words of a phrase as lines have them; "" for `<word>`.
std::vector<std::string> words_of_phrase(std::string_view phrase) {
  static constexpr std::string_view any = "<word>";
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= phrase.size();) {
    const auto found = std::min(phrase.find(any, at), phrase.size());
    for (auto& word : origin_words_of(phrase.substr(at, found - at))) words.push_back(std::move(word.folded));
    if (found < phrase.size()) words.emplace_back();
    at = found + any.size();
  }
  return words;
}

}  // namespace

OriginPhrases::OriginPhrases(const knowledge::Knowledge& knowledge) {
  for (const auto& pack : knowledge.packs()) {
    for (const auto& rule : pack.section("origins")) {
      const auto kind = kind_of(rule.value("kind"));
      if (!kind) continue;  // a rule of examples alone
      int month = 0;
      if (kind == Kind::month) {
        const auto figures = rule.value("month");
        const auto read = std::from_chars(figures.data(), figures.data() + figures.size(), month);
        if (read.ec != std::errc() || month < 1 || month > 12) continue;
      }
      for (const auto phrase : rule.values("phrase")) {
        auto words = words_of_phrase(phrase);
        if (words.empty() || words.front().empty()) continue;
        auto& list = phrases_[words.front()];
        list.push_back({*kind, std::move(words), month});
      }
    }
  }
  for (auto& [first, list] : phrases_) {
    std::stable_sort(list.begin(), list.end(),
                     [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
  }
}

namespace {

bool begins_with(std::span<const OriginWord> words, const std::vector<std::string>& phrase) {
  if (words.size() < phrase.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (!phrase[i].empty() && phrase[i] != words[i].folded) return false;
  }
  return true;
}

}  // namespace

std::optional<OriginPhrases::Found> OriginPhrases::match(std::span<const OriginWord> words) const {
  if (words.empty()) return {};
  const auto list = phrases_.find(words.front().folded);
  if (list == phrases_.end()) return {};
  for (const Phrase& phrase : list->second) {
    if (phrase.kind != Kind::month && begins_with(words, phrase.words))
      return Found{phrase.kind, phrase.words.size(), phrase.month};
  }
  return {};
}

std::optional<OriginPhrases::Found> OriginPhrases::match(std::span<const OriginWord> words, Kind kind) const {
  if (words.empty()) return {};
  const auto list = phrases_.find(words.front().folded);
  if (list == phrases_.end()) return {};
  for (const Phrase& phrase : list->second) {
    if (phrase.kind == kind && begins_with(words, phrase.words)) return Found{kind, phrase.words.size(), phrase.month};
  }
  return {};
}

}  // namespace depesche::facts
