// A word of any language becomes what it may mean: integers that are equal where two languages may mean the same.
//
//   Krieg        ^krieg in the lexicon           war, warfare
//   Москвы       stem of a town's name           moscow
//   ONU          an acronym                      united nations
//   le 27        a number                        27
//   Sacharowa    in no lexicon: how it sounds    skrf
//   Waffenruhe   a compound: both parts          weapon, arms; quiet, rest
//   États-Unis   a name of two tokens            united states
//
// A word that has a meaning keeps its sound beside it where it may be a name as well (a capital), and its first letters where it
// may be a cognate: dictionaries have gaps, and who compares takes whatever fits.
//
// Words come back, so what each means is worked out once and remembered by its print; a text costs a hash and a look a word.
#include "text/concepts.h"

#include <unicode/uchar.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <unordered_set>

#include "core/unicode.h"
#include "knowledge/stemmer.h"
#include "knowledge/word_keys.h"
#include "text/sounds.h"

namespace depesche::text {
namespace {

using knowledge::ConceptId;
using knowledge::ConceptKind;
using knowledge::NameKind;

/// How rare is what no dictionary counts, in nats (ConceptId): by judgement, as pivots of like rarity in news.
constexpr float small_number_nats = 4.8F, two_digits_nats = 6.4F, year_nats = 7.2F, number_nats = 9.6F;
constexpr float month_nats = 6.4F, weekday_nats = 5.6F, cognate_nats = 7.2F;
constexpr std::array<float, 5> sound_nats = {0, 0, 4.8F, 7.2F, 8.8F};  // by the number of consonants
/// Pivots that more than every fiftieth word means are grammar.
constexpr float pivot_nats_min = 4.0F;
constexpr std::size_t pivots_max = 6;
constexpr std::size_t name_tokens_max = 5;
constexpr std::size_t compound_part_bytes_min = 4;
constexpr std::size_t compound_bytes_min = 9;
constexpr std::size_t prefixed_rest_letters_min = 3;

std::uint32_t hashed(std::string_view text) {
  return static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size()));
}

ConceptId number_concept(double value) {
  const double whole = std::floor(value);
  const float nats = value != whole                   ? number_nats
                     : value <= 12                    ? small_number_nats
                     : value < 100                    ? two_digits_nats
                     : value >= 1900 && value <= 2100 ? year_nats
                                                      : number_nats;
  return ConceptId::of(ConceptKind::number, nats, hashed({reinterpret_cast<const char*>(&value), sizeof value}));
}

/// In (0, 1]; 0 for what is none (the tests of the language packs name it).
float share_of(std::string_view digits) {
  float share = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), share);
  const bool is_share = error == std::errc() && stop == digits.data() + digits.size() && share > 0 && share <= 1;
  return is_share ? share : 0;
}

/// What a word means by its print and its language alone.
struct WordConcepts {
  std::uint64_t key = 0;  ///< 0 for a free place
  std::uint8_t size = 0;
  bool begins_names = false;
  std::array<ConceptId, alternatives_max> ids{};

  void add(ConceptId id) {
    if (size < ids.size() && std::find(ids.begin(), ids.begin() + size, id) == ids.begin() + size) ids[size++] = id;
  }
};

/// What the words of one language are led to their meanings with.
class LanguageTools {
 public:
  LanguageTools(Language language, const knowledge::Knowledge& knowledge)
      : language_(language), knowledge_(knowledge), stemmer_(language), sounds_(knowledge, language) {
    const auto& pack = knowledge.pack(language);
    if (pack.language == language) {
      for (const auto& rule : pack.section("lexicon")) {
        auto words = rule.words("words");
        if (rule.name == "function_words") {
          for (const auto& word : words) function_words_.insert(fold(word));
        } else if (rule.name == "counterparts") {
          counterparts = share_of(rule.value("share"));
        } else if (rule.name == "prefixes") {
          prefixes_ = std::move(words);
        } else if (rule.name == "linking_elements") {
          linking_elements_ = std::move(words);
          linking_elements_.emplace_back();
        }
      }
    }
    seed = hashed(language.code());
  }

  WordConcepts meanings_of(std::string_view word) {
    WordConcepts out;
    const bool has_capital = is_capital(code_point_at(word, 0).value);
    const bool has_case = has_capital || u_islower(static_cast<UChar32>(code_point_at(word, 0).value));
    fold(word, folded_);
    if (folded_.empty()) return out;
    out.begins_names = (has_capital || !has_case) && knowledge_.begins_names(folded_);
    if (has_capital && is_in_capitals(word))
      add_pivots(knowledge_.concepts(language_, knowledge::acronym_key(folded_)), out);
    if (out.size == 0 && function_words_.contains(folded_)) return out;
    for (const auto& meaning : knowledge_.meanings(folded_)) {
      if (meaning.language.is_known() && meaning.language != language_) continue;
      if (meaning.kind == NameKind::month) out.add(ConceptId::of(ConceptKind::month, month_nats, meaning.id));
      if (meaning.kind == NameKind::weekday) out.add(ConceptId::of(ConceptKind::weekday, weekday_nats, meaning.id));
    }
    add_from_lexicon(word, has_capital, out);
    if (has_capital || !has_case) add_names(out);
    if (!has_known_meaning(out)) add_prefixed(word, has_capital, out);
    if (!has_known_meaning(out)) add_compound(word, out);
    if (has_capital || !has_known_meaning(out)) add_sound(word, out);
    if (const auto prefix = sounds_.cognate_prefix(word); !prefix.empty())
      out.add(ConceptId::of(ConceptKind::cognate, cognate_nats, hashed(prefix)));
    return out;
  }

