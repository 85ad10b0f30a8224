// The pivot lexicon: what a word may mean, as English stems.
//
// No dictionary is large in both of two languages at hand: French-English has 8,000 headwords, Russian-English none, while
// German-English has 380,000. So a word is led to English by every way there is, and what several ways agree on counts more:
//
//   guerre   fr-en  war                                       1
//            fr-de  Krieg    ──de-en──▶ war, warfare          hop_weight · P(Krieg|guerre) · P(war|Krieg)
//            fr-es  guerra   ──es-en──▶ war
//   accord   fr-de  Akkord   ──de-en──▶ chord, piecework      drift: outvoted by agreement, understanding, deal
//
// Dictionaries are read in both directions: English-Russian says what Russian words mean as well. Of what a word may mean the
// few meanings are kept that have a fair share of the best one's weight.
//
// Names go the same way: Alep, Halep and Халеб are the pivot "aleppo", whichever of GeoNames, CLDR and a dictionary says so;
// syrien and сирийский are "Syrian", an adjective that WordNet pertains to Syria, and so the pivot "syria".
//
// Keys of words are stems with their language. A word that is printed with a capital where that tells (a German noun, an
// English demonym, a name) has a key of its own, "^krieg", apart from "krieg", the stem of kriegen; acronyms have "^^un".
#include "knowledge/lexicon.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/unicode.h"
#include "knowledge/apertium.h"
#include "knowledge/dictd.h"
#include "knowledge/person_names.h"
#include "knowledge/stemmer.h"
#include "knowledge/word_keys.h"
#include "knowledge/wordnet.h"

namespace depesche::knowledge {
namespace {

/// A way to English over another language counts half of a dictionary that leads there at once.
constexpr float hop_weight = 0.5F;
/// Translations listed later are the rarer senses.
constexpr float later_weight = 0.85F;
/// Longer ones are explanations.
constexpr std::size_t translation_words_max = 3;
/// Of meanings that are listed alike the commoner word is likelier; beyond so many occurrences in WordNet none is commoner.
constexpr float prior_exponent = 0.35F, prior_count_max = 300;
constexpr float meaning_share_min = 0.06F;
constexpr std::size_t meanings_max = 8;
/// What a word of news is taken to be as rare as where nothing is known, and names of towns and countries.
constexpr float unknown_nats = 9.0F;
constexpr float country_nats = 6.0F;
constexpr std::size_t inflected_name_bytes_min = 5;

struct Meant {
  std::uint32_t word = 0;
  float weight = 0;
};
using Meanings = std::vector<std::vector<Meant>>;  ///< by word

/// The words of one language, by their keys.
class Vocabulary {
 public:
  Vocabulary(Language language, const std::vector<Pack>& packs) : language_(language), stemmer_(language) {
    for (const auto& pack : packs) {
      if (pack.language != language) continue;
      for (const auto& rule : pack.section("words")) nouns_have_capitals_ |= rule.name == "nouns_have_capitals";
      for (const auto& rule : pack.section("lexicon")) {
        if (rule.name != "function_words") continue;
        for (const auto& word : rule.words("words")) function_words_.insert(fold(word));
      }
    }
  }

  std::uint32_t intern(const std::string& key) {
    const auto [place, is_new] = ids_.try_emplace(key, static_cast<std::uint32_t>(keys_.size()));
    if (is_new) keys_.push_back(key);
    return place->second;
  }

  /// The content words of a headword or translation, as keys.
  std::vector<std::string> content_keys(std::string_view phrase) {
    std::vector<std::string> keys;
    for (std::uint32_t i = 0; i < phrase.size();) {
      auto [c, next] = code_point_at(phrase, i);
      if (!is_word_char(c)) {
        i = next;
        continue;
      }
      const auto begin = i;
      bool has_capital = is_capital(c);
      while (i < phrase.size()) {
        const auto [letter, behind] = code_point_at(phrase, i);
        if (!is_word_char(letter)) break;
        i = behind;
      }
      const auto word = phrase.substr(begin, i - begin);
      if (function_words_.contains(fold(word))) continue;
      keys.push_back(key_of(word, has_capital));
    }
    return keys;
  }

