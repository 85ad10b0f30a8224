// A crawl of a million articles cannot be compared pair by pair, and a signature of the whole article does not find the
// one paragraph that two share. So each body leaves a few fingerprints of its own words, chosen by what the words are and
// not by where they stand: of every five neighbouring runs of four words the one with the least hash. Whoever prints eight
// of the words in a row leaves at least one of the same fingerprints, wherever in his text they stand.
//
//   found      a paragraph that stands in both, or ten words of it between two edits
//   not found  a sentence in which every fourth word was changed
//
// Chosen over sketches of minima (MinHash), whose chance to meet falls with the share that two articles have in common: a
// fifth of an article in another would be missed most of the time.
#include "copies/passage_index.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <fstream>
#include <utility>

namespace depesche::copies {
namespace {

constexpr std::uint32_t key_words = 4;
constexpr std::uint32_t window = guaranteed_run_words - key_words + 1;
/// Of a key that stands everywhere so many places are asked, where nothing else nominates anybody.
constexpr std::uint32_t crowded_places = 8;
/// What an article is taken to have of keys at least when its votes are set against them: two of three are no more than chance.
constexpr std::uint32_t keys_at_least = 20;
constexpr std::size_t slots_at_first = 1u << 10;

std::uint64_t scattered(std::uint64_t key) {
  // The keys are hashes already; their lowest bit is not.
  return (key ^ (key >> 29)) * 0x9E3779B97F4A7C15ull;
}

}  // namespace

std::vector<KeyAt> surface_keys(const Body& body) {
  std::vector<KeyAt> keys;
  keys.reserve(body.size() / 2);
  std::vector<std::uint64_t> hashes;
  for (std::uint32_t p = 0; p < body.passages.size(); ++p) {
    const Passage& passage = body.passages[p];
    if (passage.size() < guaranteed_run_words) continue;
    const auto grams = passage.size() - key_words + 1;
    hashes.resize(grams);
    for (std::uint32_t i = 0; i < grams; ++i) {
      hashes[i] = XXH3_64bits(&body.forms[passage.first_word + i], key_words * sizeof(std::uint32_t));
    }
    std::uint32_t least = 0;  // position of the least hash of the window that ends at i; the last of equals
    for (std::uint32_t i = 0, chosen = ~0u; i < grams; ++i) {
      if (hashes[i] <= hashes[least]) least = i;
      if (least + window <= i) {
        least = i - window + 1;
        for (auto k = least; k <= i; ++k) {
          if (hashes[k] <= hashes[least]) least = k;
        }
      }
      if (i + 1 >= window && chosen != least) {
        keys.push_back({Key::of(KeyKind::surface, hashes[least]), p});
        chosen = least;
      }
    }
  }
  const auto by_key = [](const KeyAt& x, const KeyAt& y) {
    return std::pair(x.key, x.passage) < std::pair(y.key, y.passage);
  };
  std::sort(keys.begin(), keys.end(), by_key);
  keys.erase(std::unique(keys.begin(), keys.end(), [](const KeyAt& x, const KeyAt& y) { return x.key == y.key; }),
             keys.end());
  return keys;
}

PassageIndex::PassageIndex(std::uint32_t places_of_key_max)
    : slots_(slots_at_first), places_of_key_max_(places_of_key_max) {}

std::size_t PassageIndex::slot_of(Key key) const {
  const auto mask = slots_.size() - 1;
  auto at = (scattered(key.value) >> 20) & mask;
  while (slots_[at].count != 0 && slots_[at].key != key.value) at = (at + 1) & mask;
  return at;
}

void PassageIndex::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  for (const Slot& slot : old) {
    if (slot.count != 0) slots_[slot_of({slot.key})] = slot;
  }
}

void PassageIndex::add(Key key, Place place) {
  if ((key_count_ + 1) * 4 > slots_.size() * 3) grow();
  Slot& slot = slots_[slot_of(key)];
  if (slot.count == places_of_key_max_) return;
  if (slot.count == 0) {
    slot.key = key.value;
    ++key_count_;
  }
  if (keys_of_.size() <= place.article) keys_of_.resize(place.article + 1);
  ++keys_of_[place.article];
  entries_.push_back({place, slot.head});
  slot.head = static_cast<std::uint32_t>(entries_.size() - 1);
  ++slot.count;
}

