// What a printing changed is seen where its sentence still stands beside the original's.
//
//   Nine people were killed in Sornau on Monday.       a
//   Seven people were killed in Sornau on Monday.      b     number: "Nine" in a, "Seven" in b
//   Sieben Menschen sollen am Montag in Sornau …       c     number again, and a hedge: "sollen" stands in c alone
//
// In one language the two sentences are laid over each other word by word (the longest common subsequence, after Myers 1986 and
// others), and only what differs is looked at: figures, dates, names and places that took each other's place, words that
// negate or hedge on one side alone, any words between quotation marks.
//
// Across languages nothing can be laid over anything. There a sentence is what it holds: its numbers, days, persons and places, which
// are the same values in every language, and whether anything in it negates or hedges. One value that stands on one side alone and one
// that stands on the other alone have taken each other's place; of more than one nobody can tell. What a language may say
// without a negation ("failed to" for "ne … pas") speaks against a loss, so that only a sentence with neither has lost one.
#include "lineage/drift.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "copies/meanings.h"
#include "copies/sentences.h"
#include "core/parallel.h"
#include "core/unicode.h"
#include "lineage/body_sentences.h"
#include "lineage/drift_words.h"
#include "text/concepts.h"
#include "text/quotations.h"
#include "text/sounds.h"

namespace depesche::lineage {
namespace {

using text::Token;
using text::TokenKind;

/// So much of the longer of two sentences of one language stands in the other, or they are two sentences.
constexpr double same_sentence_share_min = 0.5;
/// Words of a sentence; more are a list or a table, and the comparison is quadratic.
constexpr std::size_t sentence_words_max = 150;
/// Evidence (copies::MeaningLink) a word for two sentences of two languages to be the same, of the side that has fewer words.
constexpr double same_meaning_evidence_min = 0.15;
/// Words replaced by so many more or fewer are another sentence, not another word.
constexpr std::size_t replaced_words_max = 6;
/// The list of which a party may be missing.
constexpr std::size_t list_members_min = 3;

/// "25,3 Mrd." and what else hides a factor.
struct Scale {
  double factor;
  double tolerance;  ///< as a part of it
};
constexpr std::array scales = {Scale{1e3, 1e-9}, Scale{1e6, 1e-9}, Scale{1e9, 1e-9}, Scale{1e12, 1e-9},
                               Scale{1.609, 0.05}};  // the last is a mile in kilometres, rounded
constexpr std::array powers = {1e2, 1e3, 1e6, 1e9, 1e12};
constexpr std::size_t year_digits = 4;
/// Consonants that two spellings of a name begin with.
constexpr std::size_t heard_sounds = 2;
/// … and how many a name has of which one may differ.
constexpr std::size_t long_name_sounds = 3;
/// What is asked for around a negation or hedge: so many words before and behind that the dictionaries know, no further away than this;
/// so many of them must be found in the other language, and no more than this may be missed.
constexpr std::size_t around_before = 2;
constexpr std::size_t around_behind = 3;
constexpr std::ptrdiff_t around_words_max = 6;
constexpr std::size_t negated_met_min = 2;
constexpr std::size_t hedged_met_min = 1;
constexpr std::size_t around_lost_max = 2;

constexpr std::uint32_t nothing = ~0u;

/// What a language has of its own.
struct LanguageWords {
  DriftWords turns;
  text::Sounds sounds;
};

/// What all pairs of sentences are compared by.
struct KnownBeforehand {
  std::span<const facts::Actor> actors;
  const std::map<Language, LanguageWords>& words;
  const knowledge::Knowledge& knowledge;
};

/// An article with what is known of each of its tokens.
class Printed {
 public:
  Printed(const Article& article, const text::Text& text, const facts::ArticleFacts& facts,
          std::span<const facts::Timex> times, const DriftWords& words)
      : article(article), text(text), facts(facts), times(times) {
    const auto size = static_cast<std::uint32_t>(text.tokens.size());
    turns = words.turns(article, text);
    quoted.resize(size);
    number.assign(size, nothing);
    time.assign(size, nothing);
    mention.assign(size, nothing);
    place.assign(size, nothing);
    sentence.assign(size, nothing);
    for (std::uint32_t i = 0; i < text.numbers.size(); ++i) {
      for (auto t = text.numbers[i].first_token; t < text.numbers[i].last_token; ++t) number[t] = i;
    }
    fill(time, times);
    fill(mention, facts.mentions);
    fill(place, facts.places);
    for (std::uint32_t s = 0; s < text.sentences.size(); ++s) {
      for (auto t = text.sentences[s].first_token; t < text.sentences[s].last_token; ++t) sentence[t] = s;
    }
    find_quoted();
    // "on May 1": no verb.
    for (std::uint32_t t = 0; t < size; ++t) {
      if (time[t] != nothing) turns[t] = 0;
    }
  }

  std::string_view words(std::uint32_t first, std::uint32_t last) const {
    return article.words_at(hull(text.tokens[first].span, text.tokens[last - 1].span));
  }
  Drift::Passage passage(std::uint32_t token) const {
    const auto& found = text.sentences[sentence[token]];
    return {found.block, found.span};
  }

  const Article& article;
  const text::Text& text;
  const facts::ArticleFacts& facts;
  std::span<const facts::Timex> times;
  // All that follows stands beside the tokens.
  std::vector<std::uint16_t> turns;
  std::vector<bool> quoted;
  std::vector<std::uint32_t> number, time, mention, place;  ///< into the lists of facts, or `nothing`
  std::vector<std::uint32_t> sentence;                      ///< into Text::sentences

