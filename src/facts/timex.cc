// Expressions are found where a word or figure may begin one, by walking the grammar's trie from there; the longest walk wins, and
// of two as long the rule that stands first in its file. What each says is then resolved against the text's own date, in the order of
// the text, because "20 Uhr" belongs to the Tuesday told of before it.
#include "facts/timex.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <mutex>

#include "core/unicode.h"
#include "facts/timex_grammar.h"
#include "facts/timex_values.h"

namespace depesche::facts {
namespace {

using Element = TimexGrammar::Element;
using Symbol = TimexGrammar::Symbol;

constexpr std::uint32_t year_min = 1000, year_max = 2999;
constexpr std::uint32_t recent_year_min = 1900, recent_year_max = 2099;
/// Two figures from here on are of the last century: '93.
constexpr std::uint32_t short_year_of_last_century_min = 40;
/// A report on a quarter compares it with that of another year within so many sentences.
constexpr std::size_t sentences_about_quarter_max = 4;
/// No expression has more tokens.
constexpr std::size_t window_tokens = 24;

/// What one element, or several that one word of a class takes, says on the way.
struct Step {
  std::uint32_t first = 0, last = 0;  ///< elements; one behind
  Slots slots;
};

/// A walk that ended where a path does.
struct Match {
  const TimexGrammar::Path* path = nullptr;
  std::vector<Step> steps;
};

/// Reads one sentence after the other of one article.
class Reader {
 public:
  Reader(const Article& article, const text::Text& text, const std::optional<Instant>& reference)
      : article_(article), text_(text) {
    if (reference && is_creation_day(*reference)) reference_ = cut_to(*reference, Precision::day);
  }

  void read(const text::Sentence& sentence, const TimexGrammar& grammar, std::vector<TimexFinder::ByRule>& out) {
    grammar_ = &grammar;
    sentence_ = &sentence;
    if (sentence.block != block_) last_.reset();
    ++sentences_;
    block_ = sentence.block;
    for (std::uint32_t t = sentence.first_token; t < sentence.last_token; ++t) {
      const text::Token& token = text_.tokens[t];
      if (token.span.end <= free_from_ || !may_begin(token, t)) continue;
      fill_window(t);
      // A token of figures and letters may begin an expression at either.
      for (std::uint32_t e = 0; e < window_.size() && window_[e].token == t; ++e) {
        if (window_[e].span.begin < free_from_) continue;
        const auto match = best_match(e);
        if (!match) continue;
        free_from_ = take(*match, out);
        break;
      }
    }
  }

 private:
  bool may_begin(const text::Token& token, std::uint32_t index) {
    if (token.kind == text::TokenKind::mark)
      return grammar_->may_begin(TimexGrammar::mark(plain_mark(code_point_at(article_.text, token.span.begin).value)));
    if (token.kind == text::TokenKind::number || grammar_->may_begin(token.form)) return true;
    while (number_ < text_.numbers.size() && text_.numbers[number_].first_token < index) ++number_;
    const bool is_number = number_ < text_.numbers.size() && text_.numbers[number_].first_token == index;
    return is_number || !is_one_element(token);
  }

  /// Elements from token `first` on. A full stop behind a figure may look like the end of a sentence ("im 15. Jahrhundert"), so that only
  /// the block ends what is looked at.
  void fill_window(std::uint32_t first) {
    if (window_first_ == first && window_sentence_ == sentence_) return;
    window_first_ = first;
    window_sentence_ = sentence_;
    window_.clear();
    const auto last = std::min<std::size_t>(text_.tokens.size(), first + window_tokens);
    const auto block_end = article_.blocks[block_].span.end;
    auto end_before = text_.tokens[first].span.begin;
    for (std::uint32_t t = first; t < last; ++t) {
      const text::Token& token = text_.tokens[t];
      if (token.span.begin >= block_end) break;
      // The apostrophe that a word was cut at stands between two tokens.
      const Span gap{end_before, token.span.begin};
      const bool has_gap = gap.begin < gap.end && article_.words_at(gap) != " ";
      if (has_gap) add_elements(gap, t - 1);
      const auto at = window_.size();
      if (token.kind == text::TokenKind::word && is_one_element(token)) {
        window_.push_back({token.span, Element::letters, false, token.is_capitalised, token.form, 0, 0, t});
      } else {
        add_elements(token.span, t);
      }
      if (window_.size() > at) {
        const auto before = at > 0 ? window_[at - 1].span.end : token.span.begin;
        window_[at].has_blank_before = token.span.begin != before;
      }
      end_before = token.span.end;
    }
  }