  Language language() const { return language_; }
  std::size_t size() const { return keys_.size(); }
  const std::string& key(std::uint32_t id) const { return keys_[id]; }
  std::string stem(std::string_view word) { return stemmer_.stem(word); }

  /// English demonyms and names that stand for another pivot, by their stems.
  std::unordered_map<std::string, std::string> same_as;

 private:
  std::string key_of(std::string_view word, bool has_capital) {
    auto stem = stemmer_.stem(word);
    if (!has_capital) return stem;
    if (const auto same = same_as.find(stem); same != same_as.end()) return same->second;
    return nouns_have_capitals_ ? capital_key(stem) : stem;
  }

  Language language_;
  Stemmer stemmer_;
  bool nouns_have_capitals_ = false;
  std::unordered_set<std::string> function_words_;
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<std::string> keys_;
};

struct Pair {
  std::uint32_t x = 0, y = 0;
  float weight = 0;
};

class LexiconMaker {
 public:
  LexiconMaker(Draft& draft, const Sources& sources) : draft_(draft), sources_(sources) {
    for (const auto code : pivot_languages) vocabularies_.try_emplace(std::string(code), Language(code), draft.packs);
  }

  void run() {
    add_wordnet();
    add_person_names();
    add_dictionaries();
    lead_to_english();
    add_names();
    add_irregular();
    put_down();
    note_coverage();
  }

 private:
  Vocabulary& vocabulary(std::string_view code) { return vocabularies_.at(std::string(code)); }

  // -- WordNet -------------------------------------------------------------------------------------------------------

  void add_wordnet() {
    Ingredient about{"English words: frequency, demonyms, irregular forms", with_version("wordnet-base"), "WordNet 3.0",
                     0, ""};
    auto& english = vocabulary("en");
    for (std::uint32_t i = 0; i < draft_.countries.size(); ++i)
      country_by_name_.emplace(fold(draft_.countries[i].name), i);
    // Names that other tables give to countries: "Great Britain" pertains to the United Kingdom.
    for (const auto& [folded, meaning] : draft_.names) {
      if (meaning.kind == NameKind::country && (!meaning.language.is_known() || meaning.language == Language("en")))
        country_by_name_.emplace(folded, meaning.id);
    }
    auto wordnet = sources_.wordnet
                       ? read_wordnet(*sources_.wordnet)
                       : fail(Fault::not_found, "WordNet is not on this machine; install it: apt install wordnet-base");
    if (wordnet.has_value()) {
      for (const auto& [adjective, noun] : wordnet->pertaining) add_demonym(adjective, noun);
      for (const auto& [word, count] : wordnet->counts) {
        counts_[english.stem(word)] += count;
        total_count_ += count;
      }
      irregular_ = std::move(wordnet->irregular);
      for (const auto& name : wordnet->given_names) draft_.add_name(name, {NameKind::given_name, Language(), 0});
      for (const auto& name : wordnet->family_names) draft_.add_name(name, {NameKind::family_name, Language(), 0});
      for (const auto& [town, country] : wordnet->capitals) add_capital(town, country);
      about.count = wordnet->counts.size();
    } else {
      about.missing = describe(wordnet.error());
    }
    draft_.ingredients.push_back(std::move(about));
    // What WordNet's nouns call otherwise than CLDR, and what has no adjective there.
    for (const auto& pack : draft_.packs) {
      for (const auto& rule : pack.section("demonyms")) {
        for (const auto& form : rule.words("words")) add_demonym(form, rule.value("country"));
      }
    }
  }

