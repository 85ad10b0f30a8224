// A number is a quantity where a word says what it counts. There are three ways to say it:
//
//   12 morts                                the noun counts casualties by itself
//   tuant [au moins] 12 [personnes]         a word before the number
//   12 personnes [, dont 3 enfants,] ont été tuées     a word behind it, with its auxiliary where it stands further away
//
// So each number looks at its phrase: what qualifies it on either side, then the noun; a noun of persons, or one that no list knows, is
// counted as what a word beside the phrase makes of it. "12 soldats" are troops, "12 soldats ont été tués" are dead, and "12 soldats
// ont tué 5 civils" are troops again: the same participle with an object behind it and no passive before it tells nothing of its
// subject. A number that nothing gives a kind ("le 12 mai", "37 ans", "3-2") is no quantity.
//
// Sentences without a number cost one look at each of their tokens; a number costs a bounded number of look-ups.
#include "facts/quantity_finder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

using Role = QuantityRole;
using text::Token;
using text::TokenKind;

/// "Ninety-nine thousand": tokens of one name of a number, hyphens among them.
constexpr std::size_t number_name_tokens_max = 5;
/// How far behind its number a noun may stand: "12 Syrian government soldiers".
constexpr std::size_t noun_distance_max = 4;
constexpr std::size_t noun_distance_where_modifiers_follow_max = 2;
/// How far behind what it counts a word may tell its kind. Without an auxiliary it may be another's: "12 people saw the man killed".
constexpr std::size_t behind_distance_max = 14;
constexpr std::size_t bare_behind_distance_max = 1;
constexpr std::size_t auxiliary_distance_max = 12;
constexpr std::size_t insertion_tokens_max = 14;
constexpr std::size_t toll_distance_max = 12;
constexpr int qualifiers_max = 4;
/// Of so many a share is told; of others how many there were: "12 of 31 miners".
constexpr double ratio_wholes[] = {2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000, 10'000, 100'000, 1'000'000};
constexpr double year_min = 1900, year_max = 2100;

bool is_of_persons(QuantityKind kind) { return kind <= QuantityKind::people; }
/// Of whom a word beside them may say more: "500 déplacés ont été tués".
bool is_open(QuantityKind kind) { return kind >= QuantityKind::displaced && kind <= QuantityKind::people; }
bool is_of_casualties(QuantityKind kind) { return kind <= QuantityKind::arrested; }

/// A number as it stands: tokens [begin, end) of the sentence.
struct Amount {
  std::size_t begin = 0, end = 0;
  std::optional<double> value = {}, low = {}, high = {};
  bool is_approximate = false;
  bool is_one = false;  ///< an article, too
  bool may_be_year = false;
};

/// A word that tells a kind, at tokens [begin, end).
struct Telling {
  std::size_t begin = 0, end = 0;
  QuantityKind kind = QuantityKind::people;
};

class SentenceReader {
 public:
  SentenceReader(const Article& article, const text::Text& text, const QuantityWords& words, const Lexicon& lexicon,
                 const knowledge::Knowledge& knowledge, Language language)
      : article_(article), text_(text), words_(words), lexicon_(lexicon), knowledge_(knowledge), language_(language) {}

  /// `first_number` into Text::numbers: the first that is not before the sentence.
  void read(const text::Sentence& sentence, std::size_t first_number, std::vector<Quantity>& out) {
    tokens_ = text_.tokens_of(sentence);
    first_token_ = sentence.first_token;
    block_ = sentence.block;
    keys_.clear();
    for (const Token& token : tokens_) {
      const bool is_mark = token.kind == TokenKind::mark;
      keys_.push_back(!is_mark ? token.form : words_at(token) == "-" ? hyphen : other_mark);
    }
    numbers_.assign(tokens_.size(), nullptr);
    for (auto n = first_number; n < text_.numbers.size() && text_.numbers[n].first_token < sentence.last_token; ++n)
      numbers_[text_.numbers[n].first_token - first_token_] = &text_.numbers[n];
    last_.reset();
    whole_at_.reset();
    for (std::size_t i = 0; i < tokens_.size();) {
      const auto amount = amount_at(i);
      i = amount ? take(*amount, out) : i + 1;
    }
  }

