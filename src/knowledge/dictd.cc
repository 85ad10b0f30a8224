// FreeDict has dictionaries of three makers, told apart by nothing but their looks.
//
//   Ding      Zuordnung /tsˈuː…/ <fem, n, sg>           the headword, its sound, its grammar
//              [math.] mapping <n>, map <n>             the translations; what else follows is indented deeper
//                Synonym: {Abbildung}
//   WikDict   Abwertung /ˈap…/ <n, fem>
//             1. dévaluation                            where the first line is numbered, numbered lines translate …
//             Verringerung des Wertes einer Währung     … and the others explain, in the language of the headword
//             Noorwegen //ˈnoːr…// <pn>
//             Норвегия                                  where it is not, it alone translates
//             1. een land in het noorden van Europa
//   classic   alcíone /ˌɑlsˈiʊnɨ/
//             halcyon, kingfisher
//
// So the first line behind the headword translates, and if it is numbered, all numbered ones do. Mueller's entries run on
// over lines: "1) советовать; to advise with smb. on smth. советоваться с кем-л. 2) консультировать". What is in Russian
// letters alone between two semicolons, commas or numbers is a translation; what has English in it is an example.
#include "knowledge/dictd.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <zlib.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "core/unicode.h"
#include "knowledge/lines.h"
#include "knowledge/sources.h"

namespace depesche::knowledge {
namespace {

constexpr std::size_t text_bytes_max = 512u << 20;

Result<std::string> inflated(const std::filesystem::path& file) {
  const std::unique_ptr<gzFile_s, decltype(&gzclose)> stream(gzopen(file.c_str(), "rb"), &gzclose);
  if (!stream) return fail(Fault::io, "cannot be read", file.string());
  std::string text;
  constexpr std::size_t piece = 1u << 20;
  for (;;) {
    const auto size = text.size();
    text.resize(size + piece);
    const int got = gzread(stream.get(), text.data() + size, piece);
    if (got < 0) return fail(Fault::bad_input, "is damaged", file.string());
    text.resize(size + static_cast<std::size_t>(got));
    if (got == 0) return text;
    if (text.size() > text_bytes_max)
      return fail(Fault::bad_input, "unpacks to more than a dictionary holds", file.string());
  }
}

/// Numbers of the index: digits A-Z a-z 0-9 + /, the most significant first.
std::optional<std::size_t> number_of(std::string_view digits) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::size_t number = 0;
  if (digits.empty() || digits.size() > 6) return {};
  for (const char c : digits) {
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) return {};
    number = number * 64 + value;
  }
  return number;
}

/// The headword of a line such as "Abwertung /ˈap…/ <n, fem>".
std::string_view headword_of(std::string_view line) {
  std::size_t end = line.size();
  for (const std::string_view mark : {" /", " <", " [", " ("}) end = std::min(end, line.find(mark));
  return trim(line.substr(0, end));
}

/// "1. ", "12) ".
bool drop_number(std::string_view& line) {
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits == 0 || digits > 2 || digits >= line.size() || (line[digits] != '.' && line[digits] != ')')) return false;
  line = trim(line.substr(digits + 1));
  return true;
}

/// The pieces of a line between commas and semicolons, without what stands in brackets of any kind.
void add_pieces(std::string_view line, std::vector<std::string_view>& pieces) {
  int depth = 0;
  std::size_t begin = 0;
  const auto add = [&](std::size_t end) {
    const auto piece = trim(line.substr(begin, end - begin));
    if (!piece.empty()) pieces.push_back(piece);
    begin = end + 1;
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '<' || c == '[' || c == '(' || c == '{') {
      if (depth++ == 0) add(i);
    } else if (c == '>' || c == ']' || c == ')' || c == '}') {
      if (depth > 0) --depth;
      begin = i + 1;
    } else if (depth == 0 && (c == ',' || c == ';' || c == '|' || c == ':' || c == '=')) {
      add(i);
    }
  }
  if (depth == 0) add(line.size());
}

UScriptCode script_of(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  return uscript_getScript(static_cast<UChar32>(c), &status);
}

}  // namespace

