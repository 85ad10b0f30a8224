// The lists are Python, and of one shape, so that no interpreter is needed:
//
//     first_names_female = (          class OrderedDict, tuple or list, one assignment for each
//         'Anna', "D'Arcy",           what stands in quotation marks is a name
//         ('Berta', 0.5),             … also beside its frequency
//     first_names = first_names_female + first_names_male      names nothing by itself
//     formats = ('{{first_name}} {{last_name}}',)              another list, which is passed over
#include "knowledge/person_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "knowledge/lines.h"
#include "knowledge/sources.h"

namespace depesche::knowledge {
namespace {

namespace fs = std::filesystem;

/// Adds what stands in quotation marks, up to a comment. What is made of several words is no entry of a word's table.
void add_quoted(std::string_view line, std::vector<std::string>& out) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#') return;
    if (line[i] != '\'' && line[i] != '"') continue;
    const auto end = line.find(line[i], i + 1);
    if (end == std::string_view::npos) return;
    const auto name = line.substr(i + 1, end - i - 1);
    if (!name.empty() && name.find_first_of(" {\\-.") == std::string_view::npos) out.emplace_back(name);
    i = end;
  }
}

void read_locale(std::string_view bytes, PersonNames::Locale& locale) {
  std::vector<std::string>* list = nullptr;
  while (!bytes.empty()) {
    const auto line = next_line(bytes);
    const auto equals = line.find('=');
    const auto first = line.find_first_not_of(' ');
    const bool is_assignment = first == 4 && equals != std::string_view::npos && equals > 5 &&
                               line.substr(first, equals - first).find_first_of("'\"(#,") == std::string_view::npos;
    if (is_assignment || (first != std::string_view::npos && first <= 4 && line.substr(first).starts_with("def "))) {
      const auto what = line.substr(first, equals == std::string_view::npos ? 0 : equals - first);
      const bool is_of_names = what.find("names") != std::string_view::npos;
      list = is_of_names && what.starts_with("first")                     ? &locale.given_names
             : is_of_names && what.find("last") != std::string_view::npos ? &locale.family_names
                                                                          : nullptr;
      if (list != nullptr) add_quoted(line.substr(equals), *list);
    } else if (list != nullptr) {
      add_quoted(line, *list);
    }
  }
}

}  // namespace

Result<PersonNames> read_person_names(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    const auto name = at->path().filename().string();
    const bool is_locale = name.size() == 5 && name[2] == '_';
    if ((is_locale || name == "en") && fs::is_regular_file(at->path() / "__init__.py", error))
      files.push_back(at->path() / "__init__.py");
  }
  if (files.empty()) return fail(Fault::not_found, "holds no names of persons", folder.string());
  std::sort(files.begin(), files.end());
  PersonNames out;
  for (const auto& file : files) {
    auto& locale = out.locales.emplace_back();
    locale.language = file.parent_path().filename().string().substr(0, 2);
    read_locale(TRY(read_file(file)), locale);
  }
  return out;
}

}  // namespace depesche::knowledge
