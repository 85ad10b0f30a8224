#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/result.h"
#include "lineage/lineage.h"

/// What a person decided, kept in a file that every later run reads (docs/formats/decisions.md).
///
/// The file belongs to the person as much as to us: it is appended to and never written anew, so that comments, blank lines
/// and the keys of others stay as they are.
namespace depesche::lineage {

/// An entry of the file.
struct Decision {
  enum class Kind : std::uint8_t { split, join };

  Kind kind = Kind::split;
  std::string article;              ///< split: what was taken out; join: one of the two
  std::vector<std::string> others;  ///< split: the family's other members at the time; join: the other of the two
  std::string family;               ///< split: the family's id at the time, for the reader; may be empty
  std::optional<Instant> at;
  std::string by;   ///< may be empty
  std::string why;  ///< may be empty
  bool is_undone = false;
  std::uint32_t number = 0;  ///< from 1, in the order of the file; damaged entries have theirs
  std::uint32_t line = 0;    ///< in the file, from 1

  bool operator==(const Decision&) const = default;
};

std::string_view name_of(Decision::Kind kind);

struct DecisionsFile {
  std::vector<Decision> decisions;  ///< in the order of the file
  std::vector<Error> damaged;  ///< entries that decide nothing because they cannot be understood, in the same order
};

/// Reads what a file holds; `name` is how it is called in messages. An entry that is damaged costs itself only; fails
/// where the whole is no TOML, with the line.
Result<DecisionsFile> parse_decisions(std::string_view text, const std::string& name);

/// The same of the file at `path`; Fault::not_found where there is none.
Result<DecisionsFile> read_decisions(const std::string& path);

/// `text` with the decision appended; its number, line and whether it is undone are not written.
Result<std::string> with_decision(std::string_view text, const Decision& decision, const std::string& name);

/// `text` with the entry of that number marked as undone. Fails with Fault::not_found where there is no such entry, with
/// Fault::conflict where it is undone already.
Result<std::string> with_undone(std::string_view text, std::uint32_t number, const Instant& at,
                                const std::string& name);

/// Appends to the file at `path`, which is made where there is none; returns the number of the decision. The file is
/// replaced as a whole or not at all, and two who do so at once wait for each other.
Result<std::uint32_t> append_decision(const std::string& path, const Decision& decision);

/// Marks a decision of the file at `path` as undone.
Result<Decision> undo_decision(const std::string& path, std::uint32_t number, const Instant& at);

/// What is in force: decisions are taken from the last to the first, and one that contradicts those taken before, directly
/// or over others, is overridden as a whole.
struct InForce {
  Decisions decisions;
  std::vector<bool> is_overridden;  ///< beside the decisions given; false for what is undone
};

InForce in_force(std::span<const Decision> decisions);

}  // namespace depesche::lineage
