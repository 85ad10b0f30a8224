#pragma once

#include <optional>

#include "facts/facts.h"
#include "facts/origin_phrases.h"
#include "facts/times.h"
#include "knowledge/agencies.h"

namespace depesche::facts {

/// What datelines and credits are read with; made once for all articles.
struct OriginTools {
  explicit OriginTools(const knowledge::Knowledge& known)
      : knowledge(known), agencies(known), dates(known), phrases(known) {}

  const knowledge::Knowledge& knowledge;
  const knowledge::Agencies agencies;
  const DatePatterns dates;
  const OriginPhrases phrases;
};

/// The dateline at the head of the body, or on a line of its own at the head or the tail.
std::optional<Dateline> find_dateline(const Article& article, const text::Text& text, const OriginTools& tools);

}  // namespace depesche::facts
