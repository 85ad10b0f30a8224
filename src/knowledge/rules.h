#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// One rule of a data file: its name and its fields in the order written.
///
///   # what follows a hash at the start of a line is a comment; source and licence stand in the file's head
///   rule     comment_counter
///   line     (\d+|aucun) commentaires?
///   example  0 Commentaires
///   not      trois commentaires de la presse
///
/// A field is a word, blanks, and the rest of the line. A field may stand several times. Blank lines part nothing.
struct Rule {
  std::string name;
  int line = 0;  ///< where it begins in its file
  std::vector<std::pair<std::string, std::string>> fields;

  /// The first value of a field; empty where it is absent.
  std::string_view value(std::string_view field) const;
  /// All values of a field.
  std::vector<std::string_view> values(std::string_view field) const;
  /// All blank-separated words of all values of a field. A word with blanks in it is written with `_` for the blank.
  std::vector<std::string> words(std::string_view field) const;
};

/// Fails with bad_input at the first line that is none of the above, naming `file` and the line.
Result<std::vector<Rule>> parse_rules(std::string_view text, std::string_view file);

/// Writes rules so that `parse_rules` reads the same back.
std::string write_rules(const std::vector<Rule>& rules);

}  // namespace depesche::knowledge
