// All pairs of a collection at a threshold, without comparing all pairs and without missing one.
//
// Let the shingles of every document stand in one order, the rarest first. Two documents of resemblance t or more share at
// least t·|x| shingles, whichever of them x is; so if none of the first |x| − ⌈t·|x|⌉ + 1 of x is in y, too few are left.
// Those first ones, the prefix, are the rarest: most of them occur in no other document, and cost nothing but a count.
//
//   |x| = 200, t = 0.5: 80 shingles occur nowhere else, 120 do. Prefix: 101; looked up: the 21 rarest of the 120.
//   |x| = 200, t = 0.5: 101 occur nowhere else. Nothing is looked up, the document is in no pair.
//
// 1. Counting. How many documents hold a shingle is counted in a few bits a bucket, a shingle's bucket given by its hash.
//    Two shingles may share a bucket and look more frequent than they are: that makes the order a little worse and
//    nothing wrong, for any order will do as long as it is the same for all documents; and what looks unique is.
//    Shingles that are unique are dropped (their number is kept), documents that have too few others are out.
// 2. Documents with the same set are put together and stand as one. Then shingles are counted anew among what is left.
// 3. Joining. Documents come by size, the smallest first. Each looks up its prefix among the smaller ones and then
//    leaves its own, which is shorter: for what follows is as large or larger. Each entry in the index says how large a
//    document may be to still reach the threshold when this shingle is the first that both share (its reach); since
//    sizes only grow, an entry once out of reach is never needed again and is taken out in passing. Without this a
//    hundred thousand weather reports that share three fifths of their shingles, and are no near-duplicates, would all
//    meet in each other's entries.
// 4. Candidates whose outlines show that they differ too much are dropped, the others counted out, shingle by shingle.
//
// For containment the share is one of the smaller document only: its prefix is shorter (t is higher as a rule), but the
// larger document must look up all it has.
//
// Cost: reading aside, a few operations a shingle, and about one count a true pair.
#include "copies/near.h"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <memory>
#include <new>
#include <numeric>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>

namespace depesche::copies {
namespace {

using Hash = std::uint64_t;
using Document = std::uint32_t;
using Rank = std::uint32_t;

constexpr std::size_t chunk_hashes = 1u << 18;  ///< a huge page
constexpr double rounding =
    1e-9;  ///< thresholds such as 0.7 are not exact; a need too low by one costs a look, no pair
constexpr std::uint32_t endless = UINT32_MAX;
constexpr std::size_t progress_step = 1024;
constexpr std::size_t counted_ahead = 32;  ///< shingles whose counters are fetched before they are needed
constexpr std::size_t fetched_ahead = 8;   ///< shingles
constexpr std::size_t dead_min = 16;       ///< entries out of reach in a list before it is worth rewriting

/// A large array of zeros straight from the system, which takes it back at once. In huge pages where there are such: most
/// of what is done here is to look at places all over it, and each would cost a walk through the page tables.
template <class T>
class LargeArray {
 public:
  LargeArray() = default;
  explicit LargeArray(std::size_t size) : size_(size), mapped_bytes_(size * sizeof(T) + huge_page_bytes) {
    mapped_ = mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped_ == MAP_FAILED) throw std::bad_alloc();
    void* aligned = mapped_;
    auto room = mapped_bytes_;
    values_ = static_cast<T*>(std::align(huge_page_bytes, size * sizeof(T), aligned, room));
#ifdef MADV_HUGEPAGE
    madvise(aligned, size * sizeof(T), MADV_HUGEPAGE);  // a hint: it may be refused
#endif
  }
  LargeArray(LargeArray&& other) noexcept { *this = std::move(other); }
  LargeArray& operator=(LargeArray&& other) noexcept {
    std::swap(values_, other.values_);
    std::swap(size_, other.size_);
    std::swap(mapped_, other.mapped_);
    std::swap(mapped_bytes_, other.mapped_bytes_);
    return *this;
  }
  ~LargeArray() {
    if (mapped_ != nullptr) munmap(mapped_, mapped_bytes_);
  }

