// Passages are found by the shingles two blocks share, not by the resemblance of two articles.
//
// A composite takes three paragraphs of a dispatch into a text of its own: of all their shingles the two articles share
// a tenth, below any bar for near-duplicates, yet each of the three paragraphs stands in the other almost word for
// word. So the unit is the block, and the measure is containment: the share of the shorter block's words that lie in
// shingles the other block has too. An edit costs the shingles it touches and no more; order inside the block does not
// matter.
//
//   found      "… a indiqué mercredi la porte-parole …, lors de son briefing"
//              "… a déclaré mercredi la porte-parole …, lors de son point de presse"
//   not found  a sentence told anew with other words
//
// Paragraphs told anew are linked by the stems of their content words, more weakly: two reports of one event share many as
// well. Such links are marked, make no passage, and count only where they follow each other in one order through most of
// both articles (retold_share), which independent reports seldom do.
//
// Candidates come from an inverted index over shingles, whose posting lists end at `posting_max`. Articles whose bodies
// are equal to the letter are aligned with the first of them only. Cost: linear in the words read, plus the pairs
// nominated.
#include "copies/copies.h"

#include <xxhash.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "copies/shingles.h"

namespace depesche::copies {
namespace {

/// A block link needs this share of the shorter block's words. Of 0.4, 0.5, 0.6 and 0.7 tried (docs/measurements.md): of 719
/// pairs of reports written apart 39, 30, 21 and 13 are tied; of an invented pile's ten related pairs 7, 7, 5 and 5 are found.
constexpr double link_score_min = 0.5;
/// … and this many shared words, unless the blocks are equal throughout: "il a ajouté que" links nothing.
constexpr std::uint32_t link_words_min = 8;
/// A block told anew keeps half of its content words, for which words of five bytes and more stand in.
constexpr double reworded_score_min = 0.5;
constexpr std::size_t reworded_words_min = 8;
constexpr std::uint32_t content_word_bytes_min = 5;
/// Distinct shingles that two articles must share to be compared at all.
constexpr std::uint32_t nominate_shingles_min = 5;
/// A posting list keeps the first so many articles: later printings of one dispatch are then nominated against its
/// first.
constexpr std::size_t posting_max = 64;
/// A block is compared with so many blocks of another article.
constexpr std::size_t links_of_block_max = 32;
/// Two articles that share more links than this are lists, which have no order to be retold in.
constexpr std::size_t retold_links_max = 2000;

using Shingle = std::uint64_t;

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t size() const { return end - begin; }
};

/// The words of each block, as ranges into Body::words.
std::map<BlockIndex, Range> blocks_of(const Body& body) {
  std::map<BlockIndex, Range> blocks;
  for (std::size_t i = 0; i < body.words.size(); ++i) {
    const auto [entry, is_new] = blocks.try_emplace(body.words[i].block, Range{i, i});
    entry->second.end = i + 1;
  }
  return blocks;
}

std::unordered_set<Shingle> set_of(const Body& body) {
  std::unordered_set<Shingle> set(body.shingles.begin(), body.shingles.end());
  set.erase(0);
  return set;
}

/// Marks the words of `range` that lie in a shingle for which `is_shared` holds.
template <class IsShared>
std::vector<bool> covered(const Body& body, Range range, const IsShared& is_shared) {
  std::vector<bool> marks(range.size());
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (body.shingles[i] == 0 || !is_shared(body.shingles[i])) continue;
    for (std::size_t k = 0; k < shingle_words; ++k) marks[i + k - range.begin] = true;
  }
  return marks;
}

std::uint32_t count(const std::vector<bool>& marks) {
  return static_cast<std::uint32_t>(std::count(marks.begin(), marks.end(), true));
}

bool are_equal(const Body& a, Range x, const Body& b, Range y) {
  return std::equal(
      a.words.begin() + static_cast<std::ptrdiff_t>(x.begin), a.words.begin() + static_cast<std::ptrdiff_t>(x.end),
      b.words.begin() + static_cast<std::ptrdiff_t>(y.begin), b.words.begin() + static_cast<std::ptrdiff_t>(y.end),
      [](const Word& one, const Word& other) { return one.form == other.form; });
}

