// What a page declares is often a lie: a server re-encodes it and leaves the meta element as it was. Bytes above 0x7F
// that form valid UTF-8 were meant as UTF-8, whatever is declared: German "fünf" in Latin-1 is not valid UTF-8, and the
// Latin-1 reading of UTF-8 "fünf" is "fÃ¼nf", which nobody writes. So UTF-8 is tried first and the declaration
// believed only where that fails. A few broken bytes in a text that is otherwise good UTF-8 (a line cut in the middle
// of a letter, two files glued together) are damage and stay visible as U+FFFD; a text in which broken sequences
// outnumber good ones is in another encoding. One case is lost: an all-Latin-1 text that holds a single accent and a
// text in plain ASCII with one stray byte look the same, and the first is far more common.
#include "intake/decode.h"

#include <uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "core/unicode.h"

namespace depesche::intake {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t sniffed_bytes = 64u << 10;
constexpr std::size_t declaration_bytes = 4096;  // browsers look at 1024; some heads begin with comments
constexpr std::size_t detected_bytes = 256u << 10;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
  return out;
}

/// Encodings as people name them and as ICU does, where a browser reads more into a name than it says: whoever writes
/// Latin-1 means Windows' superset of it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 22> meant_encodings = {{
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"latin-1", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ascii", "windows-1252"},
    {"ansi", "windows-1252"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"gb2312", "gb18030"},
    {"gb_2312-80", "gb18030"},
    {"gbk", "gb18030"},
    {"x-gbk", "gb18030"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"sjis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"euc-kr", "windows-949"},
    {"uhc", "windows-949"},
    {"ks_c_5601-1987", "windows-949"},
    {"big5", "big5-hkscs"},
}};

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(std::string_view label) {
  auto name = lower(label);
  for (const auto& [said, meant] : meant_encodings) {
    if (name == said) name = meant;
  }
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

bool is_wide(std::string_view charset) { return charset.starts_with("UTF-16") || charset.starts_with("UTF-32"); }

Decoded convert(std::string_view bytes, UConverter& converter) {
  Decoded out;
  UErrorCode status = U_ZERO_ERROR;
  out.charset = ucnv_getName(&converter, &status);
  std::array<UChar, 4096> wide;
  const char* from = bytes.data();
  const char* const end = from + bytes.size();
  out.text.reserve(bytes.size() + bytes.size() / 2);
  char16_t lead = 0;
  const auto put = [&](char32_t c) {
    std::array<char, 4> utf8;
    std::int32_t size = 0;
    if (c >= 0xD800 && c < 0xE000) c = 0xFFFD;
    U8_APPEND_UNSAFE(utf8.data(), size, static_cast<UChar32>(c));
    out.text.append(utf8.data(), static_cast<std::size_t>(size));
    out.broken += c == 0xFFFD;
  };
  do {
    status = U_ZERO_ERROR;
    UChar* to = wide.data();
    ucnv_toUnicode(&converter, &to, wide.data() + wide.size(), &from, end, nullptr, true, &status);
    for (const UChar* c = wide.data(); c < to; ++c) {
      if (U16_IS_LEAD(*c)) {
        if (lead) put(lead);
        lead = *c;
      } else if (U16_IS_TRAIL(*c) && lead) {
        put(static_cast<char32_t>(U16_GET_SUPPLEMENTARY(lead, *c)));
        lead = 0;
      } else {
        if (lead) put(lead);
        lead = 0;
        put(*c);
      }
    }
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (lead) put(lead);
  return out;
}

Decoded as_utf8(std::string_view bytes) {
  Decoded out{.text = {}, .charset = "UTF-8", .broken = 0};
  out.text = repair_utf8(bytes, out.broken);
  return out;
}

/// Sequences above ASCII that are good UTF-8, and bytes that are not.
struct Utf8Counts {
  std::size_t good = 0;
  std::size_t broken = 0;
};

Utf8Counts count_utf8(std::string_view bytes) {
  Utf8Counts counts;
  for (std::size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    UChar32 c = 0;
    U8_NEXT(bytes.data(), i, bytes.size(), c);
    ++(c < 0 ? counts.broken : counts.good);
  }
  return counts;
}

/// Which byte order bytes have that are mostly ASCII in UTF-16 without a mark: every other one of them is zero.
std::string_view unmarked_utf16(std::string_view head) {
  head = head.substr(0, sniffed_bytes);
  if (head.size() < 8 || head.find('\0') == std::string_view::npos) return {};
  std::array<std::size_t, 2> zeros{};
  const auto size = head.size() & ~std::size_t{1};
  for (std::size_t i = 0; i < size; ++i) zeros[i % 2] += head[i] == '\0';
  const auto pairs = size / 2;
  if (zeros[0] == 0 && zeros[1] > pairs / 2) return "UTF-16LE";
  if (zeros[1] == 0 && zeros[0] > pairs / 2) return "UTF-16BE";
  return {};
}

struct Mark {
  std::string_view bytes;
  std::string_view charset;
};

Mark byte_order_mark(std::string_view head) {
  static constexpr std::array<Mark, 5> marks = {{{"\xEF\xBB\xBF"sv, "UTF-8"},
                                                 {"\xFF\xFE\0\0"sv, "UTF-32LE"},
                                                 {"\0\0\xFE\xFF"sv, "UTF-32BE"},
                                                 {"\xFF\xFE"sv, "UTF-16LE"},
                                                 {"\xFE\xFF"sv, "UTF-16BE"}}};
  for (const auto& mark : marks) {
    if (head.starts_with(mark.bytes)) return mark;
  }
  return {};
}

/// The value of `name=` or `name =` behind `at`, with or without quotes.
std::string_view value_behind(std::string_view text, std::size_t at) {
  const auto skip_blanks = [&] {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) ++at;
  };
  skip_blanks();
  if (at >= text.size() || text[at] != '=') return {};
  ++at;
  skip_blanks();
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) ++at;
  return text.substr(at, text.substr(at).find_first_of("\"' \t\r\n;>/?"));
}

