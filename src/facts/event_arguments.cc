// Who and whom, by where their words stand (event_clauses.cc).
//
//   verb     subject before, object behind; in the passive the other way round, with "by"
//   noun     "the capture of Aleppo by the rebels": of whom, by whom; "Russia's attack", "launched an attack on": whose, on whom
//   act      "l'offensive des rebelles contre l'armée": by whom ("des"), against whom
//
// A subject that is not there is taken over from the verb before ("seized a house and fired"). The names in a subject are its actors but
// for those behind a preposition: "police in Colombia" is not Colombia.
#include "facts/event_arguments.h"

#include <algorithm>

namespace depesche::facts {
namespace {

using namespace clause_word;
using Voice = EventGrammar::Voice;

/// How far before its noun a light verb may stand: "launched a large and unexpected attack".
constexpr std::uint32_t light_words_max = 7;
/// Words before a noun that may say whose it is: "the Russian air force's attack".
constexpr std::uint32_t owner_words_max = 6;

/// A noun, adjectives, and "of".
constexpr std::uint32_t genitive_words_max = 3;
/// Words between a place and the relative word that stands for it.
constexpr std::uint32_t antecedent_words_max = 3;

class Reader {
 public:
  Reader(const Clauses& clauses, std::size_t index, const std::vector<EventArguments>& earlier,
         const ArticleFacts& facts, std::span<const Actor> actors, const WordOrder& order)
      : clauses_(clauses),
        hit_(clauses.hits()[index]),
        pattern_(clauses.pattern_of(hit_)),
        index_(index),
        earlier_(earlier),
        facts_(facts),
        actors_(actors),
        order_(order) {}

  EventArguments run() {
    if (hit_.is_verb) {
      read_verb();
    } else {
      read_noun();
    }
    out_.actors = names_in(out_.subject, true);
    out_.recipients = names_in(out_.object, false);
    if (is_inherited_) out_.actors = inherited_actors_;
    std::erase_if(out_.recipients, [&](std::uint32_t actor) {
      return std::find(out_.actors.begin(), out_.actors.end(), actor) != out_.actors.end();
    });
    find_places();
    return std::move(out_);
  }

 private:
  void read_verb() {
    auto before = clauses_.subject_before(hit_.first);
    // What stands within a parted verb belongs to its object: "nahmen Aleppo ein", "took full control of".
    auto behind = clauses_.behind(hit_.last);
    behind.first = std::min(behind.last, hit_.first + 1);
    const bool is_passive = clauses_.is_passive(hit_);
    if (order_.verb_may_come_last && !is_passive) {
      split_last(before, behind);
    } else if (order_.verb_may_come_first && !is_passive && before.is_empty()) {
      split_first(before, behind);
    }
    if (is_passive || pattern_.voice == Voice::undergo) {
      const auto agent = clauses_.find(behind, by | (pattern_.voice == Voice::undergo ? towards : 0u));
      out_.object = before;
      if (agent) out_.subject = {*agent + 1, behind.last};
      if (!agent && order_.verb_may_come_last) split_agent(before);
      if (before.is_empty()) inherit(out_.object);
      return;
    }
    out_.subject = before;
    out_.object = behind;
    if (before.is_empty()) inherit(out_.subject);
  }

  /// "von den Rebellen eingenommen": who did it stands before the verb.
  void split_agent(TokenRange before) {
    const auto from = clauses_.clause_begin(hit_.first);
    const auto agent = clauses_.find({from, hit_.first}, by);
    if (!agent) return;
    out_.subject = {*agent + 1, hit_.first};
    out_.object =
        before.is_empty() || before.first >= *agent ? TokenRange{from, *agent} : TokenRange{before.first, *agent};
  }

  /// "haben die Rebellen Aleppo eingenommen": both stand before the verb. The second name is the object.
  void split_last(TokenRange& before, TokenRange& behind) const {
    if (!behind.is_empty() && has_name(behind)) {
      if (!has_name(before)) split_first(before, behind);
      return;
    }
    const auto begin = clauses_.clause_begin(hit_.first);
    std::optional<std::uint32_t> second;
    bool has_first = false;
    for (auto i = begin; i < hit_.first; ++i) {
      if (!begins_name(i) || clauses_.is_behind_preposition(i, begin, where | preposition)) continue;
      if (has_first && i > begin && !clauses_.does(i - 1, conjunction) && !clauses_.at(i - 1).is_comma) {
        second = i;
        break;
      }
      has_first = true;
    }
    if (!second) return;
    before = {begin, *second};
    behind = {*second, hit_.first};
  }