Result<DictdFile> read_dictd(const std::filesystem::path& index) {
  const auto places = TRY(read_file(index));
  auto packed = index;
  packed.replace_extension(".dict.dz");
  DictdFile file;
  file.text = TRY(inflated(packed));
  std::vector<std::pair<std::size_t, std::size_t>> extents;
  for (std::string_view rest = places; !rest.empty();) {
    const auto line = next_line(rest);
    const auto second = line.rfind('\t');
    const auto first = second == std::string_view::npos || second == 0 ? second : line.rfind('\t', second - 1);
    if (first == std::string_view::npos || line.starts_with("00database") || line.starts_with("00-database")) continue;
    const auto offset = number_of(line.substr(first + 1, second - first - 1));
    const auto size = number_of(line.substr(second + 1));
    if (!offset || !size || *offset > file.text.size() || *size > file.text.size() - *offset)
      return fail(Fault::bad_input, fmt::format("an entry lies outside the dictionary: \"{}\"", line.substr(0, first)),
                  index.string());
    extents.emplace_back(*offset, *size);
  }
  std::sort(extents.begin(), extents.end());
  extents.erase(std::unique(extents.begin(), extents.end()), extents.end());
  for (const auto& [offset, size] : extents) {
    const auto entry = std::string_view(file.text).substr(offset, size);
    if (is_valid_utf8(entry)) file.entries.push_back(entry);
  }
  return file;
}

DictionaryEntry parse_freedict(std::string_view entry) {
  DictionaryEntry out;
  out.headword = headword_of(next_line(entry));
  bool is_first = true;
  bool is_numbered = false;
  while (!entry.empty()) {
    const auto line = next_line(entry);
    auto words = trim(line);
    if (words.empty() || line.starts_with("  ") || words.starts_with('"') || words.starts_with("see:")) continue;
    const bool has_number = drop_number(words);
    if (is_first) {
      is_first = false;
      is_numbered = has_number;
    } else if (!is_numbered || !has_number) {
      continue;
    }
    add_pieces(words, out.translations);
  }
  // "цикламен 2." announces a gloss.
  for (auto& piece : out.translations) {
    while (!piece.empty() && (piece.back() == '.' || (piece.back() >= '0' && piece.back() <= '9')))
      piece.remove_suffix(1);
    piece = trim(piece);
  }
  std::erase_if(out.translations, [](std::string_view piece) { return piece.empty(); });
  return out;
}

DictionaryEntry parse_mueller(std::string_view entry) {
  DictionaryEntry out;
  out.headword = trim(next_line(entry));
  // A piece goes on over line breaks as long as it is Russian letters and blanks.
  constexpr auto none = std::string_view::npos;
  auto begin = none;
  int depth = 0;
  bool is_example = false;
  const auto end_piece = [&](std::size_t end) {
    if (begin != none && !is_example) {
      const auto piece = trim(entry.substr(begin, end - begin));
      if (!piece.empty()) out.translations.push_back(piece);
    }
    begin = none;
  };
  bool is_label = false;
  for (std::uint32_t i = 0; i < entry.size();) {
    const auto [c, next] = code_point_at(entry, i);
    const auto at = i;
    i = next;
    if (c == U'[' || c == U'(') {
      if (depth++ == 0) end_piece(at);
    } else if (c == U']' || c == U')') {
      if (depth > 0) --depth;
      // "1)" and "а)" begin a sense.
      begin = none;
      is_example = false;
    } else if (depth > 0) {
      continue;
    } else if (c == U'_') {
      end_piece(at);
      is_label = true;
    } else if (is_label) {
      is_label = u_isalpha(static_cast<UChar32>(c)) || c == U'-';
    } else if (script_of(c) == USCRIPT_LATIN) {
      begin = none;
      is_example = true;
    } else if (c == U';' || c == U',' || c == U':') {
      end_piece(at);
      if (c == U';') is_example = false;
    } else if (begin == none && script_of(c) == USCRIPT_CYRILLIC) {
      begin = at;
    } else if (c >= U'0' && c <= U'9') {
      end_piece(at);  // the next sense
    } else if (c == U'.') {
      begin = none;  // an abbreviation: "тж.", "кого-л."
    }
  }
  end_piece(entry.size());
  return out;
}

}  // namespace depesche::knowledge
