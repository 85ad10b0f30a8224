#pragma once

#include <string_view>

#include "core/article.h"

namespace depesche::intake {

/// Reads a page, decoded to UTF-8: its text elements become blocks in the order of the document, `line` counting them,
/// and what the page says of itself fills the other fields. Roles are given where the markup tells them; the rest is
/// body and left to assign_roles.
void read_html(std::string_view source, Article& article);

}  // namespace depesche::intake
