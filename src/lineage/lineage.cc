// Families grow around their fullest text, by direct evidence.
//
// Articles are taken from the longest to the shortest. Each joins the family whose reading copy it shares most of its
// text with, and founds its own where it shares too little with any. It is never enough to resemble another member:
// chaining through weak links is how one family swallows a crawl.
//
// What is shared on both sides decides the relation to the dispatch's base text:
//
//   ≥ 0.8 of both                          copy, or rewrite where half of the runs of words differ
//   ≥ 0.8 of the member, less of the base  cut
//   ≥ 0.8 of the base, less of the member  extended
//   ≥ 0.85 of both by meaning, little in   sibling, before whatever its words say
//     the same runs of words
//   ≥ 0.4 of both, and both open alike     rewrite: told in other words, or the agency's next state
//   ≥ 0.65 of both told anew, in order     rewrite
//   less of both, told by the reporter     part: the member is a composite
//
// and where the languages differ, by what the sentences mean:
//
//   ≥ 0.65 of the member, or 0.6 of one    translation
//     and 0.5 of the other
//   less, told by the reporter             part
//
// Three things that share words are no copies: two reports of one speech (so words between quotation marks do not count),
// a form that is filled in anew every day (so its figures are compared), and paragraphs of background behind different
// news (so it matters where they stand).
//
// The base is the fullest printing, unless a printing with the agency's dateline stands in it whole: then that is the
// text as it was sent, and what the longer one has beyond it is its own addition. A page that prints several dispatches
// whole is no printing of any of them: what it holds shares nothing among itself, and so gives it away.
//
// Of two articles that share a part, the dispatch is the one with an agency's dateline; else the one that opens with
// the part, since a dispatch opens with its news and who takes paragraphs from it puts them behind news of his own;
// else the one that others print whole; else the one in which the part begins earlier. Where the shared blocks lie in
// the second half of both they are background that an agency reuses for weeks, and tie nothing.
#include "lineage/lineage.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "copies/meanings.h"
#include "core/ids.h"
#include "lineage/inferred.h"
#include "lineage/ties.h"
#include "lineage/written.h"

namespace depesche::lineage {
namespace {

using copies::Alignment;
using copies::pair_key;

// Where no sweep is named, a bar was set by reading the pairs on both sides of it in the sets of docs/measurements.md.

/// All of a text but a caption, a line of credit or a closing paragraph.
constexpr double whole_share_min = 0.8;
/// … or paragraph by paragraph in one order, with most of the words. An article in one line is linked as soon as half of it
/// is, and so must have several links.
constexpr double whole_retold_share_min = 0.85;
constexpr double whole_reworded_share_min = 0.65;
constexpr std::size_t whole_blocks_min = 4;
/// A copy keeps its runs of three words; below this every few words were changed.
constexpr double copy_resemblance_min = 0.6;
/// So much of both, where they open alike.
constexpr double rewrite_share_min = 0.5;
/// … and this much where the reporter's own words went from one to the other: an agency's text and its next state.
constexpr double update_share_min = 0.4;
/// To open alike: a linked block among the first two of at least six, or this much of the first words of both.
constexpr std::ptrdiff_t head_blocks = 2;
constexpr std::ptrdiff_t head_of_blocks_min = 6;
constexpr double head_share_min = 0.4;
/// A text told anew keeps this much of it in linked paragraphs on both sides, in the same order, and a few of the words.
/// Two reports of two paragraphs may do so by chance; of four linked paragraphs none did in 1,323 pairs written apart.
constexpr double retold_share_min = 0.65;
constexpr std::size_t retold_links_min = 4;
constexpr std::uint32_t retold_narrated_words_min = 15;
/// Less of the reporter's own words than this on both sides: the two have a speech in common and no reporter.
constexpr double narrated_share_min = 0.4;
/// Families that hold nearly as much of an article as the one that holds most.
constexpr double nearly_as_much = 0.05;
/// Two printings of one version: all but so little of the one stands in the other. A family has no more versions than this.
constexpr double version_share_min = 0.95;
constexpr std::size_t versions_max = 8;
/// A part needs this many of the reporter's own words, so many of them in a row, and this share of the article. Two
/// reports of one speech share its words and no others; two of one event share phrases, of nine words at most in the
/// stories at hand, where paragraphs that were taken over share runs of fifteen and more (docs/measurements.md).
constexpr std::uint32_t part_narrated_words_min = 18;
constexpr std::uint32_t part_narrated_run_min = 14;
/// Paragraphs that were taken over and edited share shorter runs, and more of them than chance would.
constexpr std::uint32_t edited_narrated_words_min = 50;
constexpr std::uint32_t edited_narrated_run_min = 8;
constexpr double part_share_min = 0.1;
/// Blocks left over beside a part that make a dispatch of their own.
constexpr double own_share_min = 0.15;
/// So many figures, of which the other has less than this share, make a form that is filled in anew every day. Two days'
/// weather has a figure or two in common by chance.
constexpr std::uint32_t form_figures_min = 4;
constexpr double form_figures_share_max = 0.5;
/// A translation tells this much of its text after the other's: all but what was added, and a sentence or two that no dictionary
/// could link. Where less of it is told there, so much of one and of both is, or it is a page that the dispatch is a part of.
constexpr double translated_share_min = 0.65;
constexpr double translated_share_of_one_min = 0.6;
constexpr double translated_share_of_both_min = 0.5;
constexpr double translated_part_share_min = 0.25;
/// A sentence full of names finds counterparts in any report of the event, a second one beside it now and then.
constexpr std::uint32_t translated_part_links_min = 3;
/// … but not as strongly as two that were translated.
constexpr double translated_part_strength_min = 0.55;
/// So many sentences are no background, wherever they stand.
constexpr std::uint32_t translated_part_links_enough = 5;
/// A translation has so many of the reporter's own words, or so much of them (narrated_share_min).
constexpr std::uint32_t translated_narrated_words_min = 18;
/// … and of an agency's text under another agency's dateline is all of it.
constexpr double translated_share_across_agencies_min = 0.85;
constexpr double translated_strength_across_agencies_min = 0.75;
/// Printings of one language that share a run of words like this took it from each other.
constexpr std::uint32_t verbatim_run_min = 30;
/// Two translations of one text in one language: so much of both is linked, by so many sentences and so strongly. Two reports of one
/// event in one language share more words than two in two languages do.
constexpr double sibling_linked_share_min = 0.1;
constexpr double sibling_resemblance_max = 0.55;
constexpr double sibling_share_min = 0.85;
constexpr double sibling_strength_min = 0.8;
constexpr std::uint32_t sibling_links_min = 4;
/// Of a dispatch with more translations than this those of one language alone are told as siblings of each other.
constexpr std::size_t siblings_across_max = 12;
/// Background stands behind the news: from the middle of an article on.
constexpr double background_position_min = 0.5;

/// "SORNAU" as a reader would write it; what is not in capitals throughout stays as it is.
std::string in_title_case(std::string_view place) {
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(place.data(), static_cast<std::int32_t>(place.size())));
  auto upper = wide;
  std::string out;
  if (upper.toUpper(icu::Locale::getRoot()) != wide) return std::string(place);
  return wide.toTitle(nullptr, icu::Locale::getRoot()).toUTF8String(out);
}

/// One article's side of an alignment.
struct Side {
  double share = 0;
  double retold_share = 0;
  double narrated_share = 0;
  std::vector<BlockIndex> blocks;  ///< linked word for word, sorted
};

/// An alignment seen from one of its articles.
struct Seen {
  const Alignment* alignment = nullptr;
  Side mine;
  Side other;
};

class FamilyFinder {
 public:
  FamilyFinder(std::span<const Printing> printings, std::span<const copies::Body> bodies,
               std::span<const Alignment> shared, const Decisions& decisions)
      : printings_(printings),
        bodies_(bodies),
        partners_(printings.size()),
        is_twin_(printings.size()),
        is_composite_(printings.size()),
        blocks_(printings.size()),
        reading_of_(printings.size(), nobody) {
    for (const Alignment& alignment : shared) {
      if (alignment.is_twin) {
        twins_of_[alignment.a].push_back(&alignment);
        is_twin_[alignment.b] = true;
        continue;
      }
      if (alignment.by == copies::By::meaning && !are_of_two_languages(alignment.a, alignment.b)) {
        if (is_sibling(alignment)) nominate_siblings(alignment.a, alignment.b);
        continue;
      }
      const auto [known, is_new] = by_pair_.try_emplace(pair_key(alignment.a, alignment.b), &alignment);
      // Two languages may share a few lines as they are printed, an agency's or a quoted one.
      if (!is_new && alignment.by == copies::By::meaning && copies::covers_more(alignment, *known->second))
        known->second = &alignment;
      partners_[alignment.a].push_back(alignment.b);
      partners_[alignment.b].push_back(alignment.a);
    }
    if (!decisions.empty()) heed(decisions);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
      for (const auto& passage : bodies[i].passages) {
        if (blocks_[i].empty() || blocks_[i].back() != passage.block) blocks_[i].push_back(passage.block);
      }
    }
  }