  T& operator[](std::size_t i) { return values_[i]; }
  const T& operator[](std::size_t i) const { return values_[i]; }
  T* begin() { return values_; }
  T* end() { return values_ + size_; }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::size_t huge_page_bytes = 2u << 20;

  T* values_ = nullptr;
  std::size_t size_ = 0;
  void* mapped_ = nullptr;
  std::size_t mapped_bytes_ = 0;
};

/// A place in [0, size) given by the upper half of a hash.
std::size_t place_of(Hash hash, std::size_t size) {
  assert(size <= UINT32_MAX);
  return (hash >> 32) * size >> 32;
}

/// What two sets must share to reach a threshold.
class Needs {
 public:
  explicit Needs(const NearThresholds& thresholds) : thresholds_(thresholds) {}

  bool has_resemblance() const { return thresholds_.resemblance.has_value(); }
  bool has_containment() const { return thresholds_.containment.has_value(); }

  /// The least overlap by which sets of these sizes can reach a threshold; `small` is not larger than `large`.
  std::uint32_t of_pair(std::uint32_t small, std::uint32_t large) const {
    auto need = endless;
    if (thresholds_.resemblance) {
      const double t = *thresholds_.resemblance;
      need = std::min(need, rounded_up(t / (1 + t) * (static_cast<double>(small) + large)));
    }
    if (thresholds_.containment) need = std::min(need, rounded_up(*thresholds_.containment * small));
    return need;
  }

  /// The least overlap that a set of this size needs with any set, where it is the smaller one.
  std::uint32_t as_smaller(std::uint32_t size) const { return of_pair(size, size); }

  /// ... and where it is the larger one: with a smaller set that it holds entirely, but for containment one shingle will
  /// do.
  std::uint32_t as_larger(std::uint32_t size) const {
    if (thresholds_.containment) return 1;
    return thresholds_.resemblance ? rounded_up(*thresholds_.resemblance * size) : endless;
  }

  /// The largest set that one of `size` can reach a threshold with, when at most `left` are shared; 0 where none is.
  std::uint32_t reach(std::uint32_t size, std::uint32_t left) const {
    if (thresholds_.containment && left >= rounded_up(*thresholds_.containment * size)) return endless;
    if (!thresholds_.resemblance) return 0;
    const double t = *thresholds_.resemblance;
    return rounded_down((1 + t) / t * left - size);
  }

  /// The largest of the sets not larger than `size` with which it can, when at most `left` are shared.
  std::uint32_t reach_down(std::uint32_t size, std::uint32_t left) const {
    double out = 0;
    if (thresholds_.containment) out = left / *thresholds_.containment;
    if (thresholds_.resemblance) {
      const double t = *thresholds_.resemblance;
      out = std::max(out, (1 + t) / t * left - size);
    }
    return std::min(size, rounded_down(out));
  }

  bool are_met(double resemblance, double containment) const {
    return (thresholds_.resemblance && resemblance >= *thresholds_.resemblance) ||
           (thresholds_.containment && containment >= *thresholds_.containment);
  }

 private:
  static std::uint32_t rounded_up(double need) {
    return static_cast<std::uint32_t>(std::max(1.0, std::ceil(need * (1 - rounding))));
  }
  static std::uint32_t rounded_down(double size) {
    return static_cast<std::uint32_t>(std::clamp(std::floor(size * (1 + rounding)), 0.0, double{endless - 1}));
  }

  NearThresholds thresholds_;
};

/// Whether shingles were counted once or more often: two bits a bucket, two buckets a shingle, so that as much as can be
/// stays in the processor's cache.
class CountersToTwo {
 public:
  explicit CountersToTwo(std::size_t shingles)
      : buckets_(std::clamp<std::size_t>(shingles * 2, 64, UINT32_MAX)), bits_(buckets_ / 4 + 1) {}

