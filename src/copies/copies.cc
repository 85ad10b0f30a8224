// Passages are found by the shingles two blocks share, not by the resemblance of two articles.
//
// A composite takes three paragraphs of a dispatch into a text of its own: of all their shingles the two articles share
// a tenth, below any bar for near-duplicates, yet each of the three paragraphs stands in the other almost word for
// word. So the unit is the passage, and the measure is containment: the share of the shorter passage's words that lie in
// shingles the other passage has too. An edit costs the shingles it touches and no more; order inside the passage does
// not matter.
//
//   found      "… a indiqué mercredi la porte-parole …, lors de son briefing"
//              "… a déclaré mercredi la porte-parole …, lors de son point de presse"
//   not found  a sentence told anew with other words
//
// Paragraphs told anew are linked by the stems of their content words, more weakly: two reports of one event share many as
// well. Such links are marked, make no passage, and count only where they follow each other in one order through most of
// both articles (retold_share), which independent reports seldom do.
//
// Candidates come from the passage index. Articles go in from the longest to the shortest, each asking first. What lies
// in a longer article almost whole is not kept again once eight printings of it are: the index grows with what is new,
// and the ten thousandth printing of a dispatch is compared with eight others. Cost: linear in the words read, plus
// `partners_max` alignments an article at most.
#include "copies/copies.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "copies/passage_index.h"

namespace depesche::copies {
namespace {

/// A link needs this share of the shorter passage's words. Of 0.4, 0.5, 0.6 and 0.7 tried (docs/measurements.md): of 719
/// pairs of reports written apart 39, 30, 21 and 13 are tied; of an invented pile's ten related pairs 7, 7, 5 and 5 are found.
constexpr double link_score_min = 0.5;
/// … and this many shared words, unless the passages are equal throughout: "il a ajouté que" links nothing.
constexpr std::uint32_t link_words_min = 8;
/// A heading repeats words of a paragraph and is no printing of it, unless the paragraph is little more.
constexpr std::uint32_t paragraph_of_heading_max = 2;
/// A passage told anew keeps half of its content words.
constexpr double reworded_score_min = 0.5;
constexpr std::uint32_t reworded_stems_min = 8;
/// A passage is compared with so many passages of another article, and a shingle is followed to so many places in it:
/// in lists and tables every row shares its form with every other.
constexpr std::size_t links_of_passage_max = 32;
constexpr std::uint32_t places_of_shingle_max = 64;
/// Two articles that share more links than this are lists, which have no order to be retold in.
constexpr std::size_t retold_links_max = 2000;

/// An article is aligned with so many others that share at least so many keys with it.
constexpr std::size_t partners_max = 8;
constexpr std::uint32_t partner_votes_min = 2;
/// … and with no more once so many of them hold nearly all of it.
constexpr std::uint32_t covering_max = 3;
/// An article of which another has this share is kept only where fewer than so many others hold the same words.
constexpr double covered_share_min = 0.8;
constexpr std::uint32_t printings_kept = 8;

constexpr std::size_t progress_every = 256;

/// Where each shingle of a body stands: open addressing from shingles to the first position, and from each position to
/// the next of the same shingle.
class ShinglePlaces {
 public:
  static constexpr std::uint32_t none = ~0u;

  void reset(const Body& body) {
    std::size_t size = 64;
    while (size < std::size_t{body.size()} * 2) size *= 2;
    mask_ = static_cast<std::uint32_t>(size - 1);
    slots_.assign(size, Slot{});
    next_.assign(body.size(), none);
    for (auto i = body.size(); i-- > 0;) {
      if (body.shingles[i] == 0) continue;
      Slot& slot = slots_[at(body.shingles[i])];
      next_[i] = slot.shingle == 0 ? none : slot.first;
      slot = {body.shingles[i], i};
    }
  }

  std::uint32_t first(std::uint32_t shingle) const { return slots_[at(shingle)].first; }
  std::uint32_t next(std::uint32_t position) const { return next_[position]; }

