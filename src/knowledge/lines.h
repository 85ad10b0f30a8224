#pragma once

#include <algorithm>
#include <string_view>

namespace depesche::knowledge {

/// Takes the first line off `rest`, without its end.
inline std::string_view next_line(std::string_view& rest) {
  const auto end = std::min(rest.find('\n'), rest.size());
  const auto line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

}  // namespace depesche::knowledge
