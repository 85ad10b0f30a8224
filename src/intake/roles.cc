// Where does the article begin and end in a text that a crawler took from a page? We look for prose: lines that are
// long and end as sentences do. The first line of prose begins the body, the last one ends it, and what a line is
// depends on where it stands to them.
//
//   Coast Today | All the news of the coast            above the headline: machinery
//   Storm closes harbour of Ormel                      before the prose, shares words with it: title
//   Two barges adrift                                  between title and prose, no sentence: subtitle
//   The harbour of Ormel was closed on Friday …        prose
//   Barges adrift                                      between prose, short, no sentence: subheading
//   Two barges that the wind had torn loose …          prose
//   (Harbour Wire)                                     only an agency: dateline, wherever it stands
//   Source link                                        behind the prose, short, no sentence: machinery
//
// The headline is told from the name of the site by its words: those of a headline come back in the text. Patterns of
// the language packs come first and know more (counts of comments, share buttons, "By …"); the rules here are for the
// sites that no pack knows. What fails: an article of three-word sentences has no prose, and nothing is set aside in it
// but what the packs know; a cookie notice of two sentences above the headline passes for the beginning of the body.
//
// Cost: every line is folded and looked at once.
#include "intake/roles.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <xxhash.h>

#include <algorithm>
#include <array>

#include "core/unicode.h"
#include "intake/hash_table.h"
#include "intake/look.h"
#include "intake/repeats.h"

namespace depesche::intake {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t headline_words_max = 30;
constexpr std::uint32_t subheading_words_max = 15;
constexpr std::uint32_t machinery_words_max = 12;  ///< a longer line behind the text may be its last sentence, cut
constexpr std::uint32_t unsupported_headline_words_min = 4;
constexpr std::uint32_t dateline_words_max = 12;
constexpr std::uint32_t byline_words_max = 16;
constexpr std::size_t supported_prose_words_max = 3000;
constexpr std::size_t list_lines_min = 3;  ///< so many short lines in a row are a list, not subheadings

bool is_upper_or_caseless(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_LU_MASK | U_GC_LT_MASK | U_GC_LO_MASK)) != 0;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The words of a line as printed: runs of letters and digits.
std::vector<Span> printed_words(std::string_view line) {
  std::vector<Span> words;
  bool in_word = false;
  for (std::uint32_t i = 0; i < line.size();) {
    const auto [c, next] = code_point_at(line, i);
    const bool is_word = is_word_char(c);
    if (is_word && in_word) words.back().end = next;
    if (is_word && !in_word) words.push_back({i, next});
    in_word = is_word;
    i = next;
  }
  return words;
}

/// What of the words of a text can be met again in another form, as hashes: the first letters of longer words, and pairs
/// of letters in scripts without blanks.
void stems_of(std::string_view folded, std::vector<std::uint64_t>& stems) {
  constexpr std::uint32_t letters_min = 4, letters_kept = 5;
  thread_local std::vector<std::string_view> words;
  words_of(folded, words);
  stems.clear();
  const auto hash_of = [](std::string_view word, std::uint64_t seed) {
    return XXH3_64bits_withSeed(word.data(), word.size(), seed);
  };
  std::string_view before;  // the last word, where it is a single letter of an unspaced script
  for (const auto word : words) {
    if (is_unspaced(code_point_at(word, 0).value)) {
      if (!before.empty()) stems.push_back(hash_of(word, hash_of(before, 0)));
      before = word;
      continue;
    }
    before = {};
    std::uint32_t letters = 0, end = 0;
    while (end < word.size() && letters < letters_kept) {
      end = code_point_at(word, end).next;
      ++letters;
    }
    if (letters >= letters_min && !is_digits(word)) stems.push_back(hash_of(word.substr(0, end), 0));
  }
}

/// A block with what is asked of it again and again.
struct Line {
  Block* block = nullptr;
  std::string_view words;
  Look look;
  std::string folded;
  std::vector<const Machinery::LineRule*> rules;

