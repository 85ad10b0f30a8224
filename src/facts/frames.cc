// Around a verb of speech stand who speaks, to whom, when, where and on what occasion, and behind it what is said opens.
//
//   Le ministre | a déclaré | lundi | à la presse | lors d'un briefing | que …     speaker, verb, time, addressee, occasion, clause
//   …, | teilte | das Ministerium | am Freitag | mit                             inserted: what is said stands before
//   Wie | die Polizei | mitteilte, | …                                            leads in: what is said stands behind
//
// The speaker is the last noun phrase before the verb that no preposition leads in, or the pronoun beside it, or, where none
// stands before, the first behind it. "…, which watches X, said" reaches over what commas enclose. A participle and a verb
// behind "and" borrow the speaker of the verb before. The cost is linear in the tokens between a verb and its boundaries.
#include "facts/frames.h"

#include <algorithm>

namespace depesche::facts {
namespace {

constexpr std::size_t clause_tokens_max = 45;     ///< looked back for where a clause begins
constexpr std::size_t tail_tokens_max = 45;       ///< looked ahead for what a verb opens
constexpr std::size_t inserted_tokens_max = 26;   ///< of a clause that only attributes
constexpr std::size_t said_tokens_min = 3;        ///< of what stands before such a clause
constexpr std::size_t document_tokens_max = 8;    ///< from "communiqué" to who issued it
constexpr std::size_t auxiliary_tokens_max = 20;  ///< between "hat" and "gesagt"

class FrameReader {
 public:
  explicit FrameReader(const Phrases& phrases) : p_(phrases), size_(phrases.size()) {}

  std::vector<Frame> run() {
    for (std::size_t i = 0; i < size_;) {
      if (p_.is_quoted(i)) {
        ++i;
        continue;
      }
      const auto cue = cue_at(i);
      if (!cue) {
        ++i;
        continue;
      }
      frames_.push_back(read(*cue));
      i = std::max(cue->words.end, i + 1);
    }
    return std::move(frames_);
  }

 private:
  // -- cues ---------------------------------------------------------------------------------------------------------

  std::optional<Cue> cue_at(std::size_t i) const {
    const SpeechWord& word = p_.at(i);
    if (word.phrase == 0 && word.flags == 0) return {};
    Cue cue;
    cue.words = cue.group = {i, i + word.size};
    cue.flags = word.phrase;
    cue.act = word.act;
    // "allegations selon lesquelles"
    const auto behind = i + word.size;
    const bool is_relative_there = behind < size_ && p_.at(behind).is(is_relative) && !p_.at(behind).is(is_article);
    if (word.begins(is_before_speaker) && !is_relative_there) {
      cue.kind = Cue::before_speaker;
      return cue;
    }
    if (word.begins(is_tail) && i > 0 && (p_.is_comma(i - 1) || p_.is_quoted(i - 1)) && i + 1 < size_ &&
        p_.party_at(i + 1, size_)) {
      cue.kind = Cue::before_speaker;
      return cue;
    }
    if (word.is(is_before_source) && leads_in_source(i)) {
      cue.kind = Cue::before_speaker;
      cue.words.end = i + 1;
      return cue;
    }
    const bool ends_source = word.is(is_before_source) && i > 0 && !p_.is_mark(i - 1) && p_.is_source_noun(i - 1);
    if (word.begins(is_behind_speaker) || ends_source) {
      cue.words.end = cue.group.end = i + (ends_source ? 1 : word.size);
      cue.kind = Cue::behind_speaker;
      return cue;
    }
    return verb_at(i, cue);
  }

  /// "nach jüngsten Angaben der Polizei"
  bool leads_in_source(std::size_t i) const {
    for (std::size_t k = i + 1; k < std::min(size_, i + 4) && !p_.is_quoted(k) && !p_.is_mark(k); ++k) {
      if (p_.is_source_noun(k)) return true;
    }
    return false;
  }

