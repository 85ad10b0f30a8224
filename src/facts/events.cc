// What happened, from the words that tell it.
//
// A text is read sentence by sentence: words that may tell of an event are found by a table (event_grammar.cc), the clause around each
// gives who and whom (event_clauses.cc, event_arguments.cc), and what is said here is when, where and whether it happened at all.
//
//   Le régime avait repris en 2015 une grande partie du pays      2015 is its time
//   … a lancé une offensive, a indiqué mercredi le ministère      Wednesday is when it was told, and is not its time
//
// An event takes a time that stands in its own clause, else the only one of its sentence that is not beside a verb of telling; never the
// day on which the article was written. What it gets wrong: times parted from their event by a clause with an event of its own.
#include "facts/events.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/parallel.h"
#include "facts/event_arguments.h"
#include "facts/event_clauses.h"
#include "facts/event_grammar.h"

namespace depesche::facts {
namespace {

using namespace clause_word;

constexpr std::array<std::string_view, 17> type_names = {
    "AGREE",  "CONSULT",  "SUPPORT", "CONCEDE",  "COOPERATE", "AID",    "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE",  "COERCE", "ASSAULT", ""};
constexpr std::array<std::string_view, 8> change_names = {"taken",    "retaken", "entered",  "reached",
                                                          "repelled", "lost",    "besieged", "held"};

/// How many words before a verb may say whether it happened: "had not, as was claimed, been taken" is more.
constexpr std::uint32_t modality_words_max = 6;
/// What happened this long before the article was made is not its news.
constexpr std::int64_t background_days_min = 90;

template <class Enum, std::size_t count>
std::optional<Enum> value_of(std::string_view name, const std::array<std::string_view, count>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (name.empty() || found == names.end()) return {};
  return static_cast<Enum>(found - names.begin());
}

/// Reads one article.
class ArticleReader {
 public:
  ArticleReader(const Article& article, const text::Text& text, const ArticleFacts& facts, const Facts& pile,
                std::span<const Timex> times, const std::optional<Instant>& made)
      : article_(article), text_(text), facts_(facts), pile_(pile), times_(times), made_(made) {}

  std::vector<Event> run(const EventGrammar& grammar) {
    Clauses clauses(grammar, text_);
    for (const auto& sentence : text_.sentences) {
      if (!article_.blocks[sentence.block].is_read()) continue;
      while (next_time_ < times_.size() && times_[next_time_].span.end <= sentence.span.begin) ++next_time_;
      while (next_statement_ < facts_.statements.size() &&
             facts_.statements[next_statement_].sentence.end <= sentence.span.begin)
        ++next_statement_;
      if (clauses.begin(article_, sentence, facts_, times_)) read(clauses, sentence, grammar.order());
    }
    return std::move(events_);
  }

 private:
  void read(const Clauses& clauses, const text::Sentence& sentence, const WordOrder& order) {
    const bool is_figurative = clauses.find({clauses.first(), clauses.last()}, figurative).has_value();
    std::vector<EventArguments> arguments;
    for (std::size_t i = 0; i < clauses.hits().size(); ++i) {
      arguments.push_back(arguments_of(clauses, i, arguments, facts_, pile_.actors, order));
      const auto& pattern = clauses.pattern_of(clauses.hits()[i]);
      if (is_figurative && is_violent(*pattern.kind)) continue;
      if (is_in_name(clauses, clauses.hits()[i])) continue;
      add(clauses, sentence, i, arguments.back());
    }
  }

  static bool is_violent(const EventClass& kind) {
    return kind.type == EventType::assault || kind.type == EventType::retreat || kind.type == EventType::mobilize;
  }

  bool is_in_name(const Clauses& clauses, const TriggerHit& hit) const {
    const auto mention = clauses.at(hit.first).mention;
    if (mention != ClauseWord::none && !facts_.mentions[mention].is_description && hit.first == hit.last) return true;
    return hit.first > clauses.first() && clauses.does(hit.first - 1, naming);
  }

