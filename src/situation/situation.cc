// A copy is not a source: what is counted is origins, not pages.
//
// Statements that share most of their words are one row, whoever prints them. Its lines are the dispatches it stands
// in, with all dispatches of one agency as one. An unnamed origin may be an agency that is already counted, or a line
// of its own, so the count is an interval: the named agencies at least (one, where none is named), all origins at most.
// Ten papers that print one AFP text are one line, 1 to 1; AFP and two texts of unstated origin are 1 to 3.
//
// A row grows around its fullest statement: a statement joins where enough of its own word runs stand in that one, and
// where nothing says that it is another: a number that the fuller one does not have, a negation more or less, another
// person's mouth. "12 were killed" and "21 were killed" share all their words but one, and are not one statement.
//
// What an outlet adds to a dispatch it prints is its own report: a line of unstated origin.
#include "situation/situation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "core/ids.h"
#include "core/unicode.h"

namespace depesche::situation {
namespace {

constexpr int run_words = 3;
/// Share of a statement's runs of three words that must stand in the fullest statement of the row.
constexpr double same_statement_share_min = 0.5;
/// "wir sind zuversichtlich" is said by everybody: a statement below this joins only its letter-for-letter equal.
constexpr std::size_t same_statement_runs_min = 2;

using Runs = std::vector<std::uint64_t>;

/// The hashes of all runs of words in a statement, sorted, each once; of its single words where it has fewer than
/// three.
Runs runs_of(const facts::Statement& statement, const text::Text& text) {
  std::vector<std::uint64_t> words;
  for (const Span content : statement.content) {
    const auto first =
        std::lower_bound(text.tokens.begin(), text.tokens.end(), content.begin,
                         [](const text::Token& token, std::uint32_t at) { return token.span.begin < at; });
    for (auto token = first; token != text.tokens.end() && token->span.begin < content.end; ++token) {
      if (token->kind != text::TokenKind::mark) words.push_back(token->form);
    }
  }
  Runs runs;
  for (std::size_t i = 0; i + run_words <= words.size(); ++i) {
    runs.push_back((words[i] * 31 + words[i + 1]) * 31 + words[i + 2]);
  }
  if (runs.empty()) runs = words;
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

class Weigher {
 public:
  Weigher(const lineage::Lineage& lineage, const facts::Facts& facts, std::span<const Article> articles,
          std::span<const text::Text> texts)
      : lineage_(lineage), facts_(facts), articles_(articles), texts_(texts) {
    for (std::size_t d = 0; d < lineage.dispatches.size(); ++d) {
      for (const auto& member : lineage.dispatches[d].members) {
        for (const BlockIndex block : member.blocks) dispatches_of_[{member.article, block}].push_back(d);
        main_dispatch_.try_emplace(member.article, d);
      }
    }
  }

  std::vector<LedgerRow> ledger() const {
    std::vector<Occurrence> all;
    std::map<Occurrence, Runs> runs;
    for (ArticleIndex a = 0; a < articles_.size(); ++a) {
      for (std::uint32_t s = 0; s < facts_.articles[a].statements.size(); ++s) {
        all.push_back({a, s});
        runs[all.back()] = runs_of(facts_.articles[a].statements[s], texts_[a]);
      }
    }
    std::stable_sort(all.begin(), all.end(),
                     [&](const Occurrence& x, const Occurrence& y) { return runs[x].size() > runs[y].size(); });

    std::vector<LedgerRow> rows;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>>
        rows_with;  // a run → the rows whose fullest statement has it
    for (const Occurrence& occurrence : all) {
      const auto row = row_for(occurrence, rows_with, rows, runs);
      if (row) {
        rows[*row].occurrences.push_back(occurrence);
        continue;
      }
      for (const auto run : runs[occurrence]) rows_with[run].push_back(rows.size());
      rows.emplace_back().occurrences.push_back(occurrence);
    }
    for (LedgerRow& row : rows) finish(row);
    std::sort(rows.begin(), rows.end(), [](const LedgerRow& x, const LedgerRow& y) {
      const auto key = [](const LedgerRow& row) {
        return std::tuple(-static_cast<long>(row.articles.size()), row.lines.high, row.occurrences[0]);
      };
      return key(x) < key(y);
    });
    return rows;
  }

  std::vector<Unknown> unknown() const {
    std::vector<Unknown> open;
    for (ArticleIndex a = 0; a < articles_.size(); ++a) {
      const auto& written = lineage_.written[a];
      if (!texts_[a].language.is_known()) open.push_back({a, "language", "no language is recognised in the text"});
      if (!written.date) {
        open.push_back({a, "date",
                        written.earliest           ? written.because
                        : written.rejected.empty() ? "no dateline, no date given, and no other printing that has one"
                                                   : "the only dates found stand in lines set aside"});
      }
      const auto dispatch = main_dispatch_.find(a);
      if (dispatch != main_dispatch_.end() && !lineage_.dispatches[dispatch->second].origin.agency) {
        open.push_back({a, "origin", "no dateline and no credit names an agency, here or in another printing"});
      }
    }
    return open;
  }

  /// `own_reports`: articles that tell it in what they add to a dispatch.
  Lines lines_of(const std::vector<std::size_t>& dispatches, std::uint32_t own_reports = 0) const {
    std::set<std::string> named;
    std::uint32_t unnamed = own_reports;
    std::set<Language> languages;
    for (const std::size_t d : dispatches) {
      const auto& origin = lineage_.dispatches[d].origin;
      languages.insert(origin.language);
      if (origin.agency) {
        named.insert(*origin.agency);
      } else {
        ++unnamed;
      }
    }
    Lines lines;
    lines.low = std::max<std::uint32_t>(static_cast<std::uint32_t>(named.size()),
                                        dispatches.empty() && own_reports == 0 ? 0 : 1);
    lines.high = static_cast<std::uint32_t>(named.size()) + unnamed;
    if (!named.empty()) lines.because.push_back(fmt::format("named: {}", fmt::join(named, ", ")));
    if (unnamed > 0) {
      lines.because.push_back(fmt::format("{} of unstated origin, {}", unnamed,
                                          named.empty() ? "which may all be one" : "which may be one of these"));
    }
    if (languages.size() > 1) lines.because.emplace_back("texts in different languages are counted as different lines");
    return lines;
  }

 private:
  std::optional<std::size_t> row_for(const Occurrence& occurrence,
                                     const std::unordered_map<std::uint64_t, std::vector<std::size_t>>& rows_with,
                                     const std::vector<LedgerRow>& rows,
                                     const std::map<Occurrence, Runs>& all_runs) const {
    const Runs& runs = all_runs.at(occurrence);
    std::map<std::size_t, std::size_t> shared;
    for (const auto run : runs) {
      const auto found = rows_with.find(run);
      if (found == rows_with.end()) continue;
      for (const std::size_t row : found->second) ++shared[row];
    }
    std::optional<std::size_t> best;
    std::size_t most = 0;
    for (const auto& [row, count] : shared) {
      const Occurrence& fullest = rows[row].occurrences[0];
      const bool is_equal = count == runs.size() && all_runs.at(fullest).size() == runs.size();
      const bool is_enough = count >= same_statement_runs_min &&
                             static_cast<double>(count) >= same_statement_share_min * static_cast<double>(runs.size());
      if ((!is_equal && !is_enough) || count <= most || contradict(fullest, occurrence)) continue;
      best = row;
      most = count;
    }
    return best;
  }

  /// Whether two statements in much the same words are not the same statement.
  bool contradict(const Occurrence& fuller, const Occurrence& other) const {
    const auto& x = statement(fuller);
    const auto& y = statement(other);
    if (x.is_denied != y.is_denied || x.negations != y.negations) return true;
    const auto of_x = numbers_in(fuller);
    const auto of_y = numbers_in(other);
    if (!std::includes(of_x.begin(), of_x.end(), of_y.begin(), of_y.end())) return true;
    const auto& mouth_x = facts_.actors[x.actor];
    const auto& mouth_y = facts_.actors[y.actor];
    if (mouth_x.type != facts::ActorType::person || mouth_y.type != facts::ActorType::person) return false;
    return last_word(mouth_x.name) != last_word(mouth_y.name);
  }

  /// The values that a statement names, sorted.
  std::vector<double> numbers_in(const Occurrence& occurrence) const {
    std::vector<double> values;
    for (const auto& number : texts_[occurrence.article].numbers) {
      for (const Span content : statement(occurrence).content) {
        if (content.contains(number.span)) values.push_back(number.value);
      }
    }
    std::sort(values.begin(), values.end());
    return values;
  }

  static std::string last_word(std::string_view name) {
    const auto folded = fold(name);
    return folded.substr(folded.rfind(' ') == std::string::npos ? 0 : folded.rfind(' ') + 1);
  }

  void finish(LedgerRow& row) const {
    std::sort(row.occurrences.begin() + 1, row.occurrences.end());
    std::set<ArticleIndex> articles;
    std::set<std::size_t> dispatches;
    std::set<ArticleIndex> own_reports;  // told in what a printing adds to its dispatch
    for (const Occurrence& occurrence : row.occurrences) {
      articles.insert(occurrence.article);
      const auto found = dispatches_of_.find({occurrence.article, statement(occurrence).block});
      if (found != dispatches_of_.end()) {
        dispatches.insert(found->second.begin(), found->second.end());
      } else {
        own_reports.insert(occurrence.article);
      }
    }
    row.articles.assign(articles.begin(), articles.end());
    row.dispatches.assign(dispatches.begin(), dispatches.end());
    row.lines = lines_of(row.dispatches, static_cast<std::uint32_t>(own_reports.size()));
    row.first_mouth = statement(row.occurrences[0]).actor;
    const auto& fullest = row.occurrences[0];
    std::string content = articles_[fullest.article].id;
    for (const Span span : statement(fullest).content) content += articles_[fullest.article].words_at(span);
    row.id = content_id("r", content);
  }

  const facts::Statement& statement(const Occurrence& occurrence) const {
    return facts_.articles[occurrence.article].statements[occurrence.statement];
  }

  const lineage::Lineage& lineage_;
  const facts::Facts& facts_;
  std::span<const Article> articles_;
  std::span<const text::Text> texts_;
  std::map<std::pair<ArticleIndex, BlockIndex>, std::vector<std::size_t>> dispatches_of_;
  std::map<ArticleIndex, std::size_t> main_dispatch_;
};

}  // namespace

Situation weigh(std::span<const stories::Story> stories, const lineage::Lineage& lineage, const facts::Facts& facts,
                std::span<const Article> articles, std::span<const text::Text> texts) {
  const Weigher weigher(lineage, facts, articles, texts);
  Situation situation;
  situation.ledger = weigher.ledger();
  situation.unknown = weigher.unknown();
  for (const auto& story : stories) situation.story_lines.push_back(weigher.lines_of(story.dispatches));
  return situation;
}

}  // namespace depesche::situation
