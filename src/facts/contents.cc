// What is said stands behind what opens it, before a clause that only attributes, or between quotation marks.
//
//   X said that A and that B, and added that C      A and that B; C is of the second verb
//   X said that Y had told Z that A                 Y had told Z that A; A is Y's as well, by way of X
//   A, X said, and B                                A and B
//   A, nach Angaben der Polizei, B                  A and B
//   the film “Harbour of Fog” …, X said             a title is no quotation, nor is a word or two far from the verb
#include "facts/contents.h"

#include <algorithm>

namespace depesche::facts {
namespace {

constexpr std::size_t quoted_clause_words_min = 4;    ///< a quotation that is a clause of its own
constexpr std::size_t quotation_gap_tokens_max = 12;  ///< between a verb and what it quotes
constexpr std::size_t weak_gap_tokens_max = 2;        ///< where the verb says so beside a quotation only
constexpr std::size_t content_words_min = 2;
constexpr std::size_t goes_on_tokens_min = 4;  ///< behind an inserted clause, for what is said to go on

class ContentReader {
 public:
  ContentReader(const Phrases& phrases, const std::vector<Frame>& frames)
      : p_(phrases), frames_(frames), contents_(frames.size()) {}

  std::vector<Content> run() {
    assign_quotations();
    for (std::size_t f = 0; f < frames_.size(); ++f) {
      if (!frames_[f].cue.is_negated) read(f);
    }
    return std::move(contents_);
  }

 private:
  bool is_title(Range quotation) const {
    std::size_t capitals = 0, words = 0;
    for (std::size_t i = quotation.begin; i < quotation.end; ++i) {
      if (p_.is_mark(i) || p_.unit().tokens[i].span.size() < 4) continue;
      ++words;
      capitals += p_.is_capitalised(i);
    }
    return !p_.lexicon().nouns_have_capitals && words >= 2 && capitals == words;
  }

  bool is_idiom_in(Range range) const {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (!p_.is_quoted(i) && p_.at(i).is(is_idiom)) return true;
    }
    return false;
  }

  void assign_quotations() {
    of_frame_.resize(frames_.size());
    for (std::size_t q = 0; q < p_.unit().quotations.size(); ++q) {
      const Range range = tokens_of_quotation(p_, q);
      if (range.is_empty()) continue;
      const bool is_short = words_in(p_, range) < quoted_words_min;
      std::optional<std::size_t> nearest;
      std::size_t least = SIZE_MAX;
      for (std::size_t f = 0; f < frames_.size(); ++f) {
        const Frame& frame = frames_[f];
        const auto [begin, end] = frame.cue.words;
        const bool opens_it = frame.opens == Opening::quotation && frame.content_from == range.begin;
        const auto distance = opens_it             ? 0
                              : begin >= range.end ? begin - range.end
                              : range.begin >= end ? range.begin - end
                                                   : 0;
        if (distance < least) {
          least = distance;
          nearest = f;
        }
      }
      if (!nearest) continue;
      const Frame& frame = frames_[*nearest];
      const bool opens_it = frame.opens == Opening::quotation && frame.content_from == range.begin;
      const bool is_named_so = (frame.cue.flags & is_verb_of_quotation) != 0 &&
                               (opens_it || (frame.opens == Opening::object && range.begin >= frame.content_from));
      if (is_short && !is_named_so) continue;
      const bool is_weak =
          (frame.cue.flags & is_verb_of_quotation) != 0 && (frame.cue.flags & (is_verb | takes_object)) == 0;
      const bool is_near = opens_it || gap(frame, range) <= (is_weak ? weak_gap_tokens_max : quotation_gap_tokens_max);
      if (!is_near || (is_title(range) && !opens_it)) continue;
      of_frame_[*nearest].push_back(range);
    }
    // What a quotation broken up by its verb says goes on with that verb.
    for (auto& ranges : of_frame_)
      std::sort(ranges.begin(), ranges.end(), [](Range a, Range b) { return a.begin < b.begin; });
  }