  std::optional<Cue> verb_at(std::size_t i, Cue cue) const {
    const SpeechWord& word = p_.at(i);
    bool is_verb_here = word.begins(is_verb | is_verb_of_quotation);
    if (word.is(is_parted) && !(word.size > 1 && word.begins(is_verb))) {
      for (std::size_t k = i + 1; k < std::min(size_, i + tail_tokens_max) && !cue.particle; ++k) {
        if (p_.is_quoted(k)) continue;
        const auto* verb = p_.is_capitalised(k) ? nullptr : p_.lexicon().parted(p_.unit().keys[i], p_.unit().keys[k]);
        if (verb != nullptr) {
          cue.particle = k;
          cue.flags = verb->flags;
          cue.act = verb->act;
        }
        if (p_.at(k).is(is_that)) break;
      }
      if (cue.particle) {
        is_verb_here = true;
        cue.flags |= is_verb;
      }
    }
    if (!is_verb_here) return {};
    if (p_.is_capitalised(i) && i > 0 && !p_.is_mark(i - 1) && !p_.is_quoted(i - 1)) return {};
    if (p_.is_capitalised(i) && p_.lexicon().nouns_have_capitals && i + 1 < size_ && !p_.is_quoted(i + 1) &&
        !word.is(is_verb))
      return {};
    if (i > 0 && !p_.is_quoted(i - 1)) {
      const SpeechWord& before = p_.at(i - 1);
      const bool is_relative_here = before.is(is_relative) && (i == 1 || p_.is_mark(i - 2));
      if (before.is(is_article) && !before.is(is_that | is_clitic | is_auxiliary | is_pronoun) && !is_relative_here)
        return {};
      const bool is_led_in = before.is(is_preposition | is_inner_preposition) &&
                             !before.is(is_infinitive_mark | is_auxiliary | is_article | is_clitic);
      if (is_led_in && !word.is(is_participle)) return {};
      // "the so called", "state-sponsored"
      if (p_.unit().keys[i - 1] == hyphen && p_.is_glued(i)) return {};
    }
    if (i + 1 < size_ && p_.unit().keys[i + 1] == hyphen && p_.is_glued(i + 1) && !pronoun_behind_hyphen(i)) return {};
    widen(cue);
    if ((word.flags & is_participle) != 0 && !may_be_participle(cue)) return {};
    return cue;
  }

  /// "…, warning that", "is warning", "Muster warning", and not "any such warning".
  bool may_be_participle(const Cue& cue) const {
    const auto [begin, end] = cue.group;
    if (begin == 0 || begin < cue.words.begin || p_.is_mark(begin - 1) || p_.is_quoted(begin - 1) ||
        p_.is_capitalised(begin - 1))
      return true;
    if (p_.at(begin - 1).is(is_coordination | is_preposition | is_relative | is_pronoun)) return true;
    return end < size_ && (p_.is_quoted(end) || p_.at(end).begins(is_that));
  }

  /// "a-t-il", "dit-il"
  bool pronoun_behind_hyphen(std::size_t i) const {
    for (std::size_t k = i + 2; k < std::min(size_, i + 6); ++k) {
      if (p_.at(k).is(is_pronoun) || p_.at(k).begins(is_pronoun)) return true;
      if (p_.unit().keys[k] != hyphen && p_.unit().tokens[k].span.size() > 2) return false;
    }
    return false;
  }

  void widen(Cue& cue) const {
    auto& [begin, end] = cue.group;
    const auto note = [&](const SpeechWord& word) {
      cue.is_negated |= word.is(is_negation);
      cue.is_passive |= word.is(is_passive);
      cue.is_unsaid |= word.is(is_modal | is_infinitive_mark);
    };
    while (begin > 0 && !p_.is_quoted(begin - 1) && !p_.is_mark(begin - 1)) {
      const SpeechWord& word = p_.at(begin - 1);
      const bool belongs =
          word.is(is_auxiliary | is_passive | is_modal | is_adverb | is_clitic | is_negation | is_infinitive_mark) &&
          !p_.is_verb(begin - 1) && !(word.is(is_pronoun) && !word.is(is_auxiliary | is_clitic)) && !word.is(is_that);
      if (!belongs) break;
      note(word);
      --begin;
    }
    while (end < size_ && !p_.is_quoted(end) && p_.at(end).is(is_auxiliary) && !p_.at(end).is(is_preposition) &&
           !p_.is_verb(end)) {
      note(p_.at(end));
      ++end;
    }
    // "sagte nicht, dass": behind the verb it is the verb's only where the clause has not begun.
    if (end + 1 < size_ && p_.at(end).is(is_negation) && !p_.is_quoted(end) &&
        (p_.is_mark(end + 1) || p_.at(end + 1).is(is_that)))
      cue.is_negated = true;
    find_auxiliary(cue);
    // "is telling", "s'est dit"
    if ((cue.flags & is_participle) != 0 && p_.lexicon().may_lack_that) cue.is_passive = false;
    if (cue.is_passive && begin < cue.words.begin) {
      for (std::size_t i = begin; i < cue.words.begin; ++i) {
        if (p_.at(i).is(is_clitic)) cue.is_passive = false;
      }
    }
  }

  /// Where the participle ends the clause, its auxiliary stands before the speaker or behind him.
  void find_auxiliary(Cue& cue) const {
    if (!p_.lexicon().nouns_have_capitals) return;
    for (std::size_t i = cue.group.begin; i < cue.words.begin; ++i) {
      if (p_.at(i).is(is_auxiliary)) return;
    }
    for (std::size_t i = cue.group.begin, steps = 0; i > 0 && steps < auxiliary_tokens_max; --i, ++steps) {
      if (p_.is_quoted(i - 1) || p_.is_mark(i - 1) || p_.at(i - 1).is(is_that | is_subordinate_form)) return;
      if (!p_.at(i - 1).is(is_auxiliary)) continue;
      // Only a participle goes with it: "ge…t" or one of a verb with an unparted prefix.
      cue.auxiliary = i - 1;
      cue.is_passive |= p_.at(i - 1).is(is_passive);
      for (std::size_t k = i; k < cue.group.begin; ++k) cue.is_negated |= p_.at(k).is(is_negation);
      return;
    }
  }