  Families run() {
    gather_families();
    merge_joined_families();
    for (auto& [reading, family] : families_) dispatches_.push_back(make_dispatch(family));
    find_parts();
    for (Dispatch& dispatch : dispatches_) add_twins(dispatch);
    for (Dispatch& dispatch : dispatches_) finish(dispatch);
    tell_decisions();
    std::erase_if(dispatches_, [](const Dispatch& dispatch) { return dispatch.members.empty(); });
    std::sort(dispatches_.begin(), dispatches_.end(), [](const Dispatch& x, const Dispatch& y) {
      const auto key = [](const Dispatch& d) {
        return std::tuple(-static_cast<long>(d.members.size()), d.reading, std::string_view(d.id));
      };
      return key(x) < key(y);
    });
    std::sort(backgrounds_.begin(), backgrounds_.end());
    backgrounds_.erase(std::unique(backgrounds_.begin(), backgrounds_.end()), backgrounds_.end());
    std::vector<Siblings> siblings;
    for (std::size_t d = 0; d < dispatches_.size(); ++d) find_siblings(d, siblings);
    return {std::move(dispatches_), std::move(backgrounds_), std::move(siblings)};
  }

 private:
  static constexpr ArticleIndex nobody = ~0u;

  /// Two articles of one language that say the same sentence by sentence: whether in other words, their words will tell.
  void nominate_siblings(ArticleIndex a, ArticleIndex b) {
    are_siblings_.emplace(pair_key(a, b), true);
    make_partners(a, b);
  }

  bool are_of_two_languages(ArticleIndex a, ArticleIndex b) const { return bodies_[a].language != bodies_[b].language; }

  const Alignment& align_here(ArticleIndex a, ArticleIndex b) {
    Alignment& alignment = aligned_here_.emplace_back(copies::align_by_language(bodies_[a], bodies_[b]));
    alignment.a = a;
    alignment.b = b;
    return alignment;
  }

  /// What two articles share, aligned now where nobody nominated them.
  Seen seen(ArticleIndex mine, ArticleIndex other) {
    const Alignment*& known = by_pair_[pair_key(mine, other)];
    if (known == nullptr) known = &align_here(std::min(mine, other), std::max(mine, other));
    const Alignment& alignment = *known;
    Seen out;
    out.alignment = &alignment;
    out.mine = {alignment.share_of_a, alignment.retold_share_of_a, alignment.narrated_share_of_a, {}};
    out.other = {alignment.share_of_b, alignment.retold_share_of_b, alignment.narrated_share_of_b, {}};
    for (const auto& link : alignment.blocks) {
      if (link.is_reworded) continue;
      out.mine.blocks.push_back(link.a);
      out.other.blocks.push_back(link.b);
    }
    if (mine != alignment.a) std::swap(out.mine, out.other);
    for (Side* side : {&out.mine, &out.other}) {
      std::sort(side->blocks.begin(), side->blocks.end());
      side->blocks.erase(std::unique(side->blocks.begin(), side->blocks.end()), side->blocks.end());
    }
    return out;
  }

  /// Whether the reporter's own words went from one to the other.
  static bool is_told_alike(const Alignment& alignment) {
    return (alignment.narrated_words >= part_narrated_words_min &&
            alignment.narrated_run_words >= part_narrated_run_min) ||
           (alignment.narrated_words >= edited_narrated_words_min &&
            alignment.narrated_run_words >= edited_narrated_run_min);
  }

  /// Whether both fill in the same form, with figures of their own: the weather, share prices, the weekly count.
  static bool is_form(const copies::Figures& figures) {
    return figures.all >= form_figures_min && figures.shared < form_figures_share_max * figures.all;
  }

  /// Whether both open alike and much of both is the same: an agency sends its text again with new paragraphs for old
  /// ones. A composite puts what it took behind news of its own, and so does who adds the agency's background.
  bool is_next_state(const Seen& seen) const {
    const double least = std::min(seen.mine.share, seen.other.share);
    return (least >= rewrite_share_min || (least >= update_share_min && is_told_alike(*seen.alignment))) &&
           open_alike(*seen.alignment);
  }

  bool open_alike(const Alignment& alignment) const {
    if (std::min(alignment.head_share_of_a, alignment.head_share_of_b) >= head_share_min) return true;
    return std::any_of(alignment.blocks.begin(), alignment.blocks.end(), [&](const copies::BlockLink& link) {
      return is_at_head(alignment.a, link.a) && is_at_head(alignment.b, link.b);
    });
  }