  void add(const Clauses& clauses, const text::Sentence& sentence, std::size_t index, const EventArguments& arguments) {
    const auto& hit = clauses.hits()[index];
    const auto& pattern = clauses.pattern_of(hit);
    Event event;
    event.block = sentence.block;
    event.sentence = sentence.span;
    event.trigger = clauses.span_of({hit.first, hit.last + 1});
    event.kind = pattern.kind;
    event.rule_line = pattern.line;
    event.subject = clauses.span_of(clauses.trimmed(arguments.subject));
    event.object = clauses.span_of(clauses.trimmed(arguments.object));
    event.actors = arguments.actors;
    event.recipients = arguments.recipients;
    if (arguments.place) event.place = facts_.places[*arguments.place].place;
    if (clauses.find(arguments.object, country)) event.place = country_of(event.actors);
    if (!event.place && !event.kind->is_mutual) event.place = nearest_place(event);
    event.statement = statement_around(event.trigger);
    find_time(clauses, hit, event);
    event.modality = modality_of(clauses, index, event);
    event.clause = event.trigger;
    for (const Span part : {event.subject, event.object}) {
      if (!part.empty()) event.clause = hull(event.clause, part);
    }
    if (event.time) event.clause = hull(event.clause, times_[*event.time].span);
    if (pattern.kind->control) add_control(arguments, event);
    events_.push_back(std::move(event));
    if (hit.is_verb) add_second(clauses, arguments);
  }

  /// "had retaken Homs in 2015 and in 2016 all of Aleppo": the verb is told once and happened twice.
  void add_second(const Clauses& clauses, const EventArguments& arguments) {
    const auto range = arguments.object;
    for (auto i = range.first; i + 2 < range.last; ++i) {
      if (!clauses.does(i, conjunction)) continue;
      const auto time = clauses.at(i + 1).is_in_time ? i + 1 : i + 2;
      if (!clauses.at(time).is_in_time) continue;
      auto behind = time;
      while (behind < range.last && clauses.at(behind).is_in_time) ++behind;
      const auto found = std::find_if(times_.begin() + next_time_, times_.end(),
                                      [&](const Timex& t) { return t.span.end > text_.tokens[time].span.begin; });
      if (behind == range.last || found == times_.end() || !found->begin) return;
      split(clauses, {range.first, i}, {behind, range.last}, static_cast<std::uint32_t>(found - times_.begin()));
      return;
    }
  }

  void split(const Clauses& clauses, TokenRange first, TokenRange second, std::uint32_t time) {
    Event& one = events_.back();
    Event other = one;
    const auto take = [&](Event& event, TokenRange range) {
      event.object = clauses.span_of(clauses.trimmed(range));
      event.clause = hull(hull(event.trigger, event.subject.empty() ? event.trigger : event.subject), event.object);
      event.place.reset();
      event.control.reset();
      for (auto i = range.first; i < range.last && !event.place; ++i) {
        if (clauses.at(i).begins_place) event.place = facts_.places[clauses.at(i).place].place;
      }
      if (!event.place && clauses.find(range, country)) event.place = country_of(event.actors);
      if (!event.place || !event.kind->control) return;
      const auto by = event.actors.empty() ? std::nullopt : std::optional(event.actors.front());
      event.control = Event::Control{*event.place, by, *event.kind->control};
    };
    take(one, first);
    take(other, second);
    other.time = time;
    other.recipients.clear();
    if (one.time == time) one.time.reset();
    events_.push_back(std::move(other));
  }

  /// What "the country" stands for: that of whoever does it.
  std::optional<std::uint32_t> country_of(const std::vector<std::uint32_t>& actors) const {
    for (const auto actor : actors) {
      const auto& iso = pile_.actors[actor].iso;
      for (std::uint32_t p = 0; p < pile_.places.size() && !iso.empty(); ++p) {
        if (pile_.places[p].kind == PlaceKind::country && pile_.places[p].country == iso) return p;
      }
    }
    return {};
  }

  /// The place of the sentence that stands nearest to a trigger.
  std::optional<std::uint32_t> nearest_place(const Event& event) const {
    std::optional<std::uint32_t> nearest;
    std::uint32_t least = ~0u;
    for (const auto& mention : facts_.places) {
      if (mention.use != PlaceUse::location || !event.sentence.contains(mention.span)) continue;
      if (event.subject.contains(mention.span)) continue;  // who does it
      const auto distance = mention.span.begin >= event.trigger.end
                                ? mention.span.begin - event.trigger.end
                                : event.trigger.begin - std::min(mention.span.end, event.trigger.begin);
      if (distance >= least) continue;
      least = distance;
      nearest = mention.place;
    }
    return nearest;
  }

