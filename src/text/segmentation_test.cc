#include "text/segmentation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>

#include <memory>
#include <string>

namespace depesche::text {
namespace {

/// Sentences by ICU: the slow way, whose rules ours are.
std::vector<Span> sentences_by_icu(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  static const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createSentenceInstance(icu::Locale::getRoot(), status));
  const auto close = [](UText* opened) { utext_close(opened); };
  const std::unique_ptr<UText, decltype(close)> utext(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status), close);
  iterator->setText(utext.get(), status);
  std::vector<Span> pieces;
  auto begin = static_cast<std::uint32_t>(iterator->first());
  for (auto next = iterator->next(); next != icu::BreakIterator::DONE; next = iterator->next()) {
    pieces.push_back({begin, static_cast<std::uint32_t>(next)});
    begin = static_cast<std::uint32_t>(next);
  }
  return pieces;
}

std::vector<Piece> words_by_hand(std::string_view text) {
  std::vector<Piece> pieces;
  cut_words(text, pieces);
  return pieces;
}

std::vector<Piece> words_by_icu(std::string_view text) {
  std::vector<Piece> pieces;
  cut_words_by_icu(text, pieces);
  return pieces;
}

std::vector<Span> sentences_by_hand(std::string_view text) {
  std::vector<Span> pieces;
  cut_sentences(text, pieces);
  return pieces;
}

std::string shown(std::string_view text) {
  std::string out;
  for (const auto piece : words_by_icu(text)) {
    out += std::to_string(piece.span.begin) + "-" + std::to_string(piece.span.end) + ":" +
           std::to_string(static_cast<int>(piece.kind)) + " ";
  }
  return out + "of " + ::testing::PrintToString(std::string(text));
}

/// Calls `each` with every sequence of `length` pieces.
template <class Each>
void for_each_sequence(const std::vector<std::string>& pieces, int length, const Each& each,
                       const std::string& begun = {}) {
  if (length == 0) return each(begun);
  for (const auto& piece : pieces) for_each_sequence(pieces, length - 1, each, begun + piece);
}

/// Strings of `alphabet` in random order.
rc::Gen<std::string> texts_of(std::vector<std::string> alphabet) {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(std::move(alphabet))),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const auto& piece : pieces) text += piece;
                        return text;
                      });
}

/// One of each class that words are told by, and what stands between two of them.
const std::vector<std::string> one_of_each_word_class = {"a",  "א", "1",      "_",  "·",  ",",      ".", "'",
                                                         "\"", " ", "\u0301", "\r", "\n", "\u2028", "!"};

TEST(Words, are_cut_as_by_icu_in_every_sequence_of_classes) {
  for (int length = 1; length <= 5; ++length) {
    for_each_sequence(one_of_each_word_class, length, [](const std::string& text) {
      ASSERT_EQ(words_by_hand(text), words_by_icu(text)) << shown(text);
    });
  }
}

TEST(Words, are_cut_as_by_icu_around_every_character) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c == 0xD800) c = 0xE000;
    if (c == 0x30000) c = 0xE0000;
    std::string one;
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(one);
    const auto text = std::string("a").append(one).append("b 1").append(one).append("2 ").append(one).append(one);
    ASSERT_EQ(words_by_hand(text), words_by_icu(text)) << std::hex << static_cast<std::uint32_t>(c) << shown(text);
  }
}

RC_GTEST_PROP(Words, are_cut_as_by_icu_in_any_text, ()) {
  auto alphabet = one_of_each_word_class;
  for (const auto* piece :
       {"É",  "ы", "@", ":", "-", "’", "\u00a0", "\u00ad", "\u200d", "🇫", "🇷", "👩", "東",     "か", "カ",
        "각", "ก", "ာ", "‿", "״", "׳", "٣",      "٫",      "क",      "ि", "€", "…",  "\u0085", "\t", "\u3000"})
    alphabet.emplace_back(piece);
  const auto text = *texts_of(std::move(alphabet));
  RC_ASSERT(words_by_hand(text) == words_by_icu(text));
}

/// One of each class that sentences are told by.
const std::vector<std::string> one_of_each_sentence_class = {"a", "A", "ا", "1",  ".",  "!",      ",",
                                                             ")", " ", "%", "\r", "\n", "\u2029", "\u0301"};

TEST(Sentences, are_cut_as_by_icu_in_every_sequence_of_classes) {
  for (int length = 1; length <= 5; ++length) {
    for_each_sequence(one_of_each_sentence_class, length, [](const std::string& text) {
      ASSERT_EQ(sentences_by_hand(text), sentences_by_icu(text)) << ::testing::PrintToString(text);
    });
  }
}

TEST(Sentences, are_cut_as_by_icu_around_every_character) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if (c == 0xD800) c = 0xE000;
    if (c == 0x30000) c = 0xE0000;
    std::string one;
    icu::UnicodeString(static_cast<UChar32>(c)).toUTF8String(one);
    const auto text = std::string("A.").append(one).append("b.").append(one).append(" B").append(one).append(" B");
    ASSERT_EQ(sentences_by_hand(text), sentences_by_icu(text)) << std::hex << static_cast<std::uint32_t>(c);
  }
}

RC_GTEST_PROP(Sentences, are_cut_as_by_icu_in_any_text, ()) {
  auto alphabet = one_of_each_sentence_class;
  for (const auto* piece : {"。", "…", "»", "\u00a0", "東", "؟", "\u0085", "\u200b", "-", ":", "\u00ad"})
    alphabet.emplace_back(piece);
  const auto text = *texts_of(std::move(alphabet));
  RC_ASSERT(sentences_by_hand(text) == sentences_by_icu(text));
}

}  // namespace
}  // namespace depesche::text