  /// Among the first blocks of an article that has many: of an article in one line every block is the head.
  bool is_at_head(ArticleIndex article, BlockIndex block) const {
    const auto& body = blocks_[article];
    return std::ssize(body) >= head_of_blocks_min &&
           std::find(body.begin(), body.begin() + head_blocks, block) != body.begin() + head_blocks;
  }

  /// Whether the one follows the other paragraph by paragraph, in words of its own.
  static bool is_retold(const Seen& seen) {
    return seen.mine.retold_share >= retold_share_min && seen.other.retold_share >= retold_share_min &&
           seen.alignment->blocks.size() >= retold_links_min &&
           seen.alignment->narrated_words >= retold_narrated_words_min;
  }

  /// Whether nearly all of the side stands on the other: in its words, or paragraph by paragraph with half of them.
  static bool is_whole(const Side& side) {
    return side.share >= whole_share_min ||
           (side.retold_share >= whole_retold_share_min && side.share >= whole_reworded_share_min &&
            side.blocks.size() >= whole_blocks_min);
  }

  /// What `member` is of a dispatch whose base text is `base`; nothing where they share too little.
  std::optional<Relation> relation(const Seen& member_to_base) {
    const Alignment& alignment = *member_to_base.alignment;
    if (alignment.by == copies::By::meaning) {
      if (!is_translated(member_to_base)) return {};
      const double mine = member_to_base.mine.share;
      const double other = member_to_base.other.share;
      const bool is_told = mine >= translated_share_min || (std::max(mine, other) >= translated_share_of_one_min &&
                                                            std::min(mine, other) >= translated_share_of_both_min);
      return is_told ? std::optional(Relation::translation) : std::nullopt;
    }
    const auto by_words = relation_by_words(member_to_base);
    // What is printed word for word is no translation; what is told paragraph by paragraph in words of its own may be.
    const bool may_be_sibling =
        !by_words || std::max(member_to_base.mine.share, member_to_base.other.share) < whole_share_min;
    return may_be_sibling && are_siblings(member_to_base) ? std::optional(Relation::sibling) : by_words;
  }

  /// Whether a reporter's own words were translated. Of one speech two reports in two languages have the same quotations.
  bool is_translated(const Seen& seen) const {
    const Alignment& alignment = *seen.alignment;
    if (std::max(seen.mine.narrated_share, seen.other.narrated_share) < narrated_share_min &&
        alignment.narrated_words < translated_narrated_words_min) {
      return false;
    }
    // Two agencies that each put a dateline to their text report the same event; all but a translation of the whole is chance.
    const auto& one = printings_[alignment.a].dateline_agency;
    const auto& other = printings_[alignment.b].dateline_agency;
    if (!one || !other || *one == *other) return true;
    return std::min(seen.mine.share, seen.other.share) >= translated_share_across_agencies_min &&
           alignment.strength >= translated_strength_across_agencies_min;
  }

  /// Whether whole sentences went from one to the other as they are.
  static bool is_verbatim(const Alignment& alignment) {
    return alignment.resemblance >= copy_resemblance_min || alignment.narrated_run_words >= verbatim_run_min;
  }

  /// Two translations of a text say the same sentence by sentence and share a run of words now and then. Looked at where much
  /// of both is linked by words.
  bool are_siblings(const Seen& seen) {
    if (is_verbatim(*seen.alignment) || seen.alignment->resemblance > sibling_resemblance_max ||
        is_form(seen.alignment->figures)) {
      return false;
    }
    // A text that an agency's dateline heads was told anew by the other.
    if (has_agency_dateline(seen.alignment->a) != has_agency_dateline(seen.alignment->b)) return false;
    const ArticleIndex a = seen.alignment->a;
    const ArticleIndex b = seen.alignment->b;
    const auto [known, is_new] = are_siblings_.try_emplace(pair_key(a, b), false);
    const auto linked = [](const Side& side) { return std::max(side.share, side.retold_share); };
    if (is_new && std::min(linked(seen.mine), linked(seen.other)) >= sibling_linked_share_min)
      known->second = is_sibling(copies::align_meanings(bodies_[a], bodies_[b]));
    return known->second;
  }

  static bool is_sibling(const Alignment& by_meaning) {
    return by_meaning.strength >= sibling_strength_min && by_meaning.links >= sibling_links_min &&
           std::min(by_meaning.share_of_a, by_meaning.share_of_b) >= sibling_share_min &&
           std::max(by_meaning.narrated_share_of_a, by_meaning.narrated_share_of_b) >= narrated_share_min;
  }

  std::optional<Relation> relation_by_words(const Seen& member_to_base) {
    if (is_form(member_to_base.alignment->figures)) return {};
    // Two articles that are little more than the same speech have each its own reporter.
    const bool is_narrated_alike =
        std::max(member_to_base.mine.narrated_share, member_to_base.other.narrated_share) >= narrated_share_min;
    if (!is_narrated_alike) return is_retold(member_to_base) ? std::optional(Relation::rewrite) : std::nullopt;
    const bool is_member_whole = is_whole(member_to_base.mine);
    const bool is_base_whole = is_whole(member_to_base.other);
    if (is_member_whole && is_base_whole) {
      return member_to_base.alignment->resemblance >= copy_resemblance_min ? Relation::copy : Relation::rewrite;
    }
    if (is_member_whole) return Relation::cut;
    if (is_base_whole) return Relation::extended;
    if (is_next_state(member_to_base)) return Relation::rewrite;
    if (is_retold(member_to_base)) return Relation::rewrite;
    return {};
  }

  // -- families --------------------------------------------------------------------------------------------------

  void gather_families() {
    std::vector<ArticleIndex> order;
    for (ArticleIndex i = 0; i < printings_.size(); ++i) {
      if (!is_twin_[i]) order.push_back(i);
    }
    std::sort(order.begin(), order.end(), [&](ArticleIndex x, ArticleIndex y) { return is_fuller(x, y); });
    for (const ArticleIndex article : order) place(article, {});
    part_composites();
  }

  /// A partner nominates its family; whether the article belongs there is between it and the family's reading.
  void place(ArticleIndex article, std::set<ArticleIndex> readings) {
    for (const ArticleIndex partner : partners_[article]) {
      if (reading_of_[partner] != nobody && !is_composite_[reading_of_[partner]]) readings.insert(reading_of_[partner]);
    }
    nominate_beyond_apart(article, readings);
    join(article, best_reading(article, readings).value_or(article));
  }