 private:
  /// Marks the tokens of facts that stand in the order of the text.
  template <class Facts>
  void fill(std::vector<std::uint32_t>& of_token, const Facts& facts) {
    std::size_t t = 0;
    for (std::uint32_t i = 0; i < facts.size(); ++i) {
      while (t < text.tokens.size() && text.tokens[t].span.end <= facts[i].span.begin) ++t;
      for (auto k = t; k < text.tokens.size() && text.tokens[k].span.begin < facts[i].span.end; ++k) of_token[k] = i;
    }
  }

  void find_quoted() {
    std::size_t t = 0;
    for (const Block& block : article.blocks) {
      const Span content = block.content();
      for (const auto& quotation : text::find_quotations(article.words_at(content), text::Unclosed::to_the_end)) {
        const auto begin = content.begin + quotation.outer.begin;
        const auto end = content.begin + quotation.outer.end;
        while (t < text.tokens.size() && text.tokens[t].span.begin < begin) ++t;
        for (; t < text.tokens.size() && text.tokens[t].span.end <= end; ++t) quoted[t] = true;
      }
    }
  }
};

/// Some words of the one side, [a_first, a_last) of its words, for some of the other; either may be none.
struct Change {
  std::size_t a_first, a_last, b_first, b_last;
};

/// The words of one or more neighbouring sentences: positions of tokens, marks left out.
std::vector<std::uint32_t> words_of(const text::Text& text, std::span<const std::uint32_t> sentences) {
  std::vector<std::uint32_t> words;
  for (const auto s : sentences) {
    for (auto t = text.sentences[s].first_token; t < text.sentences[s].last_token; ++t) {
      if (text.tokens[t].kind != TokenKind::mark) words.push_back(t);
    }
  }
  return words;
}

class SentencePair {
 public:
  SentencePair(const Printed& a, const Printed& b, std::span<const std::uint32_t> a_sentences,
               std::span<const std::uint32_t> b_sentences, bool is_across, const KnownBeforehand& beforehand)
      : a_(a),
        b_(b),
        is_across_(is_across),
        actors_(beforehand.actors),
        words_of_languages_(beforehand.words),
        knowledge_(beforehand.knowledge),
        a_words_(words_of(a.text, a_sentences)),
        b_words_(words_of(b.text, b_sentences)) {}

  std::vector<Drift> run() {
    if (a_words_.empty() || b_words_.empty()) return {};
    if (std::max(a_words_.size(), b_words_.size()) > sentence_words_max) return {};
    if (is_across_) {
      compare_contents();
    } else if (lay_over()) {
      compare_changes();
    } else {
      return {};
    }
    compare_parties();
    return std::move(found_);
  }

 private:
  // -- one language ----------------------------------------------------------------------------------------------

  std::uint64_t form_a(std::size_t i) const { return a_.text.tokens[a_words_[i]].form; }
  std::uint64_t form_b(std::size_t i) const { return b_.text.tokens[b_words_[i]].form; }