  void add_control(const EventArguments& arguments, Event& event) const {
    const auto place =
        arguments.object_place ? std::optional(facts_.places[*arguments.object_place].place) : event.place;
    if (!place) return;
    Event::Control control{*place, {}, *event.kind->control};
    if (!event.actors.empty()) control.by = event.actors.front();
    event.control = control;
  }

  std::optional<std::uint32_t> statement_around(Span trigger) const {
    for (auto s = next_statement_; s < facts_.statements.size() && facts_.statements[s].sentence.begin < trigger.end;
         ++s) {
      for (const Span content : facts_.statements[s].content) {
        if (content.contains(trigger)) return s;
      }
    }
    return {};
  }

  /// Whether a time stands beside the verb of telling of the statement within which an event stands.
  bool is_time_of_telling(const Event& event, Span time) const {
    if (!event.statement) return false;
    const auto& content = facts_.statements[*event.statement].content;
    return std::none_of(content.begin(), content.end(), [&](Span part) { return part.contains(time); });
  }

  /// Whether a time may be that of an event: it is none "since" which something lasts, and no other event stands between in a piece of its own.
  bool is_time_of(const Clauses& clauses, const TriggerHit& hit, Span time) const {
    const auto token_at = [&](std::uint32_t offset) {
      const auto begin = text_.tokens.begin();
      return static_cast<std::uint32_t>(
          std::lower_bound(begin + clauses.first(), begin + clauses.last(), offset,
                           [](const text::Token& t, std::uint32_t at) { return t.span.end <= at; }) -
          begin);
    };
    const auto first = token_at(time.begin);
    if (first > clauses.first() && clauses.does(first - 1, since)) return false;
    if (first < clauses.last() && clauses.does(first, since)) return false;
    for (const auto& other : clauses.hits()) {
      if (&other == &hit) continue;
      const bool is_between = first < hit.first ? other.first > first && other.last < hit.first
                                                : other.first > hit.last && other.last < first;
      if (!is_between) continue;
      const auto edge = first < hit.first ? std::pair(other.last, hit.first) : std::pair(hit.last, other.first);
      for (auto i = edge.first; i < edge.second; ++i) {
        if (clauses.at(i).is_comma) return false;
      }
      // "launched an offensive on Friday and took": the time belongs to the first unless it leads the clause.
      for (auto i = clauses.clause_begin(first); i < first && first < hit.first; ++i) {
        if (clauses.does(i, light) || is_hit(clauses, i)) return false;
      }
    }
    return true;
  }

  static bool is_hit(const Clauses& clauses, std::uint32_t token) {
    return std::any_of(clauses.hits().begin(), clauses.hits().end(), [&](const auto& h) { return h.first == token; });
  }

  void find_time(const Clauses& clauses, const TriggerHit& hit, Event& event) {
    auto begin_of_clause = clauses.clause_begin(hit.first);
    // "in March 2020, when Russia and Turkey agreed"
    while (begin_of_clause > clauses.first() &&
           (clauses.does(begin_of_clause - 1, opener | relative) || clauses.at(begin_of_clause - 1).is_comma))
      --begin_of_clause;
    const bool is_behind_comma = begin_of_clause < clauses.last() && clauses.at(begin_of_clause).is_comma;
    while (is_behind_comma && begin_of_clause > clauses.first() && clauses.at(begin_of_clause - 1).is_in_time)
      --begin_of_clause;
    const auto clause = clauses.span_of({begin_of_clause, clauses.clause_end(hit.last)});
    std::optional<std::uint32_t> in_clause, in_sentence;
    std::uint32_t count_in_sentence = 0;
    const auto distance = [&](std::uint32_t t) {
      const Span time = times_[t].span;
      return time.begin >= event.trigger.end ? time.begin - event.trigger.end : event.trigger.begin - time.end;
    };
    for (auto t = next_time_; t < times_.size() && times_[t].span.begin < event.sentence.end; ++t) {
      const auto& time = times_[t];
      if (time.type != TimexType::date && time.type != TimexType::time) continue;
      const bool is_open = !time.begin && time.value.starts_with("XXXX");  // a day of an article that has none itself
      if ((!time.begin && !is_open) || time.span.overlaps(event.trigger)) continue;
      if (!event.kind->is_state && is_time_of_telling(event, time.span)) continue;
      if (!is_time_of(clauses, hit, time.span)) continue;
      ++count_in_sentence;
      in_sentence = t;
      if (clause.contains(time.span) && (!in_clause || distance(t) < distance(*in_clause))) in_clause = t;
    }
    if (in_clause) {
      event.time = in_clause;
    } else if (count_in_sentence == 1 && clauses.hits().size() == 1) {
      event.time = in_sentence;
    }
    if (!event.time || !made_ || !times_[*event.time].begin) return;
    const auto begin = *times_[*event.time].begin;
    event.is_background = begin.precision < Precision::day
                              ? begin.year < made_->year
                              : days_since_epoch(*made_) - days_since_epoch(begin) >= background_days_min;
  }

