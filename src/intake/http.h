#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace depesche::intake {

/// "Name: value" lines as HTTP and WARC have them; names are compared without case.
struct HeaderFields {
  std::vector<std::pair<std::string, std::string>> lines;  ///< in their order; values trimmed, folded lines joined
  bool has_odd_line = false;                               ///< one without a colon, which was left out

  /// The first value of this name; empty where there is none.
  std::string_view operator[](std::string_view name) const;
};

/// Reads lines up to an empty one or the end of `text`; they may end by LF alone. `size` is behind the empty line, or
/// nothing where there is none.
HeaderFields read_fields(std::string_view text, std::optional<std::size_t>& size);

/// "text/html; charset=utf-8": the type in small letters without parameters, and one of these.
std::string media_type_of(std::string_view content_type);
std::string parameter_of(std::string_view content_type, std::string_view name);

/// The answer of a server, as it was sent.
struct HttpResponse {
  int status = 0;
  HeaderFields fields;
  std::string_view body;  ///< into the message; chunked and packed as it was sent
};

/// Nothing where it does not begin with a status line, or its header does not end.
std::optional<HttpResponse> read_http_response(std::string_view message);

/// The body of a message, out of its chunks and unpacked.
struct HttpBody {
  std::string bytes;
  std::string damage;       ///< why the end is missing; empty where it is whole
  std::string unsupported;  ///< the packing that is not read; then there are no bytes
  bool is_too_large = false;
};

/// Servers say "chunked" or "gzip" of bytes that their crawler has long unpacked: what does not look packed is taken as
/// it stands.
HttpBody unpack_body(const HttpResponse& response, std::size_t bytes_max);

}  // namespace depesche::intake
