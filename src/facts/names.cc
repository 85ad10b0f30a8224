// Names are compared word by word, in any order. What agrees speaks for one person by its length, for a long word is rarer than a
// short one. What stands on one side only (a middle name, a patronymic, an initial) hardly speaks against it; what stands on both
// sides and does not agree does so heavily: Anne-Marie and Marine Muster are two, and so are Kim Yong-su and Kim Yong-il.
// Neighbours may be written as one word (Abdel Fattah, عبدالفتاح).
//
// Not seen: names that are translated (John for Giovanni), maiden names, East Asian names in another reading, and which of two persons
// of one name is meant.
//
// To link n names without comparing all pairs, names are sorted under the consonants of each of their words, as Soundex has done it
// since 1918 and Christen describes it (Data Matching, 2012, ch. 4); a key that too many share is divided by a second one.
#include "facts/names.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "core/unicode.h"
#include "text/text.h"

namespace depesche::facts {
namespace {

using Kind = NamePart::Kind;

// Swept on the dev split of EveryPolitician (bench/name_links.py): words agree wholly from the first on, less below it, and not at
// all from NameSounds::alike_min down.
constexpr double alike_enough = 0.92;
// What agrees as a short form does (Jim, James) is possible, never enough.
constexpr double alike_by_short_form = 0.80;
constexpr double by_short_form_max = 0.80;
// "Jr" on one side only may be the son, or left out.
constexpr double one_generation_max = 0.80;
// Ivan Petrenkov, Ivana Petrenkova.
constexpr double two_sexes_max = 0.50;
constexpr double alike_as_short_form_min = 0.85;
// What stands on both sides and does not agree counts so often, what stands on one side only so much.
constexpr double conflict_factor = 2.0;
constexpr double absence_factor = 0.2;
// Of two given names of one syllable that differ, as much is known as of two long ones.
constexpr double conflict_weight_min = 2.0;
// However long a surname that alone agrees, given names that differ outweigh it: half of it, twice counted, leaves one half.
constexpr double conflict_share_min = 0.5;
// Words that agree less than so much do not agree at all: Maria, Darya.
constexpr double share_min = 0.3;
constexpr double initial_weight = 0.7;
constexpr double word_weight_min = 1.0;
// What agrees in another order must agree better: Scott Brown may be Brown Scott, but not Bryan Scott.
constexpr double other_order_factor = 0.9;

constexpr std::size_t abbreviation_letters_max = 3;  ///< "Th.", "Chr."

using Letters = std::u32string;

Letters small_letters(std::string_view word) {
  std::string small;
  in_small_letters(word, small);
  Letters out;
  for (std::uint32_t i = 0; i < small.size();) {
    const auto [c, next] = code_point_at(small, i);
    out += c;
    i = next;
  }
  return out;
}

bool is_apostrophe(char32_t c) {
  constexpr std::u32string_view marks = U"'’ʼʿʾʻ`‘′";
  return marks.find(c) != std::u32string_view::npos;
}

bool may_be_a_name(const NamePart& part) { return part.kind == Kind::full || part.kind == Kind::title; }

}  // namespace

/// The words that names.rules and the packs list.
struct NameMatcher::Words {
  Words(const knowledge::Knowledge& knowledge, const NameSounds& sounds);

  bool is_title(const Letters& word, Language language) const {
    const auto own = honorifics.find(language);
    return titles.contains(word) || (own != honorifics.end() && own->second.contains(word));
  }

  std::set<Letters, std::less<>> particles, inner_particles, generation, titles, titles_or_names;
  std::map<Language, std::set<Letters>> honorifics;
  std::vector<Letters> patronymic_endings, feminine_endings;
  Letters grown_article;
  struct ShortForm {
    SoundedWord word;
    std::uint16_t name;  ///< the same for all that are short for one name, and for the name
  };
  std::vector<ShortForm> short_forms;
  std::unordered_multimap<std::uint64_t, std::uint32_t> short_forms_by_key;  ///< into short_forms

