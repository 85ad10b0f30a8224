#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

/// Which documents are nearly the same, to the letter?
///
///   text ──ShingleReader──▶ set of hashes ──rarest shingles first──▶ nominated pairs ──count──▶ NearPair
///
/// Resemblance and containment of sets of shingles after Broder, "On the resemblance and containment of documents"
/// (1997), and true ones: no sketch, no estimate, every pair and no other. That this need not compare all pairs is due to
/// prefix filtering: Chaudhuri, Ganti & Kaushik, "A primitive operator for similarity joins in data cleaning" (ICDE
/// 2006); Bayardo, Ma & Srikant, "Scaling up all pairs similarity search" (WWW 2007); Xiao et al., "Efficient similarity
/// joins for near duplicate detection" (PPJoin, WWW 2008).
namespace depesche::copies {

/// Two documents, by their position in the order in which they were added; a < b.
struct NearPair {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  double resemblance = 0;  ///< |A∩B| / |A∪B|, in (0, 1]
  double containment = 0;  ///< |A∩B| / min(|A|, |B|), in (0, 1]
};

/// Each threshold, in (0, 1], is a way in; where both are absent, there are no pairs.
struct NearThresholds {
  std::optional<double> resemblance;
  std::optional<double> containment;
};

/// What a search met with, besides pairs.
struct NearReport {
  std::size_t crowds = 0;           ///< sets of shingles that more documents have than can be listed pair by pair
  std::size_t crowd_documents = 0;  ///< in all of them
  std::uint64_t looked_at = 0;  ///< entries of the index that were read: the work that may grow faster than the input
  std::uint64_t compared = 0;   ///< pairs whose overlap was counted
};

/// Takes documents one by one, as sets of shingles, and then finds the pairs. Holds 8 bytes a shingle (some 2 kB a news
/// article), and half of that again while it looks for pairs. All pairs of different sets are held before the first is
/// told: 12 bytes each, up to 24 while they are collected, so ten thousand texts that are nearly and not quite equal, fifty
/// million pairs, take about a gigabyte. Pairs of equal sets are not held.
class NearDuplicates {
 public:
  /// More documents than these with the same set of shingles are a crowd: each of them is paired with the first only, and
  /// only the first is paired with others, because ten thousand equal articles make fifty million pairs.
  static constexpr std::size_t crowd_max = 1000;

  /// For the caller who wants to show how far the search is.
  using Progress = std::function<void(std::size_t done, std::size_t total)>;

  NearDuplicates();
  ~NearDuplicates();
  NearDuplicates(NearDuplicates&&) noexcept;
  NearDuplicates& operator=(NearDuplicates&&) noexcept;

  /// The different hashes of a document, as a ShingleReader gives them, in any order and none 0. An empty set is a
  /// document that is in no pair.
  void add(std::span<const std::uint64_t> shingles);

  std::size_t size() const;

  /// Every pair that reaches a threshold, once, sorted by (a, b). Uses the documents up: afterwards there are none.
  NearReport find(const NearThresholds& thresholds, const std::function<void(const NearPair&)>& each,
                  const Progress& progress = {});

 private:
  class Store;
  class Search;
  std::unique_ptr<Store> store_;
};

}  // namespace depesche::copies
