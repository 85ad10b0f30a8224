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
  /// A word, a number or a name, with all that it may mean.
  struct Unit {
    std::uint32_t sentence = 0;
    std::uint32_t first = 0;  ///< into Body::concepts
    std::uint32_t last = 0;
  };

  /// One of the two bodies, what is where in it, and what its units say of each pair of sentences.
  struct Side {
    const Body* body = nullptr;
    std::vector<Unit> units;
    std::vector<float> base;   ///< by sentence: what all its units speak against any link
    std::vector<float> gain;   ///< by pair of sentences, those of a first: what its units speak for the link
    std::vector<float> twice;  ///< … and what units hit in this and in the next sentence of the other

    void read(const Body& body);
    std::uint32_t sentences() const;
    /// The logarithm of the letters of some neighbouring sentences.
    double log_letters(std::uint32_t begin, std::uint32_t end) const;
    /// The sentences that have a concept, ascending; none of what stands everywhere.
    std::span<const std::uint32_t> sentences_with(std::uint32_t concept_bits) const;

   private:
    /// A concept, and its sentences in places_.
    struct Slot {
      std::uint32_t bits = 0;
      std::uint32_t last_sentence = 0;  ///< plus one; 0: the slot is free
      std::uint32_t count = 0;
      std::uint32_t end = 0;
    };
    std::uint32_t slot_of(std::uint32_t concept_bits) const;

    std::vector<Slot> slots_;
    std::vector<std::uint32_t> places_;
    std::vector<double> log_letters_;
    std::vector<std::uint32_t> slot_of_concept_;  ///< beside Body::concepts, while they are read
  };

  void weigh(Side& own, const Side& other);
  std::vector<MeaningLink> best_chain() const;
  double evidence(const MeaningLink& link) const;

  Side a_, b_;
  std::vector<std::uint32_t> hit_by_;    ///< by sentence of the other: the last unit that hit it, plus one
  std::vector<std::uint8_t> hit_level_;  ///< … and the rarity of the rarest concept that it did so by
  std::vector<std::uint32_t> hit_;       ///< sentences of the other that the unit at hand hits
};

/// The links of two bodies as sentences.h has them: positions of sentences, and a score in [0, 1).
std::vector<SentenceLink> link_meanings(const Body& a, const Body& b);

/// From this strength on (Alignment) the one was translated from the other, or both from a third. Swept over the sets of
/// docs/measurements.md: reports of one event in two languages that were written apart reach 0.34, all but two of 1,500 pairs of articles
/// on one crisis 0.43, and of thirds of a text put into another one in fifteen falls below it.
inline constexpr double strength_min = 0.44;

/// What two bodies in different languages share, or in one language in other words.
Alignment align_meanings(const Body& a, const Body& b);

/// What two bodies share: by their words, or where they are of two languages and that covers more of them by what they mean.
Alignment align_by_language(const Body& a, const Body& b);

/// Pairs of bodies that say the same in different languages, or in one language sentence by sentence in other words; sorted by
/// (a, b); those of `strength_min` alone. Pairs of one language in `known`, which share their words, are left out.
std::vector<Alignment> match_meanings(std::span<const Body> bodies, std::span<const Alignment> known,
                                      const std::function<void(std::size_t done, std::size_t total)>& progress = {});

/// What `match` finds and, behind it, what `match_meanings` finds beside: all that families are told by. Each has a progress of its own.
std::vector<Alignment> match_all(
    std::span<const Body> bodies, const std::function<void(std::size_t done, std::size_t total)>& progress = {},
    const std::function<void(std::size_t done, std::size_t total)>& progress_of_meanings = {});

}  // namespace depesche::copies