  /// Finds the changes; false where too little stays for the two to be one sentence.
  bool lay_over() {
    const auto n = a_words_.size();
    const auto m = b_words_.size();
    std::vector<std::uint16_t> length((n + 1) * (m + 1));  // of the longest common subsequence from (i, j) on
    const auto at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return length[i * (m + 1) + j]; };
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = m; j-- > 0;) {
        at(i, j) = form_a(i) == form_b(j) ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1)
                                          : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    if (at(0, 0) < same_sentence_share_min * static_cast<double>(std::max(n, m))) return false;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < n || j < m) {
      Change change{i, i, j, j};
      while (i < n || j < m) {
        if (i < n && j < m && form_a(i) == form_b(j)) break;
        const bool takes_a = i < n && (j == m || at(i + 1, j) >= at(i, j + 1));
        takes_a ? ++i : ++j;
      }
      change.a_last = i;
      change.b_last = j;
      if (change.a_first < change.a_last || change.b_first < change.b_last) changes_.push_back(change);
      while (i < n && j < m && form_a(i) == form_b(j)) ++i, ++j;
    }
    return true;
  }

  void compare_changes() {
    for (const Change& change : changes_) {
      const auto in_a = std::span(a_words_).subspan(change.a_first, change.a_last - change.a_first);
      const auto in_b = std::span(b_words_).subspan(change.b_first, change.b_last - change.b_first);
      compare_replaced(in_a, in_b);
      compare_persons_of_verbs(in_a, in_b);
    }
    compare_turns_of_sentences();
  }

  /// Something that took another's place.
  void compare_replaced(std::span<const std::uint32_t> in_a, std::span<const std::uint32_t> in_b) {
    const auto is_quoted = [](const Printed& side, std::span<const std::uint32_t> words) {
      return std::all_of(words.begin(), words.end(), [&](auto t) { return side.quoted[t]; });
    };
    if (in_a.empty() || in_b.empty()) return;
    const auto size = [](const auto& words) { return static_cast<std::ptrdiff_t>(words.size()); };
    if (static_cast<std::size_t>(std::abs(size(in_a) - size(in_b))) > replaced_words_max) return;
    bool is_told = false;
    if (const auto pair = first_that_differ(in_a, in_b, &Printed::time)) {
      const auto& x = a_.times[a_.time[pair->first]];
      const auto& y = b_.times[b_.time[pair->second]];
      if (is_another_date(x, y)) is_told = tell(DriftKind::date, *pair, words_of_timex(a_, x), words_of_timex(b_, y));
    }
    if (const auto pair = numbers_that_differ(in_a, in_b); pair && !is_told) {
      is_told = tell(DriftKind::number, *pair, number_words(a_, pair->first), number_words(b_, pair->second));
    }
    if (const auto pair = first_that_differ(in_a, in_b, &Printed::place); pair && !is_told) {
      const auto& x = a_.facts.places[a_.place[pair->first]];
      const auto& y = b_.facts.places[b_.place[pair->second]];
      if (is_another_place(x, y))
        is_told = tell(DriftKind::place, *pair, a_.article.words_at(x.span), b_.article.words_at(y.span));
    }
    if (!is_told) is_told = compare_names(in_a, in_b);
    if (is_quoted(a_, in_a) && is_quoted(b_, in_b)) {
      tell(DriftKind::quotation, {in_a[0], in_b[0]}, a_.words(in_a.front(), in_a.back() + 1),
           b_.words(in_b.front(), in_b.back() + 1));
    }
  }

  /// Words that are parts of a name on both sides: of an actor, or in capitals where the other has capitals.
  bool compare_names(std::span<const std::uint32_t> in_a, std::span<const std::uint32_t> in_b) {
    const auto named = [](const Printed& side, std::span<const std::uint32_t> words) {
      return std::find_if(words.begin(), words.end(), [&](std::uint32_t t) {
        if (!side.text.tokens[t].is_capitalised) return false;
        if (side.place[t] != nothing) return true;
        const auto m = side.mention[t];
        return m != nothing && !side.facts.mentions[m].is_description;
      });
    };
    const auto x = named(a_, in_a);
    const auto y = named(b_, in_b);
    if (x == in_a.end() || y == in_b.end()) return false;
    const auto mention_a = a_.mention[*x];
    const auto mention_b = b_.mention[*y];
    // Two forms of one name: "M. Petersen", "Jan Petersen".
    if (mention_a != nothing && mention_b != nothing &&
        a_.facts.mentions[mention_a].actor == b_.facts.mentions[mention_b].actor)
      return false;
    return tell(DriftKind::name, {*x, *y}, a_.words(*x, *x + 1), b_.words(*y, *y + 1));
  }

  std::optional<std::pair<std::uint32_t, std::uint32_t>> first_that_differ(
      std::span<const std::uint32_t> in_a, std::span<const std::uint32_t> in_b,
      std::vector<std::uint32_t> Printed::* facts) const {
    const auto met = [&](const Printed& side, std::span<const std::uint32_t> words) {
      return std::find_if(words.begin(), words.end(), [&](auto t) { return (side.*facts)[t] != nothing; });
    };
    const auto x = met(a_, in_a);
    const auto y = met(b_, in_b);
    if (x == in_a.end() || y == in_b.end()) return {};
    return std::pair(*x, *y);
  }

  static std::string_view words_of_timex(const Printed& side, const facts::Timex& timex) {
    return side.article.words_at(timex.span);
  }
  static std::string_view number_words(const Printed& side, std::uint32_t token) {
    return side.article.words_at(side.text.numbers[side.number[token]].span);
  }

  std::optional<std::pair<std::uint32_t, std::uint32_t>> numbers_that_differ(
      std::span<const std::uint32_t> in_a, std::span<const std::uint32_t> in_b) const {
    const auto pair = first_that_differ(in_a, in_b, &Printed::number);
    if (!pair) return {};
    const double x = a_.text.numbers[a_.number[pair->first]].value;
    const double y = b_.text.numbers[b_.number[pair->second]].value;
    return x != y ? pair : std::nullopt;
  }

  /// Who speaks of himself on one side, and is spoken of on the other.
  void compare_persons_of_verbs(std::span<const std::uint32_t> in_a, std::span<const std::uint32_t> in_b) {
    const auto turned = [](const Printed& side, std::span<const std::uint32_t> words, std::uint16_t turn) {
      return std::find_if(words.begin(), words.end(), [&](auto t) { return (side.turns[t] & turn) != 0; });
    };
    const auto first_a = turned(a_, in_a, turn_first_person);
    const auto first_b = turned(b_, in_b, turn_first_person);
    const auto third_a = turned(a_, in_a, turn_third_person);
    const auto third_b = turned(b_, in_b, turn_third_person);
    if (first_a != in_a.end() && first_b == in_b.end() && third_b != in_b.end())
      tell(DriftKind::person, {*first_a, *third_b}, a_.words(*first_a, *first_a + 1), b_.words(*third_b, *third_b + 1));
    if (first_b != in_b.end() && first_a == in_a.end() && third_a != in_a.end())
      tell(DriftKind::person, {*third_a, *first_b}, a_.words(*third_a, *third_a + 1), b_.words(*first_b, *first_b + 1));
  }

  /// Negations and hedges are counted over the whole sentence: they may have moved.
  void compare_turns_of_sentences() {
    compare_counts(DriftKind::negation, turn_negation);
    compare_counts(DriftKind::hedge, turn_hedge | turn_modal);
  }

  void compare_counts(DriftKind kind, std::uint16_t turn) {
    std::map<std::uint64_t, int> surplus;  // of a
    for (const auto t : a_words_) {
      if ((a_.turns[t] & turn) != 0) ++surplus[a_.text.tokens[t].form];
    }
    for (const auto t : b_words_) {
      if ((b_.turns[t] & turn) != 0) --surplus[b_.text.tokens[t].form];
    }
    int gained = 0;
    for (const auto& [form, count] : surplus) gained -= count;
    if (gained != 0) tell_turn(kind, turn, gained < 0);
  }

  // -- across languages ------------------------------------------------------------------------------------------

  void compare_contents() {
    compare_numbers();
    compare_dates();
    compare_places();
    compare_persons();
    compare_presence(DriftKind::negation, turn_negation, turn_near_negation);
    compare_presence(DriftKind::hedge, turn_hedge, turn_near_hedge | turn_modal);
    const auto first_a = first_turn(a_, a_words_, turn_first_person);
    const auto first_b = first_turn(b_, b_words_, turn_first_person);
    const auto third_a = first_turn(a_, a_words_, turn_third_person);
    const auto third_b = first_turn(b_, b_words_, turn_third_person);
    // "Our position" becomes "their position" wherever a quotation is told in the reporter's words.
    if (first_a && !first_b && third_b && !third_a && a_.quoted[*first_a] && b_.quoted[*third_b])
      tell(DriftKind::person, {*first_a, *third_b}, a_.words(*first_a, *first_a + 1), b_.words(*third_b, *third_b + 1));
    if (first_b && !first_a && third_a && !third_b && b_.quoted[*first_b] && a_.quoted[*third_a])
      tell(DriftKind::person, {*third_a, *first_b}, a_.words(*third_a, *third_a + 1), b_.words(*first_b, *first_b + 1));
  }

  /// The one key of `x` that `y` lacks, with a token that carries it; nothing where there is none or several.
  template <class Key>
  static std::optional<std::pair<Key, std::uint32_t>> only_in(const std::map<Key, std::uint32_t>& x,
                                                              const std::map<Key, std::uint32_t>& y) {
    std::optional<std::pair<Key, std::uint32_t>> only;
    for (const auto& [key, token] : x) {
      if (y.contains(key)) continue;
      if (only) return {};
      only.emplace(key, token);
    }
    return only;
  }

  void compare_numbers() {
    const auto values = [](const Printed& side, const std::vector<std::uint32_t>& words) {
      std::map<double, std::uint32_t> found;
      for (const auto t : words) {
        // "N585 million" is read as a million, and "several hundred" as a hundred.
        if (side.number[t] != nothing && !is_part_of_date(side, t) &&
            (side.text.tokens[t].kind == TokenKind::number || !is_round(side.text.numbers[side.number[t]].value)))
          found.emplace(side.text.numbers[side.number[t]].value, t);
      }
      return found;
    };
    const auto x = values(a_, a_words_);
    const auto y = values(b_, b_words_);
    const auto alone_a = only_in(x, y);
    const auto alone_b = only_in(y, x);
    if (alone_a && alone_b && !is_other_scale(alone_a->first, alone_b->first))
      tell(DriftKind::number, {alone_a->second, alone_b->second}, number_words(a_, alone_a->second),
           number_words(b_, alone_b->second));
  }

  static bool is_part_of_date(const Printed& side, std::uint32_t token) {
    if (side.time[token] == nothing) return false;
    const auto type = side.times[side.time[token]].type;
    return type == facts::TimexType::date || type == facts::TimexType::time;
  }

  /// "25,3 milliards" and "25,3 Mrd.", of which an abbreviation hides the scale.
  static bool is_other_scale(double x, double y) {
    const double ratio = std::max(x, y) / std::min(x, y);
    return std::any_of(scales.begin(), scales.end(),
                       [&](const Scale& scale) { return std::abs(ratio / scale.factor - 1) <= scale.tolerance; });
  }

  static bool is_round(double value) {
    return std::any_of(powers.begin(), powers.end(), [&](double power) { return value == power; });
  }

  /// By what is printed alone: the year of "in March" and the week of "on Monday" are conclusions, of which two texts may admit two.
  bool is_another_date(const facts::Timex& x, const facts::Timex& y) const {
    if (x.value == y.value || x.value.size() != y.value.size()) return false;
    if (x.type != y.type || x.type == facts::TimexType::duration || x.type == facts::TimexType::set) return false;
    if (!x.begin || !y.begin) return false;
    const auto figures_a = figures_in(words_of_timex(a_, x));
    const auto figures_b = figures_in(words_of_timex(b_, y));
    // "накануне" and "the day before" are reckoned from whatever was told before, by two grammars.
    if (is_across_ && figures_a != figures_b) return false;
    if (is_across_ && figures_a.empty() && is_day(x) && !(names_weekday(a_, x) && names_weekday(b_, y))) return false;
    if (figures_a.empty() && figures_b.empty() && is_day(x) && is_day(y))
      return (days_since_epoch(*x.begin) - days_since_epoch(*y.begin)) % 7 != 0;
    const auto names_year = [](const std::vector<std::size_t>& figures) {
      return std::find(figures.begin(), figures.end(), year_digits) != figures.end();
    };
    if (names_year(figures_a) && names_year(figures_b)) return true;
    // A decade or century: "196", "19".
    if (x.value.size() < year_digits) return true;
    return x.value.substr(year_digits) != y.value.substr(year_digits);
  }

  /// A single word, or one of several that is the name of a weekday as it stands.
  bool names_weekday(const Printed& side, const facts::Timex& timex) const {
    auto words = words_of_timex(side, timex);
    if (words.find(' ') == std::string_view::npos) return true;
    while (!words.empty()) {
      const auto end = std::min(words.find(' '), words.size());
      if (!knowledge_.meanings(fold(words.substr(0, end)), knowledge::NameKind::weekday, side.text.language).empty())
        return true;
      words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
  }

  static bool is_day(const facts::Timex& timex) { return timex.begin->precision >= Precision::day; }

  /// The lengths of the runs of digits.
  static std::vector<std::size_t> figures_in(std::string_view words) {
    std::vector<std::size_t> lengths;
    bool is_run = false;
    for (const char c : words) {
      const bool is_digit = c >= '0' && c <= '9';
      if (is_digit && !is_run) lengths.push_back(0);
      if (is_digit) ++lengths.back();
      is_run = is_digit;
    }
    return lengths;
  }

  void compare_dates() {
    const auto values = [](const Printed& side, const std::vector<std::uint32_t>& words) {
      std::map<std::string, std::uint32_t> found;
      for (const auto t : words) {
        if (side.time[t] == nothing) continue;
        const auto& timex = side.times[side.time[t]];
        if (timex.type == facts::TimexType::date && timex.begin) found.emplace(timex.value, t);
      }
      return found;
    };
    const auto x = values(a_, a_words_);
    const auto y = values(b_, b_words_);
    const auto alone_a = only_in(x, y);
    const auto alone_b = only_in(y, x);
    if (!alone_a || !alone_b) return;
    const auto& time_a = a_.times[a_.time[alone_a->second]];
    const auto& time_b = b_.times[b_.time[alone_b->second]];
    if (is_another_date(time_a, time_b))
      tell(DriftKind::date, {alone_a->second, alone_b->second}, words_of_timex(a_, time_a), words_of_timex(b_, time_b));
  }

  static bool is_another_place(const facts::PlaceMention& x, const facts::PlaceMention& y) {
    const auto means = [](const facts::PlaceMention& mention, std::uint32_t place) {
      return mention.place == place ||
             std::find(mention.others.begin(), mention.others.end(), place) != mention.others.end();
    };
    return !means(x, y.place) && !means(y, x.place);
  }

  void compare_places() {
    const auto named = [](const Printed& side, const std::vector<std::uint32_t>& words) {
      std::map<std::uint32_t, std::uint32_t> found;
      for (const auto t : words) {
        if (side.place[t] != nothing) found.emplace(side.facts.places[side.place[t]].place, t);
      }
      return found;
    };
    const auto x = named(a_, a_words_);
    const auto y = named(b_, b_words_);
    const auto alone_a = only_in(unheard(a_, x, b_, b_words_, &Printed::place), y);
    const auto alone_b = only_in(unheard(b_, y, a_, a_words_, &Printed::place), x);
    if (!alone_a || !alone_b) return;
    const auto& place_a = a_.facts.places[a_.place[alone_a->second]];
    const auto& place_b = b_.facts.places[b_.place[alone_b->second]];
    if (is_another_place(place_a, place_b))
      tell(DriftKind::place, {alone_a->second, alone_b->second}, a_.article.words_at(place_a.span),
           b_.article.words_at(place_b.span));
  }

  /// Persons by the last word of their names; names of bodies are translated, and need not sound alike.
  void compare_persons() {
    const auto named = [&](const Printed& side, const std::vector<std::uint32_t>& words) {
      std::map<std::uint32_t, std::uint32_t> found;
      for (const auto t : words) {
        const auto m = side.mention[t];
        if (m == nothing || side.facts.mentions[m].is_description) continue;
        const auto actor = side.facts.mentions[m].actor;
        if (actors_[actor].type == facts::ActorType::person) found[actor] = t;
      }
      return found;
    };
    const auto x = named(a_, a_words_);
    const auto y = named(b_, b_words_);
    const auto alone_a = only_in(unheard(a_, x, b_, b_words_, nullptr), y);
    const auto alone_b = only_in(unheard(b_, y, a_, a_words_, nullptr), x);
    if (!alone_a || !alone_b) return;
    tell(DriftKind::name, {alone_a->second, alone_b->second},
         a_.article.words_at(a_.facts.mentions[a_.mention[alone_a->second]].span),
         b_.article.words_at(b_.facts.mentions[b_.mention[alone_b->second]].span));
  }

  /// Those of `named` of whose names no word is heard on the other side; `facts` tells which words are one name, else a token is.
  std::map<std::uint32_t, std::uint32_t> unheard(const Printed& side,
                                                 const std::map<std::uint32_t, std::uint32_t>& named,
                                                 const Printed& other, const std::vector<std::uint32_t>& words,
                                                 std::vector<std::uint32_t> Printed::* facts) const {
    std::map<std::uint32_t, std::uint32_t> left;
    for (const auto& [key, token] : named) {
      bool is_met = is_heard(side, token, other, words);
      if (facts != nullptr) {
        const auto& of_token = side.*facts;
        for (auto t = token + 1; t < of_token.size() && of_token[t] == of_token[token]; ++t)
          is_met |= side.text.tokens[t].kind != TokenKind::mark && is_heard(side, t, other, words);
      }
      if (!is_met) left.emplace(key, token);
    }
    return left;
  }

  /// Whether a word of a name stands among words of another language in the spelling or inflection of that: "Луисвилле" for "Louisville".
  bool is_heard(const Printed& side, std::uint32_t token, const Printed& other,
                const std::vector<std::uint32_t>& words) const {
    const auto sound = sounds_of(side).skeleton(side.words(token, token + 1));
    return std::any_of(words.begin(), words.end(), [&](std::uint32_t t) {
      if (!other.text.tokens[t].is_capitalised) return false;
      const auto heard = sounds_of(other).skeleton(other.words(t, t + 1));
      if (heard.empty() || sound.empty()) return heard == sound;
      return heard.substr(0, heard_sounds) == sound.substr(0, heard_sounds) || differ_by_one(heard, sound) ||
             (sound.size() >= long_name_sounds && heard.front() == sound.front() && heard.back() == sound.back());
    });
  }

  /// Whether one sound put in, left out or replaced makes the one the other; of two sounds that is half of them.
  static bool differ_by_one(std::string_view x, std::string_view y) {
    if (x.size() > y.size()) std::swap(x, y);
    if (y.size() < long_name_sounds || y.size() - x.size() > 1) return false;
    const auto [at_x, at_y] = std::mismatch(x.begin(), x.end(), y.begin());
    const auto rest_x = std::string_view(at_x, x.end());
    const auto rest_y = std::string_view(at_y, y.end());
    if (rest_y.empty()) return true;
    return rest_x == rest_y.substr(1) || (!rest_x.empty() && rest_x.substr(1) == rest_y.substr(1));
  }

  const text::Sounds& sounds_of(const Printed& side) const { return words_of_languages_.at(side.text.language).sounds; }

  static std::optional<std::uint32_t> first_turn(const Printed& side, const std::vector<std::uint32_t>& words,
                                                 std::uint16_t turn) {
    const auto found = std::find_if(words.begin(), words.end(), [&](auto t) { return (side.turns[t] & turn) != 0; });
    return found == words.end() ? std::nullopt : std::optional(*found);
  }

  void compare_presence(DriftKind kind, std::uint16_t turn, std::uint16_t near) {
    const auto in_a = first_turn(a_, a_words_, turn);
    const auto in_b = first_turn(b_, b_words_, turn);
    const auto met_min = kind == DriftKind::hedge ? hedged_met_min : negated_met_min;
    if (in_a && !in_b && !first_turn(b_, b_words_, near) && is_told_without(a_, a_words_, *in_a, b_, b_words_, met_min))
      tell_turn(kind, turn, true);
    if (in_b && !in_a && !first_turn(a_, a_words_, near) && is_told_without(b_, b_words_, *in_b, a_, a_words_, met_min))
      tell_turn(kind, turn, false);
  }

  /// Whether the other side says what stands around a word, as far as the dictionaries tell, and has no word for the word itself:
  /// "did [not] arrest the owner" and "nahm den Besitzer fest", but not "was [not] up to it" and "a sombré".
  bool is_told_without(const Printed& side, const std::vector<std::uint32_t>& words, std::uint32_t token,
                       const Printed& other, const std::vector<std::uint32_t>& other_words, std::size_t met_min) const {
    if (is_question(side, words) || is_question(other, other_words)) return false;
    std::set<std::uint32_t> said;
    for (const auto t : other_words) {
      for (const auto id : concepts_of(other, t)) said.insert(id.bits);
    }
    const auto is_said = [&](std::uint32_t t) {
      const auto ids = concepts_of(side, t);
      return std::any_of(ids.begin(), ids.end(), [&](auto id) { return said.contains(id.bits); });
    };
    if (is_said(token)) return false;
    const auto at = std::find(words.begin(), words.end(), token) - words.begin();
    std::size_t known = 0;
    std::size_t met = 0;
    const auto ask = [&](std::ptrdiff_t step, std::size_t count) {
      for (auto i = at + step; i >= 0 && i < std::ssize(words) && count > 0 && std::abs(i - at) <= around_words_max;
           i += step) {
        if (side.turns[words[i]] != 0 || concepts_of(side, words[i]).empty()) continue;
        ++known;
        --count;
        met += is_said(words[i]);
      }
    };
    ask(-1, around_before);
    ask(1, around_behind);
    return met >= met_min && known - met <= around_lost_max;
  }

  std::vector<knowledge::ConceptId> concepts_of(const Printed& side, std::uint32_t token) const {
    return text::concepts_of_word(side.words(token, token + 1), side.text.language, knowledge_);
  }

  static bool is_question(const Printed& side, const std::vector<std::uint32_t>& words) {
    const auto& sentence = side.text.sentences[side.sentence[words.back()]];
    return side.article.words_at(sentence.span).find('?') != std::string_view::npos;
  }

  // -- parties ---------------------------------------------------------------------------------------------------

  /// Who is named in a sentence: as companion of the doer, or by himself.
  struct Party {
    std::uint32_t token = 0;
    bool is_companion = false;
    std::uint32_t list = 0;  ///< members of one list have one number
  };

  std::map<std::uint32_t, Party> parties(const Printed& side, const std::vector<std::uint32_t>& words) const {
    std::map<std::uint32_t, Party> found;
    std::uint32_t list = 0;
    bool is_companion = false;  // of the list at hand
    bool goes_on = false;       // nothing but conjunctions and articles since the last party
    std::uint32_t last = nothing;
    for (const auto t : words) {
      const auto m = side.mention[t];
      if (m != nothing && m == last) continue;
      if (m != nothing && !side.facts.mentions[m].is_description) {
        if (!goes_on) ++list;
        found.try_emplace(side.facts.mentions[m].actor, Party{t, is_companion, list});
        goes_on = true;
      } else if ((side.turns[t] & turn_companion) != 0) {
        goes_on = false;
        is_companion = true;
        last = nothing;
        continue;
      } else if ((side.turns[t] & (turn_article | turn_conjunction)) == 0) {
        goes_on = false;
        is_companion = false;
      }
      last = m;
    }
    return found;
  }

  void compare_parties() {
    const auto x = parties(a_, a_words_);
    const auto y = parties(b_, b_words_);
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        turned;  // tokens of those who became companions, or ceased to be
    for (const auto& [actor, party] : x) {
      const auto other = y.find(actor);
      if (other != y.end() && other->second.is_companion != party.is_companion)
        turned.emplace_back(party.token, other->second.token);
    }
    if (turned.size() >= 2) {
      tell(DriftKind::party, turned[0], listed(a_, a_words_, turned[0].first), listed(b_, b_words_, turned[0].second));
      return;
    }
    if (is_across_) return;  // who is missing may be told as "the three countries"
    if (const auto missing = missing_party(x, y)) tell_alone(DriftKind::party, *missing, y.begin()->second.token, true);
    if (const auto missing = missing_party(y, x))
      tell_alone(DriftKind::party, x.begin()->second.token, *missing, false);
  }

  /// A member of a list of three or more of whom the other side lists all but this one.
  static std::optional<std::uint32_t> missing_party(const std::map<std::uint32_t, Party>& x,
                                                    const std::map<std::uint32_t, Party>& y) {
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, Party>>> lists;
    for (const auto& [actor, party] : x) lists[party.list].emplace_back(actor, party);
    for (const auto& [number, members] : lists) {
      if (members.size() < list_members_min) continue;
      std::vector<std::uint32_t> missing;
      std::set<std::uint32_t> kept_in;
      for (const auto& [actor, party] : members) {
        const auto other = y.find(actor);
        if (other == y.end()) {
          missing.push_back(party.token);
        } else {
          kept_in.insert(other->second.list);
        }
      }
      if (missing.size() == 1 && kept_in.size() == 1) return missing[0];
    }
    return {};
  }

  /// A name with the word before it that tells its part.
  static std::string_view listed(const Printed& side, const std::vector<std::uint32_t>& words, std::uint32_t token) {
    const auto at = std::find(words.begin(), words.end(), token);
    auto first = at;
    while (first != words.begin() && (side.turns[*(first - 1)] & (turn_companion | turn_article)) != 0) --first;
    return side.words(*first, token + 1);
  }

  // -- telling ---------------------------------------------------------------------------------------------------

  bool tell(DriftKind kind, std::pair<std::uint32_t, std::uint32_t> tokens, std::string_view words_a,
            std::string_view words_b) {
    add(kind, tokens.first, tokens.second,
        fmt::format("\"{}\" in {}, \"{}\" in {}", words_a, a_.article.id, words_b, b_.article.id));
    return true;
  }

  /// What stands on one side alone, and where it would stand on the other.
  void tell_alone(DriftKind kind, std::uint32_t token_a, std::uint32_t token_b, bool stands_in_a) {
    const Printed& side = stands_in_a ? a_ : b_;
    const auto token = stands_in_a ? token_a : token_b;
    add(kind, token_a, token_b,
        fmt::format("\"{}\" stands in {} alone", side.words(token, token + 1), side.article.id));
  }

  void tell_turn(DriftKind kind, std::uint16_t turn, bool stands_in_a) {
    const auto token =
        stands_in_a ? surplus(a_, a_words_, b_, b_words_, turn) : surplus(b_, b_words_, a_, a_words_, turn);
    tell_alone(kind, stands_in_a ? token : a_words_[0], stands_in_a ? b_words_[0] : token, stands_in_a);
  }

  /// The first word of the turn of which the other side has fewer.
  static std::uint32_t surplus(const Printed& side, const std::vector<std::uint32_t>& words, const Printed& other,
                               const std::vector<std::uint32_t>& other_words, std::uint16_t turn) {
    std::map<std::uint64_t, int> count;
    for (const auto t : other_words) count[other.text.tokens[t].form] += (other.turns[t] & turn) != 0;
    auto last = words[0];
    for (const auto t : words) {
      if ((side.turns[t] & turn) == 0) continue;
      last = t;
      if (--count[side.text.tokens[t].form] < 0) return t;
    }
    return last;
  }

  void add(DriftKind kind, std::uint32_t token_a, std::uint32_t token_b, std::string because) {
    found_.push_back({0, 0, kind, a_.passage(token_a), b_.passage(token_b), std::move(because)});
  }

  const Printed& a_;
  const Printed& b_;
  bool is_across_;
  std::span<const facts::Actor> actors_;
  const std::map<Language, LanguageWords>& words_of_languages_;
  const knowledge::Knowledge& knowledge_;
  std::vector<std::uint32_t> a_words_;
  std::vector<std::uint32_t> b_words_;
  std::vector<Change> changes_;
  std::vector<Drift> found_;
};

