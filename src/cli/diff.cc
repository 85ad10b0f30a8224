#include "cli/cli.h"
#include "copies/meanings.h"
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
    check_inputs_differ(options->a, options->b);
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      auto a = read_one(options->a, "diff", knowledge, options->common);
      auto b = read_one(options->b, "diff", knowledge, options->common);
      if (!a || !b) {
        return int(some_input_rejected);
      }
      const Article& x = a->articles[0];
      const Article& y = b->articles[0];
      const auto body_of = [&](const Article& article) {
        return copies::body_of(article, text::annotate(article, knowledge), knowledge);
      };
      const auto x_body = body_of(x);
      const auto y_body = body_of(y);
      const auto alignment = copies::align_by_language(x_body, y_body);
      const auto shared = copies::shared_passages(x_body, y_body, alignment);
      const bool any_rejected = !a->rejected.empty() || !b->rejected.empty();
      return print(views::diff(x, y, alignment, shared, terminal()), any_rejected ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