  // -- the clause before the verb -----------------------------------------------------------------------------------

  bool is_boundary(std::size_t i) const {
    if (p_.is_quoted(i)) return true;
    if (p_.is_mark(i, ':') || p_.is_mark(i, ';') || p_.is_dash(i)) return true;
    return p_.at(i).is(is_that | is_whether) && !p_.at(i).is(is_article);
  }

  std::size_t clause_floor(std::size_t from) const {
    std::size_t i = from;
    const std::size_t least = from > clause_tokens_max ? from - clause_tokens_max : 0;
    bool is_inside = false;
    for (; i > least; --i) {
      is_inside |= p_.is_mark(i - 1, ')');
      if (!is_inside && (is_boundary(i - 1) || p_.is_mark(i - 1, '('))) break;
      if (p_.is_mark(i - 1, '(')) is_inside = false;
    }
    return i;
  }

  std::optional<std::size_t> last_comma(std::size_t from, std::size_t to) const {
    for (std::size_t i = to; i > from; --i) {
      if (p_.is_mark(i - 1, ')')) {
        while (i > from && !p_.is_mark(i - 1, '(')) --i;
        if (i == from) return {};
        continue;
      }
      if (p_.is_comma(i - 1)) return i - 1;
    }
    return {};
  }

  std::optional<Party> pronoun_beside(const Cue& cue) const {
    const std::size_t from = cue.group.begin >= 5 ? cue.group.begin - 5 : 0;
    for (std::size_t i = from; i < std::min(size_, cue.group.end + 2); ++i) {
      if (cue.words.contains(i)) continue;
      const auto pronoun = p_.pronoun_at(i);
      if (!pronoun) continue;
      const auto end = pronoun->all.end;
      const bool is_before = end == cue.group.begin || end == cue.words.begin;
      const bool is_behind = i == cue.group.end || (i == cue.group.end + 1 && p_.unit().keys[i - 1] == hyphen);
      const bool is_behind_auxiliary = cue.auxiliary && i == *cue.auxiliary + 1;
      // "said he would": the clause has begun.
      const bool opens_clause = is_behind && p_.lexicon().may_lack_that && !p_.lexicon().nouns_have_capitals &&
                                end < size_ && !p_.is_mark(end);
      if (is_before || is_behind_auxiliary || (is_behind && !opens_clause)) return pronoun;
    }
    return {};
  }

  struct Left {
    std::optional<Party> speaker;
    bool borrows = false;
    std::size_t begin = 0;  ///< of the clause
    bool is_relative = false;
    bool is_behind_comma = false;  ///< nothing between a comma or a quotation and the verb
  };

  Left read_left(const Cue& cue) const {
    Left left;
    const auto q = cue.auxiliary ? *cue.auxiliary : cue.group.begin;
    const auto floor = clause_floor(q);
    const auto comma = last_comma(floor, q);
    left.begin = comma ? *comma + 1 : floor;
    if (q == 0) return left;
    if (q == floor || (comma && *comma + 1 == q)) left.is_behind_comma = q > 0;
    if (!p_.is_quoted(q - 1) && p_.at(q - 1).is(is_relative) &&
        (!p_.at(q - 1).is(is_article | is_that) || (q >= 2 && p_.is_comma(q - 2))) &&
        !(p_.at(q - 1).is(is_article) && q >= 2 && !p_.is_comma(q - 2))) {
      left.speaker = p_.last_free_in(floor, q - 1);
      if (!left.speaker) left.speaker = p_.last_free_in(floor > 0 ? clause_floor(floor - 1) : 0, q - 1);
      left.begin = q - 1;
      left.is_relative = true;
      return left;
    }
    if (p_.at(q - 1).is(is_coordination) && !p_.is_quoted(q - 1)) {
      left.borrows = true;
      left.begin = q - 1;
      return left;
    }
    if ((cue.flags & is_participle) != 0 && (left.is_behind_comma || p_.at(q - 1).is(is_preposition))) {
      left.borrows = true;
      return left;
    }
    if (left.is_behind_comma && comma && *comma + 1 == q) {
      const auto opening = last_comma(floor, *comma);
      // "Le porte-parole du Kremlin, Dmitri Peskov, a dit"
      auto apposed = p_.last_free_in(floor, q);
      if (apposed && opening && apposed->all.begin < *opening && *opening < apposed->all.end &&
          apposed->all.end + 1 >= q) {
        left.speaker = apposed;
        left.begin = floor;
        left.is_behind_comma = false;
        return left;
      }
      if (opening && *opening > floor) left.speaker = p_.last_free_in(floor, *opening);
      if (!left.speaker) left.speaker = p_.last_free_in(floor, q);
      return left;
    }
    left.speaker = p_.last_free_in(left.begin, q);
    if (!left.speaker && comma && left.begin < q) {
      // "X, on Monday, said" and "X, the chairman, today said"
      bool is_adverbial = true;
      for (std::size_t i = left.begin; i < q; ++i)
        is_adverbial &= p_.at(i).is(is_adverb | is_calendar | is_preposition);
      if (is_adverbial) left.speaker = p_.last_free_in(floor, *comma);
    }
    return left;
  }

