// Hundreds of patterns of all languages may hold for a short line, because a page in one language often carries
// machinery in another (an English theme around French text). Only whole short lines are tried: a paragraph that says
// "share this" is no share button.
//
// A pattern is compiled when a line first holds one of its literals (knowledge/patterns.h), and tried twice: counted
// repetitions are costly to compile (".{0,160}" becomes 160 copies of a machine for any letter of Unicode), so a looser
// reading, ".{0,}", which misses nothing, is asked first, and the exact one only where that matches a line long enough
// to exceed a bound.
//
// Some forty patterns have no literals. They are asked all at once, as one machine, which for most lines ends after a few
// letters and says that none of them matches.
#include "intake/machinery.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>

#include "core/unicode.h"
#include "intake/dates.h"
#include "knowledge/patterns.h"

namespace depesche::intake {
namespace {

constexpr std::size_t line_bytes_max = 400;
constexpr std::int64_t memory_max = 128 << 20;
constexpr std::size_t stamp_bytes_max = 80;  ///< in front of its date
constexpr std::size_t kept_max = 8;

RE2::Options options_of_patterns() {
  RE2::Options options(RE2::Quiet);
  options.set_case_sensitive(false);
  options.set_max_mem(memory_max);
  return options;
}

/// The pattern with its large upper bounds taken away: it matches what it matched, and more.
struct Loosened {
  std::string pattern;
  std::uint32_t bound_min = UINT32_MAX;  ///< the least bound taken away; a line not longer than it cannot exceed any
};

Loosened loosened(std::string_view pattern) {
  static const RE2 large_bound(R"(\{(\d+),(\d{2,4})\})");
  Loosened out{.pattern = std::string(pattern), .bound_min = UINT32_MAX};
  re2::StringPiece rest(pattern);
  std::uint32_t lower = 0, upper = 0;
  while (RE2::FindAndConsume(&rest, large_bound, &lower, &upper)) out.bound_min = std::min(out.bound_min, upper);
  RE2::GlobalReplace(&out.pattern, large_bound, R"({\1,})");
  return out;
}

constexpr std::size_t literal_bytes_min = 3;
constexpr std::size_t key_bytes_max = sizeof(std::uint64_t);

/// The first eight bytes of `words`, which has them, as a number.
std::uint64_t first_bytes(const char* words) {
  std::uint64_t key = 0;
  std::memcpy(&key, words, sizeof(key));
  return key;
}

std::uint64_t shortened(std::uint64_t key, std::size_t bytes) { return key & ((std::uint64_t{1} << 8 * bytes) - 1); }

/// The place of a key among 65536.
std::size_t place_of(std::uint64_t key) { return key * 0x9E3779B97F4A7C15u >> 48; }

/// Letter by letter, as the literals were made: no letter becomes two.
void in_single_small_letters(std::string_view line, std::string& out) {
  out.clear();
  for (std::uint32_t i = 0; i < line.size();) {
    const auto [c, next] = code_point_at(line, i);
    i = next;
    if (c < 0x80) {
      out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    } else {
      append_utf8(small_letter(c), out);
    }
  }
}

std::uint16_t ask_white_space(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == 0x200B || c == 0xFEFF;
}

/// Whether a line is as the patterns expect it already, as most are.
bool is_squeezed(std::string_view line) {
  bool is_behind_blank = true;
  for (std::uint32_t i = 0; i < line.size();) {
    const auto [c, next] = code_point_at(line, i);
    i = next;
    const bool is_blank = remembered<ask_white_space>(c) != 0;
    if (c == 0x2019 || (is_blank && (c != ' ' || is_behind_blank))) return false;
    is_behind_blank = is_blank;
  }
  return !is_behind_blank;
}

/// As the patterns expect a line: white space squeezed, ’ as '.
void squeeze(std::string_view line, std::string& out) {
  out.clear();
  bool gap = false;
  for (std::uint32_t i = 0; i < line.size();) {
    const auto [c, next] = code_point_at(line, i);
    if (remembered<ask_white_space>(c) != 0) {
      gap = !out.empty();
    } else {
      if (gap) out += ' ';
      gap = false;
      if (c == 0x2019) {
        out += '\'';
      } else {
        out.append(line.data() + i, next - i);
      }
    }
    i = next;
  }
}

std::optional<Role> role_of(std::string_view name) {
  for (const auto role : {Role::boilerplate, Role::caption, Role::byline, Role::dateline}) {
    if (name_of(role) == name) return role;
  }
  return {};
}

/// Tells two states of the packs apart.
std::uint64_t digest_of(const knowledge::Knowledge& knowledge) {
  std::string all;
  const auto add = [&](std::string_view text) {
    all += text;
    all += '\n';
  };
  for (const auto& pack : knowledge.packs()) {
    for (const auto name : {"boilerplate", "stamps", "agencies"}) {
      for (const auto& rule : pack.section(name)) {
        for (const auto& [field, value] : rule.fields) {
          if (field == "example" || field == "not" || field == "literals") continue;
          add(field);
          add(value);
        }
      }
    }
  }
  return XXH3_64bits(all.data(), all.size());
}

}  // namespace

std::shared_ptr<const Machinery> Machinery::of(const knowledge::Knowledge& knowledge) {
  static std::mutex mutex;
  static std::vector<std::pair<std::uint64_t, std::shared_ptr<const Machinery>>> kept;
  const auto digest = digest_of(knowledge);
  const std::lock_guard lock(mutex);
  for (const auto& [key, machinery] : kept) {
    if (key == digest) return machinery;
  }
  if (kept.size() == kept_max) kept.erase(kept.begin());
  kept.emplace_back(digest, std::make_shared<const Machinery>(knowledge));
  return kept.back().second;
}

struct Machinery::Pattern {
  std::string written;
  std::size_t rule = 0;
  std::once_flag loose_once;
  std::unique_ptr<RE2> loose;
  std::uint32_t bound_min = 0;  ///< of the looser reading
  std::once_flag exact_once;
  std::unique_ptr<RE2> exact;