 private:
  struct Slot {
    std::uint32_t shingle = 0;
    std::uint32_t first = none;
  };

  std::uint32_t at(std::uint32_t shingle) const {
    auto i = (shingle * 0x9E3779B1u >> 7) & mask_;
    while (slots_[i].shingle != 0 && slots_[i].shingle != shingle) i = (i + 1) & mask_;
    return i;
  }

  std::vector<Slot> slots_;
  std::vector<std::uint32_t> next_;
  std::uint32_t mask_ = 0;
};

struct PassageLink {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  float score = 0;
  bool is_reworded = false;

  auto operator<=>(const PassageLink&) const = default;
};

/// Aligns one body, b, with others. Kept from one alignment to the next for its memory.
class Aligner {
 public:
  void take(const Body& b) {
    b_ = &b;
    places_.reset(b);
    passage_of_b_.resize(b.size());
    for (std::uint32_t p = 0; p < b.passages.size(); ++p) {
      std::fill(passage_of_b_.begin() + b.passages[p].first_word, passage_of_b_.begin() + b.passages[p].last_word, p);
    }
    votes_.assign(b.passages.size(), 0);
  }

  Alignment with(const Body& a) {
    a_ = &a;
    a_covered_.assign(a.size(), 0);
    b_covered_.assign(b_->size(), 0);
    links_.clear();
    out_ = {};
    is_shared_.assign(b_->size(), 0);
    distinct_shared_ = 0;
    for (std::uint32_t p = 0; p < a.passages.size(); ++p) link_passage(p);
    find_retold_shares();
    add_block_links();
    add_shares();
    out_.figures = compare(a.numbers, b_->numbers);
    const double both = distinct_shared_;
    const double all = a.distinct_shingles + b_->distinct_shingles - both;
    out_.resemblance = all > 0 ? both / all : 0;
    return std::move(out_);
  }

  const std::vector<PassageLink>& links() const { return links_; }

 private:
  void link_passage(std::uint32_t p) {
    const Passage& x = a_->passages[p];
    candidates_.clear();
    first_in_b_.assign(x.size(), ShinglePlaces::none);
    for (auto i = x.first_word; i < x.last_word; ++i) {
      if (a_->shingles[i] == 0) continue;
      auto j = places_.first(a_->shingles[i]);
      if (j == ShinglePlaces::none) continue;
      first_in_b_[i - x.first_word] = j;
      distinct_shared_ += is_shared_[j] == 0;
      is_shared_[j] = 1;
      std::uint32_t last = ~0u;
      for (std::uint32_t n = 0; j != ShinglePlaces::none && n < places_of_shingle_max; j = places_.next(j), ++n) {
        const auto q = passage_of_b_[j];
        if (q == last) continue;
        last = q;
        if (votes_[q]++ == 0) candidates_.push_back(q);
      }
    }
    std::sort(candidates_.begin(), candidates_.end(),
              [&](std::uint32_t q, std::uint32_t r) { return std::pair(votes_[r], q) < std::pair(votes_[q], r); });
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      const auto q = candidates_[c];
      if (c < links_of_passage_max) link(p, q, votes_[q]);
      votes_[q] = 0;
    }
  }

  void link(std::uint32_t p, std::uint32_t q, std::uint32_t votes) {
    const Passage& x = a_->passages[p];
    const Passage& y = b_->passages[q];
    const auto least = std::min(x.size(), y.size());
    if (x.is_heading != y.is_heading && std::max(x.size(), y.size()) > paragraph_of_heading_max * least) return;
    // Each shared shingle covers three words at most.
    if (votes * shingle_words >= link_score_min * least) {
      cover(x, y);
      const auto shared = x.size() <= y.size() ? count(a_marks_) : count(b_marks_);
      const auto score = static_cast<float>(shared) / static_cast<float>(least);
      if (score >= link_score_min && (shared >= link_words_min || are_equal(x, y))) {
        links_.push_back({p, q, score, false});
        for (std::uint32_t k = 0; k < x.size(); ++k) a_covered_[x.first_word + k] |= a_marks_[k];
        for (std::uint32_t k = 0; k < y.size(); ++k) b_covered_[y.first_word + k] |= b_marks_[k];
        compare_figures(x, y);
        out_.narrated_run_words = std::max(out_.narrated_run_words, narrated_run(x, y));
        return;
      }
    }
    const double reworded = reworded_score(x, y);
    if (reworded >= reworded_score_min) links_.push_back({p, q, static_cast<float>(reworded), true});
  }

