// A dateline is read as print writes it, not by a pattern for each agency:
//
//   HAMBURG, March 5 (Reuters) -       Moskau, 4. Dezember 2024 (AFP) –      МОСКВА, 4 дек — РИА Новости.
//   PARIS (AFP) –                      Madrid, 12 mar (EFE).-                МОСКВА, 4 декабря. /ТАСС/.
//   (ANSA) - ROMA, 12 MAG -            دمشق 4 ديسمبر (رويترز) -              القاهرة – أ ش أ:
//
// It is a run of places, a date, agencies and a few words that papers put beside them ("our correspondent"), in any order
// and in any brackets, at the very beginning; the first word that is none of them ends the reading. The run counts up to
// the last mark that may end a dateline and behind which it is one: a dash behind a place and an agency, a full stop
// behind an agency in brackets, a colon behind a town in capitals. So "Paris, Lyon et Marseille - les trois plus grandes
// villes -" is none: it holds places alone; and "Reuters – die Agentur – hat" is none: a sentence goes on with a small
// letter. Of a run without an agency, a place with a date will do, or a town of the gazetteer in capitals before a dash, or a
// large town alone before a whole sentence.
//
// Names of agencies that are words as well ("AA", "MAP") count in brackets, or behind a place or a date. Cost: the first
// 160 bytes of up to three paragraphs are read once.
#include "facts/datelines.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <charconv>

#include "core/unicode.h"

namespace depesche::facts {
namespace {

/// No dateline is longer: "RIO DE JANEIRO/WASHINGTON, 28 de noviembre de 2024 (Reuters/EFE) -" has 62 characters, and a
/// letter of Cyrillic or Arabic takes two bytes.
constexpr std::uint32_t dateline_bytes_max = 160;
constexpr std::uint32_t bracket_bytes_max = 100;
constexpr std::size_t place_words_max = 5;
constexpr std::size_t caseless_place_words_max = 3;
constexpr std::size_t particle_letters_max = 4;
constexpr std::size_t abbreviation_letters_max = 3;
constexpr std::size_t foreign_words_max = 4;      ///< names of reporters beside an agency in brackets
constexpr std::size_t zone_bytes_max = 4;         ///< "EDT", "MSK" in Latin letters
constexpr std::size_t half_of_day_bytes_max = 3;  ///< "pm", "Uhr"
constexpr std::uint32_t town_without_more_population_min = 100'000;
constexpr std::uint32_t sentence_bytes_min = 80;  ///< shorter is a headline or a caption
constexpr int leap_year = 2000;                   ///< stands in where no year is named, so that 29 February is a day
constexpr int dashes_max = 3;
constexpr int paragraphs_max = 3;  ///< a teaser or a caption may stand before the dateline

bool is_caseless(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_LO_MASK) != 0; }

/// A dash, or one whose letter was lost in the decoding of the source.
bool is_dash(char32_t c) {
  return c == U'\u2012' || c == U'\u2013' || c == U'\u2014' || c == U'\u2015' || c == U'\uFFFD';
}

bool is_quote(char32_t c) {
  return c == U'"' || c == U'\'' || (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_PI_MASK | U_GC_PF_MASK)) != 0 ||
         c == U'\u201E';
}

/// Letters of both cases in one, or none that has a case, are no capitals.
bool is_in_capitals(std::string_view words) {
  bool has_capital = false;
  for (std::uint32_t i = 0; i < words.size();) {
    const auto [c, next] = code_point_at(words, i);
    i = next;
    if (u_islower(static_cast<UChar32>(c))) return false;
    has_capital |= is_capital(c);
  }
  return has_capital;
}

class Reader {
 public:
  Reader(const Article& article, const text::Text& text, const OriginTools& tools, BlockIndex block, Span whole)
      : article_(article),
        tools_(tools),
        text_language_(text.language),
        language_(text.block_languages[block]),
        whole_(whole),
        block_(block),
        head_(article.words_at({whole.begin, end_of_head(article, whole)})) {
    agencies_ = tools_.agencies.find_all(head_);
    words_ = origin_words_of(head_);
  }

  std::optional<Dateline> read(bool is_own_line) {
    is_own_line_ = is_own_line;
    while (step()) {
    }
    return best_;
  }

