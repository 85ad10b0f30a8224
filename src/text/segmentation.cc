// ICU's break iterators step through a text character by character behind several calls each, and cost more than all else
// that is asked of a word. The rules of UAX #29 that they follow are few, though, and where words are parted by blanks
// they need no dictionary: a word is a run of letters and digits, with a mark inside it only between two letters
// ("l'eau") or two digits ("1.234,5").
//
//   Am 4. Dezember, l'eau 12,5%      Am| |4|.| |Dezember|,| |l'eau| |12,5|%
//
// So we cut by hand, by the same properties of characters, which ICU is asked for; a text that holds anything for which
// ICU has a dictionary (Thai, Han, kana …) or that only it should judge (flags, joined emoji) is cut by ICU, whole.
// The tests compare both ways on every sequence of the classes below.
//
// Sentences (rules SB1 to SB998): nothing but a terminator or the end of a paragraph can end one, so everything else is
// passed over.
#include "text/segmentation.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <memory>

#include "core/unicode.h"

namespace depesche::text {
namespace {

// -- words -------------------------------------------------------------------------------------------------------------

/// Word_Break of UAX #29, with ICU's amendments: @ is a letter, a colon is no mark inside words.
enum class WordClass : std::uint8_t {
  other,
  letter,
  hebrew,
  number,
  joiner,        ///< ExtendNumLet: the underscore and its like
  mid_letter,    ///< stands between letters
  mid_number,    ///< between digits
  mid_either,    ///< between either
  single_quote,  ///< between either, and at the end of a Hebrew word
  double_quote,  ///< between Hebrew letters
  space,
  extend,  ///< marks and formatting characters: belong to what stands before them
  carriage_return,
  line_feed,
  new_line,
  beyond,  ///< what ICU must judge
};

std::uint16_t ask_word_class(char32_t character) {
  const auto class_of = [](UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(c, &status);
    if (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA) return WordClass::beyond;
    if (script == USCRIPT_HANGUL || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)) return WordClass::beyond;
    if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT) return WordClass::beyond;
    if (c == '@') return WordClass::letter;
    if (c == ':' || c == 0xFE55 || c == 0xFF1A) return WordClass::other;
    switch (u_getIntPropertyValue(c, UCHAR_WORD_BREAK)) {
      case U_WB_ALETTER: return WordClass::letter;
      case U_WB_HEBREW_LETTER: return WordClass::hebrew;
      case U_WB_NUMERIC: return WordClass::number;
      case U_WB_EXTENDNUMLET: return WordClass::joiner;
      case U_WB_MIDLETTER: return WordClass::mid_letter;
      case U_WB_MIDNUM: return WordClass::mid_number;
      case U_WB_MIDNUMLET: return WordClass::mid_either;
      case U_WB_SINGLE_QUOTE: return WordClass::single_quote;
      case U_WB_DOUBLE_QUOTE: return WordClass::double_quote;
      case U_WB_WSEGSPACE: return WordClass::space;
      case U_WB_EXTEND:
      case U_WB_FORMAT: return WordClass::extend;
      case U_WB_CR: return WordClass::carriage_return;
      case U_WB_LF: return WordClass::line_feed;
      case U_WB_NEWLINE: return WordClass::new_line;
      case U_WB_OTHER: return WordClass::other;
      default: return WordClass::beyond;
    }
  };
  return static_cast<std::uint16_t>(class_of(static_cast<UChar32>(character)));
}

bool is_letter(WordClass kind) { return kind == WordClass::letter || kind == WordClass::hebrew; }

/// What a word is made of, marks inside it left aside.
bool is_of_words(WordClass kind) { return is_letter(kind) || kind == WordClass::number || kind == WordClass::joiner; }

/// Whether a mark stands inside a word or a number, given what stands at its sides.
bool is_inside(WordClass left, WordClass mark, WordClass right) {
  switch (mark) {
    case WordClass::mid_letter: return is_letter(left) && is_letter(right);
    case WordClass::mid_number: return left == WordClass::number && right == WordClass::number;
    case WordClass::mid_either:
    case WordClass::single_quote:
      return (is_letter(left) && is_letter(right)) || (left == WordClass::number && right == WordClass::number);
    case WordClass::double_quote: return left == WordClass::hebrew && right == WordClass::hebrew;
    default: return false;
  }
}