  std::uint64_t seed = 0;
  float counterparts = 0;  ///< counterpart_share

 private:
  static bool has_known_meaning(const WordConcepts& out) { return out.size > 0; }

  static bool is_in_capitals(std::string_view word) {
    std::uint32_t letters = 0;
    for (std::uint32_t i = 0; i < word.size();) {
      const auto [c, next] = code_point_at(word, i);
      if (!is_capital(c)) return false;
      ++letters;
      i = next;
    }
    return letters >= 2;
  }

  void add_pivots(std::span<const ConceptId> pivots, WordConcepts& out) const {
    std::size_t added = 0;
    for (const ConceptId id : pivots) {
      if (id.nats() < pivot_nats_min) continue;
      out.add(id);
      if (++added == pivots_max) return;
    }
  }

  void add_from_lexicon(std::string_view word, bool has_capital, WordConcepts& out) {
    stemmer_.stem(word, stem_);
    std::span<const ConceptId> found;
    if (has_capital) found = knowledge_.concepts(language_, knowledge::capital_key(stem_));
    if (found.empty()) found = knowledge_.concepts(language_, stem_);
    add_pivots(found, out);
  }

  void add_names(WordConcepts& out) const {
    // Towns of one name come by population: the first will do.
    bool has_town = false;
    for (const auto& meaning : knowledge_.meanings(folded_)) {
      if (meaning.language.is_known() && meaning.language != language_) continue;
      if (meaning.kind != NameKind::country && (meaning.kind != NameKind::town || has_town)) continue;
      has_town |= meaning.kind == NameKind::town;
      if (const auto id = knowledge_.concept_of(meaning)) out.add(*id);
    }
  }

  void add_prefixed(std::string_view word, bool has_capital, WordConcepts& out) {
    for (const auto& prefix : prefixes_) {
      if (!word.starts_with(prefix)) continue;
      const auto rest = word.substr(prefix.size());
      if (count_code_points(rest) < prefixed_rest_letters_min) continue;
      add_from_lexicon(rest, has_capital, out);
      if (has_known_meaning(out)) return;
      fold(rest, folded_);
      add_names(out);
      if (has_known_meaning(out)) return;
    }
  }

  /// Of all ways to part a compound in two known words the one whose shorter part is longest.
  void add_compound(std::string_view word, WordConcepts& out) {
    if (linking_elements_.empty() || word.size() < compound_bytes_min) return;
    std::string lowered;
    in_small_letters(word, lowered);
    std::size_t best = 0;
    std::span<const ConceptId> best_left, best_right;
    const std::string_view whole = lowered;
    for (std::size_t at = compound_part_bytes_min; at + compound_part_bytes_min <= whole.size(); ++at) {
      if ((static_cast<unsigned char>(whole[at]) & 0xC0) == 0x80) continue;
      if (std::min(at, whole.size() - at) <= best) continue;
      const auto right = part(whole.substr(at));
      if (right.empty()) continue;
      for (const auto& link : linking_elements_) {
        auto left = whole.substr(0, at);
        if (!left.ends_with(link)) continue;
        left.remove_suffix(link.size());
        if (left.size() < compound_part_bytes_min) continue;
        const auto found = part(left);
        if (found.empty()) continue;
        best = std::min(at, whole.size() - at);
        best_left = found;
        best_right = right;
        break;
      }
    }
    add_pivots(best_right.subspan(0, std::min<std::size_t>(2, best_right.size())), out);
    add_pivots(best_left.subspan(0, std::min<std::size_t>(2, best_left.size())), out);
  }

  std::span<const ConceptId> part(std::string_view word) {
    stemmer_.stem(word, stem_);
    const auto noun = knowledge_.concepts(language_, knowledge::capital_key(stem_));
    return noun.empty() ? knowledge_.concepts(language_, stem_) : noun;
  }

  void add_sound(std::string_view word, WordConcepts& out) const {
    const auto skeleton = sounds_.skeleton(word);
    const auto nats = sound_nats[std::min(skeleton.size(), sound_nats.size() - 1)];
    if (nats > 0) out.add(ConceptId::of(ConceptKind::sound, nats, hashed(skeleton)));
  }

  Language language_;
  const knowledge::Knowledge& knowledge_;
  knowledge::Stemmer stemmer_;
  Sounds sounds_;
  std::unordered_set<std::string> function_words_;
  std::vector<std::string> prefixes_, linking_elements_;
  std::string folded_, stem_;
};

