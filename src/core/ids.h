#pragma once

#include <string>
#include <string_view>

namespace depesche {

/// A short id made from content, the same in every run: the prefix and 12 hex digits of an XXH3 hash, so
/// that among a million ids two are equal with a chance of one in five hundred.
std::string content_id(std::string_view prefix, std::string_view content);

}  // namespace depesche
