#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>

#include "cli/cli.h"
#include "core/unicode.h"
#include "packs/packs.h"

namespace depesche::cli {
namespace {

double per_cent(std::uint32_t part, std::uint32_t whole) { return whole == 0 ? 0 : 100.0 * part / whole; }

std::string told(const packs::Coverage& found) {
  return fmt::format(
      "{} sentences, {:.1f} % with a cue of speech\n{} words, {:.1f} % known to the pack or a dictionary\n"
      "{} times, {} numbers, {} quantities\n",
      found.sentences, per_cent(found.sentences_with_cue, found.sentences), found.words,
      per_cent(found.words_known, found.words), found.times, found.numbers, found.quantities);
}

int check(const knowledge::Knowledge& knowledge, const std::string& code, const std::string& file) {
  const auto packs = knowledge.packs();
  const auto pack =
      std::find_if(packs.begin(), packs.end(), [&](const auto& one) { return one.language.code() == code; });
  if (pack == packs.end()) {
    fmt::print(stderr, "depesche: lang check: there is no data/lang/{}\n", printable(code));
    return wrong_usage;
  }
  std::string text;
  if (!file.empty()) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream bytes;
    if (!in || !(bytes << in.rdbuf())) {
      fmt::print(stderr, "depesche: lang check: {} cannot be read\n", printable(file));
      return wrong_usage;
    }
    std::size_t broken = 0;
    text = repair_utf8(bytes.str(), broken);
  }
  std::string out;
  const auto failing = packs::failing(knowledge, *pack);
  for (const auto& [where, what] : failing) out += fmt::format("{}{}{}\n", where, where.empty() ? "" : ": ", what);
  for (const auto& [where, what] : packs::doubled_words(*pack)) out += fmt::format("note: {}: {}\n", where, what);
  if (pack->language.is_known()) {
    for (const auto& section : packs::missing_sections(knowledge, *pack))
      out += fmt::format("note: data/lang/{}/{}.rules is missing; other languages have it\n", code, section);
  }
  std::size_t rules = 0;
  for (const auto& [name, section] : pack->sections) rules += section.size();
  out += fmt::format("{}: {} files, {} rules, {} failing\n", code, pack->sections.size(), rules, failing.size());
  if (!file.empty()) out += told(packs::coverage(knowledge, pack->language, text));
  return print(out, failing.empty() ? done : some_input_rejected);
}

}  // namespace

void add_lang(CLI::App& program, int& status) {
  struct Options {
    std::string language, text;
  };
  auto options = std::make_shared<Options>();
  auto* command = program.add_subcommand("lang", "Language packs: what data/lang holds of a language");
  command->require_subcommand(1);
  auto* lint = command->add_subcommand("check", "Run the examples of a pack, and tell what it lacks");
  lint->add_option("LANGUAGE", options->language, "ISO 639-1, such as fr")->required();
  lint->add_option("--text", options->text, "Plain text in the language: how much of it is known");
  lint->footer("exit status: 0 fine, 1 an example fails, 2 wrong usage or no such pack, 3 a service is unavailable");
  lint->callback([options, &status] {
    with_knowledge({}, status, [&](const knowledge::Knowledge& knowledge) {
      return check(knowledge, options->language, options->text);
    });
  });
}

}  // namespace depesche::cli
