#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "facts/datelines.h"

namespace depesche::facts {

/// Where a line stands: a line that is known as a byline may name "AP" without more; behind the text a rights line speaks of
/// the text and not of a picture; what passes for a caption or a title must say so by a phrase at its beginning, and hold no
/// names of persons.
enum class CreditPlace : std::uint8_t { before_text, byline, behind_text, elsewhere };

/// The agencies and outlets that a short line names as its origin, in order; empty where it is no credit.
std::vector<knowledge::Agencies::Found> read_credit(std::string_view line, const OriginTools& tools, CreditPlace place);

/// The agencies and outlets named as origin: in the dateline, in brackets or a short sentence behind the last words, behind
/// the title, in a line of credit.
std::vector<Credit> find_credits(const Article& article, const std::optional<Dateline>& dateline,
                                 const OriginTools& tools);

}  // namespace depesche::facts