 private:
  std::string_view words_at(const Token& token) const { return article_.words_at(token.span); }
  bool is_mark(std::size_t i) const { return tokens_[i].kind == TokenKind::mark; }
  bool is_glued(std::size_t i) const { return i > 0 && tokens_[i - 1].span.end == tokens_[i].span.begin; }
  const QuantityWord* at(std::size_t i, Role role) const { return words_.at(keys_, i, role); }
  const QuantityWord* ending_at(std::size_t i, Role role) const { return words_.ending_at(keys_, i, role); }
  bool is_dash(std::size_t i) const {
    return i < tokens_.size() && is_mark(i) &&
           (keys_[i] == hyphen || words_at(tokens_[i]) == "–" || words_at(tokens_[i]) == "—");
  }
  Span span_of(std::size_t begin, std::size_t end) const {
    return begin < end ? hull(tokens_[begin].span, tokens_[end - 1].span) : Span{};
  }

  // -- numbers ---------------------------------------------------------------------------------------------------

  std::optional<Amount> amount_at(std::size_t i) const {
    if (words_.may_begin_number(keys_[i])) {
      if (const auto* word = at(i, Role::number)) {
        Amount amount{i, i + word->keys.size(), word->value, word->low, word->high, word->is_approximate};
        multiply(amount);
        return amount;
      }
      if (const auto* word = at(i, Role::one);
          word != nullptr && numbers_[i] == nullptr && !at(i + 1, Role::multiplier)) {
        Amount amount{i, i + word->keys.size(), 1.0, 1.0, 1.0};
        amount.is_one = true;
        return amount;
      }
    }
    if (numbers_[i] == nullptr) return {};
    if (tokens_[i].kind == TokenKind::word) return spelled_at(i);
    if (is_part_of_code(i)) return {};
    Amount amount{i, numbers_[i]->last_token - first_token_};
    amount.value = amount.low = amount.high = numbers_[i]->value;
    const auto printed = words_at(tokens_[i]);
    amount.may_be_year =
        amount.end == i + 1 && printed.size() == 4 && *amount.value >= year_min && *amount.value <= year_max;
    if (multiply(amount))
      amount.may_be_year = false;
    else if (amount.end > i + 1 && tokens_[amount.end - 1].kind == TokenKind::word)
      add_tail(amount);
    return amount;
  }

  /// "12 mio.", "dizaines de milliers"
  bool multiply(Amount& amount) const {
    const auto* of = at(amount.end, Role::of);
    for (const auto next : {amount.end, amount.end + (of != nullptr ? of->keys.size() : 0)}) {
      const auto* word = at(next, Role::multiplier);
      if (word == nullptr || word->value < 1000) continue;
      for (auto* figure : {&amount.value, &amount.low, &amount.high}) {
        if (*figure) **figure *= *word->value;
      }
      amount.end = next + word->keys.size();
      add_tail(amount);
      return true;
    }
    return false;
  }

  /// "2 bin 847", "bin 704"
  void add_tail(Amount& amount) const {
    const auto i = amount.end;
    if (i >= tokens_.size() || numbers_[i] == nullptr || tokens_[i].kind != TokenKind::number || !amount.value) return;
    if (numbers_[i]->value >= 1000 || is_part_of_code(i)) return;
    for (auto* figure : {&amount.value, &amount.low, &amount.high}) {
      if (*figure) **figure += numbers_[i]->value;
    }
    amount.end = numbers_[i]->last_token - first_token_;
  }

  /// The number whose name begins at `i`: "quatre-vingt-dix" is one name; and where the name ends.
  std::optional<std::pair<double, std::size_t>> name_at(std::size_t i) const {
    if (i >= tokens_.size() || numbers_[i] == nullptr || tokens_[i].kind != TokenKind::word) return {};
    for (auto end = std::min(i + number_name_tokens_max, tokens_.size()); end > i + 1; --end) {
      if (numbers_[end - 1] == nullptr) continue;
      const auto values =
          knowledge_.meanings(fold(article_.words_at(span_of(i, end))), knowledge::NameKind::number, language_);
      if (!values.empty()) return std::pair(static_cast<double>(values[0]), end);
    }
    return std::pair(numbers_[i]->value, i + 1);
  }

