// A pattern is spelled out into all its readings once, and all readings of a language share one trie.
//
//   match  (am )?[<weekday>, <day>\. <month>( <year>)?]      am Mittwoch, 4. Dezember 2024
//
// An element of a reading is a word, a mark or a class. The words of a class are in the pack ("Mittwoch" says weekday=3); figures are
// classes of the code: <day>, <mm>, <year>, <yy>, <hour>, <minute>, <number>. What stands between [ and ] is the expression itself and
// the rest only stands beside it; a pattern with several pairs finds several expressions ("du [27] au [29 novembre]").
//
// Where words are glued to each other, as in German, a class of all their compounds is made here ("<weekday><part>": Dienstagabend),
// so that nobody has to take words apart while he reads.
#include "facts/timex_grammar.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/unicode.h"
#include "text/text.h"

namespace depesche::facts {
namespace {

using Symbol = TimexGrammar::Symbol;

constexpr Symbol first_class_symbol = 64;
/// What is left of a verb before its ending is no shorter.
constexpr std::size_t tense_stem_bytes_min = 2;
/// A pattern with more readings than this is a mistake.
constexpr std::size_t readings_max = 4096;

bool is_letter(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0; }

int digit_of(char32_t c) { return u_charDigitValue(static_cast<UChar32>(c)); }

/// One element of a reading, before it is a symbol.
struct Piece {
  enum Kind : std::uint8_t { word, mark, one_of_class, extent_begin, extent_end } kind = word;
  std::string words;  ///< of a word, folded; of a class its name
  char32_t character = 0;
  bool has_capital = false;
  bool is_glued = true;
};

/// All readings of a pattern: "(a|b)" and what a "?" follows are spelled out. A reading is spelled with numbers of pieces, for
/// each piece is in many of them.
class Readings {
 public:
  explicit Readings(std::string_view pattern) : rest_(pattern) {}

  using Reading = std::vector<std::uint32_t>;

  std::vector<Reading> run() {
    auto all = alternatives();
    if (!rest_.empty()) is_mistaken_ = true;
    return all;
  }
  bool is_mistaken() const { return is_mistaken_; }
  const Piece& piece(std::uint32_t number) const { return pieces_[number]; }

 private:
  std::vector<Reading> alternatives() {
    auto all = sequence();
    while (!rest_.empty() && rest_[0] == '|') {
      rest_.remove_prefix(1);
      for (auto& more : sequence()) all.push_back(std::move(more));
    }
    return all;
  }

  std::vector<Reading> sequence() {
    std::vector<Reading> all(1);
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      std::vector<Reading> next;
      if (rest_[0] == '(') {
        rest_.remove_prefix(1);
        next = alternatives();
        if (rest_.empty()) is_mistaken_ = true;
        if (!rest_.empty()) rest_.remove_prefix(1);
      } else {
        next = {{static_cast<std::uint32_t>(pieces_.size())}};
        pieces_.push_back(take_piece());
      }
      if (!rest_.empty() && rest_[0] == '?') {
        rest_.remove_prefix(1);
        next.emplace_back();
      }
      if (next.size() == 1) {
        for (auto& head : all) head.insert(head.end(), next[0].begin(), next[0].end());
        continue;
      }
      std::vector<Reading> longer;
      longer.reserve(all.size() * next.size());
      for (const auto& head : all) {
        for (const auto& tail : next) {
          auto& both = longer.emplace_back();
          both.reserve(head.size() + tail.size() + pieces_ahead);
          both.insert(both.end(), head.begin(), head.end());
          both.insert(both.end(), tail.begin(), tail.end());
        }
      }
      all = std::move(longer);
      if (all.size() > readings_max) {
        is_mistaken_ = true;
        all.resize(1);
      }
    }
    return all;
  }
  static constexpr std::size_t pieces_ahead = 8;

