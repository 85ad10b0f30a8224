// Hundreds of patterns, of which a page needs ten: compiling them all took half a second at each start, most of it for
// counted repetitions. What can be known beforehand is therefore found when the knowledge is compiled: for each pattern
// the literals of which a line must hold at least one ("comment", "réaction" …), as RE2's own prefilter sees them. A
// reader then compiles only the patterns whose literals it meets.
//
//   \d{1,5} (réactions?|avis)          "réaction", "avis"
//   (the|our) .{0,60}newsletter         "newsletter"; "the " and "our " say no more
//   [^\p{L}]{1,40}                     nothing: must always be tried
//
// The prefilter names all literals of a pattern. Those without which it cannot match are found by leaving out one after
// the other, the shortest first, for they stand in most lines, as long as the pattern cannot match without the rest.
#include "knowledge/patterns.h"

#include <fmt/format.h>
#include <re2/filtered_re2.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace depesche::knowledge {
namespace {

constexpr int literal_bytes_min = 3;
constexpr char separator = '\t';

/// Of a pattern's literals, some of which a line must hold one.
std::vector<std::string> needed_of(const re2::FilteredRE2& filter, const std::vector<std::string>& literals) {
  std::vector<std::size_t> order(literals.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tuple(literals[a].size(), literals[a]) < std::tuple(literals[b].size(), literals[b]);
  });
  std::vector<bool> is_needed(literals.size(), true);
  for (const auto i : order) {
    is_needed[i] = false;
    std::vector<int> left_out, matching;
    for (std::size_t k = 0; k < literals.size(); ++k) {
      if (!is_needed[k]) left_out.push_back(static_cast<int>(k));
    }
    filter.AllPotentials(left_out, &matching);
    is_needed[i] = !matching.empty();
  }
  std::vector<std::string> needed;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    if (is_needed[i]) needed.push_back(literals[i]);
  }
  return needed;
}

}  // namespace

Result<void> add_literals(Rule& rule, std::string_view file) {
  RE2::Options options(RE2::Quiet);
  options.set_case_sensitive(false);
  std::vector<std::string> fields;
  for (const auto pattern : rule.values("line")) {
    re2::FilteredRE2 filter(literal_bytes_min);
    int id = 0;
    if (filter.Add(pattern, options, &id) != RE2::NoError) {
      return fail(Fault::bad_input, fmt::format("rule {}: not a pattern: {}", rule.name, pattern),
                  fmt::format("{}:{}", file, rule.line));
    }
    std::vector<std::string> literals;
    filter.Compile(&literals);
    // A pattern that matches where no literal stands says so by matching with none found.
    std::vector<int> without_filter;
    filter.AllPotentials({}, &without_filter);
    fields.push_back(without_filter.empty() && !literals.empty()
                         ? fmt::format("{}", fmt::join(needed_of(filter, literals), "\t"))
                         : "*");
  }
  for (auto& field : fields) rule.fields.emplace_back("literals", std::move(field));
  return {};
}

std::vector<std::string_view> literals_of(std::string_view field) {
  std::vector<std::string_view> literals;
  if (field == "*") return literals;
  for (std::size_t begin = 0; begin <= field.size();) {
    const auto end = std::min(field.find(separator, begin), field.size());
    literals.push_back(field.substr(begin, end - begin));
    begin = end + 1;
  }
  return literals;
}

}  // namespace depesche::knowledge