  Modality modality_of(const Clauses& clauses, std::size_t index, const Event& event) const {
    const auto& hit = clauses.hits()[index];
    const auto begin = clauses.clause_begin(hit.first);
    std::uint32_t said = 0;
    for (auto i = hit.first; i > begin && hit.first - i < modality_words_max; --i) {
      if (clauses.at(i - 1).is_comma || (clauses.at(i - 1).mention != ClauseWord::none && hit.is_verb)) break;
      said |= clauses.at(i - 1).does;
    }
    if (hit.is_verb && hit.last + 1 < clauses.last()) said |= clauses.at(hit.last + 1).does & (negation | reported);
    if (begin > clauses.first()) said |= clauses.at(begin - 1).does & conditional;
    if ((said & negation) != 0) return Modality::denied;
    if (index > 0) {
      const auto& before = clauses.hits()[index - 1];
      const auto& governor = *clauses.pattern_of(before).kind;
      if (governor.governs && before.is_verb && clauses.clause_begin(before.first) == begin) return *governor.governs;
    }
    if ((said & conditional) != 0) return Modality::conditional;
    if ((said & planned) != 0) return Modality::planned;
    if ((said & reported) != 0 || event.statement) return Modality::reported;
    return Modality::asserted;
  }

  const Article& article_;
  const text::Text& text_;
  const ArticleFacts& facts_;
  const Facts& pile_;
  std::span<const Timex> times_;
  const std::optional<Instant>& made_;
  std::uint32_t next_time_ = 0, next_statement_ = 0;
  std::vector<Event> events_;
};

}  // namespace

std::string_view name_of(EventType type) { return type_names[static_cast<std::size_t>(type)]; }
std::optional<EventType> event_type_of(std::string_view name) { return value_of<EventType>(name, type_names); }
std::string_view name_of(ControlChange change) { return change_names[static_cast<std::size_t>(change)]; }
std::optional<ControlChange> control_change_of(std::string_view name) {
  return value_of<ControlChange>(name, change_names);
}

std::vector<std::vector<Event>> find_events(std::span<const Article> articles, std::span<const text::Text> texts,
                                            const Facts& facts, std::span<const std::vector<Timex>> times,
                                            std::span<const std::optional<Instant>> made,
                                            const knowledge::Knowledge& knowledge, unsigned threads) {
  // A pile has two languages or three, and there are seven packs with events.
  std::map<Language, EventGrammar> grammars;
  for (const text::Text& text : texts) {
    const auto& pack = knowledge.pack(text.language);
    if (pack.language.is_known() && !pack.section("events").empty())
      grammars.try_emplace(text.language, pack, knowledge.pack(Language()));
  }
  std::vector<std::vector<Event>> events(articles.size());
  for_each_index(articles.size(), threads, [&](std::size_t i) {
    const auto grammar = grammars.find(texts[i].language);
    if (grammar == grammars.end()) return;
    events[i] = ArticleReader(articles[i], texts[i], facts.articles[i], facts, times[i], made[i]).run(grammar->second);
  });
  return events;
}

}  // namespace depesche::facts