  /// A blank is a mark here; what it parts is told once all is spelled out.
  Piece take_piece() {
    Piece piece;
    const bool is_escaped = rest_[0] == '\\' && rest_.size() > 1;
    if (is_escaped) rest_.remove_prefix(1);
    const auto [c, next] = code_point_at(rest_, 0);
    if (!is_escaped && c == U'<') {
      const auto close = rest_.find('>');
      if (close == std::string_view::npos) is_mistaken_ = true;
      piece.kind = Piece::one_of_class;
      piece.words = rest_.substr(1, close == std::string_view::npos ? close : close - 1);
      rest_.remove_prefix(close == std::string_view::npos ? rest_.size() : close + 1);
      piece.has_capital = !piece.words.empty() && piece.words[0] >= 'A' && piece.words[0] <= 'Z';
      if (piece.has_capital) piece.words[0] = static_cast<char>(piece.words[0] - 'A' + 'a');
      return piece;
    }
    if (!is_escaped && (c == U'[' || c == U']')) piece.kind = c == U'[' ? Piece::extent_begin : Piece::extent_end;
    if (piece.kind == Piece::word && (is_letter(c) || digit_of(c) >= 0)) {
      const bool are_letters = is_letter(c);
      piece.has_capital = is_capital(c);
      std::uint32_t at = 0;
      while (at < rest_.size()) {
        const auto [letter, behind] = code_point_at(rest_, at);
        if (are_letters ? !is_letter(letter) : digit_of(letter) < 0) break;
        at = behind;
      }
      piece.words = fold(rest_.substr(0, at));
      rest_.remove_prefix(at);
      return piece;
    }
    if (piece.kind == Piece::word) {
      piece.kind = Piece::mark;
      piece.character = plain_mark(c);
    }
    rest_.remove_prefix(next);
    return piece;
  }

  std::string_view rest_;
  std::vector<Piece> pieces_;
  bool is_mistaken_ = false;
};

/// Blanks become what they say of the element behind them.
std::vector<Piece> without_blanks(const Readings& readings, const Readings::Reading& reading) {
  std::vector<Piece> out;
  out.reserve(reading.size());
  bool is_glued = false;
  for (const auto number : reading) {
    const Piece& piece = readings.piece(number);
    if (piece.kind == Piece::mark && piece.character == U' ') {
      is_glued = false;
      continue;
    }
    const bool is_bracket = piece.kind == Piece::extent_begin || piece.kind == Piece::extent_end;
    out.push_back(piece);
    out.back().is_glued = is_glued;
    if (!is_bracket) is_glued = true;
  }
  return out;
}

const std::map<std::string_view, Symbol, std::less<>> built_in = {
    {"day", TimexGrammar::day},          {"mm", TimexGrammar::month_number},
    {"year", TimexGrammar::year},        {"yy", TimexGrammar::short_year},
    {"hour", TimexGrammar::hour},        {"minute", TimexGrammar::minute},
    {"number", TimexGrammar::number},    {"word", TimexGrammar::small_word},
    {"oldyear", TimexGrammar::old_year}, {"recentyear", TimexGrammar::recent_year}};

}  // namespace

char32_t plain_mark(char32_t c) {
  if (c == U'’' || c == U'ʼ' || c == U'‘') return U'\'';
  if (c >= U'‐' && c <= U'―') return U'-';
  return c;
}

std::vector<TimexGrammar::Element> elements_of(std::string_view text) {
  std::vector<TimexGrammar::Element> elements;
  bool has_blank = false;
  for (std::uint32_t at = 0; at < text.size();) {
    const auto [c, next] = code_point_at(text, at);
    if (u_isUWhiteSpace(static_cast<UChar32>(c))) {
      has_blank = true;
      at = next;
      continue;
    }
    TimexGrammar::Element element;
    element.has_blank_before = has_blank;
    has_blank = false;
    auto end = next;
    if (is_letter(c)) {
      element.kind = TimexGrammar::Element::letters;
      element.has_capital = is_capital(c);
      while (end < text.size()) {
        const auto [letter, behind] = code_point_at(text, end);
        if (!is_letter(letter)) break;
        end = behind;
      }
      element.form = text::form_hash(fold(text.substr(at, end - at)));
    } else if (digit_of(c) >= 0) {
      element.kind = TimexGrammar::Element::digits;
      std::uint32_t count = 0;
      std::string figures;
      end = at;
      while (end < text.size()) {
        const auto [digit, behind] = code_point_at(text, end);
        if (digit_of(digit) < 0) break;
        if (++count <= 4) element.value = element.value * 10 + static_cast<std::uint32_t>(digit_of(digit));
        figures += static_cast<char>('0' + digit_of(digit));
        end = behind;
      }
      element.figures = count;
      if (count > 4) element.value = ~0u;
      element.form = text::form_hash(figures);
    } else {
      element.form = plain_mark(c);
    }
    element.span = {at, end};
    elements.push_back(element);
    at = end;
  }
  return elements;
}

