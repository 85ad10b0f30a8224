#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/unicode.h"
#include "views/paper.h"
#include "views/views.h"

namespace depesche::views {
namespace {

constexpr std::size_t rows_shown = 12;
constexpr std::size_t ids_shown = 40;
constexpr int narrow_width = 72;  ///< below this, columns become lines

/// A letter for each relation, so that colour is never the only sign.
char letter_of(lineage::Relation relation) {
  switch (relation) {
    case lineage::Relation::copy: return 'C';
    case lineage::Relation::cut: return 'S';
    case lineage::Relation::extended: return 'E';
    case lineage::Relation::rewrite: return 'R';
    case lineage::Relation::translation: return 'T';
    case lineage::Relation::part: return 'X';
    case lineage::Relation::sibling: return 'R';
  }
  return '?';
}

/// What a printing does to the text it was taken from.
std::string_view verb_of(lineage::Relation relation) {
  switch (relation) {
    case lineage::Relation::copy: return "copies";
    case lineage::Relation::cut: return "shortens";
    case lineage::Relation::extended: return "extends";
    case lineage::Relation::rewrite: return "rewords";
    case lineage::Relation::translation: return "translates";
    case lineage::Relation::part: return "takes from";
    case lineage::Relation::sibling: return "says in other words";
  }
  return "";
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

/// A, B, … Z, AA, AB, …
std::string letters(std::size_t i) {
  std::string name(1, static_cast<char>('A' + i % 26));
  return i < 26 ? name : letters(i / 26 - 1) + name;
}

std::string interval(const situation::Lines& lines) {
  return lines.low == lines.high ? fmt::format("{}", lines.low) : fmt::format("{}-{}", lines.low, lines.high);
}

class Brief {
 public:
  Brief(const Picture& picture, const BriefOptions& options)
      : picture_(picture), options_(options), paper_(options.terminal) {
    for (const Article& article : picture.pile.articles) id_width_ = std::max(id_width_, terminal_width(article.id));
    id_width_ = std::min(id_width_, std::max(8, paper_.width() / 4));
  }

  std::string run() {
    head();
    if (picture_.pile.articles.empty()) return paper_.take();
    dispatches();
    statements();
    unknown();
    return paper_.take();
  }

 private:
  const Article& at(ArticleIndex i) const { return picture_.pile.articles[i]; }

  // -- the first lines -------------------------------------------------------------------------------------------

  void head() {
    const auto& articles = picture_.pile.articles;
    std::string line = counted(articles.size(), "article", "articles");
    std::map<std::string, std::size_t> languages;
    for (const auto& text : picture_.texts) ++languages[text.language.code()];
    std::vector<std::pair<std::string, std::size_t>> by_count(languages.begin(), languages.end());
    std::stable_sort(by_count.begin(), by_count.end(),
                     [](const auto& x, const auto& y) { return x.second > y.second; });
    for (std::size_t i = 0; i < by_count.size(); ++i)
      line += fmt::format("{}{} {}", i == 0 ? " · " : ", ", by_count[i].first, by_count[i].second);
    for (const auto& story : picture_.stories) {
      if (!story.from || !story.to) continue;
      const auto from = iso(*story.from);
      const auto to = iso(*story.to);
      line += from == to ? fmt::format(" · told {}", from) : fmt::format(" · told {} to {}", from, to);
    }
    std::size_t repeats = 0;
    std::size_t machinery = 0;
    std::size_t repairs = 0;
    for (const Article& article : articles) {
      repairs += article.repairs.size();
      for (const Block& block : article.blocks) {
        repeats += block.role == Role::repeat;
        machinery += block.role == Role::boilerplate;
      }
    }
    if (repeats + machinery > 0) {
      line += fmt::format(" · set aside {} and {}", counted(repeats, "repeated line", "repeated lines"),
                          counted(machinery, "line of page machinery", "lines of page machinery"));
    }
    if (repairs > 0) line += " · " + counted(repairs, "repair", "repairs");
    paper_.line(line, 2, Ink::heading);
  }

  // -- dispatches ------------------------------------------------------------------------------------------------

  void dispatches() {
    std::map<std::string, std::size_t> named;
    std::size_t unstated = 0;
    for (const auto& dispatch : picture_.lineage.dispatches) {
      if (dispatch.origin.agency) {
        ++named[*dispatch.origin.agency];
      } else {
        ++unstated;
      }
    }
    std::vector<std::string> names;
    for (const auto& [name, count] : named)
      names.push_back(count == 1 ? name : fmt::format("{} {} times", name, count));
    paper_.blank();
    std::string line =
        fmt::format("DISPATCHES   {} -> {}", counted(picture_.pile.articles.size(), "article", "articles"),
                    counted(picture_.lineage.dispatches.size(), "dispatch", "dispatches"));
    if (!names.empty())
      line += fmt::format(", {} named ({})", counted(names.size(), "line", "lines"), fmt::join(names, ", "));
    if (unstated > 0) line += fmt::format(", {} of unstated origin", unstated);
    paper_.line(line, 13, Ink::heading);
    for (std::size_t d = 0; d < picture_.lineage.dispatches.size(); ++d) dispatch(d);
    legend();
  }

  void dispatch(std::size_t d) {
    const auto& dispatch = picture_.lineage.dispatches[d];
    std::string line = fmt::format("{:<3}{}", letters(d), dispatch.origin.agency.value_or("unstated"));
    if (dispatch.origin.place) line += ", " + on_one_line(*dispatch.origin.place);
    if (dispatch.origin.date) line += ", " + iso(cut_to(*dispatch.origin.date, Precision::day));
    paper_.line(line, 3, Ink::heading);
    for (const auto& member : dispatch.members) this->member(dispatch, member);
    for (const auto& decided : dispatch.decided) paper_.line("   " + on_one_line(decided), 6, Ink::faint);
  }

  void member(const lineage::Dispatch& dispatch, const lineage::Member& member) {
    const Article& article = at(member.article);
    const auto language = picture_.texts[member.article].language.code();
    std::string line =
        fmt::format("   {}  {}  {}  {}", letter_of(member.relation),
                    padded(shortened(on_one_line(article.id), id_width_), id_width_), language, what(dispatch, member));
    paper_.line(line, 12 + id_width_);
    const auto& dateline = picture_.facts.articles[member.article].dateline;
    if (dateline && member.relation != lineage::Relation::part) {
      note(fmt::format("\"{}\"", on_one_line(article.words_at(dateline->span))));
    }
    // A composite stands under several dispatches; what is known of its date is said once.
    if (!dated_.insert(member.article).second) return;
    const auto& written = picture_.lineage.written[member.article];
    if (written.date && written.basis == "inferred")
      note(fmt::format("date {}: {}", iso(*written.date), written.because));
    for (const auto& rejected : written.rejected) {
      note(fmt::format("not {} ({}: {})", iso(rejected.date), rejected.where, rejected.why));
    }
  }

  void note(const std::string& text) {
    const int indent = 12 + (paper_.width() < narrow_width ? -6 : id_width_);
    paper_.line(std::string(static_cast<std::size_t>(indent), ' ') + text, indent, Ink::faint);
  }

  std::string what(const lineage::Dispatch& dispatch, const lineage::Member& member) const {
    std::string text;
    const bool is_alone = dispatch.members.size() == 1;
    const std::size_t repeats = std::count_if(at(member.article).blocks.begin(), at(member.article).blocks.end(),
                                              [](const Block& b) { return b.role == Role::repeat; });
    if (member.relation == lineage::Relation::part) {
      text = member.from
                 ? fmt::format("composite: {} from {}", counted(member.blocks.size(), "paragraph", "paragraphs"),
                               on_one_line(at(*member.from).id))
                 : fmt::format("composite: the other {}, found nowhere else here",
                               counted(member.blocks.size(), "paragraph", "paragraphs"));
      text += fmt::format(" ({:.0f} % of its words)", 100 * member.share);
    } else if (!member.from) {
      const bool is_datelined = picture_.facts.articles[member.article].dateline.has_value();
      text = is_alone ? "the only printing" : is_datelined ? "the text as sent" : "the fullest printing here";
      if (is_alone && !at(member.article).title.empty())
        text = fmt::format("the only printing: {}", on_one_line(at(member.article).title));
    } else {
      text = fmt::format("{} {}", verb_of(member.relation), on_one_line(at(*member.from).id));
      if (member.relation == lineage::Relation::extended)
        text += fmt::format(", {:.0f} % its own", 100 * (1 - member.share));
      if (member.direction != lineage::Direction::from_first) text += ", or the other way round";
    }
    if (repeats > 0) text += fmt::format("; {} printed again", counted(repeats, "line", "lines"));
    return text;
  }

  void legend() {
    std::string line;
    for (const auto& [relation, name] :
         {std::pair(lineage::Relation::copy, "copy"), std::pair(lineage::Relation::cut, "shortened"),
          std::pair(lineage::Relation::extended, "extended"), std::pair(lineage::Relation::rewrite, "reworded"),
          std::pair(lineage::Relation::translation, "translation"), std::pair(lineage::Relation::part, "composite")}) {
      const bool is_used = std::any_of(picture_.lineage.dispatches.begin(), picture_.lineage.dispatches.end(),
                                       [r = relation](const auto& dispatch) {
                                         return std::any_of(dispatch.members.begin(), dispatch.members.end(),
                                                            [r](const auto& member) { return member.relation == r; });
                                       });
      if (is_used) line += fmt::format("{}{} {}", line.empty() ? "   " : " · ", letter_of(relation), name);
    }
    paper_.line(line, 3, Ink::faint);
  }

  // -- statements ------------------------------------------------------------------------------------------------

  void statements() {
    const auto& ledger = picture_.situation.ledger;
    if (ledger.empty()) return;
    paper_.blank();
    const std::string title = fmt::format("STATEMENTS   {}", counted(ledger.size(), "statement", "statements"));
    const std::string columns = "articles  lines";
    const bool is_wide = paper_.width() >= narrow_width;
    paper_.line(is_wide ? padded(title, paper_.width() - static_cast<int>(columns.size())) + columns : title, 0,
                Ink::heading);
    const auto shown = options_.show_all ? ledger.size() : std::min(ledger.size(), rows_shown);
    bool any_thin = false;
    for (std::size_t i = 0; i < shown; ++i) {
      any_thin |= ledger[i].is_thinly_sourced();
      is_wide ? wide_row(i) : narrow_row(i);
    }
    if (any_thin)
      paper_.line("     ! = printed by more articles than reporting lines can stand behind it", 5, Ink::faint);
    if (shown < ledger.size())
      paper_.line(fmt::format("     {} more: depesche brief --all", ledger.size() - shown), 5, Ink::faint);
  }

  std::string mark(std::size_t i) const {
    return fmt::format("{:>3} {} ", i + 1, picture_.situation.ledger[i].is_thinly_sourced() ? '!' : ' ');
  }

  std::string quote(const situation::LedgerRow& row) const {
    const auto [article, index] = row.occurrences[0];
    const auto& statement = picture_.facts.articles[article].statements[index];
    std::string words;
    for (const Span span : statement.content)
      words += (words.empty() ? "" : " … ") + on_one_line(at(article).words_at(span));
    if (statement.is_denied) return "DENIED: " + words;
    // A demand, a fear or an accusation is no claim.
    if (statement.act != facts::SpeechAct::claims) return fmt::format("[{}] {}", facts::name_of(statement.act), words);
    return statement.kind == facts::StatementKind::direct ? "“" + words + "”" : words;
  }

  /// The first ids of many, and how many more there are.
  static void shorten(std::vector<std::string>& ids) {
    if (ids.size() <= ids_shown) return;
    const auto more = ids.size() - ids_shown;
    ids.resize(ids_shown);
    ids.push_back(fmt::format("and {} more", more));
  }

  std::string mouths(const situation::LedgerRow& row) const {
    std::vector<std::string> agencies;
    for (const std::size_t d : row.dispatches) {
      const auto& agency = picture_.lineage.dispatches[d].origin.agency;
      const std::string name = agency.value_or("unstated");
      if (std::find(agencies.begin(), agencies.end(), name) == agencies.end()) agencies.push_back(name);
    }
    std::vector<std::string> ids;
    for (const ArticleIndex i : row.articles) ids.push_back(on_one_line(at(i).id));
    shorten(ids);
    return fmt::format("{} <- {} <- {}", on_one_line(picture_.facts.actors[row.first_mouth].name),
                       fmt::join(agencies, ", "), fmt::join(ids, " "));
  }

  void wide_row(std::size_t i) {
    const auto& row = picture_.situation.ledger[i];
    const int numbers = 15;
    const int space = paper_.width() - 6 - numbers - 1;
    paper_.line(mark(i) + padded(shortened(quote(row), space), space) +
                    fmt::format(" {:>8}  {:>5}", row.articles.size(), interval(row.lines)),
                6, row.is_thinly_sourced() ? Ink::warning : Ink::plain);
    paper_.line("      " + mouths(row), 8, Ink::faint);
  }

  void narrow_row(std::size_t i) {
    const auto& row = picture_.situation.ledger[i];
    paper_.line(mark(i) + shortened(quote(row), 2 * paper_.width()), 6,
                row.is_thinly_sourced() ? Ink::warning : Ink::plain);
    paper_.line(fmt::format("      {}, {} {}", counted(row.articles.size(), "article", "articles"), interval(row.lines),
                            row.lines.high == 1 ? "line" : "lines"),
                6);
    paper_.line("      " + mouths(row), 8, Ink::faint);
  }

  // -- what is not known -----------------------------------------------------------------------------------------

  void unknown() {
    std::map<std::string, std::vector<std::string>> by_what;
    for (const auto& unknown : picture_.situation.unknown)
      by_what[unknown.what].push_back(on_one_line(at(unknown.article).id));
    if (by_what.empty()) return;
    paper_.blank();
    paper_.line("NOT KNOWN", 0, Ink::heading);
    for (auto& [what, ids] : by_what) {
      shorten(ids);
      paper_.line(fmt::format("   {:<9} {}", what, fmt::join(ids, " ")), 13);
    }
  }

  const Picture& picture_;
  const BriefOptions& options_;
  Paper paper_;
  int id_width_ = 0;
  std::set<ArticleIndex> dated_;
};

}  // namespace

std::string brief(const Picture& picture, const BriefOptions& options) { return Brief(picture, options).run(); }

}  // namespace depesche::views
