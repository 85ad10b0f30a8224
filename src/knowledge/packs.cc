#include "knowledge/packs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "knowledge/patterns.h"

namespace depesche::knowledge {
namespace {

constexpr std::string_view licence = "Apache-2.0";

/// Two folders of one language ("pt", "pt-BR") are one pack, and their files of one name one section.
void add_rules(Pack& pack, const std::string& section_name, std::vector<Rule> rules) {
  auto section = std::find_if(pack.sections.begin(), pack.sections.end(),
                              [&](const auto& entry) { return entry.first == section_name; });
  if (section == pack.sections.end()) section = pack.sections.insert(section, {section_name, {}});
  std::move(rules.begin(), rules.end(), std::back_inserter(section->second));
}

}  // namespace

void add_packs(Draft& draft, const Sources& sources) {
  draft.packs.push_back({Language(), {}});
  for (const auto& folder : sources.packs) {
    // As a person names it: the same from whatever folder the program was started.
    const auto name = fmt::format("{}/lang/{}", sources.data.filename().string(), folder.tag);
    const auto what = fmt::format("language pack {}", folder.tag);
    const auto language = language_of_tag(folder.tag);
    if (!language.is_known() && folder.tag != Language().code()) {
      draft.ingredients.push_back({what, name, std::string(licence), 0,
                                   "the folder's name is no BCP 47 language; rename it, or `und` for all languages"});
      continue;
    }
    auto pack = std::find_if(draft.packs.begin(), draft.packs.end(),
                             [&](const Pack& other) { return other.language == language; });
    if (pack == draft.packs.end()) pack = draft.packs.insert(pack, Pack{language, {}});

    std::uint64_t count = 0;
    std::vector<Ingredient> mistaken;
    for (const auto& file : folder.files) {
      const auto file_name = fmt::format("{}/{}", name, file.filename().string());
      auto rules = read_file(file).and_then([&](const std::string& text) { return parse_rules(text, file_name); });
      if (!rules.has_value()) {
        mistaken.push_back({fmt::format("{}, {}", what, file.filename().string()), name, std::string(licence), 0,
                            describe(rules.error())});
        continue;
      }
      std::erase_if(*rules, [&](Rule& rule) {
        const auto added = add_literals(rule, file_name);
        if (!added.has_value())
          mistaken.push_back({fmt::format("{}, {}", what, file.filename().string()), name, std::string(licence), 0,
                              describe(added.error())});
        return !added.has_value();
      });
      count += rules->size();
      add_rules(*pack, file.stem().string(), std::move(*rules));
    }
    draft.ingredients.push_back({what, name, std::string(licence), count, ""});
    std::move(mistaken.begin(), mistaken.end(), std::back_inserter(draft.ingredients));
  }
  std::sort(draft.packs.begin() + 1, draft.packs.end(),
            [](const Pack& a, const Pack& b) { return a.language < b.language; });
}

}  // namespace depesche::knowledge