  // -- behind the verb ----------------------------------------------------------------------------------------------

  /// Whether a clause without "that" may begin here.
  bool begins_clause(std::size_t i) const {
    if (i + said_tokens_min > size_ || p_.is_quoted(i)) return false;
    const SpeechWord& word = p_.at(i);
    return word.is(is_article | is_pronoun) || p_.is_number(i) || p_.is_capitalised(i) ||
           (!word.is(is_conjunction | is_auxiliary) && p_.lexicon().nouns_have_capitals);
  }

  bool is_occasion_in(Range range) const {
    for (std::size_t i = range.begin; i < range.end; ++i) {
      if (p_.at(i).begins(is_occasion)) return true;
    }
    return false;
  }

  void note_place_or_occasion(Frame& frame, std::size_t preposition, const Party& party) const {
    if (is_occasion_in(party.all)) {
      if (frame.occasion.is_empty()) frame.occasion = {preposition, party.all.end};
      // "in a statement on Monday"
    } else if (frame.place.is_empty() && p_.is_capitalised(party.all.begin) &&
               !p_.at(preposition).is(is_to_addressee)) {
      frame.place = party.all;
    }
  }

  void note_time(Frame& frame, std::size_t i) const {
    if (frame.time.is_empty())
      frame.time = {i, i + 1};
    else if (frame.time.end == i)
      frame.time.end = i + 1;
  }

