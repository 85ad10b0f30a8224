// Segmentation runs block by block over the UTF-8 bytes themselves, so that every offset is an offset into the article as it
// was read.
//
// UAX #29 ends a sentence at any full stop before a capital: right for "… Hama. Elle …", wrong for "M. Lavrov" and "am
// 4. Dezember". Two corrections, neither knowing a language: abbreviations come from the language packs, and a number
// of at most 31 before the name of a month is a day, whatever stands between them.
//
// It keeps "l'offensive" whole; the elided article would make every French noun a form of its own, so words are cut at
// apostrophes. "don't" becomes "don" and "t", which does no harm to matching.
#include "text/text.h"

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
#include "knowledge/stemmer.h"
#include "text/language.h"
#include "text/segmentation.h"
#include "text/word_memo.h"

namespace depesche::text {
namespace {

/// A block shorter than this says too little of its language: headlines made of names are called anything.
constexpr std::uint32_t block_language_bytes_min = 60;
/// So much of each end of an article tells whether it is in the language that its source declares.
constexpr std::size_t end_bytes = 300;
constexpr int day_of_month_max = 31;
constexpr std::size_t bytes_per_token = 6;  ///< about
constexpr std::uint32_t multiplier_min = 1000;
constexpr std::uint32_t spelled_number_min = 2;

/// What the words of one language are read with.
struct LanguageTools {
  std::uint64_t seed = 0;  ///< of the hashes by which words are remembered; far apart, or short words meet
  knowledge::Stemmer stemmer;
  knowledge::NumberFormat number_format;
  std::unordered_set<std::string> abbreviations;

  explicit LanguageTools(Language language) : stemmer(language) {}
};

/// Stemmers are costly to make and not to be shared, and buffers are used again: one set for each thread.
class Tools {
 public:
  LanguageTools& of(Language language, const knowledge::Knowledge& knowledge) {
    const auto [found, is_new] = languages_.try_emplace(language, language);
    if (is_new) {
      auto& made = found->second;
      made.seed = form_hash(language.code());
      made.number_format = knowledge.number_format(language);
      for (const auto& rule : knowledge.pack(language).section("abbreviations")) {
        for (auto& word : rule.words("words")) made.abbreviations.insert(std::move(word));
      }
    }
    return found->second;
  }

  WordMemo words;
  std::vector<Piece> word_pieces;
  std::vector<Span> sentence_pieces;
  std::vector<std::uint32_t> spelled_numbers;  ///< of the tokens of a block
  std::string folded;

  /// Those of this thread, for what is known now.
  static Tools& of_thread(const knowledge::Knowledge& knowledge) {
    thread_local std::pair<std::uint64_t, std::unique_ptr<Tools>> made;
    if (made.first != knowledge.serial()) made = {knowledge.serial(), std::make_unique<Tools>()};
    return *made.second;
  }

 private:
  std::map<Language, LanguageTools> languages_;
};

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'\u2019' || c == U'\u02bc'; }

bool parts_words(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) || c == U'('; }

