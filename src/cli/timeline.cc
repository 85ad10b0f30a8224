#include "cli/cli.h"
#include "engine/engine.h"

namespace depesche::cli {

void add_timeline(CLI::App& program, int& status) {
  struct Options {
    Common common;
    std::vector<std::string> paths;
    std::vector<std::string> fields;
    bool as_json = false;
  };
  auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("timeline", "What happened, by date, each event once however often it is told");
  command->add_option("PATH", options->paths, "Files, folders (read recursively) or - for standard input")->required();
  command->add_flag("--json", options->as_json, "One event a line, as in the picture (docs/formats/picture.md)");
  add_field_option(*command, options->fields);
  options->common.add_to(*command);
  command->callback([options, &status] {
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      auto intake = intake_options(options->common);
      add_fields(options->fields, intake);
      const Picture picture = Engine(knowledge, intake).take_in(options->paths);
      const bool any_rejected = report_rejected(picture.pile, options->common);
      const bool any_unknown = report_unknown_languages(picture.pile, picture.texts);
      const auto shown =
          options->as_json ? views::timeline_json(picture, knowledge) : views::timeline(picture, terminal());
      return print(shown, any_rejected || any_unknown ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
