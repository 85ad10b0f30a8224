#include "intake/test_packing.h"
#include "intake/unpack.h"
#include "promises.h"

namespace {

using depesche::fuzz::demand;
using depesche::intake::testing::gzipped;
using depesche::intake::testing::zstd_packed;

struct Unpacked {
  std::string bytes;
  std::string damage;
};

Unpacked unpack(std::string_view bytes) {
  constexpr std::size_t bytes_max = 1u << 20;
  const auto packed = depesche::intake::memory_stream(bytes);
  depesche::intake::Unpacker unpacker(*packed);
  auto rest = depesche::intake::read_rest(unpacker, bytes_max);
  demand(rest.has_value(), "memory can be read");
  demand(rest->bytes.size() <= bytes_max, "unpacking is bounded");
  return {std::move(rest->bytes), unpacker.damage()};
}

}  // namespace

// Any bytes unpack to something bounded, twice alike; packed bytes come back; packed bytes cut short give their
// beginning.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto once = unpack(bytes), twice = unpack(bytes);
  demand(once.bytes == twice.bytes && once.damage == twice.damage, "the same bytes unpack alike");
  for (const auto& packed :
       {gzipped(bytes), zstd_packed(bytes), gzipped(bytes.substr(0, size / 2)) + gzipped(bytes.substr(size / 2))}) {
    const auto back = unpack(packed);
    demand(back.bytes == bytes && back.damage.empty(), "what was packed comes back");
    const auto cut = unpack(std::string_view(packed).substr(0, packed.size() - 1 - packed.size() / 4));
    demand(bytes.substr(0, cut.bytes.size()) == cut.bytes, "what is cut short gives its beginning");
    demand(!cut.damage.empty() || cut.bytes.size() < bytes.size() || size == 0 || packed.size() < 8,
           "what is missing is told");
  }
  depesche::fuzz::read_and_check(bytes, "fuzz.gz");
  return 0;
}
