// A line of credit holds nothing but what a credit is made of:
//
//   Mit Material von dpa/AFP        a phrase, agencies                 Redacción | EFE         a phrase, an agency
//   By Jane Doe | Associated Press  an author, an agency               (AFP)                   an agency in brackets
//   AP writer John Roe contributed to this report                      © 2024 AFP              a rights line, at the end
//
// It is cut at its marks into items, and each item must be one thing: agencies with the phrases around them, a name, a
// date. So "Von Petra Müller" credits no agency (Petra is one, but not beside a surname), "Mit Material von der Baustelle"
// none either, and "Reuters photographer hurt in Gaza" is a headline. An agency whose name is a word as well needs a
// phrase, brackets or a line of its own.
#include "facts/credits.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

constexpr std::uint32_t credit_bytes_max = 240;
constexpr std::size_t short_line_blanks_max = 6;
constexpr std::size_t name_words_max = 4;  ///< "Anna Maria van Buren"
constexpr std::size_t particle_letters_max = 3;
constexpr std::size_t names_max = 9;  ///< words of names: three reporters
constexpr std::uint32_t long_paragraph_bytes = 240;

using Kind = OriginPhrases::Kind;
using Found = knowledge::Agencies::Found;

bool is_without_case(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_LO_MASK) != 0; }

class CreditLine {
 public:
  CreditLine(std::string_view line, const OriginTools& tools, CreditPlace place)
      : line_(line),
        tools_(tools),
        place_(place),
        words_(origin_words_of(line)),
        agencies_(tools.agencies.find_all(line)) {}

  std::vector<Found> read() {
    if (agencies_.empty() || !read_items()) return {};
    return is_credit() ? agencies_ : std::vector<Found>();
  }

 private:
  enum class Stands : std::uint8_t { nothing, agency, name, phrase };

  /// What stands between two marks.
  struct Item {
    std::size_t agencies = 0;
    std::size_t names = 0;  ///< words with a capital that are nothing known
    Stands last = Stands::nothing;
  };

  /// Blanks, and hyphens and apostrophes inside words, part no items.
  bool is_mark_between(std::uint32_t begin, std::uint32_t end) const {
    const auto between = line_.substr(begin, end - begin);
    return between.find_first_not_of(" '-") != std::string_view::npos && between != "’" && between != "\u00A0" &&
           between != ". ";
  }

  bool read_items() {
    Item item;
    for (std::size_t i = 0; i < words_.size();) {
      if (i > 0 && is_mark_between(words_[i - 1].span.end, words_[i].span.begin) && !close(item)) return false;
      const auto taken = take_agency(i, item);
      const auto size = taken > 0 ? taken : take_phrase(i, item);
      if (size == 0 && !take_name(i, item)) return false;
      if (i == 0) first_ = item.last;
      i += std::max<std::size_t>(size, 1);
    }
    return close(item);
  }

  /// How many words of an agency begin at a word. Directly behind a name it is one only by a name of several words: "By Jane
  /// Doe Associated Press", but not "By Jane Sana".
  std::size_t take_agency(std::size_t i, Item& item) {
    const auto found = std::find_if(agencies_.begin(), agencies_.end(),
                                    [&](const Found& one) { return one.span.begin == words_[i].span.begin; });
    if (found == agencies_.end()) return 0;
    const bool is_of_words = found->is_sure && words_at(line_, found->span).find(' ') != std::string_view::npos;
    is_mixed_ |= item.last == Stands::name && !is_of_words;
    has_sure_ |= found->is_sure;
    ++item.agencies;
    item.last = Stands::agency;
    std::size_t size = 0;
    while (i + size < words_.size() && words_[i + size].span.begin < found->span.end) ++size;
    return size;
  }

  std::size_t take_phrase(std::size_t i, Item& item) {
    const auto phrase = tools_.phrases.match(std::span(words_).subspan(i, before_next_agency(i) - i));
    if (!phrase) return 0;
    is_of_picture_ |= phrase->kind == Kind::picture;
    has_behind_ |= phrase->kind == Kind::behind || phrase->kind == Kind::agencies;
    has_phrase_ |= phrase->kind == Kind::before || phrase->kind == Kind::behind || phrase->kind == Kind::author ||
                   phrase->kind == Kind::beside || phrase->kind == Kind::agencies;
    if (phrase->kind == Kind::conjunction) {
      is_mixed_ |= !close(item);
    } else {
      item.last = Stands::phrase;
    }
    return phrase->words;
  }

  /// "of the" ends before "The Associated Press".
  std::size_t before_next_agency(std::size_t i) const {
    const auto begins_agency = [&](const OriginWord& word) {
      return std::any_of(agencies_.begin(), agencies_.end(),
                         [&](const Found& found) { return found.span.begin == word.span.begin; });
    };
    const auto rest = words_.begin() + static_cast<std::ptrdiff_t>(i);
    return static_cast<std::size_t>(std::find_if(rest, words_.end(), begins_agency) - words_.begin());
  }

