// Golden stories: small piles of invented articles with what the program makes of them, in the words in which behaviour
// is discussed.
//
//   # a comment
//   article a 2026-03-05 en Harbour Wire | HAMBURG, March 5 (Reuters) - A warehouse …
//   | the next paragraph of the same article
//   ----
//   dispatch a b  origin Reuters
//
// The head of an article gives its id, its publication date or "-", its language or "-" and its outlet or "-". What
// stands behind "----" is written by the program: `story_test --update FILE…` records it anew, and the diff is what
// gets reviewed.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "engine/engine.h"

namespace depesche {
namespace {

struct Story {
  std::string head;  ///< everything up to and with the line "----"
  std::string told;  ///< what follows
};

struct Source {
  std::string id;
  std::string date;
  std::string language;
  std::string outlet;
  std::string text;
};

Result<Story> load(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return fail(Fault::not_found, "cannot be read", file.string());
  Story story;
  bool is_head = true;
  for (std::string line; std::getline(in, line);) {
    (is_head ? story.head : story.told).append(line).append("\n");
    if (line == "----") is_head = false;
  }
  if (is_head) story.head += "----\n";
  return story;
}

Result<std::vector<Source>> sources_of(const Story& story, const std::string& file) {
  std::vector<Source> sources;
  std::istringstream lines(story.head);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty() || line[0] == '#' || line == "----") continue;
    const auto where = fmt::format("{}:{}", file, number);
    if (line[0] == '|') {
      if (sources.empty()) return fail(Fault::bad_input, "a paragraph before the first article", where);
      sources.back().text.append("\n").append(line, std::min<std::size_t>(2, line.size()));
      continue;
    }
    const auto bar = line.find(" | ");
    std::istringstream head(line.substr(0, bar));
    std::string word;
    Source source;
    head >> word >> source.id >> source.date >> source.language;
    if (word != "article" || source.language.empty() || bar == std::string::npos) {
      return fail(Fault::bad_input, "neither \"article ID DATE LANGUAGE OUTLET | TEXT\" nor \"| TEXT\"", where);
    }
    std::getline(head >> std::ws, source.outlet);
    source.text = line.substr(bar + 3);
    sources.push_back(std::move(source));
  }
  return sources;
}

Picture picture_of(const std::vector<Source>& sources, const knowledge::Knowledge& knowledge) {
  intake::Pile pile;
  for (const Source& source : sources) {
    for (Article& article :
         intake::read_bytes(source.text, source.id + ".txt", source.id, knowledge, {}, pile.rejected)) {
      if (const auto date = parse_iso(source.date)) article.given_dates.push_back({*date, "publication date"});
      if (source.language != "-") article.declared_language = Language(source.language);
      if (source.outlet != "-") article.outlet = source.outlet;
      pile.articles.push_back(std::move(article));
    }
  }
  std::sort(pile.articles.begin(), pile.articles.end(), [](const Article& x, const Article& y) { return x.id < y.id; });
  return Engine(knowledge, {}).understand(std::move(pile));
}

/// What the program makes of a pile, a line a fact.
std::string tell(const Picture& picture) {
  std::string out;
  const auto id = [&](ArticleIndex i) { return picture.pile.articles[i].id; };
  for (const auto& rejected : picture.pile.rejected)
    out += fmt::format("rejected {}  {}\n", rejected.source, rejected.error.message);
  for (ArticleIndex i = 0; i < picture.pile.articles.size(); ++i) {
    const Article& article = picture.pile.articles[i];
    for (const Block& block : article.blocks) {
      if (block.role != Role::body)
        out += fmt::format("block    {}:{}  {}{}{}\n", article.id, block.line, name_of(block.role),
                           block.because.empty() ? "" : "  ", block.because);
    }
    const auto& written = picture.lineage.written[i];
    out += fmt::format(
        "written  {}  {}\n", article.id,
        written.date ? fmt::format("{}  {}: {}", iso(*written.date), written.basis, written.because) : "unknown");
    for (const auto& rejected : written.rejected)
      out += fmt::format("not      {}  {}  {}: {}\n", article.id, iso(rejected.date), rejected.where, rejected.why);
  }
  for (const auto& dispatch : picture.lineage.dispatches) {
    std::string members;
    for (const auto& member : dispatch.members) members.append(" ").append(id(member.article));
    out += fmt::format("dispatch{}  origin {}\n", members, dispatch.origin.agency.value_or("unstated"));
    for (const auto& member : dispatch.members) {
      if (member.from || member.relation == lineage::Relation::part) {
        out += fmt::format("edge     {} of {}  {} {:.2f}\n", id(member.article),
                           member.from ? id(*member.from) : "itself", lineage::name_of(member.relation), member.share);
      }
    }
  }
  for (const auto& row : picture.situation.ledger) {
    std::string where;
    for (const ArticleIndex i : row.articles) where.append(" ").append(id(i));
    const auto& [article, index] = row.occurrences[0];
    const auto& statement = picture.facts.articles[article].statements[index];
    std::string words;
    for (const Span span : statement.content)
      words.append(words.empty() ? "" : " … ").append(picture.pile.articles[article].words_at(span));
    out += fmt::format("says     {}  in{}  lines {}-{}  {}  \"{}\"\n", picture.facts.actors[row.first_mouth].name,
                       where, row.lines.low, row.lines.high, facts::name_of(statement.kind), words);
  }
  return out;
}

int run(const std::vector<std::string>& files, bool update) {
  const auto knowledge = knowledge::Knowledge::open();
  if (!knowledge.has_value()) {
    std::cerr << describe(knowledge.error()) << "\n";
    return 1;
  }
  int failed = 0;
  for (const std::string& file : files) {
    const auto story = load(file);
    const auto sources = story.has_value() ? sources_of(*story, file) : tl::make_unexpected(story.error());
    if (!sources.has_value()) {
      std::cerr << describe(sources.error()) << "\n";
      ++failed;
      continue;
    }
    const auto told = tell(picture_of(*sources, *knowledge));
    if (update) {
      std::ofstream(file) << (*story).head << told;
    } else if (told != (*story).told) {
      std::cerr << file << ": what is told is not what was recorded\n--- recorded\n"
                << (*story).told << "--- told\n"
                << told << "\n";
      ++failed;
    }
  }
  std::cerr << fmt::format("{} stories, {} failed\n", files.size(), failed);
  return failed == 0 && !files.empty() ? 0 : 1;
}

}  // namespace
}  // namespace depesche

int main(int argc, char** argv) {
  std::vector<std::string> files;
  bool update = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--update") {
      update = true;
    } else {
      files.emplace_back(argv[i]);
    }
  }
  return depesche::run(files, update);
}