class Aligner {
 public:
  Aligner(const Body& a, const Body& b) : a_(a), b_(b), a_blocks_(blocks_of(a)), b_blocks_(blocks_of(b)) {}

  Alignment run() {
    for (const auto& [i, j] : nominated_blocks()) link(i, j);
    std::sort(out_.blocks.begin(), out_.blocks.end());
    std::sort(out_.passages.begin(), out_.passages.end());
    find_retold_shares();
    out_.share_of_a = share(a_, a_covered_);
    out_.share_of_b = share(b_, b_covered_);
    for (const std::size_t i : a_covered_) out_.narrated_words += !a_.words[i].is_quoted;
    const auto x = set_of(a_);
    const auto y = set_of(b_);
    const auto both = std::count_if(x.begin(), x.end(), [&](Shingle s) { return y.contains(s); });
    const auto all = static_cast<double>(x.size() + y.size()) - static_cast<double>(both);
    out_.resemblance = all > 0 ? static_cast<double>(both) / all : 0;
    return std::move(out_);
  }

 private:
  static double share(const Body& body, const std::unordered_set<std::size_t>& words) {
    return body.words.empty() ? 0 : static_cast<double>(words.size()) / static_cast<double>(body.words.size());
  }

  /// Pairs of blocks with a shingle in common.
  std::vector<std::pair<BlockIndex, BlockIndex>> nominated_blocks() const {
    std::unordered_map<Shingle, std::vector<BlockIndex>> where;
    for (std::size_t j = 0; j < b_.words.size(); ++j) {
      if (b_.shingles[j] == 0) continue;
      auto& blocks = where[b_.shingles[j]];
      if (blocks.empty() || blocks.back() != b_.words[j].block) blocks.push_back(b_.words[j].block);
    }
    std::vector<std::pair<BlockIndex, BlockIndex>> pairs;
    for (std::size_t i = 0; i < a_.words.size(); ++i) {
      const auto found = a_.shingles[i] == 0 ? where.end() : where.find(a_.shingles[i]);
      if (found == where.end() || found->second.size() > posting_max) continue;
      for (const BlockIndex j : found->second) pairs.emplace_back(a_.words[i].block, j);
    }
    std::sort(pairs.begin(), pairs.end());
    return best_of(pairs);
  }

  /// Of all votes for pairs of blocks, sorted, the pairs with the most for each block of a: in lists and tables every
  /// row shares its form with every other.
  static std::vector<std::pair<BlockIndex, BlockIndex>> best_of(
      const std::vector<std::pair<BlockIndex, BlockIndex>>& votes) {
    std::vector<std::pair<BlockIndex, BlockIndex>> best;
    std::vector<std::pair<std::size_t, BlockIndex>> of_block;  // rank by votes, and the block of b
    for (std::size_t i = 0; i < votes.size();) {
      const auto first = i;
      while (i < votes.size() && votes[i] == votes[first]) ++i;
      of_block.emplace_back(votes.size() - (i - first), votes[first].second);
      if (i < votes.size() && votes[i].first == votes[first].first) continue;
      std::sort(of_block.begin(), of_block.end());
      if (of_block.size() > links_of_block_max) of_block.resize(links_of_block_max);
      for (const auto& [rank, block] : of_block) best.emplace_back(votes[first].first, block);
      of_block.clear();
    }
    return best;
  }

