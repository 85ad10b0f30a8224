#include "lineage/drift_words.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/unicode.h"

namespace depesche::lineage {
namespace {

struct Source {
  std::string_view section;
  std::string_view rule;
  Turn turn;
};

constexpr std::array sources = {
    Source{"drift", "negations", turn_negation},
    Source{"words", "articles", turn_article},
    Source{"words", "conjunctions", turn_conjunction},
    Source{"drift", "near_negations", turn_near_negation},
    Source{"drift", "hedges", turn_hedge},
    Source{"drift", "modals", turn_modal},
    Source{"drift", "near_hedges", turn_near_hedge},
    Source{"drift", "first_person", turn_first_person},
    Source{"drift", "third_person", turn_third_person},
    Source{"drift", "companions", turn_companion},
};

/// Shorter words begin like this by chance: "unit", "inner".
constexpr std::uint32_t prefixed_bytes_min = 8;

/// What parts words; text/ cuts at the same.
constexpr std::string_view breaks = " -'";

/// At blanks, hyphens and apostrophes, as text/ cuts words.
std::vector<std::uint64_t> forms_of(std::string_view phrase) {
  std::vector<std::uint64_t> forms;
  while (!phrase.empty()) {
    const auto end = std::min(phrase.find_first_of(breaks), phrase.size());
    if (const auto folded = fold(phrase.substr(0, end)); !folded.empty()) forms.push_back(text::form_hash(folded));
    phrase.remove_prefix(std::min(end + 1, phrase.size()));
  }
  return forms;
}

}  // namespace

DriftWords::DriftWords(const knowledge::Pack& pack) {
  for (const auto& rule : pack.section("drift")) {
    if (rule.name == "negation_prefixes") prefixes_ = rule.words("words");
  }
  for (const Source& source : sources) {
    for (const auto& rule : pack.section(source.section)) {
      if (rule.name != source.rule) continue;
      for (const auto& word : rule.words("words")) {
        auto forms = forms_of(word);
        if (forms.empty()) continue;
        const auto first = forms[0];
        std::string first_word;
        in_small_letters(word.substr(0, word.find_first_of(breaks)), first_word);
        by_first_[first].push_back({std::move(forms), std::move(first_word), source.turn});
      }
    }
  }
}

std::vector<std::uint16_t> DriftWords::turns(const Article& article, const text::Text& text) const {
  const auto last = static_cast<std::uint32_t>(text.tokens.size());
  std::vector<std::uint16_t> turns(last);
  std::string word;
  for (std::uint32_t i = 0; i < last; ++i) {
    const auto found = by_first_.find(text.tokens[i].form);
    if (found == by_first_.end()) continue;
    in_small_letters(article.words_at(text.tokens[i].span), word);
    for (const Phrase& phrase : found->second) {
      // The t of "didn't", not of "T-shirt".
      if (phrase.first_word != word || (word.size() == 1 && text.tokens[i].is_capitalised)) continue;
      auto at = i;
      std::size_t met = 0;
      for (; at < last && met < phrase.forms.size(); ++at) {
        if (text.tokens[at].kind == text::TokenKind::mark) continue;
        if (text.tokens[at].form != phrase.forms[met]) break;
        ++met;
      }
      if (met == phrase.forms.size()) turns[i] |= phrase.turn;
    }
  }
  mark_prefixes(article, text, turns);
  return turns;
}

/// "unvaccinated", "непривитый".
void DriftWords::mark_prefixes(const Article& article, const text::Text& text,
                               std::vector<std::uint16_t>& turns) const {
  if (prefixes_.empty()) return;
  std::string word;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const auto& token = text.tokens[i];
    if (token.kind != text::TokenKind::word || token.span.size() < prefixed_bytes_min) continue;
    in_small_letters(article.words_at(token.span), word);
    if (std::any_of(prefixes_.begin(), prefixes_.end(), [&](const auto& prefix) { return word.starts_with(prefix); }))
      turns[i] |= turn_near_negation;
  }
}

}  // namespace depesche::lineage
