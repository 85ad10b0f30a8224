#include <fmt/format.h>

#include <memory>

#include "cli/cli.h"

namespace depesche::cli {

void add_knowledge(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("knowledge", "What is known beforehand: names, towns, language packs");
  command->require_subcommand(1);
  command->add_subcommand("build", "Compile it anew from the packages installed")->callback([&status] {
    knowledge::Options options;
    options.progress = [](std::string_view what) { fmt::print(stderr, "depesche: knowledge: {}\n", what); };
    const auto built = knowledge::Knowledge::build(options);
    if (!built.has_value()) {
      fmt::print(stderr, "depesche: {}\n", describe(built.error()));
      status = service_unavailable;
      return;
    }
    status = print(views::knowledge_report(*built, terminal()), done);
  });
  command->add_subcommand("show", "What is in it, from where, under which licence, and what is missing")
      ->callback([&status] {
        with_knowledge({}, status, [](const knowledge::Knowledge& knowledge) {
          return print(views::knowledge_report(knowledge, terminal()), done);
        });
      });
  struct Words {
    std::string language;
    std::vector<std::string> words;
  };
  auto words = std::make_shared<Words>();
  auto* word = command->add_subcommand(
      "word", "What words mean by the dictionaries: what they are matched by in other languages");
  word->add_option("LANGUAGE", words->language, "ISO 639-1, such as fr")->required();
  word->add_option("WORD", words->words, "Words as they are printed")->required();
  word->callback([words, &status] {
    with_knowledge({}, status, [&](const knowledge::Knowledge& knowledge) {
      std::string out;
      for (const auto& each : words->words)
        out += views::word_report(each, language_of_tag(words->language), knowledge);
      return print(out, done);
    });
  });
}

}  // namespace depesche::cli