  void add_elements(Span span, std::uint32_t token) {
    for (Element element : elements_of(article_.words_at(span))) {
      element.span = {element.span.begin + span.begin, element.span.end + span.begin};
      element.token = token;
      window_.push_back(element);
    }
  }

  /// Whether a word is letters alone; "10h30" and "l'" are not.
  bool is_one_element(const text::Token& token) const {
    const auto words = article_.words_at(token.span);
    const auto last = words.size() >= apostrophe.size() ? words.substr(words.size() - apostrophe.size()) : words;
    return std::all_of(words.begin(), words.end(),
                       [](char c) {
                         const auto byte = static_cast<unsigned char>(c);
                         return byte >= 0x80 || (byte | 0x20) >= 'a';
                       }) &&
           last != apostrophe;
  }
  static constexpr std::string_view apostrophe = "’";

  // -- the walk

  /// The longest walk from an element on, or from one behind it where a walk begins with words that only stand before an expression: of
  /// "im [Dezember]" and "[Dezember 2024]" the one that takes more.
  std::optional<Match> best_match(std::uint32_t from) {
    auto best = longest_match(from);
    if (!best) return {};
    auto best_reach = best_reach_;
    const auto first = best_reach.first;
    for (std::uint32_t e = from + 1; e <= first; ++e) {
      auto other = longest_match(e);
      if (!other || best_reach_.end <= best_reach.end) continue;
      best = std::move(other);
      best_reach = best_reach_;
    }
    return best;
  }

  /// Where the first expression of a match begins, and where the match ends.
  struct Reach {
    std::uint32_t first = 0, end = 0;
    std::uint32_t rule = 0;
  };

  Reach reach_of(const TimexGrammar::Path& path, std::uint32_t end) const {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (path.extents[i] != TimexGrammar::no_extent) return {steps_[i].first, end, path.rule};
    }
    return {end, end, path.rule};
  }

  static bool is_further(const Reach& x, const Reach& y) {
    if (x.end != y.end) return x.end > y.end;
    if (x.first != y.first) return x.first < y.first;
    return x.rule < y.rule;
  }

  std::optional<Match> longest_match(std::uint32_t from) {
    best_.reset();
    steps_.clear();
    walk(grammar_->root(), from);
    return std::move(best_);
  }

  void walk(const TimexGrammar::Node& node, std::uint32_t at) {
    if (!steps_.empty()) consider(node, at);
    if (at >= window_.size() || node.edges.empty()) return;
    const Element& element = window_[at];
    const auto follow = [&](Symbol symbol, std::uint32_t count, const Slots& slots) {
      auto edge = std::lower_bound(node.edges.begin(), node.edges.end(), symbol,
                                   [](const TimexGrammar::Edge& e, Symbol s) { return e.symbol < s; });
      for (; edge != node.edges.end() && edge->symbol == symbol; ++edge) {
        if (edge->is_glued && element.has_blank_before) continue;
        steps_.push_back({at, at + count, slots});
        walk(grammar_->node(edge->target), at + count);
        steps_.pop_back();
      }
    };
    if (element.kind == Element::mark) {
      follow(TimexGrammar::mark(static_cast<char32_t>(element.form)), 1, {});
      follow_classes(element, at, follow);
      return;
    }
    follow(element.form, 1, {});
    if (element.has_capital) follow(TimexGrammar::capital(element.form), 1, {});
    if (element.kind == Element::letters) {
      follow(element.has_capital ? TimexGrammar::capital_word : TimexGrammar::small_word, 1, {});
    } else {
      follow_figures(element, follow);
    }
    follow_number(at, follow);
    follow_classes(element, at, follow);
  }