  bool matches(std::string_view line, std::uint32_t characters) {
    std::call_once(loose_once, [&] {
      const auto [pattern, bound] = loosened(written);
      loose = std::make_unique<RE2>(pattern, options_of_patterns());
      bound_min = bound;
    });
    if (!RE2::FullMatch(line, *loose)) return false;
    if (characters <= bound_min) return true;
    std::call_once(exact_once, [&] { exact = std::make_unique<RE2>(written, options_of_patterns()); });
    return RE2::FullMatch(line, *exact);
  }
};

Machinery::~Machinery() = default;

Machinery::Machinery(const knowledge::Knowledge& knowledge) : agencies_(knowledge) {
  const auto options = options_of_patterns();
  for (const auto& pack : knowledge.packs()) {
    add_line_rules(pack.section("boilerplate"));
    for (const auto& rule : pack.section("stamps")) {
      for (const auto pattern : rule.values("prefix")) {
        auto compiled = std::make_unique<RE2>(pattern, options);
        if (compiled->ok() && compiled->NumberOfCapturingGroups() >= 1) stamps_.push_back(std::move(compiled));
      }
    }
  }
}

void Machinery::add_line_rules(const std::vector<knowledge::Rule>& section) {
  for (const auto& rule : section) {
    const auto role = role_of(rule.value("role").empty() ? name_of(Role::boilerplate) : rule.value("role"));
    if (!role) continue;
    LineRule made{.role = *role, .where = Where::any, .because = std::string(rule.value("because"))};
    if (rule.value("where") == "head") made.where = Where::head;
    if (rule.value("where") == "tail") made.where = Where::tail;
    if (made.because.empty()) made.because = rule.name;
    const auto patterns = rule.values("line");
    const auto literals = rule.values("literals");
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      for (const auto literal : knowledge::literals_of(literals[i])) {
        auto& kept = *std::find_if(literals_.rbegin(), std::prev(literals_.rend()),
                                   [&](const auto& longer) { return longer.key_bytes <= literal.size(); });
        std::array<char, key_bytes_max> padded{};
        literal.copy(padded.data(), padded.size());
        const auto bytes = first_bytes(padded.data());
        const auto key = shortened(bytes, kept.key_bytes);
        begins_literal_.set(place_of(shortened(bytes, literal_bytes_min)));
        kept.by_key[key].push_back({std::string(literal), patterns_.size()});
        kept.begins.set(place_of(key));
      }
      if (literals[i] == "*") without_literals_.push_back(patterns_.size());
      auto& added = *patterns_.emplace_back(std::make_unique<Pattern>());
      added.written = patterns[i];
      added.rule = rules_.size();
    }
    rules_.push_back(std::move(made));
  }
}

