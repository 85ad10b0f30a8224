#include "intake/hash_table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <unordered_map>

namespace depesche::intake {
namespace {

RC_GTEST_PROP(HashTable, keeps_what_a_map_keeps, ()) {
  HashTable<int> table;
  for (const auto keys_max : {0, 100}) {  // the second time in used memory
    const auto keys = *rc::gen::resize(
        keys_max, rc::gen::container<std::vector<std::uint64_t>>(rc::gen::oneOf(
                      rc::gen::arbitrary<std::uint64_t>(), rc::gen::element<std::uint64_t>(0, 1, 256, 512, 1u << 20))));
    std::unordered_map<std::uint64_t, int> oracle;
    table.clear(keys.size());
    for (const auto key : keys) {
      const auto [value, is_new] = table.try_emplace(key);
      RC_ASSERT(is_new == !oracle.contains(key));
      RC_ASSERT(++value == ++oracle[key]);
    }
    RC_ASSERT(table.size() == oracle.size());
    for (std::uint64_t key = 0; key < 600; ++key) RC_ASSERT((table.find(key) != nullptr) == oracle.contains(key));
  }
}

}  // namespace
}  // namespace depesche::intake
