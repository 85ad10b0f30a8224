// Segmentation runs block by block over the UTF-8 bytes themselves (ICU reads them through UText), so that every offset
// is an offset into the article as it was read.
//
// ICU ends a sentence at any full stop before a capital: right for "… Hama. Elle …", wrong for "M. Lavrov" and "am
// 4. Dezember". Two corrections, neither knowing a language: abbreviations come from the language packs, and a number
// of at most 31 before the name of a month is a day, whatever stands between them.
//
// ICU keeps "l'offensive" whole; the elided article would make every French noun a form of its own, so words are cut at
// apostrophes. "don't" becomes "don" and "t", which does no harm to matching.
#include "text/text.h"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>

#include "core/parallel.h"
#include "core/unicode.h"
#include "text/language.h"

namespace depesche::text {
namespace {

/// A block shorter than this says too little of its language: headlines made of names are called anything.
constexpr std::uint32_t block_language_bytes_min = 60;
constexpr double day_of_month_max = 31;
constexpr std::uint32_t multiplier_min = 1000;
constexpr std::uint32_t spelled_number_min = 2;

struct BreakIteratorDelete {
  void operator()(UText* text) const { utext_close(text); }
};

/// Break iterators and stemmers are costly to make and not to be shared: one set for each thread.
struct Tools {
  std::unique_ptr<icu::BreakIterator> words;
  std::unique_ptr<icu::BreakIterator> sentences;
  std::map<Language, std::unique_ptr<sb_stemmer, decltype(&sb_stemmer_delete)>> stemmers;

  Tools() {
    UErrorCode status = U_ZERO_ERROR;
    words.reset(icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
    sentences.reset(icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  }

  sb_stemmer* stemmer(Language language) {
    auto found = stemmers.find(language);
    if (found == stemmers.end()) {
      auto* made = language.is_known() ? sb_stemmer_new(language.code().c_str(), "UTF_8") : nullptr;
      found = stemmers.try_emplace(language, made, &sb_stemmer_delete).first;
    }
    return found->second.get();
  }
};

Tools& tools() {
  thread_local Tools made;
  return made;
}

/// The break positions of `words`, as byte offsets into it.
template <class Each>
void for_each_piece(icu::BreakIterator& iterator, std::string_view words, const Each& each) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UText, BreakIteratorDelete> utext(
      utext_openUTF8(nullptr, words.data(), static_cast<std::int64_t>(words.size()), &status));
  iterator.setText(utext.get(), status);
  if (U_FAILURE(status)) return;
  auto begin = static_cast<std::uint32_t>(iterator.first());
  for (auto next = iterator.next(); next != icu::BreakIterator::DONE; next = iterator.next()) {
    const auto end = static_cast<std::uint32_t>(next);
    each(Span{begin, end}, iterator.getRuleStatus());
    begin = end;
  }
}

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'\u2019' || c == U'\u02bc'; }

bool parts_words(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == U'('; }

/// What stands behind the last blank or bracket.
std::string_view last_word(std::string_view words) {
  std::uint32_t begin = 0;
  for (std::uint32_t i = 0; i < words.size();) {
    const auto [c, next] = code_point_at(words, i);
    i = next;
    if (parts_words(c)) begin = next;
  }
  return words.substr(begin);
}

/// The letters at the front.
std::string_view first_word(std::string_view words) {
  std::uint32_t end = 0;
  while (end < words.size()) {
    const auto [c, next] = code_point_at(words, end);
    if (!u_isalpha(static_cast<UChar32>(c))) break;
    end = next;
  }
  return words.substr(0, end);
}

class Annotator {
 public:
  Annotator(const Article& article, const knowledge::Knowledge& knowledge) : article_(article), knowledge_(knowledge) {}

  Text run() {
    detect_languages();
    for (BlockIndex i = 0; i < article_.blocks.size(); ++i) {
      if (article_.blocks[i].is_read()) annotate_block(i);
    }
    return std::move(text_);
  }

 private:
  void detect_languages() {
    std::string read;
    for (const Block& block : article_.blocks) {
      if (block.is_read()) read.append(article_.words_at(block.content())).append("\n");
    }
    const auto whole = detect_language(read);
    text_.language = whole.is_reliable                       ? whole.language
                     : article_.declared_language.is_known() ? article_.declared_language
                                                             : Language();
    text_.block_languages.reserve(article_.blocks.size());
    for (const Block& block : article_.blocks) {
      const auto content = article_.words_at(block.content());
      const auto own = content.size() < block_language_bytes_min ? DetectedLanguage{} : detect_language(content);
      text_.block_languages.push_back(own.is_reliable ? own.language : text_.language);
    }
  }