  /// A page that prints several dispatches whole would be the fullest printing of each of them, and they would all be
  /// one family. Its printings give it away: they stand in different blocks of it and share none.
  void part_composites() {
    std::vector<ArticleIndex> composites;
    for (const auto& [reading, family] : families_) {
      if (family.size() > 2 && holds_several(reading, family)) composites.push_back(reading);
    }
    for (const ArticleIndex composite : composites) {
      const auto family = std::move(families_.at(composite));
      families_.erase(composite);
      is_composite_[composite] = true;
      for (const ArticleIndex member : family) reading_of_[member] = nobody;
      join(composite, composite);
      std::set<ArticleIndex> new_readings;
      for (const ArticleIndex member : family) {
        if (member == composite) continue;
        place(member, new_readings);
        new_readings.insert(reading_of_[member]);
      }
    }
  }

  bool holds_several(ArticleIndex reading, const std::vector<ArticleIndex>& family) {
    // Blocks of the reading, united where one printing has both; each united set with the agencies that it names.
    const auto& blocks = blocks_[reading];
    std::vector<std::size_t> parent(blocks.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
      while (parent[i] != i) i = parent[i] = parent[parent[i]];
      return i;
    };
    std::vector<std::pair<std::size_t, ArticleIndex>> first_blocks;  // of each printing
    for (const ArticleIndex member : family) {
      if (member == reading) continue;
      const Seen shared = seen(member, reading);
      if (relation(shared) != Relation::cut) return false;  // the whole is printed by others, too
      for (const BlockIndex block : shared.other.blocks) {
        const auto at = [&](BlockIndex b) {
          return static_cast<std::size_t>(std::lower_bound(blocks.begin(), blocks.end(), b) - blocks.begin());
        };
        parent[root(at(block))] = root(at(shared.other.blocks.front()));
        if (block == shared.other.blocks.front()) first_blocks.emplace_back(at(block), member);
      }
    }
    std::set<std::size_t> roots;
    std::set<std::string> agencies;
    for (const auto& [block, member] : first_blocks) {
      roots.insert(root(block));
      agencies.insert(agency_named(member));
    }
    // One agency's text may be cut at its head by one paper and at its tail by another.
    const bool is_of_one_agency = agencies.size() == 1 && !agencies.begin()->empty();
    return roots.size() > 1 && !is_of_one_agency;
  }

  /// By its dateline, else its first credit; empty where it names none.
  std::string agency_named(ArticleIndex article) const {
    const Printing& printing = printings_[article];
    if (printing.dateline_agency) return *printing.dateline_agency;
    return printing.credits.empty() ? std::string() : printing.credits[0];
  }

  /// Of the families that the article could belong to the one that holds most of it. Two composites may each hold the
  /// whole of a dispatch: of families that hold nearly as much, its printings all go to the one that most went to before.
  std::optional<ArticleIndex> best_reading(ArticleIndex article, const std::set<ArticleIndex>& readings) {
    std::vector<Holder> holders;
    for (const ArticleIndex reading : readings) {
      const Seen shared = seen(article, reading);
      if (relation(shared)) holders.push_back({reading, shared.mine.share, kept_apart(article, reading)});
    }
    // Each that is refused by a decision and would have been the best made a difference.
    auto best = best_of(holders);
    while (best && best->apart != nullptr) {
      decisive_.push_back(*best->apart);
      std::erase_if(holders, [&](const Holder& holder) { return holder.reading == best->reading; });
      best = best_of(holders);
    }
    return best ? std::optional(best->reading) : std::nullopt;
  }

  /// A family that an article could belong to.
  struct Holder {
    ArticleIndex reading = nobody;
    double share = 0;                    ///< of the article, in the reading
    const Ties::Apart* apart = nullptr;  ///< the decision that keeps the article from it
  };

  std::optional<Holder> best_of(const std::vector<Holder>& holders) const {
    double most = 0;
    for (const Holder& holder : holders) most = std::max(most, holder.share);
    std::optional<Holder> best;
    const auto rank = [&](const Holder& holder) {
      return std::tuple(families_.at(holder.reading).size(), holder.share, ~holder.reading);
    };
    for (const Holder& holder : holders) {
      if (holder.share >= most - nearly_as_much && (!best || rank(*best) < rank(holder))) best = holder;
    }
    return best;
  }

  void join(ArticleIndex article, ArticleIndex reading) {
    reading_of_[article] = reading;
    families_[reading].push_back(article);
  }

  bool is_fuller(ArticleIndex x, ArticleIndex y) const {
    return std::pair(bodies_[y].size(), x) < std::pair(bodies_[x].size(), y);
  }

  // -- a person's decisions ----------------------------------------------------------------------------------------
  //
  // What was set apart is kept apart while families are gathered; then families of which articles were joined become one.
  // Letter-for-letter copies go where the first of them goes, unless something keeps them from it.

  void heed(const Decisions& decisions) {
    std::unordered_map<std::string_view, ArticleIndex> by_id;
    for (ArticleIndex i = 0; i < printings_.size(); ++i) by_id.try_emplace(printings_[i].id, i);
    const auto each_pair = [&](const Decisions::Pairs& pairs, const auto& decide) {
      for (const auto& [pair, because] : pairs) {
        const auto a = by_id.find(pair.first);
        const auto b = by_id.find(pair.second);
        if (a != by_id.end() && b != by_id.end() && a != b) decide(a->second, b->second, because);
      }
    };
    Ties& ties = ties_.emplace(printings_.size());
    each_pair(decisions.apart,
              [&](ArticleIndex a, ArticleIndex b, const std::string& because) { ties.set_apart(a, b, because); });
    each_pair(decisions.together, [&](ArticleIndex a, ArticleIndex b, const std::string& because) {
      if (ties.tie(a, b)) joined_.push_back({a, b, because});
    });
    std::vector<ArticleIndex> firsts;
    for (const auto& [first, twins] : twins_of_) firsts.push_back(first);
    std::sort(firsts.begin(), firsts.end());
    for (const ArticleIndex first : firsts) sort_twins(first);
  }

  /// Divides letter-for-letter copies where something was decided of them.
  void sort_twins(ArticleIndex first) {
    const auto twins = twins_of_.at(first);
    const bool is_concerned = ties_->concern(first) || std::any_of(twins.begin(), twins.end(), [&](const auto* twin) {
                                return ties_->concern(twin->b);
                              });
    if (!is_concerned) return;
    twins_of_.erase(first);
    std::vector<ArticleIndex> firsts = {first};
    for (const Alignment* alignment : twins) {
      const ArticleIndex twin = alignment->b;
      const auto other =
          std::find_if(firsts.begin(), firsts.end(), [&](ArticleIndex other) { return ties_->tie(other, twin); });
      if (other == firsts.end()) {
        is_twin_[twin] = false;
        const auto partners = partners_[first];
        for (const ArticleIndex partner : partners) make_partners(twin, partner);
        for (const ArticleIndex same : firsts) make_partners(twin, same);
        firsts.push_back(twin);
        continue;
      }
      first_of_.emplace(twin, *other);
      twins_of_[*other].push_back(*other == first ? alignment : &align_here(*other, twin));
    }
  }