  template <class Follow>
  void follow_classes(const Element& element, std::uint32_t at, const Follow& follow) {
    for (const auto& word : grammar_->class_words(element.form)) {
      const auto count = static_cast<std::uint32_t>(word.rest.size() + 1);
      if (at + count > window_.size()) continue;
      bool is_all = true;
      for (std::uint32_t i = 1; i < count && is_all; ++i) is_all = window_[at + i].form == word.rest[i - 1];
      if (!is_all) continue;
      follow(word.symbol, count, word.slots);
      if (element.has_capital) follow(word.symbol_capital, count, word.slots);
    }
  }

  template <class Follow>
  void follow_figures(const Element& element, const Follow& follow) {
    const auto figures = element.figures;
    const auto says = [&](TimexGrammar::BuiltIn symbol, Slot slot, std::uint32_t value) {
      Slots slots;
      slots.set(slot, value);
      follow(symbol, 1, slots);
    };
    if (figures <= 2) {
      if (element.value >= 1 && element.value <= 31) says(TimexGrammar::day, Slot::day, element.value);
      if (element.value >= 1 && element.value <= 12) says(TimexGrammar::month_number, Slot::month, element.value);
      if (element.value <= 24) says(TimexGrammar::hour, Slot::hour, element.value);
      if (figures == 2 && element.value <= 59) says(TimexGrammar::minute, Slot::minute, element.value);
      if (figures == 2) {
        says(TimexGrammar::short_year, Slot::year,
             element.value + (element.value >= short_year_of_last_century_min ? 1900 : 2000));
      }
    }
    if (figures == 4 && element.value >= year_min && element.value <= year_max)
      says(TimexGrammar::year, Slot::year, element.value);
    if (figures == 4 && element.value >= recent_year_min && element.value <= recent_year_max)
      says(TimexGrammar::recent_year, Slot::year, element.value);
    if (figures >= 3 && element.value >= 100 && element.value <= year_max)
      says(TimexGrammar::old_year, Slot::year, element.value);
  }

  /// A number in figures or words, "1,5", "vingt-sept".
  template <class Follow>
  void follow_number(std::uint32_t at, const Follow& follow) {
    const auto token = window_[at].token;
    // Of "10h30" and "1.5" the first figures alone; a letter in front may be a word of its own ("و9").
    const bool is_inside = at > 0 && window_[at - 1].token == token;
    if (is_inside && (window_[at - 1].kind != Element::letters || window_[at].kind != Element::digits)) return;
    const auto number = std::lower_bound(text_.numbers.begin(), text_.numbers.end(), token,
                                         [](const text::Number& n, std::uint32_t t) { return n.first_token < t; });
    if (is_inside || number == text_.numbers.end() || number->first_token != token) {
      // The figures of "10h30" are a number of their own.
      if (window_[at].kind != Element::digits || window_[at].value == ~0u) return;
      Slots slots;
      slots.set(Slot::number, window_[at].value);
      follow(TimexGrammar::number, 1, slots);
      return;
    }
    std::uint32_t count = 0;
    while (at + count < window_.size() && window_[at + count].token < number->last_token) ++count;
    Slots slots;
    slots.set(Slot::number, number->value);
    follow(TimexGrammar::number, count, slots);
  }