  void annotate_block(BlockIndex index) {
    const Span content = article_.blocks[index].content();
    const Language language = text_.block_languages[index];
    const auto first_token = text_.tokens.size();
    for_each_piece(*tools().words, article_.words_at(content), [&](Span piece, std::int32_t status) {
      add_token({content.begin + piece.begin, content.begin + piece.end}, status, language);
    });
    add_numbers(first_token, language);
    add_sentences(index, content, first_token, language);
  }

  void add_token(Span span, std::int32_t status, Language language) {
    if (status == UBRK_WORD_NONE) {
      if (trim(article_.words_at(span)).empty()) return;
      text_.tokens.push_back({.span = span, .kind = TokenKind::mark});
      return;
    }
    if (status >= UBRK_WORD_NUMBER && status < UBRK_WORD_NUMBER_LIMIT) {
      add_word(span, TokenKind::number, language);
      return;
    }
    const auto words = article_.words_at(span);
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i < words.size();) {
      const auto [c, next] = code_point_at(words, i);
      if (is_apostrophe(c)) {
        if (i > begin) add_word({span.begin + begin, span.begin + i}, TokenKind::word, language);
        begin = next;
      }
      i = next;
    }
    if (begin < words.size()) add_word({span.begin + begin, span.end}, TokenKind::word, language);
  }

  void add_word(Span span, TokenKind kind, Language language) {
    const auto words = article_.words_at(span);
    Token token{.span = span, .kind = kind};
    token.is_capitalised = u_isUUppercase(static_cast<UChar32>(code_point_at(words, 0).value));
    const auto folded = fold(words);
    token.form = token.stem = form_hash(folded.empty() ? words : folded);
    if (kind == TokenKind::word) {
      if (auto* stemmer = tools().stemmer(language)) {
        // Snowball wants lower case with its accents, which folding takes away.
        lowered_.clear();
        icu::UnicodeString::fromUTF8(icu::StringPiece(words.data(), static_cast<std::int32_t>(words.size())))
            .toLower(icu::Locale::getRoot())
            .toUTF8String(lowered_);
        const auto* stem = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(lowered_.data()),
                                           static_cast<int>(lowered_.size()));
        if (stem != nullptr) {
          const std::string_view stemmed(reinterpret_cast<const char*>(stem), sb_stemmer_length(stemmer));
          token.stem = form_hash(fold(stemmed));
        }
      }
    }
    text_.tokens.push_back(token);
  }

  // -- numbers ---------------------------------------------------------------------------------------------------

  void add_numbers(std::size_t first_token, Language language) {
    const auto format = knowledge_.number_format(language);
    const auto& tokens = text_.tokens;
    for (std::size_t i = first_token; i < tokens.size(); ++i) {
      if (tokens[i].kind == TokenKind::word) {
        const auto values =
            knowledge_.meanings(fold(article_.words_at(tokens[i].span)), knowledge::NameKind::number, language);
        // "un", "ein" and "una" are articles more often than numbers.
        if (!values.empty() && values[0] >= spelled_number_min) {
          text_.numbers.push_back({tokens[i].span, static_cast<double>(values[0]), static_cast<std::uint32_t>(i),
                                   static_cast<std::uint32_t>(i + 1)});
        }
        continue;
      }
      if (tokens[i].kind != TokenKind::number) continue;
      auto last = i + 1;
      while (last < tokens.size() && continues_group(tokens[last - 1], tokens[last], format, last - 1 == i)) ++last;
      const Span digits = hull(tokens[i].span, tokens[last - 1].span);
      if (const auto value = value_of(article_.words_at(digits), format)) {
        const auto multiplier = multiplier_at(last, language);
        if (multiplier) ++last;
        text_.numbers.push_back({hull(digits, tokens[last - 1].span), *value * multiplier.value_or(1),
                                 static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(last)});
      }
      i = last - 1;
    }
  }

  /// "1,2 Millionen": a number word of a thousand or more right behind the digits.
  std::optional<double> multiplier_at(std::size_t i, Language language) const {
    if (i >= text_.tokens.size() || text_.tokens[i].kind != TokenKind::word) return {};
    const auto values =
        knowledge_.meanings(fold(article_.words_at(text_.tokens[i].span)), knowledge::NameKind::number, language);
    if (values.empty() || values[0] < multiplier_min) return {};
    return values[0];
  }

