#include "knowledge/rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/unicode.h"

namespace depesche::knowledge {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::size_t field_width = 8;

std::string_view without_blanks_at_end(std::string_view line) {
  const auto last = line.find_last_not_of(" \t\r");
  return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

bool is_field_name(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

void write_field(std::string& out, std::string_view name, std::string_view value) {
  fmt::format_to(std::back_inserter(out), "{:<{}} {}\n", name, field_width, value);
}

}  // namespace

std::string_view Rule::value(std::string_view field) const {
  for (const auto& [name, value] : fields) {
    if (name == field) return value;
  }
  return {};
}

std::vector<std::string_view> Rule::values(std::string_view field) const {
  std::vector<std::string_view> found;
  for (const auto& [name, value] : fields) {
    if (name == field) found.emplace_back(value);
  }
  return found;
}

std::vector<std::string> Rule::words(std::string_view field) const {
  std::vector<std::string> found;
  for (const auto value : values(field)) {
    for (std::size_t at = value.find_first_not_of(blanks); at < value.size();) {
      const auto end = std::min(value.find_first_of(blanks, at), value.size());
      auto& word = found.emplace_back(value.substr(at, end - at));
      std::replace(word.begin(), word.end(), '_', ' ');
      at = value.find_first_not_of(blanks, end);
    }
  }
  return found;
}

Result<std::vector<Rule>> parse_rules(std::string_view text, std::string_view file) {
  std::vector<Rule> rules;
  int number = 0;
  const auto bad = [&](std::string reason) {
    return fail(Fault::bad_input, std::move(reason), fmt::format("{}:{}", file, number));
  };

  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    ++number;
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = without_blanks_at_end(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));

    if (line.empty() || line[0] == '#') continue;
    if (!is_valid_utf8(line)) return bad("not UTF-8");
    if (blanks.find(line[0]) != std::string_view::npos)
      return bad("a line begins with a blank; a rule is written from the first column");
    const auto name = line.substr(0, line.find_first_of(blanks));
    if (!is_field_name(name)) return bad(fmt::format("no field and no comment: \"{}\"", name));
    if (name.size() == line.size()) return bad(fmt::format("field \"{}\" without a value", name));
    const auto value = line.substr(line.find_first_not_of(blanks, name.size()));

    if (name == "rule") {
      if (value.find_first_of(blanks) != std::string_view::npos)
        return bad(fmt::format("the name of a rule is one word, not \"{}\"", value));
      rules.push_back({std::string(value), number, {}});
    } else if (rules.empty()) {
      return bad(fmt::format("field \"{}\" before the first rule", name));
    } else {
      rules.back().fields.emplace_back(name, value);
    }
  }
  return rules;
}

std::string write_rules(const std::vector<Rule>& rules) {
  std::string out;
  for (const auto& rule : rules) {
    if (!out.empty()) out += '\n';
    write_field(out, "rule", rule.name);
    for (const auto& [name, value] : rule.fields) write_field(out, name, value);
  }
  return out;
}

}  // namespace depesche::knowledge
