#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "copies/copies.h"
#include "copies/links.h"

namespace depesche::copies {

/// Sentences of two bodies that say the same, in whatever languages.
struct MeaningLink {
  std::uint32_t a_begin = 0, a_end = 0;  ///< into Body::sentences; one sentence to three on either side
  std::uint32_t b_begin = 0, b_end = 0;
  /// How much likelier the words are if the one translates the other than if two sentences of the two texts met by chance: the
  /// logarithm of the ratio, in nats.
  double evidence = 0;
};

/// Links sentences by what they mean: in the order of both texts, each in one link at most.
///
/// A log-likelihood ratio for every pair of sentences, after Fellegi & Sunter, "A theory for record linkage" (1969), and the best
/// chain of one-to-one, one-to-many and many-to-one links, after Gale & Church (1993).
class MeaningAligner {
 public:
  /// Aligns `b` with whatever comes; it must stay where it is meanwhile.
  void take(const Body& b);
  std::vector<MeaningLink> links_with(const Body& a);

 private:
  struct Unit {
    std::uint32_t sentence = 0;
    std::uint32_t first = 0;  ///< into Body::concepts
    std::uint32_t last = 0;
  };
  /// A unit of one side and a sentence of the other that has a concept of it.
  struct Hit {
    std::uint32_t unit = 0;
    std::uint32_t sentence = 0;
    float nats = 0;
  };

  static void read_units(const Body& body, std::vector<Unit>& units);
  std::uint32_t slot_of(std::uint32_t concept_bits) const;
  void find_hits(const Body& a);
  void weigh(const std::vector<Unit>& units, const Body& body, std::vector<Hit>& hits, std::uint32_t own_sentences,
             std::uint32_t other_sentences, std::vector<float>& base, std::vector<float>& gain,
             std::vector<float>& twice, bool is_transposed);
  void sort_by_unit(std::vector<Hit>& hits, std::size_t units);
  std::vector<MeaningLink> best_chain(const Body& a) const;

  const Body* b_ = nullptr;
  std::vector<Unit> a_units_, b_units_;
  struct Slot {
    std::uint32_t bits = 0;
    std::uint32_t first = 0;  ///< into places_, plus one; 0: free
    std::uint32_t count = 0;
  };
  struct Place {
    std::uint32_t unit = 0;
    std::uint32_t next = 0;  ///< as Slot::first
  };
  std::vector<Slot> slots_;
  std::vector<Place> places_;
  std::vector<Hit> a_hits_, b_hits_, sorted_;
  std::vector<std::size_t> unit_ends_;    ///< of the hits of each unit, while they are sorted
  std::vector<float> a_base_, b_base_;    ///< by sentence: what all its units speak against any link
  std::vector<float> a_gain_, b_gain_;    ///< by pair of sentences: what the units of a (of b) speak for the link
  std::vector<float> a_twice_, b_twice_;  ///< what units of a (of b) hit in this and in the next sentence of the other
};

/// The links of two bodies as sentences.h has them: positions of sentences, and a score in [0, 1).
std::vector<SentenceLink> link_meanings(const Body& a, const Body& b);

/// From this strength on (Alignment) the one was translated from the other, or both from a third. Swept over the sets of
/// docs/measurements.md: at 0.7 none of the reports of one event in two languages that were written apart is taken for a
/// translation, and whole translations are lost to it in Arabic-Turkish alone.
inline constexpr double strength_min = 0.7;

/// What two bodies in different languages share, or in one language in other words.
Alignment align_meanings(const Body& a, const Body& b);

/// Pairs of bodies that say the same in different languages, or in one language sentence by sentence in other words; sorted by
/// (a, b); those of `strength_min` alone. Pairs of one language in `known`, which share their words, are left out.
std::vector<Alignment> match_meanings(std::span<const Body> bodies, std::span<const Alignment> known,
                                      const std::function<void(std::size_t done, std::size_t total)>& progress = {});

/// What `match` finds and, behind it, what `match_meanings` finds beside: all that families are told by. Each has a progress of its own.
std::vector<Alignment> match_all(
    std::span<const Body> bodies, const std::function<void(std::size_t done, std::size_t total)>& progress = {},
    const std::function<void(std::size_t done, std::size_t total)>& progress_of_meanings = {});

}  // namespace depesche::copies
