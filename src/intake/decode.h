#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace depesche::intake {

/// What the bytes of a source are, by their ending or by themselves.
enum class Format : unsigned char {
  unknown,
  text,
  html,
  json_lines,
  binary,  ///< no text at all
  warc,    ///< a web archive
  arc,     ///< a web archive of the older kind, which is not read
  other,   ///< text of a kind that is not read: RTF, XML that is no page
};

/// By the ending of a file name, that of a packing (.gz, .zst) left aside; `unknown` for a name without an ending,
/// `other` for every ending that is not one of an article's.
Format format_of_name(std::string_view name);

/// A file name without the ending of its format and of its packing.
std::string_view without_endings(std::string_view name);

/// Whether a line begins that can only be the first of a WARC record: "WARC/1.0".
bool is_warc(std::string_view head);

/// By the first bytes; what shows no sign of another kind is text.
Format format_of_bytes(std::string_view head);

/// A text as it was meant, in UTF-8.
struct Decoded {
  std::string text;
  std::string charset;     ///< ICU's name of the encoding that it was read as
  std::size_t broken = 0;  ///< bytes that meant nothing in it; each is U+FFFD now
};

/// By byte order mark; else UTF-8 where the bytes bear it out, for no other encoding does so by chance; else what was
/// declared in sending it (`charset`); else what an HTML or XML head declares; else what the bytes look like.
Decoded decode(std::string_view bytes, Format format, std::string_view charset = {});

}  // namespace depesche::intake