  /// A name is noted for the languages at hand that have it; one that only others have, for the first of them. Packs name those
  /// that are known in news of every language, too.
  void add_person_names() {
    Ingredient about{"names of persons", with_version("python3-fake-factory"), "Expat (Faker, read from the package)",
                     0, ""};
    const auto read = sources_.person_names
                          ? read_person_names(*sources_.person_names)
                          : fail(Fault::not_found, "not on this machine; install it: apt install python3-fake-factory");
    if (!read.has_value()) about.missing = describe(read.error());
    // Where names have cases, they are looked for by their stems as well.
    std::set<std::string, std::less<>> inflected;
    for (const auto& pack : draft_.packs) {
      for (const auto& rule : pack.section("bodies")) {
        if (rule.value("inflected") == "yes") inflected.insert(pack.language.code());
      }
    }
    using Names = std::map<std::string, std::set<std::string>>;  // and their languages
    const auto add_all = [&](const Names& names, NameKind kind) {
      for (const auto& [name, languages] : names) {
        bool is_at_hand = false;
        for (const auto& language : languages) {
          if (!vocabularies_.contains(language)) continue;
          draft_.add_name(name, {kind, Language(language), 0});
          if (inflected.contains(language))
            draft_.add_name(vocabulary(language).stem(name), {kind, Language(language), 0});
          is_at_hand = true;
        }
        if (!is_at_hand) draft_.add_name(name, {kind, Language(*languages.begin()), 0});
      }
      about.count += names.size();
    };
    Names given, family;
    if (read.has_value()) {
      for (const auto& locale : read->locales) {
        for (const auto& name : locale.given_names) given[name].insert(locale.language);
        for (const auto& name : locale.family_names) family[name].insert(locale.language);
      }
    }
    for (const auto& pack : draft_.packs) {
      for (const auto& rule : pack.section("given")) {
        // "mul", as ISO 639 has it for many languages: a name that belongs to none at hand.
        const auto code = pack.language.is_known() ? pack.language.code() : std::string("mul");
        for (const auto& name : rule.words("words")) given[name].insert(code);
      }
    }
    add_all(given, NameKind::given_name);
    add_all(family, NameKind::family_name);
    draft_.ingredients.push_back(std::move(about));
  }

  void add_capital(std::string_view town, std::string_view country) {
    const auto found = country_by_name_.find(fold(country));
    if (found != country_by_name_.end()) draft_.add_name(town, {NameKind::capital, Language(), found->second});
  }

  void add_demonym(std::string_view adjective, std::string_view noun) {
    const auto country = country_by_name_.find(fold(noun));
    if (country == country_by_name_.end() || adjective.empty()) return;
    const auto pivot = pivot_text(draft_.countries[country->second].name);
    // "Syrian", "Syrians"
    auto& english = vocabulary("en");
    const auto stem = english.stem(adjective);
    if (adjective.find(' ') == std::string_view::npos) english.same_as.try_emplace(stem, pivot);
  }

  /// A name of one word is its stem, as a dictionary would have it; of several, the folded name.
  std::string pivot_text(std::string_view english_name) {
    auto folded = fold(english_name);
    if (folded.find(' ') == std::string::npos) return vocabulary("en").stem(english_name);
    return folded;
  }

  float nats_of(const std::string& stem) const {
    if (total_count_ == 0) return unknown_nats;
    const auto found = counts_.find(stem);
    const double count = found == counts_.end() ? 0 : found->second;
    return static_cast<float>(-std::log((count + 1) / static_cast<double>(total_count_)));
  }

  // -- dictionaries --------------------------------------------------------------------------------------------------

  void add_dictionaries() {
    for (const auto& dictionary : sources_.dictionaries) {
      const auto what = fmt::format("dictionary {}-{}", dictionary.from, dictionary.to);
      Ingredient about{what, with_version(dictionary.package.c_str()), dictionary.licence, 0, ""};
      const auto file = read_dictd(dictionary.index);
      if (file.has_value()) {
        about.count = add_dictd(*file, dictionary);
      } else {
        about.missing = describe(file.error());
      }
      draft_.ingredients.push_back(std::move(about));
    }
    for (const auto& [from, to] : sources_.missing_dictionaries) {
      draft_.ingredients.push_back(
          {fmt::format("dictionary {}-{}", from, to), "", "", 0,
           fmt::format("not on this machine; install it: apt install {}", dictionary_package(from, to))});
    }
    for (const auto& pair : sources_.apertium) {
      Ingredient about{fmt::format("dictionary {}-{} (Apertium)", pair.from, pair.to),
                       with_version(pair.package.c_str()), "GPL-2+ (read from the package)", 0, ""};
      const auto words = read_apertium(sources_.lt_print, pair.file);
      if (words.has_value()) {
        for (const auto& [x, y] : words->lemmas) add_translation(pair.from, pair.to, x, y, 1);
        for (const auto& name : words->given_names) draft_.add_name(name, {NameKind::given_name, Language(), 0});
        about.count = words->lemmas.size();
      } else {
        about.missing = describe(words.error());
      }
      draft_.ingredients.push_back(std::move(about));
    }
  }

