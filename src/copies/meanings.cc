// Two texts in different languages share no words, but what their words may mean. Of a translated sentence two thirds of the
// words that a dictionary knows find a counterpart in the other; of two sentences that met by chance one in ten does, and more
// where both texts speak of the same thing: in twenty reports on Syria "Syria" tells nothing.
//
// So a word that finds a counterpart speaks for a pair of sentences by how unlikely that was: by how rare the concept is in news,
// and by how many sentences of the other text would have done as well. One that finds none speaks against it. Summed up over
// both sentences that is a log-likelihood ratio, in nats: words that no dictionary knows say little either way, and a text about one
// thing only is its own measure of chance. Of a language with a poor dictionary fewer words find what they ought to, so that what a
// stretch of sentences is worth is set against what the two languages' dictionaries let expect.
//
//   linked       "Am Mittwoch nahmen die Rebellen 27 Dörfer ein."    "Mercredi, les rebelles se sont emparés de 27 villages."
//   not linked   "Die Rebellen sprachen von Verlusten."              (nothing but the rebels is shared, who are everywhere)
//
// The links of two texts are the chain with the most evidence. A text translated is a chain through most of it; a report of the
// same event has a link here and there. It is the chain that decides (lineage.cc), never the likeness of whole articles.
#include "copies/meanings.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <unordered_set>

#include "copies/passage_index.h"
#include "knowledge/concept.h"

