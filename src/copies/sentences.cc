// Likeness is the weight of what two sentences share over the mean of their weights (Dice), a word weighing the more the
// fewer sentences have it. A sentence that an editor changed keeps nine tenths of it, one translated twice about half, two
// sentences of one article share a tenth, mostly of words every sentence has.
//
//   linked       "The ferry was late on Monday, the harbour master said."  "On Monday, said the harbour master, the ferry ran late."
//   not linked   "The ferry was late on Monday, the harbour master said."  "The harbour master said the crane had failed."
//
// No two long articles are compared sentence by sentence. The rarest words of a sentence name its candidates, looking at
// no more than the nearest places where such a word is frequent, and the candidates with the most weight are kept. From
// each the beads are made that hold it. The best chain of beads that follow each other on both sides is found over their
// ends with a Fenwick tree, in the logarithm of the sentences a bead; the value of a bead is the weight its sides share
// beyond what likeness by chance would give them, so that a long sentence outweighs a short one and adding to a merge what
// does not belong there costs.
//
// What the chain leaves over may have moved, and is linked where words alone say so. What then stands between two beads
// of the chain, as many sentences on the one side as on the other, is linked in order where words do not speak against
// it. Moved sentences come before gaps, or two swapped ones would be linked crosswise.
#include "copies/sentences.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numeric>

namespace depesche::copies {
namespace {

// The figures that follow were swept one at a time over the four sets of bench/align_sets.py; F of links is told in ‰ of
// the sets invented / retold / retold and cut / near.

/// A bead of the chain scores more than this. 0.15 gives 981 / 995 / 942 / 997 where 0.25 gives 987 / 995 / 950 / 997
/// and 0.3 988 / 994 / 948 / 997.
constexpr double chain_score_min = 0.25;
/// One that stands across the chain, where its place is no evidence. 0.5 gives 950 on retold and cut, 0.35 960.
constexpr double moved_score_min = 0.3;
/// One that fills a gap, where its place is all but enough. 0.06 links what was put in for what was left out (invented
/// 963), 0.2 leaves out what was told in quite other words (retold 990).
constexpr double gap_score_min = 0.1;
/// … and this over the number of sentences, for where they are few, no word can be known as rare.
constexpr double gap_score_of_few = 0.3;
/// Longer gaps are left alone: their sentences have more than one place to go.
constexpr std::size_t gap_sentences_max = 4;
/// The smaller part of a merge finds this share of its weight in what the other part leaves.
constexpr double merge_share_min = 0.5;
/// How many of its rarest keys nominate a sentence's candidates, where each looks, and how many candidates are kept.
constexpr std::size_t voting_keys_max = 16;
constexpr std::size_t posting_window = 32;
constexpr std::size_t candidates_max = 8;

constexpr std::uint32_t none = 0xffffffff;

/// A half-open range of sentences.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
  auto operator<=>(const Range&) const = default;
};

struct Bead {
  Range a;
  Range b;
  double score = 0;  ///< similarity, in [0, 1]
  double value = 0;  ///< what it adds to a chain
};

/// A key by its position among all different keys of both texts.
struct Numbered {
  std::uint32_t id = 0;
  float weight = 0;
};

/// One side: its bags, and in which sentences each key stands.
struct Side {
  std::vector<Numbered> bags;               ///< of all sentences, each sorted by id
  std::vector<std::size_t> ends;            ///< of each sentence's bag
  std::vector<double> weights;              ///< of each sentence
  std::vector<std::uint32_t> posting_ends;  ///< of each key, in `postings`
  std::vector<std::uint32_t> postings;      ///< sentences, ascending, each once for a key

