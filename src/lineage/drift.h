#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copies/copies.h"
#include "facts/facts.h"
#include "lineage/lineage.h"

namespace depesche::lineage {

/// In what a printing or translation says something else than what it was made from.
enum class DriftKind : std::uint8_t {
  number,     ///< another figure in the same place
  date,       ///< another day, month or year
  place,      ///< another place
  name,       ///< another person or body
  negation,   ///< one that was lost or added
  hedge,      ///< "aurait", "soll", "reportedly": lost or added
  person,     ///< "nous" for "ils"
  quotation,  ///< words altered between quotation marks
  party,      ///< who takes part: somebody dropped from a list, or made a companion of those who act
};

std::string_view name_of(DriftKind kind);

/// A sentence of one printing beside the same sentence of another, and in what they differ.
struct Drift {
  struct Passage {
    BlockIndex block = 0;
    Span span;  ///< the sentence

    auto operator<=>(const Passage&) const = default;
  };
  ArticleIndex a = 0;  ///< the printing that the other shares its text with (Member::from)
  ArticleIndex b = 0;
  DriftKind kind = DriftKind::number;
  Passage in_a;
  Passage in_b;
  std::string because;  ///< "\"seven\" in 000, \"nine\" in 004"
};

/// What each printing of a dispatch changed against the one that it shares its text with; sorted by a, b, place and kind, each once.
/// `times` as facts::find_times gives them. Of what an agency's next state or an editor rewrote only sentences that are still
/// recognisably the same are compared.
std::vector<Drift> find_drift(std::span<const Article> articles, std::span<const text::Text> texts,
                              std::span<const copies::Body> bodies, const facts::Facts& facts,
                              std::span<const std::vector<facts::Timex>> times, std::span<const Dispatch> dispatches,
                              const knowledge::Knowledge& knowledge, unsigned threads = 1);

}  // namespace depesche::lineage
