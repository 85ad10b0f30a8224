#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/span.h"
#include "knowledge/knowledge.h"

namespace depesche::knowledge {

struct Agency {
  std::string name;  ///< canonical, as in "AFP"
  bool is_outlet = false;
};

/// The news agencies and outlets that other papers print as origin (the section `agencies` of the language packs).
class Agencies {
 public:
  explicit Agencies(const Knowledge& knowledge);

  struct Found {
    const Agency* agency;
    Span span;             ///< into the words searched
    bool is_sure = false;  ///< the form is no word elsewhere: "Reuters" and "Associated Press", but not "AP" or "MAP"
  };

  /// Those named in `words`, in order, none overlapping; as whole words and in the case of their forms.
  std::vector<Found> find_all(std::string_view words) const;

  /// The first of them; where `allow_unsure` is not set, the first that is sure.
  std::optional<Found> find(std::string_view words, bool allow_unsure) const;

  const Agency* by_name(std::string_view canonical) const;

 private:
  struct Form {
    std::string words;  ///< as printed
    const Agency* agency;
    bool is_sure;
  };

  std::deque<Agency> agencies_;                               ///< in place, so that forms may point at them
  std::unordered_map<std::string, std::vector<Form>> forms_;  ///< by their first folded word, longest first
};

}  // namespace depesche::knowledge
