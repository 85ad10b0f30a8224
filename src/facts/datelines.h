#pragma once

#include <optional>

#include "facts/facts.h"
#include "facts/times.h"
#include "knowledge/agencies.h"

namespace depesche::facts {

/// The dateline at the head of the body, or on a line of its own at the head or the tail.
std::optional<Dateline> find_dateline(const Article& article, const text::Text& text,
                                      const knowledge::Agencies& agencies, const DatePatterns& dates,
                                      const knowledge::Knowledge& knowledge);

/// The agencies and outlets named as origin: in the dateline, in brackets behind the last words, behind the title, in a
/// line of credit.
std::vector<Credit> find_credits(const Article& article, const std::optional<Dateline>& dateline,
                                 const knowledge::Agencies& agencies);

}  // namespace depesche::facts