/// Neighbouring sentences of two texts that are the same: positions in Text::sentences.
struct SamePlace {
  std::vector<std::uint32_t> a;
  std::vector<std::uint32_t> b;
};

std::vector<SamePlace> same_places_of_wording(const Printed& a, const Printed& b) {
  const auto positions_a = matched_sentences(a.article, a.text, Titles::left_out);
  const auto positions_b = matched_sentences(b.article, b.text, Titles::left_out);
  const auto sentences_a = copies::body_sentences(a.article, a.text);
  const auto sentences_b = copies::body_sentences(b.article, b.text);
  std::vector<SamePlace> out;
  for (const auto& link :
       copies::link_sentences(copies::keys_of(a.text, sentences_a), copies::keys_of(b.text, sentences_b))) {
    SamePlace& place = out.emplace_back();
    for (const auto s : link.a) place.a.push_back(positions_a[s]);
    for (const auto s : link.b) place.b.push_back(positions_b[s]);
  }
  return out;
}

std::vector<SamePlace> same_places_of_meaning(const Printed& a, const Printed& b, const copies::Body& body_a,
                                              const copies::Body& body_b) {
  const auto positions_a = matched_sentences(a.article, a.text, Titles::kept);
  const auto positions_b = matched_sentences(b.article, b.text, Titles::kept);
  copies::MeaningAligner aligner;
  aligner.take(body_b);
  std::vector<SamePlace> out;
  for (const auto& link : aligner.links_with(body_a)) {
    std::uint32_t words_a = 0;
    std::uint32_t words_b = 0;
    for (auto s = link.a_begin; s < link.a_end; ++s) words_a += body_a.sentences[s].words;
    for (auto s = link.b_begin; s < link.b_end; ++s) words_b += body_b.sentences[s].words;
    if (link.evidence < same_meaning_evidence_min * std::min(words_a, words_b)) continue;
    out.push_back({{positions_a.begin() + link.a_begin, positions_a.begin() + link.a_end},
                   {positions_b.begin() + link.b_begin, positions_b.begin() + link.b_end}});
  }
  return out;
}

