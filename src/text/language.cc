// CLD2 weighs a text in chunks of twenty runs of four letters and then asks what most of them say; it takes half of the
// time in which an article is annotated. So it is asked once for the whole article, with what it thinks of each stretch, and
// again only for blocks in which some stretch speaks against the whole. A block alone says less than the same block in its
// article: "Fundación Nacional de Ciencias" is Galician, a line of English provinces Hausa.
#include "text/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>
#include <cstdio>  // cld2's header uses FILE without including it

namespace depesche::text {
namespace {

Language language_of(CLD2::Language found) {
  if (found == CLD2::UNKNOWN_LANGUAGE || found == CLD2::TG_UNKNOWN_LANGUAGE) return {};
  const std::string_view code = CLD2::LanguageCode(found);
  // CLD2 keeps two codes that ISO 639-1 withdrew in 1989.
  if (code == "iw") return Language("he");
  if (code == "jw") return Language("jv");
  return language_of_tag(code);
}

/// Mock languages, and scripts that stand for a language.
bool is_no_language(CLD2::Language found) { return found >= CLD2::X_BORK_BORK_BORK; }

}  // namespace

DetectedLanguage detect_language(std::string_view text) {
  bool is_reliable = false;
  const auto found =
      CLD2::DetectLanguage(text.data(), static_cast<int>(text.size()), /*is_plain_text=*/true, &is_reliable);
  const auto language = language_of(found);
  return {language, is_reliable && language.is_known()};
}

bool DetectedLanguages::is_doubtful(Span part) const {
  const auto first =
      std::partition_point(doubtful.begin(), doubtful.end(), [&](Span stretch) { return stretch.end <= part.begin; });
  return first != doubtful.end() && first->overlaps(part);
}

DetectedLanguages detect_languages(std::string_view text) {
  const CLD2::CLDHints no_hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  CLD2::ResultChunkVector chunks;
  int letters = 0;
  bool is_reliable = false;
  const auto size = static_cast<int>(text.size());
  const auto found =
      CLD2::ExtDetectLanguageSummary(text.data(), size, /*is_plain_text=*/true, &no_hints, /*flags=*/0,
                                     languages.data(), percents.data(), scores.data(), &chunks, &letters, &is_reliable);
  DetectedLanguages out;
  // Asked without the stretches, CLD2 weighs a little otherwise and is now and then sure where it was not.
  if (!is_reliable || is_no_language(found)) {
    out.whole = detect_language(text);
    out.doubtful.push_back({0, static_cast<std::uint32_t>(text.size())});
    return out;
  }
  out.whole = {language_of(found), is_reliable};
  std::uint32_t end = 0;
  for (const auto& chunk : chunks) {
    const auto begin = static_cast<std::uint32_t>(chunk.offset);
    if (begin > end) out.doubtful.push_back({end, begin});
    end = begin + static_cast<std::uint32_t>(chunk.bytes);
    if (chunk.lang1 != found) out.doubtful.push_back({begin, end});
  }
  if (end < text.size()) out.doubtful.push_back({end, static_cast<std::uint32_t>(text.size())});
  return out;
}

std::string_view whole_characters(std::string_view piece) {
  const auto is_inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  while (!piece.empty() && is_inside(piece.front())) piece.remove_prefix(1);
  if (piece.empty()) return piece;
  auto last = piece.size() - 1;
  while (is_inside(piece[last])) --last;
  const auto first_byte = static_cast<unsigned char>(piece[last]);
  const std::size_t bytes = first_byte < 0x80 ? 1 : first_byte < 0xE0 ? 2 : first_byte < 0xF0 ? 3 : 4;
  return piece.size() - last < bytes ? piece.substr(0, last) : piece;
}

}  // namespace depesche::text
