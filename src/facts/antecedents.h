#pragma once

#include <deque>
#include <optional>

#include "facts/parties.h"

namespace depesche::facts {

/// Who was named so far in an article, and may be meant by "she".
class Antecedents {
 public:
  struct Named {
    BlockIndex block = 0;
    std::size_t unit = 0;
    Span words;
    Span role;
    SpeakerKind kind = SpeakerKind::name;
    std::uint64_t agreement = 0;  ///< of SpeechFlag; 0 where nothing is known
  };

  void note(const Named& named);

  /// Whom a pronoun of this agreement means in unit `unit`: the last one named that agrees, if not too far before.
  /// Nothing where another who agrees as well opened the sentence before.
  std::optional<Named> meant_by(std::uint64_t agreement, std::size_t unit) const;

 private:
  static constexpr std::size_t remembered_max = 12;
  static constexpr std::size_t units_back_max = 4;  ///< farther back a pronoun rarely reaches

  std::deque<Named> named_;  ///< the last in front
};

}  // namespace depesche::facts
