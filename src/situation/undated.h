#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facts/events.h"
#include "facts/facts.h"

namespace depesche::situation {

/// The day on which an undated article was made, as what it tells gives away.
struct InferredDay {
  ArticleIndex article = 0;
  Instant day;
};

/// The days of articles of which `made` gives none, from events that dated articles tell as well. Sorted by article; silent where nothing
/// is shared, or where what is shared contradicts itself.
std::vector<InferredDay> infer_days(std::span<const Article> articles, std::span<const text::Text> texts,
                                    const facts::Facts& facts, std::span<const std::vector<facts::Timex>> times,
                                    std::span<const std::vector<facts::Event>> events,
                                    std::span<const std::optional<Instant>> made,
                                    const knowledge::Knowledge& knowledge);

}  // namespace depesche::situation