  bool is_free() const { return block->role == Role::body; }
  bool is_prose() const { return is_free() && rules.empty() && look.is_prose(); }
  /// A line that no writer ends like this in the middle of a text.
  bool is_unended() const { return !look.ends_sentence && !look.is_open; }
};

class Roles {
 public:
  Roles(Article& article, const knowledge::Knowledge& knowledge, const Machinery& machinery)
      : article_(article), knowledge_(knowledge), machinery_(machinery), stems_of_prose_(table_of_thread()) {}

  void assign();

 private:
  static HashTable<char>& table_of_thread() {
    thread_local HashTable<char> table;
    return table;
  }
  void cut_stamp();
  void look_at_lines();
  void set_aside_known_lines();
  void set_aside_repeats();
  void set_aside_title_again();
  void find_body();
  void remember_prose();
  void apply_rules_of_place();
  void find_printed_title();
  void find_headline();
  void find_datelines();
  void find_bylines();
  void read_head();
  void read_middle();
  void read_tail();

  void set(Line& line, Role role, std::string because) {
    line.block->role = role;
    line.block->because = std::move(because);
  }
  void apply(Line& line, const Machinery::LineRule& rule);
  void make_title(Line& line, std::string because);
  bool is_headline(const Line& line) const;
  std::size_t support_of(const Line& line) const;
  Span title_part(std::string_view title) const;
  bool names_site(std::string_view segment, bool is_behind_bar) const;
  enum class Stands : unsigned char { nothing, date, agency };
  Stands only_place_and_date(const Line& line) const;
  bool names_agency(const Line& line) const;

  Article& article_;
  const knowledge::Knowledge& knowledge_;
  const Machinery& machinery_;
  std::vector<Line> lines_;
  std::size_t body_begin_ = 0;       ///< the first line of prose; the number of lines where there is none
  std::size_t body_end_ = 0;         ///< behind the last line of prose
  HashTable<char>& stems_of_prose_;  ///< a set; its memory is the thread's
  const Line* title_ = nullptr;
  bool has_markup_ = false;  ///< roles were given already: what stands around the article is known
};

void Roles::assign() {
  has_markup_ =
      std::any_of(article_.blocks.begin(), article_.blocks.end(), [](const Block& b) { return b.role != Role::body; });
  cut_stamp();
  look_at_lines();
  if (!article_.title.empty()) {
    const auto part = title_part(article_.title);
    article_.title = std::string(words_at(article_.title, part));
  }
  find_printed_title();
  set_aside_known_lines();
  set_aside_repeats();
  set_aside_title_again();
  find_body();
  apply_rules_of_place();
  find_datelines();
  find_bylines();
  if (body_begin_ == lines_.size()) return;  // without prose there is no telling what stands around it
  if (!has_markup_) {
    find_headline();
    set_aside_title_again();
    read_head();
  }
  read_middle();
  if (!has_markup_) read_tail();
}

void Roles::cut_stamp() {
  const auto first =
      std::find_if(article_.blocks.begin(), article_.blocks.end(), [](const Block& b) { return b.role == Role::body; });
  if (first == article_.blocks.end()) return;
  const auto words = article_.words_at(first->span);
  const auto stamp = machinery_.stamp_at_start(words);
  if (!stamp) return;
  if (stamp->date) article_.given_dates.push_back({*stamp->date, fmt::format("crawler's stamp, line {}", first->line)});
  const auto rest = trim(words.substr(stamp->size));
  if (rest.empty()) {
    first->role = Role::boilerplate;
    first->because = "a crawler's stamp";
    return;
  }
  const auto rest_begin = static_cast<std::uint32_t>(rest.data() - article_.text.data());
  first->cut = Span{first->span.begin, rest_begin};
}

void Roles::look_at_lines() {
  lines_.reserve(article_.blocks.size());
  for (auto& block : article_.blocks) {
    if (!block.is_read()) continue;
    Line line;
    line.block = &block;
    line.words = article_.words_at(block.content());
    line.look = look_at(line.words);
    line.folded = fold(line.words);
    lines_.push_back(std::move(line));
  }
}