 private:
  void add_short_forms(const Letters& words, const NameSounds& sounds);
};

NameMatcher::Words::Words(const knowledge::Knowledge& knowledge, const NameSounds& sounds) {
  for (const auto& rule : knowledge.pack(Language()).section("names")) {
    for (const auto& word : rule.words("words")) {
      if (rule.name == "spellings") break;
      auto letters = small_letters(word);
      if (rule.name == "particles")
        particles.insert(std::move(letters));
      else if (rule.name == "inner_particles")
        inner_particles.insert(std::move(letters));
      else if (rule.name == "generation")
        generation.insert(std::move(letters));
      else if (rule.name == "titles")
        titles.insert(std::move(letters));
      else if (rule.name == "titles_or_names")
        titles_or_names.insert(std::move(letters));
      else if (rule.name == "patronymic_endings")
        patronymic_endings.push_back(std::move(letters));
      else if (rule.name == "feminine_endings")
        feminine_endings.push_back(std::move(letters));
      else if (rule.name == "grown_article")
        grown_article = std::move(letters);
      else if (rule.name == "short_forms")
        add_short_forms(letters, sounds);
    }
  }
  for (const auto& pack : knowledge.packs()) {
    for (const auto& rule : pack.section("offices")) {
      if (rule.name != "honorific") continue;
      for (const auto& word : rule.words("words")) honorifics[pack.language].insert(small_letters(word));
    }
  }
}

/// "james=jim,jimmy"
void NameMatcher::Words::add_short_forms(const Letters& words, const NameSounds& sounds) {
  const auto name = static_cast<std::uint16_t>(short_forms.empty() ? 0 : short_forms.back().name + 1);
  for (std::size_t begin = 0; begin < words.size();) {
    const auto end = std::min(words.find_first_of(U"=,", begin), words.size());
    ShortForm form{sounds.read(std::u32string_view(words).substr(begin, end - begin)), name};
    for (const std::uint64_t key : form.word.lookup)
      short_forms_by_key.emplace(key, static_cast<std::uint32_t>(short_forms.size()));
    short_forms.push_back(std::move(form));
    begin = end + 1;
  }
}

NameMatcher::NameMatcher(const knowledge::Knowledge& knowledge)
    : sounds_(knowledge.pack(Language()).section("names")), words_(std::make_unique<Words>(knowledge, sounds_)) {}
NameMatcher::~NameMatcher() = default;

// -- reading a name --------------------------------------------------------------------------------------------------

namespace {

struct PrintedWord {
  Letters letters;       ///< small
  char32_t mark = U' ';  ///< behind it
  bool has_comma = false;
  bool is_in_brackets = false;
  bool is_capitalised = false;
};

/// The words of a name. Apostrophes hold together, full stops and all other marks part.
std::vector<PrintedWord> printed_words(std::string_view printed) {
  std::vector<PrintedWord> words;
  std::string word;
  bool is_in_brackets = false, is_capitalised = false;
  const auto finish = [&](char32_t mark) {
    if (!word.empty()) words.push_back({small_letters(word), mark, false, is_in_brackets, is_capitalised});
    word.clear();
    is_capitalised = false;
    if (mark == U',' && !words.empty()) words.back().has_comma = true;
    if (mark == U'(' || mark == U')') is_in_brackets = mark == U'(';
  };
  for (std::uint32_t i = 0; i < printed.size();) {
    const auto [c, next] = code_point_at(printed, i);
    if (is_word_char(c) || (is_apostrophe(c) && !word.empty())) {
      word += printed.substr(i, next - i);
      is_capitalised = is_capitalised || is_capital(c);
    } else {
      finish(c);
    }
    i = next;
  }
  finish(U' ');
  return words;
}

/// Whether what stands in brackets says something of the person rather than a name: "(film director)". Only scripts with capitals tell.
bool is_remark(const PrintedWord& word) {
  constexpr char32_t scripts_with_capitals_end = 0x0590;
  return word.is_in_brackets && !word.is_capitalised && word.letters.front() < scripts_with_capitals_end;
}

}  // namespace

PersonName NameMatcher::read(std::string_view printed, Language language) const {
  auto words = printed_words(printed);
  const auto is_title = [&](const PrintedWord& word) { return words_->is_title(word.letters, language); };
  // "Doe, Jane" is Jane Doe; "Jane Doe, Baroness Doe of Musterstadt" says the same twice.
  const auto comma = std::find_if(words.begin(), words.end(), [](const auto& word) { return word.has_comma; });
  if (comma != words.end() && comma + 1 != words.end()) {
    if (is_title(comma[1]) || words_->titles_or_names.contains(comma[1].letters)) {
      words.erase(comma + 1, words.end());
    } else {
      std::rotate(words.begin(), comma + 1, words.end());
    }
  }
  const bool are_all_titles = std::all_of(words.begin(), words.end(), is_title);
  PersonName name;
  for (const PrintedWord& word : words) {
    if (name.words.size() == PersonName::words_max) break;
    if ((is_title(word) && !are_all_titles) || is_remark(word)) continue;
    NamePart part;
    const bool is_inside = !name.words.empty() || word.mark == U'-';
    const bool has_full_stop = word.mark == U'.';
    if (words_->generation.contains(word.letters)) {
      part.kind = Kind::generation;
    } else if (!has_full_stop && (words_->particles.contains(word.letters) ||
                                  (is_inside && words_->inner_particles.contains(word.letters)))) {
      part.kind = Kind::particle;
    } else if (&word != &words.back() && words_->titles_or_names.contains(word.letters)) {
      part.kind = Kind::title;
    } else if (word.letters.size() == 1 || (has_full_stop && word.letters.size() <= abbreviation_letters_max)) {
      part.kind = Kind::initial;
    }
    read_part(part, word.letters);
    if (part.word.letters.empty()) continue;
    part.first = static_cast<std::uint8_t>(name.words.size());
    part.last = static_cast<std::uint8_t>(part.first + 1);
    name.words.push_back(std::move(part));
  }
  join_neighbours(name);
  return name;
}

void NameMatcher::read_part(NamePart& part, std::u32string_view letters) const {
  part.is_patronymic = std::any_of(
      words_->patronymic_endings.begin(), words_->patronymic_endings.end(),
      [&](const Letters& ending) { return letters.size() > ending.size() + 1 && letters.ends_with(ending); });
  part.is_feminine = std::any_of(words_->feminine_endings.begin(), words_->feminine_endings.end(),
                                 [&](const Letters& ending) { return letters.ends_with(ending); });
  const Letters& article = words_->grown_article;
  part.has_grown_article = !article.empty() && letters.size() > article.size() + 1 && letters.starts_with(article);
  if (part.has_grown_article) letters.remove_prefix(article.size());
  part.word = sounds_.read(letters);
  if (!may_be_a_name(part)) {
    part.word.lookup.clear();  // "van" finds nobody
    return;
  }
  for (const std::uint64_t key : part.word.lookup) {
    const auto [begin, end] = words_->short_forms_by_key.equal_range(key);
    for (auto found = begin; found != end; ++found) {
      const auto& form = words_->short_forms[found->second];
      if (sounds_.alike(part.word, form.word) >= alike_as_short_form_min) part.short_forms.push_back(form.name);
    }
  }
  std::sort(part.short_forms.begin(), part.short_forms.end());
  part.short_forms.erase(std::unique(part.short_forms.begin(), part.short_forms.end()), part.short_forms.end());
}

void NameMatcher::join_neighbours(PersonName& name) const {
  for (std::size_t i = 0; i + 1 < name.words.size(); ++i) {
    const NamePart &left = name.words[i], &right = name.words[i + 1];
    if (left.kind == Kind::initial || right.kind != Kind::full) continue;
    const auto letters =
        left.word.letters + (right.has_grown_article ? words_->grown_article : Letters()) + right.word.letters;
    if (letters.size() > SoundedWord::letters_max) continue;
    NamePart both;
    both.word = sounds_.read(letters);
    both.has_grown_article = right.has_grown_article;
    both.first = left.first;
    both.last = right.last;
    name.joined.push_back(std::move(both));
  }
}

// -- comparing two names ---------------------------------------------------------------------------------------------

namespace {

struct Agreement {
  const NamePart* a;
  const NamePart* b;
  double share;   ///< of the weight that agrees
  double weight;  ///< in consonants
  bool is_by_short_form;
};

constexpr std::size_t agreements_max = 4 * PersonName::words_max * PersonName::words_max;

class Agreements {
 public:
  void add(const NamePart& a, const NamePart& b, double share, double weight, bool is_by_short_form = false) {
    all_[count_++] = {&a, &b, share, weight, is_by_short_form};
  }