  std::uint32_t size() const { return static_cast<std::uint32_t>(ends.size()); }
  std::span<const Numbered> bag(std::uint32_t sentence) const {
    const auto begin = sentence == 0 ? 0 : ends[sentence - 1];
    return std::span(bags).subspan(begin, ends[sentence] - begin);
  }
  std::span<const std::uint32_t> sentences_with(std::uint32_t id) const {
    const auto begin = id == 0 ? 0 : posting_ends[id - 1];
    return std::span(postings).subspan(begin, posting_ends[id] - begin);
  }
  double weight(Range range) const {
    return std::accumulate(weights.begin() + range.begin, weights.begin() + range.end, 0.0);
  }
};

class Linker {
 public:
  Linker(const SentenceKeys& a, const SentenceKeys& b) {
    std::vector<std::uint64_t> keys;
    keys.reserve(a.all().size() + b.all().size());
    for (const auto* side : {&a, &b}) {
      for (const Key& key : side->all()) keys.push_back(key.key);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    number(a, keys, a_);
    number(b, keys, b_);
    weigh(keys.size());
  }

  std::vector<SentenceLink> run() {
    nominate();
    make_beads();
    is_linked_a_.assign(a_.size(), false);
    is_linked_b_.assign(b_.size(), false);
    auto chain = best_chain(beads_);
    for (const Bead& bead : chain) take(bead);
    add_moved();
    fill_gaps(chain);
    std::sort(taken_.begin(), taken_.end(), [](const Bead& x, const Bead& y) { return x.a < y.a; });
    std::vector<SentenceLink> links;
    links.reserve(taken_.size());
    for (const Bead& bead : taken_) {
      SentenceLink& link = links.emplace_back();
      for (auto i = bead.a.begin; i < bead.a.end; ++i) link.a.push_back(i);
      for (auto j = bead.b.begin; j < bead.b.end; ++j) link.b.push_back(j);
      link.score = bead.score;
    }
    return links;
  }

 private:
  static void number(const SentenceKeys& from, const std::vector<std::uint64_t>& keys, Side& side) {
    side.bags.reserve(from.all().size());
    side.ends.reserve(from.size());
    side.posting_ends.assign(keys.size(), 0);
    const auto for_each_posting = [&](const auto& each) {
      for (std::uint32_t sentence = 0; sentence < side.size(); ++sentence) {
        const auto bag = side.bag(sentence);
        for (std::size_t k = 0; k < bag.size(); ++k) {
          if (k == 0 || bag[k].id != bag[k - 1].id) each(bag[k].id, sentence);
        }
      }
    };
    for (std::size_t sentence = 0; sentence < from.size(); ++sentence) {
      const auto begin = static_cast<std::ptrdiff_t>(side.bags.size());
      for (const Key& key : from[sentence]) {
        const auto place = std::lower_bound(keys.begin(), keys.end(), key.key);
        side.bags.push_back({static_cast<std::uint32_t>(place - keys.begin()), key.weight});
      }
      std::sort(side.bags.begin() + begin, side.bags.end(), [](const Numbered& x, const Numbered& y) {
        return std::pair(x.id, y.weight) < std::pair(y.id, x.weight);
      });
      side.ends.push_back(side.bags.size());
    }
    for_each_posting([&](std::uint32_t id, std::uint32_t) { ++side.posting_ends[id]; });
    std::partial_sum(side.posting_ends.begin(), side.posting_ends.end(), side.posting_ends.begin());
    side.postings.resize(side.posting_ends.empty() ? 0 : side.posting_ends.back());
    auto next = side.posting_ends;
    for (std::size_t id = next.size(); id-- > 0;) next[id] = id == 0 ? 0 : side.posting_ends[id - 1];
    for_each_posting([&](std::uint32_t id, std::uint32_t sentence) { side.postings[next[id]++] = sentence; });
  }

  /// A key weighs the more the fewer sentences have it, on the side where more of them do.
  void weigh(std::size_t key_count) {
    const double sentences = std::max(a_.size(), b_.size());
    std::vector<float> rarity(key_count);
    for (std::uint32_t id = 0; id < key_count; ++id) {
      const double having = static_cast<double>(std::max(a_.sentences_with(id).size(), b_.sentences_with(id).size()));
      rarity[id] = static_cast<float>(std::log(1 + sentences / having));
    }
    for (Side* side : {&a_, &b_}) {
      side->weights.reserve(side->size());
      for (Numbered& key : side->bags) key.weight *= rarity[key.id];
      for (std::uint32_t i = 0; i < side->size(); ++i) {
        const auto bag = side->bag(i);
        side->weights.push_back(std::accumulate(bag.begin(), bag.end(), 0.0,
                                                [](double sum, const Numbered& key) { return sum + key.weight; }));
      }
    }
  }

  // -- similarity --------------------------------------------------------------------------------------------------

  /// One or two bags as one, sorted by id.
  std::span<const Numbered> joined(const Side& side, Range range, std::vector<Numbered>& room) const {
    if (range.size() == 1) return side.bag(range.begin);
    const auto x = side.bag(range.begin);
    const auto y = side.bag(range.begin + 1);
    room.resize(x.size() + y.size());
    std::merge(x.begin(), x.end(), y.begin(), y.end(), room.begin(),
               [](const Numbered& one, const Numbered& other) { return one.id < other.id; });
    return room;
  }

  /// The weight of what both have, each key as often as both have it.
  double shared_weight(Range a, Range b) {
    const auto x = joined(a_, a, room_a_);
    const auto y = joined(b_, b, room_b_);
    double shared = 0;
    for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
      if (x[i].id < y[j].id) {
        ++i;
      } else if (y[j].id < x[i].id) {
        ++j;
      } else {
        shared += std::min(x[i++].weight, y[j++].weight);
      }
    }
    return shared;
  }

