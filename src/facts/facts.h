#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/article.h"
#include "facts/modality.h"
#include "facts/quantities.h"
#include "facts/relations.h"
#include "facts/timex.h"
#include "knowledge/knowledge.h"
#include "text/text.h"

/// What does it say, and who says so?
///
/// Datelines and credits, dates written out, direct and reported speech with its speaker, and the actors named. Each
/// fact stands on a span of the article; what is not there is absent, never guessed.
namespace depesche::facts {

/// A date written out. `value` has year 0 where the text names no year ("am 4. Dezember").
struct Time {
  BlockIndex block = 0;
  Span span;
  Instant value;
  bool has_year = true;
};

/// "HAMBURG, March 5 (Reuters) -": where, when and by whom a dispatch was written, at its head or its tail.
struct Dateline {
  BlockIndex block = 0;
  Span span;
  std::optional<Span> place;          ///< as printed
  std::optional<std::uint32_t> town;  ///< into Knowledge::town
  std::optional<Time> date;
  std::optional<std::string> agency;  ///< canonical name
};

/// An agency or outlet that the article itself names as its origin.
struct Credit {
  std::string agency;  ///< canonical name
  BlockIndex block = 0;
  Span span;
};

enum class StatementKind : std::uint8_t {
  direct,    ///< whole clauses between quotation marks
  mixed,     ///< words in quotation marks inside the reporter's sentence
  indirect,  ///< "selon X", "X said that": content in the reporter's words
};

std::string_view name_of(StatementKind kind);

/// What is done by saying it: only what is claimed, or denied, is true or false.
enum class SpeechAct : std::uint8_t {
  claims,
  denies,
  asks,       ///< a question
  demands,    ///< "called for", "urged them to"
  promises,   ///< "pledged to", "plans to"
  threatens,  ///< "warned of", "threatened to"
  blames,     ///< "accused them of", "condemned"
  praises,
  fears,
  hopes,
  believes,
};

std::string_view name_of(SpeechAct act);

/// Somebody through whom a statement came: "Ria Novosti" of "Ria Novosti reported, citing the embassy".
struct Relay {
  Span words;
  std::uint32_t actor = 0;  ///< into Facts::actors
};

/// What somebody is reported to have said, in one sentence.
struct Statement {
  BlockIndex block = 0;
  Span sentence;
  std::vector<Span> content;  ///< what was said, without quotation marks; in order
  Span cue;                   ///< the verb or preposition that attributes it; empty where a quotation goes on without
  Span speaker;               ///< the words that name the speaker in this or, for a pronoun, an earlier sentence
  Span mouth;  ///< the words that stand for the speaker in this sentence, with all that belongs to them; may be empty
  bool is_by_reference = false;  ///< the speaker stands in an earlier sentence
  StatementKind kind = StatementKind::direct;
  SpeechAct act = SpeechAct::claims;
  Modality modality = Modality::asserted;
  bool is_denied = false;       ///< the speaker says that the content is not so
  std::uint32_t negations = 0;  ///< words in the content that negate
  std::uint32_t actor = 0;      ///< into Facts::actors
  Span role;                    ///< the office of the speaker, as this sentence has it; empty where it has none
  Span addressee;               ///< to whom it was said; empty where nothing says so
  std::optional<std::uint32_t> addressee_actor;  ///< into Facts::actors
  Span occasion;                                 ///< "lors de son briefing"; empty where nothing says so
  Span time;   ///< when it was said, to be looked up among the times of the article; empty where nothing says so
  Span place;  ///< where it was said, to be looked up among the places of the article; may be empty
  std::vector<Relay> via;  ///< from the one next to the speaker to the one next to the reader
};

enum class ActorType : std::uint8_t {
  person,
  organisation,
  news_agency,
  outlet,
  state,
  government_body,
  armed_group,
  population,  ///< people of a nation, a belief or a cause: "les rebelles"
};

std::string_view name_of(ActorType type);

/// An office that a text gives a person.
struct HeldRole {
  std::string words;  ///< as printed
  Evidence evidence;
};

/// Somebody who acts, speaks or is named as origin, however often and in whatever forms printed.
struct Actor {
  std::string name;  ///< English where known, else the fullest form, romanised
  ActorType type = ActorType::organisation;
  std::string iso;  ///< ISO 3166-1 alpha-2 of the country it is or belongs to; empty where no text says so
  std::map<Language, std::set<std::string>> forms;
  std::uint32_t mentions = 0;
  bool is_named = true;               ///< false where all that is known is what it is: "une source militaire"
  std::string key;                    ///< another for each actor, the same whatever else is in the pile
  std::vector<HeldRole> roles;        ///< each once, in the order of the articles
  std::vector<std::uint32_t> may_be;  ///< into Facts::actors: whom it may be, where the texts do not say which of them
};

/// Words that stand for an actor.
struct Mention {
  BlockIndex block = 0;
  Span span;
  std::uint32_t actor = 0;      ///< into Facts::actors
  bool is_description = false;  ///< by what it is, not by its name: "the army"
};

enum class PlaceKind : std::uint8_t { continent, country, division, region, water, town, unknown };

std::string_view name_of(PlaceKind kind);

/// How near the point given for a place is to where things happen there. The numbers are the picture's.
enum class PlacePrecision : std::uint8_t {
  exact = 1,   ///< a town
  near = 2,    ///< a division no larger than a day's walk, or a town of which the division alone is known
  region = 3,  ///< a country, a sea, a wide division
};

struct GeoPoint {
  double latitude = 0;   ///< degrees north
  double longitude = 0;  ///< degrees east
};

/// A place that is named, however often and in whatever forms printed.
struct Place {
  std::string name;  ///< English where known, else as printed, romanised
  PlaceKind kind = PlaceKind::unknown;
  std::optional<std::uint32_t> geonames_id;
  std::string country;            ///< ISO 3166-1 alpha-2; empty where it lies in none or nobody knows
  std::optional<GeoPoint> point;  ///< nothing for a place that the gazetteer lacks
  PlacePrecision precision = PlacePrecision::exact;
  std::map<Language, std::set<std::string>> forms;
  std::uint32_t mentions = 0;  ///< as a place, not as a government
};

/// What the name of a place stands for.
enum class PlaceUse : std::uint8_t {
  location,
  government,  ///< "selon Moscou", "Damas aurait réussi": who governs from there; nothing to be drawn on a map
};

struct PlaceMention {
  BlockIndex block = 0;
  Span span;
  std::uint32_t place = 0;            ///< into Facts::places: the likeliest
  std::vector<std::uint32_t> others;  ///< what else may be meant, where the text does not tell; the likeliest first
  PlaceUse use = PlaceUse::location;
};

struct ArticleFacts {
  std::optional<Dateline> dateline;
  std::vector<Credit> credits;
  std::vector<Time> times;
  std::vector<Time>
      set_aside_times;  ///< in lines set aside, such as a link to another article; never the article's own
  std::vector<Statement> statements;
  std::vector<PlaceMention> places;  ///< in the order of the text
  std::vector<Mention> mentions;     ///< in the order of the text, none overlapping
  std::vector<std::pair<BlockIndex, Span>>
      place_names;  ///< names that were met and are those of places that do nothing
  std::vector<Quantity> quantities;  ///< in the order of the text
  std::vector<Relation> relations;   ///< in the order of the text
};

/// When an article was made, as far as it says so itself: its given date, or that of its dateline.
std::optional<Instant> creation_time(const Article& article, const std::optional<Dateline>& dateline);

struct Facts {
  std::vector<ArticleFacts> articles;  ///< beside their articles
  std::vector<Actor> actors;
  std::vector<Place> places;  ///< by name, then country
};

/// Finds what an article says of its own origin, and nothing else: dateline and credits. For crawls, of which no more is
/// asked than whose they are.
class OriginReader {
 public:
  explicit OriginReader(const knowledge::Knowledge& knowledge);
  ~OriginReader();
  OriginReader(const OriginReader&) = delete;
  OriginReader& operator=(const OriginReader&) = delete;

  /// Facts with `dateline` and `credits` alone. May be called from several threads.
  ArticleFacts read(const Article& article, const text::Text& text) const;

 private:
  struct Tools;
  std::unique_ptr<const Tools> tools_;
};

Facts extract(std::span<const Article> articles, std::span<const text::Text> texts,
              const knowledge::Knowledge& knowledge, unsigned threads = 1);

/// The temporal expressions of each article, resolved against when it was made: `made` stands beside the articles, nothing where it is
/// not known.
std::vector<std::vector<Timex>> find_times(std::span<const Article> articles, std::span<const text::Text> texts,
                                           std::span<const std::optional<Instant>> made,
                                           const knowledge::Knowledge& knowledge, unsigned threads = 1);

}  // namespace depesche::facts
