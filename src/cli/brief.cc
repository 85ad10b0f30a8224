#include "cli/cli.h"
#include "engine/engine.h"

namespace depesche::cli {

void add_brief(CLI::App& program, int& status) {
  struct Options {
    Common common;
    std::vector<std::string> paths;
    DecisionsOption decisions;
    bool as_json = false;
    bool show_all = false;
  };
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("brief", "Who really stands behind each line of this pile");
  command->add_option("PATH", options->paths, "Files, folders (read recursively) or - for standard input")->required();
  command->add_flag("--json", options->as_json, "The picture as one JSON object (docs/formats/picture.md)");
  command->add_flag("--all", options->show_all, "Every statement, not the first dozen");
  options->decisions.add_to(*command);
  options->common.add_to(*command);
  command->callback([options, &status] {
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      const auto heeded = options->decisions.read(options->paths);
      if (!heeded) return int(some_input_rejected);
      const Picture picture =
          Engine(knowledge, intake_options(options->common), heeded->decisions).take_in(options->paths);
      const bool any_rejected = report_rejected(picture.pile, options->common);
      const bool any_unknown = report_unknown_languages(picture.pile, picture.texts);
      const auto shown = options->as_json ? views::picture_json(picture, knowledge)
                                          : views::brief(picture, {terminal(), options->show_all});
      return print(shown, any_rejected || any_unknown || heeded->any_damaged ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