  /// "two hundred and fifty thousand"
  std::optional<Amount> spelled_at(std::size_t i) const {
    auto [value, end] = *name_at(i);
    double whole = 0, scale = value;
    while (end < tokens_.size()) {
      auto next = end;
      if (is_dash(next) && is_glued(next)) ++next;
      if (const auto* word = at(next, Role::conjunction); word != nullptr && scale >= 100) next += word->keys.size();
      if (next >= tokens_.size()) break;
      const auto* multiplier = next == end || is_dash(end) ? at(next, Role::multiplier) : nullptr;
      const auto name = name_at(next);
      if (multiplier != nullptr || (name && name->first >= 100 && name->first > value && next == end)) {
        scale = multiplier != nullptr ? multiplier->value.value_or(1) : name->first;
        value *= scale;
        if (scale >= 1000) whole += std::exchange(value, 0);
        end = multiplier != nullptr ? next + multiplier->keys.size() : name->second;
      } else if (name && scale >= 100 && name->first < scale) {
        value += name->first;
        scale = name->first;
        end = name->second;
      } else {
        break;
      }
    }
    Amount amount{i, end};
    amount.value = amount.low = amount.high = whole + value;
    if (*amount.value >= 1000) add_tail(amount);
    return amount;
  }

  /// "T-72", "3:2", "24/7", "12.3.2024": figures that other figures or letters stand against.
  bool is_part_of_code(std::size_t i) const {
    const auto parts = [&](std::size_t mark) {
      static constexpr std::string_view joints[] = {"-", "/", ":", "."};
      const auto printed = words_at(tokens_[mark]);
      return std::find(std::begin(joints), std::end(joints), printed) != std::end(joints);
    };
    if (i >= 2 && is_mark(i - 1) && is_glued(i) && is_glued(i - 1) && parts(i - 1)) return true;
    const auto end = numbers_[i]->last_token - first_token_;
    if (end + 1 >= tokens_.size() || !is_mark(end) || !is_glued(end) || !is_glued(end + 1) || !parts(end)) return false;
    if (words_at(tokens_[end]) != "-") return true;
    return numbers_[end + 1] == nullptr && !at(end + 1, Role::unit) && !at(end + 1, Role::noun);
  }

  /// "10 to 20", "between 10 and 20", "10-20"
  bool widen(Amount& amount, bool is_between) const {
    if (!amount.value) return false;
    std::size_t next = amount.end;
    const auto* word = at(next, Role::range);
    if (word == nullptr && is_between) word = at(next, Role::conjunction);
    if (word != nullptr)
      next += word->keys.size();
    else if (is_dash(next))
      ++next;
    else
      return false;
    if (next >= tokens_.size() || numbers_[next] == nullptr) return false;
    Amount other{next, numbers_[next]->last_token - first_token_};
    if (tokens_[next].kind == TokenKind::word) {
      const auto spelled = spelled_at(next);
      other = *spelled;
    } else {
      other.value = numbers_[next]->value;
      multiply(other);
    }
    double low = *amount.value;
    // "2 à 3 millions"
    if (*other.value >= 1000 && low < 1000 && low < *other.value / 1000 * 1000 && other.end > next + 1)
      low *= std::pow(1000, std::floor(std::log10(*other.value) / 3));
    if (low >= *other.value) return false;
    amount.low = low;
    amount.high = other.value;
    amount.value.reset();
    amount.end = other.end;
    amount.may_be_year = false;
    return true;
  }

  // -- the phrase ------------------------------------------------------------------------------------------------

  /// Takes what stands before the number off it; returns where its phrase begins.
  std::size_t qualify_before(Amount& amount, const QuantityWord*& sign) const {
    std::size_t begin = amount.begin;
    for (int i = 0; i < qualifiers_max && begin > 0; ++i) {
      if (is_mark(begin - 1)) {
        const auto* found = words_.sign(words_at(tokens_[begin - 1]));
        if (found == nullptr || sign != nullptr) break;
        sign = found;
        --begin;
        continue;
      }
      const auto* word = qualifier(begin, amount);
      if (word == nullptr) break;
      begin -= word->keys.size();
    }
    return begin;
  }

  /// "выросло до 30" is no "до 30": what stands between a toll and its number does not qualify it.
  const QuantityWord* qualifier(std::size_t end, Amount& amount) const {
    // Of "à plus de" and "de" the longer is meant.
    const QuantityWord* best = nullptr;
    for (const auto role : {Role::approximate, Role::at_least, Role::at_most}) {
      const auto* word = ending_at(end, role);
      if (word != nullptr && (best == nullptr || word->keys.size() > best->keys.size())) best = word;
    }
    if (best == nullptr) return nullptr;
    const auto* joint = ending_at(end, Role::toll_to);
    if (joint != nullptr && joint->keys.size() > best->keys.size()) return nullptr;
    apply(best->role, amount);
    return best;
  }