/// A byline that names no author but only place, date or agency is a dateline.
void Roles::apply(Line& line, const Machinery::LineRule& rule) {
  if (!line.is_free()) return;
  const bool is_dateline = rule.role == Role::byline && only_place_and_date(line) != Stands::nothing;
  set(line, is_dateline ? Role::dateline : rule.role, rule.because);
}

void Roles::set_aside_known_lines() {
  for (auto& line : lines_) {
    if (!line.is_free()) continue;
    if (!line.look.has_letters && !has_markup_) {
      set(line, Role::boilerplate, "no letters");
      continue;
    }
    line.rules = machinery_.rules_of(line.words);
    for (const auto* rule : line.rules) {
      if (rule->where == Machinery::Where::any) apply(line, *rule);
    }
  }
}

void Roles::set_aside_repeats() {
  std::vector<std::string_view> folded;
  for (const auto& line : lines_) folded.push_back(line.block->is_read() ? line.folded : std::string_view());
  const auto repeats = find_repeats(folded);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const auto& first = repeats[i];
    if (!lines_[i].is_free() || !first) continue;
    set(lines_[i], Role::repeat, fmt::format("repeats line {}", lines_[*first].block->line));
  }
}

/// The title again, with the name of the site or without it.
void Roles::set_aside_title_again() {
  const auto key = fold(article_.title);
  if (!title_ || key.empty()) return;
  for (auto& line : lines_) {
    if (!line.is_free() || line.look.words > headline_words_max || line.folded.find(key) == std::string::npos) continue;
    if (line.folded == key || fold(words_at(line.words, title_part(line.words))) == key) {
      set(line, Role::repeat, fmt::format("repeats the title of line {}", title_->block->line));
    }
  }
}

void Roles::find_body() {
  body_begin_ = lines_.size();
  body_end_ = 0;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!lines_[i].is_prose()) continue;
    body_begin_ = std::min(body_begin_, i);
    body_end_ = i + 1;
  }
  if (!has_markup_) remember_prose();
}

/// For `support_of`, which is asked of lines before the prose.
void Roles::remember_prose() {
  std::size_t stems_max = 0;
  for (const auto& line : lines_) stems_max += line.is_prose() ? words_max(line.folded) : 0;
  stems_of_prose_.clear(stems_max);
  std::vector<std::uint64_t> stems;
  for (const auto& line : lines_) {
    if (!line.is_prose()) continue;
    stems_of(line.folded, stems);
    for (const auto stem : stems) stems_of_prose_.try_emplace(stem);
    if (stems_of_prose_.size() >= supported_prose_words_max) return;
  }
}

void Roles::apply_rules_of_place() {
  const bool has_body = body_begin_ < lines_.size();
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    for (const auto* rule : lines_[i].rules) {
      const bool is_in_place = rule->where == Machinery::Where::head ? i < body_begin_ : i >= body_end_;
      if (!has_body || is_in_place) apply(lines_[i], *rule);
    }
  }
}

/// Whether a segment behind (or before) a headline names the site: an agency with at most two more words, the outlet,
/// or, behind a bar, anything short.
bool Roles::names_site(std::string_view segment, bool is_behind_bar) const {
  constexpr std::size_t words_max = 4, words_beside_max = 2;
  const auto folded = fold(segment);
  if (folded.empty()) return false;
  if (folded == fold(article_.outlet)) return true;
  const auto words = printed_words(segment);
  if (is_behind_bar && words.size() <= words_max) return true;
  const auto named = machinery_.agencies_in(segment);
  if (named.empty()) return false;
  std::size_t beside = 0;
  for (const auto word : words) {
    if (std::any_of(named.begin(), named.end(), [&](const auto& name) { return name.span.overlaps(word); })) continue;
    if (!is_upper_or_caseless(code_point_at(segment, word.begin).value)) return false;
    ++beside;
  }
  return named.front().is_sure ? beside <= words_beside_max : beside == 0;
}