  void add(Hash hash) {
    const auto place = place_of(hash, buckets_);
    const auto shift = place % 4 * 2;
    auto& bits = bits_[place / 4];
    bits = static_cast<std::uint8_t>(bits | (1 + (bits >> shift & 1)) << shift);
  }
  /// Tells the processor that the counter will soon be needed; waiting for memory one by one took most of the time.
  void fetch(Hash hash) const { __builtin_prefetch(&bits_[place_of(hash, buckets_) / 4], 1); }
  std::uint8_t of(Hash hash) const {
    const auto place = place_of(hash, buckets_);
    return (bits_[place / 4] >> (place % 4 * 2) & 2) != 0 ? 2 : 1;
  }

 private:
  std::size_t buckets_;
  LargeArray<std::uint8_t> bits_;
};

/// How often shingles were counted; 255 stands for more.
class Counters {
 public:
  explicit Counters(std::size_t shingles) : counts_(std::clamp<std::size_t>(shingles + shingles / 2, 64, UINT32_MAX)) {}

  void add(Hash hash) {
    auto& count = counts_[place_of(turned(hash), counts_.size())];
    count = static_cast<std::uint8_t>(count + (count < UINT8_MAX));
  }
  void fetch(Hash hash) const { __builtin_prefetch(&counts_[place_of(turned(hash), counts_.size())], 1); }
  std::uint8_t of(Hash hash) const { return counts_[place_of(turned(hash), counts_.size())]; }

 private:
  /// So that shingles that shared a bucket in the first counting part.
  static Hash turned(Hash hash) { return hash << 32 | hash >> 32; }

  LargeArray<std::uint8_t> counts_;
};

/// Sorts the shingles of a document by their counts, and where these are equal by themselves.
///
/// A hash is as good as drawn by lot, so its first byte puts a few hundred of them almost in order: two passes of a radix
/// sort, by that byte and by the count, leave next to nothing to an insertion sort.
class RaritySort {
 public:
  void sort(std::span<Hash> hashes, std::span<const std::uint8_t> counts) {
    const auto size = hashes.size();
    first_.resize(size);
    second_.resize(size);
    for (std::size_t i = 0; i < size; ++i) first_[i] = {hashes[i], counts[i]};
    if (size > radix_max) {
      std::sort(first_.begin(), first_.end());
    } else {
      spread(first_, second_, [](const Counted& one) { return one.hash >> 56; });
      spread(second_, first_, [](const Counted& one) { return Hash{one.count}; });
      for (std::size_t i = 1; i < size; ++i) {
        const auto one = first_[i];
        auto to = i;
        for (; to > 0 && one < first_[to - 1]; --to) first_[to] = first_[to - 1];
        first_[to] = one;
      }
    }
    for (std::size_t i = 0; i < size; ++i) hashes[i] = first_[i].hash;
  }

 private:
  static constexpr std::size_t radix_max = 4096;

  struct Counted {
    Hash hash = 0;
    std::uint8_t count = 0;
    bool operator<(const Counted& other) const {
      return count != other.count ? count < other.count : hash < other.hash;
    }
  };

  template <class Byte>
  static void spread(const std::vector<Counted>& from, std::vector<Counted>& to, const Byte& byte) {
    std::array<std::uint32_t, 257> begins{};
    for (const auto& one : from) ++begins[byte(one) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    for (const auto& one : from) to[begins[byte(one)]++] = one;
  }

  std::vector<Counted> first_;
  std::vector<Counted> second_;
};

/// A set of hashes in 1,024 bits, a bit for each hash: every bit that one set has and another has not is a hash that they
/// do not share. Sandes, Teodoro & Melo, "Bitmap filter: speeding up exact set similarity joins with bitwise operations"
/// (2020).
class Outline {
 public:
  explicit Outline(std::span<const Hash> hashes) {
    for (const auto hash : hashes) bits_[hash >> 60] |= std::uint64_t{1} << (hash >> 54 & 63);
    for (const auto word : bits_) set_ += static_cast<std::uint32_t>(std::popcount(word));
  }
  /// Whether sets of these sizes may share `need` hashes.
  friend bool may_share(const Outline& a, std::size_t size_a, const Outline& b, std::size_t size_b,
                        std::uint32_t need) {
    if (size_a < need || size_b < need) return false;
    std::uint32_t both = 0;
    for (std::size_t i = 0; i < a.bits_.size(); ++i)
      both += static_cast<std::uint32_t>(std::popcount(a.bits_[i] & b.bits_[i]));
    return size_a - need >= a.set_ - both && size_b - need >= b.set_ - both;
  }