  /// "12 500" is two tokens and one number where the language groups by a blank of the kind that stands there.
  bool continues_group(const Token& left, const Token& right, const knowledge::NumberFormat& format,
                       bool is_first) const {
    if (right.kind != TokenKind::number) return false;
    const auto left_words = article_.words_at(left.span);
    const auto right_words = article_.words_at(right.span);
    if (is_first ? left_words.size() > 3 : left_words.size() != 3) return false;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!std::all_of(left_words.begin(), left_words.end(), is_digit)) return false;
    if (right_words.size() < 3 || !std::all_of(right_words.begin(), right_words.begin() + 3, is_digit)) return false;
    if (right_words.size() > 3 && is_digit(right_words[3])) return false;
    const auto between = article_.words_at({left.span.end, right.span.begin});
    if (between.empty()) return false;
    const auto [c, next] = code_point_at(between, 0);
    return next == between.size() && format.group_marks.find(c) != std::u32string_view::npos;
  }

  /// Digits with the marks of the language. A group mark must part groups of three, or the number is not understood:
  /// "3.12" in German text is a date or a version, not 312.
  static std::optional<double> value_of(std::string_view words, const knowledge::NumberFormat& format) {
    double value = 0;
    double scale = 0;
    int group = 0;
    bool grouped = false;
    for (std::uint32_t i = 0; i < words.size();) {
      const auto [c, next] = code_point_at(words, i);
      i = next;
      if (const auto digit = u_charDigitValue(static_cast<UChar32>(c)); digit >= 0) {
        ++group;
        if (scale > 0) {
          value += digit * scale;
          scale /= 10;
        } else {
          value = value * 10 + digit;
        }
      } else if (scale == 0 && format.decimal_marks.find(c) != std::u32string_view::npos) {
        if (grouped && group != 3) return {};
        scale = 0.1;
      } else if (scale == 0 && format.group_marks.find(c) != std::u32string_view::npos) {
        if (group == 0 || group > 3 || (grouped && group != 3)) return {};
        grouped = true;
        group = 0;
      } else {
        return {};
      }
    }
    if (grouped && scale == 0 && group != 3) return {};
    return value;
  }

  // -- sentences -------------------------------------------------------------------------------------------------

  void add_sentences(BlockIndex block, Span content, std::size_t first_token, Language language) {
    std::vector<Span> pieces;
    for_each_piece(*tools().sentences, article_.words_at(content), [&](Span piece, std::int32_t) {
      pieces.push_back({content.begin + piece.begin, content.begin + piece.end});
    });
    auto token = static_cast<std::uint32_t>(first_token);
    std::optional<Span> open;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      open = open ? hull(*open, pieces[i]) : pieces[i];
      if (i + 1 < pieces.size() && goes_on(*open, pieces[i + 1], language)) continue;
      const auto words = trim(article_.words_at(*open));
      if (!words.empty()) {
        const auto begin = static_cast<std::uint32_t>(words.data() - article_.text.data());
        Sentence sentence{{begin, begin + static_cast<std::uint32_t>(words.size())}, block, token, token};
        while (sentence.last_token < text_.tokens.size() &&
               text_.tokens[sentence.last_token].span.begin < sentence.span.end) {
          ++sentence.last_token;
        }
        token = sentence.last_token;
        text_.sentences.push_back(sentence);
      }
      open.reset();
    }
  }

  /// Whether the full stop at the end of `left` ends no sentence.
  bool goes_on(Span left, Span right, Language language) {
    const auto words = trim(article_.words_at(left));
    if (words.empty() || words.back() != '.') return false;
    auto last = last_word(words);
    if (abbreviations(language).contains(std::string(last))) return true;
    last.remove_suffix(1);
    // An initial: "J. K. Schmidt".
    if (!last.empty() && count_code_points(last) == 1 &&
        u_isUUppercase(static_cast<UChar32>(code_point_at(last, 0).value))) {
      return true;
    }
    // A day before its month.
    if (last.empty() || last.size() > 2 ||
        !std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      return false;
    }
    if (std::stod(std::string(last)) > day_of_month_max) return false;
    const auto next = trim(article_.words_at(right));
    return !knowledge_.meanings(fold(first_word(next)), knowledge::NameKind::month, language).empty();
  }

  const std::unordered_set<std::string>& abbreviations(Language language) {
    const auto [entry, is_new] = abbreviations_.try_emplace(language);
    if (is_new) {
      for (const auto& rule : knowledge_.pack(language).section("abbreviations")) {
        for (auto& word : rule.words("words")) entry->second.insert(std::move(word));
      }
    }
    return entry->second;
  }

  const Article& article_;
  const knowledge::Knowledge& knowledge_;
  Text text_;
  std::map<Language, std::unordered_set<std::string>> abbreviations_;
  std::string lowered_;
};

}  // namespace

std::uint64_t form_hash(std::string_view folded) { return XXH3_64bits(folded.data(), folded.size()); }

Text annotate(const Article& article, const knowledge::Knowledge& knowledge) {
  return Annotator(article, knowledge).run();
}

std::vector<Text> annotate(std::span<const Article> articles, const knowledge::Knowledge& knowledge, unsigned threads) {
  std::vector<Text> texts(articles.size());
  for_each_index(articles.size(), threads, [&](std::size_t i) { texts[i] = annotate(articles[i], knowledge); });
  return texts;
}

}  // namespace depesche::text
