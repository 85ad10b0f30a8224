#include "cli/cli.h"
#include "engine/engine.h"

namespace depesche::cli {

void add_diff(CLI::App& program, int& status) {
  struct Options {
    Common common;
    std::string a;
    std::string b;
  };
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("diff", "Two articles side by side, aligned");
  command->add_option("A", options->a, "A file that holds one article")->required();
  command->add_option("B", options->b, "Another")->required();
  options->common.add_to(*command);
  command->callback([options, &status] {
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      auto a = read_one(options->a, "diff", knowledge, options->common);
      auto b = read_one(options->b, "diff", knowledge, options->common);
      if (!a || !b) {
        return int(some_input_rejected);
      }
      Picture picture;
      picture.pile.articles = {std::move(a->articles[0]), std::move(b->articles[0])};
      picture.texts = text::annotate(picture.pile.articles, knowledge);
      const auto alignment =
          copies::align(picture.pile.articles[0], picture.texts[0], picture.pile.articles[1], picture.texts[1]);
      const bool any_rejected = !a->rejected.empty() || !b->rejected.empty();
      return print(views::diff(picture, 0, 1, alignment, terminal()), any_rejected ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