  /// "griffen die Rebellen Aleppo an": the first name behind the verb is the subject.
  void split_first(TokenRange& before, TokenRange& behind) const {
    std::optional<std::uint32_t> second;
    bool has_first = false;
    for (auto i = behind.first; i < behind.last; ++i) {
      if (!begins_name(i)) continue;
      if (has_first) {
        second = i;
        break;
      }
      if (clauses_.is_behind_preposition(i, behind.first, where | preposition | towards)) continue;
      has_first = true;
    }
    if (!has_first) return;
    before = {behind.first, second.value_or(behind.last)};
    behind = {second.value_or(behind.last), behind.last};
  }

  void read_noun() {
    const auto behind = clauses_.behind(hit_.last);
    const auto begin = clauses_.clause_begin(hit_.first);
    const auto next_part = [&](std::uint32_t from) {
      for (auto i = from; i < behind.last; ++i) {
        if (clauses_.does(i, by | towards | where)) return i;
      }
      return behind.last;
    };
    // Of what both sides do, they may be told behind a comma: "a ceasefire, brokered by", "talks between the ministers, A and B".
    const TokenRange far = {behind.first, pattern_.kind->is_mutual ? clauses_.clause_end(hit_.last) : behind.last};
    const auto agent = clauses_.find(far, by);
    const auto target = clauses_.find(behind, towards);
    if (agent)
      out_.subject = {*agent + 1, std::max(*agent + 1, *agent < behind.last ? next_part(*agent + 1) : far.last)};
    if (target) out_.object = {*target + 1, far.last};
    const auto genitive = find_genitive(behind);
    if (genitive) {
      const TokenRange range = {*genitive, next_part(*genitive + 1)};
      if (pattern_.voice == Voice::act && out_.subject.is_empty()) {
        out_.subject = range;
      } else if (pattern_.voice == Voice::noun && out_.object.is_empty()) {
        out_.object = range;
      }
    }
    if (out_.object.is_empty() && !genitive) out_.object = {behind.first, next_part(behind.first)};
    if (out_.subject.is_empty()) find_owner(begin);
  }

  /// Where "of" or what stands for it begins behind a noun: "répression brutale de".
  std::optional<std::uint32_t> find_genitive(TokenRange behind) const {
    for (auto i = behind.first; i < behind.last && i < behind.first + genitive_words_max; ++i) {
      if (clauses_.does(i, of) || (i == behind.first && clauses_.does(i, determiner))) return i;
      if (clauses_.does(i, by | towards | where | conjunction | passive | auxiliary)) return {};
    }
    return {};
  }

  /// "Russia's attack", "launched an attack", "Syrian shelling".
  void find_owner(std::uint32_t begin) {
    for (auto i = hit_.first; i > begin && hit_.first - i < light_words_max; --i) {
      if (clauses_.at(i - 1).is_comma) break;
      if (!clauses_.does(i - 1, light)) continue;
      out_.subject = clauses_.subject_before(i - 1);
      if (out_.subject.is_empty() && order_.verb_may_come_first) out_.subject = {i, hit_.first};
      if (out_.subject.is_empty()) inherit(out_.subject);
      return;
    }
    auto from = hit_.first;
    while (from > begin && hit_.first - from < owner_words_max && !clauses_.at(from - 1).is_comma &&
           !clauses_.does(from - 1, preposition | where | towards | by | of | conjunction | passive | auxiliary))
      --from;
    out_.subject = {from, hit_.first};
  }

  /// Takes over the subject of the verb before, within the sentence.
  void inherit(TokenRange& subject) {
    for (auto i = index_; i > 0; --i) {
      if (!clauses_.hits()[i - 1].is_verb) continue;
      subject = earlier_[i - 1].subject;
      inherited_actors_ = earlier_[i - 1].actors;
      is_inherited_ = &subject == &out_.subject;
      return;
    }
    subject = {clauses_.first(), std::min(clauses_.group_begin(hit_.first), hit_.first)};
  }

  bool begins_name(std::uint32_t token) const {
    return clauses_.at(token).begins_mention || clauses_.at(token).begins_place ||
           (order_.nouns_have_capitals && clauses_.does(token, determiner));
  }