  static void apply(Role role, Amount& amount) {
    switch (role) {
      case Role::approximate:
      case Role::approximate_behind: amount.is_approximate = true; return;
      case Role::at_least:
      case Role::at_least_behind:
        if (!amount.low) amount.low = amount.value;
        amount.high.reset();
        return;
      case Role::at_most:
      case Role::at_most_behind:
        if (!amount.high) amount.high = amount.value;
        amount.low.reset();
        return;
      default: return;
    }
  }

  /// What qualifies the number from behind; returns where it ends.
  std::size_t qualify_behind(Amount& amount, std::size_t end) const {
    for (const auto role : {Role::approximate_behind, Role::at_least_behind, Role::at_most_behind}) {
      if (const auto* word = at(end, role)) {
        apply(role, amount);
        end += word->keys.size();
      }
    }
    return end;
  }

  /// Over "of", "others" and articles, to what is counted.
  std::size_t skip_joints(std::size_t at_token) const {
    for (bool is_moved = true; is_moved && at_token < tokens_.size();) {
      is_moved = false;
      for (const auto role : {Role::of, Role::others}) {
        if (const auto* word = at(at_token, role)) {
          at_token += word->keys.size();
          is_moved = true;
        }
      }
      if (is_moved && at_token < tokens_.size() && numbers_[at_token] == nullptr &&
          lexicon_.articles.contains(keys_[at_token]))
        ++at_token;
    }
    return at_token;
  }

  /// What stands at the end of the phrase that begins at `from`.
  struct Head {
    std::size_t begin = 0, end = 0;  ///< of what is counted; empty where nothing is
    const QuantityWord* noun = nullptr;
    bool is_not_counted = false;
  };

  Head head_at(std::size_t from) const {
    Head head{from, from};
    const auto distance_max = lexicon_.modifiers_follow ? noun_distance_where_modifiers_follow_max : noun_distance_max;
    for (auto i = from; i < tokens_.size() && i < from + distance_max; ++i) {
      if (is_mark(i) && keys_[i] != hyphen) return head;
      if (at(i, Role::not_counted)) {
        head.is_not_counted = true;
        return head;
      }
      if (const auto* noun = at(i, Role::noun)) return {from, i + noun->keys.size(), noun};
      if (at(i, Role::behind) || at(i, Role::auxiliary) || numbers_[i] != nullptr || is_stop(keys_[i])) return head;
      head.end = i + 1;
    }
    return head;
  }

  bool is_stop(Key key) const {
    return lexicon_.prepositions.contains(key) || lexicon_.inner_prepositions.contains(key) ||
           lexicon_.conjunctions.contains(key) || lexicon_.articles.contains(key) || lexicon_.pronouns.contains(key);
  }

  // -- what tells the kind ---------------------------------------------------------------------------------------

  std::optional<Telling> told_before(std::size_t begin) const {
    auto end = begin;
    while (const auto* word = ending_at(end, Role::interposed)) end -= word->keys.size();
    const auto* word = ending_at(end, Role::before);
    if (word == nullptr) return {};
    return Telling{end - word->keys.size(), end, word->kind};
  }

  /// Whether an object stands behind a verb: "killed five civilians".
  bool has_object(std::size_t i) const {
    if (i >= tokens_.size() || is_mark(i)) return false;
    for (const auto role : {Role::approximate, Role::at_least, Role::at_most, Role::noun, Role::number, Role::others}) {
      if (at(i, role)) return true;
    }
    return numbers_[i] != nullptr || lexicon_.articles.contains(keys_[i]) || tokens_[i].is_capitalised;
  }

  bool has_auxiliary(std::size_t begin, std::size_t end) const {
    for (auto i = begin; i < end; ++i) {
      if (at(i, Role::auxiliary)) return true;
    }
    return false;
  }

  /// An auxiliary before the phrase, in its clause: "wurden … 12 Menschen getötet".
  bool has_auxiliary_before(std::size_t begin) const {
    for (auto i = begin; i > 0 && begin - i < auxiliary_distance_max; --i) {
      if (is_mark(i - 1) && keys_[i - 1] != hyphen) return false;
      if (at(i - 1, Role::auxiliary)) return true;
    }
    return false;
  }