  void make_partners(ArticleIndex a, ArticleIndex b) {
    if (std::find(partners_[a].begin(), partners_[a].end(), b) != partners_[a].end()) return;
    partners_[a].push_back(b);
    partners_[b].push_back(a);
  }

  /// What keeps the article from the family of that reading.
  const Ties::Apart* kept_apart(ArticleIndex article, ArticleIndex reading) const {
    if (!ties_) return nullptr;
    for (const Ties::Apart& apart : ties_->apart_of(article)) {
      for (const ArticleIndex other : ties_->unit(apart.other)) {
        if (reading_of_[other] == reading) return &apart;
      }
    }
    return nullptr;
  }

  /// An article may have been nominated to others of its kind only over one that it was set apart from.
  void nominate_beyond_apart(ArticleIndex article, std::set<ArticleIndex>& readings) const {
    if (!ties_ || std::none_of(readings.begin(), readings.end(),
                               [&](ArticleIndex reading) { return kept_apart(article, reading) != nullptr; })) {
      return;
    }
    for (const ArticleIndex partner : partners_[article]) {
      for (const ArticleIndex beyond : partners_[partner]) {
        if (beyond != article && reading_of_[beyond] != nobody) readings.insert(reading_of_[beyond]);
      }
    }
  }

  void merge_joined_families() {
    if (joined_.empty()) return;
    gathered_ = reading_of_;
    const auto family_of = [&](ArticleIndex article) {
      const auto first = first_of_.find(article);
      return reading_of_[first != first_of_.end() ? first->second : article];
    };
    for (const auto& [a, b, because] : joined_) {
      ArticleIndex kept = family_of(a);
      ArticleIndex gone = family_of(b);
      if (kept == gone) continue;
      decisive_.push_back({a, b, because});
      if (is_fuller(gone, kept)) std::swap(kept, gone);
      auto stay = families_.at(kept);
      const auto leave = families_.at(gone);
      std::vector<ArticleIndex> left;
      const bool are_apart = std::any_of(leave.begin(), leave.end(),
                                         [&](ArticleIndex member) { return kept_apart(member, kept) != nullptr; });
      // Where others of the two families were set apart, only what was joined moves.
      for (const ArticleIndex member : leave)
        (are_apart && !ties_->are_tied(member, a) ? left : stay).push_back(member);
      families_.erase(kept);
      families_.erase(gone);
      found_family(std::move(stay));
      found_family(std::move(left));
    }
  }

  void found_family(std::vector<ArticleIndex> members) {
    if (members.empty()) return;
    std::sort(members.begin(), members.end(), [&](ArticleIndex x, ArticleIndex y) { return is_fuller(x, y); });
    for (const ArticleIndex member : members) reading_of_[member] = members.front();
    families_[members.front()] = std::move(members);
  }

  /// The member that `article` shares its text with: the base, unless it came with a family of its own that was joined.
  ArticleIndex source_of(ArticleIndex article, ArticleIndex base) {
    if (gathered_.empty()) return base;
    const ArticleIndex own = gathered_[article];
    const bool came_along = own != article && own != gathered_[base] && reading_of_[own] == reading_of_[article];
    return came_along && !relation(seen(article, base)) ? own : base;
  }

  void tell_decisions() {
    std::map<ArticleIndex, std::set<std::string_view>> by_reading;
    for (const Ties::Apart& decision : decisive_) {
      for (const ArticleIndex article : {decision.mine, decision.other}) {
        const auto first = first_of_.find(article);
        by_reading[reading_of_[first != first_of_.end() ? first->second : article]].insert(decision.because);
      }
    }
    for (Dispatch& dispatch : dispatches_) {
      const auto found = by_reading.find(dispatch.reading);
      if (found == by_reading.end()) continue;
      dispatch.decided.assign(found->second.begin(), found->second.end());
      dispatch.because.insert(dispatch.because.end(), dispatch.decided.begin(), dispatch.decided.end());
    }
  }

  // -- what a family is of its base --------------------------------------------------------------------------------

  Dispatch make_dispatch(const std::vector<ArticleIndex>& family) {
    const ArticleIndex fullest = family[0];
    ArticleIndex base = fullest;
    for (const ArticleIndex article : family) {
      if (!has_agency_dateline(article) || are_of_two_languages(article, fullest)) continue;
      if (article != fullest && seen(article, fullest).mine.share < whole_share_min) continue;
      base = article;
      break;
    }
    Dispatch dispatch;
    dispatch.reading = fullest;
    dispatch.members.push_back(
        {.article = base, .relation = Relation::copy, .blocks = blocks_[base], .share = 1, .from = {}});
    for (const ArticleIndex article : family) {
      if (article != base) dispatch.members.push_back(make_member(dispatch, article, base));
    }
    std::sort(dispatch.members.begin() + 1, dispatch.members.end(),
              [](const Member& x, const Member& y) { return x.article < y.article; });
    number_versions(dispatch);
    if (base != fullest) {
      dispatch.because.push_back(fmt::format("{} prints the agency's dateline and stands whole in the longer {}",
                                             printings_[base].id, printings_[fullest].id));
    }
    return dispatch;
  }

  /// Printings that differ by no more than what was cut or added print one version. A state of the text that two or more
  /// papers print came to them from somewhere; what one alone prints may be his own editing.
  void number_versions(Dispatch& dispatch) {
    struct Version {
      ArticleIndex first;
      std::vector<Member*> members;
      std::size_t printings = 0;
    };
    std::vector<Version> versions;
    for (Member& member : dispatch.members) {
      if (member.relation == Relation::translation || member.relation == Relation::sibling) continue;
      const auto same = std::find_if(versions.begin(), versions.end(), [&](const Version& version) {
        const Seen shared = seen(member.article, version.first);
        return std::max(shared.mine.share, shared.other.share) >= version_share_min;
      });
      if (same == versions.end() && versions.size() == versions_max) continue;
      Version& version = same != versions.end() ? *same : versions.emplace_back(Version{member.article, {}, 0});
      version.members.push_back(&member);
      const auto twins = twins_of_.find(member.article);
      version.printings += 1 + (twins != twins_of_.end() ? twins->second.size() : 0);
    }
    // The base's comes first; the others by how often they were printed.
    std::stable_sort(versions.begin() + 1, versions.end(),
                     [](const Version& x, const Version& y) { return x.printings > y.printings; });
    for (std::size_t v = 0; v < versions.size(); ++v) {
      if (v > 0 && versions[v].printings < 2) break;
      for (Member* member : versions[v].members) member->version = static_cast<std::uint32_t>(v + 1);
    }
  }