/// One set for each thread, as in text.cc.
class Tools {
 public:
  static Tools& of_thread(const knowledge::Knowledge& knowledge) {
    thread_local std::pair<std::uint64_t, std::unique_ptr<Tools>> made;
    if (made.first != knowledge.serial()) made = {knowledge.serial(), std::make_unique<Tools>(knowledge)};
    return *made.second;
  }

  explicit Tools(const knowledge::Knowledge& knowledge) : knowledge_(knowledge) {}

  LanguageTools& of(Language language) { return languages_.try_emplace(language, language, knowledge_).first->second; }

  const WordConcepts& meanings_of(std::string_view word, LanguageTools& language) {
    const auto key = XXH3_64bits_withSeed(word.data(), word.size(), language.seed) | 1;
    auto& place = remembered_[(key >> 20) % remembered_words];
    if (place.key != key) {
      place = language.meanings_of(word);
      place.key = key;
    }
    return place;
  }

 private:
  static constexpr std::size_t remembered_words = 1u << 15;

  // A copy, for tools outlive whoever opened the knowledge.
  const knowledge::Knowledge knowledge_;
  std::map<Language, LanguageTools> languages_;
  std::unique_ptr<WordConcepts[]> remembered_ = std::make_unique<WordConcepts[]>(remembered_words);
};

class Reader {
 public:
  Reader(const Article& article, const Text& text, const knowledge::Knowledge& knowledge)
      : article_(article), text_(text), knowledge_(knowledge), tools_(Tools::of_thread(knowledge)) {}

  std::vector<Concept> run() {
    concepts_.reserve(text_.tokens.size());
    for (const Sentence& sentence : text_.sentences) read(sentence);
    return std::move(concepts_);
  }

 private:
  void read(const Sentence& sentence) {
    const auto language = text_.block_languages[sentence.block];
    auto& of_language = tools_.of(language);
    for (auto i = sentence.first_token; i < sentence.last_token;) {
      while (next_number_ < text_.numbers.size() && text_.numbers[next_number_].first_token < i) ++next_number_;
      if (next_number_ < text_.numbers.size() && text_.numbers[next_number_].first_token == i) {
        const Number& number = text_.numbers[next_number_];
        concepts_.push_back({number_concept(number.value), i, number.last_token});
        i = number.last_token;
        continue;
      }
      if (text_.tokens[i].kind != TokenKind::word) {
        ++i;
        continue;
      }
      const auto& word = tools_.meanings_of(article_.words_at(text_.tokens[i].span), of_language);
      if (word.begins_names) {
        if (const auto end = read_name(i, sentence.last_token, language)) {
          i = end;
          continue;
        }
      }
      for (std::uint8_t k = 0; k < word.size; ++k) concepts_.push_back({word.ids[k], i, i + 1});
      ++i;
    }
  }

  /// The longest name of several words that begins at a token; one behind it, or 0.
  std::uint32_t read_name(std::uint32_t first, std::uint32_t end, Language language) {
    std::array<std::uint32_t, name_tokens_max> ends{};
    std::size_t words = 0;
    for (auto i = first; i < end && words < name_tokens_max; ++i) {
      if (text_.tokens[i].kind == TokenKind::number) break;
      // Between the words of a name stand blanks, hyphens and apostrophes, which are no tokens but hyphens.
      if (text_.tokens[i].kind == TokenKind::mark) {
        if (article_.words_at(text_.tokens[i].span) != "-") break;
        continue;
      }
      ends[words++] = i + 1;
    }
    for (; words > 1; --words) {
      const auto behind = ends[words - 1];
      const auto folded = fold(article_.words_at(hull(text_.tokens[first].span, text_.tokens[behind - 1].span)));
      for (const auto& meaning : knowledge_.meanings(folded)) {
        if (meaning.language.is_known() && meaning.language != language) continue;
        if (const auto id = knowledge_.concept_of(meaning)) {
          concepts_.push_back({*id, first, behind});
          return behind;
        }
      }
    }
    return 0;
  }

  const Article& article_;
  const Text& text_;
  const knowledge::Knowledge& knowledge_;
  Tools& tools_;
  std::size_t next_number_ = 0;
  std::vector<Concept> concepts_;
};

}  // namespace

std::vector<Concept> concepts_of(const Article& article, const Text& text, const knowledge::Knowledge& knowledge) {
  return Reader(article, text, knowledge).run();
}

float counterpart_share(Language language, const knowledge::Knowledge& knowledge) {
  return Tools::of_thread(knowledge).of(language).counterparts;
}

std::vector<ConceptId> concepts_of_word(std::string_view word, Language language,
                                        const knowledge::Knowledge& knowledge) {
  if (word.empty()) return {};
  const auto meanings = LanguageTools(language, knowledge).meanings_of(word);
  return {meanings.ids.begin(), meanings.ids.begin() + meanings.size};
}

}  // namespace depesche::text