  void link(BlockIndex i, BlockIndex j) {
    const Range x = a_blocks_.at(i);
    const Range y = b_blocks_.at(j);
    std::unordered_map<Shingle, std::size_t> in_b;
    for (std::size_t k = y.end; k-- > y.begin;) {
      if (b_.shingles[k] != 0) in_b[b_.shingles[k]] = k;
    }
    std::unordered_set<Shingle> in_a;
    for (std::size_t k = x.begin; k < x.end; ++k) in_a.insert(a_.shingles[k]);
    const auto a_marks = covered(a_, x, [&](Shingle s) { return in_b.contains(s); });
    const auto b_marks = covered(b_, y, [&](Shingle s) { return in_a.contains(s); });
    const bool a_is_shorter = x.size() <= y.size();
    const auto shared = a_is_shorter ? count(a_marks) : count(b_marks);
    const auto score = static_cast<double>(shared) / static_cast<double>(std::min(x.size(), y.size()));
    if (score < link_score_min || (shared < link_words_min && !are_equal(a_, x, b_, y))) {
      const double reworded = reworded_score(x, y);
      if (reworded >= reworded_score_min) out_.blocks.push_back({i, j, reworded, true});
      return;
    }
    out_.blocks.push_back({i, j, score, false});
    for (std::size_t k = 0; k < a_marks.size(); ++k) {
      if (a_marks[k]) a_covered_.insert(x.begin + k);
    }
    for (std::size_t k = 0; k < b_marks.size(); ++k) {
      if (b_marks[k]) b_covered_.insert(y.begin + k);
    }
    add_passages(x, in_b);
  }

  /// The words of the longest run of links that stand in the same order on both sides.
  void find_retold_shares() {
    const auto& links = out_.blocks;
    if (links.size() > retold_links_max) return;
    std::vector<std::pair<std::size_t, std::size_t>> best(
        links.size());  // words of a and b in the best run that ends here
    std::pair<std::size_t, std::size_t> most;
    for (std::size_t i = 0; i < links.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (links[k].a < links[i].a && links[k].b < links[i].b) best[i] = std::max(best[i], best[k]);
      }
      best[i].first += a_blocks_.at(links[i].a).size();
      best[i].second += b_blocks_.at(links[i].b).size();
      most = std::max(most, best[i]);
    }
    if (links.empty()) return;
    out_.retold_share_of_a = static_cast<double>(most.first) / static_cast<double>(a_.words.size());
    out_.retold_share_of_b = static_cast<double>(most.second) / static_cast<double>(b_.words.size());
  }

  /// The share of the shorter block's different content words whose stems the other block has too.
  double reworded_score(Range x, Range y) const {
    const auto stems = [](const Body& body, Range range) {
      std::unordered_set<std::uint64_t> set;
      for (std::size_t i = range.begin; i < range.end; ++i) {
        if (body.words[i].span.size() >= content_word_bytes_min) set.insert(body.words[i].stem);
      }
      return set;
    };
    const auto a = stems(a_, x);
    const auto b = stems(b_, y);
    const auto least = std::min(a.size(), b.size());
    if (least < reworded_words_min || std::max(a.size(), b.size()) > 2 * least) return 0;
    const auto both = static_cast<std::size_t>(
        std::count_if(a.begin(), a.end(), [&](std::uint64_t stem) { return b.contains(stem); }));
    return static_cast<double>(both) / static_cast<double>(least);
  }

  /// Runs of a's words that follow each other in b as well.
  void add_passages(Range x, const std::unordered_map<Shingle, std::size_t>& in_b) {
    for (std::size_t i = x.begin; i < x.end;) {
      const auto found = a_.shingles[i] == 0 ? in_b.end() : in_b.find(a_.shingles[i]);
      if (found == in_b.end()) {
        ++i;
        continue;
      }
      const auto j = found->second;
      std::size_t length = shingle_words;
      while (i + length < x.end && j + length < b_.words.size() && b_.words[j].block == b_.words[j + length].block &&
             a_.words[i + length].form == b_.words[j + length].form) {
        ++length;
      }
      out_.passages.emplace_back(hull(a_.words[i].span, a_.words[i + length - 1].span),
                                 hull(b_.words[j].span, b_.words[j + length - 1].span));
      i += length;
    }
  }

  const Body& a_;
  const Body& b_;
  const std::map<BlockIndex, Range> a_blocks_;
  const std::map<BlockIndex, Range> b_blocks_;
  std::unordered_set<std::size_t> a_covered_;
  std::unordered_set<std::size_t> b_covered_;
  Alignment out_;
};