  void consider(const TimexGrammar::Node& node, std::uint32_t end) {
    for (const auto p : node.paths) {
      const auto& path = grammar_->path(p);
      const Reach reach = reach_of(path, end);
      if (best_ && !is_further(reach, best_reach_)) continue;
      if (ends_inside_token(end) || is_refused(grammar_->rule(path.rule), end)) continue;
      best_ = Match{&path, steps_};
      best_reach_ = reach;
    }
  }

  /// "3" of "3D" is no number.
  bool ends_inside_token(std::uint32_t end) const {
    return end < window_.size() && window_[end].token == window_[end - 1].token && !window_[end].has_blank_before &&
           window_[end].kind != Element::mark && window_[end - 1].kind != Element::mark;
  }

  bool is_refused(const TimexGrammar::Rule& rule, std::uint32_t end) {
    if (!rule.unless_behind.empty() && end < window_.size() && is_one_of(window_[end], rule.unless_behind)) return true;
    if (rule.unless_before.empty()) return false;
    const auto first = window_[steps_.front().first].token;
    if (window_[steps_.front().first].span.begin != text_.tokens[first].span.begin || first == sentence_->first_token) {
      return false;
    }
    const text::Token& before = text_.tokens[first - 1];
    const auto kind = before.kind == text::TokenKind::word     ? Element::letters
                      : before.kind == text::TokenKind::number ? Element::digits
                                                               : Element::mark;
    const auto form = kind == Element::mark
                          ? std::uint64_t{plain_mark(code_point_at(article_.text, before.span.begin).value)}
                          : before.form;
    return is_one_of({before.span, kind, false, before.is_capitalised, form, 0, 0, first - 1}, rule.unless_before);
  }

  bool is_one_of(const Element& element, const std::vector<Symbol>& symbols) const {
    return std::any_of(symbols.begin(), symbols.end(), [&](Symbol symbol) {
      if (element.kind == Element::mark) return symbol == TimexGrammar::mark(static_cast<char32_t>(element.form));
      if (symbol < TimexGrammar::built_in_count && element.kind == Element::digits) return is_figure(element, symbol);
      if (element.kind == Element::letters &&
          symbol == Symbol{element.has_capital ? TimexGrammar::capital_word : TimexGrammar::small_word}) {
        return true;
      }
      if (symbol == element.form || (element.has_capital && symbol == TimexGrammar::capital(element.form))) return true;
      const auto words = grammar_->class_words(element.form);
      return std::any_of(words.begin(), words.end(), [&](const auto& word) {
        return word.rest.empty() && (word.symbol == symbol || (element.has_capital && word.symbol_capital == symbol));
      });
    });
  }

  static bool is_figure(const Element& element, Symbol symbol) {
    switch (symbol) {
      case TimexGrammar::number: return true;
      case TimexGrammar::day: return element.figures <= 2 && element.value >= 1 && element.value <= 31;
      case TimexGrammar::hour: return element.figures <= 2 && element.value <= 24;
      case TimexGrammar::year: return element.figures == 4 && element.value >= year_min && element.value <= year_max;
      default: return false;
    }
  }

  // -- what was found

