#include "core/ids.h"

#include <fmt/format.h>
#include <xxhash.h>

namespace depesche {

std::string content_id(std::string_view prefix, std::string_view content) {
  return fmt::format("{}{:012x}", prefix, XXH3_64bits(content.data(), content.size()) & 0xFFFF'FFFF'FFFFu);
}

}  // namespace depesche