  /// Reads from `k` what stands behind the verb; `may_be_speaker`: a noun phrase there may be who speaks.
  void read_right(Frame& frame, std::size_t k, bool may_be_speaker) const {
    const Cue& cue = frame.cue;
    const bool is_english_like = p_.lexicon().may_lack_that && !p_.lexicon().nouns_have_capitals;
    const auto limit = std::min(size_, k + tail_tokens_max);
    bool has_noun = false;
    const auto opens = [&](Opening opening, std::size_t from) {
      frame.opens = opening;
      frame.content_from = from;
    };
    while (k < limit) {
      frame.end = k;
      if (p_.is_quoted(k)) return opens(Opening::quotation, k);
      const SpeechWord& word = p_.at(k);
      if (cue.particle == k || cue.words.contains(k)) {
        ++k;
        continue;
      }
      if (word.begins(is_citing)) {
        frame.cited = p_.party_at(k + word.size, limit);
        k = frame.cited ? frame.cited->all.end : k + word.size;
        continue;
      }
      if (word.begins(is_second_mouth)) {
        frame.relay = p_.party_at(k + word.size, limit);
        k = frame.relay ? frame.relay->all.end : k + word.size;
        continue;
      }
      if (p_.is_mark(k)) {
        if (p_.is_mark(k, ':'))
          return opens(k + 1 < size_ && p_.is_quoted(k + 1) ? Opening::quotation : Opening::clause, k + 1);
        if (p_.unit().keys[k] == hyphen && p_.is_glued(k)) {
          ++k;
          continue;
        }
        if (p_.is_mark(k, '(')) {
          while (k < limit && !p_.is_mark(k, ')')) ++k;
          k += k < limit;
          continue;
        }
        if (!p_.is_comma(k) || k + 1 >= size_) return;
        const SpeechWord& next = p_.at(k + 1);
        if (p_.is_quoted(k + 1)) return opens(Opening::quotation, k + 1);
        if (next.begins(is_that)) return opens(Opening::clause, k + 1 + next.size);
        if (next.begins(is_whether)) return opens(Opening::question, k + 1 + next.size);
        if (next.begins(is_citing | is_second_mouth)) {
          ++k;
          continue;
        }
        const bool is_behind_verb = cue.words.contains(k - 1) || cue.particle == k - 1;
        const bool may_be_relative = next.is(is_relative) && has_noun && !is_behind_verb && !has_reported_form(k + 1);
        if (p_.lexicon().nouns_have_capitals && (cue.flags & is_verb) != 0 && begins_clause(k + 1) && !may_be_relative)
          return opens(Opening::clause, k + 1);
        return;
      }
      if (word.begins(is_that)) return opens(Opening::clause, k + word.size);
      if (word.begins(is_whether)) return opens(Opening::question, k + word.size);
      if (word.begins(is_before_speaker | is_behind_speaker)) return;
      if (word.is(is_calendar)) {
        note_time(frame, k++);
        continue;
      }
      if (word.is(is_by) && cue.is_passive && !frame.speaker) {
        if (const auto agent = p_.party_at(k + 1, limit)) {
          frame.speaker = agent;
          k = agent->all.end;
          continue;
        }
      }
      const bool is_infinitive = word.begins(is_bare_infinitive) || (k == cue.group.end && p_.ends_as_infinitive(k));
      if (is_infinitive && (cue.flags & takes_infinitive) != 0) return opens(Opening::infinitive, k);
      if (word.is(is_infinitive_mark) && (cue.flags & takes_infinitive) != 0) {
        const bool is_addressee =
            word.is(is_to_addressee) && k + 1 < size_ && (p_.at(k + 1).is(is_article) || p_.is_capitalised(k + 1));
        if (!is_addressee) return opens(Opening::infinitive, k);
      }
      if (word.is(is_to_addressee) && !frame.addressee) {
        const auto party = p_.party_at(k + 1, limit);
        if (party && party->kind != SpeakerKind::common && !is_occasion_in(party->all) &&
            !p_.at(k + 1).is(is_calendar)) {
          frame.addressee = without_infinitive(*party, cue);
          k = frame.addressee->all.end;
          continue;
        }
      }
      if (word.is(is_preposition) && !word.is(is_article)) {
        // "lors de son briefing"
        std::size_t at = k + 1;
        while (at < limit && p_.at(at).is(is_inner_preposition) && !p_.is_quoted(at) && !p_.at(at).is(is_article)) ++at;
        const auto party = p_.party_at(at, limit);
        if (party) note_place_or_occasion(frame, k, *party);
        k = party ? party->all.end : at;
        continue;
      }
      if (word.is(is_pronoun) && !word.is(is_article) && is_english_like && !may_be_speaker) {
        return begins_clause(k) ? opens(Opening::clause, k) : void();
      }
      if (word.is(is_pronoun | is_auxiliary | is_adverb | is_clitic | is_negation) && !word.is(is_article)) {
        k += word.begins(is_pronoun) ? word.size : 1;
        continue;
      }
      if (p_.is_number(k) && !frame.time.is_empty() && frame.time.end == k) {
        note_time(frame, k++);
        continue;
      }
      if (word.is(is_coordination | is_conjunction)) return;
      if (p_.is_verb(k)) return;
      if (word.is(is_dative) && !frame.addressee) {
        auto party = p_.party_at(k, limit);
        if (party && !word.is(is_article)) {
          party->all.end = std::max(k + 1, p_.name_end(k + 1 < limit ? k + 1 : k, limit));
          party->words = party->all;
        }
        if (party) {
          frame.addressee = party;
          k = party->all.end;
          continue;
        }
      }
      const auto party = p_.party_at(k, limit);
      if (!party) {
        if (p_.is_number(k) && is_english_like && !may_be_speaker) return opens(Opening::clause, k);
        ++k;
        continue;
      }
      has_noun = true;
      if (may_be_speaker && !frame.speaker && !p_.at(k).is(is_oblique)) {
        frame.speaker = party;
        may_be_speaker = false;
        k = party->all.end;
        frame.end = k;
        continue;
      }
      if ((cue.flags & has_addressee) != 0 && !frame.addressee) {
        frame.addressee = without_infinitive(*party, cue);
        k = frame.addressee->all.end;
        continue;
      }
      // "cheered on Thursday night": the time goes on, and nothing was cheered.
      if (!frame.time.is_empty() && frame.time.end == k && !word.is(is_article)) {
        k = party->all.end;
        continue;
      }
      if ((cue.flags & takes_object) != 0 && !frame.is_inserted) return opens(Opening::object, k);
      const bool has_room = k + said_tokens_min < size_;
      if (is_english_like && has_room && !frame.is_inserted && (cue.flags & is_verb) != 0)
        return opens(Opening::clause, k);
      k = party->all.end;
    }
    frame.end = std::min(k, size_);
  }

  /// "aux Etats-Unis | de fermer leur consulat"
  Party without_infinitive(Party party, const Cue& cue) const {
    if ((cue.flags & takes_infinitive) == 0) return party;
    for (std::size_t i = party.all.begin + 1; i + 1 < party.all.end; ++i) {
      if (!p_.at(i).is(is_infinitive_mark) || !p_.ends_as_infinitive(i + 1)) continue;
      party.all.end = i;
      party.words.end = std::min(party.words.end, i);
      break;
    }
    return party;
  }