/// A printing and the one that it shares its text with.
struct Edge {
  ArticleIndex from = 0;
  const Member* member = nullptr;
};

std::vector<Edge> edges_of(std::span<const Dispatch> dispatches, std::span<const copies::Body> bodies) {
  std::vector<Edge> edges;
  for (const Dispatch& dispatch : dispatches) {
    for (const Member& member : dispatch.members) {
      if (member.from && bodies[*member.from].hash != bodies[member.article].hash)
        edges.push_back({*member.from, &member});
    }
  }
  return edges;
}

class DriftFinder {
 public:
  DriftFinder(std::span<const Article> articles, std::span<const text::Text> texts,
              std::span<const copies::Body> bodies, const facts::Facts& facts,
              std::span<const std::vector<facts::Timex>> times, const knowledge::Knowledge& knowledge)
      : articles_(articles), texts_(texts), bodies_(bodies), facts_(facts), times_(times), knowledge_(knowledge) {
    for (const auto& text : texts) {
      if (!words_.contains(text.language))
        words_.try_emplace(text.language, LanguageWords{DriftWords(knowledge.pack(text.language)),
                                                        text::Sounds(knowledge, text.language)});
    }
  }

  std::vector<Drift> along(const Edge& edge) const {
    const auto a = edge.from;
    const auto b = edge.member->article;
    const Printed side_a = printed(a);
    const Printed side_b = printed(b);
    const bool is_across = texts_[a].language != texts_[b].language;
    const KnownBeforehand beforehand{facts_.actors, words_, knowledge_};
    std::vector<Drift> found;
    for (const auto& place : is_across ? same_places_of_meaning(side_a, side_b, bodies_[a], bodies_[b])
                                       : same_places_of_wording(side_a, side_b)) {
      if (!is_of_dispatch(*edge.member, texts_[b].sentences[place.b[0]].block)) continue;
      for (Drift& drift : SentencePair(side_a, side_b, place.a, place.b, is_across, beforehand).run()) {
        drift.a = a;
        drift.b = b;
        found.push_back(std::move(drift));
      }
    }
    return found;
  }