 private:
  std::array<std::uint64_t, 16> bits_{};
  std::uint32_t set_ = 0;
};

/// A set of hashes that is filled and asked many times over.
class HashSet {
 public:
  void fill(std::span<const Hash> hashes) {
    const auto size = std::bit_ceil(std::max<std::size_t>(hashes.size() * 2, 16));
    slots_.assign(size, 0);
    shift_ = 64 - std::countr_zero(size);
    for (const auto hash : hashes) {
      auto slot = hash >> shift_;
      while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
      slots_[slot] = hash;
    }
  }
  bool contains(Hash hash) const {
    auto slot = hash >> shift_;
    while (slots_[slot] != 0 && slots_[slot] != hash) slot = (slot + 1) & (slots_.size() - 1);
    return slots_[slot] == hash;
  }
  /// How many of `hashes` are in it; may stop and return less than `need` where it will not come to that many.
  std::uint32_t count(std::span<const Hash> hashes, std::uint32_t need) const {
    if (hashes.size() < need) return 0;
    auto may_miss = hashes.size() - need;
    std::uint32_t found = 0;
    for (const auto hash : hashes) {
      if (contains(hash)) {
        ++found;
      } else if (may_miss-- == 0) {
        return 0;
      }
    }
    return found;
  }

 private:
  std::vector<Hash> slots_;
  int shift_ = 0;
};

}  // namespace

/// The shingles of all documents, one behind the other in chunks: what is kept of them can be pushed together in place,
/// and the chunks at the end be given back.
class NearDuplicates::Store {
 public:
  struct Entry {
    Hash* hashes = nullptr;
    std::uint32_t size = 0;  ///< of the document's set
    std::uint32_t kept = 0;  ///< of these, those that may be shared; the others are unique and were dropped
    Hash sum = 0;            ///< of all hashes of the set: equal for equal sets
  };

  void add(std::span<const Hash> shingles) {
    entries.push_back({place_for(shingles.size()), static_cast<std::uint32_t>(shingles.size()),
                       static_cast<std::uint32_t>(shingles.size()),
                       std::accumulate(shingles.begin(), shingles.end(), Hash{0})});
    std::copy(shingles.begin(), shingles.end(), entries.back().hashes);
  }

  /// Asks `keep(document, hashes)`, in the order of the documents, which may reorder the hashes and says how many of the
  /// first to keep.
  template <class Keep>
  void shrink(const Keep& keep) {
    at_chunk_ = at_hash_ = 0;
    for (Document document = 0; document < entries.size(); ++document) {
      auto& entry = entries[document];
      if (entry.kept == 0) continue;
      entry.kept = static_cast<std::uint32_t>(keep(document, std::span(entry.hashes, entry.kept)));
      // What is put down is never larger than what it was, so this place is not behind the one it comes from.
      auto* const to = place_for(entry.kept);
      if (to != entry.hashes) std::copy(entry.hashes, entry.hashes + entry.kept, to);
      entry.hashes = to;
    }
    chunks_.resize(entries.empty() ? 0 : at_chunk_ + 1);
  }

  std::span<Hash> hashes_of(Document document) { return {entries[document].hashes, entries[document].kept}; }

  std::vector<Entry> entries;

 private:
  Hash* place_for(std::size_t size) {
    while (at_chunk_ < chunks_.size() && at_hash_ + size > chunks_[at_chunk_].size()) {
      ++at_chunk_;
      at_hash_ = 0;
    }
    if (at_chunk_ == chunks_.size()) {
      chunks_.emplace_back(std::max(size, chunk_hashes));
    }
    auto* const place = chunks_[at_chunk_].begin() + at_hash_;
    at_hash_ += size;
    return place;
  }