  bool has_reported_form(std::size_t from) const {
    for (std::size_t i = from; i < size_; ++i) {
      if (!p_.is_quoted(i) && p_.at(i).is(is_reported_form)) return true;
    }
    return false;
  }

  // -- frames -------------------------------------------------------------------------------------------------------

  Frame read(const Cue& cue) const {
    Frame frame;
    frame.cue = cue;
    frame.end = cue.group.end;
    switch (cue.kind) {
      case Cue::before_speaker: read_before_speaker(frame); break;
      case Cue::behind_speaker: read_behind_speaker(frame); break;
      default: read_verb(frame); break;
    }
    return frame;
  }

  void read_before_speaker(Frame& frame) const {
    const auto at = frame.cue.words.end;
    frame.clause_begin = frame.cue.words.begin;
    if ((frame.cue.flags & (is_pronoun | is_what_was_said)) != 0) {
      frame.speaker.emplace();
      frame.speaker->all = frame.speaker->words = frame.cue.words;
      frame.speaker->is_pronoun = true;
      frame.speaker->agreement = frame.cue.flags & (is_masculine | is_feminine | is_plural);
    }
    for (std::size_t k = at; k < std::min(size_, at + 4) && !frame.speaker; ++k) {
      if (p_.is_quoted(k) || (p_.is_mark(k) && p_.unit().keys[k] != hyphen)) break;
      frame.speaker = p_.party_at(k, size_);
      if (!frame.speaker) frame.speaker = p_.pronoun_at(k);
    }
    if (!frame.speaker) return;
    if (p_.at(frame.cue.words.begin).is(is_measure) && is_thing(*frame.speaker)) {
      frame.speaker.reset();
      return;
    }
    take_from_source(*frame.speaker);
    take_from_document(frame);
    frame.end = std::max(frame.end, frame.speaker->all.end);
    const auto before = frame.cue.words.begin;
    frame.leads_in = before == 0 || (before <= 2 && !p_.is_quoted(0)) || is_boundary(before - 1);
    frame.is_inserted = !frame.leads_in;
    read_passing_on(frame);
    if (!frame.leads_in) return;
    // What is said begins behind the comma, or, where the verb comes next, right there.
    for (std::size_t i = frame.end; i < std::min(size_, frame.end + 18); ++i) {
      if (p_.is_quoted(i)) break;
      if (p_.is_comma(i)) {
        frame.opens = Opening::clause;
        frame.content_from = i + 1;
        frame.end = i;
        return;
      }
      if (p_.lexicon().nouns_have_capitals && i > frame.end) break;
    }
    frame.opens = frame.end < size_ && p_.is_quoted(frame.end) ? Opening::quotation : Opening::clause;
    frame.content_from = frame.end;
  }

  /// "selon le secteur": no name, nobody's office, nothing in which something is said.
  bool is_thing(const Party& party) const {
    if (party.kind != SpeakerKind::common || party.is_pronoun || p_.is_actor(party.all)) return false;
    for (std::size_t i = party.all.begin; i < party.all.end; ++i) {
      if (p_.is_source_noun(i) || p_.at(i).is(is_document) ||
          (p_.is_capitalised(i) && !p_.lexicon().nouns_have_capitals))
        return false;
    }
    return true;
  }

  /// "übereinstimmenden Angaben der Polizei" are the police's.
  void take_from_source(Party& party) const {
    // "ihrer Meinung nach"
    const bool is_hers =
        !party.all.is_empty() && p_.at(party.all.begin).is(is_possessive) && p_.is_source_noun(party.all.end - 1);
    if (is_hers) {
      party.is_pronoun = true;
      party.agreement = 0;
      return;
    }
    for (std::size_t i = party.words.begin; i + 2 < party.words.end; ++i) {
      const bool belongs = p_.at(i).is(is_source) && p_.at(i + 1).is(is_inner_preposition);
      if (!belongs) continue;
      const auto owner = p_.party_at(i + 2, party.words.end);
      if (!owner) return;
      party.words = owner->words;
      party.role = owner->role;
      party.kind = owner->kind;
      return;
    }
  }