  std::size_t count() const { return count_; }

  /// The heaviest first, of two as heavy the one of fewer words.
  std::span<const Agreement> sorted() {
    const auto rank = [](const Agreement& x) {
      return std::pair(-x.share * x.weight, x.a->last - x.a->first + x.b->last - x.b->first);
    };
    const std::span found(all_.data(), count_);
    std::stable_sort(found.begin(), found.end(), [&](const auto& x, const auto& y) { return rank(x) < rank(y); });
    return found;
  }

 private:
  std::array<Agreement, agreements_max> all_;
  std::size_t count_ = 0;
};

double weight_of(const NamePart& part) { return std::max(part.word.weight / 100.0, word_weight_min); }

double weight_of(const NamePart& a, const NamePart& b) { return (weight_of(a) + weight_of(b)) / 2; }

bool share_short_form(const NamePart& a, const NamePart& b) {
  const auto &x = a.short_forms, &y = b.short_forms;
  return std::find_first_of(x.begin(), x.end(), y.begin(), y.end()) != x.end();
}

/// Words that may be one, each alone.
void compare_words(const PersonName& a, const PersonName& b, const NameSounds& sounds, HeardPairs* heard,
                   Agreements& out) {
  for (const NamePart& x : a.words) {
    for (const NamePart& y : b.words) {
      if (may_be_a_name(x) && may_be_a_name(y)) {
        double alike = sounds.alike(x.word, y.word, heard);
        const bool is_by_short_form = alike < alike_by_short_form && share_short_form(x, y);
        if (is_by_short_form) alike = alike_by_short_form;
        const double share = (alike - NameSounds::alike_min) / (alike_enough - NameSounds::alike_min);
        if (share > share_min) out.add(x, y, std::min(share, 1.0), weight_of(x, y), is_by_short_form);
      } else if (x.kind == Kind::generation || y.kind == Kind::generation) {
        if (x.word.letters == y.word.letters) out.add(x, y, 1, initial_weight);
      } else if (x.kind == Kind::initial || y.kind == Kind::initial) {
        const bool is_agreed =
            x.kind == Kind::initial ? sounds.may_stand_for(x.word, y.word) : sounds.may_stand_for(y.word, x.word);
        if (is_agreed) out.add(x, y, 1, initial_weight);
      }
    }
  }
}

/// Whether two neighbours of `name` are one word of the other. Not where one of them is already.
bool are_one_word(const NamePart& joined, const PersonName& name, const NamePart& word, const NameSounds& sounds,
                  HeardPairs* heard) {
  if (word.kind != Kind::full) return false;
  for (std::size_t i = joined.first; i < joined.last; ++i) {
    if (sounds.alike(name.words[i].word, word.word, heard) >= alike_enough) return false;
  }
  return sounds.alike(joined.word, word.word, heard) >= alike_enough;
}

void compare_joined(const PersonName& a, const PersonName& b, const NameSounds& sounds, HeardPairs* heard,
                    Agreements& out) {
  for (const NamePart& x : a.joined) {
    for (const NamePart& y : b.words) {
      if (are_one_word(x, a, y, sounds, heard)) out.add(x, y, 1, weight_of(x, y));
    }
    // In Arabic letters the article clings to the second word, in others often to the first: عبد الفتاح, Abdel Fattah.
    for (const NamePart& y : b.joined) {
      const bool is_article_between = x.has_grown_article != y.has_grown_article;
      if (is_article_between && sounds.alike(x.word, y.word, heard) >= alike_enough) out.add(x, y, 1, weight_of(x, y));
    }
  }
  for (const NamePart& y : b.joined) {
    for (const NamePart& x : a.words) {
      if (are_one_word(y, b, x, sounds, heard)) out.add(x, y, 1, weight_of(x, y));
    }
  }
}

using WordMask = std::uint16_t;

WordMask mask_of(const NamePart& part) { return static_cast<WordMask>((1u << part.last) - (1u << part.first)); }

/// What the words that agree say together, each of them once.
struct Agreed {
  double weight = 0;
  double conflict = 0;
  int words = 0;
  int initials = 0;
  bool is_by_short_form = false;
  int feminine_of_a = 0, feminine_of_b = 0;  ///< words of which only that one ends as names of women do
  WordMask of_a = 0, of_b = 0;
  bool is_in_order = true;
};

Agreed choose(std::span<const Agreement> agreements) {
  Agreed out;
  std::array<const NamePart*, PersonName::words_max> counterpart{};
  for (const Agreement& found : agreements) {
    if ((out.of_a & mask_of(*found.a)) != 0 || (out.of_b & mask_of(*found.b)) != 0) continue;
    out.of_a |= mask_of(*found.a);
    out.of_b |= mask_of(*found.b);
    out.weight += found.share * found.weight;
    out.conflict += (1 - found.share) * std::max(found.weight, conflict_weight_min);
    if (found.a->kind == Kind::initial || found.b->kind == Kind::initial) ++out.initials;
    // "George W." is not "George H. W.".
    const bool are_both_initials = found.a->kind == Kind::initial && found.b->kind == Kind::initial;
    if (are_both_initials && found.a->first != found.b->first) out.conflict += conflict_weight_min;
    if (!may_be_a_name(*found.a) || !may_be_a_name(*found.b)) continue;
    ++out.words;
    if (found.a->is_feminine && !found.b->is_feminine) ++out.feminine_of_a;
    if (found.b->is_feminine && !found.a->is_feminine) ++out.feminine_of_b;
    out.is_by_short_form = out.is_by_short_form || found.is_by_short_form;
    counterpart[found.a->first] = found.b;
  }
  int last = -1;
  for (const NamePart* part : counterpart) {
    if (part == nullptr) continue;
    out.is_in_order = out.is_in_order && part->first > last;
    last = part->first;
  }
  return out;
}

bool is_behind(const PersonName& a, const PersonName& b) {
  return std::lexicographical_compare(b.words.begin(), b.words.end(), a.words.begin(), a.words.end(),
                                      [](const NamePart& x, const NamePart& y) {
                                        return std::tie(x.word.letters, x.kind) < std::tie(y.word.letters, y.kind);
                                      });
}

/// What of a name found no counterpart in the other.
struct Rest {
  double weight = 0;
  double patronymics = 0;  ///< of the weight. The surname of a name of two words is none, however it ends
  bool has_generation = false;
};

Rest left_over(const PersonName& name, WordMask taken) {
  Rest rest;
  for (const NamePart& part : name.words) {
    if ((taken & mask_of(part)) != 0 || part.kind == Kind::particle || part.kind == Kind::title) continue;
    if (part.kind == Kind::generation) {
      rest.has_generation = true;
      continue;
    }
    const double weight = part.kind == Kind::initial ? initial_weight : weight_of(part);
    rest.weight += weight;
    if (part.is_patronymic && name.words.size() > 2) rest.patronymics += weight;
  }
  return rest;
}

}  // namespace

double NameMatcher::same_name(const PersonName& a, const PersonName& b, HeardPairs* heard) const {
  // Which of two agreements that weigh the same is taken first must not hang on whom is asked about.
  if (is_behind(a, b)) return same_name(b, a, heard);
  Agreements agreements;
  compare_words(a, b, sounds_, heard, agreements);
  compare_joined(a, b, sounds_, heard, agreements);
  const Agreed agreed = choose(agreements.sorted());
  if (agreed.words == 0) return 0;
  const Rest rest_a = left_over(a, agreed.of_a), rest_b = left_over(b, agreed.of_b);
  const double on_both_sides = std::min(rest_a.weight, rest_b.weight);
  double conflict = agreed.conflict;
  const bool are_two_generations = rest_a.has_generation && rest_b.has_generation;
  if (on_both_sides > 0 || are_two_generations) conflict += std::max(on_both_sides, conflict_weight_min);
  if (conflict > 0 && (agreed.words == 1 || are_two_generations))
    conflict = std::max(conflict, conflict_share_min * agreed.weight);
  double absent = std::max(rest_a.weight, rest_b.weight) - on_both_sides;
  if (on_both_sides == 0) absent -= std::max(rest_a.patronymics, rest_b.patronymics);
  const double score = (agreed.is_in_order ? 1 : other_order_factor) * agreed.weight /
                       (agreed.weight + conflict_factor * conflict + absence_factor * absent);
  // Two initials say as much as a name.
  if (agreed.words == 1 && agreed.initials < 2) return std::min(score, one_word_max);
  if (agreed.feminine_of_a > 1 || agreed.feminine_of_b > 1) return std::min(score, two_sexes_max);
  if (rest_a.has_generation != rest_b.has_generation) return std::min(score, one_generation_max);
  return agreed.is_by_short_form ? std::min(score, by_short_form_max) : score;
}

Verdict NameMatcher::verdict(const PersonName& a, const PersonName& b) const {
  const double score = same_name(a, b);
  if (score >= same_min) return Verdict::same;
  return score >= possible_min ? Verdict::possible : Verdict::different;
}

bool NameMatcher::are_same(const PersonName& a, const PersonName& b, HeardPairs& heard) const {
  // A single word that agrees is never enough, and two neighbours that are one word of the other take three words of both: that and
  // one word more of each is the least by which neighbours tell anything.
  static_assert(one_word_max < same_min);
  constexpr std::size_t words_of_two_min = 2;
  constexpr std::size_t words_of_joined_and_word_min = 5, words_of_two_joined_min = 6;
  Agreements agreements;
  compare_words(a, b, sounds_, &heard, agreements);
  if (agreements.count() < words_of_two_min) {
    const auto words = a.words.size() + b.words.size();
    if (words < (agreements.count() == 0 ? words_of_two_joined_min : words_of_joined_and_word_min)) return false;
    compare_joined(a, b, sounds_, &heard, agreements);
  }
  return agreements.count() >= words_of_two_min && same_name(a, b, &heard) >= same_min;
}

// -- finding whom to compare -----------------------------------------------------------------------------------------

std::vector<std::uint64_t> blocking_keys(const PersonName& name) {
  std::vector<std::uint64_t> keys;
  for (const NamePart& part : name.words) keys.insert(keys.end(), part.word.lookup.begin(), part.word.lookup.end());
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

namespace {

/// A name under one of its keys. Of two names that only answer, nothing is to be compared.
struct Entry {
  std::uint64_t key;
  std::uint32_t name;
  bool asks;
  auto operator<=>(const Entry&) const = default;
};

void each_block(std::vector<Entry>& entries, const auto& take) {
  std::sort(entries.begin(), entries.end());
  for (auto begin = entries.begin(); begin != entries.end();) {
    const auto end = std::find_if(begin, entries.end(), [&](const Entry& entry) { return entry.key != begin->key; });
    take(std::span<const Entry>(begin, end));
    begin = end;
  }
}

/// What a second key is made of; keys of two kinds are never equal but by chance.
enum class SecondKey : std::uint8_t { word, first_sound, short_form, spelling };

std::uint64_t second_key(SecondKey kind, std::uint64_t key) {
  constexpr std::uint64_t fnv_prime = 1099511628211u;
  return key * fnv_prime + static_cast<std::uint64_t>(kind);
}

/// By what a name is found among many that share the key of one of its words: its other words, what they may be short for, what their
/// initials may stand for; where there is no other word, this one as it is written.
void append_second_keys(const PersonName& name, const Entry& entry, std::vector<Entry>& out) {
  const auto shared = std::find_if(name.words.begin(), name.words.end(), [&](const NamePart& part) {
    return std::binary_search(part.word.lookup.begin(), part.word.lookup.end(), entry.key);
  });
  bool has_others = false;
  for (auto part = name.words.begin(); part != name.words.end(); ++part) {
    if (part == shared || part->kind == Kind::particle || part->kind == Kind::generation) continue;
    has_others = true;
    for (const auto key : part->word.lookup) out.push_back({second_key(SecondKey::word, key), entry.name, true});
    for (const auto form : part->short_forms)
      out.push_back({second_key(SecondKey::short_form, form), entry.name, true});
    for (const auto key : part->word.first_sounds)
      out.push_back({second_key(SecondKey::first_sound, key), entry.name, part->kind == Kind::initial});
  }
  std::string spelling;
  for (const char32_t c : shared->word.letters) append_utf8(c, spelling);
  out.push_back({second_key(SecondKey::spelling, text::form_hash(spelling)), entry.name, !has_others});
}

}  // namespace

std::vector<std::pair<std::uint32_t, std::uint32_t>> candidate_pairs(std::span<const PersonName> names,
                                                                     std::size_t block_max) {
  std::vector<Entry> entries;
  for (std::uint32_t i = 0; i < names.size(); ++i) {
    for (const std::uint64_t key : blocking_keys(names[i])) entries.push_back({key, i, true});
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  const auto pair_up = [&](std::span<const Entry> block) {
    for (auto x = block.begin(); x != block.end(); ++x) {
      for (auto y = x + 1; y != block.end(); ++y) {
        if (x->name != y->name && (x->asks || y->asks)) pairs.push_back(std::minmax(x->name, y->name));
      }
    }
  };
  std::vector<Entry> divided;
  each_block(entries, [&](std::span<const Entry> block) {
    if (block.size() <= block_max) return pair_up(block);
    divided.clear();
    for (const Entry& entry : block) append_second_keys(names[entry.name], entry, divided);
    each_block(divided, pair_up);
  });
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace depesche::facts
