#include "intake/http.h"

#include <algorithm>
#include <charconv>

#include "core/unicode.h"
#include "intake/decode.h"
#include "intake/unpack.h"

namespace depesche::intake {
namespace {

constexpr std::size_t packings_max = 4;  ///< one inside of the other

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

bool are_equal(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view blanks_trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// The parts between commas, in small letters.
std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    if (const auto part = blanks_trimmed(text.substr(0, comma)); !part.empty()) out.push_back(lower(part));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

/// The size that begins a chunk, with the line it stands in taken off `rest`.
std::optional<std::size_t> take_chunk_size(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == std::string_view::npos) return {};
  auto line = blanks_trimmed(rest.substr(0, end));
  line = blanks_trimmed(line.substr(0, line.find(';')));
  std::size_t size = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  if (line.empty() || read.ec != std::errc() || read.ptr != line.data() + line.size()) return {};
  rest.remove_prefix(end + 1);
  return size;
}

void unchunk(std::string_view body, HttpBody& out) {
  auto rest = body;
  while (true) {
    const auto size = take_chunk_size(rest);
    if (!size && rest.size() == body.size()) {
      out.bytes = body;  // no chunks at all
      return;
    }
    if (!size || *size > rest.size()) {
      if (size) out.bytes += rest;
      out.damage = rest.empty() || size ? "the last chunk is cut off" : "a chunk is damaged";
      return;
    }
    if (*size == 0) return;
    out.bytes += rest.substr(0, *size);
    rest.remove_prefix(*size);
    if (rest.starts_with("\r\n")) rest.remove_prefix(2);
    if (rest.starts_with("\n")) rest.remove_prefix(1);
  }
}

/// Takes one packing off. False where what stands there is in no form that is read.
bool unpack(const std::string& packing, std::size_t bytes_max, HttpBody& body) {
  const bool is_deflate = packing == "deflate";
  const bool is_known = is_deflate || packing == "gzip" || packing == "x-gzip" || packing == "zstd";
  const auto looks = format_of_bytes(body.bytes);
  if (is_deflate ? looks == Format::html : !is_known && looks != Format::binary) {
    // Brotli has no sign of its own, and a short piece of it may look like a text.
    return packing != "br" || looks == Format::html;
  }
  if (!is_known) return false;
  const auto packed = memory_stream(body.bytes);
  Unpacker unpacker(*packed, is_deflate ? Packing::deflate : Packing::by_first_bytes);
  auto rest = read_rest(unpacker, bytes_max);
  if (!rest.has_value()) return false;
  if (body.damage.empty()) body.damage = unpacker.damage();
  body.is_too_large |= rest->is_cut;
  body.bytes = std::move(rest->bytes);
  return true;
}

}  // namespace

std::string_view HeaderFields::operator[](std::string_view name) const {
  for (const auto& [key, value] : lines) {
    if (are_equal(key, name)) return value;
  }
  return {};
}

HeaderFields read_fields(std::string_view text, std::optional<std::size_t>& size) {
  HeaderFields fields;
  size = {};
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = text.substr(at, end - at);
    at = end + 1;
    const auto value = blanks_trimmed(line);
    if (value.empty() && end < text.size()) {
      size = at;
      return fields;
    }
    const auto colon = line.find(':');
    if ((line[0] == ' ' || line[0] == '\t') && !fields.lines.empty()) {
      fields.lines.back().second.append(" ").append(value);
    } else if (colon == std::string_view::npos) {
      fields.has_odd_line = true;
    } else {
      fields.lines.emplace_back(blanks_trimmed(line.substr(0, colon)), blanks_trimmed(line.substr(colon + 1)));
    }
  }
  return fields;
}

std::string media_type_of(std::string_view content_type) {
  return lower(blanks_trimmed(content_type.substr(0, content_type.find_first_of(";,"))));
}

std::string parameter_of(std::string_view content_type, std::string_view name) {
  for (auto at = content_type.find(';'); at != std::string_view::npos; at = content_type.find(';', at + 1)) {
    const auto part = content_type.substr(at + 1, content_type.substr(at + 1).find(';'));
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || !are_equal(blanks_trimmed(part.substr(0, equals)), name)) continue;
    auto value = blanks_trimmed(part.substr(equals + 1));
    const auto is_quote = [](char c) { return c == '"' || c == '\''; };
    while (!value.empty() && is_quote(value.front())) value.remove_prefix(1);
    while (!value.empty() && is_quote(value.back())) value.remove_suffix(1);
    return std::string(value);
  }
  return {};
}

std::optional<HttpResponse> read_http_response(std::string_view message) {
  if (!message.starts_with("HTTP/")) return {};
  const auto end = message.find('\n');
  const auto line = message.substr(0, end);
  const auto blank = line.find(' ');
  if (end == std::string_view::npos || blank == std::string_view::npos) return {};
  const auto code = line.substr(std::min(line.find_first_not_of(' ', blank), line.size()));
  HttpResponse response;
  const auto read = std::from_chars(code.data(), code.data() + std::min<std::size_t>(code.size(), 3), response.status);
  if (read.ec != std::errc() || response.status < 100) return {};
  std::optional<std::size_t> size;
  const auto rest = message.substr(end + 1);
  response.fields = read_fields(rest, size);
  if (!size) return {};
  response.body = rest.substr(*size);
  return response;
}

HttpBody unpack_body(const HttpResponse& response, std::size_t bytes_max) {
  HttpBody body;
  const auto transfer = list_of(response.fields["transfer-encoding"]);
  if (std::find(transfer.begin(), transfer.end(), "chunked") != transfer.end()) {
    unchunk(response.body, body);
  } else {
    body.bytes = response.body;
  }
  auto packings = list_of(response.fields["content-encoding"]);
  if (packings.size() > packings_max) {
    body.unsupported = std::string(response.fields["content-encoding"].substr(0, 60));
    body.bytes.clear();
    return body;
  }
  for (auto packing = packings.rbegin(); packing != packings.rend(); ++packing) {
    if (*packing == "identity" || *packing == "none" || unpack(*packing, bytes_max, body)) continue;
    body.unsupported = packing->substr(0, 60);
    body.bytes.clear();
    return body;
  }
  body.is_too_large |= body.bytes.size() > bytes_max;
  return body;
}

}  // namespace depesche::intake