 private:
  /// By what the run ends.
  enum class End : std::uint8_t { dash, stop_and_dash, stop, colon, nothing, line };

  struct Bracket {
    std::string_view close;
    bool needs_agency;  ///< a slash parts as often as it encloses
  };

  static std::uint32_t end_of_head(const Article& article, Span whole) {
    auto end = std::min(whole.end, whole.begin + dateline_bytes_max);
    while (end < whole.end && (static_cast<unsigned char>(article.text[end]) & 0xC0) == 0x80) ++end;
    return end;
  }

  // -- the run

  /// Reads one place, date, agency or mark; false where the run is at its end.
  bool step() {
    skip_blanks();
    if (at_ >= head_.size()) {
      if (head_.size() == whole_.size()) consider(End::line, at_);
      return false;
    }
    if (read_dash()) return dashes_ <= dashes_max;
    const char c = head_[at_];
    if (const auto bracket = bracket_at(at_)) {
      if (read_bracket(*bracket)) return true;
      if (c != '/') return false;
    }
    if (c == ',' || c == ';' || c == '/' || head_.substr(at_).starts_with("،")) {
      at_ = code_point_at(head_, at_).next;
      return true;
    }
    if (c == '.') {
      consider(End::stop, ++at_);
      return true;
    }
    if (c == ':') {
      consider(End::colon, ++at_);
      return false;
    }
    return read_clock() || read_date() || read_agency() || read_phrase() || read_place();
  }

  void skip_blanks() {
    while (at_ < head_.size()) {
      const auto [c, next] = code_point_at(head_, at_);
      if (!u_isUWhiteSpace(static_cast<UChar32>(c))) return;
      at_ = next;
    }
  }

  bool is_blank_at(std::uint32_t at) const {
    return at >= head_.size() || u_isUWhiteSpace(static_cast<UChar32>(code_point_at(head_, at).value));
  }

  /// A dash that parts: an en or em dash, hyphens or a low line (as AP sends dashes) beside a blank or a mark, a bar, or
  /// ".-" as Spanish agencies write it.
  bool read_dash() {
    auto end = at_;
    const bool is_behind_stop = at_ > 0 && head_[at_ - 1] == '.';
    const bool is_behind_mark = at_ == 0 || !is_word_char(last_char_before(at_));
    while (end < head_.size()) {
      const auto [c, next] = code_point_at(head_, end);
      if (!is_dash(c) && c != U'-' && c != U'_' && c != U'|') break;
      end = next;
    }
    if (end == at_) return false;
    const bool is_plain_hyphen = head_.substr(at_, end - at_) == "-" || head_.substr(at_, end - at_) == "_";
    // "Port-au-Prince" is read as one place; what is left are hyphens glued to one side: "دمشق-سانا", "(AFP)-Le".
    if (is_plain_hyphen && !is_behind_mark && !is_blank_at(end) && !is_caseless(code_point_at(head_, end).value)) {
      return false;
    }
    at_ = end;
    consider(is_behind_stop ? End::stop_and_dash : End::dash, end);
    ++dashes_;
    return true;
  }

  char32_t last_char_before(std::uint32_t at) const {
    auto begin = at - 1;
    while (begin > 0 && (static_cast<unsigned char>(head_[begin]) & 0xC0) == 0x80) --begin;
    return code_point_at(head_, begin).value;
  }

  std::optional<Bracket> bracket_at(std::uint32_t at) const {
    switch (head_[at]) {
      case '(': return Bracket{")", false};
      case '[': return Bracket{"]", false};
      case '/': return Bracket{"/", true};
      default: return {};
    }
  }

  bool read_bracket(const Bracket& bracket) {
    const auto begin = at_ + 1;
    const auto close = head_.find(bracket.close, begin);
    if (close == std::string_view::npos || close - begin > bracket_bytes_max) return false;
    const Span inside{begin, static_cast<std::uint32_t>(close)};
    const auto before = now_;
    if (!read_inside(inside, bracket.needs_agency)) {
      now_ = before;
      return false;
    }
    at_ = inside.end + 1;
    // "LA HABANA, 4 dic (Prensa Latina) El gobierno …": the bracket alone ends it.
    if (now_.is_agency_in_bracket) consider(End::nothing, at_);
    return true;
  }