  /// Resolves the expressions of a match; the end of the last of them.
  std::uint32_t take(const Match& match, std::vector<TimexFinder::ByRule>& out) {
    const auto& rule = grammar_->rule(match.path->rule);
    const std::size_t count = match.path->count_of_extents;
    std::vector<Slots> slots(count);
    std::vector<Span> spans(count, Span{~0u, 0});
    for (std::size_t i = 0; i < match.steps.size(); ++i) {
      const Step& step = match.steps[i];
      const auto extent = match.path->extents[i];
      if (extent == TimexGrammar::no_extent) continue;
      slots[extent].add(step.slots);
      spans[extent].begin = std::min(spans[extent].begin, window_[step.first].span.begin);
      spans[extent].end = window_[step.last - 1].span.end;
    }
    std::uint32_t end = 0;
    for (std::size_t k = 0; k < count; ++k) {
      Slots all = slots[k];
      all.complete_from(rule.slots);
      for (std::size_t other = count; other-- > 0;) all.complete_from(slots[other]);
      end = spans[k].end;
      TimeContext context{
          reference_, last_, sentences_ <= sentence_of_last_ + 1 ? last_ : std::nullopt,
          sentences_ <= sentence_of_quarter_ + sentences_about_quarter_max ? last_quarter_ : std::nullopt,
          tense_near(match)};
      auto timex = timex_of(all, rule.type, rule.reading, context);
      if (!timex) continue;
      timex->block = sentence_->block;
      timex->span = spans[k];
      if (timex->begin && timex->begin->precision >= Precision::day && names_day(all)) {
        last_ = timex->begin;
        sentence_of_last_ = sentences_;
      }
      if (timex->begin && all.has(Slot::quarter)) {
        last_quarter_ = Quarter{timex->begin->year, all.whole(Slot::quarter)};
        sentence_of_quarter_ = sentences_;
      }
      out.push_back({std::move(*timex), rule.line});
    }
    return std::max(end, window_[match.steps.front().last - 1].span.end);
  }

  /// "20 Uhr" alone takes its day from elsewhere.
  static bool names_day(const Slots& slots) {
    const auto day_slots = {Slot::day, Slot::weekday, Slot::easter, Slot::advent};
    const auto unit = slots.has(Slot::unit) ? static_cast<Unit>(slots.whole(Slot::unit)) : Unit::year;
    return unit == Unit::day || unit == Unit::night ||
           std::any_of(day_slots.begin(), day_slots.end(), [&](Slot slot) { return slots.has(slot); });
  }

  /// Of the verb that stands nearest in the sentence.
  Tense tense_near(const Match& match) {
    const auto first = static_cast<std::int64_t>(window_[match.steps.front().first].token);
    const auto last = static_cast<std::int64_t>(window_[match.steps.back().last - 1].token);
    if (tenses_of_ != sentence_) list_tenses();
    const auto behind = std::lower_bound(tenses_.begin(), tenses_.end(), std::pair(last + 1, -2));
    const auto before = std::lower_bound(tenses_.begin(), tenses_.end(), std::pair(first, -2));
    int tense = 0;
    if (behind != tenses_.end()) tense = behind->second;
    const bool has_before = before != tenses_.begin();
    if (has_before && (tense == 0 || first - std::prev(before)->first <= behind->first - last))
      tense = std::prev(before)->second;
    return tense == 0 ? Tense::unknown : tense > 0 ? Tense::future : Tense::past;
  }

  /// The verbs of the sentence that tell a tense, with their tokens; once for all that is found in it.
  void list_tenses() {
    tenses_of_ = sentence_;
    tenses_.clear();
    for (std::int64_t t = sentence_->first_token; t < sentence_->last_token; ++t) {
      const text::Token& token = text_.tokens[static_cast<std::size_t>(t)];
      if (token.kind != text::TokenKind::word || (token.is_capitalised && t != sentence_->first_token)) continue;
      if (const int told = grammar_->tense_of(token.form, article_.words_at(token.span)); told != 0)
        tenses_.emplace_back(t, told);
    }
  }

  const Article& article_;
  const text::Text& text_;
  std::optional<Instant> reference_, last_;
  std::optional<Quarter> last_quarter_;
  std::size_t sentences_ = 0, sentence_of_last_ = 0, sentence_of_quarter_ = 0;
  const TimexGrammar* grammar_ = nullptr;
  const text::Sentence* sentence_ = nullptr;
  BlockIndex block_ = ~0u;
  std::size_t number_ = 0;                            ///< the next of Text::numbers
  std::uint32_t free_from_ = 0;                       ///< what stands before was taken
  std::vector<std::pair<std::int64_t, int>> tenses_;  ///< token and tense, of the sentence tenses_of_
  const text::Sentence* tenses_of_ = nullptr;
  std::vector<Element> window_;
  std::uint32_t window_first_ = ~0u;
  const text::Sentence* window_sentence_ = nullptr;
  std::vector<Step> steps_;
  std::optional<Match> best_;
  Reach best_reach_;
};

bool may_hold_times(Role role) { return role != Role::repeat && role != Role::boilerplate; }

}  // namespace

