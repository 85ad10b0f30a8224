#include "intake/look.h"

#include <unicode/uchar.h>

#include "core/unicode.h"

namespace depesche::intake {
namespace {

constexpr std::uint32_t credit_letters_max = 30;  ///< "(dpa)", "(AFP, Reuters)" behind a last full stop

bool is_question(char32_t c) {
  return c == '?' || c == '!' || c == 0x61F || c == 0xFF1F || c == 0xFF01 || c == 0x203C || c == 0x2047 || c == 0x37E;
}

/// What is asked of each character, one bit each.
enum Trait : std::uint16_t {
  is_letter = 1,  ///< or a mark upon one
  is_number = 2,
  is_small = 4,
  is_unmarked_letter = 8,
  stands_alone = 16,  ///< of a script without blanks
  is_stop = 32,       ///< Sentence_Terminal of Unicode, and the ellipsis
  is_closer = 64,
};

std::uint16_t ask_traits(char32_t character) {
  const auto c = static_cast<UChar32>(character);
  const auto kind = U_GET_GC_MASK(c);
  const bool closes = c == '"' || c == '\'' || c == '*' || c == 0x201E || u_isUWhiteSpace(c) ||
                      (kind & (U_GC_PE_MASK | U_GC_PF_MASK | U_GC_PI_MASK | U_GC_ZS_MASK | U_GC_CF_MASK)) != 0;
  const bool stops = c == 0x2026 || u_hasBinaryProperty(c, UCHAR_S_TERM);
  int traits = 0;
  if (kind & (U_GC_L_MASK | U_GC_M_MASK)) traits |= is_letter;
  if (kind & U_GC_N_MASK) traits |= is_number;
  if (kind & U_GC_LL_MASK) traits |= is_small;
  if (kind & U_GC_L_MASK) traits |= is_unmarked_letter;
  if (is_unspaced(character)) traits |= stands_alone;
  if (stops) traits |= is_stop;
  if (closes) traits |= is_closer;
  return static_cast<std::uint16_t>(traits);
}

/// Counts sentence ends while a line is read. A stop ends a sentence where a blank or a quote follows it and then no
/// small letter: not in "10.000", "Spiegel.de", "4. Dezember" or "U.S. troops".
class SentenceCounter {
 public:
  void stop(char32_t c) {
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
  void word_character(std::uint16_t traits) {
    if (waits_) count_ += (traits & is_small) == 0;
    waits_ = stopped_ = false;
    word_letters_ += (traits & is_unmarked_letter) != 0;
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

Look look_at(std::string_view line) {
  Look look;
  SentenceCounter sentences;
  std::uint32_t unspaced = 0;
  bool in_word = false;
  char32_t last = 0;            // the last character that closes nothing
  char32_t before_bracket = 0;  // what `last` was before the bracket that was opened last
  std::uint32_t in_bracket = 0;
  bool is_behind_bracket = false;  // nothing but closers since a short bracket ended
  const auto traits_of = [](char32_t c) { return remembered<ask_traits>(c); };
  for (std::uint32_t i = 0; i < line.size();) {
    const auto [c, next] = code_point_at(line, i);
    i = next;
    const auto traits = traits_of(c);
    look.has_letters |= (traits & is_letter) != 0;
    ++in_bracket;
    if (traits & (is_letter | is_number)) {
      const bool is_alone = (traits & stands_alone) != 0;
      unspaced += is_alone;
      look.words += !in_word && !is_alone;
      sentences.word_character(traits);
      in_word = !is_alone;
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
    if (traits & is_stop) {
      sentences.stop(c);
    } else if (traits & is_closer) {
      if (!joins_words) sentences.gap();
      if (c == ')' || c == ']' || c == 0xFF09) is_behind_bracket = in_bracket <= credit_letters_max;
      continue;
    }
    is_behind_bracket = false;
    last = c;
  }
  const auto stops = [&](char32_t c) { return (traits_of(c) & is_stop) != 0; };
  const auto end = is_behind_bracket && !stops(last) && before_bracket != 0 ? before_bracket : last;
  look.sentences = sentences.at_end();
  look.asks = is_question(end);
  look.ends_sentence = stops(end);
  look.is_open = end == ':' || end == ',' || end == ';' || end == 0xFF1A;
  look.words += (unspaced + 1) / 2;
  return look;
}

void words_of(std::string_view folded, std::vector<std::string_view>& words) {
  words.clear();
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
}

std::size_t words_max(std::string_view folded) {
  // Letters of scripts without blanks are three bytes and more, which begin so.
  constexpr unsigned char unspaced_min = 0xE0;
  std::size_t blanks = 0, unspaced = 0;
  for (const char c : folded) {
    blanks += c == ' ';
    unspaced += static_cast<unsigned char>(c) >= unspaced_min;
  }
  return blanks + 1 + 2 * unspaced;
}

}  // namespace depesche::intake