  /// What stands in brackets: agencies, a date, words beside them; behind a place also the region that it lies in.
  bool read_inside(Span inside, bool needs_agency) {
    const auto* agency = agency_in(inside);
    if (agency == nullptr && needs_agency) return false;
    const bool is_first = !now_.place && !now_.date && !now_.agency;
    std::size_t foreign = 0;
    bool has_known = agency != nullptr;
    for (std::size_t i = first_word_at(inside.begin); i < words_.size() && words_[i].span.begin < inside.end;) {
      const auto& word = words_[i];
      if (const auto* found = agency_over(word.span.begin)) {
        i = first_word_at(found->span.end);
        continue;
      }
      if (const auto time = date_at(word.span.begin); time && time->span.end <= inside.end) {
        take_date(*time, word.span.begin);
        has_known = true;
        i = first_word_at(time->span.end);
        continue;
      }
      if (const auto phrase = tools_.phrases.match(std::span(words_).subspan(i))) {
        if (phrase->kind == OriginPhrases::Kind::picture) return false;
        const bool is_origin =
            phrase->kind == OriginPhrases::Kind::beside || phrase->kind == OriginPhrases::Kind::agencies;
        now_.has_origin |= is_origin;
        has_known |= is_origin;
        i += phrase->words;
        continue;
      }
      const auto c = code_point_at(head_, word.span.begin).value;
      const bool may_be_name = is_capital(c) || is_caseless(c) || (agency != nullptr && agency->is_sure);
      if (!may_be_name || ++foreign > foreign_words_max) return false;
      ++i;
    }
    // "(Jane Doe, March 5, Reuters)" alone is the line of a picture.
    if (foreign > 0 && agency != nullptr && (!agency->is_sure || is_first)) return false;
    if (agency != nullptr) {
      take_agency(*agency, true);
      return true;
    }
    if (has_known || foreign == 0 || !now_.place) return has_known;
    const auto words = trim(words_at(head_, inside));
    // "CAPE CANAVERAL (Florida) —"
    if (last_is_place_) now_.is_known_place |= now_.is_place_in_capitals && is_country_or_town(words);
    // "EL CAIRO, 15 mayo (IPS) -": an agency that we do not know
    const bool is_acronym = foreign == 1 && is_in_capitals(words);
    const auto place = article_.words_at(*now_.place);
    now_.has_origin |= is_acronym && now_.is_place_in_capitals && place.find(' ') != std::string_view::npos;
    return last_is_place_ || is_acronym;
  }

  const knowledge::Agencies::Found* agency_in(Span inside) const {
    for (const auto& found : agencies_) {
      if (found.span.begin >= inside.begin && found.span.end <= inside.end) return &found;
    }
    return nullptr;
  }
  const knowledge::Agencies::Found* agency_over(std::uint32_t at) const {
    for (const auto& found : agencies_) {
      if (found.span.begin <= at && at < found.span.end) return &found;
    }
    return nullptr;
  }
  /// The first word that begins at `at` or behind it.
  std::size_t first_word_at(std::uint32_t at) const {
    const auto found = std::partition_point(words_.begin(), words_.end(),
                                            [&](const OriginWord& word) { return word.span.begin < at; });
    return static_cast<std::size_t>(found - words_.begin());
  }

  std::optional<Time> date_at(std::uint32_t at) const {
    auto time = tools_.dates.match_at(head_, at, language_);
    if (!time && text_language_ != language_) time = tools_.dates.match_at(head_, at, text_language_);
    if (!time) time = day_and_short_month_at(at);
    if (time && time->value.precision == Precision::month) return {};
    return time;
  }