std::uint32_t PassageIndex::count(Key key) const { return slots_[slot_of(key)].count; }

std::vector<Place> PassageIndex::places_of(Key key) const {
  const Slot& slot = slots_[slot_of(key)];
  std::vector<Place> places;
  auto at = slot.head;
  for (std::uint32_t i = 0; i < slot.count; ++i, at = entries_[at].next) places.push_back(entries_[at].place);
  return places;
}

std::vector<Nomination> PassageIndex::nominate(std::span<const KeyAt> keys, std::uint32_t votes_min,
                                               std::size_t nominations_max) const {
  auto nominated = nominate_by(keys, votes_min, nominations_max, Crowded::left_out);
  if (nominated.empty()) nominated = nominate_by(keys, votes_min, nominations_max, Crowded::first_places);
  return nominated;
}

std::vector<Nomination> PassageIndex::nominate_by(std::span<const KeyAt> keys, std::uint32_t votes_min,
                                                  std::size_t nominations_max, Crowded crowded) const {
  std::vector<std::uint32_t> voted_for;
  for (const KeyAt& asked : keys) {
    const Slot& slot = slots_[slot_of(asked.key)];
    const bool is_crowded = slot.count == places_of_key_max_;
    if (is_crowded && crowded == Crowded::left_out) continue;
    const auto passed_over = is_crowded ? places_of_key_max_ - crowded_places : 0;
    auto at = slot.head;
    for (std::uint32_t i = 0; i < slot.count; ++i, at = entries_[at].next) {
      if (i >= passed_over) voted_for.push_back(entries_[at].place.article);
    }
  }
  std::sort(voted_for.begin(), voted_for.end());
  std::vector<Nomination> nominated;
  for (std::size_t i = 0; i < voted_for.size();) {
    const auto first = i;
    while (i < voted_for.size() && voted_for[i] == voted_for[first]) ++i;
    const auto votes = static_cast<std::uint32_t>(i - first);
    if (votes >= votes_min) nominated.push_back({voted_for[first], votes});
  }
  const auto by_votes = [](const Nomination& x, const Nomination& y) {
    return std::pair(y.votes, x.article) < std::pair(x.votes, y.article);
  };
  const auto kept = std::min(nominated.size(), nominations_max);
  std::partial_sort(nominated.begin(), nominated.begin() + static_cast<std::ptrdiff_t>(kept), nominated.end(),
                    by_votes);
  nominated.resize(kept);
  return nominated;
}

std::vector<WeighedNomination> PassageIndex::nominate_by_rarity(std::span<const Key> keys, std::size_t articles,
                                                                std::size_t places_read_max) const {
  std::vector<const Slot*> found;
  for (const Key key : keys) {
    if (const Slot& slot = slots_[slot_of(key)]; slot.count > 0) found.push_back(&slot);
  }
  std::sort(found.begin(), found.end(),
            [](const Slot* x, const Slot* y) { return std::pair(x->count, x->key) < std::pair(y->count, y->key); });
  // By article, kept for its memory; zero between calls.
  thread_local std::vector<float> weights;
  if (weights.size() < keys_of_.size()) weights.resize(keys_of_.size());
  std::vector<WeighedNomination> votes;
  std::size_t read = 0;
  for (const Slot* slot : found) {
    read += slot->count;
    if (read > places_read_max && !votes.empty()) break;
    const auto weight = std::log(static_cast<float>(articles + 1) / static_cast<float>(slot->count));
    auto at = slot->head;
    for (std::uint32_t i = 0; i < slot->count; ++i, at = entries_[at].next) {
      const auto article = entries_[at].place.article;
      if (weights[article] == 0) votes.push_back({article, 0});
      weights[article] += weight;
    }
  }
  for (auto& vote : votes)
    vote.weight =
        std::exchange(weights[vote.article], 0.0F) / static_cast<float>(keys_of_[vote.article] + keys_at_least);
  return votes;
}

