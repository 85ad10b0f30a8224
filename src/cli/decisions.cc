#include "lineage/decisions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>

#include "cli/cli.h"
#include "copies/meanings.h"
#include "core/names.h"
#include "engine/corpus.h"

namespace depesche::cli {
namespace {

using lineage::Decision;

constexpr std::size_t ids_told = 5;

/// What the commands that decide take beside their own.
struct Deciding {
  Common common;
  DecisionsOption decisions;
  std::vector<std::string> paths;
  std::vector<std::string> fields;
  std::string why;
};

void add_deciding(CLI::App& command, Deciding& options) {
  command.add_option("--why", options.why, "The reason, kept with the decision and told wherever it counts");
  add_field_option(command, options.fields);
  options.decisions.add_to(command);
  options.common.add_to(command);
}

Instant now() {
  using namespace std::chrono;
  const auto seconds = time_point_cast<std::chrono::seconds>(system_clock::now());
  const auto day = floor<days>(seconds);
  const hh_mm_ss time(seconds - day);
  Instant instant = day_from_epoch(day.time_since_epoch().count());
  instant.hour = static_cast<std::uint8_t>(time.hours().count());
  instant.minute = static_cast<std::uint8_t>(time.minutes().count());
  instant.second = static_cast<std::uint8_t>(time.seconds().count());
  instant.offset_minutes = 0;
  instant.precision = Precision::time;
  return instant;
}

/// Who is at the keyboard, as the system calls them; empty where it does not say.
std::string user() {
  const passwd* entry = ::getpwuid(::getuid());
  return entry != nullptr ? entry->pw_name : "";
}

int refuse(const std::string& why) {
  fmt::print(stderr, "depesche: {}\n", printable(why));
  return wrong_usage;
}

/// A file that cannot be written is a service that is not there; one that says what it should not is input.
int report(const Error& error) {
  fmt::print(stderr, "depesche: {}\n", printable(describe(error)));
  return error.fault == Fault::io ? service_unavailable : some_input_rejected;
}

int write(const Deciding& options, Decision decision, bool any_rejected) {
  decision.at = now();
  decision.by = user();
  decision.why = options.why;
  const auto path = options.decisions.path(options.paths);
  const auto number = lineage::append_decision(path, decision);
  if (!number.has_value()) return report(number.error());
  decision.number = *number;
  const auto fate = views::Fate::in_force;
  if (!options.common.is_quiet) fmt::print(stderr, "depesche: written to {}\n", printable(path));
  return print(views::decisions(std::span(&decision, 1), std::span(&fate, 1), terminal()),
               any_rejected ? some_input_rejected : done);
}

/// The dispatch that `family` names by the beginning of its id; nothing, with the reason on stderr, for none or several.
const lineage::Dispatch* find_family(const lineage::Families& families, const std::string& family) {
  std::vector<std::string_view> ids;
  const lineage::Dispatch* found = nullptr;
  for (const auto& dispatch : families.dispatches) {
    if (!dispatch.id.starts_with(family)) continue;
    found = &dispatch;
    ids.push_back(dispatch.id);
  }
  if (ids.size() == 1) return found;
  if (ids.empty()) {
    refuse(fmt::format("no family of these articles has an id that begins with \"{}\"", family));
    return nullptr;
  }
  const auto total = ids.size();
  ids.resize(std::min(total, ids_told));
  refuse(fmt::format("\"{}\" begins the ids of {} families: {}{}", family, total, fmt::join(ids, ", "),
                     total > ids_told ? ", …" : ""));
  return nullptr;
}

struct Split {
  Deciding deciding;
  std::string family;
  std::string article;
};

int split(const Split& options, const knowledge::Knowledge& knowledge) {
  const Deciding& deciding = options.deciding;
  const auto heeded = deciding.decisions.read(deciding.paths, DecisionsOption::Use::writing);
  if (!heeded) return some_input_rejected;
  auto intake = intake_options(deciding.common);
  add_fields(deciding.fields, intake);
  const Corpus corpus = gather(deciding.paths, knowledge, intake);
  const bool any_rejected = report_rejected(corpus.leftovers, deciding.common) || heeded->any_damaged;
  const auto shared = copies::match_all(corpus.bodies, progress_of("matching", deciding.common),
                                        progress_of("matching across languages", deciding.common));
  const auto families = lineage::find_families(corpus.printings, corpus.bodies, shared, heeded->decisions);
  const auto* family = find_family(families, options.family);
  if (family == nullptr) return wrong_usage;
  Decision decision;
  decision.kind = Decision::Kind::split;
  decision.family = family->id;
  for (const auto& member : family->members) {
    const auto& id = corpus.printings[member.article].id;
    (id == options.article ? decision.article : decision.others.emplace_back()) = id;
  }
  if (decision.article.empty())
    return refuse(fmt::format(
        "family {} has no article \"{}\"; it has {}{}", family->id, options.article,
        fmt::join(decision.others.begin(),
                  decision.others.begin() + std::min<std::ptrdiff_t>(ids_told, std::ssize(decision.others)), ", "),
        decision.others.size() > ids_told ? ", …" : ""));
  if (decision.others.empty())
    return refuse(fmt::format("family {} has no article but \"{}\"", family->id, options.article));
  return write(deciding, std::move(decision), any_rejected);
}

struct Join {
  Deciding deciding;
  std::string a;
  std::string b;
};

/// Whether all that was to be read was read; nothing, with the reason on stderr, where the articles lack one of the ids.
std::optional<bool> find_both(const Join& options, const knowledge::Knowledge& knowledge) {
  const Deciding& deciding = options.deciding;
  auto intake = intake_options(deciding.common);
  add_fields(deciding.fields, intake);
  const Corpus corpus = gather(deciding.paths, knowledge, intake);
  const bool any_rejected = report_rejected(corpus.leftovers, deciding.common);
  for (const std::string& id : {options.a, options.b}) {
    const bool is_there = std::any_of(corpus.printings.begin(), corpus.printings.end(),
                                      [&](const auto& printing) { return printing.id == id; });
    if (is_there) continue;
    refuse(fmt::format("none of these articles has the id \"{}\"", id));
    return {};
  }
  return !any_rejected;
}

/// `knowledge`: to read the articles with, where there are any.
int join(const Join& options, const knowledge::Knowledge* knowledge) {
  const Deciding& deciding = options.deciding;
  if (options.a == options.b) return refuse("an article cannot be joined with itself");
  const auto heeded = deciding.decisions.read(deciding.paths, DecisionsOption::Use::writing);
  if (!heeded) return some_input_rejected;
  const auto is_all_read = knowledge != nullptr ? find_both(options, *knowledge) : true;
  if (!is_all_read) return wrong_usage;
  Decision decision;
  decision.kind = Decision::Kind::join;
  decision.article = options.a;
  decision.others = {options.b};
  return write(deciding, std::move(decision), !*is_all_read || heeded->any_damaged);
}

struct Decide {
  Common common;
  DecisionsOption decisions;
  std::vector<std::string> paths;
  std::uint32_t undo = 0;
  bool as_json = false;
};

bool report_damaged(const lineage::DecisionsFile& file, const std::string& path) {
  for (const Error& error : file.damaged) report(error);
  if (const auto n = file.damaged.size(); n > 0)
    fmt::print(stderr, "depesche: {}: {} damaged {} nothing\n", printable(path), n,
               n == 1 ? "decision decides" : "decisions decide");
  return !file.damaged.empty();
}

int decide(const Decide& options) {
  const auto path = options.decisions.path(options.paths);
  if (options.undo > 0) {
    const auto undone = lineage::undo_decision(path, options.undo, now());
    if (!undone.has_value()) {
      const bool is_wrong_number = undone.error().fault == Fault::not_found || undone.error().fault == Fault::conflict;
      return is_wrong_number ? refuse(describe(undone.error())) : report(undone.error());
    }
    if (!options.common.is_quiet) fmt::print(stderr, "depesche: decision {} is undone\n", options.undo);
  }
  const auto file = lineage::read_decisions(path);
  if (!file.has_value()) {
    // Nobody has decided anything yet.
    if (file.error().fault == Fault::not_found && options.decisions.file.empty()) return done;
    return report(file.error());
  }
  const auto& decisions = (*file).decisions;
  const auto in_force = lineage::in_force(decisions);
  std::vector<views::Fate> fates(decisions.size());
  for (std::size_t i = 0; i < fates.size(); ++i) {
    if (decisions[i].is_undone) {
      fates[i] = views::Fate::undone;
    } else if (in_force.is_overridden[i]) {
      fates[i] = views::Fate::overridden;
    }
  }
  const bool any_damaged = report_damaged(*file, path);
  return print(
      options.as_json ? views::decisions_json(decisions, fates) : views::decisions(decisions, fates, terminal()),
      any_damaged ? some_input_rejected : done);
}

}  // namespace

void DecisionsOption::add_to(CLI::App& app) {
  app.add_option("--decisions", file,
                 "The file of a person's decisions (default: depesche.decisions.toml beside the articles)");
}

std::string DecisionsOption::path(std::span<const std::string> paths) const {
  namespace fs = std::filesystem;
  if (!file.empty()) return file;
  std::error_code error;
  if (paths.size() == 1 && fs::is_directory(paths[0], error))
    return (fs::path(paths[0]) / decisions_file_name).string();
  for (const std::string& path : paths) {
    if (path == "-" || !fs::exists(path, error) || fs::is_directory(path, error)) continue;
    return (fs::path(path).parent_path() / decisions_file_name).string();
  }
  return std::string(decisions_file_name);
}

std::optional<DecisionsOption::Heeded> DecisionsOption::read(std::span<const std::string> paths, Use use) const {
  const auto from = path(paths);
  const auto read = lineage::read_decisions(from);
  if (!read.has_value()) {
    const bool may_be_missing = file.empty() || use == Use::writing;
    if (may_be_missing && read.error().fault == Fault::not_found) return Heeded();
    report(read.error());
    return {};
  }
  return Heeded{lineage::in_force((*read).decisions).decisions, report_damaged(*read, from)};
}

void add_split(CLI::App& program, int& status) {
  auto options = std::make_shared<Split>();
  auto* command = program.add_subcommand(
      "split", "Decide that an article is no printing of a family's dispatch, for all later runs");
  command->add_option("FAMILY", options->family, "The family's id, or enough of its beginning")->required();
  command->add_option("ARTICLE", options->article, "The id of the article")->required();
  command
      ->add_option("PATH", options->deciding.paths,
                   "Files, folders (read recursively) or - for standard input, which the family was found in")
      ->required();
  add_deciding(*command, options->deciding);
  command->callback([options, &status] {
    with_knowledge(options->deciding.common, status,
                   [&](const knowledge::Knowledge& knowledge) { return split(*options, knowledge); });
  });
}

void add_join(CLI::App& program, int& status) {
  auto options = std::make_shared<Join>();
  auto* command = program.add_subcommand("join", "Decide that two articles print one dispatch, for all later runs");
  command->add_option("A", options->a, "The id of an article")->required();
  command->add_option("B", options->b, "The id of another")->required();
  command->add_option("PATH", options->deciding.paths, "Where they stand; their ids are checked where this is given");
  add_deciding(*command, options->deciding);
  command->callback([options, &status] {
    if (options->deciding.paths.empty()) {
      status = join(*options, nullptr);
    } else {
      with_knowledge(options->deciding.common, status,
                     [&](const knowledge::Knowledge& knowledge) { return join(*options, &knowledge); });
    }
  });
}

void add_decide(CLI::App& program, int& status) {
  auto options = std::make_shared<Decide>();
  auto* command = program.add_subcommand("decide", "What a person decided with split and join; takes decisions back");
  command->add_option("PATH", options->paths, "The articles that the decisions lie beside");
  command->add_option("--undo", options->undo, "Take the decision of this number back")->check(CLI::PositiveNumber);
  command->add_flag("--json", options->as_json, "One decision a line as JSON (docs/formats/decisions.md)");
  options->decisions.add_to(*command);
  options->common.add_to(*command);
  command->callback([options, &status] { status = decide(*options); });
}

}  // namespace depesche::cli