  /// Marks the words of both passages that lie in a shingle the other has too.
  void cover(const Passage& x, const Passage& y) {
    a_marks_.assign(x.size(), 0);
    b_marks_.assign(y.size(), 0);
    for (auto i = x.first_word; i < x.last_word; ++i) {
      bool is_shared = false;
      auto j = first_in_b_[i - x.first_word];
      for (std::uint32_t n = 0; j != ShinglePlaces::none && n < places_of_shingle_max; j = places_.next(j), ++n) {
        if (j < y.first_word || j >= y.last_word) continue;
        is_shared = true;
        std::memset(&b_marks_[j - y.first_word], 1, shingle_words);
      }
      if (is_shared) std::memset(&a_marks_[i - x.first_word], 1, shingle_words);
    }
  }

  /// The words of the longest run that both passages tell in the reporter's words.
  std::uint32_t narrated_run(const Passage& x, const Passage& y) {
    // runs_[j] is the length in shingles of the run that ends at word j of y and the last word of x seen.
    runs_.assign(y.size(), 0);
    ended_at_.assign(y.size(), ~0u);
    std::uint32_t longest = 0;
    for (auto i = x.first_word; i < x.last_word; ++i) {
      auto j = first_in_b_[i - x.first_word];
      if (j == ShinglePlaces::none || a_->is_quoted[i] || a_->is_quoted[i + shingle_words - 1]) continue;
      // From the last place to the first, so that what stands at j - 1 is still of the word before.
      reversed_.clear();
      for (std::uint32_t n = 0; j != ShinglePlaces::none && n < places_of_shingle_max; j = places_.next(j), ++n) {
        if (j >= y.first_word && j < y.last_word) reversed_.push_back(j - y.first_word);
      }
      for (std::size_t k = reversed_.size(); k-- > 0;) {
        const auto at = reversed_[k];
        const bool goes_on = at > 0 && i > x.first_word && ended_at_[at - 1] == i - 1;
        runs_[at] = goes_on ? runs_[at - 1] + 1 : 1;
        ended_at_[at] = i;
        longest = std::max(longest, runs_[at]);
      }
    }
    return longest == 0 ? 0 : longest + shingle_words - 1;
  }

  static std::uint32_t count(const std::vector<std::uint8_t>& marks) {
    return std::accumulate(marks.begin(), marks.end(), 0u);
  }

  bool are_equal(const Passage& x, const Passage& y) const {
    return x.size() == y.size() && std::equal(a_->forms.begin() + x.first_word, a_->forms.begin() + x.last_word,
                                              b_->forms.begin() + y.first_word);
  }

  void compare_figures(const Passage& x, const Passage& y) {
    const auto numbers_of = [](const Body& body, const Passage& passage, std::vector<std::uint32_t>& out) {
      out.clear();
      for (auto i = passage.first_word; i < passage.last_word; ++i) {
        if (body.is_number[i]) out.push_back(body.forms[i]);
      }
      std::sort(out.begin(), out.end());
    };
    numbers_of(*a_, x, a_numbers_);
    numbers_of(*b_, y, b_numbers_);
    const Figures figures = compare(a_numbers_, b_numbers_);
    out_.linked_figures.all += figures.all;
    out_.linked_figures.shared += figures.shared;
  }

