#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/article.h"
#include "knowledge/knowledge.h"
#include "text/text.h"

namespace depesche::lineage {

/// What a word does to the meaning of its sentence; several may hold.
enum Turn : std::uint16_t {
  turn_negation = 1,
  turn_near_negation = 2,  ///< may say what another language negates: "without"
  turn_hedge = 4,
  turn_near_hedge = 8,
  turn_first_person = 16,
  turn_third_person = 32,
  turn_companion = 64,     ///< stands before who takes part beside the doer: "with"
  turn_article = 128,      ///< nothing of its own
  turn_conjunction = 256,  ///< joins the members of a list
  turn_modal = 512,        ///< hedges in its own language; another language may do without
};

/// The words of a language that turn a meaning (drift.rules and words.rules of its pack).
class DriftWords {
 public:
  explicit DriftWords(const knowledge::Pack& pack);

  /// The turns of each token, beside them; those of a phrase stand on its first word.
  std::vector<std::uint16_t> turns(const Article& article, const text::Text& text) const;

 private:
  struct Phrase {
    std::vector<std::uint64_t> forms;
    std::string first_word;  ///< in small letters, with its marks: "könnte" is not "konnte"
    std::uint16_t turn = 0;
  };
  void mark_prefixes(const Article& article, const text::Text& text, std::vector<std::uint16_t>& turns) const;

  std::vector<std::string> prefixes_;  ///< of words that negate what the rest of them says
  std::unordered_map<std::uint64_t, std::vector<Phrase>> by_first_;  ///< by the form of the first word
};

}  // namespace depesche::lineage
