#include "cli/cli.h"
#include "text/text.h"

namespace depesche::cli {

void add_read(CLI::App& program, int& status) {
  struct Options {
    Common common;
    std::vector<std::string> paths;
    std::vector<std::string> fields;
    bool with_blocks = false;
  };
  auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("read", "Clean articles out of text, HTML, JSON Lines or WARC, one JSON line each");
  command->add_option("PATH", options->paths, "Files, folders (read recursively) or - for standard input")->required();
  command->add_flag("--blocks", options->with_blocks, "Also every line with its role, and why it was set aside");
  add_field_option(*command, options->fields);
  options->common.add_to(*command);
  command->callback([options, &status] {
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      auto intake = intake_options(options->common);
      add_fields(options->fields, intake);
      const auto pile = intake::read(options->paths, knowledge, intake);
      const auto texts = text::annotate(pile.articles, knowledge, intake.threads);
      std::string lines;
      for (std::size_t i = 0; i < pile.articles.size(); ++i) {
        lines += views::article_json(pile.articles[i], texts[i].language, options->with_blocks);
      }
      const bool any_rejected = report_rejected(pile, options->common);
      const bool any_unknown = report_unknown_languages(pile, texts);
      return print(lines, any_rejected || any_unknown ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
