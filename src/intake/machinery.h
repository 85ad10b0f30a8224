#pragma once

#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <bitset>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/article.h"
#include "knowledge/agencies.h"
#include "knowledge/knowledge.h"

namespace depesche::intake {

/// What is known of the lines that sites put around articles, compiled from the sections `boilerplate`, `stamps` and
/// `agencies` of all language packs. Read-only once made, and the same for every thread.
class Machinery {
 public:
  enum class Where : unsigned char { any, head, tail };

  struct LineRule {
    Role role = Role::boilerplate;
    Where where = Where::any;
    std::string because;
  };

  struct Stamp {
    std::uint32_t size = 0;  ///< bytes at the start of the text
    std::optional<Instant> date;
  };

  /// Made once for each state of the packs and then shared.
  static std::shared_ptr<const Machinery> of(const knowledge::Knowledge& knowledge);

  explicit Machinery(const knowledge::Knowledge& knowledge);
  ~Machinery();

  /// The rules that a whole line meets, in the order of the packs.
  std::vector<const LineRule*> rules_of(std::string_view line) const;

  std::optional<Stamp> stamp_at_start(std::string_view text) const;

  /// The agencies and outlets named in a short line.
  std::vector<knowledge::Agencies::Found> agencies_in(std::string_view line) const;

 private:
  struct Pattern;
  void add_line_rules(const std::vector<knowledge::Rule>& section);
  void add_candidates_without_literals(std::string_view line, std::vector<std::size_t>& candidates) const;
  void add_candidates_with_literals(std::string_view line, std::vector<std::size_t>& candidates) const;

  std::vector<LineRule> rules_;
  std::vector<std::unique_ptr<Pattern>> patterns_;

  struct Literal {
    std::string words;
    std::size_t pattern = 0;
  };
  using Places = std::bitset<1u << 16>;  ///< of keys, by a hash: most places in a line are passed by at a glance
  /// Literals by their first bytes.
  struct Literals {
    std::size_t key_bytes;
    Places begins;
    std::unordered_map<std::uint64_t, std::vector<Literal>> by_key;
  };
  std::array<Literals, 3> literals_{{{3, {}, {}}, {4, {}, {}}, {6, {}, {}}}};  ///< the short ones, and all others
  Places begins_literal_;                      ///< all of them, by their first three bytes
  std::vector<std::size_t> without_literals_;  ///< patterns that must always be tried
  mutable std::once_flag together_once_;
  mutable std::unique_ptr<RE2::Set> together_;  ///< these patterns, in this order, loosened; null where that fails

  std::vector<std::unique_ptr<RE2>> stamps_;
  knowledge::Agencies agencies_;
};

}  // namespace depesche::intake