/// The charset that the head of a page declares: <meta charset=…>, <meta … content="…; charset=…">, <?xml encoding=…?>.
std::string declared_charset(std::string_view bytes) {
  const auto head = lower(bytes.substr(0, declaration_bytes));
  if (head.starts_with("<?xml")) {
    const auto at = head.find("encoding");
    if (at < head.find("?>")) {
      if (const auto value = value_behind(head, at + 8); !value.empty()) return std::string(value);
    }
  }
  for (auto at = head.find("<meta"); at != std::string::npos; at = head.find("<meta", at + 5)) {
    const auto element = std::string_view(head).substr(at, std::string_view(head).substr(at).find('>'));
    const auto charset = element.find("charset");
    if (charset == std::string_view::npos) continue;
    if (const auto value = value_behind(element, charset + 7); !value.empty()) return std::string(value);
  }
  return {};
}

std::string detected_charset(std::string_view bytes) {
  struct Close {
    void operator()(uchardet_t detector) const { uchardet_delete(detector); }
  };
  const std::unique_ptr<std::remove_pointer_t<uchardet_t>, Close> detector(uchardet_new());
  uchardet_handle_data(detector.get(), bytes.data(), std::min(bytes.size(), detected_bytes));
  uchardet_data_end(detector.get());
  return uchardet_get_charset(detector.get());
}

/// The ending of a file name, in small letters and without its dot. ".04-report" and ".2" are no endings.
std::string ending_of(std::string_view name) {
  const auto dot = name.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const auto ending = lower(name.substr(dot + 1));
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto is_fine = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  const bool is_ending = !ending.empty() && ending.size() <= 8 && std::all_of(ending.begin(), ending.end(), is_fine) &&
                         std::any_of(ending.begin(), ending.end(), is_letter);
  return is_ending ? ending : std::string();
}

std::string_view without_packing(std::string_view name) {
  for (const auto packing : {".gz"sv, ".zst"sv}) {
    if (name.size() > packing.size() && lower(name.substr(name.size() - packing.size())) == packing) {
      return name.substr(0, name.size() - packing.size());
    }
  }
  return name;
}

/// By the first element, behind comments and declarations. `start` is in small letters and begins with "<".
Format format_of_markup(std::string_view start) {
  const bool is_xml = start.starts_with("<?xml");
  for (std::size_t at = 0; at < start.size() && start[at] == '<';) {
    const auto rest = start.substr(at);
    if (rest.starts_with("<!doctype html")) return Format::html;
    const auto end = rest.starts_with("<!--") ? "-->"sv : ">"sv;
    if (!rest.starts_with("<!") && !rest.starts_with("<?")) {
      const auto name = rest.substr(1, rest.find_first_of(" \t\r\n>/", 1) - 1);
      for (const auto html :
           {"html"sv, "head"sv, "body"sv, "title"sv, "meta"sv, "article"sv, "div"sv, "p"sv, "h1"sv, "script"sv}) {
        if (name == html) return Format::html;
      }
      const bool is_feed = name == "rss" || name == "feed" || name == "rdf:rdf" || name == "newsml" || name == "nitf";
      return is_xml || is_feed ? Format::other : Format::text;
    }
    const auto closed = rest.find(end);
    if (closed == std::string_view::npos) break;
    at = std::min(start.find_first_not_of(" \t\r\n\f", at + closed + end.size()), start.size());
  }
  return is_xml ? Format::other : Format::text;
}

}  // namespace

