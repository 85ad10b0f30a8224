#include "facts/antecedents.h"

namespace depesche::facts {

void Antecedents::note(const Named& named) {
  named_.push_front(named);
  if (named_.size() > remembered_max) named_.pop_back();
}

std::optional<Antecedents::Named> Antecedents::meant_by(std::uint64_t agreement, std::size_t unit) const {
  for (const Named& named : named_) {
    if (unit - named.unit > units_back_max) return {};
    if (agreement == 0 || named.agreement == 0 || (named.agreement & agreement) != 0) return named;
  }
  return {};
}

}  // namespace depesche::facts