  /// Where it goes on behind an insertion: "12 people, [including 3 children,] were killed". Nothing where it does not.
  std::optional<std::size_t> behind_insertion(std::size_t mark) const {
    const auto printed = words_at(tokens_[mark]);
    const auto close = printed == "(" ? std::string_view(")") : printed;
    if (printed == "," && at(mark + 1, Role::relative)) return mark + 1;
    if (printed == "," && !at(mark + 1, Role::including)) return {};
    if (printed != "," && printed != "(") return {};
    for (auto i = mark + 1; i < tokens_.size() && i < mark + insertion_tokens_max; ++i) {
      if (is_mark(i) && words_at(tokens_[i]) == close) return i + 1;
    }
    return {};
  }

  std::optional<Telling> told_behind(std::size_t phrase_begin, std::size_t phrase_end, bool has_noun) const {
    bool may_be_far = has_auxiliary_before(phrase_begin);
    auto from = phrase_end;  // what stands before it does not part the phrase from its verb
    for (auto i = phrase_end; i < tokens_.size() && i < phrase_end + behind_distance_max + (from - phrase_end);) {
      if (is_mark(i) && keys_[i] != hyphen) {
        const auto next = behind_insertion(i);
        if (!next) return {};
        i = from = *next;
        continue;
      }
      if (const auto* word = at(i, Role::behind)) {
        const auto end = i + word->keys.size();
        const bool is_passive = has_auxiliary(phrase_end, i) || at(end, Role::auxiliary) != nullptr;
        const bool is_transitive = at(i, Role::before) != nullptr;
        if (is_transitive && !is_passive && has_object(end)) return {};
        if (is_passive || may_be_far || i - from <= bare_behind_distance_max) return Telling{i, end, word->kind};
        return {};
      }
      // "12 soldiers and [5 civilians] were killed"
      if (const auto other = amount_at(i); other && !lexicon_.articles.contains(keys_[i])) {
        if (!has_noun || i == phrase_end || ending_at(i, Role::conjunction) == nullptr) return {};
        i = from = std::max(other->end, head_at(skip_joints(other->end)).end);
        continue;
      }
      if (lexicon_.complementisers.contains(keys_[i]) && !at(i, Role::relative)) return {};
      if (at(i, Role::relative) && !lexicon_.articles.contains(keys_[i])) from = i + 1;
      ++i;
    }
    return {};
  }

  /// "The death toll rose to 30"
  std::optional<Telling> told_by_toll(std::size_t begin) const {
    if (!ending_at(begin, Role::toll_to)) return {};
    for (auto i = begin; i > 0 && begin - i < toll_distance_max; --i) {
      const auto* word = ending_at(i, Role::toll);
      if (word != nullptr) return Telling{i - word->keys.size(), i, word->kind};
      if (is_mark(i - 1) && words_at(tokens_[i - 1]) != "," && keys_[i - 1] != hyphen) return {};
    }
    return {};
  }

  /// What the last quantity of the sentence was goes for its parts and for what is added to it.
  std::optional<Telling> told_by_last(std::size_t begin, bool is_person) const {
    if (!last_ || !is_of_casualties(last_->kind) || !is_person) return {};
    const bool is_part = ending_at(begin, Role::including) != nullptr && begin - last_->end < insertion_tokens_max;
    const auto* and_word = ending_at(begin, Role::conjunction);
    const bool is_added = last_->is_told && and_word != nullptr && begin - and_word->keys.size() == last_->end;
    if (!is_part && !is_added) return {};
    return Telling{begin, begin, last_->kind};
  }

  // -- a quantity ------------------------------------------------------------------------------------------------

  /// Reads the quantity of a number, if it is one; returns where the next may begin.
  std::size_t take(Amount amount, std::vector<Quantity>& out) {
    const QuantityWord* sign = nullptr;
    auto begin = qualify_before(amount, sign);
    // "De", "from" and "von" open an interval or are mere prepositions.
    const auto* opening = ending_at(begin, Role::between);
    const bool is_interval = widen(amount, opening != nullptr);
    if (is_interval && opening != nullptr) begin -= opening->keys.size();
    auto end = qualify_behind(amount, amount.end);
    if (sign == nullptr && end < tokens_.size() && is_mark(end)) {
      sign = words_.sign(words_at(tokens_[end]));
      if (sign != nullptr) ++end;
    }
    const auto measured = end + (end < tokens_.size() && keys_[end] == hyphen && is_glued(end) ? 1 : 0);
    const auto* unit = sign;
    const auto joint = skip_joints(measured);
    for (const auto from : {measured, joint}) {
      if (unit != nullptr) break;
      unit = at(from, Role::unit);
      if (unit != nullptr) end = from + unit->keys.size();
    }
    if (unit != nullptr) {
      if (amount.is_one) return amount.end;
      const bool is_speed = end < tokens_.size() && is_mark(end) && is_glued(end) && words_at(tokens_[end]) == "/";
      if (is_speed || at(end, Role::not_counted)) return end;
      end = qualify_behind(amount, end);
      add(amount, unit->kind, {begin, end}, {}, unit->unit, out);
      return std::max(amount.end, end);
    }
    take_counted(amount, begin, joint, out);
    return amount.end;
  }