  bool has_name(TokenRange range) const {
    for (auto i = range.first; i < range.last; ++i) {
      if (clauses_.at(i).begins_mention || clauses_.at(i).begins_place) return true;
    }
    return false;
  }

  /// The actors named in a range. In a subject all that stand free; in an object the first and those joined to it.
  std::vector<std::uint32_t> names_in(TokenRange range, bool is_subject) const {
    std::vector<std::uint32_t> names;
    std::optional<std::uint32_t> end_of_last;
    for (auto i = range.first; i < range.last; ++i) {
      const auto& word = clauses_.at(i);
      if (!word.begins_mention) continue;
      // "the jihadists of HTS" are HTS; "the capital of Syria" is not Syria.
      const bool is_state = actors_[facts_.mentions[word.mention].actor].type == ActorType::state;
      if (is_subject && !is_state && i > range.first && clauses_.does(i - 1, of) && !clauses_.does(i - 1, where)) {
        add_name(names, word.mention);
        end_of_last = i;
        continue;
      }
      const auto barred = is_subject ? where | preposition | towards | of : where;
      if (clauses_.is_behind_preposition(i, range.first, barred) && !(is_subject && i == range.first)) continue;
      if (!is_subject && end_of_last && !is_joined(*end_of_last, i)) break;
      add_name(names, word.mention);
      end_of_last = i;
      while (*end_of_last + 1 < range.last && clauses_.at(*end_of_last + 1).mention == word.mention) ++*end_of_last;
    }
    return names;
  }

  void add_name(std::vector<std::uint32_t>& names, std::uint32_t mention) const {
    const auto actor = facts_.mentions[mention].actor;
    if (std::find(names.begin(), names.end(), actor) == names.end()) names.push_back(actor);
  }

  /// Whether nothing stands between two names but "and", commas and articles.
  bool is_joined(std::uint32_t end, std::uint32_t next) const {
    bool has_join = false;
    for (auto i = end + 1; i < next; ++i) {
      if (!clauses_.at(i).is_comma && !clauses_.does(i, conjunction | determiner | of | towards)) return false;
      has_join |= clauses_.at(i).is_comma || clauses_.does(i, conjunction);
    }
    return has_join;
  }

  void find_places() {
    for (auto i = out_.object.first; i < out_.object.last && !out_.object_place; ++i) {
      if (clauses_.at(i).begins_place && !clauses_.at(i).is_in_time) out_.object_place = clauses_.at(i).place;
    }
    const auto begin = clauses_.clause_begin(hit_.first);
    const auto end = clauses_.clause_end(hit_.last);
    if (!out_.object_place && begin > clauses_.first() && clauses_.does(begin - 1, relative))
      find_antecedent(begin - 1);
    // Behind the trigger first: there most languages say where.
    for (auto i = hit_.last + 1; i < end && !out_.place; ++i) take_where(i, hit_.last);
    for (auto i = hit_.first; i > begin && !out_.place; --i) take_where(i - 1, begin);
    if (!out_.place && !pattern_.kind->is_mutual) out_.place = out_.object_place;
  }

  /// "Alep, dont la partie orientale avait été prise": the place stands before the relative word.
  void find_antecedent(std::uint32_t relative_word) {
    for (auto i = relative_word; i > clauses_.first() && relative_word - i < antecedent_words_max; --i) {
      if (clauses_.at(i - 1).place == ClauseWord::none) continue;
      out_.object_place = clauses_.at(i - 1).place;
      return;
    }
  }

  void take_where(std::uint32_t token, std::uint32_t from) {
    if (clauses_.at(token).begins_place && clauses_.is_behind_preposition(token, from, where))
      out_.place = clauses_.at(token).place;
  }

  const Clauses& clauses_;
  const TriggerHit& hit_;
  const EventGrammar::Pattern& pattern_;
  std::size_t index_;
  const std::vector<EventArguments>& earlier_;
  const ArticleFacts& facts_;
  std::span<const Actor> actors_;
  const WordOrder& order_;
  EventArguments out_;
  bool is_inherited_ = false;
  std::vector<std::uint32_t> inherited_actors_;
};

}  // namespace

EventArguments arguments_of(const Clauses& clauses, std::size_t index, const std::vector<EventArguments>& earlier,
                            const ArticleFacts& facts, std::span<const Actor> actors, const WordOrder& order) {
  return Reader(clauses, index, earlier, facts, actors, order).run();
}

}  // namespace depesche::facts