/// The headline in a title that carries the name of its site: "Harbour closed — Coast Today", "Harbour closed | Coast".
Span Roles::title_part(std::string_view title) const {
  constexpr std::array separators = {" — "sv, " | "sv, " – "sv, " - "sv};
  constexpr int tails_max = 3;
  Span part{0, static_cast<std::uint32_t>(title.size())};
  for (int i = 0; i < tails_max; ++i) {
    const auto words = words_at(title, part);
    std::size_t at = std::string_view::npos, size = 0;
    for (const auto separator : separators) {
      const auto found = words.rfind(separator);
      if (found == std::string_view::npos || (at != std::string_view::npos && found < at)) continue;
      at = found;
      size = separator.size();
    }
    if (at == std::string_view::npos) break;
    const bool is_bar = words[at + 1] == '|';
    const auto headline = trim(words.substr(0, at));
    if (look_at(headline).words < 2 || !names_site(words.substr(at + size), is_bar && look_at(headline).words >= 3))
      break;
    part.end = part.begin + static_cast<std::uint32_t>(headline.data() + headline.size() - words.data());
  }
  for (const auto separator : separators) {
    const auto words = words_at(title, part);
    const auto at = words.find(separator);
    if (at == std::string_view::npos || article_.outlet.empty() || fold(words.substr(0, at)) != fold(article_.outlet))
      continue;
    part.begin += static_cast<std::uint32_t>(at + separator.size());
  }
  return part;
}

void Roles::make_title(Line& line, std::string because) {
  const auto part = title_part(line.words);
  const auto content = line.block->content();
  if (part.size() < line.words.size() && !line.block->cut) {
    const bool cuts_front = part.begin > 0;  // only one end can be told; the other stays
    line.block->cut =
        cuts_front ? Span{content.begin, content.begin + part.begin} : Span{content.begin + part.end, content.end};
  }
  if (article_.title.empty()) article_.title = std::string(trim(words_at(line.words, part)));
  set(line, Role::title, std::move(because));
  title_ = &line;
}

/// A title that the source names, where the text prints it.
void Roles::find_printed_title() {
  const auto key = fold(article_.title);
  for (auto& line : lines_) {
    if (title_) return;
    if (line.block->role == Role::title) title_ = &line;
    if (key.empty() || !line.is_free() || line.look.words > headline_words_max) continue;
    if (line.folded == key || fold(words_at(line.words, title_part(line.words))) == key)
      make_title(line, "the title, printed");
  }
}

bool Roles::is_headline(const Line& line) const {
  if (!line.is_free() || !line.rules.empty() || line.look.is_open || !line.look.has_letters) return false;
  if (line.look.words < 2 || line.look.words > headline_words_max) return false;
  return !line.look.ends_sentence || line.look.asks || line.words.ends_with("…") || line.words.ends_with("...");
}

/// How many words of a line come back in the prose.
std::size_t Roles::support_of(const Line& line) const {
  std::vector<std::uint64_t> stems;
  stems_of(line.folded, stems);
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return static_cast<std::size_t>(std::count_if(
      stems.begin(), stems.end(), [&](std::uint64_t stem) { return stems_of_prose_.find(stem) != nullptr; }));
}

/// The first line before the prose that shares two words with it; but a name that happens to share a few gives way to a
/// line that shares three times as many.
void Roles::find_headline() {
  if (title_) return;
  std::vector<std::pair<Line*, std::size_t>> candidates;
  std::size_t best = 0;
  for (std::size_t i = 0; i < body_begin_; ++i) {
    if (!is_headline(lines_[i])) continue;
    candidates.emplace_back(&lines_[i], support_of(lines_[i]));
    best = std::max(best, candidates.back().second);
  }
  for (const auto& [line, support] : candidates) {
    if (support >= std::min<std::size_t>(best, 2) && support * 3 >= best && support > 0) {
      make_title(*line, "a line without a full stop before the text, with words of the text");
      return;
    }
  }
  for (const auto& [line, support] : candidates) {
    if (line->look.words >= unsupported_headline_words_min && line->words.find('|') == std::string_view::npos) {
      make_title(*line, "a line without a full stop before the text");
      return;
    }
  }
}

