#pragma once

#include <optional>
#include <vector>

#include "facts/event_clauses.h"

namespace depesche::facts {

/// The words around a trigger by what they are to it.
struct EventArguments {
  TokenRange subject;                         ///< who does it
  TokenRange object;                          ///< whom it befalls
  std::vector<std::uint32_t> actors;          ///< into Facts::actors
  std::vector<std::uint32_t> recipients;      ///< into Facts::actors
  std::optional<std::uint32_t> place;         ///< into ArticleFacts::places: where it happens
  std::optional<std::uint32_t> object_place;  ///< into ArticleFacts::places: the place that it befalls
};

/// The arguments of the hit at `index` of `clauses.hits()`; `earlier` are those of the hits before it in the sentence.
EventArguments arguments_of(const Clauses& clauses, std::size_t index, const std::vector<EventArguments>& earlier,
                            const ArticleFacts& facts, std::span<const Actor> actors, const WordOrder& order);

}  // namespace depesche::facts
