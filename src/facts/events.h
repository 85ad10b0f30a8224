#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "facts/facts.h"
#include "facts/modality.h"
#include "facts/timex.h"
#include "knowledge/knowledge.h"
#include "text/text.h"

namespace depesche::facts {

/// What an event is: the root types of PLOVER (Open Event Data Alliance, "PLOVER Codebook and Manual", 2023).
enum class EventType : std::uint8_t {
  agree,
  consult,
  support,
  concede,
  cooperate,
  aid,
  retreat,
  request,
  accuse,
  reject,
  threaten,
  protest,
  sanction,
  mobilize,
  coerce,
  assault,
  none,  ///< what PLOVER leaves out: an earthquake, an accident
};

/// "AGREE", "CONSULT", …; empty for none
std::string_view name_of(EventType type);
std::optional<EventType> event_type_of(std::string_view name);

/// What an event does to the hold on a place.
enum class ControlChange : std::uint8_t { taken, retaken, entered, reached, repelled, lost, besieged, held };

std::string_view name_of(ControlChange change);
std::optional<ControlChange> control_change_of(std::string_view name);

/// A kind of event, the same in every language: a rule of data/lang/und/events.rules.
struct EventClass {
  std::string name;  ///< "capture", "talks"
  EventType type = EventType::none;
  std::string cameo;  ///< code of CAMEO 1.1b3, two digits or more; empty for type none
  std::string mode;   ///< PLOVER's mode where it has one: "airstrike"
  std::optional<ControlChange> control;
  /// What becomes of an event within: "plans to attack", "refused to meet".
  std::optional<Modality> governs;
  bool is_news = false;    ///< worth a line in a timeline, unlike what is said, asked or refused
  bool is_mutual = false;  ///< both sides do it: talks
  bool is_state = false;   ///< holds when it is told: "are in contact"
};

/// Who did what to whom, where, when, as one clause tells it. Indices point into the facts of the same pile.
struct Event {
  BlockIndex block = 0;
  Span sentence;
  Span trigger;  ///< the verb or noun that tells it
  Span clause;   ///< the trigger with the words of its actors, recipients, place and time
  Span subject;  ///< the words that name who does it; empty where none do
  Span object;   ///< the words that name to whom; empty where none do
  std::shared_ptr<const EventClass> kind;
  std::vector<std::uint32_t> actors;      ///< into Facts::actors: who does it
  std::vector<std::uint32_t> recipients;  ///< into Facts::actors: to whom
  std::optional<std::uint32_t> place;     ///< into Facts::places
  /// Into the article's times: when it happened, not when it was told. Nothing where no words say so. The time has no `begin` where the
  /// article's own day is not known ("on Wednesday").
  std::optional<std::uint32_t> time;
  bool is_background = false;     ///< long before the news of the article: "la guerre civile, déclenchée en 2011"
  Modality modality = Modality::asserted;
  struct Control {
    std::uint32_t place = 0;          ///< into Facts::places
    std::optional<std::uint32_t> by;  ///< into Facts::actors: who has it afterwards, or did not get it
    ControlChange change = ControlChange::taken;
  };
  std::optional<Control> control;
  std::optional<std::uint32_t> statement;  ///< into the article's statements: within whose content it stands
  int rule_line = 0;                       ///< of the pack's rule that found it; for the tests of the packs
};

/// The events of each article, in the order of its text, by the rules of the language packs (events.rules; the format is told in
/// data/README.md). All arguments stand beside the articles; `made` is when each was made.
std::vector<std::vector<Event>> find_events(std::span<const Article> articles, std::span<const text::Text> texts,
                                            const Facts& facts, std::span<const std::vector<Timex>> times,
                                            std::span<const std::optional<Instant>> made,
                                            const knowledge::Knowledge& knowledge, unsigned threads = 1);

/// What is wrong with the events.rules of a pack, whose classes are those of `und`; each with file and line. Empty where all is well.
std::vector<std::string> mistakes_in_events(const knowledge::Pack& pack, const knowledge::Pack& und);

}  // namespace depesche::facts
