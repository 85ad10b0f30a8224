#include <fmt/format.h>

#include "cli/cli.h"
#include "engine/engine.h"

namespace depesche::cli {

void add_export(CLI::App& program, int& status) {
  struct Options {
    Common common;
    std::vector<std::string> paths;
    std::vector<std::string> fields;
    std::string format;
  };
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("export", "What happened, in the shapes in which others keep events");
  command->add_option("PATH", options->paths, "Files, folders (read recursively) or - for standard input")->required();
  command->add_option("--as", options->format, "plover (CSV) or gdelt (rows of GDELT 2.0 events)")->required();
  add_field_option(*command, options->fields);
  options->common.add_to(*command);
  command->callback([options, &status] {
    const auto format = views::export_format_of(options->format);
    if (!format) throw CLI::ValidationError("--as", fmt::format("{} is neither plover nor gdelt", options->format));
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      auto intake = intake_options(options->common);
      add_fields(options->fields, intake);
      const Picture picture = Engine(knowledge, intake).take_in(options->paths);
      const bool any_rejected = report_rejected(picture.pile, options->common);
      const bool any_unknown = report_unknown_languages(picture.pile, picture.texts);
      return print(views::exported(picture, *format), any_rejected || any_unknown ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