  std::uint64_t add_dictd(const DictdFile& file, const Sources::Dictionary& dictionary) {
    std::uint64_t count = 0;
    for (const auto bytes : file.entries) {
      const auto entry = dictionary.is_mueller ? parse_mueller(bytes) : parse_freedict(bytes);
      float weight = 1;
      bool has_any = false;
      for (const auto translation : entry.translations) {
        has_any |= add_translation(dictionary.from, dictionary.to, entry.headword, translation, weight);
        weight *= later_weight;
      }
      count += has_any;
    }
    return count;
  }

  bool add_translation(const std::string& from, const std::string& to, std::string_view headword,
                       std::string_view translation, float weight) {
    auto& x = vocabulary(from);
    auto& y = vocabulary(to);
    const auto left = x.content_keys(headword);
    const auto right = y.content_keys(translation);
    // Of phrases nothing is known of the single words, unless it is one word on the one side.
    if (left.empty() || right.empty() || std::min(left.size(), right.size()) > 1 ||
        std::max(left.size(), right.size()) > translation_words_max) {
      return false;
    }
    const auto each = weight / static_cast<float>(left.size() * right.size());
    auto& pairs = pairs_[{from, to}];
    for (const auto& l : left) {
      for (const auto& r : right) pairs.push_back({x.intern(l), y.intern(r), each});
    }
    return true;
  }

  /// P(y|x) for the words of one language, from all dictionaries between it and the other, in both directions.
  Meanings translations(const std::string& from, const std::string& to) {
    Meanings out(vocabulary(from).size());
    const auto add = [&](std::uint32_t x, std::uint32_t y, float weight) { out[x].push_back({y, weight}); };
    if (const auto found = pairs_.find({from, to}); found != pairs_.end()) {
      for (const auto& pair : found->second) add(pair.x, pair.y, pair.weight);
    }
    if (const auto found = pairs_.find({to, from}); found != pairs_.end()) {
      for (const auto& pair : found->second) add(pair.y, pair.x, pair.weight);
    }
    for (auto& meant : out) unite(meant);
    return out;
  }

  /// Each meaning once; the weights sum up to one.
  static void unite(std::vector<Meant>& meant) {
    std::sort(meant.begin(), meant.end(), [](const Meant& a, const Meant& b) { return a.word < b.word; });
    std::size_t kept = 0;
    float sum = 0;
    for (const Meant& each : meant) {
      sum += each.weight;
      if (kept > 0 && meant[kept - 1].word == each.word) {
        meant[kept - 1].weight += each.weight;
      } else {
        meant[kept++] = each;
      }
    }
    meant.resize(kept);
    for (Meant& each : meant) each.weight /= sum;
  }

  /// Of the meanings that are listed for a word a common one is likelier meant.
  float prior(std::uint32_t pivot) const {
    const auto found = counts_.find(vocabularies_.at("en").key(pivot));
    return std::pow(1.0F + std::min(prior_count_max, static_cast<float>(found == counts_.end() ? 0 : found->second)),
                    prior_exponent);
  }

  void lead_to_english() {
    for (std::size_t l = 1; l < std::size(pivot_languages); ++l) {
      const std::string code(pivot_languages[l]);
      auto meanings = translations(code, "en");
      for (std::size_t v = 1; v < l; ++v) {
        const std::string via(pivot_languages[v]);
        if (!pairs_.contains({code, via}) && !pairs_.contains({via, code})) continue;
        const auto& beyond = in_english_.at(via);
        const auto over = translations(code, via);
        for (std::size_t x = 0; x < over.size(); ++x) {
          for (const Meant& word : over[x]) {
            if (word.word >= beyond.size()) continue;
            for (const Meant& meant : beyond[word.word])
              meanings[x].push_back({meant.word, hop_weight * word.weight * meant.weight});
          }
        }
      }
      for (auto& meant : meanings) {
        unite(meant);
        for (Meant& each : meant) each.weight *= prior(each.word);
        std::sort(meant.begin(), meant.end(), [](const Meant& a, const Meant& b) {
          return std::pair(b.weight, a.word) < std::pair(a.weight, b.word);
        });
        while (!meant.empty() &&
               (meant.size() > meanings_max || meant.back().weight < meaning_share_min * meant.front().weight))
          meant.pop_back();
      }
      in_english_.emplace(code, std::move(meanings));
    }
  }