namespace depesche::copies {
namespace {

using knowledge::ConceptId;
using knowledge::ConceptKind;

/// The chance that a known word of a translated sentence finds its counterpart.
constexpr double counterpart_chance = 0.6;
/// Words of a sentence times the words that one concept may be meant by: how many chances a concept has to be met.
constexpr double chances = 70;
/// So many sentences of news at large stand beside those of the other text when chance is estimated.
constexpr double prior_sentences = 6;
/// No word alone says more: a name that two reports have in common is rare, and ten ordinary words are better evidence.
constexpr double gain_max = 2;
/// What a word without a counterpart says against a link, by what is known of it.
constexpr float miss_word = 0.35F, miss_number = 0.5F, miss_name = 0.2F;
/// What a link costs for each sentence beyond one and one; each sentence of it must be worth this much by itself.
constexpr double merge_cost = 4.0, merge_gain_min = 2.0;
/// A link says more than this, or is none.
constexpr double link_evidence_min = 0.3;
/// Lengths of sentences that translate each other: their logarithms differ by so much, and by so much in any two.
constexpr double length_deviation = 0.25, length_deviation_by_chance = 0.9;
constexpr std::uint32_t merged_sentences_max = 3;
/// A concept that stands in more sentences of one text says nothing in it.
constexpr std::uint32_t sentences_of_concept_max = 256;
/// Pairs of sentences that are compared one by one; of texts with more nothing is told.
constexpr std::size_t cells_max = 1u << 20;

constexpr std::size_t rarity_levels = 16;

/// The chance that a sentence of news at large has a concept as rare as that.
double chance_at_large(std::size_t level) {
  static const std::array<double, rarity_levels> by_level = [] {
    std::array<double, rarity_levels> out{};
    for (std::size_t l = 0; l < out.size(); ++l)
      out[l] = std::min(0.5, chances * std::exp(-static_cast<double>(l) * ConceptId::nats_per_level));
    return out;
  }();
  return by_level[level];
}

/// Of two sentences or merges of some, by the logarithms of their lengths.
double length_evidence(double ratio) {
  const auto density = [&](double deviation) {
    return -std::log(deviation) - ratio * ratio / (2 * deviation * deviation);
  };
  return std::max(-4.0, density(length_deviation) - density(length_deviation_by_chance));
}

/// A heading sums up what stands below it and is no part of its first sentence.
bool is_across_heading(const Body& body, std::uint32_t begin, std::uint32_t count) {
  for (auto k = begin + 1; k < begin + count; ++k) {
    if (body.sentences[k].is_heading != body.sentences[begin].is_heading) return true;
  }
  return false;
}

}  // namespace

// -- what the words of a side say ------------------------------------------------------------------------------------

void MeaningAligner::Side::read(const Body& read_body) {
  body = &read_body;
  units.clear();
  for (std::uint32_t s = 0; s < body->sentences.size(); ++s) {
    for (auto c = body->sentences[s].first_concept; c < body->end_of_concepts(s); ++c) {
      if (body->concepts[c] & Body::begins_word) units.push_back({s, c, c});
      units.back().last = c + 1;
    }
  }
  log_letters_.clear();
  for (const BodySentence& sentence : body->sentences) log_letters_.push_back(std::log(sentence.letters + 1.0));
  std::size_t size = 64;
  while (size < body->concepts.size() * 2) size *= 2;
  slots_.assign(size, Slot{});
  slot_of_concept_.resize(body->concepts.size());
  std::uint32_t count = 0;
  for (std::uint32_t s = 0; s < sentences(); ++s) {
    for (auto c = body->sentences[s].first_concept; c < body->end_of_concepts(s); ++c) {
      const auto bits = body->concepts[c] & ~Body::begins_word;
      slot_of_concept_[c] = slot_of(bits);
      Slot& slot = slots_[slot_of_concept_[c]];
      if (slot.last_sentence == s + 1) continue;
      slot = {bits, s + 1, slot.count + 1, 0};
      ++count;
    }
  }
  places_.resize(count);
  count = 0;
  for (Slot& slot : slots_) {
    if (slot.count == 0) continue;
    slot.end = count;
    slot.last_sentence = 0;
    count += slot.count;
  }
  for (std::uint32_t s = 0; s < sentences(); ++s) {
    for (auto c = body->sentences[s].first_concept; c < body->end_of_concepts(s); ++c) {
      Slot& slot = slots_[slot_of_concept_[c]];
      if (slot.last_sentence == s + 1) continue;
      slot.last_sentence = s + 1;
      places_[slot.end++] = s;
    }
  }
}

double MeaningAligner::Side::log_letters(std::uint32_t begin, std::uint32_t end) const {
  if (end - begin == 1) return log_letters_[begin];
  double letters = 1;
  for (auto s = begin; s < end; ++s) letters += body->sentences[s].letters;
  return std::log(letters);
}

std::uint32_t MeaningAligner::Side::sentences() const { return static_cast<std::uint32_t>(body->sentences.size()); }

std::uint32_t MeaningAligner::Side::slot_of(std::uint32_t concept_bits) const {
  const auto mask = static_cast<std::uint32_t>(slots_.size() - 1);
  auto at = (concept_bits * 0x9E3779B1u >> 9) & mask;
  while (slots_[at].last_sentence != 0 && slots_[at].bits != concept_bits) at = (at + 1) & mask;
  return at;
}

std::span<const std::uint32_t> MeaningAligner::Side::sentences_with(std::uint32_t concept_bits) const {
  const Slot& slot = slots_[slot_of(concept_bits)];
  if (slot.count > sentences_of_concept_max) return {};
  return std::span(places_).subspan(slot.end - slot.count, slot.count);
}

/// What the units of one side speak against any link, and what those that hit speak for each.
void MeaningAligner::weigh(Side& own, const Side& other) {
  const auto others = other.sentences();
  const auto cell = [&, is_a = &own == &a_](std::uint32_t mine, std::uint32_t theirs) {
    return is_a ? std::size_t{mine} * others + theirs : std::size_t{theirs} * own.sentences() + mine;
  };
  const auto miss = [&](const Unit& unit) {
    switch (ConceptId{own.body->concepts[unit.first] & ~Body::begins_word}.kind()) {
      case ConceptKind::word:
      case ConceptKind::month:
      case ConceptKind::weekday: return miss_word;
      case ConceptKind::number: return miss_number;
      case ConceptKind::sound: return miss_name;
      case ConceptKind::cognate: break;
    }
    return 0.0F;
  };
  own.base.assign(own.sentences(), 0);
  own.gain.assign(std::size_t{own.sentences()} * others, 0);
  own.twice.assign(own.gain.size(), 0);
  hit_by_.assign(others, 0);
  hit_level_.resize(others);
  for (std::uint32_t u = 0; u < own.units.size(); ++u) {
    const Unit& unit = own.units[u];
    const float undone = miss(unit);
    own.base[unit.sentence] -= undone;
    hit_.clear();
    for (auto c = unit.first; c < unit.last; ++c) {
      const auto bits = own.body->concepts[c] & ~Body::begins_word;
      const auto level = ConceptId{bits}.level();
      for (const auto sentence : other.sentences_with(bits)) {
        if (hit_by_[sentence] != u + 1) {
          hit_by_[sentence] = u + 1;
          hit_level_[sentence] = level;
          hit_.push_back(sentence);
        }
        hit_level_[sentence] = std::max(hit_level_[sentence], level);
      }
    }
    std::array<float, rarity_levels> worth_of_level{};
    const auto worth = [&](std::uint32_t sentence) {
      float& known = worth_of_level[hit_level_[sentence]];
      if (known == 0) {
        const double by_chance =
            (static_cast<double>(hit_.size()) - 1 + prior_sentences * chance_at_large(hit_level_[sentence])) /
            (others - 1 + prior_sentences);
        known = static_cast<float>(std::clamp(std::log(counterpart_chance / by_chance), 0.0, gain_max)) + undone;
      }
      return known;
    };
    for (const auto sentence : hit_) {
      own.gain[cell(unit.sentence, sentence)] += worth(sentence);
      if (sentence + 1 < others && hit_by_[sentence + 1] == u + 1)
        own.twice[cell(unit.sentence, sentence)] += std::min(worth(sentence), worth(sentence + 1));
    }
  }
}

// -- the chain -------------------------------------------------------------------------------------------------------

/// What the words of both sides and their lengths say for a link; negative where it joins what should not be.
double MeaningAligner::evidence(const MeaningLink& link) const {
  const auto m = b_.sentences();
  const auto x = link.a_end - link.a_begin, y = link.b_end - link.b_begin;
  if (is_across_heading(*a_.body, link.a_begin, x) || is_across_heading(*b_.body, link.b_begin, y)) return -1;
  double sum = 0, least = std::numeric_limits<double>::max();
  for (auto k = link.a_begin; k < link.a_end; ++k) sum += a_.base[k];
  for (auto l = link.b_begin; l < link.b_end; ++l) sum += b_.base[l];
  for (auto k = link.a_begin; k < link.a_end; ++k) {
    for (auto l = link.b_begin; l < link.b_end; ++l) {
      const auto at = std::size_t{k} * m + l;
      const double gains = a_.gain[at] + b_.gain[at];
      least = std::min(least, gains + (x > 1 ? a_.base[k] : 0) + (y > 1 ? b_.base[l] : 0));
      sum += gains;
      // A unit speaks for a link once, whichever of its sentences it hits.
      if (l + 1 < link.b_end) sum -= a_.twice[at];
      if (k + 1 < link.a_end) sum -= b_.twice[at];
    }
  }
  if (x + y > 2 && least < merge_gain_min) return -1;
  sum = sum / 2 - merge_cost * (x + y - 2);
  // The length says no more for a link than this.
  static const double length_evidence_max = length_evidence(0);
  if (sum + length_evidence_max < 0) return -1;
  return sum + length_evidence(a_.log_letters(link.a_begin, link.a_end) - b_.log_letters(link.b_begin, link.b_end));
}

std::vector<MeaningLink> MeaningAligner::best_chain() const {
  const auto n = a_.sentences(), m = b_.sentences();
  struct Step {
    float total = 0;
    std::uint8_t x = 0, y = 0;  ///< 0, 0: came from the row above; 0, 1: from the left
  };
  std::vector<Step> best(std::size_t{n + 1} * (m + 1));
  const auto step = [&](std::uint32_t i, std::uint32_t j) -> Step& { return best[std::size_t{i} * (m + 1) + j]; };
  const auto gains = [&](std::uint32_t i, std::uint32_t j) {
    const auto at = std::size_t{i} * m + j;
    return a_.gain[at] + b_.gain[at];
  };
  for (std::uint32_t i = 0; i <= n; ++i) {
    for (std::uint32_t j = 0; j <= m; ++j) {
      Step& here = step(i, j);
      if (i > 0) here = {step(i - 1, j).total, 0, 0};
      if (j > 0 && (i == 0 || step(i, j - 1).total > here.total)) here = {step(i, j - 1).total, 0, 1};
      if (i == 0 || j == 0 || gains(i - 1, j - 1) <= 0) continue;
      const auto consider = [&](std::uint32_t x, std::uint32_t y) {
        const double value = evidence({i - x, i, j - y, j});
        if (value < link_evidence_min) return;
        const auto total = step(i - x, j - y).total + static_cast<float>(value - link_evidence_min);
        if (total > here.total) here = {total, static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y)};
      };
      consider(1, 1);
      // Each sentence of a merge must be worth something by itself, so that most are not worth looking at.
      for (std::uint32_t k = 2; k <= std::min(merged_sentences_max, j) && gains(i - 1, j - k) >= merge_gain_min; ++k)
        consider(1, k);
      for (std::uint32_t k = 2; k <= std::min(merged_sentences_max, i) && gains(i - k, j - 1) >= merge_gain_min; ++k)
        consider(k, 1);
    }
  }
  std::vector<MeaningLink> links;
  for (auto i = n, j = m; i > 0 || j > 0;) {
    const Step& here = step(i, j);
    if (here.x == 0) {
      here.y == 0 ? --i : --j;
      continue;
    }
    MeaningLink link{i - here.x, i, j - here.y, j};
    link.evidence = evidence(link);
    links.push_back(link);
    i -= here.x;
    j -= here.y;
  }
  std::reverse(links.begin(), links.end());
  return links;
}