  /// The bead, where it could score `score_min` by the weights of its sides alone.
  Bead bead_of(Range a, Range b, double score_min) {
    Bead bead{a, b, 0, 0};
    const double weight_a = a_.weight(a);
    const double weight_b = b_.weight(b);
    const double both = weight_a + weight_b;
    if (both <= 0 || 2 * std::min(weight_a, weight_b) < score_min * both) return bead;
    bead.score = std::min(1.0, 2 * shared_weight(a, b) / both);
    bead.value = (bead.score - score_min) * both;
    return bead;
  }

  // -- candidates --------------------------------------------------------------------------------------------------

  void nominate() {
    nominate_for(a_, b_, [&](std::uint32_t i, std::uint32_t j) { candidates_.emplace_back(i, j); });
    nominate_for(b_, a_, [&](std::uint32_t j, std::uint32_t i) { candidates_.emplace_back(i, j); });
    std::sort(candidates_.begin(), candidates_.end());
    candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
  }

  template <class Add>
  static void nominate_for(const Side& from, const Side& to, const Add& add) {
    struct Vote {
      std::uint32_t sentence;
      float weight;
    };
    std::vector<std::pair<std::size_t, Numbered>> rare;
    std::vector<Vote> votes;
    for (std::uint32_t i = 0; i < from.size(); ++i) {
      rare.clear();
      votes.clear();
      for (const Numbered& key : from.bag(i)) {
        if (!rare.empty() && rare.back().second.id == key.id) continue;
        const auto having = to.sentences_with(key.id).size();
        if (having > 0) rare.emplace_back(having, key);
      }
      const auto taken = std::min(rare.size(), voting_keys_max);
      const auto is_rarer = [](const auto& x, const auto& y) {
        return std::pair(x.first, x.second.id) < std::pair(y.first, y.second.id);
      };
      std::partial_sort(rare.begin(), rare.begin() + static_cast<std::ptrdiff_t>(taken), rare.end(), is_rarer);
      const auto expected = static_cast<std::uint32_t>(static_cast<double>(i) * to.size() / from.size());
      for (std::size_t k = 0; k < taken; ++k) {
        for (const std::uint32_t j : window_around(expected, to.sentences_with(rare[k].second.id))) {
          votes.push_back({j, rare[k].second.weight});
        }
      }
      std::sort(votes.begin(), votes.end(), [](const Vote& x, const Vote& y) { return x.sentence < y.sentence; });
      std::size_t count = 0;
      for (const Vote& vote : votes) {
        if (count > 0 && votes[count - 1].sentence == vote.sentence) {
          votes[count - 1].weight += vote.weight;
        } else {
          votes[count++] = vote;
        }
      }
      votes.resize(count);
      const auto away = [expected](std::uint32_t j) { return j > expected ? j - expected : expected - j; };
      const auto kept = std::min(count, candidates_max);
      std::partial_sort(votes.begin(), votes.begin() + static_cast<std::ptrdiff_t>(kept), votes.end(),
                        [&](const Vote& x, const Vote& y) {
                          return std::tuple(y.weight, away(x.sentence), x.sentence) <
                                 std::tuple(x.weight, away(y.sentence), y.sentence);
                        });
      for (std::size_t k = 0; k < kept; ++k) add(i, votes[k].sentence);
    }
  }

  static std::span<const std::uint32_t> window_around(std::uint32_t expected, std::span<const std::uint32_t> list) {
    if (list.size() <= posting_window) return list;
    const auto near = static_cast<std::size_t>(std::lower_bound(list.begin(), list.end(), expected) - list.begin());
    const auto begin =
        std::min(near > posting_window / 2 ? near - posting_window / 2 : 0, list.size() - posting_window);
    return list.subspan(begin, posting_window);
  }

  // -- beads -------------------------------------------------------------------------------------------------------