// -- the file --------------------------------------------------------------------------------------------------------

namespace {

struct Header {
  std::array<char, 8> magic = {'D', 'E', 'P', 'P', 'A', 'S', 'S', '\0'};
  std::uint32_t version = 1;
  std::uint32_t byte_order = 0x01020304;
  std::uint64_t slots = 0;
  std::uint64_t entries = 0;
  std::uint64_t keys = 0;
  std::uint64_t checksum = 0;  ///< XXH3 of all that follows
};

}  // namespace

Result<void> PassageIndex::save(const std::filesystem::path& file) const {
  Header header;
  header.slots = slots_.size();
  header.entries = entries_.size();
  header.keys = key_count_;
  const auto state = std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)>(XXH3_createState(), &XXH3_freeState);
  XXH3_64bits_reset(state.get());
  XXH3_64bits_update(state.get(), slots_.data(), slots_.size() * sizeof(Slot));
  XXH3_64bits_update(state.get(), entries_.data(), entries_.size() * sizeof(Entry));
  header.checksum = XXH3_64bits_digest(state.get());

  // A reader never sees half an index: it is written beside its place and then put there.
  auto written = file;
  written += ".new";
  {
    std::ofstream out(written, std::ios::binary);
    out.write(reinterpret_cast<const char*>(&header), sizeof header);
    out.write(reinterpret_cast<const char*>(slots_.data()), static_cast<std::streamsize>(slots_.size() * sizeof(Slot)));
    out.write(reinterpret_cast<const char*>(entries_.data()),
              static_cast<std::streamsize>(entries_.size() * sizeof(Entry)));
    if (!out.flush()) return fail(Fault::io, "cannot write the index", written.string());
  }
  std::error_code error;
  std::filesystem::rename(written, file, error);
  if (error) return fail(Fault::io, "cannot write the index: " + error.message(), file.string());
  return {};
}

Result<PassageIndex> PassageIndex::load(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Fault::not_found, "cannot open the index", file.string());
  Header header;
  const Header expected;
  in.read(reinterpret_cast<char*>(&header), sizeof header);
  if (!in || header.magic != expected.magic) return fail(Fault::bad_input, "no passage index", file.string());
  if (header.version != expected.version || header.byte_order != expected.byte_order)
    return fail(Fault::unsupported, "a passage index of another version or machine", file.string());
  std::error_code error;
  const auto bytes = std::filesystem::file_size(file, error);
  const auto bytes_of_slots = header.slots * sizeof(Slot);
  const bool has_sane_counts = header.slots >= slots_at_first && (header.slots & (header.slots - 1)) == 0 &&
                               header.slots <= bytes && header.entries <= bytes && header.keys < header.slots;
  if (error || !has_sane_counts || bytes != sizeof header + bytes_of_slots + header.entries * sizeof(Entry))
    return fail(Fault::bad_input, "the passage index is cut or damaged", file.string());
  PassageIndex index;
  index.slots_.resize(header.slots);
  index.entries_.resize(header.entries);
  index.key_count_ = header.keys;
  in.read(reinterpret_cast<char*>(index.slots_.data()), static_cast<std::streamsize>(bytes_of_slots));
  in.read(reinterpret_cast<char*>(index.entries_.data()), static_cast<std::streamsize>(header.entries * sizeof(Entry)));
  const auto state = std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)>(XXH3_createState(), &XXH3_freeState);
  XXH3_64bits_reset(state.get());
  XXH3_64bits_update(state.get(), index.slots_.data(), bytes_of_slots);
  XXH3_64bits_update(state.get(), index.entries_.data(), header.entries * sizeof(Entry));
  if (!in || XXH3_64bits_digest(state.get()) != header.checksum)
    return fail(Fault::bad_input, "the passage index is cut or damaged", file.string());
  return index;
}

}  // namespace depesche::copies