std::string_view without_endings(std::string_view name) {
  name = without_packing(name);
  const auto ending = ending_of(name);
  if (!ending.empty()) name.remove_suffix(ending.size() + 1);
  return name;
}

Format format_of_name(std::string_view name) {
  const auto ending = ending_of(without_packing(name));
  if (ending.empty()) return Format::unknown;
  if (ending == "txt" || ending == "text") return Format::text;
  if (ending == "html" || ending == "htm" || ending == "xhtml") return Format::html;
  if (ending == "jsonl" || ending == "ndjson") return Format::json_lines;
  if (ending == "warc" || ending == "wet") return Format::warc;
  return Format::other;
}

bool is_warc(std::string_view head) {
  const auto is_digit = [&](std::size_t i) { return i < head.size() && head[i] >= '0' && head[i] <= '9'; };
  return head.starts_with("WARC/") && is_digit(5) && head.substr(6).starts_with('.') && is_digit(7);
}

Format format_of_bytes(std::string_view head) {
  head = head.substr(0, sniffed_bytes);
  if (is_warc(head)) return Format::warc;  // pictures may follow close behind
  if (head.starts_with("filedesc://")) return Format::arc;
  for (const auto magic : {"%PDF-"sv, "PK\x03\x04"sv, "\x89PNG"sv, "GIF8"sv, "\xFF\xD8\xFF"sv, "\x7f\x45LF"sv,
                           "SQLite format 3"sv, "\xD0\xCF\x11\xE0"sv, "BZh9"sv, "\xFD\x37zXZ"sv, "7z\xBC\xAF"sv}) {
    if (head.starts_with(magic)) return Format::binary;
  }
  const auto mark = byte_order_mark(head);
  std::string narrow;
  if (is_wide(mark.charset) || (mark.bytes.empty() && !unmarked_utf16(head).empty())) {
    narrow = decode(head, Format::text).text;
    head = narrow;
  } else {
    head.remove_prefix(mark.bytes.size());
  }
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1b' &&
           c != '\v';
  };
  const auto controls = static_cast<std::size_t>(std::count_if(head.begin(), head.end(), is_control));
  if (head.find('\0') != std::string_view::npos || controls * 10 > head.size()) return Format::binary;

  const auto first = head.find_first_not_of(" \t\r\n\f");
  if (first == std::string_view::npos) return Format::unknown;
  const auto start = lower(head.substr(first, 1024));
  if (start.starts_with("{\\rtf")) return Format::other;
  if (start[0] == '{' && start.find_first_not_of(" \t\r\n", 1) == start.find_first_of("\"}", 1))
    return Format::json_lines;
  if (start.starts_with("[{")) return Format::json_lines;
  return start[0] == '<' ? format_of_markup(start) : Format::text;
}

Decoded decode(std::string_view bytes, Format format, std::string_view charset) {
  if (const auto mark = byte_order_mark(bytes); !mark.bytes.empty()) {
    bytes.remove_prefix(mark.bytes.size());
    if (mark.charset == "UTF-8") return as_utf8(bytes);
    if (const auto converter = open_converter(mark.charset)) return convert(bytes, *converter);
  }
  if (const auto utf16 = unmarked_utf16(bytes); !utf16.empty()) {
    if (const auto converter = open_converter(utf16)) return convert(bytes, *converter);
  }
  const auto sent_as = lower(charset);
  const auto declared = format == Format::html ? declared_charset(bytes) : std::string();
  const auto utf8 = count_utf8(bytes);
  // ISO-2022-JP and HZ write all their letters in ASCII bytes; only there does a declaration speak against them.
  for (const auto& name : {sent_as, declared}) {
    const bool is_escaped = name.starts_with("iso-2022") || name.starts_with("hz-gb");
    if (!is_escaped || utf8.good > 0 || utf8.broken > 0) continue;
    if (const auto converter = open_converter(name)) return convert(bytes, *converter);
  }
  if (utf8.broken == 0) return {.text = std::string(bytes), .charset = "UTF-8", .broken = 0};
  if (utf8.broken <= utf8.good) return as_utf8(bytes);
  for (const auto& name : {sent_as, declared, lower(detected_charset(bytes))}) {
    if (name.empty() || name == "ascii" || name.starts_with("utf"))
      continue;  // were it so, it would have been seen above
    if (const auto converter = open_converter(name)) return convert(bytes, *converter);
  }
  const auto western = open_converter("windows-1252");
  return utf8.good == 0 && western ? convert(bytes, *western) : as_utf8(bytes);
}

}  // namespace depesche::intake