  void take_counted(Amount& amount, std::size_t begin, std::size_t from, std::vector<Quantity>& out) {
    // "12 of the 30 soldiers were killed": of those only the 12.
    const bool is_whole = whole_at_ == amount.begin;
    whole_at_.reset();
    if (from > amount.end && from < tokens_.size() && amount_at(from)) {
      whole_at_ = from;
      from = amount_at(from)->end;
    }
    if (is_ordinal(amount)) return;
    const Head head = head_at(from);
    if (head.is_not_counted) return;
    if (head.noun == nullptr && amount.may_be_year) return;
    // "2012 von den Rebellen"
    if (amount.may_be_year && (from > amount.end || ending_at(begin, Role::before_year))) return;
    const bool may_be_told = head.noun == nullptr || is_open(head.noun->kind);
    if (amount.is_one && (head.noun == nullptr || !is_of_persons(head.noun->kind))) return;

    auto phrase_end = qualify_behind(amount, head.end);
    if (const auto whole = whole_behind(phrase_end)) {
      if (is_of_ratio(*whole)) return;
      phrase_end = whole->end;
      whole_at_ = whole->begin;
    }
    std::optional<Telling> telling;
    if (may_be_told && !is_whole) {
      telling = told_before(begin);
      if (!telling) telling = told_behind(begin, phrase_end, head.noun != nullptr);
      if (!telling) telling = told_by_last(begin, head.noun != nullptr || head.begin == head.end);
      if (!telling && head.begin == head.end) telling = told_by_toll(begin);
    }
    if (!telling && head.noun == nullptr) return;
    const auto kind = telling ? telling->kind : head.noun->kind;
    if (amount.is_one && !is_of_casualties(kind)) return;
    // What is counted is whole: "5,1 persons a household" is an average, and "84,106" the notation of another language.
    if (amount.value && std::floor(*amount.value) != *amount.value) return;
    if (kind == QuantityKind::vehicles && is_model(amount)) return;
    std::size_t span_begin = begin;
    std::size_t span_end = std::max(head.begin == head.end ? amount.end : phrase_end, amount.end);
    if (telling && telling->begin < telling->end) {
      span_begin = std::min(span_begin, telling->begin);
      span_end = std::max(span_end, telling->end);
    }
    add(amount, kind, {span_begin, span_end}, {head.begin, head.end}, {}, out);
    last_ = Last{kind, std::max(head.end, amount.end), telling.has_value()};
  }

  /// The number behind "sur" in "9 personnes sur 10" or "12 personnes sur 31", if nothing else is counted by it.
  std::optional<Amount> whole_behind(std::size_t i) const {
    const auto* word = at(i, Role::out_of);
    if (word == nullptr) return {};
    auto whole = i + word->keys.size() < tokens_.size() ? amount_at(i + word->keys.size()) : std::nullopt;
    if (!whole || !whole->value || whole->is_one) return {};
    for (const auto role : {Role::noun, Role::unit, Role::not_counted}) {
      if (at(whole->end, role)) return {};
    }
    return whole;
  }

  static bool is_of_ratio(const Amount& whole) {
    return std::find(std::begin(ratio_wholes), std::end(ratio_wholes), *whole.value) != std::end(ratio_wholes);
  }

  /// "im 3. Dorf"
  bool is_ordinal(const Amount& amount) const {
    return amount.end + 1 < tokens_.size() && is_mark(amount.end) && is_glued(amount.end) &&
           words_at(tokens_[amount.end]) == ".";
  }

  /// "Boeing 737 aircraft"
  bool is_model(const Amount& amount) const {
    return amount.begin > 1 && !lexicon_.nouns_have_capitals && tokens_[amount.begin - 1].is_capitalised;
  }