  /// The text with the agency's dateline came before the one without; of two with dates the earlier. What is longer or
  /// shorter tells nothing: a paper cuts, and a paper adds.
  ///
  /// An agency's dateline tells nothing across languages, for agencies send their texts in several.
  Direction direction(ArticleIndex from, ArticleIndex member) const {
    if (!are_of_two_languages(from, member) && has_agency_dateline(from) != has_agency_dateline(member)) {
      return has_agency_dateline(from) ? Direction::from_first : Direction::member_first;
    }
    const Printing& a = printings_[from];
    const Printing& b = printings_[member];
    for (const auto day : {&Printing::dateline_day, &Printing::given_day}) {
      if (!(a.*day) || !(b.*day)) continue;
      if (*(a.*day) != *(b.*day)) return *(a.*day) < *(b.*day) ? Direction::from_first : Direction::member_first;
    }
    return Direction::unknown;
  }

  bool has_agency_dateline(ArticleIndex article) const { return printings_[article].dateline_agency.has_value(); }

  Member make_member(Dispatch& dispatch, ArticleIndex article, ArticleIndex base) {
    base = source_of(article, base);
    if (are_of_two_languages(article, base)) base = printed_from(dispatch, article).value_or(base);
    const Seen shared = seen(article, base);
    Member member{
        .article = article, .relation = Relation::rewrite, .blocks = blocks_[article], .share = 1, .from = base};
    member.relation = relation(shared).value_or(Relation::rewrite);
    member.shared = std::max(shared.mine.share, shared.other.share);
    if (member.relation == Relation::extended) {
      // What a printing adds is its own report, not the dispatch.
      member.share = shared.mine.share;
      member.blocks = shared.mine.blocks;
    }
    member.direction = member.relation == Relation::sibling ? Direction::unknown : direction(base, article);
    if (shared.alignment->by == copies::By::meaning) {
      dispatch.because.push_back(
          fmt::format("{} says in another language in {} sentences what {} says, in the same order: "
                      "{:.0f} % of its words, {:.0f} % of the other's",
                      printings_[article].id, shared.alignment->links, printings_[base].id, 100 * shared.mine.share,
                      100 * shared.other.share));
      return member;
    }
    if (member.relation == Relation::sibling) {
      dispatch.because.push_back(fmt::format("{} says sentence by sentence in other words what {} says",
                                             printings_[article].id, printings_[base].id));
      return member;
    }
    dispatch.because.push_back(fmt::format("{} shares {:.0f} % of its words with {}, which shares {:.0f} % of its own",
                                           printings_[article].id, 100 * shared.mine.share, printings_[base].id,
                                           100 * shared.other.share));
    return member;
  }

  /// A translation may itself be printed again: the member of its own language whose words an article has.
  std::optional<ArticleIndex> printed_from(const Dispatch& dispatch, ArticleIndex article) {
    std::optional<ArticleIndex> best;
    double most = 0;
    for (const Member& member : dispatch.members) {
      if (are_of_two_languages(member.article, article)) continue;
      const Seen shared = seen(article, member.article);
      const auto told = relation(shared);
      const bool is_printed = told == Relation::copy || told == Relation::cut || told == Relation::extended ||
                              (told == Relation::rewrite && is_verbatim(*shared.alignment));
      if (!is_printed || shared.mine.share <= most) continue;
      best = member.article;
      most = shared.mine.share;
    }
    return best;
  }

  /// Translations of one dispatch, neither of which prints the other.
  void find_siblings(std::size_t d, std::vector<Siblings>& out) const {
    std::vector<const Member*> translations;
    for (const Member& member : dispatches_[d].members) {
      if (member.relation == Relation::translation) translations.push_back(&member);
    }
    for (std::size_t i = 0; i < translations.size(); ++i) {
      for (std::size_t k = i + 1; k < translations.size(); ++k) {
        const Member& x = *translations[i];
        const Member& y = *translations[k];
        if (x.from != y.from ||
            (translations.size() > siblings_across_max && are_of_two_languages(x.article, y.article)))
          continue;
        out.push_back({x.article, y.article, d, std::min(x.shared, y.shared)});
      }
    }
  }

  /// Letter-for-letter copies are of a dispatch what the first of them is.
  void add_twins(Dispatch& dispatch) {
    const auto firsts = dispatch.members;
    for (const Member& first : firsts) {
      const auto twins = twins_of_.find(first.article);
      if (twins == twins_of_.end()) continue;
      for (const Alignment* alignment : twins->second) {
        Member twin = first;
        twin.article = alignment->b;
        if (!first.from) twin.shared = 1;
        for (BlockIndex& block : twin.blocks) {
          const auto link = std::lower_bound(alignment->blocks.begin(), alignment->blocks.end(), block,
                                             [](const auto& l, BlockIndex b) { return l.a < b; });
          if (link != alignment->blocks.end() && link->a == block) block = link->b;
        }
        if (!first.from) {
          twin.from = first.article;
          twin.direction = direction(first.article, twin.article);
        }
        dispatch.members.push_back(std::move(twin));
      }
    }
    if (dispatch.members.size() > 1) {
      std::sort(dispatch.members.begin() + 1, dispatch.members.end(),
                [](const Member& x, const Member& y) { return x.article < y.article; });
    }
  }

  // -- composites ------------------------------------------------------------------------------------------------

  /// Where in the body the first of `blocks` stands, from 0 to 1.
  double position(ArticleIndex article, const std::vector<BlockIndex>& blocks) const {
    const auto& body = blocks_[article];
    const auto first = std::find(body.begin(), body.end(), blocks.front());
    return body.empty() ? 0 : static_cast<double>(first - body.begin()) / static_cast<double>(body.size());
  }

  /// Each composite joins the dispatch it takes from, and keeps the rest of its blocks in its own.
  void find_parts() {
    constexpr auto none = ~std::size_t{0};
    std::vector<std::size_t> dispatch_of(printings_.size(), none);
    std::vector<bool> has_other_text(printings_.size());
    base_of_.assign(printings_.size(), nobody);
    for (std::size_t d = 0; d < dispatches_.size(); ++d) {
      for (const Member& member : dispatches_[d].members) {
        dispatch_of[member.article] = d;
        // Two translations of one text may each link other paragraphs of a third.
        base_of_[member.article] =
            member.relation == Relation::sibling ? member.article : dispatches_[d].members[0].article;
        has_other_text[member.article] = member.relation == Relation::extended || member.relation == Relation::rewrite;
      }
    }
    for (ArticleIndex taker = 0; taker < dispatch_of.size(); ++taker) {
      const auto own = dispatch_of[taker];
      if (own == none) continue;
      std::map<std::size_t, std::pair<ArticleIndex, Seen>> best;  // by dispatch: the printing that shares most
      for (const ArticleIndex partner : partners_[taker]) {
        if (own == dispatch_of[partner]) continue;
        // What an extended or reworded printing has of its own is not the dispatch.
        const ArticleIndex giver =
            has_other_text[partner] ? dispatches_[dispatch_of[partner]].members[0].article : partner;
        if (giver == taker) continue;
        const Seen shared = seen(taker, giver);
        if (!is_part(taker, giver, shared)) continue;
        // A printing of one of two like families that were set apart is no composite of both.
        if (kept_apart(reading_of_[taker], reading_of_[giver]) != nullptr && is_whole(shared.mine)) continue;
        if (const auto* apart = kept_apart(taker, reading_of_[giver])) {
          decisive_.push_back(*apart);
          continue;
        }
        const auto [entry, is_new] = best.try_emplace(dispatch_of[giver], giver, shared);
        if (!is_new && shared.mine.share > entry->second.second.mine.share) entry->second = {giver, shared};
      }
      for (const auto& [dispatch, found] : best)
        take_part(taker, dispatches_[dispatch], dispatches_[own], found.first, found.second);
    }
  }