  std::vector<LargeArray<Hash>> chunks_;
  std::size_t at_chunk_ = 0;
  std::size_t at_hash_ = 0;
};

class NearDuplicates::Search {
 public:
  Search(Store& store, const NearThresholds& thresholds) : store_(store), needs_(thresholds) {}

  NearReport run(const std::function<void(const NearPair&)>& each, const Progress& progress) {
    drop_unique<CountersToTwo>();
    group_equal();
    drop_unique<Counters>();
    order_by_size();
    reserve_lists();
    join(progress);
    tell(each);
    return report_;
  }

 private:
  struct Posting {
    Rank rank = 0;
    std::uint32_t reach = 0;  ///< the largest document that this shingle can be the first to share with
    std::uint32_t tag = 0;    ///< further bits of the hash, for lists are shared by shingles
  };
  struct List {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  ///< grows while documents come
  };
  struct Joined {
    Document a = 0;
    Document b = 0;
    std::uint32_t overlap = 0;
  };

  template <class Counting>
  void drop_unique();
  void group_equal();
  void order_by_size();
  std::uint32_t unique_of(Document document) const {
    return store_.entries[document].size - store_.entries[document].kept;
  }
  std::size_t indexed_of(std::uint32_t size, std::size_t kept) const;
  std::size_t looked_up_of(std::uint32_t size, std::size_t kept) const;
  std::span<const Hash> indexed(Document document) const;
  std::span<const Hash> looked_up(Document document) const;
  void reserve_lists();
  void join(const Progress& progress);
  void look_up(Rank rank);
  void scan(List& list, std::uint32_t tag, Rank rank, Rank rank_end);
  void verify(Rank rank);
  void leave(Rank rank);
  NearPair pair_of(Document a, Document b, std::uint32_t overlap) const;
  void tell(const std::function<void(const NearPair&)>& each);

  static std::uint32_t tag_of(Hash hash) { return static_cast<std::uint32_t>(hash); }

  Store& store_;
  Needs needs_;
  std::vector<std::vector<Document>> groups_;  ///< of equal documents, each ascending, two at least
  std::vector<std::uint32_t> group_of_;        ///< of a document, `endless` where it is alone
  std::vector<Document> by_rank_;              ///< documents that may be in pairs, one of each group, by size
  std::vector<std::uint32_t> size_of_rank_;
  std::vector<Outline> outlines_;  ///< of a rank
  LargeArray<List> lists_;
  LargeArray<Posting> postings_;
  std::vector<Rank> asked_by_;  ///< of a rank: who took it for a candidate last, plus 1
  std::vector<Rank> candidates_;
  HashSet at_hand_;
  RaritySort rarity_sort_;
  std::vector<Joined> joined_;
  NearReport report_;
};

/// Drops the shingles that one document alone holds, and the documents that hold too few others. Where all is counted,
/// puts the rarest shingles of each document in front.
template <class Counting>
void NearDuplicates::Search::drop_unique() {
  std::size_t total = 0;
  for (const auto& entry : store_.entries) total += entry.kept;
  Counting counting(total);
  for (Document document = 0; document < store_.entries.size(); ++document) {
    const auto hashes = store_.hashes_of(document);
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (i + counted_ahead < hashes.size()) counting.fetch(hashes[i + counted_ahead]);
      counting.add(hashes[i]);
    }
  }
  std::vector<std::uint8_t> counts;
  store_.shrink([&](Document document, std::span<Hash> hashes) -> std::size_t {
    std::size_t kept = 0;
    counts.resize(hashes.size());
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (i + counted_ahead < hashes.size()) counting.fetch(hashes[i + counted_ahead]);
      const Hash hash = hashes[i];
      hashes[kept] = hash;
      counts[kept] = counting.of(hash);
      kept += counts[kept] > 1;
    }
    const auto size = store_.entries[document].size;
    if (kept < std::min(needs_.as_smaller(size), needs_.as_larger(size))) return 0;
    if constexpr (std::is_same_v<Counting, Counters>) {
      if (std::max(indexed_of(size, kept), looked_up_of(size, kept)) > 0)
        rarity_sort_.sort(hashes.first(kept), std::span(counts).first(kept));
    }
    return kept;
  });
}