  /// 0.36 that was summed up to 0.36000000000000004, as it was printed.
  static std::optional<double> tidy(std::optional<double> value) {
    if (value && std::floor(*value) != *value) value = std::stod(fmt::format("{:.12g}", *value));
    return value;
  }

  void add(const Amount& amount, QuantityKind kind, std::pair<std::size_t, std::size_t> whole,
           std::pair<std::size_t, std::size_t> what, std::string_view unit, std::vector<Quantity>& out) const {
    Quantity quantity;
    quantity.block = block_;
    quantity.span = span_of(whole.first, whole.second);
    quantity.number = span_of(amount.begin, amount.end);
    quantity.kind = kind;
    quantity.value = tidy(amount.value);
    quantity.low = tidy(amount.low);
    quantity.high = tidy(amount.high);
    quantity.is_approximate = amount.is_approximate;
    // Of "about 12" the bounds are not told.
    if (amount.is_approximate && amount.value && amount.low == amount.high) quantity.low = quantity.high = {};
    quantity.unit = unit;
    quantity.what = span_of(what.first, what.second);
    out.push_back(quantity);
  }

  const Article& article_;
  const text::Text& text_;
  const QuantityWords& words_;
  const Lexicon& lexicon_;
  const knowledge::Knowledge& knowledge_;
  Language language_;

  // Of the sentence at hand.
  std::span<const Token> tokens_;
  std::uint32_t first_token_ = 0;
  BlockIndex block_ = 0;
  std::vector<Key> keys_;
  std::vector<const text::Number*> numbers_;  ///< that begin at each token
  struct Last {
    QuantityKind kind = QuantityKind::people;
    std::size_t end = 0;
    bool is_told = false;  ///< by a word beside it
  };
  std::optional<Last> last_;
  std::optional<std::size_t> whole_at_;  ///< the number of which the one before was a part
};

}  // namespace

QuantityFinder::QuantityFinder(const knowledge::Knowledge& knowledge, Language language)
    : knowledge_(knowledge),
      language_(language),
      words_(knowledge.pack(language)),
      lexicon_(knowledge.pack(language)) {}

std::vector<Quantity> QuantityFinder::find(const Article& article, const text::Text& text) const {
  std::vector<Quantity> out;
  if (words_.empty()) return out;
  SentenceReader reader(article, text, words_, lexicon_, knowledge_, language_);
  std::size_t number = 0;
  for (const auto& sentence : text.sentences) {
    while (number < text.numbers.size() && text.numbers[number].first_token < sentence.first_token) ++number;
    const auto role = article.blocks[sentence.block].role;
    if (role == depesche::Role::byline || role == depesche::Role::dateline) continue;
    const auto tokens = text.tokens_of(sentence);
    const bool has_number = number < text.numbers.size() && text.numbers[number].first_token < sentence.last_token;
    const bool may_be_read = has_number || std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
                               return words_.may_begin_number(token.form);
                             });
    if (may_be_read) reader.read(sentence, number, out);
  }
  return out;
}

std::string written(const Quantity& quantity) {
  std::string number = quantity.is_approximate ? "~" : "";
  if (quantity.value) {
    if (quantity.low && !quantity.high) number += ">=";
    if (quantity.high && !quantity.low) number += "<=";
    number += fmt::format("{}", *quantity.value);
  } else if (quantity.low || quantity.high) {
    number += quantity.low ? fmt::format("{}", *quantity.low) : "";
    number += "..";
    number += quantity.high ? fmt::format("{}", *quantity.high) : "";
  }
  return fmt::format("{} {}{}{}", name_of(quantity.kind), number, quantity.unit.empty() ? "" : " ", quantity.unit);
}

void attribute(std::span<Quantity> quantities, std::span<const Statement> statements) {
  std::size_t first = 0;
  for (Quantity& quantity : quantities) {
    while (first < statements.size() && statements[first].sentence.end <= quantity.number.begin) ++first;
    for (auto s = first; s < statements.size() && statements[s].sentence.begin < quantity.number.end; ++s) {
      const auto& content = statements[s].content;
      const bool is_in =
          std::any_of(content.begin(), content.end(), [&](Span span) { return span.contains(quantity.number); });
      if (is_in) quantity.statement = static_cast<std::uint32_t>(s);
    }
  }
}

}  // namespace depesche::facts