  /// Of two sorted rows.
  Figures compare(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
    both_numbers_.clear();
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both_numbers_));
    return {static_cast<std::uint32_t>(std::min(a.size(), b.size())), static_cast<std::uint32_t>(both_numbers_.size())};
  }

  /// The share of the shorter passage's different content words whose stems the other has too.
  double reworded_score(const Passage& x, const Passage& y) const {
    const auto n = x.last_stem - x.first_stem;
    const auto m = y.last_stem - y.first_stem;
    if (std::min(n, m) < reworded_stems_min || std::max(n, m) > 2 * std::min(n, m)) return 0;
    std::uint32_t both = 0;
    for (auto i = x.first_stem, j = y.first_stem; i < x.last_stem && j < y.last_stem;) {
      const auto s = a_->content_stems[i];
      const auto t = b_->content_stems[j];
      both += s == t;
      i += s <= t;
      j += t <= s;
    }
    return static_cast<double>(both) / std::min(n, m);
  }

  /// The words of the longest run of links that stand in the same order on both sides.
  void find_retold_shares() {
    std::sort(links_.begin(), links_.end());
    if (links_.empty() || links_.size() > retold_links_max) return;
    using Words = std::pair<std::uint32_t, std::uint32_t>;  // of a and b in the best run that ends here
    std::vector<Words> best(links_.size());
    Words most;
    for (std::size_t i = 0; i < links_.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (links_[k].a < links_[i].a && links_[k].b < links_[i].b) best[i] = std::max(best[i], best[k]);
      }
      best[i].first += a_->passages[links_[i].a].size();
      best[i].second += b_->passages[links_[i].b].size();
      most = std::max(most, best[i]);
    }
    out_.retold_share_of_a = static_cast<double>(most.first) / a_->size();
    out_.retold_share_of_b = static_cast<double>(most.second) / b_->size();
  }

  /// Links of passages as links of blocks: of several between the same two blocks the best.
  void add_block_links() {
    for (const PassageLink& link : links_) {
      out_.blocks.push_back({a_->passages[link.a].block, b_->passages[link.b].block, link.score, link.is_reworded});
    }
    auto& blocks = out_.blocks;
    const auto order = [](const BlockLink& link) { return std::tuple(link.a, link.b, link.is_reworded, -link.score); };
    std::sort(blocks.begin(), blocks.end(),
              [&](const BlockLink& x, const BlockLink& y) { return order(x) < order(y); });
    blocks.erase(std::unique(blocks.begin(), blocks.end(),
                             [](const BlockLink& x, const BlockLink& y) { return x.a == y.a && x.b == y.b; }),
                 blocks.end());
  }

  void add_shares() {
    const auto add = [](const Body& body, const std::vector<std::uint8_t>& covered, double& share,
                        double& narrated_share, double& head_share) {
      std::uint32_t words = 0, narrated = 0, narrated_covered = 0;
      for (std::uint32_t i = 0; i < body.size(); ++i) {
        const bool is_narrated = !body.is_quoted[i];
        words += covered[i];
        narrated += is_narrated;
        narrated_covered += is_narrated && covered[i] != 0;
      }
      if (body.size() > 0) share = static_cast<double>(words) / body.size();
      narrated_share = narrated > 0 ? static_cast<double>(narrated_covered) / narrated : 1;
      const auto head = std::min(head_words, (body.size() + 2) / 3);
      if (head > 0) head_share = std::accumulate(covered.begin(), covered.begin() + head, 0.0) / head;
      return narrated_covered;
    };
    out_.narrated_words = add(*a_, a_covered_, out_.share_of_a, out_.narrated_share_of_a, out_.head_share_of_a);
    add(*b_, b_covered_, out_.share_of_b, out_.narrated_share_of_b, out_.head_share_of_b);
  }

  const Body* a_ = nullptr;
  const Body* b_ = nullptr;
  ShinglePlaces places_;
  std::vector<std::uint32_t> passage_of_b_;  ///< by word
  std::vector<std::uint32_t> votes_;         ///< by passage of b; zero between passages of a
  std::vector<std::uint32_t> candidates_;    ///< passages of b that share a shingle with the passage at hand
  std::vector<std::uint8_t> a_marks_, b_marks_, a_covered_, b_covered_;
  std::vector<std::uint32_t> runs_, ended_at_, reversed_;
  std::vector<std::uint32_t> first_in_b_;  ///< by word of the passage of a at hand: where b has its shingle first
  std::vector<std::uint8_t> is_shared_;    ///< by word of b: the first of a shingle that a has, too
  std::uint32_t distinct_shared_ = 0;
  std::vector<std::uint32_t> a_numbers_, b_numbers_, both_numbers_;
  std::vector<PassageLink> links_;
  Alignment out_;
};