/// Whether a line holds nothing but places, a date and agencies.
Roles::Stands Roles::only_place_and_date(const Line& line) const {
  static const RE2 numeric_date(R"(\b(\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})\b)");
  constexpr std::size_t places_max = 5, places_beside_date_max = 1, small_max = 2, small_letters_max = 3;
  if (line.look.is_prose()) return Stands::nothing;
  const auto words = printed_words(line.words);
  if (words.empty() || words.size() > dateline_words_max) return Stands::nothing;
  const auto named = machinery_.agencies_in(line.words);

  std::size_t places = 0, small = 0, numbers = 0, months = 0, weekdays = 0;
  for (const auto word : words) {
    if (std::any_of(named.begin(), named.end(), [&](const auto& name) { return name.span.overlaps(word); })) continue;
    const auto printed = words_at(line.words, word);
    if (is_digits(printed)) {
      ++numbers;
      continue;
    }
    const auto meanings = knowledge_.meanings(fold(printed));
    const auto means = [&](knowledge::NameKind kind) {
      return std::any_of(meanings.begin(), meanings.end(), [&](const auto& meaning) { return meaning.kind == kind; });
    };
    if (means(knowledge::NameKind::month)) {
      ++months;
    } else if (means(knowledge::NameKind::weekday)) {
      ++weekdays;
    } else if (is_upper_or_caseless(code_point_at(printed, 0).value)) {
      ++places;
    } else if (count_code_points(printed) <= small_letters_max) {
      ++small;
    } else {
      return Stands::nothing;
    }
  }
  if (small > small_max || places > places_max) return Stands::nothing;
  const bool has_date = (months > 0 && numbers > 0) || (numbers >= 2 && RE2::PartialMatch(line.words, numeric_date));
  if (!named.empty()) {
    const auto& name = named.front();
    const auto before = trim(line.words.substr(0, name.span.begin));
    const bool is_bracketed = before.ends_with('(') || before.ends_with('[') || before.ends_with('/');
    const bool is_alone = places + small + numbers + months + weekdays == 0;
    if (is_bracketed || is_alone || (name.is_sure && has_date)) return Stands::agency;
    return Stands::nothing;
  }
  const bool has_clock = numbers >= 4 + (months == 0);
  return has_date && small <= 1 && places <= places_beside_date_max + has_clock ? Stands::date : Stands::nothing;
}

void Roles::find_datelines() {
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    auto& line = lines_[i];
    if (!line.is_free() || line.words.size() > 400) continue;
    const auto stands = only_place_and_date(line);
    const bool is_inside = i > body_begin_ && i + 1 < body_end_;
    if (stands == Stands::agency) set(line, Role::dateline, "only a place, a date or an agency");
    if (stands == Stands::date && !is_inside) set(line, Role::dateline, "only a date");
  }
}

bool Roles::names_agency(const Line& line) const {
  const auto named = machinery_.agencies_in(line.words);
  return std::any_of(named.begin(), named.end(), [](const auto& name) { return name.is_sure; });
}

/// A short line with the name of an author that the source gives.
void Roles::find_bylines() {
  std::vector<std::string> names;
  for (const auto& author : article_.authors) names.push_back(fmt::format(" {} ", fold(author)));
  for (auto& line : lines_) {
    if (!line.is_free() || !line.is_unended() || line.look.words > byline_words_max) continue;
    const auto folded = fmt::format(" {} ", line.folded);
    const auto names_author = [&](const std::string& name) {
      return name.size() > 4 && folded.find(name) != std::string::npos;
    };
    if (std::any_of(names.begin(), names.end(), names_author)) set(line, Role::byline, "names the author");
  }
}

