#include "intake/look.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "core/unicode.h"

namespace depesche::intake {
namespace {

constexpr std::uint32_t credit_letters_max = 30;  ///< "(dpa)", "(AFP, Reuters)" behind a last full stop

bool is_question(UChar32 c) {
  return c == '?' || c == '!' || c == 0x61F || c == 0xFF1F || c == 0xFF01 || c == 0x203C || c == 0x2047 || c == 0x37E;
}

/// Sentence_Terminal of Unicode, and the ellipsis.
bool is_stop(UChar32 c) { return c == 0x2026 || u_hasBinaryProperty(c, UCHAR_S_TERM); }

bool is_closer(UChar32 c) {
  return c == '"' || c == '\'' || c == '*' ||
         (U_GET_GC_MASK(c) & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PI_MASK | U_GC_ZS_MASK | U_GC_CF_MASK)) != 0 ||
         c == 0x201E || u_isUWhiteSpace(c);
}

/// Counts sentence ends while a line is read. A stop ends a sentence where a blank or a quote follows it and then no
/// small letter: not in "10.000", "Spiegel.de", "4. Dezember" or "U.S. troops".
class SentenceCounter {
 public:
  void stop(UChar32 c) {
    if (c > 0x2FFF) {
      ++count_;
    } else {
      stopped_ = word_letters_ >= 2 || c == 0x2026 || is_question(c);
    }
    word_letters_ = 0;
  }
  void gap() {
    waits_ |= stopped_;
    stopped_ = false;
    word_letters_ = 0;
  }
  void word_character(std::uint32_t kind) {
    if (waits_) count_ += (kind & U_GC_LL_MASK) == 0;
    waits_ = stopped_ = false;
    word_letters_ += (kind & U_GC_L_MASK) != 0;
  }
  void bracket() {
    count_ += waits_ || stopped_;
    waits_ = stopped_ = false;
  }
  std::uint32_t at_end() const { return count_ + (stopped_ || waits_); }

 private:
  std::uint32_t count_ = 0;
  std::uint32_t word_letters_ = 0;
  bool stopped_ = false;
  bool waits_ = false;
};

}  // namespace

bool is_unspaced(char32_t c) {
  if (c < 0xE00) return false;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return c == 0x30FC;
  }
}

Look look_at(std::string_view line) {
  Look look;
  SentenceCounter sentences;
  std::uint32_t unspaced = 0;
  bool in_word = false;
  UChar32 last = 0;            // the last character that closes nothing
  UChar32 before_bracket = 0;  // what `last` was before the bracket that was opened last
  std::uint32_t in_bracket = 0;
  bool is_behind_bracket = false;  // nothing but closers since a short bracket ended
  for (std::uint32_t i = 0; i < line.size();) {
    const auto [point, next] = code_point_at(line, i);
    i = next;
    const auto c = static_cast<UChar32>(point);
    const auto kind = U_GET_GC_MASK(c);
    const bool is_letter = (kind & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
    const bool is_word = is_letter || (kind & U_GC_N_MASK) != 0;
    look.has_letters |= is_letter;
    ++in_bracket;
    if (is_word) {
      const bool stands_alone = is_unspaced(point);
      unspaced += stands_alone;
      look.words += !in_word && !stands_alone;
      sentences.word_character(kind);
      in_word = !stands_alone;
      is_behind_bracket = false;
      last = c;
      continue;
    }
    const bool joins_words = c == '\'' || c == 0x2019 || c == 0xAD;
    in_word = in_word && joins_words;
    if (c == '(' || c == '[' || c == 0xFF08) {
      before_bracket = last;
      sentences.bracket();
      in_bracket = 0;
    }
    if (is_stop(c)) {
      sentences.stop(c);
    } else if (is_closer(c)) {
      if (!joins_words) sentences.gap();
      if (c == ')' || c == ']' || c == 0xFF09) is_behind_bracket = in_bracket <= credit_letters_max;
      continue;
    }
    is_behind_bracket = false;
    last = c;
  }
  const auto end = is_behind_bracket && !is_stop(last) && before_bracket != 0 ? before_bracket : last;
  look.sentences = sentences.at_end();
  look.asks = is_question(end);
  look.ends_sentence = is_stop(end);
  look.is_open = end == ':' || end == ',' || end == ';' || end == 0xFF1A;
  look.words += (unspaced + 1) / 2;
  return look;
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  std::uint32_t begin = 0;
  const auto close = [&](std::uint32_t end) {
    if (end > begin) words.push_back(folded.substr(begin, end - begin));
  };
  for (std::uint32_t i = 0; i < folded.size();) {
    if (static_cast<unsigned char>(folded[i]) < 0x80) {
      if (folded[i] == ' ') {
        close(i);
        begin = i + 1;
      }
      ++i;
      continue;
    }
    const auto [c, next] = code_point_at(folded, i);
    if (is_unspaced(c)) {
      close(i);
      begin = i;
      close(next);
      begin = next;
    }
    i = next;
  }
  close(static_cast<std::uint32_t>(folded.size()));
  return words;
}

}  // namespace depesche::intake