/// The blocks that have words, in order.
std::vector<BlockIndex> blocks_of(const Body& body) {
  std::vector<BlockIndex> blocks;
  for (const Passage& passage : body.passages) {
    if (blocks.empty() || blocks.back() != passage.block) blocks.push_back(passage.block);
  }
  return blocks;
}

/// The alignment of two bodies of the same words in the same blocks; what is quoted is told by the first.
Alignment align_twins(const Body& a, const Body& b) {
  Alignment out;
  out.is_twin = true;
  out.share_of_a = out.share_of_b = out.retold_share_of_a = out.retold_share_of_b = out.resemblance = 1;
  out.narrated_share_of_a = out.narrated_share_of_b = out.head_share_of_a = out.head_share_of_b = 1;
  out.narrated_words = static_cast<std::uint32_t>(std::count(a.is_quoted.begin(), a.is_quoted.end(), false));
  const auto numbers = static_cast<std::uint32_t>(a.numbers.size());
  out.figures = out.linked_figures = {numbers, numbers};
  for (const Passage& passage : a.passages) {
    for (auto i = passage.first_word, run = 0u; i < passage.last_word; ++i) {
      run = a.is_quoted[i] ? 0 : run + 1;
      out.narrated_run_words = std::max(out.narrated_run_words, run);
    }
  }
  // The same words in the same blocks may be cut into other passages, where only one of them has full stops.
  const auto of_a = blocks_of(a);
  const auto of_b = blocks_of(b);
  for (std::size_t i = 0; i < of_a.size(); ++i) out.blocks.push_back({of_a[i], of_b[i], 1, false});
  return out;
}

/// Finds and aligns the partners of one body after the other, from the longest to the shortest.
class Matcher {
 public:
  explicit Matcher(std::span<const Body> bodies) : bodies_(bodies) {}