  /// Every bead of at most two sentences a side that holds a candidate, by its first sentence of a.
  void make_beads() {
    std::vector<std::pair<Range, Range>> wanted;
    auto first = candidates_.begin();
    for (std::uint32_t begin = 0; begin < a_.size(); ++begin) {
      while (first != candidates_.end() && first->first < begin) ++first;
      wanted.clear();
      for (auto at = first; at != candidates_.end() && at->first <= begin + 1; ++at) {
        const auto [i, j] = *at;
        for (const Range x : {Range{begin, begin + 1}, Range{begin, begin + 2}}) {
          if (x.end <= i || x.end > a_.size()) continue;
          for (const Range y : {Range{j, j + 1}, Range{j, j + 2}, Range{j - 1, j + 1}}) {
            if (y.begin <= j && y.end <= b_.size()) wanted.emplace_back(x, y);
          }
        }
      }
      std::sort(wanted.begin(), wanted.end());
      wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
      for (const auto& [x, y] : wanted) {
        const Bead bead = bead_of(x, y, chain_score_min);
        if (bead.value > 0 && is_whole(bead)) beads_.push_back(bead);
      }
    }
  }

  /// A merge must be told from its parts: the smaller of two sentences must have found in the other side what the larger
  /// had not.
  bool is_whole(const Bead& bead) {
    if (bead.a.size() == 1 && bead.b.size() == 1) return true;
    const auto parts = [](Range r) { return std::array{Range{r.begin, r.begin + 1}, Range{r.end - 1, r.end}}; };
    const double shared = shared_weight(bead.a, bead.b);
    double best = 0;
    double least = 0;
    if (bead.a.size() == 2 && bead.b.size() == 2) {
      const auto x = parts(bead.a);
      const auto y = parts(bead.b);
      best = std::max({shared_weight(x[0], y[0]) + shared_weight(x[1], y[1]), shared_weight(bead.a, y[0]),
                       shared_weight(bead.a, y[1]), shared_weight(x[0], bead.b), shared_weight(x[1], bead.b),
                       shared_weight(x[0], y[1]) + shared_weight(x[1], y[0])});
      least = std::min({a_.weight(x[0]), a_.weight(x[1]), b_.weight(y[0]), b_.weight(y[1])});
    } else if (bead.a.size() == 2) {
      const auto x = parts(bead.a);
      best = std::max(shared_weight(x[0], bead.b), shared_weight(x[1], bead.b));
      least = std::min(a_.weight(x[0]), a_.weight(x[1]));
    } else {
      const auto y = parts(bead.b);
      best = std::max(shared_weight(bead.a, y[0]), shared_weight(bead.a, y[1]));
      least = std::min(b_.weight(y[0]), b_.weight(y[1]));
    }
    return least > 0 && shared - best >= merge_share_min * least;
  }

  // -- the chain ---------------------------------------------------------------------------------------------------