class TimexGrammar::Builder {
 public:
  Builder(TimexGrammar& grammar, std::vector<std::string>* mistakes) : out_(grammar), mistakes_(mistakes) {
    out_.nodes_.emplace_back();
  }

  void read_classes_of(const knowledge::Pack& pack) {
    file_ = fmt::format("data/lang/{}/times.rules", pack.language.code());
    for (const auto& rule : pack.section("times")) {
      if (!rule.values("word").empty()) read_class(rule);
    }
  }

  void read_rules_of(const knowledge::Pack& pack) {
    file_ = fmt::format("data/lang/{}/times.rules", pack.language.code());
    for (const auto& rule : pack.section("times")) {
      if (!rule.values("match").empty()) read_rule(rule);
    }
  }

  void finish() {
    for (Node& node : out_.nodes_) {
      std::stable_sort(node.edges.begin(), node.edges.end(),
                       [](const Edge& x, const Edge& y) { return x.symbol < y.symbol; });
    }
    for (const Edge& edge : out_.nodes_[0].edges) {
      const auto words = words_of_.find(edge.symbol);
      if (words == words_of_.end()) {
        if (const auto plain = plain_of_capital_.find(edge.symbol); plain != plain_of_capital_.end())
          out_.beginnings_[plain->second] = true;
        out_.beginnings_[edge.symbol] = true;
      } else {
        for (const std::uint64_t form : words->second) out_.beginnings_[form] = true;
      }
    }
  }

 private:
  void mistake(int line, std::string_view what) const {
    if (mistakes_ != nullptr) mistakes_->push_back(fmt::format("{}:{}: {}", file_, line, what));
  }

  // -- classes: "word  weekday=1 | Montag montags", "word  | rund etwa"

  void read_class(const knowledge::Rule& rule) {
    const bool is_ending = rule.name == "future_endings" || rule.name == "past_endings";
    const int tense = rule.name == "future" || rule.name == "future_endings" ? 1
                      : rule.name == "past" || rule.name == "past_endings"   ? -1
                                                                             : 0;
    const bool is_of_tense = tense != 0 || rule.name == "tenseless";
    auto& words = classes_[rule.name];
    for (const auto line : rule.values("word")) {
      const auto bar = line.find('|');
      if (bar == std::string_view::npos) {
        mistake(rule.line, fmt::format("no | between slots and words: {}", line));
        continue;
      }
      Slots slots = slots_of(rule.line, line.substr(0, bar));
      std::string_view rest = line.substr(bar + 1);
      while (!(rest = trim(rest)).empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        auto word = std::string(rest.substr(0, end));
        rest.remove_prefix(end);
        std::replace(word.begin(), word.end(), '_', ' ');
        if (is_ending) {
          out_.tense_endings_.emplace_back(fold(word), tense);
          continue;
        }
        if (is_of_tense) {
          for (const Element& element : elements_of(word)) out_.tenses_[element.form] = tense;
          continue;
        }
        words.emplace_back(std::move(word), slots);
      }
    }
    if (tense != 0) return;
    const auto [symbol, is_new] = symbols_.try_emplace(rule.name, next_symbol_);
    if (is_new) next_symbol_ += 2;
    for (const auto& [word, slots] : words) add_class_word(symbol->second, word, slots);
  }