  std::vector<Alignment> run(const std::function<void(std::size_t, std::size_t)>& progress) {
    const auto order = by_length();
    for (std::size_t i = 0; i < order.size(); ++i) {
      take(order[i]);
      if (progress && i % progress_every == 0) progress(i, order.size());
    }
    if (progress) progress(order.size(), order.size());
    std::sort(found_.begin(), found_.end(),
              [](const Alignment& x, const Alignment& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
    return std::move(found_);
  }

 private:
  /// Without those that repeat an earlier one to the letter, which are aligned with it at once.
  std::vector<ArticleIndex> by_length() {
    std::vector<ArticleIndex> order;
    std::unordered_map<std::uint64_t, ArticleIndex> first_of_words;
    for (ArticleIndex i = 0; i < bodies_.size(); ++i) {
      if (bodies_[i].size() == 0) continue;
      const auto [first, is_first] = first_of_words.try_emplace(bodies_[i].hash, i);
      if (is_first) {
        order.push_back(i);
      } else if (bodies_[i].size() >= link_words_min) {  // two equal words make no copy
        add(first->second, i, align_twins(bodies_[first->second], bodies_[i]));
      }
    }
    std::sort(order.begin(), order.end(), [&](ArticleIndex x, ArticleIndex y) {
      return std::pair(bodies_[y].size(), x) < std::pair(bodies_[x].size(), y);
    });
    return order;
  }

  void take(ArticleIndex article) {
    const Body& body = bodies_[article];
    const auto keys = surface_keys(body);
    // The index knows articles by their place in this order, so that of equal candidates the longer comes first.
    const auto place = static_cast<std::uint32_t>(taken_.size());
    taken_.push_back(article);
    std::uint32_t covering = 0;
    const auto nominated = index_.nominate(keys, partner_votes_min, partners_max);
    if (!nominated.empty()) aligner_.take(body);
    for (const Nomination& nomination : nominated) {
      const ArticleIndex partner = taken_[nomination.article];
      auto alignment = aligner_.with(bodies_[partner]);
      if (alignment.blocks.empty()) continue;
      covering += alignment.share_of_b >= covered_share_min;
      add(partner, article, std::move(alignment));
      if (covering == covering_max) break;
    }
    for (const KeyAt& at : keys) {
      if (covering == 0 || index_.count(at.key) < printings_kept) index_.add(at.key, {place, at.passage});
    }
  }

  void add(ArticleIndex a, ArticleIndex b, Alignment alignment) {
    alignment.a = a;
    alignment.b = b;
    found_.push_back(a < b ? std::move(alignment) : seen_from_b(std::move(alignment)));
  }

  std::span<const Body> bodies_;
  PassageIndex index_;
  Aligner aligner_;
  std::vector<ArticleIndex> taken_;
  std::vector<Alignment> found_;
};

}  // namespace

Alignment seen_from_b(Alignment alignment) {
  std::swap(alignment.a, alignment.b);
  std::swap(alignment.share_of_a, alignment.share_of_b);
  std::swap(alignment.retold_share_of_a, alignment.retold_share_of_b);
  std::swap(alignment.narrated_share_of_a, alignment.narrated_share_of_b);
  std::swap(alignment.head_share_of_a, alignment.head_share_of_b);
  std::swap(alignment.linked_words_of_a, alignment.linked_words_of_b);
  for (BlockLink& link : alignment.blocks) std::swap(link.a, link.b);
  std::sort(alignment.blocks.begin(), alignment.blocks.end());
  return alignment;
}

std::vector<Alignment> match(std::span<const Body> bodies,
                             const std::function<void(std::size_t done, std::size_t total)>& progress) {
  return Matcher(bodies).run(progress);
}

Alignment align(const Body& a, const Body& b) {
  static thread_local Aligner aligner;
  aligner.take(b);
  auto alignment = aligner.with(a);
  alignment.a = 0;
  alignment.b = 1;
  return alignment;
}

std::vector<std::pair<Span, Span>> shared_passages(const Body& a, const Body& b, const Alignment& alignment) {
  ShinglePlaces places;
  places.reset(b);
  std::vector<BlockIndex> b_block(b.size());
  for (const Passage& passage : b.passages) {
    std::fill(b_block.begin() + passage.first_word, b_block.begin() + passage.last_word, passage.block);
  }
  std::set<std::pair<BlockIndex, BlockIndex>> linked;
  for (const BlockLink& link : alignment.blocks) {
    if (!link.is_reworded) linked.emplace(link.a, link.b);
  }
  std::vector<std::pair<Span, Span>> out;
  for (const Passage& x : a.passages) {
    for (auto i = x.first_word; i < x.last_word;) {
      auto j = a.shingles[i] == 0 ? ShinglePlaces::none : places.first(a.shingles[i]);
      std::uint32_t tried = 0;
      while (j != ShinglePlaces::none && tried < places_of_shingle_max && !linked.contains({x.block, b_block[j]})) {
        j = places.next(j);
        ++tried;
      }
      if (j == ShinglePlaces::none || tried == places_of_shingle_max) {
        ++i;
        continue;
      }
      auto length = shingle_words;
      while (i + length < x.last_word && j + length < b.size() && b_block[j] == b_block[j + length] &&
             a.forms[i + length] == b.forms[j + length]) {
        ++length;
      }
      out.emplace_back(hull(a.spans[i], a.spans[i + length - 1]), hull(b.spans[j], b.spans[j + length - 1]));
      i += length;
    }
  }
  return out;
}

}  // namespace depesche::copies
