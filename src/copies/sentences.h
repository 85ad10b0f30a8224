#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "copies/links.h"
#include "core/article.h"
#include "text/text.h"

/// Which sentences of two articles say the same?
///
///   sentences ──keys──▶ bags ──rare keys──▶ candidates ──similarity──▶ beads ──chain──▶ links ◀── moved ones
///
/// A sentence is a bag of weighted integers. Within one language they are the stems of its words and its numbers; across
/// languages whatever is equal where two texts say the same: nothing here knows what a key stands for.
///
/// Beads (1-1, 1-2, 2-1, 2-2) and the monotone chain over them after Gale & Church, "A program for aligning sentences in
/// bilingual corpora" (1993), with words in the place of lengths as in Moore, "Fast and accurate sentence alignment of
/// bilingual corpora" (2002); sentences that moved, which those forbid, are added afterwards.
namespace depesche::copies {

/// One word of a sentence, as matching sees it.
struct Key {
  std::uint64_t key = 0;    ///< equal where two texts say the same here
  float weight = 1;         ///< what it counts for beside its rarity, at least 0
  std::uint32_t token = 0;  ///< position of its word in text::Text::tokens; several keys may stand on one word
};

/// The keys of each sentence of a text, in the order of the text.
class SentenceKeys {
 public:
  std::size_t size() const { return ends_.size(); }
  std::span<const Key> operator[](std::size_t sentence) const;
  std::span<const Key> all() const { return keys_; }

  void add(Key key) { keys_.push_back(key); }
  /// The sentence at hand has no more keys; one without any links to nothing.
  void end_sentence() { ends_.push_back(keys_.size()); }

 private:
  std::vector<Key> keys_;
  std::vector<std::size_t> ends_;
};

/// What an article says in sentences: those of its body and its subheadings, in order. Titles, by-lines, datelines and
/// captions stand beside the text and are no part of it.
std::vector<text::Sentence> body_sentences(const Article& article, const text::Text& text);

/// Keys for texts of one language: the stem of each word, the form of each number. Marks have none.
SentenceKeys keys_of(const text::Text& text, std::span<const text::Sentence> sentences);

/// Sorted by a; each sentence stands in one link at most. What was inserted or left out stands in none. Linear in the
/// sentences times the logarithm of their number: a sentence is compared with a bounded number of others.
std::vector<SentenceLink> link_sentences(const SentenceKeys& a, const SentenceKeys& b);

/// A word of a and the word of b that it was linked by.
struct Anchor {
  std::uint32_t a = 0;  ///< positions in text::Text::tokens
  std::uint32_t b = 0;

  auto operator<=>(const Anchor&) const = default;
};

/// What a link rests on, sorted by a: equal keys, the first of one side with the first of the other and so on.
std::vector<Anchor> anchors_of(const SentenceKeys& a, const SentenceKeys& b, const SentenceLink& link);

}  // namespace depesche::copies
