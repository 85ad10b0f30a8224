#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "core/article.h"
#include "text/concepts.h"
#include "text/text.h"

/// Which articles share passages with which?
///
///   Text ──body_of──▶ Body ──keys──▶ PassageIndex ──nominated pairs──align──▶ Alignment
///
/// Shingles and containment after Broder, "On the resemblance and containment of documents" (1997). Within one
/// language; what an alignment means (a copy, a cut, whose) is for lineage/ to say.
namespace depesche::copies {

/// A passage of a body: a block, or a few sentences of a block that is long.
struct Passage {
  BlockIndex block = 0;
  std::uint32_t first_word = 0;  ///< into Body::forms
  std::uint32_t last_word = 0;   ///< one behind
  std::uint32_t first_stem = 0;  ///< into Body::content_stems
  std::uint32_t last_stem = 0;   ///< one behind
  bool is_heading = false;       ///< a subheading

  std::uint32_t size() const { return last_word - first_word; }
};

/// A sentence of a body, as matching across languages sees it.
struct BodySentence {
  BlockIndex block = 0;
  std::uint32_t first_concept = 0;  ///< into Body::concepts; up to the next sentence's
  std::uint32_t letters = 0;        ///< code points of the whole sentence
  std::uint32_t words = 0;          ///< and numbers
  std::uint32_t quoted_words = 0;   ///< of these between quotation marks
  bool is_title = false;            ///< or subtitle
  bool is_heading = false;          ///< title, subtitle or subheading
};

/// What matching keeps of an article: hashes of the words and numbers of body and subheading blocks, without marks;
/// about twelve bytes a word. In scripts written without spaces every letter is a word.
struct Body {
  std::vector<std::uint32_t> forms;
  /// Of the words i to i + shingle_words - 1; 0 where they do not stand in one passage.
  std::vector<std::uint32_t> shingles;
  /// Stems of words of five bytes and more; sorted and each once within its passage.
  std::vector<std::uint32_t> content_stems;
  std::vector<Passage> passages;
  std::vector<bool> is_quoted;         ///< beside forms: between quotation marks
  std::vector<bool> is_number;         ///< beside forms
  std::vector<std::uint32_t> numbers;  ///< forms of all numbers, sorted
  std::vector<Span> spans;             ///< beside forms, into the article's text; empty where they were not kept
  std::uint32_t distinct_shingles = 0;
  std::uint64_t hash = 0;               ///< of the words and of where blocks end
  Language language;                    ///< of the whole article
  std::vector<BodySentence> sentences;  ///< of the title and subtitle as well
  std::uint32_t words_in_sentences = 0;
  /// What the words may mean (knowledge::ConceptId), sentence by sentence, the alternatives of a word in a row;
  /// `begins_word` marks the first of them.
  std::vector<std::uint32_t> concepts;
  float counterparts = 0;  ///< text::counterpart_share of the language
  static constexpr std::uint32_t begins_word = 1u << 31;

  std::uint32_t size() const { return static_cast<std::uint32_t>(forms.size()); }
  /// One behind the last concept of a sentence.
  std::uint32_t end_of_concepts(std::uint32_t sentence) const {
    return sentence + 1 < sentences.size() ? sentences[sentence + 1].first_concept
                                           : static_cast<std::uint32_t>(concepts.size());
  }
};

enum class Spans : bool { dropped, kept };

Body body_of(const Article& article, const text::Text& text, const knowledge::Knowledge& knowledge,
             Spans spans = Spans::kept);
/// To be matched by its words alone.
Body body_of_words(const Article& article, const text::Text& text, Spans spans = Spans::kept);
std::vector<Body> bodies_of(std::span<const Article> articles, std::span<const text::Text> texts,
                            const knowledge::Knowledge& knowledge);

/// Two blocks that say the same, in largely the same words or told anew.
struct BlockLink {
  BlockIndex a = 0;
  BlockIndex b = 0;
  float score =
      0;  ///< share of the shorter passage's words that stand in shared shingles, in [0, 1]; where reworded, of
          ///< its different content words
  bool is_reworded = false;

