#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facts/events.h"
#include "facts/facts.h"
#include "lineage/lineage.h"

namespace depesche::situation {

/// An event as one article tells it.
struct Telling {
  ArticleIndex article = 0;
  std::uint32_t event = 0;  ///< into the events of the article

  auto operator<=>(const Telling&) const = default;
};

/// What happened on a day, a month or a year, as told by all.
struct TimelineItem {
  std::string id;
  Instant date;
  std::string summary;  ///< in English: "Hayat Tahrir al-Sham: capture of Aleppo"
  std::string because;  ///< how the date is known: "27 novembre"
  std::shared_ptr<const facts::EventClass> kind;
  std::vector<Telling> tellings;          ///< by article; the first names the most
  std::vector<std::uint32_t> actors;      ///< into Facts::actors, of all tellings
  std::vector<std::uint32_t> recipients;  ///< into Facts::actors
  std::optional<std::uint32_t> place;     ///< into Facts::places
  facts::Modality modality = facts::Modality::asserted;
  std::optional<facts::Event::Control> control;
  std::vector<std::string> dispatches;  ///< ids of those it stands in, sorted, each once
};

/// The events of a pile that are news and have a date, by date; tellings of one event, in whatever language, are one item. An event without
/// words that say when is left out: the day on which an article was written is not the day on which things happened.
std::vector<TimelineItem> timeline_of(std::span<const Article> articles, const facts::Facts& facts,
                                      std::span<const std::vector<facts::Timex>> times,
                                      std::span<const std::vector<facts::Event>> events,
                                      std::span<const std::optional<Instant>> made, const lineage::Lineage& lineage);

}  // namespace depesche::situation