 private:
  Printed printed(ArticleIndex i) const {
    return {articles_[i], texts_[i], facts_.articles[i], times_[i], words_.at(texts_[i].language).turns};
  }

  /// Of a composite only the blocks that are the dispatch's.
  static bool is_of_dispatch(const Member& member, BlockIndex block) {
    return member.relation != Relation::part ||
           std::find(member.blocks.begin(), member.blocks.end(), block) != member.blocks.end();
  }

  std::span<const Article> articles_;
  std::span<const text::Text> texts_;
  std::span<const copies::Body> bodies_;
  const facts::Facts& facts_;
  std::span<const std::vector<facts::Timex>> times_;
  const knowledge::Knowledge& knowledge_;
  std::map<Language, LanguageWords> words_;
};

}  // namespace

std::string_view name_of(DriftKind kind) {
  static constexpr std::array<std::string_view, 9> names = {"number", "date",   "place",     "name", "negation",
                                                            "hedge",  "person", "quotation", "party"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<Drift> find_drift(std::span<const Article> articles, std::span<const text::Text> texts,
                              std::span<const copies::Body> bodies, const facts::Facts& facts,
                              std::span<const std::vector<facts::Timex>> times, std::span<const Dispatch> dispatches,
                              const knowledge::Knowledge& knowledge, unsigned threads) {
  const DriftFinder finder(articles, texts, bodies, facts, times, knowledge);
  const auto edges = edges_of(dispatches, bodies);
  std::vector<std::vector<Drift>> found(edges.size());
  for_each_index(edges.size(), threads, [&](std::size_t i) { found[i] = finder.along(edges[i]); });
  std::vector<Drift> out;
  for (auto& of_edge : found) std::move(of_edge.begin(), of_edge.end(), std::back_inserter(out));
  const auto key = [](const Drift& d) { return std::tie(d.a, d.b, d.in_a, d.in_b, d.kind, d.because); };
  std::sort(out.begin(), out.end(), [&](const Drift& x, const Drift& y) { return key(x) < key(y); });
  out.erase(std::unique(out.begin(), out.end(), [&](const Drift& x, const Drift& y) { return key(x) == key(y); }),
            out.end());
  return out;
}

}  // namespace depesche::lineage