/// Cuts one text; stops at the first character that ICU must judge.
class WordCutter {
 public:
  WordCutter(std::string_view text, std::vector<Piece>& pieces) : text_(text), pieces_(pieces) { read(); }

  /// False where the text is ICU's.
  bool cut();

 private:
  /// Goes on to the next character.
  void read() {
    at_ = next_;
    if (at_ == text_.size()) {
      kind_ = WordClass::new_line;  // the end of the text parts as the end of a line does
      return;
    }
    const auto [c, next] = code_point_at(text_, at_);
    next_ = next;
    kind_ = static_cast<WordClass>(remembered<ask_word_class>(c));
    meets_beyond_ |= kind_ == WordClass::beyond;
  }
  /// Whether there was any.
  bool read_extends() {
    const auto begin = at_;
    while (kind_ == WordClass::extend) read();
    return at_ > begin;
  }
  PieceKind read_word();

  std::string_view text_;
  std::vector<Piece>& pieces_;
  std::uint32_t at_ = 0, next_ = 0;  ///< begin and end of the character at hand
  WordClass kind_ = WordClass::other;
  bool meets_beyond_ = false;
};

/// From its first character to behind its last, which decides what it is: "A4" is a number to ICU, "4A" a word.
PieceKind WordCutter::read_word() {
  auto last = kind_;
  read();
  bool is_extended = read_extends();
  // A joiner takes the kind of what it joins; alone it is a mark, and so ICU calls one with marks upon it.
  auto kind = last == WordClass::joiner   ? PieceKind::other
              : last == WordClass::number ? PieceKind::number
                                          : PieceKind::word;
  while (!meets_beyond_) {
    if (is_of_words(kind_)) {
      if (kind_ != WordClass::joiner) {
        kind = kind_ == WordClass::number ? PieceKind::number : PieceKind::word;
      } else if (last == WordClass::joiner) {
        kind = PieceKind::word;
      }
      last = kind_;
      read();
      is_extended = read_extends();
      if (is_extended && last == WordClass::joiner) kind = PieceKind::other;
      continue;
    }
    const auto mark_begin = at_, mark_end = next_;
    const auto mark_kind = kind_;
    if (mark_kind < WordClass::mid_letter || mark_kind > WordClass::double_quote) break;
    read();
    is_extended = read_extends();
    if (is_inside(last, mark_kind, kind_)) continue;
    if (last == WordClass::hebrew && mark_kind == WordClass::single_quote) {
      if (is_extended) kind = PieceKind::other;
      break;
    }
    at_ = mark_begin;
    next_ = mark_end;
    kind_ = mark_kind;
    break;
  }
  return kind;
}

bool WordCutter::cut() {
  pieces_.clear();
  while (at_ < text_.size()) {
    const auto begin = at_;
    auto kind = PieceKind::other;
    if (is_of_words(kind_)) {
      kind = read_word();
    } else if (kind_ == WordClass::space) {
      while (kind_ == WordClass::space) read();
      read_extends();
    } else if (kind_ == WordClass::carriage_return) {
      read();
      if (kind_ == WordClass::line_feed) read();
    } else if (kind_ == WordClass::line_feed || kind_ == WordClass::new_line) {
      read();
    } else {
      read();
      read_extends();
    }
    if (meets_beyond_) return false;
    pieces_.push_back({{begin, at_}, kind});
  }
  return true;
}

struct CloseUText {
  void operator()(UText* text) const { utext_close(text); }
};

// -- sentences ---------------------------------------------------------------------------------------------------------

using SentenceClass = USentenceBreak;

std::uint16_t ask_sentence_class(char32_t c) {
  return static_cast<std::uint16_t>(u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_SENTENCE_BREAK));
}

bool ends_paragraph(SentenceClass kind) { return kind == U_SB_SEP || kind == U_SB_CR || kind == U_SB_LF; }
bool is_terminator(SentenceClass kind) { return kind == U_SB_ATERM || kind == U_SB_STERM; }
bool has_case(SentenceClass kind) { return kind == U_SB_UPPER || kind == U_SB_LOWER; }

class SentenceCutter {
 public:
  explicit SentenceCutter(std::string_view text) : text_(text) {}

  /// Behind the sentence that begins at `begin`, which is in the text.
  std::uint32_t end_of_sentence(std::uint32_t begin) const;