void Machinery::add_candidates_without_literals(std::string_view line, std::vector<std::size_t>& candidates) const {
  std::call_once(together_once_, [&] {
    together_ = std::make_unique<RE2::Set>(options_of_patterns(), RE2::ANCHOR_BOTH);
    for (const auto i : without_literals_) {
      if (together_->Add(loosened(patterns_[i]->written).pattern, nullptr) < 0) together_.reset();
      if (!together_) return;
    }
    if (!together_->Compile()) together_.reset();
  });
  RE2::Set::ErrorInfo error{RE2::Set::kNoError};
  if (together_ && !together_->Match(line, nullptr, &error) && error.kind == RE2::Set::kNoError) return;
  std::vector<int> matching;
  if (together_ && error.kind == RE2::Set::kNoError && together_->Match(line, &matching, &error)) {
    for (const int i : matching) candidates.push_back(without_literals_[static_cast<std::size_t>(i)]);
    return;
  }
  // The machine could not be made, or became too large.
  candidates.insert(candidates.end(), without_literals_.begin(), without_literals_.end());
}

void Machinery::add_candidates_with_literals(std::string_view line, std::vector<std::size_t>& candidates) const {
  thread_local std::string small;
  in_single_small_letters(line, small);
  const auto size = small.size();
  small.append(key_bytes_max, '\0');
  for (std::size_t i = 0; i < size; ++i) {
    const auto bytes = first_bytes(small.data() + i);
    if (!begins_literal_.test(place_of(shortened(bytes, literal_bytes_min)))) continue;
    for (const auto& literals : literals_) {
      const auto key = shortened(bytes, literals.key_bytes);
      if (!literals.begins.test(place_of(key))) continue;
      const auto found = literals.by_key.find(key);
      if (found == literals.by_key.end()) continue;
      for (const Literal& literal : found->second) {
        if (small.compare(i, literal.words.size(), literal.words) == 0) candidates.push_back(literal.pattern);
      }
    }
  }
}

std::vector<const Machinery::LineRule*> Machinery::rules_of(std::string_view line) const {
  std::vector<const LineRule*> found;
  if (line.size() > line_bytes_max || rules_.empty()) return found;
  thread_local std::string buffer;
  thread_local std::vector<std::size_t> candidates, rules;
  std::string_view plain = line;
  if (!is_squeezed(line)) {
    squeeze(line, buffer);
    plain = buffer;
  }
  candidates.clear();
  add_candidates_without_literals(plain, candidates);
  add_candidates_with_literals(plain, candidates);
  if (candidates.empty()) return found;
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  const auto characters = count_code_points(plain);
  rules.clear();
  for (const std::size_t i : candidates) {
    if (patterns_[i]->matches(plain, characters)) rules.push_back(patterns_[i]->rule);
  }
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  for (const auto rule : rules) found.push_back(&rules_[rule]);
  return found;
}

std::optional<Machinery::Stamp> Machinery::stamp_at_start(std::string_view text) const {
  if (text.substr(0, stamp_bytes_max).find_first_of("0123456789") == std::string_view::npos) return {};
  for (const auto& pattern : stamps_) {
    std::vector<re2::StringPiece> groups(2);
    if (!pattern->Match(text, 0, text.size(), RE2::ANCHOR_START, groups.data(), 2) || groups[0].empty()) continue;
    return Stamp{static_cast<std::uint32_t>(groups[0].size()), read_machine_date({groups[1].data(), groups[1].size()})};
  }
  return {};
}

std::vector<knowledge::Agencies::Found> Machinery::agencies_in(std::string_view line) const {
  if (line.size() > line_bytes_max) return {};
  return agencies_.find_all(line);
}

}  // namespace depesche::intake
