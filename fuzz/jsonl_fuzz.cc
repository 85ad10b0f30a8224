#include "promises.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  depesche::fuzz::read_and_check({reinterpret_cast<const char*>(data), size}, "fuzz.jsonl");
  return 0;
}