/// Finds the documents that have the same set, and leaves only the first of them to the join.
void NearDuplicates::Search::group_equal() {
  const auto& entries = store_.entries;
  group_of_.assign(entries.size(), endless);
  std::vector<Document> whole;  // no shingle of theirs is unique
  for (Document document = 0; document < entries.size(); ++document) {
    if (entries[document].kept > 0 && entries[document].kept == entries[document].size) whole.push_back(document);
  }
  std::sort(whole.begin(), whole.end(), [&](Document x, Document y) {
    return std::tie(entries[x].sum, entries[x].size, x) < std::tie(entries[y].sum, entries[y].size, y);
  });
  for (std::size_t begin = 0, end = 0; begin < whole.size(); begin = end) {
    const auto& first = entries[whole[begin]];
    for (end = begin;
         end < whole.size() && entries[whole[end]].sum == first.sum && entries[whole[end]].size == first.size;)
      ++end;
    if (end - begin < 2) continue;
    std::vector<Document> group = {whole[begin]};
    at_hand_.fill(store_.hashes_of(whole[begin]));
    for (auto i = begin + 1; i < end; ++i) {
      if (at_hand_.count(store_.hashes_of(whole[i]), first.size) == first.size) group.push_back(whole[i]);
    }
    if (group.size() < 2) continue;
    for (const auto member : group) group_of_[member] = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back(std::move(group));
  }
  store_.shrink([&](Document document, std::span<Hash> hashes) {
    const auto group = group_of_[document];
    return group == endless || groups_[group][0] == document ? hashes.size() : 0;
  });
}

void NearDuplicates::Search::order_by_size() {
  const auto& entries = store_.entries;
  for (Document document = 0; document < entries.size(); ++document) {
    if (entries[document].kept > 0) by_rank_.push_back(document);
  }
  std::sort(by_rank_.begin(), by_rank_.end(),
            [&](Document x, Document y) { return std::tie(entries[x].size, x) < std::tie(entries[y].size, y); });
  size_of_rank_.reserve(by_rank_.size());
  outlines_.reserve(by_rank_.size());
  for (const auto document : by_rank_) {
    size_of_rank_.push_back(entries[document].size);
    outlines_.emplace_back(store_.hashes_of(document));
  }
}

/// How many of its `kept` shingles a document leaves in the index.
std::size_t NearDuplicates::Search::indexed_of(std::uint32_t size, std::size_t kept) const {
  const auto prefix = size - std::min(size, needs_.as_smaller(size)) + 1;
  return std::min(kept, prefix - std::min<std::size_t>(prefix, size - kept));
}

/// How many it looks up there.
std::size_t NearDuplicates::Search::looked_up_of(std::uint32_t size, std::size_t kept) const {
  const auto prefix = size - std::min(size, needs_.as_larger(size)) + 1;
  return std::min(kept, prefix - std::min<std::size_t>(prefix, size - kept));
}

std::span<const Hash> NearDuplicates::Search::indexed(Document document) const {
  const auto& entry = store_.entries[document];
  return store_.hashes_of(document).first(indexed_of(entry.size, entry.kept));
}

std::span<const Hash> NearDuplicates::Search::looked_up(Document document) const {
  const auto& entry = store_.entries[document];
  return store_.hashes_of(document).first(looked_up_of(entry.size, entry.kept));
}

/// Makes room in the index for all that documents will leave there.
void NearDuplicates::Search::reserve_lists() {
  std::size_t total = 0;
  for (const auto document : by_rank_) total += indexed(document).size();
  if (total > UINT32_MAX) throw std::length_error("too many documents to be compared at once");
  lists_ = LargeArray<List>(std::max<std::size_t>(total, 64));
  for (const auto document : by_rank_) {
    for (const Hash hash : indexed(document)) ++lists_[place_of(hash, lists_.size())].end;
  }
  std::uint32_t begin = 0;
  for (auto& list : lists_) {
    const auto size = list.end;
    list.begin = list.end = begin;
    begin += size;
  }
  postings_ = LargeArray<Posting>(std::max<std::size_t>(total, 1));
}

