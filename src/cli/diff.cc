#include <fmt/format.h>

#include "cli/cli.h"
#include "engine/engine.h"

namespace depesche::cli {
namespace {

/// The one article a path gives; nothing, with the reason on stderr, where it gives none or several.
std::optional<intake::Pile> read_one(const std::string& path, const knowledge::Knowledge& knowledge,
                                     const Common& common) {
  const std::vector paths = {path};
  auto pile = intake::read(paths, knowledge, intake_options(common));
  report_rejected(pile, common);
  if (pile.articles.size() == 1) return pile;
  if (pile.rejected.empty())
    fmt::print(stderr, "depesche: {}: diff takes one article, here are {}\n", path, pile.articles.size());
  return {};
}

}  // namespace

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
      auto a = read_one(options->a, knowledge, options->common);
      auto b = read_one(options->b, knowledge, options->common);
      if (!a || !b) {
        return int(some_input_rejected);
      }
      const Article& x = a->articles[0];
      const Article& y = b->articles[0];
      const auto x_body = copies::body_of(x, text::annotate(x, knowledge));
      const auto y_body = copies::body_of(y, text::annotate(y, knowledge));
      const auto alignment = copies::align(x_body, y_body);
      const auto shared = copies::shared_passages(x_body, y_body, alignment);
      const bool any_rejected = !a->rejected.empty() || !b->rejected.empty();
      return print(views::diff(x, y, alignment, shared, terminal()), any_rejected ? some_input_rejected : done);
    });
  });
}

}  // namespace depesche::cli
