#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "knowledge/knowledge.h"

namespace depesche::facts {

struct Agency {
  std::string name;  ///< canonical, as in "AFP"
  bool is_outlet = false;
  std::vector<std::string> forms;
  bool is_ambiguous = false;  ///< a short form that is a word elsewhere ("AP", "MAP"): believed only in brackets
};

/// The news agencies and outlets that other papers print as origin (data/lang/und/agencies.rules).
class Agencies {
 public:
  explicit Agencies(const knowledge::Knowledge& knowledge);

  struct Found {
    const Agency* agency;
    Span span;  ///< into the words searched
  };

  /// The first agency named in `words`, as whole words and in the case of its forms.
  std::optional<Found> find(std::string_view words, bool allow_ambiguous) const;
  const Agency* by_name(std::string_view canonical) const;

 private:
  std::vector<Agency> agencies_;
};

}  // namespace depesche::facts