void NearDuplicates::Search::join(const Progress& progress) {
  asked_by_.assign(by_rank_.size(), 0);
  for (Rank rank = 0; rank < by_rank_.size(); ++rank) {
    look_up(rank);
    if (!candidates_.empty()) verify(rank);
    leave(rank);
    if (progress && rank % progress_step == 0) progress(rank, by_rank_.size());
  }
  if (progress) progress(by_rank_.size(), by_rank_.size());
  lists_ = {};
  postings_ = {};
}

void NearDuplicates::Search::look_up(Rank rank) {
  const auto document = by_rank_[rank];
  const auto size = size_of_rank_[rank];
  const auto hashes = looked_up(document);
  const auto left_at_first = size - unique_of(document);
  candidates_.clear();
  Rank rank_end = rank;
  const auto list_at = [&](std::size_t i) -> List& { return lists_[place_of(hashes[i], lists_.size())]; };
  for (std::size_t i = 0; i < hashes.size() && rank_end > 0; ++i) {
    // The index is larger than the processor's caches, and what comes next is known.
    if (i + 2 * fetched_ahead < hashes.size()) __builtin_prefetch(&list_at(i + 2 * fetched_ahead));
    if (i + fetched_ahead < hashes.size()) __builtin_prefetch(&postings_[list_at(i + fetched_ahead).begin]);
    auto& list = list_at(i);
    if (list.begin == list.end) continue;
    // If this is the first shingle that both share, those in front of it are not shared.
    const auto reach = needs_.reach_down(size, left_at_first - static_cast<std::uint32_t>(i));
    if (reach < size && size_of_rank_[rank_end - 1] > reach) {
      rank_end = static_cast<Rank>(std::upper_bound(size_of_rank_.begin(), size_of_rank_.begin() + rank_end, reach) -
                                   size_of_rank_.begin());
    }
    scan(list, tag_of(hashes[i]), rank, rank_end);
  }
}

/// Takes the documents of a list for candidates, those below `rank_end`.
void NearDuplicates::Search::scan(List& list, std::uint32_t tag, Rank rank, Rank rank_end) {
  const auto size = size_of_rank_[rank];
  std::size_t dead = 0;
  report_.looked_at += list.end - list.begin;
  for (auto i = list.begin; i < list.end; ++i) {
    const auto& posting = postings_[i];
    if (posting.rank >= rank_end) break;
    if (posting.reach < size) {
      ++dead;
    } else if (posting.tag == tag && asked_by_[posting.rank] != rank + 1) {
      asked_by_[posting.rank] = rank + 1;
      candidates_.push_back(posting.rank);
    }
  }
  if (dead < dead_min || dead * 2 < list.end - list.begin) return;
  auto* const begin = postings_.begin() + list.begin;
  auto* const end = postings_.begin() + list.end;
  const auto is_dead = [&](const Posting& posting) { return posting.reach < size; };
  list.end -= static_cast<std::uint32_t>(end - std::remove_if(begin, end, is_dead));
}

void NearDuplicates::Search::verify(Rank rank) {
  const auto document = by_rank_[rank];
  const auto hashes = store_.hashes_of(document);
  bool is_at_hand = false;
  for (const Rank other : candidates_) {
    const auto need = needs_.of_pair(size_of_rank_[other], size_of_rank_[rank]);
    const auto of_other = store_.hashes_of(by_rank_[other]);
    if (!may_share(outlines_[other], of_other.size(), outlines_[rank], hashes.size(), need)) continue;
    if (!is_at_hand) at_hand_.fill(hashes);
    is_at_hand = true;
    ++report_.compared;
    const auto overlap = at_hand_.count(of_other, need);
    if (overlap < need) continue;
    const auto [a, b] = std::minmax(by_rank_[other], document);
    const auto pair = pair_of(a, b, overlap);
    if (needs_.are_met(pair.resemblance, pair.containment)) joined_.push_back({a, b, overlap});
  }
}