  /// "10:30", which some papers print behind the day.
  bool read_clock() {
    const auto word = first_word_at(at_);
    if (!now_.date || word + 1 >= words_.size() || words_[word].span.begin != at_) return false;
    const auto& hours = words_[word];
    const auto& minutes = words_[word + 1];
    const auto is_figures = [](const OriginWord& figures) {
      return figures.folded.size() <= 2 && figures.folded.find_first_not_of("0123456789") == std::string::npos;
    };
    const bool has_mark =
        hours.span.end + 1 == minutes.span.begin && head_.find_first_of(":.", hours.span.end) == hours.span.end;
    if (!is_figures(hours) || !is_figures(minutes) || !has_mark) return false;
    at_ = minutes.span.end;
    // "7:22 pm EDT", "14.07 Uhr"
    for (std::size_t i = word + 2; i < words_.size() && i < word + 4; ++i) {
      const auto printed = words_at(head_, words_[i].span);
      const bool is_zone = is_in_capitals(printed) && printed.size() <= zone_bytes_max;
      if (words_[i].span.begin != at_ + 1 || (!is_zone && printed.size() > half_of_day_bytes_max)) break;
      at_ = words_[i].span.end;
      if (is_zone) break;
    }
    return true;
  }

  void take_date(Time time, std::uint32_t begin) {
    if (now_.date) return;
    time.block = block_;
    time.span = {whole_.begin + begin, whole_.begin + time.span.end};
    now_.date = time;
  }

  bool read_date() {
    const auto word = first_word_at(at_);
    if (word == words_.size() || words_[word].span.begin != at_) return false;
    if (const auto time = now_.date ? std::nullopt : date_at(at_)) {
      take_date(*time, at_);
      at_ = time->span.end;
      last_is_place_ = false;
      return true;
    }
    if (now_.date && !now_.date->has_year && take_year(words_[word])) return true;
    for (const auto language : {language_, text_language_}) {
      if (!tools_.knowledge.meanings(words_[word].folded, knowledge::NameKind::weekday, language).empty()) {
        at_ = words_[word].span.end;
        return true;
      }
    }
    return false;
  }

  /// "4 ноя", "4 كانون الأول", whose month no calendar has.
  std::optional<Time> day_and_short_month_at(std::uint32_t at) const {
    const auto word = first_word_at(at);
    if (word + 1 >= words_.size() || words_[word].span.begin != at || words_[word].folded.size() > 2) return {};
    const auto month = tools_.phrases.match(std::span(words_).subspan(word + 1), OriginPhrases::Kind::month);
    int day = 0;
    const auto& figures = words_[word].folded;
    const auto read = std::from_chars(figures.data(), figures.data() + figures.size(), day);
    if (!month || read.ec != std::errc() || read.ptr != figures.data() + figures.size()) return {};
    const auto date = day_of(leap_year, month->month, day);
    if (!date) return {};
    Time time{.block = block_, .span = {at, words_[word + month->words].span.end}, .value = *date, .has_year = false};
    time.value.year = 0;
    const auto behind = word + month->words + 1;
    const auto year =
        behind < words_.size() && words_[behind].folded.size() == 4 ? parse_iso(words_[behind].folded) : std::nullopt;
    if (year && words_[behind].span.begin <= time.span.end + 2) {
      time.value.year = year->year;
      time.has_year = true;
      time.span.end = words_[behind].span.end;
    }
    return time;
  }

  /// The year behind its day where the language does not write it there: "4 dic, 2024".
  bool take_year(const OriginWord& word) {
    const auto year = word.folded.size() == 4 ? parse_iso(word.folded) : std::nullopt;
    if (!year) return false;
    now_.date->value.year = year->year;
    now_.date->has_year = true;
    at_ = word.span.end;
    now_.date->span.end = whole_.begin + at_;
    return true;
  }

  void take_agency(const knowledge::Agencies::Found& found, bool is_in_bracket) {
    last_is_place_ = false;
    now_.is_agency_in_bracket |= is_in_bracket;
    if (now_.agency) return;
    now_.agency = found.agency->name;
    now_.is_agency_sure = found.is_sure;
  }

  bool read_agency() {
    const auto* found = agency_over(at_);
    if (found == nullptr || found->span.begin != at_) return false;
    // "AA" and "MAP" open sentences; behind a place or a date they do not.
    if (!found->is_sure && !now_.place && !now_.date && !is_own_line_) return false;
    take_agency(*found, false);
    at_ = found->span.end;
    // "دمشق-سانا أكد …": the script has no capitals to tell where the sentence begins, and papers put no mark.
    if (dashes_ > 0 && now_.town && found->is_sure && is_caseless(last_char_before(at_))) consider(End::nothing, at_);
    return true;
  }