  /// "un communiqué publié par le Kremlin" says what the Kremlin says; "le communiqué" what who spoke last says.
  void take_from_document(Frame& frame) const {
    Party& party = *frame.speaker;
    if (party.is_pronoun || party.kind == SpeakerKind::name || party.kind == SpeakerKind::office) return;
    const bool is_document_here =
        p_.at(party.words.begin).is(is_document) ||
        (party.words.begin + 1 < party.words.end && p_.at(party.words.begin + 1).is(is_document));
    if (!is_document_here) return;
    if (frame.occasion.is_empty()) frame.occasion = party.all;
    const auto limit = std::min(size_, party.words.begin + document_tokens_max);
    for (std::size_t i = party.words.begin + 1; i < limit; ++i) {
      if (p_.is_quoted(i) || p_.is_mark(i) || p_.at(i).is(is_that | is_auxiliary)) break;
      if (!p_.at(i).is(is_by | is_inner_preposition)) continue;
      const auto owner = p_.party_at(i + 1, size_);
      if (!owner || owner->kind == SpeakerKind::common) continue;
      party.words = owner->words;
      party.role = owner->role;
      party.kind = owner->kind;
      party.all.end = std::max(party.all.end, owner->all.end);
      frame.end = std::max(frame.end, party.all.end);
      return;
    }
    const bool is_bare = party.words.end - party.words.begin == 1 && party.all.begin < party.words.begin &&
                         party.all.end == party.words.end;
    party.is_pronoun = is_bare;
    if (is_bare) party.agreement = 0;
  }

  /// "selon une source militaire citée par Sana"
  void read_passing_on(Frame& frame) const {
    for (std::size_t k = frame.end; k < std::min(size_, frame.end + 6); ++k) {
      if (p_.is_quoted(k)) return;
      const SpeechWord& word = p_.at(k);
      if (word.begins(is_second_mouth)) frame.relay = p_.party_at(k + word.size, size_);
      if (word.begins(is_citing)) frame.cited = p_.party_at(k + word.size, size_);
      if (frame.relay || frame.cited) {
        frame.end = frame.relay ? frame.relay->all.end : frame.cited->all.end;
        return;
      }
      if (p_.is_mark(k) && !p_.is_comma(k)) return;
    }
  }

  void read_behind_speaker(Frame& frame) const {
    const auto at = frame.cue.words.begin;
    const auto floor = clause_floor(at);
    // The article tells its case, so that here any will do.
    for (std::size_t i = floor; i < at; ++i) {
      const auto found = p_.party_at(i, at);
      if (found && found->all.end == at) {
        frame.speaker = found;
        break;
      }
    }
    if (!frame.speaker) {
      const auto pronoun = at > 0 ? p_.pronoun_at(at - 1) : std::nullopt;
      frame.speaker = pronoun;
    }
    if (!frame.speaker) return;
    frame.clause_begin = frame.speaker->all.begin;
    take_from_source(*frame.speaker);
    frame.end = frame.cue.words.end;
    frame.leads_in = frame.clause_begin <= floor + 1;
    frame.is_inserted = !frame.leads_in;
    if (!frame.leads_in) return;
    frame.opens = Opening::clause;
    frame.content_from = frame.end;
  }

  void read_verb(Frame& frame) const {
    const Cue& cue = frame.cue;
    const Left left = read_left(cue);
    frame.clause_begin = left.begin;
    frame.is_relative = left.is_relative;
    const auto pronoun = (cue.flags & is_impersonal) != 0 ? std::nullopt : pronoun_beside(cue);
    const bool is_subordinate =
        left.begin < size_ && left.begin < cue.words.begin && p_.at(left.begin).begins(is_subordinate_form);
    const auto right_begin = cue.auxiliary ? *cue.auxiliary + 1 : cue.group.end;
    if (is_subordinate) {
      frame.speaker = pronoun ? pronoun : p_.first_free_in(left.begin + p_.at(left.begin).size, cue.group.begin);
      if (!frame.speaker) {
        read_right(frame, cue.group.end, true);
        frame.opens = Opening::none;
      } else {
        frame.end = cue.group.end;
      }
      frame.leads_in = left.begin == 0;
      frame.is_inserted = left.begin > 0;
      if (frame.leads_in) {
        for (std::size_t i = frame.end; i < size_ && !p_.is_quoted(i); ++i) {
          if (!p_.is_comma(i)) continue;
          frame.opens = Opening::clause;
          frame.content_from = i + 1;
          break;
        }
      }
      return;
    }
    if (pronoun) {
      frame.speaker = pronoun;
      if (pronoun->all.begin < cue.words.begin && !left.is_behind_comma)
        frame.clause_begin = std::min(left.begin, pronoun->all.begin);
      read_right(frame, std::max(right_begin, pronoun->all.begin >= cue.group.end ? pronoun->all.end : right_begin),
                 false);
    } else if ((cue.flags & is_impersonal) != 0) {
      frame.speaker = led_in_before(left.begin, cue.words.begin);
      read_right(frame, right_begin, false);
      if (!frame.speaker)
        frame.speaker =
            led_in_before(cue.words.end, std::min(frame.end, frame.content_from > 0 ? frame.content_from : frame.end));
    } else if (cue.is_passive) {
      read_right(frame, right_begin, false);
    } else {
      read_named(frame, left, right_begin);
    }
    settle_insertion(frame, left);
    find_relay_before(frame);
    if (frame.speaker) take_from_document(frame);
  }