  // -- names ---------------------------------------------------------------------------------------------------------

  /// Each name that is there in print, as it is and as its stem: "Москва" is found in "Москвы".
  void add_names() {
    auto& english = vocabulary("en");
    const auto pivot_of = [&](const Meaning& meaning) -> std::optional<std::uint32_t> {
      switch (meaning.kind) {
        case NameKind::country: return country_pivot(meaning.id);
        case NameKind::town: return town_pivot(meaning.id);
        default: return {};
      }
    };
    for (const auto& [printed, meaning] : draft_.printed_names) {
      const auto pivot = pivot_of(meaning);
      if (!pivot) continue;
      const auto folded = fold(printed);
      if (const auto blank = folded.find(' '); blank != std::string::npos) {
        heads_.insert(folded.substr(0, blank));
        continue;
      }
      if (folded.size() < inflected_name_bytes_min) continue;
      for (const auto code : pivot_languages) {
        if (meaning.language.is_known() && meaning.language != Language(code)) continue;
        extra_[std::string(code)][capital_key(vocabulary(code).stem(printed))].insert(*pivot);
      }
    }
    for (const auto& pack : draft_.packs) {
      for (const auto& rule : pack.section("acronyms")) {
        const auto pivot = english.intern(pivot_text(rule.value("name")));
        names_.insert(pivot);
        for (const auto form : rule.values("form")) {
          const auto folded = fold(form);
          if (const auto blank = folded.find(' '); blank != std::string::npos) {
            heads_.insert(folded.substr(0, blank));
            draft_.add_name(form, {NameKind::body, pack.language, pivot});
          } else {
            for (const auto code : pivot_languages) {
              if (!pack.language.is_known() || pack.language == Language(code))
                extra_[std::string(code)][acronym_key(folded)].insert(pivot);
            }
          }
        }
      }
    }
    for (const auto& [stem, pivot] : english.same_as) extra_["en"][capital_key(stem)].insert(english.intern(pivot));
    draft_.country_pivots.resize(draft_.countries.size());
    for (std::uint32_t i = 0; i < draft_.countries.size(); ++i) draft_.country_pivots[i] = country_pivot(i);
    draft_.town_pivots.resize(draft_.towns.size());
    for (std::uint32_t i = 0; i < draft_.towns.size(); ++i) draft_.town_pivots[i] = town_pivot(i);
  }

  std::uint32_t country_pivot(std::uint32_t id) {
    const auto pivot = vocabulary("en").intern(pivot_text(draft_.countries[id].name));
    countries_.insert(pivot);
    return pivot;
  }
  std::uint32_t town_pivot(std::uint32_t id) {
    const auto pivot = vocabulary("en").intern(pivot_text(draft_.towns[id].name));
    names_.insert(pivot);
    return pivot;
  }

  /// "went" is "go", whose stem is another.
  void add_irregular() {
    auto& english = vocabulary("en");
    for (const auto& [form, lemma] : irregular_) {
      if (form.find(' ') != std::string::npos || lemma.find(' ') != std::string::npos) continue;
      const auto stem = english.stem(lemma);
      const auto own = english.stem(form);
      if (own != stem) extra_["en"][own].insert(english.intern(stem));
    }
  }

  // -- what is kept --------------------------------------------------------------------------------------------------

