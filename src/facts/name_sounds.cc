// A name travels by sound: Захарова is Zakharova in English, Sacharowa in German, Zajárova in Spanish, زاخاروفا in Arabic. No
// romanisation undoes that, for the spelling depends on the language that printed it first, and is kept when it is reprinted
// elsewhere. So nothing is romanised. Each spelling ("sch", "ш", "ش") stands for one of several sounds; a word is the lattice of the
// spellings that can be found in it ("sh" is one sound in Shaw and two in Mishal), and two words are compared along the cheapest
// way through both lattices: edit distance over groups of letters (Brill & Moore, ACL 2000), with costs by rule rather than learned.
// Arabic writes no short vowels: beside it they cost next to nothing.
//
// What is read by heart is not found: Leicester for Лестер costs a syllable, Featherstonehaugh all of it.
//
// To compare two words takes about as many steps as the product of their lengths, times three.
#include "facts/name_sounds.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/unicode.h"
#include "text/sounds.h"
#include "text/text.h"

namespace depesche::facts {
namespace {

constexpr unsigned whole_sound = 100;
constexpr std::uint16_t unreached = 30'000;  ///< above every cost, with room to add to it
constexpr std::size_t sounds_max = 64;
constexpr char unlisted = 0;

// A key is made of at most so many consonants, a word has at most so many keys.
constexpr std::size_t key_consonants_max = 5;
constexpr std::size_t keys_max = 8;

/// An initial may differ from what it stands for by the cost of a second reading or two: Ч for Ch.
constexpr unsigned initial_cost_max = 20;
/// Of two abbreviations of several letters: بى. and بي.
constexpr double abbreviation_alike_min = 0.9;

std::u32string code_points_of(std::string_view text) {
  std::u32string out;
  for (std::uint32_t i = 0; i < text.size();) {
    const auto [c, next] = code_point_at(text, i);
    out += c;
    i = next;
  }
  return out;
}

bool is_arabic(char32_t c) { return c >= 0x0600 && c < 0x0780; }

/// 0 where there is no number.
std::uint8_t number(std::string_view digits) {
  std::uint8_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

/// So that keys of few classes do not stand side by side (the finaliser of SplitMix64, Steele et al. 2014).
std::uint64_t hash_of(std::uint64_t classes) {
  classes = (classes ^ classes >> 30) * 0xBF58476D1CE4E5B9u;
  classes = (classes ^ classes >> 27) * 0x94D049BB133111EBu;
  return classes ^ classes >> 31;
}

std::vector<std::string> split(std::string_view list, char mark) {
  std::vector<std::string> out(1);
  for (const char c : list) {
    if (c == mark) {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

}  // namespace

// -- the rules -------------------------------------------------------------------------------------------------------

/// What the rules say of single sounds.
struct NameSounds::Costs {
  Costs() {
    leave_out.fill(whole_sound);
    for (auto& row : hear) row.fill(whole_sound);
  }

  std::array<std::uint8_t, sounds_max> leave_out{}, leave_out_unwritten{};
  std::array<std::array<std::uint8_t, sounds_max>, sounds_max> hear{};
  std::array<char, sounds_max> classes{};
  std::array<bool, sounds_max> is_silent{};
  unsigned second_reading = 0;
  unsigned second_left_out = 0;
};

NameSounds::NameSounds(const std::vector<knowledge::Rule>& rules) {
  for (const auto& rule : rules) {
    if (rule.name != "spellings") continue;
    for (const auto& word : rule.words("words")) add_spelling(word);
  }
  weigh_rows(read_costs(rules));
}

/// The number of a sound. One more than there may be counts as the last one: the tests of the rules see it.
std::uint8_t NameSounds::sound(const std::string& name) {
  const auto next = static_cast<std::uint8_t>(std::min(sounds_.size(), sounds_max - 1));
  return sounds_.try_emplace(name, next).first->second;
}

/// "sch=sh,s", "t$=mute,t"
void NameSounds::add_spelling(const std::string& word) {
  const auto equals = word.rfind('=');
  if (equals == std::string::npos) return;
  auto letters = code_points_of(std::string_view(word).substr(0, equals));
  const bool is_at_end = letters.size() > 1 && letters.back() == U'$';
  if (is_at_end) letters.pop_back();
  std::uint32_t node = 0;
  for (const char32_t letter : letters) {
    const auto [entry, is_new] =
        children_.try_emplace(std::uint64_t{node} << 32 | letter, static_cast<std::uint32_t>(nodes_.size()));
    if (is_new) nodes_.emplace_back();
    node = entry->second;
  }
  Sounds sounds;
  for (const auto& name : split(std::string_view(word).substr(equals + 1), ',')) sounds.push_back(sound(name));
  const auto known = std::find(rows_.begin(), rows_.end(), sounds);
  (is_at_end ? nodes_[node].at_end : nodes_[node].anywhere) = static_cast<std::uint16_t>(known - rows_.begin());
  if (known == rows_.end()) rows_.push_back(std::move(sounds));
}

NameSounds::Costs NameSounds::read_costs(const std::vector<knowledge::Rule>& rules) {
  Costs costs;
  for (const auto& rule : rules) {
    const auto cost = number(rule.value("cost"));
    const auto names = rule.words("sounds");
    if (rule.name == "leave_out") {
      for (const auto& name : names) costs.leave_out[sound(name)] = cost;
    } else if (rule.name == "hear") {
      for (const auto& x : names) {
        for (const auto& y : names) {
          auto& least = costs.hear[sound(x)][sound(y)];
          least = std::min(least, cost);
        }
      }
    } else if (rule.name == "silent") {
      for (const auto& name : names) costs.is_silent[sound(name)] = true;
    } else if (rule.name == "second_reading") {
      costs.second_reading = cost;
      costs.second_left_out = number(rule.value("left_out"));
    } else if (rule.name == "lookup") {
      char mark = unlisted;
      for (const auto same : rule.values("same")) {
        ++mark;
        for (const auto& name : split(same, ' ')) costs.classes[sound(name)] = mark;
      }
    }
  }
  costs.leave_out_unwritten = costs.leave_out;
  for (const auto& rule : rules) {
    if (rule.name != "leave_out_unwritten") continue;
    for (const auto& name : rule.words("sounds")) costs.leave_out_unwritten[sound(name)] = number(rule.value("cost"));
  }
  for (std::size_t i = 0; i < sounds_max; ++i) {
    if (!costs.is_silent[i]) costs.hear[i][i] = 0;
  }
  return costs;
}

void NameSounds::weigh_rows(const Costs& costs) {
  hear_.assign(rows_.size() * rows_.size(), whole_sound);
  for (std::size_t a = 0; a < rows_.size(); ++a) {
    unsigned least = std::numeric_limits<std::uint8_t>::max(), least_unwritten = least;
    std::string classes;
    for (const std::uint8_t i : rows_[a]) {
      const bool is_first = i == rows_[a].front();
      if (is_first || costs.is_silent[i]) {
        const unsigned extra = is_first ? 0 : costs.second_left_out;
        least = std::min(least, costs.leave_out[i] + extra);
        least_unwritten = std::min(least_unwritten, costs.leave_out_unwritten[i] + extra);
      }
      if (classes.find(costs.classes[i]) == std::string::npos) classes += costs.classes[i];
    }
    leave_out_.push_back(static_cast<std::uint8_t>(least));
    leave_out_unwritten_.push_back(static_cast<std::uint8_t>(least_unwritten));
    classes_.push_back(std::move(classes));
    for (std::size_t b = 0; b < rows_.size(); ++b) {
      unsigned cost = whole_sound;
      for (const std::uint8_t i : rows_[a]) {
        for (const std::uint8_t j : rows_[b]) {
          // The same spelling is the same sound, whichever.
          const unsigned seconds = a == b && i == j ? 0u : (i != rows_[a].front()) + (j != rows_[b].front());
          cost = std::min(cost, costs.hear[i][j] + seconds * costs.second_reading);
        }
      }
      hear_[a * rows_.size() + b] = static_cast<std::uint8_t>(cost);
    }
  }
}

// -- reading a word --------------------------------------------------------------------------------------------------

SoundedWord NameSounds::read(std::u32string_view word) const {
  SoundedWord out;
  out.letters = spelled(word);
  out.form =
      text::form_hash({reinterpret_cast<const char*>(out.letters.data()), out.letters.size() * sizeof(char32_t)});
  out.leaves_out_vowels = !out.letters.empty() && is_arabic(out.letters.front());
  read_lattice(out);
  read_lookup(out);
  read_first_sounds(out);
  return out;
}

/// 0, the root, where there is none.
std::uint32_t NameSounds::child(std::uint32_t node, char32_t letter) const {
  const auto found = children_.find(std::uint64_t{node} << 32 | letter);
  return found == children_.end() ? 0 : found->second;
}

/// The word in letters that can be read: without the mark where a letter with it is not listed, in Latin letters where its script is not.
std::u32string NameSounds::spelled(std::u32string_view word) const {
  std::u32string out;
  std::string one;
  const auto append = [&](const std::u32string& letters) {
    const bool is_listed =
        std::all_of(letters.begin(), letters.end(), [&](char32_t c) { return nodes_[child(0, c)].anywhere != 0; });
    if (is_listed) out += letters;
    return is_listed;
  };
  for (const char32_t c : word) {
    if (out.size() >= SoundedWord::letters_max) break;
    if (append({c})) continue;
    one.clear();
    append_utf8(c, one);
    if (!append(code_points_of(fold(one)))) append(code_points_of(text::latin_letters(c)));
  }
  if (out.size() > SoundedWord::letters_max) out.resize(SoundedWord::letters_max);
  return out;
}

void NameSounds::read_lattice(SoundedWord& word) const {
  const auto& letters = word.letters;
  const std::size_t size = letters.size();
  struct Found {
    std::uint8_t end;
    Reading reading;
  };
  std::vector<Found> found;
  found.reserve(size * 3);
  for (std::size_t begin = 0; begin < size; ++begin) {
    const auto from = static_cast<std::uint8_t>(begin);
    std::uint32_t node = 0;
    for (std::size_t end = begin + 1; end <= size; ++end) {
      node = child(node, letters[end - 1]);
      if (node == 0) break;
      const auto to = static_cast<std::uint8_t>(end);
      if (end == size && nodes_[node].at_end != 0) found.push_back({to, {from, true, nodes_[node].at_end}});
      const auto row = nodes_[node].anywhere;
      if (row == 0) continue;
      found.push_back({to, {from, false, row}});
      // A letter written twice sounds once.
      if (end == begin + 1 && end < size && letters[end] == letters[begin])
        found.push_back({static_cast<std::uint8_t>(end + 1), {from, false, row}});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const Found& x, const Found& y) { return x.end < y.end; });
  // A word weighs what is written: Thomas is no shorter for its end, which might be one of grammar.
  std::array<Cost, SoundedWord::letters_max + 1> weight, unwritten;
  weight.fill(unreached);
  unwritten.fill(unreached);
  weight[0] = unwritten[0] = 0;
  word.readings.reserve(found.size());
  word.ends.assign(size + 2, 0);
  for (const auto& [end, reading] : found) {
    word.readings.push_back(reading);
    ++word.ends[end + 1u];
    if (reading.is_of_end) continue;
    weight[end] = std::min<Cost>(weight[end], weight[reading.begin] + leave_out_[reading.sounds]);
    unwritten[end] = std::min<Cost>(unwritten[end], unwritten[reading.begin] + leave_out_unwritten_[reading.sounds]);
  }
  for (std::size_t i = 1; i < word.ends.size(); ++i)
    word.ends[i] = static_cast<std::uint16_t>(word.ends[i] + word.ends[i - 1]);
  word.weight = weight[size];
  word.weight_unwritten = unwritten[size];
}

/// The classes of its consonants along the likeliest ways through the lattice: few spellings, each in its commonest reading.
void NameSounds::read_lookup(SoundedWord& word) const {
  struct Key {
    unsigned unlikely;
    std::uint64_t classes;  ///< a byte each, the last one lowest
  };
  struct Keys {
    std::array<Key, keys_max> likeliest;
    std::size_t count = 0;

    void add(const Key& key) {
      std::size_t at = 0;
      while (at < count && likeliest[at].classes != key.classes) ++at;
      if (at == count) {
        if (count < keys_max) {
          ++count;
        } else if (likeliest[--at].unlikely <= key.unlikely) {
          return;
        }
      } else if (likeliest[at].unlikely <= key.unlikely) {
        return;
      }
      for (; at > 0 && likeliest[at - 1].unlikely > key.unlikely; --at) likeliest[at] = likeliest[at - 1];
      likeliest[at] = key;
    }
  };
  constexpr std::uint64_t full = std::uint64_t{1} << (8 * (key_consonants_max - 1));
  const std::size_t size = word.letters.size();
  std::array<Keys, SoundedWord::letters_max + 1> until;
  until[0].add({0, 0});
  for (std::size_t end = 1; end <= size; ++end) {
    for (std::size_t r = word.ends[end]; r < word.ends[end + 1]; ++r) {
      const Reading& reading = word.readings[r];
      const Keys& before = until[reading.begin];
      for (std::size_t k = 0; k < before.count; ++k) {
        unsigned unlikely = before.likeliest[k].unlikely;
        for (const char sound_class : classes_[reading.sounds]) {
          auto classes = before.likeliest[k].classes;
          const auto added = static_cast<unsigned char>(sound_class);
          if (sound_class != unlisted && (classes & 0xFF) != added && classes < full) classes = classes << 8 | added;
          until[end].add({++unlikely, classes});
        }
      }
    }
  }
  const Keys& whole = until[size];
  for (std::size_t k = 0; k < whole.count; ++k) word.lookup.push_back(hash_of(whole.likeliest[k].classes));
  std::sort(word.lookup.begin(), word.lookup.end());
}

void NameSounds::read_first_sounds(SoundedWord& word) const {
  auto& keys = word.first_sounds;
  for (const Reading& reading : word.readings) {
    if (reading.begin != 0) continue;
    for (const char sound_class : classes_[reading.sounds])
      keys.push_back(hash_of(static_cast<unsigned char>(sound_class)));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

// -- comparing two words ---------------------------------------------------------------------------------------------

/// The cheapest way through both lattices; something above `limit` where it is above.
NameSounds::Cost NameSounds::distance(const SoundedWord& a, const SoundedWord& b, Cost limit) const {
  const auto& leave_out_a = b.leaves_out_vowels ? leave_out_unwritten_ : leave_out_;
  const auto& leave_out_b = a.leaves_out_vowels ? leave_out_unwritten_ : leave_out_;
  const std::size_t rows = a.letters.size() + 1, columns = b.letters.size() + 1;
  std::array<std::array<Cost, SoundedWord::letters_max + 1>, SoundedWord::letters_max + 1> costs;
  const auto until = [](const SoundedWord& word, std::size_t end) {
    return std::pair(word.readings.data() + word.ends[end], word.readings.data() + word.ends[end + 1]);
  };
  for (std::size_t i = 0; i < rows; ++i) {
    Cost least_of_row = unreached;
    const auto [begin_a, end_a] = until(a, i);
    for (std::size_t j = 0; j < columns; ++j) {
      Cost least = i == 0 && j == 0 ? 0 : unreached;
      const auto [begin_b, end_b] = until(b, j);
      for (auto x = begin_a; x != end_a; ++x) {
        least = std::min<Cost>(least, costs[x->begin][j] + leave_out_a[x->sounds]);
        for (auto y = begin_b; y != end_b; ++y)
          least = std::min<Cost>(least, costs[x->begin][y->begin] + heard(x->sounds, y->sounds));
      }
      for (auto y = begin_b; y != end_b; ++y)
        least = std::min<Cost>(least, costs[i][y->begin] + leave_out_b[y->sounds]);
      costs[i][j] = least;
      least_of_row = std::min(least_of_row, least);
    }
    // A spelling of several letters passes over a row, but few pass over one that is twice as dear as all may be.
    if (least_of_row > 2 * limit) return least_of_row;
  }
  return costs[rows - 1][columns - 1];
}

double NameSounds::alike(const SoundedWord& a, const SoundedWord& b, HeardPairs* heard) const {
  if (a.form == b.form && a.letters == b.letters) return a.letters.empty() ? 0 : 1;
  const auto [lighter, heavier] = std::minmax(
      {b.leaves_out_vowels ? a.weight_unwritten : a.weight, a.leaves_out_vowels ? b.weight_unwritten : b.weight});
  if (heavier == 0) return 0;
  const auto limit = static_cast<Cost>(heavier * (1 - alike_min));
  if (heavier - lighter > 2 * limit) return 0;
  const auto compare = [&, weight = heavier] {
    return std::max(0.0, 1 - distance(a, b, limit) / static_cast<double>(weight));
  };
  return heard == nullptr ? compare() : heard->alike(a, b, compare);
}

bool NameSounds::may_stand_for(const SoundedWord& initial, const SoundedWord& word) const {
  if (word.letters.starts_with(initial.letters)) return true;
  if (initial.letters.size() > 1) return alike(initial, word) >= abbreviation_alike_min;
  return std::any_of(initial.readings.begin(), initial.readings.end(), [&](const Reading& x) {
    return std::any_of(word.readings.begin(), word.readings.end(),
                       [&](const Reading& y) { return y.begin == 0 && heard(x.sounds, y.sounds) <= initial_cost_max; });
  });
}

}  // namespace depesche::facts
