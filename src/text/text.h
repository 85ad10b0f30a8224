#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/article.h"
#include "knowledge/knowledge.h"

/// What are an article's words?
///
/// Language by CLD2, sentences and words by UAX #29 as ICU has it, stems by Snowball. Blocks that were set aside (repeats, boilerplate)
/// are not annotated; all offsets point into Article::text.
namespace depesche::text {

enum class TokenKind : std::uint8_t { word, number, mark };

/// A word, a number or a mark of punctuation. A word is cut at apostrophes ("d'Alep" is two) and hyphens.
struct Token {
  Span span;
  TokenKind kind = TokenKind::mark;
  bool is_capitalised = false;
  std::uint64_t form = 0;  ///< hash of the folded form (core/unicode.h); equal for "Etats" and "États"; 0 for marks
  std::uint64_t stem = 0;  ///< hash of the Snowball stem; of the folded form where the language has no stemmer
};

struct Sentence {
  Span span;
  BlockIndex block = 0;
  std::uint32_t first_token = 0;
  std::uint32_t last_token = 0;  ///< one behind
};

/// A number with its value in the notation of its language: "1.234,5" is 1234.5 in German, "vingt-sept" 27 in French.
struct Number {
  Span span;
  double value = 0;
  std::uint32_t first_token = 0;
  std::uint32_t last_token = 0;  ///< one behind; numbers grouped by blanks have several tokens
};

struct Text {
  Language language;                      ///< of the whole; `und` where the text gives no reliable answer
  std::vector<Language> block_languages;  ///< of each block; the whole's where a block is not read or too short to tell
  std::vector<Token> tokens;              ///< in the order of the text
  std::vector<Sentence> sentences;        ///< none spans two blocks
  std::vector<Number> numbers;

  std::span<const Token> tokens_of(const Sentence& sentence) const {
    return std::span(tokens).subspan(sentence.first_token, sentence.last_token - sentence.first_token);
  }
};

/// Whose language is asked for.
enum class Languages : std::uint8_t {
  of_blocks,   ///< of the article, and of each block that may be in another
  declared,    ///< what the source declares, whatever the text looks like: of three words no detector tells a language
  of_article,  ///< of the article alone; what its source declares is believed where both its ends agree. For crawls: to
               ///< tell languages takes half of the time of annotating
};

Text annotate(const Article& article, const knowledge::Knowledge& knowledge,
              Languages languages = Languages::of_blocks);

/// Texts beside their articles: the same length, the same order.
std::vector<Text> annotate(std::span<const Article> articles, const knowledge::Knowledge& knowledge,
                           unsigned threads = 1);

/// The hash that tokens of this folded form carry.
std::uint64_t form_hash(std::string_view folded);

}  // namespace depesche::text