  void put_down() {
    auto& english = vocabulary("en");
    std::vector<bool> is_meant(english.size());  // by any word but its own
    for (const auto code : pivot_languages) {
      if (const auto meanings = in_english_.find(std::string(code)); meanings != in_english_.end()) {
        for (const auto& meant : meanings->second) {
          for (const Meant& each : meant) is_meant[each.word] = true;
        }
      }
      for (const auto& [key, pivots] : extra_[std::string(code)]) {
        for (const auto pivot : pivots) is_meant[pivot] = true;
      }
    }
    for (const auto pivot : names_) is_meant[pivot] = true;
    for (const auto pivot : countries_) is_meant[pivot] = true;
    if (english.size() > ConceptId::value_end) {
      draft_.ingredients.push_back(
          {"pivot lexicon", "", "", 0, "the dictionaries hold more words than can be told apart"});
      return;
    }
    draft_.pivots.reserve(english.size());
    for (std::uint32_t i = 0; i < english.size(); ++i) {
      auto nats = nats_of(english.key(i));
      if (countries_.contains(i)) nats = std::max(nats, country_nats);
      draft_.pivots.push_back({english.key(i), nats});
    }
    const auto concept_of = [&](std::uint32_t pivot) {
      return ConceptId::of(ConceptKind::word, draft_.pivots[pivot].nats, pivot);
    };
    for (std::size_t l = 0; l < std::size(pivot_languages); ++l) {
      const std::string code(pivot_languages[l]);
      auto& words = vocabulary(code);
      auto& extra = extra_[code];
      std::vector<ConceptId> meant;
      const auto put = [&](const std::string& key) {
        if (const auto more = extra.find(key); more != extra.end()) {
          for (const auto pivot : more->second) meant.push_back(concept_of(pivot));
          extra.erase(more);
        }
        std::vector<ConceptId> once;
        for (const auto id : meant) {
          if (std::find(once.begin(), once.end(), id) == once.end()) once.push_back(id);
        }
        if (!once.empty()) draft_.lexicon.emplace_back(word_key(words.language(), key), std::move(once));
        meant.clear();
      };
      if (l == 0) {
        // An English word means itself, where any other language can mean it.
        for (std::uint32_t i = 0; i < words.size(); ++i) {
          if (is_meant[i]) meant.push_back(concept_of(i));
          put(words.key(i));
        }
      } else {
        const auto& meanings = in_english_.at(code);
        for (std::uint32_t x = 0; x < meanings.size(); ++x) {
          for (const Meant& each : meanings[x]) meant.push_back(concept_of(each.word));
          put(words.key(x));
        }
      }
      while (!extra.empty()) put(std::string(extra.begin()->first));
    }
    for (const auto& head : heads_) draft_.lexicon.emplace_back(head_key(head), std::vector<ConceptId>());
    std::sort(draft_.lexicon.begin(), draft_.lexicon.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    draft_.lexicon.erase(std::unique(draft_.lexicon.begin(), draft_.lexicon.end(),
                                     [](const auto& a, const auto& b) { return a.first == b.first; }),
                         draft_.lexicon.end());
  }

  void note_coverage() {
    for (std::size_t l = 1; l < std::size(pivot_languages); ++l) {
      std::uint64_t count = 0;
      for (const auto& meant : in_english_.at(std::string(pivot_languages[l]))) count += !meant.empty();
      Ingredient about{fmt::format("pivot lexicon, {}", pivot_languages[l]), "the dictionaries named here",
                       "that of each of them", count, ""};
      if (count == 0)
        about.missing = "no dictionary leads to English; names, numbers, dates and cognates are matched alone";
      draft_.ingredients.push_back(std::move(about));
    }
  }

  Draft& draft_;
  const Sources& sources_;
  std::map<std::string, Vocabulary> vocabularies_;
  std::map<std::pair<std::string, std::string>, std::vector<Pair>> pairs_;
  std::map<std::string, Meanings> in_english_;
  std::map<std::string, std::map<std::string, std::set<std::uint32_t>>>
      extra_;  ///< by language and key: pivots beside the dictionaries'
  std::unordered_map<std::string, std::uint32_t> country_by_name_;
  std::unordered_map<std::string, std::uint32_t> counts_;  ///< by English stem
  std::uint64_t total_count_ = 0;
  std::vector<std::pair<std::string, std::string>> irregular_;
  std::set<std::uint32_t> countries_, names_;
  std::set<std::string> heads_;  ///< first words of names of several
};

}  // namespace

void add_lexicon(Draft& draft, const Sources& sources) { LexiconMaker(draft, sources).run(); }

}  // namespace depesche::knowledge