  /// Whether what is linked went from one to the other: in the reporter's own words, or in their translation.
  bool is_taken_over(const Seen& shared) const {
    const Alignment& alignment = *shared.alignment;
    if (alignment.by == copies::By::meaning)
      return is_translated(shared) &&
             (alignment.links >= translated_part_links_min || alignment.strength >= translated_part_strength_min);
    return is_told_alike(alignment) && !is_form(alignment.linked_figures) &&
           !(is_form(alignment.figures) && std::min(shared.mine.share, shared.other.share) >= update_share_min);
  }

  bool is_part(ArticleIndex taker, ArticleIndex giver, const Seen& shared) {
    // Background that was translated is short; a passage that is much of one of the two was taken for its news.
    const bool is_long = shared.alignment->by == copies::By::meaning &&
                         (std::max(shared.mine.share, shared.other.share) >= translated_part_share_min ||
                          shared.alignment->links >= translated_part_links_enough);
    if (shared.mine.blocks.empty() || (shared.mine.share < part_share_min && !is_long) || !is_taken_over(shared))
      return false;
    const double mine = position(taker, shared.mine.blocks);
    const double other = position(giver, shared.other.blocks);
    if (!is_long && mine >= background_position_min && other >= background_position_min) {
      const Alignment& alignment = *shared.alignment;
      backgrounds_.push_back({alignment.a, alignment.b, alignment.share_of_a, alignment.share_of_b});
      return false;
    }
    if (is_composite_[taker] != is_composite_[giver]) return is_composite_[taker];
    // What a printing has beside its dispatch's base it took from elsewhere. Within one language it may have told the base anew there.
    const bool is_across = are_of_two_languages(taker, giver);
    const bool taker_adds = is_across && is_added(taker, shared.mine.blocks);
    if (is_across && taker_adds != is_added(giver, shared.other.blocks)) return taker_adds;
    if (has_agency_dateline(taker) != has_agency_dateline(giver)) return has_agency_dateline(giver);
    if ((mine == 0) != (other == 0)) return other == 0;
    const bool taker_is_reprinted = is_reprinted(taker);
    const bool giver_is_reprinted = is_reprinted(giver);
    if (taker_is_reprinted != giver_is_reprinted) return giver_is_reprinted;
    if (mine != other) return mine > other;
    return std::pair(bodies_[taker].size(), giver) < std::pair(bodies_[giver].size(), taker);
  }

  /// Whether none of `blocks` of the article stands in its dispatch's base, in its words or told anew.
  bool is_added(ArticleIndex article, const std::vector<BlockIndex>& blocks) {
    if (base_of_[article] == article) return false;
    const Alignment& alignment = *seen(article, base_of_[article]).alignment;
    return std::none_of(blocks.begin(), blocks.end(), [&](BlockIndex block) {
      return std::any_of(alignment.blocks.begin(), alignment.blocks.end(), [&](const copies::BlockLink& link) {
        return (alignment.a == article ? link.a : link.b) == block;
      });
    });
  }

  /// Whether others print the article's dispatch whole.
  bool is_reprinted(ArticleIndex article) const {
    return families_.at(reading_of_[article]).size() > 1 || twins_of_.contains(article);
  }

  void take_part(ArticleIndex taker, Dispatch& from, Dispatch& own, ArticleIndex giver, const Seen& shared) {
    from.members.push_back({.article = taker,
                            .relation = Relation::part,
                            .blocks = shared.mine.blocks,
                            .share = shared.mine.share,
                            .from = giver,
                            .shared = std::max(shared.mine.share, shared.other.share),
                            .direction = direction(giver, taker)});
    const auto count = shared.mine.blocks.size();
    from.because.push_back(fmt::format("{} of {} {} in {}", count == 1 ? "1 block" : fmt::format("{} blocks", count),
                                       printings_[taker].id, count == 1 ? "stands" : "stand", printings_[giver].id));
    for (Member& member : own.members) {
      if (member.article != taker) continue;
      std::erase_if(member.blocks, [&](BlockIndex block) {
        return std::binary_search(shared.mine.blocks.begin(), shared.mine.blocks.end(), block);
      });
      member.share = std::max(0.0, member.share - shared.mine.share);
      member.relation = Relation::part;
    }
  }

  // -- origin ----------------------------------------------------------------------------------------------------

  /// Where the base was all other dispatches' text, the fullest of its copies that is not takes its place.
  void repair_references(Dispatch& dispatch) const {
    std::set<ArticleIndex> present;
    for (const Member& member : dispatch.members) present.insert(member.article);
    if (!present.contains(dispatch.reading)) {
      dispatch.reading =
          std::min_element(dispatch.members.begin(), dispatch.members.end(), [&](const Member& x, const Member& y) {
            return is_fuller(x.article, y.article);
          })->article;
    }
    if (dispatch.members[0].from && !present.contains(*dispatch.members[0].from)) dispatch.members[0].from.reset();
    for (Member& member : dispatch.members) {
      const bool is_lost = member.from && member.relation != Relation::part && !present.contains(*member.from);
      if (is_lost) member.from = dispatch.members[0].article;
    }
  }

  void finish(Dispatch& dispatch) {
    std::erase_if(dispatch.members, [](const Member& member) {
      return member.relation == Relation::part && member.blocks.empty() && member.share < own_share_min;
    });
    if (dispatch.members.empty()) return;
    repair_references(dispatch);
    const Member& base = dispatch.members[0];
    dispatch.origin.language = printings_[base.article].language;
    const auto content = fmt::format("{} {:016x} {}", printings_[base.article].id, bodies_[base.article].hash,
                                     fmt::join(base.blocks, ","));
    dispatch.id = content_id("d", content);
    find_agency(dispatch);
  }

