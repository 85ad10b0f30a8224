// Pages print their article twice (once for the teaser, once whole; once for the screen, once for the printer), and
// what crawls them keeps both: then half of the statements would count double. A second copy is often not quite equal,
// because its last word is missing or a link was put in, so beside equality we ask how many runs of five words stand in
// *one* earlier text. In one: a text whose runs are scattered over many earlier ones is a summary, not a repeat.
//
//   the wind tore two barges from their moorings on friday          earlier
//   the wind tore two barges from their moorings on                 repeats it
//   the wind tore a roof from the hall on friday                    shares two runs of six: does not
//
// Only texts that repeat nothing are remembered, so ten thousand copies of one paragraph cost ten thousand look-ups. A
// run that stands in more than four remembered texts is a formula, and only its first four owners are asked.
#include "intake/repeats.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <utility>

#include "intake/hash_table.h"
#include "intake/look.h"

namespace depesche::intake {
namespace {

constexpr std::size_t run_words = 5;
constexpr std::size_t words_min = 8;  ///< a shorter text repeats only what is equal to it
constexpr double repeated_share_min = 0.9;
constexpr std::size_t owners_max = 4;

struct Owners {
  std::array<std::uint32_t, owners_max> texts{};
  std::uint8_t count = 0;
};

std::uint64_t hash_of(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

/// The hashes of all runs of five words. That of a run is made of the last one's, by taking the first word out of a
/// polynomial and the next one in.
void runs_of(const std::vector<std::string_view>& words, std::vector<std::uint64_t>& runs) {
  constexpr std::uint64_t base = 0x9E3779B97F4A7C15u;
  constexpr auto power = [](std::size_t exponent) {
    std::uint64_t product = 1;
    for (; exponent > 0; --exponent) product *= base;
    return product;
  };
  runs.clear();
  std::array<std::uint64_t, run_words> last{};
  std::uint64_t run = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto& first = last[i % run_words];
    run -= first * power(run_words - 1);
    first = hash_of(words[i]);
    run = run * base + first;
    if (i + 1 >= run_words) runs.push_back(run);
  }
}

}  // namespace

std::vector<std::optional<std::size_t>> find_repeats(std::span<const std::string_view> folded) {
  thread_local HashTable<std::size_t> equals;
  thread_local HashTable<Owners> owners;
  thread_local std::vector<std::string_view> words;
  thread_local std::vector<std::uint64_t> runs;
  std::vector<std::optional<std::size_t>> repeats(folded.size());
  std::size_t runs_max = 0;
  for (const auto& text : folded) runs_max += words_max(text);
  equals.clear(folded.size());
  owners.clear(runs_max);
  std::vector<std::uint32_t> shared(folded.size());  // runs that the text at hand has in common with an earlier one
  std::vector<std::uint32_t> sharing;                // the earlier ones that have any; the others stay 0
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (folded[i].empty()) continue;
    const auto [equal, is_new] = equals.try_emplace(hash_of(folded[i]));
    if (!is_new) {
      repeats[i] = equal;
      continue;
    }
    equal = i;
    words_of(folded[i], words);
    runs_of(words, runs);
    if (words.size() >= words_min) {
      sharing.clear();
      for (const auto run : runs) {
        const auto* owner = owners.find(run);
        if (owner == nullptr) continue;
        for (std::uint8_t k = 0; k < owner->count; ++k) {
          const auto text = owner->texts[k];
          if (shared[text]++ == 0) sharing.push_back(text);
        }
      }
      std::optional<std::size_t> best;
      for (const auto text : sharing) {
        const auto count = std::exchange(shared[text], 0);
        if (static_cast<double>(count) >= repeated_share_min * static_cast<double>(runs.size()) &&
            (!best || text < *best))
          best = text;
      }
      if (best) {
        equal = *best;
        repeats[i] = best;
        continue;
      }
    }
    for (const auto run : runs) {
      auto& owner = owners.try_emplace(run).first;
      const bool is_owned = owner.count > 0 && owner.texts[owner.count - 1u] == i;
      if (owner.count < owners_max && !is_owned) owner.texts[owner.count++] = static_cast<std::uint32_t>(i);
    }
  }
  return repeats;
}

}  // namespace depesche::intake