/// Of the words and of where blocks end among them.
std::uint64_t hash_of_words(const Body& body) {
  constexpr std::uint64_t block_end = 0;
  std::vector<std::uint64_t> forms;
  forms.reserve(body.words.size());
  for (std::size_t i = 0; i < body.words.size(); ++i) {
    if (i > 0 && body.words[i].block != body.words[i - 1].block) forms.push_back(block_end);
    forms.push_back(body.words[i].form);
  }
  return XXH3_64bits(forms.data(), forms.size() * sizeof(std::uint64_t));
}

/// The alignment of two bodies of the same words in the same blocks.
Alignment align_twins(const Body& a, const Body& b) {
  Alignment out;
  out.is_twin = true;
  out.share_of_a = out.share_of_b = out.retold_share_of_a = out.retold_share_of_b = out.resemblance = 1;
  for (std::size_t i = 0; i < a.words.size(); ++i) {
    out.narrated_words += !a.words[i].is_quoted;
    if (i == 0 || a.words[i].block != a.words[i - 1].block) {
      out.blocks.push_back({a.words[i].block, b.words[i].block, 1, false});
      out.passages.emplace_back(a.words[i].span, b.words[i].span);
    }
    out.passages.back().first = hull(out.passages.back().first, a.words[i].span);
    out.passages.back().second = hull(out.passages.back().second, b.words[i].span);
  }
  return out;
}

/// Articles that share enough shingles to be worth aligning.
class Index {
 public:
  /// The earlier articles that share at least `nominate_shingles_min` distinct shingles with `body`, in order.
  std::vector<ArticleIndex> nominate(const Body& body) const {
    std::map<ArticleIndex, std::uint32_t> votes;
    for (const Shingle shingle : set_of(body)) {
      const auto found = postings_.find(shingle);
      if (found == postings_.end()) continue;
      for (const ArticleIndex article : found->second) ++votes[article];
    }
    std::vector<ArticleIndex> nominated;
    for (const auto& [article, shared] : votes) {
      if (shared >= nominate_shingles_min) nominated.push_back(article);
    }
    return nominated;
  }

  void add(ArticleIndex article, const Body& body) {
    for (const Shingle shingle : set_of(body)) {
      auto& list = postings_[shingle];
      if (list.size() < posting_max) list.push_back(article);
    }
  }

 private:
  std::unordered_map<Shingle, std::vector<ArticleIndex>> postings_;
};

}  // namespace

std::vector<Alignment> match(std::span<const Article> articles, std::span<const text::Text> texts) {
  std::vector<Body> bodies;
  bodies.reserve(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i) bodies.push_back(body_of(articles[i], texts[i]));

  std::vector<Alignment> found;
  Index index;
  std::unordered_map<std::uint64_t, ArticleIndex> first_of_words;
  for (ArticleIndex b = 0; b < bodies.size(); ++b) {
    if (bodies[b].words.empty()) continue;
    const auto [first, is_first] = first_of_words.try_emplace(hash_of_words(bodies[b]), b);
    if (!is_first && bodies[b].words.size() < link_words_min) continue;  // two equal words make no copy
    const auto candidates = is_first ? index.nominate(bodies[b]) : std::vector{first->second};
    for (const ArticleIndex a : candidates) {
      auto alignment = is_first ? Aligner(bodies[a], bodies[b]).run() : align_twins(bodies[a], bodies[b]);
      if (alignment.blocks.empty()) continue;
      alignment.a = a;
      alignment.b = b;
      found.push_back(std::move(alignment));
    }
    if (is_first) index.add(b, bodies[b]);
  }
  std::sort(found.begin(), found.end(),
            [](const Alignment& x, const Alignment& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
  return found;
}

Alignment align(const Article& a, const text::Text& a_text, const Article& b, const text::Text& b_text) {
  const Body a_body = body_of(a, a_text);
  const Body b_body = body_of(b, b_text);
  auto alignment = Aligner(a_body, b_body).run();
  alignment.a = 0;
  alignment.b = 1;
  return alignment;
}

}  // namespace depesche::copies