bool is_creation_day(const Instant& date) {
  return date.precision >= Precision::day && date.year >= static_cast<int>(year_min) &&
         date.year <= static_cast<int>(year_max);
}

std::string_view name_of(TimexType type) {
  static constexpr std::array<std::string_view, 4> names = {"DATE", "TIME", "DURATION", "SET"};
  return names[static_cast<std::size_t>(type)];
}

/// A grammar is compiled when the first text in its language is read: a pile has two languages or three, and there are ten packs.
struct TimexFinder::Grammars {
  explicit Grammars(const knowledge::Knowledge& known) : knowledge(known) {}

  /// Those of a knowledge, one for all finders: a pile is read for the days of its articles before it is read for all times.
  static std::shared_ptr<const Grammars> shared(const knowledge::Knowledge& known) {
    static std::mutex mutex_of_kept;
    static std::vector<std::pair<std::uint64_t, std::shared_ptr<const Grammars>>> kept;
    const std::lock_guard lock(mutex_of_kept);
    for (const auto& [serial, grammars] : kept) {
      if (serial == known.serial()) return grammars;
    }
    if (kept.size() == kept_max) kept.erase(kept.begin());
    kept.emplace_back(known.serial(), std::make_shared<const Grammars>(known));
    return kept.back().second;
  }
  static constexpr std::size_t kept_max = 4;

  /// That of the pack which holds for a language.
  const TimexGrammar& of(Language language) const {
    const auto& pack = knowledge.pack(language);
    Entry* entry = nullptr;
    {
      const std::lock_guard lock(mutex);
      entry = &by_language[pack.language];
    }
    std::call_once(entry->is_compiled, [&] { entry->grammar.emplace(pack, knowledge.pack(Language())); });
    return *entry->grammar;
  }

  struct Entry {
    std::once_flag is_compiled;
    std::optional<TimexGrammar> grammar;
  };
  const knowledge::Knowledge knowledge;
  mutable std::mutex mutex;  ///< of the map, not of what stands in it
  mutable std::map<Language, Entry> by_language;
};

TimexFinder::TimexFinder(const knowledge::Knowledge& knowledge) : grammars_(Grammars::shared(knowledge)) {}

TimexFinder::~TimexFinder() = default;

std::vector<TimexFinder::ByRule> TimexFinder::find_with_rules(const Article& article, const text::Text& text,
                                                              const std::optional<Instant>& reference) const {
  std::vector<ByRule> out;
  Reader reader(article, text, reference);
  Language language;
  const TimexGrammar* grammar = nullptr;
  for (const auto& sentence : text.sentences) {
    if (!may_hold_times(article.blocks[sentence.block].role)) continue;
    if (grammar == nullptr || text.block_languages[sentence.block] != language) {
      language = text.block_languages[sentence.block];
      grammar = &grammars_->of(language);
    }
    if (!grammar->empty()) reader.read(sentence, *grammar, out);
  }
  return out;
}

std::vector<Timex> TimexFinder::find(const Article& article, const text::Text& text,
                                     const std::optional<Instant>& reference) const {
  std::vector<Timex> out;
  for (ByRule& found : find_with_rules(article, text, reference)) out.push_back(std::move(found.timex));
  return out;
}

std::vector<std::string> mistakes_in_times(const knowledge::Pack& pack, const knowledge::Pack& und) {
  std::vector<std::string> mistakes;
  TimexGrammar(pack, und, &mistakes);
  return mistakes;
}

}  // namespace depesche::facts