  /// The agency of the base before that of other printings; a dateline before any other credit. A composite credits the
  /// makers of all its parts, so that it says nothing of any one of them unless it is all there is.
  void find_agency(Dispatch& dispatch) const {
    const auto consider = [&](const Member& member) {
      const Printing& printing = printings_[member.article];
      if (!dispatch.origin.agency) dispatch.origin.agency = printing.dateline_agency;
      if (!dispatch.origin.place) dispatch.origin.place = printing.dateline_place;
    };
    const bool is_own_text_of_composite =
        dispatch.members.size() == 1 && dispatch.members[0].relation == Relation::part;
    for (const Member& member : dispatch.members) {
      if (member.relation != Relation::part || is_own_text_of_composite) consider(member);
    }
    if (!dispatch.origin.agency) credit_agency(dispatch);
  }

  /// Without a dateline, the agency that most printings credit; of equals the one that is credited first.
  void credit_agency(Dispatch& dispatch) const {
    std::vector<std::pair<std::string, std::vector<ArticleIndex>>> credited;
    for (const Member& member : dispatch.members) {
      if (member.relation == Relation::part && &member != &dispatch.members[0]) continue;
      for (const std::string& agency : printings_[member.article].credits) {
        const auto known =
            std::find_if(credited.begin(), credited.end(), [&](const auto& c) { return c.first == agency; });
        auto& by = known != credited.end() ? known->second : credited.emplace_back(agency, 0).second;
        if (by.empty() || by.back() != member.article) by.push_back(member.article);
      }
    }
    if (credited.empty()) return;
    const auto most = std::max_element(credited.begin(), credited.end(),
                                       [](const auto& x, const auto& y) { return x.second.size() < y.second.size(); });
    dispatch.origin.agency = most->first;
    dispatch.because.push_back(fmt::format("{} credits {}", printings_[most->second[0]].id, most->first));
  }

  std::span<const Printing> printings_;
  std::span<const copies::Body> bodies_;
  std::unordered_map<std::uint64_t, const Alignment*> by_pair_;
  std::unordered_map<std::uint64_t, bool>
      are_siblings_;                    ///< whether pairs of one language say the same; those looked at
  std::deque<Alignment> aligned_here_;  ///< pairs nobody nominated
  std::unordered_map<ArticleIndex, std::vector<const Alignment*>> twins_of_;  ///< by the first of its kind
  std::vector<std::vector<ArticleIndex>> partners_;
  std::vector<bool> is_twin_;
  std::vector<bool> is_composite_;               ///< of several dispatches that others print alone
  std::vector<std::vector<BlockIndex>> blocks_;  ///< of the body that have words
  std::vector<ArticleIndex> base_of_;            ///< the base of each article's dispatch, once there are any
  std::vector<ArticleIndex> reading_of_;         ///< the reading of each article's family
  std::map<ArticleIndex, std::vector<ArticleIndex>> families_;  ///< by reading; the reading first
  std::vector<Dispatch> dispatches_;
  std::vector<Background> backgrounds_;

  struct Joined {
    ArticleIndex a;
    ArticleIndex b;
    std::string_view because;
  };
  std::optional<Ties> ties_;    ///< nothing: a person decided nothing
  std::vector<Joined> joined_;  ///< sorted by ids
  std::unordered_map<ArticleIndex, ArticleIndex>
      first_of_;  ///< of letter-for-letter copies that something was decided of
  std::vector<ArticleIndex>
      gathered_;  ///< the reading of each article's family before joined ones became one; may be empty
  std::vector<Ties::Apart>
      decisive_;  ///< decisions that made a difference, between articles of the families they shaped
};

void date_origin(Dispatch& dispatch, const std::vector<Written>& written) {
  for (const Member& member : dispatch.members) {
    if (dispatch.origin.date || (member.relation == Relation::part && dispatch.members.size() > 1)) continue;
    dispatch.origin.date = written[member.article].date;
  }
}

}  // namespace

std::string_view name_of(Relation relation) {
  static constexpr std::array<std::string_view, 7> names = {"copy",        "cut",  "extended", "rewrite",
                                                            "translation", "part", "sibling"};
  return names[static_cast<std::size_t>(relation)];
}

Printing printing_of(const Article& article, const text::Text& text, const facts::ArticleFacts& facts,
                     const knowledge::Knowledge& knowledge) {
  Printing out{article.id, text.language, {}, {}, {}, {}, {}};
  const auto day = [](const Instant& date) {
    return date.precision >= Precision::day ? std::optional(cut_to(date, Precision::day)) : std::nullopt;
  };
  if (const GivenDate* given = article.finest_given_date()) out.given_day = day(given->date);
  if (const auto& dateline = facts.dateline) {
    // A line that holds an agency's name and no more is the credit of a photograph as often as of the text.
    const bool is_bare =
        !dateline->place && !dateline->date && dateline->span == article.blocks[dateline->block].content();
    if (!is_bare) out.dateline_agency = dateline->agency;
    if (is_bare && dateline->agency) out.credits.push_back(*dateline->agency);
    if (dateline->date && dateline->date->has_year) out.dateline_day = day(dateline->date->value);
    if (dateline->place) {
      out.dateline_place = dateline->town ? std::string(knowledge.town(*dateline->town).name)
                                          : in_title_case(article.words_at(*dateline->place));
    }
  }
  for (const auto& credit : facts.credits) out.credits.push_back(credit.agency);
  return out;
}

Families find_families(std::span<const Printing> printings, std::span<const copies::Body> bodies,
                       std::span<const copies::Alignment> shared, const Decisions& decisions) {
  return FamilyFinder(printings, bodies, shared, decisions).run();
}

std::vector<std::size_t> main_dispatches(const Families& families, std::size_t articles) {
  std::vector<std::size_t> dispatches(articles);
  std::vector<std::pair<double, bool>> most(articles, {0, false});  // the share, and whether the text is its own
  for (std::size_t d = 0; d < families.dispatches.size(); ++d) {
    for (const Member& member : families.dispatches[d].members) {
      const std::pair held(member.share, !member.from);
      if (held <= most[member.article]) continue;
      most[member.article] = held;
      dispatches[member.article] = d;
    }
  }
  return dispatches;
}

Lineage trace(std::span<const Article> articles, std::span<const text::Text> texts,
              std::span<const copies::Body> bodies, std::span<const copies::Alignment> shared,
              const facts::Facts& facts, const knowledge::Knowledge& knowledge, const Decisions& decisions) {
  std::vector<Printing> printings;
  printings.reserve(articles.size());
  for (std::size_t i = 0; i < articles.size(); ++i)
    printings.push_back(printing_of(articles[i], texts[i], facts.articles[i], knowledge));
  auto families = find_families(printings, bodies, shared, decisions);
  Lineage out;
  out.written = date_articles(articles, facts, families.dispatches);
  infer_dates(articles, texts, bodies, facts, knowledge, out.written);
  for (Dispatch& dispatch : families.dispatches) date_origin(dispatch, out.written);
  out.dispatches = std::move(families.dispatches);
  out.backgrounds = std::move(families.backgrounds);
  return out;
}

}  // namespace depesche::lineage