  /// Tokens outside of quotations between a frame and a quotation.
  std::size_t gap(const Frame& frame, Range range) const {
    std::size_t from = range.end, to = frame.clause_begin;
    if (range.begin >= frame.cue.words.end) {
      from = std::max(frame.cue.words.end, std::min(frame.end, range.begin));
      to = range.begin;
    }
    std::size_t count = 0;
    for (std::size_t i = from; i < to; ++i) count += !p_.is_quoted(i);
    return count;
  }

  void read(std::size_t f) {
    const Frame& frame = frames_[f];
    Content& content = contents_[f];
    const auto& quotations = of_frame_[f];
    const bool only_quotes = (frame.cue.flags & is_verb_of_quotation) != 0 && (frame.cue.flags & is_verb) == 0;
    switch (frame.opens) {
      case Opening::clause:
      case Opening::infinitive:
      case Opening::object: {
        if (frame.content_from >= p_.size()) {
          content.is_awaited = true;
          return;
        }
        const auto end = content_end(f, frame.content_from);
        const bool holds_quotation = std::any_of(quotations.begin(), quotations.end(), [&](Range q) {
          return q.begin >= frame.content_from && q.begin < end;
        });
        if (frame.opens == Opening::object && only_quotes && !holds_quotation) break;
        if (frame.opens == Opening::object && is_idiom_in({frame.content_from, end})) return;
        // The particle of the verb is no part of what is said.
        const bool ends_with_particle =
            frame.cue.particle && *frame.cue.particle + 2 >= end && *frame.cue.particle >= frame.content_from;
        add(content, {frame.content_from, ends_with_particle ? *frame.cue.particle : end});
        content.kind = holds_quotation ? StatementKind::mixed : StatementKind::indirect;
        const bool is_led_by_quotation = !quotations.empty() && quotations.front().end <= frame.cue.words.begin;
        if (is_led_by_quotation && frame.opens == Opening::object) break;
        if (!content.spans.empty()) {
          if (is_led_by_quotation) content.spans.insert(content.spans.begin(), inner(quotations.front()));
          return;
        }
        break;
      }
      case Opening::question:
      case Opening::quotation:
      case Opening::none: break;
    }
    content.spans.clear();
    if (frame.is_inserted && quotations.empty() && !only_quotes) {
      read_before(f);
      return;
    }
    if (frame.opens == Opening::quotation && frame.content_from >= p_.size()) content.is_awaited = true;
    read_quotations(f);
  }

  Span inner(Range range) const {
    const auto q = static_cast<std::size_t>(p_.quotation_of(range.begin));
    return p_.unit().quotations[q].inner;
  }

  void read_quotations(std::size_t f) {
    Content& content = contents_[f];
    bool is_whole = false;
    for (const Range range : of_frame_[f]) {
      content.spans.push_back(inner(range));
      is_whole |= is_whole_clause(p_, range);
    }
    content.kind = is_whole ? StatementKind::direct : StatementKind::mixed;
    if (content.spans.empty() || is_whole || !frames_[f].is_inserted) return;
    // "The harbour was “a mess”, he said": the reporter's words around the quotation are his as well.
    const Range first = of_frame_[f].front();
    std::size_t outside = 0;
    for (std::size_t i = 0; i < first.begin; ++i) outside += !p_.is_quoted(i) && !p_.is_mark(i);
    if (outside < 2 || first.end > frames_[f].clause_begin) return;
    content.spans.clear();
    read_before(f);
    content.kind = StatementKind::mixed;
  }