  bool read_phrase() {
    const auto word = first_word_at(at_);
    if (word == words_.size() || words_[word].span.begin != at_) return false;
    const auto words = std::span(words_).subspan(word);
    if (const auto place = tools_.phrases.match(words, OriginPhrases::Kind::place)) {
      take_place({at_, words[place->words - 1].span.end}, true);
      return true;
    }
    if (const auto beside = tools_.phrases.match(words, OriginPhrases::Kind::beside)) {
      at_ = words[beside->words - 1].span.end;
      now_.has_origin = true;
      return true;
    }
    const auto conjunction = tools_.phrases.match(words, OriginPhrases::Kind::conjunction);
    if (!conjunction || !last_is_place_) return false;
    at_ = words[conjunction->words - 1].span.end;
    return true;
  }

  // -- places

  /// The end of the word that begins at `at`, with inner hyphens and apostrophes: "Port-au-Prince", "L'Aquila".
  std::uint32_t end_of_place_word(std::uint32_t at) const {
    auto end = at;
    while (end < head_.size()) {
      const auto [c, next] = code_point_at(head_, end);
      const bool joins = (c == U'-' || c == U'\'' || c == U'\u2019') && end > at && next < head_.size() &&
                         is_word_char(code_point_at(head_, next).value) &&
                         !is_caseless(code_point_at(head_, next).value);
      if (!is_word_char(c) && !joins) break;
      end = next;
    }
    return end;
  }

  bool is_place_word(std::string_view word, bool is_first) const {
    const auto c = code_point_at(word, 0).value;
    if (word.find_first_of("0123456789") != std::string_view::npos) return false;
    return is_capital(c) || (is_caseless(c) && (is_first || !is_unspaced(c)));
  }

  /// A run of words with capitals, and small ones of few letters between them: "Rio de Janeiro", "Frankfurt am Main".
  bool read_place() {
    auto end = at_;
    std::size_t count = 0;
    for (auto begin = at_; begin < head_.size();) {
      const auto word_end = end_of_place_word(begin);
      const auto word = head_.substr(begin, word_end - begin);
      // "BERLIN dpa -", "ROME Feb 21 (Reuters) -"
      if (word.empty() || (count > 0 && (agency_over(begin) != nullptr || date_at(begin)))) break;
      if (is_place_word(word, count == 0)) {
        end = word_end;
        if (is_shortened(word, word_end)) end = word_end + 1;
        begin = end;
      } else if (count > 0 && count_code_points(word) <= particle_letters_max && !opens_phrase(begin) &&
                 goes_on_with_capital(word_end)) {
        begin = word_end;
      } else {
        break;
      }
      ++count;
      if (begin >= head_.size() || head_[begin] != ' ') break;
      ++begin;
    }
    if (count == 0) return false;
    const bool is_without_case = is_caseless(code_point_at(head_, at_).value);
    if (count > (is_without_case ? caseless_place_words_max : place_words_max)) return false;
    take_place({at_, end}, false);
    return true;
  }

  /// "St. Petersburg": a full stop that ends no dateline.
  bool is_shortened(std::string_view word, std::uint32_t end) const {
    return count_code_points(word) <= abbreviation_letters_max && end + 2 < head_.size() && head_[end] == '.' &&
           head_[end + 1] == ' ' && is_capital(code_point_at(head_, end + 2).value);
  }

  bool opens_phrase(std::uint32_t at) const {
    const auto words = std::span(words_).subspan(first_word_at(at));
    return tools_.phrases.match(words, OriginPhrases::Kind::conjunction).has_value();
  }

  bool goes_on_with_capital(std::uint32_t at) const {
    return at + 1 < head_.size() && head_[at] == ' ' && is_capital(code_point_at(head_, at + 1).value);
  }

  std::optional<std::uint32_t> town_of(std::string_view words) const {
    const auto folded = fold(words);
    for (const auto language : {language_, text_language_}) {
      const auto towns = tools_.knowledge.meanings(folded, knowledge::NameKind::town, language);
      if (!towns.empty()) return towns[0];
    }
    return {};
  }