void MeaningAligner::take(const Body& b) { b_.read(b); }

std::vector<MeaningLink> MeaningAligner::links_with(const Body& a) {
  assert(b_.body != nullptr);
  const auto n = a.sentences.size(), m = b_.body->sentences.size();
  if (n == 0 || m == 0 || n * m > cells_max) return {};
  a_.read(a);
  weigh(a_, b_);
  weigh(b_, a_);
  return best_chain();
}

// -- alignments ------------------------------------------------------------------------------------------------------

namespace {

/// Ten nats are about as sure as it gets.
double score_of(double evidence) { return 1 - std::exp(-evidence / 10); }

/// What it costs to pass over a word between two links, in nats: reports of one event share a sentence here and there, who
/// translates leaves little out.
constexpr double skipped_word_cost = 0.3;

/// How much it counts for the strength of a stretch that it covers its text.
constexpr double covered_exponent = 0.35;
/// … and that it has many links.
constexpr double links_exponent = 0.35;

/// What a word that finds a counterpart says on average.
constexpr double usual_gain = 1.6;
/// The share of words that find a counterpart where both languages have good dictionaries, such as French and Spanish.
constexpr double counterparts_at_best = 0.67;
constexpr double calibration_exponent = 0.8;

/// Where dictionaries are poor a translation gives less evidence: by how much more than what was found it stands for. A word of one
/// language finds itself in another text of it without any.
double calibration(const Body& a, const Body& b) {
  if (a.language == b.language || a.counterparts == 0 || b.counterparts == 0) return 1;
  const auto expected = [](double counterparts) {
    return counterparts * usual_gain - (1 - counterparts) * static_cast<double>(miss_word);
  };
  const double share = static_cast<double>(a.counterparts) * static_cast<double>(b.counterparts);
  const double ratio = expected(counterparts_at_best) / std::max(0.1, expected(share));
  return std::max(1.0, std::pow(ratio, calibration_exponent));
}

/// The links from `begin` to `end`, and what they are worth.
struct Stretch {
  std::size_t begin = 0, end = 0;
  double worth = 0;
};

/// The part of the chain that is worth most, what is passed over in it set against it.
Stretch best_stretch(const Body& a, const Body& b, const std::vector<MeaningLink>& links) {
  const auto words = [](const Body& body, std::uint32_t begin, std::uint32_t end) {
    std::uint32_t sum = 0;
    for (auto i = begin; i < end; ++i) sum += body.sentences[i].words;
    return sum;
  };
  Stretch best, here;
  for (std::size_t k = 0; k < links.size(); ++k) {
    if (k > 0) {
      here.worth -= skipped_word_cost *
                    (words(a, links[k - 1].a_end, links[k].a_begin) + words(b, links[k - 1].b_end, links[k].b_begin));
    }
    if (here.worth <= 0) here = {k, k, 0};
    here.worth += links[k].evidence;
    here.end = k + 1;
    if (here.worth > best.worth) best = here;
  }
  return best;
}

/// The reporter's own words. A title is most often another's, the desk's.
std::uint32_t narrated_words(const BodySentence& sentence) {
  return sentence.is_title ? 0 : sentence.words - sentence.quoted_words;
}

/// A linked sentence, and its share of what its link is worth.
struct LinkedSentence {
  std::uint32_t sentence = 0;
  double evidence = 0;
};

/// A stretch as an alignment of the articles, and the sentences that it links, in order.
struct Found {
  Alignment alignment;
  std::vector<LinkedSentence> a, b;
};

Found found_in(const Body& a, const Body& b, const std::vector<MeaningLink>& links) {
  const Stretch stretch = best_stretch(a, b, links);
  Found out;
  Alignment& alignment = out.alignment;
  alignment.by = By::meaning;
  if (stretch.begin == stretch.end) return out;
  const auto within = std::span(links).subspan(stretch.begin, stretch.end - stretch.begin);
  std::map<std::pair<BlockIndex, BlockIndex>, double> blocks;
  std::uint32_t narrated_words_of_a = 0, narrated_words_of_b = 0;
  for (const MeaningLink& link : within) {
    for (auto i = link.a_begin; i < link.a_end; ++i) {
      alignment.linked_words_of_a += a.sentences[i].words;
      narrated_words_of_a += narrated_words(a.sentences[i]);
      out.a.push_back({i, link.evidence / (link.a_end - link.a_begin)});
    }
    for (auto j = link.b_begin; j < link.b_end; ++j) {
      alignment.linked_words_of_b += b.sentences[j].words;
      narrated_words_of_b += narrated_words(b.sentences[j]);
      out.b.push_back({j, link.evidence / (link.b_end - link.b_begin)});
    }
    for (auto i = link.a_begin; i < link.a_end; ++i) {
      for (auto j = link.b_begin; j < link.b_end; ++j) {
        if (!a.sentences[i].is_title && !b.sentences[j].is_title)
          blocks[{a.sentences[i].block, b.sentences[j].block}] += link.evidence;
      }
    }
  }
  alignment.links = static_cast<std::uint32_t>(within.size());
  alignment.evidence = stretch.worth;
  const auto share = [](std::uint32_t words, const Body& body) {
    return body.words_in_sentences > 0 ? static_cast<double>(words) / body.words_in_sentences : 0.0;
  };
  alignment.share_of_a = share(alignment.linked_words_of_a, a);
  alignment.share_of_b = share(alignment.linked_words_of_b, b);
  const auto all_narrated = [](const Body& body) {
    std::uint32_t all = 0;
    for (const BodySentence& sentence : body.sentences) all += narrated_words(sentence);
    return all;
  };
  const auto narrated_of_a = all_narrated(a);
  const auto narrated_of_b = all_narrated(b);
  // Where neither has words of a reporter, both print somebody's statement as it was given.
  const double without_any = narrated_of_a + narrated_of_b == 0 ? 1 : 0;
  const auto narrated_share = [&](std::uint32_t words, std::uint32_t all) {
    return all > 0 ? static_cast<double>(words) / all : without_any;
  };
  alignment.narrated_words = std::min(narrated_words_of_a, narrated_words_of_b);
  alignment.narrated_share_of_a = narrated_share(narrated_words_of_a, narrated_of_a);
  alignment.narrated_share_of_b = narrated_share(narrated_words_of_b, narrated_of_b);
  const double words = (alignment.linked_words_of_a + alignment.linked_words_of_b) / 2.0;
  const double covered = std::max(alignment.share_of_a, alignment.share_of_b);
  alignment.strength = calibration(a, b) * stretch.worth / std::max(1.0, words) * std::pow(covered, covered_exponent) *
                       std::pow(within.size(), links_exponent);
  for (const auto& [pair, evidence] : blocks)
    alignment.blocks.push_back({pair.first, pair.second, static_cast<float>(score_of(evidence)), false});
  return out;
}

Found seen_from_b(Found found) {
  std::swap(found.a, found.b);
  found.alignment = seen_from_b(std::move(found.alignment));
  return found;
}

/// Of each sentence the rarest words are kept in the index, by what they likeliest mean; who asks, asks for whatever any word of
/// his may mean.
constexpr std::size_t keys_of_sentence = 6;
constexpr float key_nats_min = 5;
constexpr std::size_t asked_alternatives_max = 4;
/// A concept that stands in more articles than this nominates none, and so many places are read for one article.
constexpr std::uint32_t articles_of_key_max = 4096;
constexpr std::size_t places_read_max = 2'000;
constexpr std::size_t candidates_max = 5;

Key key_of(std::uint32_t bits) {
  return Key::of(KeyKind::language_neutral, std::uint64_t{bits} * 0x9E3779B97F4A7C15ull);
}

template <class Each>
void for_each_concept(const Body& body, std::uint32_t sentence, const Each& each) {
  for (auto c = body.sentences[sentence].first_concept; c < body.end_of_concepts(sentence); ++c)
    each(ConceptId{body.concepts[c] & ~Body::begins_word}, (body.concepts[c] & Body::begins_word) != 0);
}

/// The keys by which the body is to be found, each once, with the first sentence that has it.
std::vector<KeyAt> kept_keys(const Body& body) {
  std::vector<KeyAt> keys;
  std::vector<std::uint32_t> rare;
  for (std::uint32_t s = 0; s < body.sentences.size(); ++s) {
    rare.clear();
    for_each_concept(body, s, [&](ConceptId id, bool is_likeliest) {
      if (is_likeliest && id.nats() >= key_nats_min) rare.push_back(id.bits);
    });
    std::sort(rare.begin(), rare.end(), [](std::uint32_t x, std::uint32_t y) {
      return std::pair(ConceptId{y}.nats(), x) < std::pair(ConceptId{x}.nats(), y);
    });
    rare.erase(std::unique(rare.begin(), rare.end()), rare.end());
    for (std::size_t k = 0; k < std::min(rare.size(), keys_of_sentence); ++k) keys.push_back({key_of(rare[k]), s});
  }
  std::sort(keys.begin(), keys.end(),
            [](const KeyAt& x, const KeyAt& y) { return std::pair(x.key, x.passage) < std::pair(y.key, y.passage); });
  keys.erase(std::unique(keys.begin(), keys.end(), [](const KeyAt& x, const KeyAt& y) { return x.key == y.key; }),
             keys.end());
  return keys;
}

std::vector<Key> asked_keys(const Body& body) {
  std::vector<Key> keys;
  std::size_t alternative = 0;
  for (const auto bits : body.concepts) {
    alternative = bits & Body::begins_word ? 0 : alternative + 1;
    const ConceptId id{bits & ~Body::begins_word};
    if (alternative < asked_alternatives_max && id.nats() >= key_nats_min) keys.push_back(key_of(id.bits));
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

/// Another translation of a text into the same language shares this much of what the text shares with itself.
constexpr float sibling_weight_min = 0.3F;
/// … and a translation of a third of it, or of it within a longer one, this much.
constexpr float translation_weight_min = 0.08F;
/// Who is nominated with less than this share of the best one's weight is passed over.
constexpr float fair_share_min = 0.55F;
/// An article of which a longer one has so much is not looked at by itself, unless blocks of more words than this stand in it alone:
/// a third of a dispatch put into another article may be a tenth of that.
constexpr double covered_share_min = 0.9;
constexpr std::uint32_t own_words_max = 15;
/// So many of an article's rivals are compared with all of them.
constexpr std::ptrdiff_t rivals_max = 8;
/// What is weaker is not looked at again.
constexpr double nominated_strength_min = 0.15;
/// Of two stretches over the same sentences the lesser is outdone where it is worth less than this share of the greater.
constexpr double outdone_share = 0.75;

constexpr std::size_t progress_every = 256;

class MeaningMatcher {
 public:
  MeaningMatcher(std::span<const Body> bodies, std::span<const Alignment> known)
      : bodies_(bodies), is_covered_(bodies.size()) {
    for (const Alignment& alignment : known) {
      if (alignment.is_twin) is_covered_[alignment.b] = true;
      // Whoever is printed in a longer article whole, but for a line or two, is found by way of that one.
      const bool b_is_shorter = bodies[alignment.b].size() <= bodies[alignment.a].size();
      const auto shorter = b_is_shorter ? alignment.b : alignment.a;
      const double share = b_is_shorter ? alignment.share_of_b : alignment.share_of_a;
      if (share >= covered_share_min && words_outside(bodies[shorter], alignment, b_is_shorter) <= own_words_max)
        is_covered_[shorter] = true;
      if (bodies[alignment.a].language == bodies[alignment.b].language)
        known_.insert(pair_key(alignment.a, alignment.b));
    }
  }

  std::vector<Alignment> run(const std::function<void(std::size_t, std::size_t)>& progress) {
    for (ArticleIndex i = 0; i < bodies_.size(); ++i) {
      if (!is_asked(i)) continue;
      for (const KeyAt& at : kept_keys(bodies_[i])) index_.add(at.key, {i, at.passage});
      ++articles_;
    }
    for (ArticleIndex i = 0; i < bodies_.size(); ++i) {
      if (is_asked(i)) ask(i);
      if (progress && i % progress_every == 0) progress(i, bodies_.size());
    }
    drop_outdone();
    std::vector<Alignment> out;
    out.reserve(found_.size());
    for (Found& found : found_) {
      if (found.alignment.strength >= strength_min) out.push_back(std::move(found.alignment));
    }
    std::sort(out.begin(), out.end(),
              [](const Alignment& x, const Alignment& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
    return out;
  }

 private:
  /// Words of one side in blocks that the other has nothing of.
  static std::uint32_t words_outside(const Body& body, const Alignment& alignment, bool is_b) {
    std::vector<BlockIndex> linked;
    for (const BlockLink& link : alignment.blocks) linked.push_back(is_b ? link.b : link.a);
    std::sort(linked.begin(), linked.end());
    std::uint32_t words = 0;
    for (const Passage& passage : body.passages) {
      if (!std::binary_search(linked.begin(), linked.end(), passage.block)) words += passage.size();
    }
    return words;
  }

  bool is_asked(ArticleIndex i) const { return !is_covered_[i] && !bodies_[i].concepts.empty(); }

  void ask(ArticleIndex article) {
    const auto keys = asked_keys(bodies_[article]);
    auto nominated = index_.nominate_by_rarity(keys, articles_, places_read_max);
    // What the article shares with itself is the measure for all others.
    const auto itself =
        std::find_if(nominated.begin(), nominated.end(), [&](const auto& n) { return n.article == article; });
    if (itself == nominated.end()) return;
    const float with_itself = itself->weight;
    std::erase_if(nominated, [&](const auto& n) {
      const bool is_own = bodies_[n.article].language == bodies_[article].language;
      return n.article == article || n.weight < (is_own ? sibling_weight_min : translation_weight_min) * with_itself;
    });
    std::sort(nominated.begin(), nominated.end(), [](const auto& x, const auto& y) {
      return std::pair(y.weight, x.article) < std::pair(x.weight, y.article);
    });
    std::map<Language, std::pair<std::size_t, float>> taken;  // of each language: how many, and the best one's weight
    bool is_ready = false;
    for (const auto& nomination : nominated) {
      const ArticleIndex other = nomination.article;
      auto& [count, best] = taken.try_emplace(bodies_[other].language, 0, nomination.weight).first->second;
      if (count >= candidates_max || nomination.weight < fair_share_min * best) continue;
      ++count;
      if (!known_.insert(pair_key(article, other)).second) continue;
      if (!is_ready) aligner_.take(bodies_[article]);
      is_ready = true;
      auto found = found_in(bodies_[other], bodies_[article], aligner_.links_with(bodies_[other]));
      if (found.alignment.strength < nominated_strength_min) continue;
      // Whoever has all of it leaves nothing to be found in others of his language.
      if (found.alignment.strength >= strength_min && found.alignment.share_of_b >= covered_share_min)
        count = candidates_max;
      found.alignment.a = other;
      found.alignment.b = article;
      found_.push_back(other < article ? std::move(found) : seen_from_b(std::move(found)));
    }
  }

  /// A passage is translated from one text. Two texts that tell the same event both find counterparts in it, but the one that it
  /// was made from finds far more in the same sentences: the other is outdone there.
  void drop_outdone() {
    std::map<std::pair<ArticleIndex, Language>, std::vector<std::size_t>> rivals;
    for (std::size_t k = 0; k < found_.size(); ++k) {
      const Alignment& alignment = found_[k].alignment;
      rivals[{alignment.a, bodies_[alignment.b].language}].push_back(k);
      rivals[{alignment.b, bodies_[alignment.a].language}].push_back(k);
    }
    std::vector<bool> is_outdone(found_.size());
    for (const auto& [key, all] : rivals) {
      const auto side = [&](std::size_t k) -> const std::vector<LinkedSentence>& {
        return found_[k].alignment.a == key.first ? found_[k].a : found_[k].b;
      };
      // The best of many outdo the others, if any do.
      auto best = all;
      if (best.size() > rivals_max) {
        std::partial_sort(best.begin(), best.begin() + rivals_max, best.end(), [&](std::size_t x, std::size_t y) {
          return std::pair(found_[y].alignment.evidence, x) < std::pair(found_[x].alignment.evidence, y);
        });
        best.resize(rivals_max);
      }
      for (const auto k : all) {
        is_outdone[k] = is_outdone[k] || std::any_of(best.begin(), best.end(),
                                                     [&](auto other) { return outdoes(side(other), side(k)); });
      }
    }
    std::size_t k = 0;
    std::erase_if(found_, [&](const Found&) { return is_outdone[k++]; });
  }

  /// Whether one stretch is worth far more than the other in the sentences that both link, and these are most of the other's.
  static bool outdoes(const std::vector<LinkedSentence>& one, const std::vector<LinkedSentence>& other) {
    double ones = 0, others = 0, all = 0;
    for (const auto& mine : other) {
      all += mine.evidence;
      const auto same = std::lower_bound(one.begin(), one.end(), mine.sentence,
                                         [](const auto& x, std::uint32_t s) { return x.sentence < s; });
      if (same == one.end() || same->sentence != mine.sentence) continue;
      ones += same->evidence;
      others += mine.evidence;
    }
    return 2 * others > all && others < outdone_share * ones;
  }

  std::span<const Body> bodies_;
  std::vector<bool> is_covered_;             ///< by another article of its language
  std::unordered_set<std::uint64_t> known_;  ///< pairs that were looked at
  PassageIndex index_{articles_of_key_max};
  std::size_t articles_ = 0;  ///< in the index
  MeaningAligner aligner_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<SentenceLink> link_meanings(const Body& a, const Body& b) {
  static thread_local MeaningAligner aligner;
  aligner.take(b);
  std::vector<SentenceLink> out;
  for (const MeaningLink& link : aligner.links_with(a)) {
    SentenceLink& sentences = out.emplace_back();
    for (auto i = link.a_begin; i < link.a_end; ++i) sentences.a.push_back(i);
    for (auto j = link.b_begin; j < link.b_end; ++j) sentences.b.push_back(j);
    sentences.score = score_of(link.evidence);
  }
  return out;
}

Alignment align_meanings(const Body& a, const Body& b) {
  static thread_local MeaningAligner aligner;
  aligner.take(b);
  auto alignment = found_in(a, b, aligner.links_with(a)).alignment;
  alignment.a = 0;
  alignment.b = 1;
  return alignment;
}

Alignment align_by_language(const Body& a, const Body& b) {
  auto alignment = align(a, b);
  if (a.language == b.language) return alignment;
  auto by_meaning = align_meanings(a, b);
  return by_meaning.strength >= strength_min && covers_more(by_meaning, alignment) ? by_meaning : alignment;
}

std::vector<Alignment> match_meanings(std::span<const Body> bodies, std::span<const Alignment> known,
                                      const std::function<void(std::size_t done, std::size_t total)>& progress) {
  return MeaningMatcher(bodies, known).run(progress);
}

std::vector<Alignment> match_all(std::span<const Body> bodies,
                                 const std::function<void(std::size_t done, std::size_t total)>& progress,
                                 const std::function<void(std::size_t done, std::size_t total)>& progress_of_meanings) {
  auto shared = match(bodies, progress);
  auto across = match_meanings(bodies, shared, progress_of_meanings);
  std::move(across.begin(), across.end(), std::back_inserter(shared));
  return shared;
}

}  // namespace depesche::copies