void NearDuplicates::Search::leave(Rank rank) {
  const auto document = by_rank_[rank];
  const auto size = size_of_rank_[rank];
  auto left = size - unique_of(document);
  for (const Hash hash : indexed(document)) {
    auto& list = lists_[place_of(hash, lists_.size())];
    postings_[list.end++] = {rank, needs_.reach(size, left--), tag_of(hash)};
  }
}

NearPair NearDuplicates::Search::pair_of(Document a, Document b, std::uint32_t overlap) const {
  const auto size_a = store_.entries[a].size;
  const auto size_b = store_.entries[b].size;
  const auto both = static_cast<double>(overlap);
  return {a, b, both / (static_cast<double>(size_a) + size_b - both), both / std::min(size_a, size_b)};
}

/// Documents that were put together are told apart again.
void NearDuplicates::Search::tell(const std::function<void(const NearPair&)>& each) {
  const auto group_at = [&](Document document) -> const std::vector<Document>* {
    return group_of_[document] == endless ? nullptr : &groups_[group_of_[document]];
  };
  const auto is_crowd = [](const std::vector<Document>& group) { return group.size() > crowd_max; };

  // A pair is told with the first of its two documents. Seen from the other one (b, a) it is needed only where more
  // documents than `a` stand behind it, some of which may come after b.
  std::vector<Joined> turned;
  for (const auto& pair : joined_) {
    const auto* const group = group_at(pair.a);
    if (group && !is_crowd(*group)) turned.push_back({pair.b, pair.a, pair.overlap});
  }
  const auto by_documents = [](const Joined& x, const Joined& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); };
  std::sort(joined_.begin(), joined_.end(), by_documents);
  std::sort(turned.begin(), turned.end(), by_documents);

  for (const auto& group : groups_) {
    if (!is_crowd(group)) continue;
    ++report_.crowds;
    report_.crowd_documents += group.size();
  }
  std::vector<std::pair<Document, std::uint32_t>> partners;
  for (Document a = 0; a < store_.entries.size(); ++a) {
    const auto* const group = group_at(a);
    const auto first = group ? (*group)[0] : a;
    if (group && is_crowd(*group) && first != a) continue;
    partners.clear();
    if (group) {
      for (auto member = std::upper_bound(group->begin(), group->end(), a); member != group->end(); ++member)
        partners.emplace_back(*member, store_.entries[a].size);
    }
    for (const auto* const pairs : {&joined_, &turned}) {
      auto pair = std::lower_bound(pairs->begin(), pairs->end(), first,
                                   [](const Joined& one, Document document) { return one.a < document; });
      for (; pair != pairs->end() && pair->a == first; ++pair) {
        const auto* const others = group_at(pair->b);
        if (!others || is_crowd(*others)) {
          if (pair->b > a) partners.emplace_back(pair->b, pair->overlap);
          continue;
        }
        for (auto member = std::upper_bound(others->begin(), others->end(), a); member != others->end(); ++member)
          partners.emplace_back(*member, pair->overlap);
      }
    }
    std::sort(partners.begin(), partners.end());
    for (const auto& [b, overlap] : partners) each(pair_of(a, b, overlap));
  }
}

NearDuplicates::NearDuplicates() : store_(std::make_unique<Store>()) {}
NearDuplicates::~NearDuplicates() = default;
NearDuplicates::NearDuplicates(NearDuplicates&&) noexcept = default;
NearDuplicates& NearDuplicates::operator=(NearDuplicates&&) noexcept = default;

void NearDuplicates::add(std::span<const std::uint64_t> shingles) { store_->add(shingles); }

std::size_t NearDuplicates::size() const { return store_->entries.size(); }

NearReport NearDuplicates::find(const NearThresholds& thresholds, const std::function<void(const NearPair&)>& each,
                                const Progress& progress) {
  const auto store = std::exchange(store_, std::make_unique<Store>());
  return Search(*store, thresholds).run(each, progress);
}

}  // namespace depesche::copies