  /// "Citée par Sana, une source militaire a indiqué …"
  void find_relay_before(Frame& frame) const {
    if (!frame.speaker || frame.relay || frame.speaker->is_pronoun) return;
    for (std::size_t i = clause_floor(frame.speaker->all.begin); i < frame.speaker->all.begin; ++i) {
      if (!p_.at(i).begins(is_second_mouth)) continue;
      frame.relay = p_.party_at(i + p_.at(i).size, frame.speaker->all.begin);
      return;
    }
  }

  /// "…, estime Muster : …"
  bool is_led_by_colon(const Frame& frame) const {
    return frame.content_from > 0 && p_.is_mark(frame.content_from - 1, ':');
  }

  /// "in der Mitteilung" of [from, to)
  std::optional<Party> led_in_before(std::size_t from, std::size_t to) const {
    for (std::size_t i = from; i + 1 < to; ++i) {
      if (p_.is_quoted(i) || !p_.at(i).is(is_preposition)) continue;
      if (auto party = p_.party_at(i + 1, to)) return party;
    }
    return {};
  }

  /// The speaker is named before the verb or behind it, or borrowed.
  void read_named(Frame& frame, const Left& left, std::size_t right_begin) const {
    Frame inverted = frame;
    // "ont fait part de": what follows is what is said.
    const bool needs_object = frame.cue.words.end - frame.cue.words.begin > 1 &&
                              p_.at(frame.cue.words.end - 1).is(is_preposition | is_inner_preposition);
    // ", said X": a comma stands right before the verb, and behind it who may be the speaker.
    if (!needs_object && (left.is_behind_comma || !left.speaker)) {
      read_right(inverted, right_begin, true);
      const bool is_free = inverted.speaker && inverted.speaker->all.begin <= right_begin + 4;
      const bool ends_there =
          inverted.speaker &&
          (inverted.speaker->all.end >= size_ || p_.is_mark(inverted.speaker->all.end) ||
           p_.is_quoted(inverted.speaker->all.end) ||
           p_.at(inverted.speaker->all.end)
               .is(is_preposition | is_calendar | is_that | is_adverb | is_coordination | is_second_mouth) ||
           !p_.lexicon().may_lack_that || p_.lexicon().nouns_have_capitals);
      const bool may_be_object = left.speaker && (frame.cue.flags & takes_object) != 0 && is_free &&
                                 inverted.speaker->kind == SpeakerKind::common;
      if (is_free && !may_be_object && ends_there && !left.borrows &&
          (!left.speaker || inverted.opens == Opening::none || inverted.opens == Opening::quotation ||
           is_led_by_colon(inverted))) {
        frame = inverted;
        return;
      }
    }
    if (left.borrows) {
      frame.borrows_speaker = true;
    } else {
      frame.speaker = left.speaker;
      if (frame.speaker) frame.clause_begin = std::min(frame.clause_begin, frame.speaker->all.begin);
    }
    read_right(frame, right_begin, false);
  }

  /// A verb that opens nothing attributes what stands before its clause.
  void settle_insertion(Frame& frame, const Left& left) const {
    if (frame.opens != Opening::none && frame.opens != Opening::object) return;
    const auto begin = frame.clause_begin;
    if (begin < 1 || frame.end - begin > inserted_tokens_max) return;
    const bool is_parted = p_.is_comma(begin - 1) || p_.is_quoted(begin - 1) || p_.is_dash(begin - 1);
    if (!is_parted || left.borrows) return;
    if (frame.opens == Opening::object && !p_.is_quoted(begin - 1)) return;
    // Only where the subject comes first in every clause does it so in one that only attributes: "…, he said".
    const bool is_english_like = p_.lexicon().may_lack_that && !p_.lexicon().nouns_have_capitals;
    const bool is_inverted = frame.speaker && frame.speaker->all.begin >= frame.cue.words.begin;
    const bool is_glued_pronoun =
        frame.speaker && frame.speaker->is_pronoun && frame.speaker->all.end > frame.cue.group.begin;
    if (!is_english_like && !is_inverted && !is_glued_pronoun && !p_.is_quoted(begin - 1)) {
      const bool is_behind_quotation = begin >= 2 && p_.is_quoted(begin - 2);
      if (!is_behind_quotation) return;
    }
    // "The museum, Mr. Muster said, celebrates …"
    const bool goes_on = frame.end + said_tokens_min < size_ && p_.is_comma(frame.end);
    if (begin - 1 < said_tokens_min && !p_.is_quoted(begin - 1) && !goes_on) return;
    frame.opens = Opening::none;
    frame.is_inserted = true;
  }

  const Phrases& p_;
  std::size_t size_;
  std::vector<Frame> frames_;
};

}  // namespace

std::vector<Frame> find_frames(const Phrases& phrases) { return FrameReader(phrases).run(); }

}  // namespace depesche::facts