  bool take_name(std::size_t i, Item& item) {
    const auto& word = words_[i];
    const bool is_number =
        std::all_of(word.folded.begin(), word.folded.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (is_number) return true;
    if (!may_begin_name(word)) {
      // "Jan de Vries"
      return item.last == Stands::name && count_code_points(word.folded) <= particle_letters_max &&
             i + 1 < words_.size() && may_begin_name(words_[i + 1]);
    }
    is_mixed_ |= item.last == Stands::agency;
    ++item.names;
    item.last = Stands::name;
    return true;
  }

  bool may_begin_name(const OriginWord& word) const {
    const auto c = code_point_at(line_, word.span.begin).value;
    return is_capital(c) || is_without_case(c);
  }

  /// Ends an item; whether what is read so far can be a credit.
  bool close(Item& item) {
    if (item.names > name_words_max) return false;
    names_ += item.names;
    has_agency_alone_ |= item.agencies > 0 && item.names == 0;
    item = {};
    return names_ <= names_max && !is_mixed_ && !is_of_picture_;
  }

  bool is_credit() const {
    const bool has_rights = line_.find("©") != std::string_view::npos;
    if (place_ == CreditPlace::elsewhere) return !has_rights && names_ == 0 && first_ == Stands::phrase && has_phrase_;
    if (has_rights) return place_ == CreditPlace::behind_text;
    if (has_phrase_) return has_sure_ || place_ == CreditPlace::byline || begins_as_credit() || is_set_off();
    if (!has_sure_ && place_ != CreditPlace::byline && !is_set_off()) return false;
    if (names_ == 0) return true;
    // "AFP | Paris", "Jane Doe, Reuters"
    return place_ != CreditPlace::behind_text && has_agency_alone_ && (has_sure_ || place_ == CreditPlace::byline) &&
           line_.find_first_of("|,/") != std::string_view::npos;
  }

  /// "Mehr von Anna Muster" credits no agency of that name; "Kaynak: AA" and "AP writer John Roe contributed" do.
  bool begins_as_credit() const { return has_behind_ || (first_ && *first_ == Stands::phrase); }

  /// "(AP)", "— AP"
  bool is_set_off() const {
    const auto c = code_point_at(line_, 0).value;
    return c == U'(' || c == U'[' || c == U'-' || c == U'\u2013' || c == U'\u2014' || c == U'/';
  }

  std::string_view line_;
  const OriginTools& tools_;
  CreditPlace place_;
  std::vector<OriginWord> words_;
  std::vector<Found> agencies_;
  bool has_phrase_ = false;
  bool has_agency_alone_ = false;
  bool has_sure_ = false;
  bool is_mixed_ = false;  ///< a name and an agency stand side by side with nothing between them
  bool is_of_picture_ = false;
  bool has_behind_ = false;
  std::optional<Stands> first_;
  std::size_t names_ = 0;
};

Span trimmed(const Article& article, Span span) {
  const auto words = trim(article.words_at(span));
  const auto begin = static_cast<std::uint32_t>(words.data() - article.text.data());
  return {begin, begin + static_cast<std::uint32_t>(words.size())};
}

class Credits {
 public:
  Credits(const Article& article, const OriginTools& tools) : article_(article), tools_(tools) {}

  std::vector<Credit> find(const std::optional<Dateline>& dateline) {
    if (dateline && dateline->agency) {
      add(*dateline->agency, dateline->block, dateline->span);
      // "Berlin (dpa/AFP) -" names two.
      for (const auto& found : tools_.agencies.find_all(article_.words_at(dateline->span))) {
        if (found.is_sure) add(found.agency->name, dateline->block, dateline->span);
      }
    }
    find_body();
    for (BlockIndex i = 0; i < article_.blocks.size(); ++i) look_at(i);
    if (last_body_) look_behind_last_words(*last_body_);
    return std::move(credits_);
  }

 private:
  void find_body() {
    for (BlockIndex i = 0; i < article_.blocks.size(); ++i) {
      if (article_.blocks[i].role == Role::title && !title_) title_ = i;
      if (article_.blocks[i].role != Role::body) continue;
      before_last_body_ = last_body_;
      last_body_ = i;
      const bool is_long = article_.blocks[i].span.size() > long_paragraph_bytes;
      if (!first_long_body_ && is_long) first_long_body_ = i;
    }
  }