  /// The first place stays, unless it is none that is known and a later part is: "Ahmet YILMAZ/ANKARA".
  void take_place(Span span, bool is_known) {
    at_ = span.end;
    last_is_place_ = true;
    const auto words = words_at(head_, span);
    const auto town = town_of(words);
    const bool is_better = !now_.date && !now_.agency && !now_.town && !now_.is_known_place && town;
    // "EAGLE COUNTY, Colorado -": what lies in a place that is known.
    if (now_.place && now_.is_place_in_capitals && !now_.date && is_country_or_town(words)) now_.is_known_place = true;
    if (now_.place && !is_better) return;
    now_.place = Span{whole_.begin + span.begin, whole_.begin + span.end};
    now_.town = town;
    now_.is_known_place = is_known || town;
    now_.is_place_in_capitals = is_in_capitals(words);
    now_.is_place_before_date = !now_.date;
  }

  bool is_country_or_town(std::string_view words) const {
    const auto folded = fold(words);
    return town_of(words) || !tools_.knowledge.meanings(folded, knowledge::NameKind::country, language_).empty();
  }

  // -- what the run is

  struct Run {
    std::optional<Span> place;
    std::optional<std::uint32_t> town;
    std::optional<Time> date;
    std::optional<std::string> agency;
    bool is_known_place = false;
    bool is_place_in_capitals = false;
    bool is_place_before_date = false;
    bool is_agency_in_bracket = false;
    bool is_agency_sure = false;
    bool has_origin = false;  ///< agencies that are not named, or a correspondent

    int count() const { return int(place.has_value()) + int(date.has_value()) + int(agency.has_value()); }
  };

  /// Whether a sentence may begin at `at`.
  bool begins_sentence(std::uint32_t at) const {
    while (at < head_.size()) {
      const auto [c, next] = code_point_at(head_, at);
      if (is_capital(c) || is_caseless(c)) return true;
      if (is_word_char(c)) return u_isdigit(static_cast<UChar32>(c)) != 0;
      if (!u_isUWhiteSpace(static_cast<UChar32>(c)) && !is_quote(c) && c != U'(' && c != U'[' && c != U'\u00BF' &&
          c != U'\u00A1') {
        return false;
      }
      at = next;
    }
    return true;
  }

  /// Whether the next words are capitals throughout, as in a headline.
  bool shouts(std::uint32_t at) const {
    const auto word = first_word_at(at);
    return word + 1 < words_.size() && is_in_capitals(words_at(head_, words_[word].span)) &&
           is_in_capitals(words_at(head_, words_[word + 1].span)) && words_[word].span.size() > 1;
  }

  bool is_dateline(End end, std::uint32_t at) const {
    const bool has_where_or_when = now_.place || now_.date;
    const bool has_dash = end == End::dash || end == End::stop_and_dash;
    if (end == End::line) {
      if (now_.agency && !now_.is_agency_in_bracket && now_.place && !is_place_sure()) return false;
      if (now_.agency) return is_own_line_ || now_.is_agency_in_bracket || has_where_or_when;
      return now_.date && now_.place && (now_.is_known_place || now_.is_place_in_capitals);
    }
    if (end == End::colon && !is_blank_at(at)) return false;
    if (now_.agency) {
      if (end == End::nothing) return begins_sentence(at) && is_blank_at(at);
      if (now_.is_agency_in_bracket) return true;
      if (end == End::stop && !is_blank_at(at)) return false;
      // "ANNA DOE, CNN ANCHOR:" is a line of a transcript.
      if (end == End::colon && !now_.is_known_place && !now_.date) return false;
      return (has_where_or_when || (now_.is_agency_sure && has_dash)) && begins_sentence(at);
    }
    if (!now_.place || !begins_sentence(at)) return false;
    if (has_dash && (now_.date || now_.has_origin)) return is_place_sure();
    if (end == End::stop_and_dash) return now_.is_known_place;
    if (end == End::nothing || !is_blank_behind(end, at) || !now_.is_known_place || shouts(at)) return false;
    return now_.is_place_in_capitals || (end != End::colon && is_town_before_sentence(at));
  }