  auto operator<=>(const BlockLink&) const = default;
};

/// Numbers of the side that has fewer of them, and how many of these the other has too.
struct Figures {
  std::uint32_t all = 0;
  std::uint32_t shared = 0;
};

/// By what two articles were aligned.
enum class By : std::uint8_t {
  wording,  ///< runs of the same words
  meaning,  ///< sentences that say the same: in two languages, or in one in other words
};

/// What two articles share; `a` stands before `b` in the batch.
struct Alignment {
  ArticleIndex a = 0;
  ArticleIndex b = 0;
  /// Sorted; only body and subheading blocks.
  std::vector<BlockLink> blocks;
  /// Part of each one's body words that stand in shared shingles inside linked passages, in [0, 1].
  double share_of_a = 0;
  double share_of_b = 0;
  /// Part of each one's body words in blocks linked in the same order, reworded ones included, in [0, 1].
  double retold_share_of_a = 0;
  double retold_share_of_b = 0;
  /// The shares of share_of_a and share_of_b, of the words outside quotation marks alone; by wording 1 where there are none, by meaning
  /// where neither text has any.
  double narrated_share_of_a = 0;
  double narrated_share_of_b = 0;
  /// The same shares as share_of_a and share_of_b, of the first `head_words` words, or the first third of a short article.
  double head_share_of_a = 0;
  double head_share_of_b = 0;
  /// |A∩B| / |A∪B| of the sets of body shingles, exact, in [0, 1].
  double resemblance = 0;
  /// Shared words outside quotation marks: two reports of one speech share no others.
  std::uint32_t narrated_words = 0;
  /// The longest run of the same words in both, outside quotation marks and inside linked passages.
  std::uint32_t narrated_run_words = 0;
  /// A form that is filled in anew every day shares its words and not its figures.
  Figures figures;         ///< of the whole bodies
  Figures linked_figures;  ///< of linked passages
  /// The same words in the same blocks throughout; `a` is then the first of its kind.
  bool is_twin = false;
  By by = By::wording;
  // By meaning, all of the above is of the stretch of both texts that is worth most (meanings.h); the shares are of words in its
  // linked sentences, `narrated_words` of the side that has fewer, and `blocks` the pairs of blocks that these stand in.
  double evidence = 0;  ///< of the stretch, in nats, what is passed over in it set against it
  /// Evidence for each linked word, set against what the dictionaries of two languages let expect; the more the more links there are
  /// and the more of a text they cover. Where the one translates the other copies::strength_min and more, less for reports of one event.
  double strength = 0;
  std::uint32_t links = 0;
  std::uint32_t linked_words_of_a = 0;
  std::uint32_t linked_words_of_b = 0;
};

/// Whether `x` links a larger share of one of its articles than `y` does of any.
inline bool covers_more(const Alignment& x, const Alignment& y) {
  return std::max(x.share_of_a, x.share_of_b) > std::max(y.share_of_a, y.share_of_b);
}

/// The same with the sides exchanged.
Alignment seen_from_b(Alignment alignment);

/// One for two articles, whichever comes first.
inline std::uint64_t pair_key(ArticleIndex a, ArticleIndex b) {
  const auto [least, most] = std::minmax(a, b);
  return std::uint64_t{least} << 32 | most;
}

inline constexpr std::uint32_t head_words = 40;

/// The word count of a shingle. Three words are the shortest run that newspapers seldom share by chance, and short
/// enough to survive an edit inside a sentence.
inline constexpr std::uint32_t shingle_words = 3;

/// Pairs of articles that share a linked block, sorted by (a, b). Printings of the same words in the same blocks are
/// aligned with the first of them only, and of printings that are nearly equal each with some of the longest: ten
/// thousand of them cost ten thousand times a few alignments. `progress` is told now and then how many bodies are matched.
std::vector<Alignment> match(std::span<const Body> bodies,
                             const std::function<void(std::size_t done, std::size_t total)>& progress = {});

/// What two given bodies share, nominated or not; their indices are taken as 0 and 1.
Alignment align(const Body& a, const Body& b);

/// Runs of the same words in linked blocks, in the order of a. Both bodies must have kept their spans.
std::vector<std::pair<Span, Span>> shared_passages(const Body& a, const Body& b, const Alignment& alignment);

}  // namespace depesche::copies
