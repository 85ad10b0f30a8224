// Apertium's bilingual dictionaries are letter transducers, and ship compiled only. `lt-print` writes them in the format of AT&T,
// an edge a line, and walking from the start reads the dictionary off the edges:
//
//   0  17  g  g          gatto<n> : gato<n>
//   17 18  a  a          a lemma ends where its first tag begins, on either side by itself, since letters are
//   18 19  t  t          laid beside each other from the front whatever their number
//   …
//
// Expressions for numbers and addresses make the graph cyclic, and a walk would come back with millions of words that are none:
// edges between states that reach each other (strongly connected ones, Tarjan 1972) are left out, and edges of digits.
#include "knowledge/apertium.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>

#include "core/unicode.h"
#include "knowledge/lines.h"
#include "knowledge/tool.h"

namespace depesche::knowledge {
namespace {

constexpr std::size_t way_edges_max = 200;
/// For a file that is none: dictionaries have a tenth of it.
constexpr std::size_t pairs_max = 1'000'000;
constexpr std::size_t states_max = 5'000'000;

struct Edge {
  std::uint32_t to = 0;
  std::string_view in, out;
};

std::vector<std::string_view> fields_of(std::string_view line) {
  std::vector<std::string_view> fields;
  for (std::size_t begin = 0; begin <= line.size();) {
    const auto end = std::min(line.find('\t', begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return fields;
}

std::optional<std::uint32_t> state_of(std::string_view digits) {
  std::uint32_t state = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), state);
  if (error != std::errc() || stop != digits.data() + digits.size() || state > states_max) return {};
  return state;
}

bool is_tag(std::string_view symbol) { return symbol.size() > 1 && symbol.front() == '<'; }
bool is_nothing(std::string_view symbol) { return symbol.empty() || symbol == "ε" || symbol == "@0@"; }
bool is_digit(std::string_view symbol) { return symbol.size() == 1 && symbol[0] >= '0' && symbol[0] <= '9'; }

/// For each state the number of its strongly connected component. Without recursion: ways are as long as a dictionary is large.
std::vector<std::uint32_t> components_of(const std::vector<std::vector<Edge>>& edges) {
  constexpr std::uint32_t unseen = ~0u;
  std::vector<std::uint32_t> component(edges.size(), unseen), order(edges.size(), unseen), low(edges.size());
  std::vector<std::uint32_t> open;
  std::vector<std::pair<std::uint32_t, std::size_t>> way;  // states, and the edge to follow next
  std::uint32_t met = 0;
  for (std::uint32_t start = 0; start < edges.size(); ++start) {
    if (order[start] != unseen) continue;
    way.emplace_back(start, 0);
    while (!way.empty()) {
      auto& [state, next] = way.back();
      if (next == 0) {
        order[state] = low[state] = met++;
        open.push_back(state);
      }
      if (next < edges[state].size()) {
        const auto to = edges[state][next++].to;
        if (order[to] == unseen) {
          way.emplace_back(to, 0);
        } else if (component[to] == unseen) {
          low[state] = std::min(low[state], order[to]);
        }
        continue;
      }
      const auto done = state;
      if (low[done] == order[done]) {
        for (bool is_last = false; !is_last; open.pop_back()) {
          component[open.back()] = done;
          is_last = open.back() == done;
        }
      }
      way.pop_back();
      if (!way.empty()) low[way.back().first] = std::min(low[way.back().first], low[done]);
    }
  }
  return component;
}

class Walker {
 public:
  explicit Walker(const std::vector<std::vector<Edge>>& edges) : edges_(edges), component_(components_of(edges)) {}

  void run(std::set<std::pair<std::string, std::string>>& pairs, std::set<std::string>& given_names) {
    pairs_ = &pairs;
    given_names_ = &given_names;
    walk(0, {}, {}, 0);
  }

 private:
  struct Side {
    std::string lemma;
    bool has_ended = false;

    void read(std::string_view symbol) {
      if (is_tag(symbol)) has_ended = true;
      if (!has_ended && !is_nothing(symbol)) lemma += symbol;
    }
  };

  void walk(std::uint32_t state, const Side& left, const Side& right, std::size_t depth) {
    if (left.has_ended && right.has_ended) {
      if (!left.lemma.empty() && !right.lemma.empty() && is_valid_utf8(left.lemma) && is_valid_utf8(right.lemma)) {
        pairs_->emplace(left.lemma, right.lemma);
        if (names_persons(state)) given_names_->insert({left.lemma, right.lemma});
      }
      return;
    }
    if (depth == way_edges_max || pairs_->size() >= pairs_max) return;
    for (const Edge& edge : edges_[state]) {
      if (component_[edge.to] == component_[state] || is_digit(edge.in) || is_digit(edge.out)) continue;
      Side in = left;
      Side out = right;
      in.read(edge.in);
      out.read(edge.out);
      walk(edge.to, in, out, depth + 1);
    }
  }

  /// Behind <np>, the tag of proper names, stands <ant> (anthroponym) and nothing else.
  bool names_persons(std::uint32_t state) const {
    const auto& behind = edges_[state];
    return !behind.empty() && std::all_of(behind.begin(), behind.end(), [](const Edge& e) { return e.in == "<ant>"; });
  }

  const std::vector<std::vector<Edge>>& edges_;
  const std::vector<std::uint32_t> component_;
  std::set<std::pair<std::string, std::string>>* pairs_ = nullptr;
  std::set<std::string>* given_names_ = nullptr;
};

}  // namespace

Result<ApertiumWords> read_apertium(const std::optional<std::filesystem::path>& lt_print,
                                    const std::filesystem::path& file) {
  if (!lt_print)
    return fail(Fault::not_found, "the tool lt-print is not on this machine; install it: apt install lttoolbox-dev");
  const auto printed = TRY(run_tool(*lt_print, {file.string()}));
  std::set<std::pair<std::string, std::string>> pairs;
  std::set<std::string> given_names;
  std::vector<std::vector<Edge>> edges;  // of the section at hand
  const auto end_section = [&] {
    if (!edges.empty()) Walker(edges).run(pairs, given_names);
    edges.clear();
  };
  for (std::string_view rest = printed; !rest.empty();) {
    const auto line = next_line(rest);
    if (line == "--") end_section();
    const auto fields = fields_of(line);
    if (fields.size() < 4) continue;
    const auto from = state_of(fields[0]);
    const auto to = state_of(fields[1]);
    if (!from || !to) continue;
    if (const auto states = std::max(*from, *to) + std::size_t{1}; edges.size() < states) edges.resize(states);
    edges[*from].push_back({*to, fields[2], fields[3]});
  }
  end_section();
  if (pairs.empty()) return fail(Fault::bad_input, "holds no words", file.string());
  return ApertiumWords{{pairs.begin(), pairs.end()}, {given_names.begin(), given_names.end()}};
}

}  // namespace depesche::knowledge