 private:
  struct Character {
    SentenceClass kind;
    std::uint32_t next;
  };
  /// U_SB_COUNT stands for the end of the text.
  Character at(std::uint32_t offset) const {
    if (offset >= text_.size()) return {U_SB_COUNT, offset};
    const auto [c, next] = code_point_at(text_, offset);
    return {static_cast<SentenceClass>(remembered<ask_sentence_class>(c)), next};
  }
  /// Behind all characters of a kind, each with its marks.
  std::uint32_t behind(SentenceClass kind, std::uint32_t offset) const {
    for (auto c = at(offset); c.kind == kind; c = at(offset)) offset = behind_marks(c.next);
    return offset;
  }
  std::uint32_t behind_marks(std::uint32_t offset) const {
    for (auto c = at(offset); c.kind == U_SB_EXTEND || c.kind == U_SB_FORMAT; c = at(offset)) offset = c.next;
    return offset;
  }
  std::uint32_t behind_paragraph_end(std::uint32_t offset) const {
    const auto c = at(offset);
    if (!ends_paragraph(c.kind)) return offset;
    const auto following = at(c.next);
    return c.kind == U_SB_CR && following.kind == U_SB_LF ? following.next : c.next;
  }
  bool small_letter_follows(std::uint32_t offset) const;

  std::string_view text_;
};

/// Whether the next letter, before any other terminator, is a small one.
bool SentenceCutter::small_letter_follows(std::uint32_t offset) const {
  while (true) {
    const auto [kind, next] = at(offset);
    if (kind == U_SB_LOWER) return true;
    if (kind == U_SB_OLETTER || kind == U_SB_UPPER || ends_paragraph(kind) || is_terminator(kind) || kind == U_SB_COUNT)
      return false;
    offset = next;
  }
}

std::uint32_t SentenceCutter::end_of_sentence(std::uint32_t begin) const {
  auto before = U_SB_OTHER;
  for (auto offset = begin; offset < text_.size();) {
    const auto [kind, next] = at(offset);
    if (ends_paragraph(kind)) return behind_paragraph_end(offset);
    offset = next;
    if (!is_terminator(kind)) {
      if (kind != U_SB_EXTEND && kind != U_SB_FORMAT) before = kind;
      continue;
    }
    offset = behind_marks(offset);
    const auto following = at(offset).kind;
    const bool is_inside =
        kind == U_SB_ATERM && (following == U_SB_NUMERIC || (has_case(before) && following == U_SB_UPPER));
    before = kind;
    if (is_inside) continue;  // "3.5", "U.S"
    offset = behind(U_SB_SP, behind(U_SB_CLOSE, offset));
    if (kind == U_SB_ATERM && small_letter_follows(offset)) continue;  // "etc.) and"
    const auto continuing = at(offset).kind;
    if (continuing == U_SB_SCONTINUE || is_terminator(continuing)) continue;  // "Corp., which", "?!"
    return behind_paragraph_end(offset);
  }
  return static_cast<std::uint32_t>(text_.size());
}

}  // namespace

void cut_words(std::string_view text, std::vector<Piece>& pieces) {
  if (!WordCutter(text, pieces).cut()) cut_words_by_icu(text, pieces);
}

void cut_words_by_icu(std::string_view text, std::vector<Piece>& pieces) {
  UErrorCode status = U_ZERO_ERROR;
  thread_local const std::unique_ptr<icu::BreakIterator> iterator(
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  pieces.clear();
  const std::unique_ptr<UText, CloseUText> utext(
      utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
  iterator->setText(utext.get(), status);
  if (U_FAILURE(status)) return;
  auto begin = static_cast<std::uint32_t>(iterator->first());
  for (auto next = iterator->next(); next != icu::BreakIterator::DONE; next = iterator->next()) {
    const auto end = static_cast<std::uint32_t>(next);
    const auto rule = iterator->getRuleStatus();
    const auto kind = rule >= UBRK_WORD_NONE_LIMIT && rule < UBRK_WORD_NUMBER_LIMIT ? PieceKind::number
                      : rule == UBRK_WORD_NONE                                      ? PieceKind::other
                                                                                    : PieceKind::word;
    pieces.push_back({{begin, end}, kind});
    begin = end;
  }
}

void cut_sentences(std::string_view text, std::vector<Span>& pieces) {
  pieces.clear();
  const SentenceCutter cutter(text);
  for (std::uint32_t begin = 0; begin < text.size();) {
    const auto end = cutter.end_of_sentence(begin);
    pieces.push_back({begin, end});
    begin = end;
  }
}

}  // namespace depesche::text