/// What stands behind the last blank or bracket.
std::string_view last_word(std::string_view words) {
  auto begin = static_cast<std::int32_t>(words.size());
  while (begin > 0) {
    auto before = begin;
    UChar32 c = 0;
    U8_PREV(words.data(), 0, before, c);
    if (parts_words(static_cast<char32_t>(c))) break;
    begin = before;
  }
  return words.substr(static_cast<std::size_t>(begin));
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
  Annotator(const Article& article, const knowledge::Knowledge& knowledge, Languages languages)
      : article_(article), knowledge_(knowledge), languages_(languages), tools_(Tools::of_thread(knowledge)) {}

  Text run() {
    detect_languages();
    text_.tokens.reserve(article_.text.size() / bytes_per_token);
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
    const bool is_believed = languages_ == Languages::declared && article_.declared_language.is_known();
    if (is_believed || (languages_ == Languages::of_article && is_declared_truly(read))) {
      text_.language = article_.declared_language;
      text_.block_languages.assign(article_.blocks.size(), text_.language);
      return;
    }
    const auto found = text::detect_languages(read);
    text_.language = found.whole.is_reliable                 ? found.whole.language
                     : article_.declared_language.is_known() ? article_.declared_language
                                                             : Language();
    text_.block_languages.reserve(article_.blocks.size());
    std::uint32_t begin = 0;  // of the block in what was read
    for (const Block& block : article_.blocks) {
      const auto content = article_.words_at(block.content());
      DetectedLanguage own;
      if (block.is_read()) {
        const Span in_read{begin, begin + static_cast<std::uint32_t>(content.size())};
        if (content.size() >= block_language_bytes_min && found.is_doubtful(in_read)) own = detect_language(content);
        begin = in_read.end + 1;
      }
      text_.block_languages.push_back(own.is_reliable ? own.language : text_.language);
    }
  }

  /// Whether both ends of the text are surely in the language that its source declares.
  bool is_declared_truly(std::string_view read) const {
    if (!article_.declared_language.is_known() || read.size() < 2 * end_bytes) return false;
    const auto is_so = [&](std::string_view end) {
      const auto found = detect_language(end);
      return found.is_reliable && found.language == article_.declared_language;
    };
    return is_so(whole_characters(read.substr(0, end_bytes))) &&
           is_so(whole_characters(read.substr(read.size() - end_bytes)));
  }

  void annotate_block(BlockIndex index) {
    const Span content = article_.blocks[index].content();
    language_ = text_.block_languages[index];
    of_language_ = &tools_.of(language_, knowledge_);
    const auto first_token = text_.tokens.size();
    cut_words(article_.words_at(content), tools_.word_pieces);
    for (const auto& [span, kind] : tools_.word_pieces) {
      add_piece({content.begin + span.begin, content.begin + span.end}, kind);
    }
    add_forms(first_token);
    add_numbers(first_token);
    add_sentences(index, content, first_token);
  }

  void add_piece(Span span, PieceKind kind) {
    const auto words = article_.words_at(span);
    switch (kind) {
      case PieceKind::other:
        if (!trim(words).empty()) text_.tokens.push_back({.span = span, .kind = TokenKind::mark});
        return;
      case PieceKind::number: text_.tokens.push_back({.span = span, .kind = TokenKind::number}); return;
      case PieceKind::word: break;
    }
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i < words.size();) {
      const auto [c, next] = code_point_at(words, i);
      if (is_apostrophe(c)) {
        if (i > begin) add_word({span.begin + begin, span.begin + i});
        begin = next;
      }
      i = next;
    }
    if (begin < words.size()) add_word({span.begin + begin, span.end});
  }

  /// The hash of a word's print stands for its form until all words of the block are cut; meanwhile what is remembered of
  /// them comes out of memory.
  void add_word(Span span) {
    const auto words = article_.words_at(span);
    const auto hash = XXH3_64bits_withSeed(words.data(), words.size(), of_language_->seed);
    tools_.words.prefetch(hash);
    text_.tokens.push_back({.span = span, .kind = TokenKind::word, .form = hash});
  }

  void add_forms(std::size_t first_token) {
    auto& spelled_numbers = tools_.spelled_numbers;
    spelled_numbers.assign(text_.tokens.size() - first_token, 0);
    for (auto i = first_token; i < text_.tokens.size(); ++i) {
      Token& token = text_.tokens[i];
      if (token.kind == TokenKind::mark) continue;
      const auto words = article_.words_at(token.span);
      if (token.kind == TokenKind::number) {
        token.is_capitalised = is_capitalised(words);
        token.form = token.stem = form_of(words);
        continue;
      }
      const auto& forms = tools_.words.find(token.form, [&] { return forms_of(words); });
      token.is_capitalised = forms.is_capitalised;
      token.form = forms.form;
      token.stem = forms.stem;
      spelled_numbers[i - first_token] = forms.number;
    }
  }

  static bool is_capitalised(std::string_view words) {
    return u_isUUppercase(static_cast<UChar32>(code_point_at(words, 0).value)) != 0;
  }

  /// Leaves the folded words in tools_.folded.
  std::uint64_t form_of(std::string_view words) {
    fold(words, tools_.folded);
    return form_hash(tools_.folded.empty() ? words : tools_.folded);
  }

  WordForms forms_of(std::string_view word) {
    WordForms forms;
    forms.is_capitalised = is_capitalised(word);
    forms.form = forms.stem = form_of(word);
    if (const auto values = knowledge_.meanings(tools_.folded, knowledge::NameKind::number, language_); !values.empty())
      forms.number = values[0];
    if (of_language_->stemmer.is_there()) {
      of_language_->stemmer.stem(word, tools_.folded);
      forms.stem = form_hash(tools_.folded);
    }
    return forms;
  }

  // -- numbers ---------------------------------------------------------------------------------------------------

  void add_numbers(std::size_t first_token) {
    const auto& format = of_language_->number_format;
    const auto& tokens = text_.tokens;
    const auto spelled_at = [&](std::size_t i) { return tools_.spelled_numbers[i - first_token]; };
    for (std::size_t i = first_token; i < tokens.size(); ++i) {
      if (tokens[i].kind == TokenKind::word) {
        // "un", "ein" and "una" are articles more often than numbers.
        if (const auto value = spelled_at(i); value >= spelled_number_min) {
          text_.numbers.push_back({tokens[i].span, static_cast<double>(value), static_cast<std::uint32_t>(i),
                                   static_cast<std::uint32_t>(i + 1)});
        }
        continue;
      }
      if (tokens[i].kind != TokenKind::number) continue;
      auto last = i + 1;
      while (last < tokens.size() && continues_group(tokens[last - 1], tokens[last], format, last - 1 == i)) ++last;
      const Span digits = hull(tokens[i].span, tokens[last - 1].span);
      if (const auto value = value_of(article_.words_at(digits), format)) {
        // "1,2 Millionen": a number word of a thousand or more right behind the digits.
        double multiplier = 1;
        if (last < tokens.size() && spelled_at(last) >= multiplier_min) multiplier = spelled_at(last++);
        text_.numbers.push_back({hull(digits, tokens[last - 1].span), *value * multiplier,
                                 static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(last)});
      }
      i = last - 1;
    }
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

  void add_sentences(BlockIndex block, Span content, std::size_t first_token) {
    auto& pieces = tools_.sentence_pieces;
    cut_sentences(article_.words_at(content), pieces);
    for (auto& piece : pieces) piece = {content.begin + piece.begin, content.begin + piece.end};
    auto token = static_cast<std::uint32_t>(first_token);
    std::optional<Span> open;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      open = open ? hull(*open, pieces[i]) : pieces[i];
      if (i + 1 < pieces.size() && goes_on(*open, pieces[i + 1])) continue;
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
  bool goes_on(Span left, Span right) const {
    const auto words = trim(article_.words_at(left));
    if (words.empty() || words.back() != '.') return false;
    auto last = last_word(words);
    if (of_language_->abbreviations.contains(std::string(last))) return true;
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
    if (std::stoi(std::string(last)) > day_of_month_max) return false;
    const auto next = trim(article_.words_at(right));
    return !knowledge_.meanings(fold(first_word(next)), knowledge::NameKind::month, language_).empty();
  }

  const Article& article_;
  const knowledge::Knowledge& knowledge_;
  const Languages languages_;
  Tools& tools_;
  Text text_;
  Language language_;  ///< of the block at hand
  LanguageTools* of_language_ = nullptr;
};

}  // namespace

std::uint64_t form_hash(std::string_view folded) { return XXH3_64bits(folded.data(), folded.size()); }

Text annotate(const Article& article, const knowledge::Knowledge& knowledge, Languages languages) {
  return Annotator(article, knowledge, languages).run();
}

std::vector<Text> annotate(std::span<const Article> articles, const knowledge::Knowledge& knowledge, unsigned threads) {
  std::vector<Text> texts(articles.size());
  for_each_index(articles.size(), threads, [&](std::size_t i) { texts[i] = annotate(articles[i], knowledge); });
  return texts;
}

}  // namespace depesche::text