  /// What stands before an inserted clause, and goes on behind it.
  void read_before(std::size_t f) {
    const Frame& frame = frames_[f];
    Content& content = contents_[f];
    const auto end = frame.clause_begin;
    std::size_t begin = 0;
    for (std::size_t g = 0; g < f; ++g) {
      if (frames_[g].cue.is_negated || contents_[g].spans.empty()) continue;
      if (contents_[g].is_taken) continue;
      // "X said that A, according to Y": what X said came by way of Y.
      const bool holds_it =
          frames_[g].opens == Opening::clause && !frames_[g].is_inserted && frames_[g].content_from < end;
      if (holds_it && frame.cue.kind != Cue::verb) {
        contents_[g].passed_on_by.push_back(f);
        content.is_taken = true;
        return;
      }
      begin = std::max(begin, frames_[g].is_inserted ? frames_[g].end : frames_[g].content_from);
    }
    while (begin < end && (p_.is_mark(begin) || p_.at(begin).is(is_coordination)) && !p_.is_quoted(begin)) ++begin;
    const auto behind = frame.end;
    // "Der Skandal, der nach Angaben der Polizei 30 Hotels betrifft, ist …": the relative clause alone.
    for (auto i = end; frame.cue.kind != Cue::verb && i > begin + 1; --i) {
      if (!p_.is_comma(i - 1)) continue;
      if (i >= end || !p_.at(i).is(is_relative) || p_.is_quoted(i)) break;
      auto to = behind;
      while (to < p_.size() && !p_.is_comma(to)) ++to;
      add(content, {i, end});
      add(content, {behind, to});
      return;
    }
    add(content, {begin, end});
    if (behind + goes_on_tokens_min >= p_.size()) return;
    const bool has_comma = p_.is_comma(behind);
    const bool was_parted = end > 0 && p_.is_comma(end - 1);
    const auto next = behind + (has_comma ? 1 : 0);
    const bool is_new =
        p_.is_mark(next) || p_.at(next).is(is_relative | is_conjunction | is_participle) || p_.is_quoted(next);
    const bool goes_on = has_comma == was_parted && !is_new;
    if (goes_on) add(content, {next, content_end(f, next)});
  }

  /// Where what is said from token `from` ends.
  std::size_t content_end(std::size_t f, std::size_t from) const {
    for (std::size_t g = f + 1; g < frames_.size(); ++g) {
      const Frame& other = frames_[g];
      if (other.cue.words.begin < from) continue;
      if (other.cue.is_negated) continue;
      const auto begin = std::max(other.clause_begin, from);
      if (begin <= from) continue;
      if (other.is_inserted && begin > from + 1) return begin;
      if (other.borrows_speaker && (other.opens != Opening::none || !of_frame_[g].empty())) return begin;
      const bool is_new_main = begin >= 2 && p_.at(begin - 1).is(is_coordination) && p_.is_comma(begin - 2) &&
                               other.speaker && other.opens != Opening::none;
      if (is_new_main) return begin - 1;
    }
    return p_.size();
  }

  /// Without marks at its ends, except quotation marks that belong to a quotation inside.
  void add(Content& content, Range range) const {
    while (!range.is_empty() && p_.is_mark(range.begin) && !p_.is_quoted(range.begin)) ++range.begin;
    while (!range.is_empty() && (p_.is_mark(range.end - 1) || p_.at(range.end - 1).is(is_coordination)) &&
           !p_.is_quoted(range.end - 1))
      --range.end;
    if (range.is_empty() || words_in(p_, range) < content_words_min) return;
    Span span = p_.span_of(range);
    for (const auto& quotation : p_.unit().quotations) {
      if (quotation.outer.overlaps(span)) span = hull(span, quotation.outer);
    }
    content.spans.push_back(span);
  }

  const Phrases& p_;
  const std::vector<Frame>& frames_;
  std::vector<Content> contents_;
  std::vector<std::vector<Range>> of_frame_;
};

}  // namespace

Range tokens_of_quotation(const Phrases& phrases, std::size_t quotation) {
  Range range;
  while (range.begin < phrases.size() && phrases.quotation_of(range.begin) != static_cast<int>(quotation))
    ++range.begin;
  range.end = range.begin;
  while (range.end < phrases.size() && phrases.quotation_of(range.end) == static_cast<int>(quotation)) ++range.end;
  return range;
}

std::size_t words_in(const Phrases& phrases, Range range) {
  std::size_t words = 0;
  for (std::size_t i = range.begin; i < range.end; ++i) words += !phrases.is_mark(i);
  return words;
}

bool is_whole_clause(const Phrases& phrases, Range quotation) {
  for (std::size_t i = quotation.begin; i < quotation.end; ++i) {
    if (!phrases.is_mark(i))
      return phrases.is_capitalised(i) && words_in(phrases, quotation) >= quoted_clause_words_min;
  }
  return false;
}

std::vector<Content> contents_of(const Phrases& phrases, const std::vector<Frame>& frames) {
  return ContentReader(phrases, frames).run();
}

}  // namespace depesche::facts
