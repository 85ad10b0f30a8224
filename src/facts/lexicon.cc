#include "facts/lexicon.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/unicode.h"
#include "text/text.h"

namespace depesche::facts {
// At blanks, apostrophes and hyphens, of which only hyphens leave a token.
std::vector<Key> keys_of_phrase(std::string_view phrase) {
  std::vector<Key> keys;
  std::uint32_t begin = 0;
  const auto end_word = [&](std::uint32_t end) {
    const auto folded = fold(phrase.substr(begin, end - begin));
    if (!folded.empty()) keys.push_back(text::form_hash(folded));
  };
  for (std::uint32_t i = 0; i < phrase.size();) {
    const auto [c, next] = code_point_at(phrase, i);
    const bool parts = c == U' ' || c == U'\'' || c == U'\u2019' || c == U'-';
    if (parts) {
      end_word(i);
      if (c == U'-') keys.push_back(hyphen);
      begin = next;
    }
    i = next;
  }
  end_word(static_cast<std::uint32_t>(phrase.size()));
  return keys;
}

void PhraseSet::add(std::string_view phrase) {
  auto keys = keys_of_phrase(phrase);
  if (keys.empty()) return;
  first_keys_.add(keys[0]);
  auto& phrases = by_first_[keys[0]];
  phrases.push_back(std::move(keys));
  std::sort(phrases.begin(), phrases.end(), [](const auto& x, const auto& y) { return x.size() > y.size(); });
}

std::size_t PhraseSet::match(std::span<const Key> keys, std::size_t at) const {
  if (!first_keys_.may_hold(keys[at])) return 0;
  const auto found = by_first_.find(keys[at]);
  if (found == by_first_.end()) return 0;
  for (const auto& phrase : found->second) {
    if (at + phrase.size() > keys.size()) continue;
    if (std::equal(phrase.begin(), phrase.end(), keys.begin() + static_cast<std::ptrdiff_t>(at))) return phrase.size();
  }
  return 0;
}

Lexicon::Lexicon(const knowledge::Pack& pack) {
  const auto fill = [&](std::string_view section, std::string_view rule_name, PhraseSet& set) {
    for (const auto& rule : pack.section(section)) {
      if (rule.name != rule_name) continue;
      for (const auto& word : rule.words("words")) set.add(word);
    }
  };
  fill("speech", "verbs", verbs);
  fill("speech", "verbs_beside_quotation", verbs_beside_quotation);
  fill("speech", "according_to_tail", according_to_tail);
  fill("speech", "verbs_of_denial", verbs_of_denial);
  fill("speech", "verbs_with_addressee", verbs_with_addressee);
  fill("words", "negations", negations);
  fill("words", "not_in_names", not_in_names);
  fill("speech", "according_to", according_to);
  fill("speech", "according_to_after", according_to_after);
  fill("speech", "pronouns", pronouns);
  fill("speech", "that", complementisers);
  fill("offices", "person", person_heads);
  fill("offices", "body", body_heads);
  fill("offices", "person_endings", person_endings);
  fill("offices", "body_endings", body_endings);
  fill("offices", "honorific", honorifics);
  fill("words", "articles", articles);
  fill("words", "prepositions", prepositions);
  fill("words", "inner_prepositions", inner_prepositions);
  fill("words", "conjunctions", conjunctions);
  for (const auto& rule : pack.section("speech")) {
    if (rule.name != "verbs_parted") continue;
    for (const auto& words : rule.words("words")) {
      const auto keys = keys_of_phrase(words);
      if (keys.size() == 2) parted_verbs[keys[0]].push_back(keys[1]);
    }
  }
  for (const auto& rule : pack.section("words")) {
    nouns_have_capitals |= rule.name == "nouns_have_capitals";
    modifiers_follow |= rule.name == "modifiers_follow";
    complementiser_may_be_absent |= rule.name == "complementiser_may_be_absent";
  }
}

}  // namespace depesche::facts