  void look_at(BlockIndex i) {
    const Block& block = article_.blocks[i];
    switch (block.role) {
      case Role::title:
        // "Headline — RT World News": the tail that intake cut off.
        if (block.cut && block.cut->end == block.span.end) search(i, *block.cut, true);
        take_line(i, block.content(), CreditPlace::elsewhere);
        break;
      case Role::caption: take_line(i, block.span, CreditPlace::elsewhere); break;
      case Role::byline:
      case Role::dateline:
        if (!take_line(i, block.span, CreditPlace::byline) && block.role == Role::dateline && is_short(block.span))
          search(i, block.span, true);
        break;
      case Role::subtitle: take_line(i, block.span, place_of(i)); break;
      case Role::subheading:
        if (article_.text[block.span.begin] == '(' || names_sure_agency(block.span))
          take_line(i, block.span, place_of(i));
        break;
      case Role::body:
        if (!first_long_body_ || i < *first_long_body_ || i == last_body_ || i == before_last_body_)
          take_line(i, trimmed(article_, block.content()), place_of(i));
        break;
      case Role::boilerplate: look_at_set_aside(i, block.span); break;
      default: break;
    }
  }

  bool names_sure_agency(Span span) const {
    return span.size() <= credit_bytes_max && tools_.agencies.find(article_.words_at(span), false).has_value();
  }

  CreditPlace place_of(BlockIndex i) const {
    const bool is_behind = before_last_body_ && i > *before_last_body_;
    return is_behind ? CreditPlace::behind_text : CreditPlace::before_text;
  }

  /// Behind the text a short line of credit; before it the line names whose site this is, unless it says more.
  void look_at_set_aside(BlockIndex i, Span span) {
    const bool is_behind = last_body_ && i > *last_body_;
    if (!is_behind && title_ && i < *title_) return;
    if (take_line(i, span, is_behind ? CreditPlace::behind_text : CreditPlace::before_text) || !is_behind ||
        !is_short(span))
      return;
    const auto words = origin_words_of(article_.words_at(span));
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (tools_.phrases.match(std::span(words).subspan(at), Kind::picture)) return;
    }
    search(i, span, false);
  }

  bool is_short(Span span) const {
    const auto words = article_.words_at(span);
    return static_cast<std::size_t>(std::count(words.begin(), words.end(), ' ')) < short_line_blanks_max;
  }

  bool take_line(BlockIndex block, Span span, CreditPlace place) {
    if (span.size() > credit_bytes_max) return false;
    const auto found = read_credit(article_.words_at(span), tools_, place);
    for (const auto& one : found)
      add(one.agency->name, block, {span.begin + one.span.begin, span.begin + one.span.end});
    return !found.empty();
  }

  void search(BlockIndex block, Span span, bool allow_unsure) {
    const auto found = tools_.agencies.find(article_.words_at(span), allow_unsure);
    if (found) add(found->agency->name, block, {span.begin + found->span.begin, span.begin + found->span.end});
  }

  /// "… sagte er. (dpa)", "… said. With inputs from AFP", "… he said. — Reuters".
  void look_behind_last_words(BlockIndex block) {
    const Span body = trimmed(article_, article_.blocks[block].content());
    const auto words = article_.words_at(body);
    for (const auto begin : {begin_of_last_bracket(words), begin_of_last_sentence(words)}) {
      if (begin == 0 || words.size() - begin > credit_bytes_max) continue;
      if (take_line(block, {body.begin + static_cast<std::uint32_t>(begin), body.end}, CreditPlace::behind_text))
        return;
    }
  }

  static std::size_t begin_of_last_bracket(std::string_view words) {
    const auto end = words.ends_with(").") ? words.size() - 1 : words.size();
    if (end == 0 || (words[end - 1] != ')' && words[end - 1] != ']')) return 0;
    const auto open = words.rfind(words[end - 1] == ')' ? '(' : '[');
    return open == std::string_view::npos ? 0 : open;
  }

  static std::size_t begin_of_last_sentence(std::string_view words) {
    std::size_t begin = 0;
    const auto last = words.size() - (words.ends_with(".") ? 1 : 0);
    for (std::uint32_t i = 0; i + 1 < last;) {
      const auto [c, next] = code_point_at(words, i);
      const bool ends = c == U'.' || c == U'!' || c == U'?' || c == U'…' || c == U'”' || c == U'“' || c == U'»' ||
                        c == U'"' || c == U'؟';
      if (ends && next < last && words[next] == ' ') begin = next;
      i = next;
    }
    return begin;
  }

  void add(const std::string& agency, BlockIndex block, Span span) {
    const bool is_known =
        std::any_of(credits_.begin(), credits_.end(), [&](const Credit& credit) { return credit.agency == agency; });
    if (!is_known) credits_.push_back({agency, block, span});
  }

  const Article& article_;
  const OriginTools& tools_;
  std::optional<BlockIndex> title_;
  std::optional<BlockIndex> first_long_body_;
  std::optional<BlockIndex> before_last_body_;
  std::optional<BlockIndex> last_body_;
  std::vector<Credit> credits_;
};

}  // namespace

std::vector<Found> read_credit(std::string_view line, const OriginTools& tools, CreditPlace place) {
  return CreditLine(line, tools, place).read();
}

std::vector<Credit> find_credits(const Article& article, const std::optional<Dateline>& dateline,
                                 const OriginTools& tools) {
  return Credits(article, tools).find(dateline);
}

}  // namespace depesche::facts
