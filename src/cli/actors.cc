#include "cli/cli.h"
#include "engine/engine.h"

namespace depesche::cli {

void add_actors(CLI::App& program, int& status) {
  struct Options {
    Common common;
    std::vector<std::string> paths;
    std::vector<std::string> fields;
    bool as_json = false;
    bool with_mentions = false;
  };
  auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("actors", "Who is named: persons, states, bodies, groups, agencies, by all their names");
  command->add_option("PATH", options->paths, "Files, folders (read recursively) or - for standard input")->required();
  auto* as_json =
      command->add_flag("--json", options->as_json, "One actor a line, as in the picture (docs/formats/picture.md)");
  command->add_flag("--mentions", options->with_mentions, "Each place where an actor or place is named, one a line")
      ->needs(as_json);
  add_field_option(*command, options->fields);
  options->common.add_to(*command);
  command->callback([options, &status] {
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      auto intake = intake_options(options->common);
      add_fields(options->fields, intake);
      const Picture picture = Engine(knowledge, intake).read_undated_facts(options->paths);
      const bool any_rejected = report_rejected(picture.pile, options->common);
      const bool any_unknown = report_unknown_languages(picture.pile, picture.texts);
      const auto shown = options->with_mentions ? views::mentions_json(picture, knowledge)
                         : options->as_json     ? views::actors_json(picture, knowledge)
                                                : views::actors(picture, terminal());
      return print(shown, any_rejected || any_unknown ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
