#include "knowledge/mo_file.h"

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>

#include "core/unicode.h"

namespace depesche::knowledge {
namespace {

constexpr std::uint32_t magic = 0x950412de;
constexpr std::uint64_t header_size = 28;
constexpr std::uint64_t pair_size = 8;  // length and offset of one string

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool begins_with_magic() {
    if (bytes_.size() < header_size) return false;
    if (number_at(0) == magic) return true;
    is_big_endian_ = true;
    return number_at(0) == magic;
  }

  /// Within the file, as its callers see to.
  std::uint32_t number_at(std::uint64_t offset) const {
    std::uint32_t number = 0;
    for (std::uint64_t i = 0; i < 4; ++i) {
      const auto byte = static_cast<unsigned char>(bytes_[offset + (is_big_endian_ ? 3 - i : i)]);
      number |= static_cast<std::uint32_t>(byte) << (8 * i);
    }
    return number;
  }

  bool holds(std::uint64_t offset, std::uint64_t size) const { return offset + size <= bytes_.size(); }

  /// The string that the pair at `offset` describes, up to its first NUL.
  std::optional<std::string_view> string_of(std::uint64_t offset) const {
    const std::uint64_t size = number_at(offset);
    const std::uint64_t begin = number_at(offset + 4);
    if (!holds(begin, size)) return {};
    const auto text = bytes_.substr(begin, size);
    return text.substr(0, text.find('\0'));
  }

 private:
  std::string_view bytes_;
  bool is_big_endian_ = false;
};

}  // namespace

Result<std::vector<std::pair<std::string_view, std::string_view>>> parse_mo(std::string_view bytes,
                                                                            std::string_view file) {
  Reader reader(bytes);
  const auto bad = [&](std::string reason) { return fail(Fault::bad_input, std::move(reason), std::string(file)); };
  if (!reader.begins_with_magic()) return bad("not a .mo file");
  // The low half counts additions that older readers may ignore.
  if (const auto revision = reader.number_at(4) >> 16; revision > 1)
    return bad(fmt::format(".mo revision {} is not known", revision));

  const std::uint64_t count = reader.number_at(8);
  const std::uint64_t keys = reader.number_at(12);
  const std::uint64_t translations = reader.number_at(16);
  if (!reader.holds(keys, count * pair_size) || !reader.holds(translations, count * pair_size))
    return bad("a table lies outside the file");

  std::vector<std::pair<std::string_view, std::string_view>> messages;
  messages.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto key = reader.string_of(keys + i * pair_size);
    const auto translation = reader.string_of(translations + i * pair_size);
    if (!key || !translation) return bad(fmt::format("message {} lies outside the file", i));
    if (key->empty() || !is_valid_utf8(*key) || !is_valid_utf8(*translation)) continue;
    messages.emplace_back(*key, *translation);
  }
  return messages;
}

}  // namespace depesche::knowledge