  /// The beads of greatest value that follow each other on both sides. `beads` are sorted by a.
  std::vector<Bead> best_chain(const std::vector<Bead>& beads) const {
    std::vector<double> total(beads.size());
    std::vector<std::uint32_t> before(beads.size(), none);
    std::vector<std::uint32_t> best(b_.size() + 1,
                                    none);  // Fenwick tree over the ends in b, of the best chain's last bead
    const auto is_better = [&](std::uint32_t x, std::uint32_t y) {
      return x != none && (y == none || total[x] > total[y] || (total[x] == total[y] && x < y));
    };
    std::vector<std::uint32_t> by_end(beads.size());
    std::iota(by_end.begin(), by_end.end(), 0);
    std::stable_sort(by_end.begin(), by_end.end(),
                     [&](std::uint32_t x, std::uint32_t y) { return beads[x].a.end < beads[y].a.end; });
    std::size_t ended = 0;
    std::uint32_t last = none;
    for (std::uint32_t k = 0; k < beads.size(); ++k) {
      for (; ended < by_end.size() && beads[by_end[ended]].a.end <= beads[k].a.begin; ++ended) {
        for (std::uint32_t at = beads[by_end[ended]].b.end; at < best.size(); at += at & (~at + 1)) {
          if (is_better(by_end[ended], best[at])) best[at] = by_end[ended];
        }
      }
      for (std::uint32_t at = beads[k].b.begin; at > 0; at -= at & (~at + 1)) {
        if (is_better(best[at], before[k])) before[k] = best[at];
      }
      total[k] = beads[k].value + (before[k] == none ? 0 : total[before[k]]);
      if (is_better(k, last)) last = k;
    }
    std::vector<Bead> chain;
    for (; last != none; last = before[last]) chain.push_back(beads[last]);
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  void take(const Bead& bead) {
    for (auto i = bead.a.begin; i < bead.a.end; ++i) is_linked_a_[i] = true;
    for (auto j = bead.b.begin; j < bead.b.end; ++j) is_linked_b_[j] = true;
    taken_.push_back(bead);
  }

  /// Between two beads of the chain, where as many sentences stand on the one side as on the other, their place speaks
  /// for them: less likeness will do.
  void fill_gaps(const std::vector<Bead>& chain) {
    const double score_min = gap_score_min + gap_score_of_few / std::max({1U, a_.size(), b_.size()});
    Range a{0, 0};
    Range b{0, 0};
    std::vector<std::uint32_t> free_a;
    std::vector<std::uint32_t> free_b;
    const auto find_free = [](Range range, const std::vector<bool>& linked, std::vector<std::uint32_t>& out) {
      out.clear();
      for (auto i = range.begin; i < range.end && out.size() <= gap_sentences_max; ++i) {
        if (!linked[i]) out.push_back(i);
      }
    };
    const auto fill = [&] {
      find_free(a, is_linked_a_, free_a);
      find_free(b, is_linked_b_, free_b);
      if (free_a.size() != free_b.size() || free_a.size() > gap_sentences_max) return;
      for (std::size_t k = 0; k < free_a.size(); ++k) {
        const Bead bead = bead_of({free_a[k], free_a[k] + 1}, {free_b[k], free_b[k] + 1}, score_min);
        if (bead.value > 0) take(bead);
      }
    };
    for (const Bead& bead : chain) {
      a.end = bead.a.begin;
      b.end = bead.b.begin;
      fill();
      a.begin = bead.a.end;
      b.begin = bead.b.end;
    }
    a.end = a_.size();
    b.end = b_.size();
    fill();
  }

  void add_moved() {
    std::vector<Bead> moved;
    for (const Bead& bead : beads_) {
      if (bead.score >= moved_score_min && is_free(bead)) moved.push_back(bead);
    }
    std::stable_sort(moved.begin(), moved.end(), [](const Bead& x, const Bead& y) { return x.value > y.value; });
    for (const Bead& bead : moved) {
      if (is_free(bead)) take(bead);
    }
  }

  bool is_free(const Bead& bead) const {
    const auto is_none = [](const std::vector<bool>& linked, Range range) {
      return !linked[range.begin] && !linked[range.end - 1];
    };
    return is_none(is_linked_a_, bead.a) && is_none(is_linked_b_, bead.b);
  }

  Side a_;
  Side b_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> candidates_;
  std::vector<Bead> beads_;  ///< sorted by a, then b
  std::vector<Bead> taken_;
  std::vector<bool> is_linked_a_;
  std::vector<bool> is_linked_b_;
  std::vector<Numbered> room_a_;
  std::vector<Numbered> room_b_;
};

}  // namespace

std::span<const Key> SentenceKeys::operator[](std::size_t sentence) const {
  assert(sentence < ends_.size());
  const auto begin = sentence == 0 ? 0 : ends_[sentence - 1];
  return std::span(keys_).subspan(begin, ends_[sentence] - begin);
}

std::vector<text::Sentence> body_sentences(const Article& article, const text::Text& text) {
  std::vector<text::Sentence> sentences;
  for (const auto& sentence : text.sentences) {
    const Role role = article.blocks[sentence.block].role;
    if (role == Role::body || role == Role::subheading) sentences.push_back(sentence);
  }
  return sentences;
}

SentenceKeys keys_of(const text::Text& text, std::span<const text::Sentence> sentences) {
  SentenceKeys keys;
  for (const auto& sentence : sentences) {
    for (auto i = sentence.first_token; i < sentence.last_token; ++i) {
      const auto& token = text.tokens[i];
      if (token.kind == text::TokenKind::mark) continue;
      keys.add({token.stem, 1, i});
    }
    keys.end_sentence();
  }
  return keys;
}

std::vector<SentenceLink> link_sentences(const SentenceKeys& a, const SentenceKeys& b) { return Linker(a, b).run(); }

std::vector<Anchor> anchors_of(const SentenceKeys& a, const SentenceKeys& b, const SentenceLink& link) {
  const auto sorted = [](const SentenceKeys& side, std::span<const std::uint32_t> sentences) {
    std::vector<Key> keys;
    for (const auto sentence : sentences) {
      for (const Key& key : side[sentence]) keys.push_back(key);
    }
    std::stable_sort(keys.begin(), keys.end(), [](const Key& x, const Key& y) { return x.key < y.key; });
    return keys;
  };
  const auto x = sorted(a, link.a);
  const auto y = sorted(b, link.b);
  std::vector<Anchor> anchors;
  for (std::size_t i = 0, j = 0; i < x.size() && j < y.size();) {
    if (x[i].key < y[j].key) {
      ++i;
    } else if (y[j].key < x[i].key) {
      ++j;
    } else {
      anchors.push_back({x[i++].token, y[j++].token});
    }
  }
  std::sort(anchors.begin(), anchors.end());
  return anchors;
}

}  // namespace depesche::copies