  void add_class_word(Symbol symbol, std::string_view word, const Slots& slots) {
    const auto elements = elements_of(word);
    if (elements.empty()) return;
    ClassWord out{symbol, symbol + 1, slots, {}};
    for (std::size_t i = 1; i < elements.size(); ++i) out.rest.push_back(elements[i].form);
    auto& known = out_.class_words_[elements[0].form];
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const ClassWord& other) {
      return other.symbol == symbol && other.rest == out.rest;
    });
    if (is_known) return;
    known.push_back(std::move(out));
    words_of_[symbol].insert(elements[0].form);
    words_of_[symbol + 1].insert(elements[0].form);
  }

  Slots slots_of(int line, std::string_view words) const {
    Slots slots;
    while (!(words = trim(words)).empty()) {
      const auto end = std::min(words.find_first_of(" ,"), words.size());
      const auto slot = parse_slot(words.substr(0, end));
      if (slot) slots.set(slot->first, slot->second);
      if (!slot) mistake(line, fmt::format("\"{}\" is no slot with a value", words.substr(0, end)));
      words.remove_prefix(std::min(end + 1, words.size()));
    }
    return slots;
  }

  // -- rules

  void read_rule(const knowledge::Rule& rule) {
    Rule out{rule.name, rule.line, TimexType::date, Reading::date, {}, {}, {}};
    if (!read_value(rule, out)) return;
    for (const auto& word : rule.words("unless_before")) out.unless_before.push_back(condition(rule, word));
    for (const auto& word : rule.words("unless_behind")) out.unless_behind.push_back(condition(rule, word));
    const auto at = static_cast<std::uint32_t>(out_.rules_.size());
    out_.rules_.push_back(std::move(out));
    for (const auto pattern : rule.values("match")) {
      Readings readings(pattern);
      const auto all = readings.run();
      if (readings.is_mistaken()) mistake(rule.line, fmt::format("no pattern: {}", pattern));
      for (const auto& reading : all) add_reading(rule, at, without_blanks(readings, reading));
    }
  }

  /// "DATE date direction=-1"
  bool read_value(const knowledge::Rule& rule, Rule& out) const {
    const auto value = rule.value("value");
    const auto blank = value.find(' ');
    if (value == "none") {
      out.reading = Reading::none;
      return true;
    }
    const auto type = value.substr(0, blank);
    auto rest = blank == std::string_view::npos ? std::string_view() : trim(value.substr(blank));
    const auto reading = parse_reading(rest.substr(0, rest.find(' ')));
    bool has_type = false;
    for (const auto known : {TimexType::date, TimexType::time, TimexType::duration, TimexType::set}) {
      if (name_of(known) != type) continue;
      out.type = known;
      has_type = true;
    }
    if (!has_type || !reading) {
      mistake(rule.line, fmt::format("no value: {}", value));
      return false;
    }
    out.reading = *reading;
    rest.remove_prefix(std::min(rest.find(' '), rest.size()));
    out.slots = slots_of(rule.line, rest);
    return true;
  }

  /// What may not stand beside an expression: a word, a mark, a class, or <Word>, any word with a capital.
  Symbol condition(const knowledge::Rule& rule, std::string_view word) {
    if (word == "<Word>") return capital_word;
    if (word == "<word>") return small_word;
    Readings readings(word);
    const auto pieces = without_blanks(readings, readings.run()[0]);
    if (pieces.size() != 1) {
      mistake(rule.line, fmt::format("more than one element: {}", word));
      return 0;
    }
    return symbol_of(rule, pieces[0]);
  }

  Symbol symbol_of(const knowledge::Rule& rule, const Piece& piece) {
    if (piece.kind == Piece::mark) return mark(piece.character);
    if (piece.kind == Piece::word) {
      const Symbol form = text::form_hash(piece.words);
      if (!piece.has_capital) return form;
      plain_of_capital_[capital(form)] = form;
      return capital(form);
    }
    if (const auto known = built_in.find(piece.words); known != built_in.end())
      return known->second == small_word && piece.has_capital ? Symbol{capital_word} : known->second;
    const auto known = symbols_.find(piece.words);
    if (known == symbols_.end()) {
      mistake(rule.line, fmt::format("no class <{}>", piece.words));
      return 0;
    }
    return known->second + (piece.has_capital ? 1 : 0);
  }

  void add_reading(const knowledge::Rule& rule, std::uint32_t at, std::vector<Piece> pieces) {
    pieces = fused(std::move(pieces));
    Path path{at, {}, 0};
    const bool has_brackets =
        std::any_of(pieces.begin(), pieces.end(), [](const Piece& p) { return p.kind == Piece::extent_begin; });
    std::uint8_t extent = has_brackets ? no_extent : 0;
    if (!has_brackets) path.count_of_extents = 1;
    Position node = 0;
    for (const Piece& piece : pieces) {
      if (piece.kind == Piece::extent_begin) extent = path.count_of_extents++;
      if (piece.kind == Piece::extent_end) extent = no_extent;
      if (piece.kind == Piece::extent_begin || piece.kind == Piece::extent_end) continue;
      const Symbol symbol = symbol_of(rule, piece);
      if (symbol == 0) return;
      node = step(node, symbol, piece.is_glued);
      path.extents.push_back(extent);
    }
    if (path.extents.empty()) {
      mistake(rule.line, "a pattern that takes nothing");
      return;
    }
    out_.nodes_[node].paths.push_back(static_cast<std::uint32_t>(out_.paths_.size()));
    out_.paths_.push_back(std::move(path));
  }

  Position step(Position from, Symbol symbol, bool is_glued) {
    for (const Edge& edge : out_.nodes_[from].edges) {
      if (edge.symbol == symbol && edge.is_glued == is_glued) return edge.target;
    }
    const auto target = static_cast<Position>(out_.nodes_.size());
    out_.nodes_[from].edges.push_back({symbol, is_glued, target});
    out_.nodes_.emplace_back();
    return target;
  }

  /// Compounds of listed words become a class of their own.
  std::vector<Piece> fused(std::vector<Piece> pieces) {
    for (std::size_t i = 0; i + 1 < pieces.size();) {
      if (!is_listed(pieces[i]) || !is_listed(pieces[i + 1]) || !pieces[i + 1].is_glued) {
        ++i;
        continue;
      }
      Piece both = pieces[i];
      both.kind = Piece::one_of_class;
      both.words = fmt::format("{}+{}", named(pieces[i]), named(pieces[i + 1]));
      make_compounds(both.words, pieces[i], pieces[i + 1]);
      pieces[i] = std::move(both);
      pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
    return pieces;
  }

  bool is_listed(const Piece& piece) const {
    return (piece.kind == Piece::word && !piece.words.empty() && digit_of(code_point_at(piece.words, 0).value) < 0) ||
           (piece.kind == Piece::one_of_class && classes_.contains(piece.words));
  }

  static std::string named(const Piece& piece) {
    return piece.kind == Piece::word ? fmt::format("\"{}\"", piece.words) : piece.words;
  }

  using Words = std::vector<std::pair<std::string, Slots>>;

  Words words_of(const Piece& piece) const {
    return piece.kind == Piece::word ? Words{{piece.words, {}}} : classes_.at(piece.words);
  }

  void make_compounds(const std::string& name, const Piece& first, const Piece& second) {
    const auto [symbol, is_new] = symbols_.try_emplace(name, next_symbol_);
    if (!is_new) return;
    next_symbol_ += 2;
    Words compounds;
    for (const auto& [head, slots] : words_of(first)) {
      if (head.find_first_of(" .") != std::string::npos) continue;
      for (const auto& [tail, more] : words_of(second)) {
        if (tail.find_first_of(" .") != std::string::npos) continue;
        Slots both = slots;
        both.add(more);
        compounds.emplace_back(head + tail, both);
        add_class_word(symbol->second, compounds.back().first, both);
      }
    }
    classes_[name] = std::move(compounds);
  }

  TimexGrammar& out_;
  std::vector<std::string>* mistakes_;
  std::string file_;
  std::map<std::string, Words, std::less<>> classes_;
  std::map<std::string, Symbol, std::less<>> symbols_;
  std::map<Symbol, std::set<std::uint64_t>> words_of_;  ///< first forms of the words of a class
  std::map<Symbol, Symbol> plain_of_capital_;
  Symbol next_symbol_ = first_class_symbol;
};

TimexGrammar::TimexGrammar(const knowledge::Pack& pack, const knowledge::Pack& und,
                           std::vector<std::string>* mistakes) {
  Builder builder(*this, mistakes);
  const bool has_own = pack.language != und.language;
  builder.read_classes_of(und);
  if (has_own) builder.read_classes_of(pack);
  // Of equals the rule that stands first wins: the language's own before what holds for all.
  if (has_own) builder.read_rules_of(pack);
  builder.read_rules_of(und);
  builder.finish();
}

std::span<const TimexGrammar::ClassWord> TimexGrammar::class_words(std::uint64_t form) const {
  const auto found = class_words_.find(form);
  return found == class_words_.end() ? std::span<const ClassWord>() : std::span<const ClassWord>(found->second);
}

int TimexGrammar::tense_of(std::uint64_t form, std::string_view word) const {
  if (const auto found = tenses_.find(form); found != tenses_.end()) return found->second;
  if (tense_endings_.empty()) return 0;
  const auto folded = fold(word);
  for (const auto& [ending, tense] : tense_endings_) {
    if (folded.size() >= ending.size() + tense_stem_bytes_min && folded.ends_with(ending)) return tense;
  }
  return 0;
}

}  // namespace depesche::facts
