#include <fmt/format.h>

#include <algorithm>

#include "cli/cli.h"
#include "engine/engine.h"

namespace depesche::cli {
namespace {

struct Options {
  Common common;
  std::vector<std::string> paths;
  std::vector<std::string> fields;
  std::string only = "time,place,actor,statement,event,quantity,relation";
  std::string reference;
  bool as_table = false, as_csv = false, as_geojson = false, as_timeml = false;
};

std::vector<views::FactKind> kinds_of(std::string_view only) {
  std::vector<views::FactKind> kinds;
  while (!only.empty()) {
    const auto name = only.substr(0, only.find(','));
    const auto kind = views::fact_kind_of(name);
    if (!kind) throw CLI::ValidationError("--only", fmt::format("{} is no kind of fact", name));
    if (std::find(kinds.begin(), kinds.end(), *kind) == kinds.end()) kinds.push_back(*kind);
    only.remove_prefix(std::min(name.size() + 1, only.size()));
  }
  if (kinds.empty()) throw CLI::ValidationError("--only", "names no kind of fact");
  return kinds;
}

std::optional<Instant> reference_of(const std::string& written) {
  const auto instant = parse_iso(written);
  if (!instant || instant->precision != Precision::day || !facts::is_creation_day(*instant))
    throw CLI::ValidationError("--reference", fmt::format("{} is no day, such as 2024-11-27", written));
  return instant;
}

}  // namespace

void add_facts(CLI::App& program, int& status) {
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("facts", "What each article says: when, where, who, and who said what");
  command->add_option("PATH", options->paths, "Files, folders (read recursively) or - for standard input")->required();
  command
      ->add_option("--only", options->only,
                   "Kinds of facts, parted by commas: time, place, actor, statement, event, quantity, relation")
      ->capture_default_str();
  auto* table = command->add_flag("--table", options->as_table, "A table for a person");
  auto* csv = command->add_flag("--csv", options->as_csv, "CSV, a passage a row")->excludes(table);
  auto* geojson =
      command->add_flag("--geojson", options->as_geojson, "The places as GeoJSON")->excludes(table)->excludes(csv);
  command
      ->add_flag("--timeml", options->as_timeml, "Each text as it was given, its times marked as TIMEX3 (TimeML 1.2.1)")
      ->excludes(table)
      ->excludes(csv)
      ->excludes(geojson);
  const auto* given =
      command->add_option("--reference", options->reference, "When articles were made that do not say so, YYYY-MM-DD");
  add_field_option(*command, options->fields);
  options->common.add_to(*command);
  command->callback([options, given, &status] {
    const auto kinds = kinds_of(options->only);
    const auto reference = given->empty() ? std::nullopt : reference_of(options->reference);
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      auto intake = intake_options(options->common);
      add_fields(options->fields, intake);
      const Picture picture = Engine(knowledge, intake).read_facts(options->paths, reference);
      Output out;
      const views::Sink sink = [&](std::string_view text) { out.write(text); };
      if (options->as_timeml) {
        views::write_timeml(picture, sink);
      } else {
        const auto format = options->as_table     ? views::FactFormat::table
                            : options->as_csv     ? views::FactFormat::csv
                            : options->as_geojson ? views::FactFormat::geojson
                                                  : views::FactFormat::json;
        views::write_facts(picture, knowledge, {kinds, format, terminal()}, sink);
      }
      const bool any_rejected = report_rejected(picture.pile, options->common);
      const bool any_unknown = report_unknown_languages(picture.pile, picture.texts);
      return out.finish(any_rejected || any_unknown ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