  /// "Luanda - Der Präsident hat …", "Berlin. Die Feuerwehr kämpft …": a large town alone, a mark, and a sentence that does
  /// not come back to it behind another dash, as "Berlin – Hauptstadt des Landes – wählt" does.
  bool is_town_before_sentence(std::uint32_t at) const {
    if (!now_.town || best_ || dashes_ > 0) return false;
    if (tools_.knowledge.town(*now_.town).population < town_without_more_population_min) return false;
    if (now_.place->begin != whole_.begin || whole_.size() < sentence_bytes_min) return false;
    const auto rest = head_.substr(at);
    const auto word = first_word_at(at);
    if (rest.empty() || rest[0] != ' ' || word == words_.size() || words_[word].span.begin != at + 1) return false;
    for (std::uint32_t i = at; i < head_.size();) {
      const auto [c, next] = code_point_at(head_, i);
      if (is_dash(c) || (c == U'-' && i > 0 && head_[i - 1] == ' ')) return false;
      i = next;
    }
    return true;
  }

  /// "TESSALA, 12 maggio -" is a place that no gazetteer knows; "12.12.2022 | Energieversorgung" is none.
  bool is_place_sure() const { return now_.is_known_place || now_.is_place_in_capitals || now_.is_place_before_date; }

  bool is_blank_behind(End end, std::uint32_t at) const { return end == End::dash || is_blank_at(at); }

  /// Takes the run up to `at` where it is a dateline and says more than what was taken already.
  void consider(End end, std::uint32_t at) {
    if (!is_dateline(end, at)) return;
    if (best_ && now_.count() <= best_count_) {
      // "(ANSA).-" and "/ТАСС/.": marks behind what was taken.
      if (now_.count() == best_count_ && only_marks_between(best_->span.end - whole_.begin, at))
        best_->span.end = whole_.begin + at;
      return;
    }
    // "(Reuters) - Hamburg – a port": behind the first dash a place needs its date.
    if (best_ && !now_.date && !now_.is_place_in_capitals && best_->agency) return;
    best_ = Dateline{.block = block_,
                     .span = {whole_.begin, whole_.begin + at},
                     .place = now_.place,
                     .town = now_.town,
                     .date = now_.date,
                     .agency = now_.agency};
    best_count_ = now_.count();
  }

  bool only_marks_between(std::uint32_t begin, std::uint32_t end) const {
    const auto word = first_word_at(begin);
    return word == words_.size() || words_[word].span.begin >= end;
  }

  const Article& article_;
  const OriginTools& tools_;
  Language text_language_;
  Language language_;
  Span whole_;
  BlockIndex block_;
  std::string_view head_;
  std::vector<knowledge::Agencies::Found> agencies_;
  std::vector<OriginWord> words_;
  bool is_own_line_ = false;

  std::uint32_t at_ = 0;
  int dashes_ = 0;
  bool last_is_place_ = false;
  Run now_;
  std::optional<Dateline> best_;
  int best_count_ = 0;
};

Span trimmed(const Article& article, Span span) {
  const auto words = trim(article.words_at(span));
  const auto begin = static_cast<std::uint32_t>(words.data() - article.text.data());
  return {begin, begin + static_cast<std::uint32_t>(words.size())};
}

}  // namespace

std::optional<Dateline> find_dateline(const Article& article, const text::Text& text, const OriginTools& tools) {
  std::optional<Dateline> best;
  const auto weight = [](const Dateline& dateline) {
    return int(dateline.agency.has_value()) + int(dateline.date.has_value()) + int(dateline.place.has_value());
  };
  const auto consider = [&](BlockIndex block, bool is_own_line, bool is_first) {
    const Span whole = trimmed(article, article.blocks[block].content());
    auto found = Reader(article, text, tools, block, whole).read(is_own_line);
    // A place and a dash open many a paragraph of a list.
    if (!found || (!is_first && !found->agency)) return;
    if (!best || weight(*found) > weight(*best)) best = std::move(found);
  };
  int paragraphs = 0;
  for (BlockIndex i = 0; i < article.blocks.size() && paragraphs < paragraphs_max; ++i) {
    if (article.blocks[i].role != Role::body) continue;
    consider(i, false, paragraphs++ == 0);
    if (best) break;
  }
  for (BlockIndex i = 0; i < article.blocks.size(); ++i) {
    if (article.blocks[i].role == Role::dateline) consider(i, true, true);
  }
  return best;
}

}  // namespace depesche::facts