void Roles::read_head() {
  bool is_below_title = title_ == nullptr;
  for (std::size_t i = 0; i < body_begin_; ++i) {
    auto& line = lines_[i];
    if (&line == title_) is_below_title = true;
    if (!line.is_free() || !line.is_unended()) continue;
    if (!is_below_title) {
      set(line, Role::boilerplate, "above the headline");
    } else if (support_of(line) > 0) {
      set(line, Role::subtitle, "a line without a full stop between headline and text");
    } else {
      set(line, Role::boilerplate, "a line before the text that shares no word with it");
    }
  }
}

void Roles::read_middle() {
  const auto is_short = [&](const Line& line) {
    return line.is_free() && line.is_unended() && line.look.words <= subheading_words_max;
  };
  for (std::size_t i = body_begin_; i < body_end_;) {
    std::size_t end = i;
    while (end < body_end_ && is_short(lines_[end])) ++end;
    if (end - i < list_lines_min) {
      for (; i < end; ++i) set(lines_[i], Role::subheading, "a short line without a full stop between paragraphs");
    }
    i = std::max(end, i + 1);
  }
}

/// Behind the last prose short sentences still belong to the text, until something does not; from there on nothing
/// does.
void Roles::read_tail() {
  bool has_ended = false;
  for (std::size_t i = body_end_; i < lines_.size(); ++i) {
    auto& line = lines_[i];
    if (line.block->role == Role::boilerplate) has_ended = true;
    if (!line.is_free()) continue;
    const bool is_machinery = !line.look.ends_sentence && line.look.words <= machinery_words_max;
    if (is_machinery && !has_ended && names_agency(line)) {
      set(line, Role::byline, "names an agency behind the text");
      continue;
    }
    if (has_ended || is_machinery)
      set(line, Role::boilerplate, has_ended ? "behind the end of the text" : "a short line behind the text");
    has_ended |= is_machinery;
  }
}

}  // namespace

void assign_roles(Article& article, const knowledge::Knowledge& knowledge, const Machinery& machinery) {
  Roles(article, knowledge, machinery).assign();
}

void assign_roles(Article& article, const knowledge::Knowledge& knowledge) {
  assign_roles(article, knowledge, *Machinery::of(knowledge));
}

namespace {

/// Whether bytes can hold what `tell_damage` tells of: control characters, and the first bytes of U+FFFD and of the
/// control characters above ASCII.
bool may_be_damaged(std::string_view words) {
  bool found = false;
  for (const char byte : words) {
    const auto c = static_cast<unsigned char>(byte);
    found |= c < 0x20 || c == 0x7F || c == 0xC2 || c == 0xEF;
  }
  return found;
}

}  // namespace

void tell_damage(Article& article, std::size_t broken) {
  for (BlockIndex i = 0; i < article.blocks.size(); ++i) {
    const auto span = article.blocks[i].span;
    std::optional<Span> lost, controls;
    std::size_t lost_count = 0, control_count = 0;
    const auto add = [](std::optional<Span>& where, std::size_t& count, Span one) {
      where = where ? hull(*where, one) : one;
      ++count;
    };
    const auto words = article.words_at(span);
    if (!may_be_damaged(words)) continue;
    for (std::uint32_t at = 0; at < words.size();) {
      const auto [c, next] = code_point_at(words, at);
      const Span one{span.begin + at, span.begin + next};
      at = next;
      const bool is_control = (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c < 0xA0 && c != 0x85);
      if (c == 0xFFFD) add(lost, lost_count, one);
      if (is_control) add(controls, control_count, one);
    }
    if (lost) {
      const auto how = broken > 0 ? "that could not be decoded, shown as U+FFFD" : "lost before it was read (U+FFFD)";
      article.repairs.push_back(
          {i, *lost, fmt::format("{} {} {}", lost_count, lost_count == 1 ? "character" : "characters", how)});
    }
    if (controls) {
      article.repairs.push_back(
          {i, *controls, fmt::format("{} control {}", control_count, control_count == 1 ? "character" : "characters")});
    }
  }
}

}  // namespace depesche::intake
