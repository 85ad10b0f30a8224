#include "facts/facts.h"

#include <array>
#include <map>

#include "core/parallel.h"
#include "facts/actors.h"
#include "facts/credits.h"
#include "facts/datelines.h"
#include "facts/places.h"
#include "facts/quantity_finder.h"
#include "facts/relation_finder.h"
#include "facts/statements.h"
#include "facts/times.h"
#include "knowledge/agencies.h"

namespace depesche::facts {

std::string_view name_of(StatementKind kind) {
  static constexpr std::array<std::string_view, 3> names = {"direct", "mixed", "indirect"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(SpeechAct act) {
  static constexpr std::array<std::string_view, 11> names = {"claims",   "denies",    "asks",    "demands",
                                                             "promises", "threatens", "blames",  "praises",
                                                             "fears",    "hopes",     "believes"};
  return names[static_cast<std::size_t>(act)];
}

std::string_view name_of(Modality modality) {
  static constexpr std::array<std::string_view, 5> names = {"asserted", "reported", "denied", "planned", "conditional"};
  return names[static_cast<std::size_t>(modality)];
}

std::string_view name_of(ActorType type) {
  static constexpr std::array<std::string_view, 8> names = {"person", "organisation",    "news agency", "outlet",
                                                            "state",  "government body", "armed group", "population"};
  return names[static_cast<std::size_t>(type)];
}

std::string_view name_of(PlaceKind kind) {
  static constexpr std::array<std::string_view, 7> names = {"continent", "country", "division", "region",
                                                            "water",     "town",    "unknown"};
  return names[static_cast<std::size_t>(kind)];
}

struct OriginReader::Tools : OriginTools {
  using OriginTools::OriginTools;
};

OriginReader::OriginReader(const knowledge::Knowledge& knowledge) : tools_(std::make_unique<const Tools>(knowledge)) {}
OriginReader::~OriginReader() = default;

ArticleFacts OriginReader::read(const Article& article, const text::Text& text) const {
  ArticleFacts out;
  out.dateline = find_dateline(article, text, *tools_);
  out.credits = find_credits(article, out.dateline, *tools_);
  return out;
}

std::optional<Instant> creation_time(const Article& article, const std::optional<Dateline>& dateline) {
  const GivenDate* given = article.finest_given_date();
  if (given != nullptr && given->date.precision >= Precision::day) return given->date;
  if (dateline && dateline->date && dateline->date->has_year) return dateline->date->value;
  return {};
}

Facts extract(std::span<const Article> articles, std::span<const text::Text> texts,
              const knowledge::Knowledge& knowledge, unsigned threads) {
  const OriginTools tools(knowledge);
  const ActorKnowledge actor_knowledge(knowledge);
  std::map<Language, Lexicon> lexicons;
  std::map<Language, ActorWords> actor_words;
  std::map<Language, SpeechWords> speech_words;
  std::map<Language, QuantityFinder> quantity_finders;
  for (const text::Text& text : texts) {
    lexicons.try_emplace(text.language, knowledge.pack(text.language));
    const auto& names = actor_words.try_emplace(text.language, actor_knowledge, text.language).first->second;
    speech_words.try_emplace(text.language, knowledge.pack(text.language), names);
    quantity_finders.try_emplace(text.language, knowledge, text.language);
  }

  Facts facts;
  facts.articles.resize(articles.size());
  std::vector<ArticleMouths> mouths(articles.size());
  const PlaceFinder place_finder(knowledge, texts, lexicons);
  std::vector<std::vector<FoundPlace>> places(articles.size());
  for_each_index(articles.size(), threads, [&](std::size_t i) {
    ArticleFacts& out = facts.articles[i];
    out.dateline = find_dateline(articles[i], texts[i], tools);
    out.credits = find_credits(articles[i], out.dateline, tools);
    out.times = tools.dates.find(articles[i], texts[i]);
    out.set_aside_times = tools.dates.find_set_aside(articles[i], texts[i].language);
    out.quantities = quantity_finders.at(texts[i].language).find(articles[i], texts[i]);
    places[i] = place_finder.find(articles[i], texts[i], out.dateline);
    auto named = find_actors(articles[i], texts[i], out.dateline, actor_knowledge, actor_words.at(texts[i].language));
    auto said = find_attributions(articles[i], texts[i], out.dateline, speech_words.at(texts[i].language), named);
    mouths[i] = {std::move(said), out.credits, std::move(named)};
    out.place_names = mouths[i].named.places;
  });
  facts.places = link_places(articles, texts, place_finder.gazetteer(), places, facts.articles);
  auto linked = link_actors(articles, texts, actor_knowledge, mouths);
  facts.actors = std::move(linked.actors);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    facts.articles[i].mentions = std::move(linked.mentions[i]);
    for (const Attribution& attribution : mouths[i].attributions)
      facts.articles[i].statements.push_back(attribution.statement);
    attribute(facts.articles[i].quantities, facts.articles[i].statements);
  }
  find_relations(articles, texts, knowledge, lexicons, actor_words, facts, threads);
  return facts;
}

std::vector<std::vector<Timex>> find_times(std::span<const Article> articles, std::span<const text::Text> texts,
                                           std::span<const std::optional<Instant>> made,
                                           const knowledge::Knowledge& knowledge, unsigned threads) {
  const TimexFinder finder(knowledge);
  std::vector<std::vector<Timex>> times(articles.size());
  for_each_index(articles.size(), threads,
                 [&](std::size_t i) { times[i] = finder.find(articles[i], texts[i], made[i]); });
  return times;
}

}  // namespace depesche::facts
