#include <fmt/format.h>

#include "intake/test_packing.h"
#include "promises.h"

using depesche::fuzz::demand;
using depesche::fuzz::read_and_check;

// Any bytes are read as an archive without harm, and a sound record is read whatever stands behind it, packed or not.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  read_and_check(bytes, "fuzz.warc");
  const std::string_view page =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry ran aground on a sandbank.";
  const auto sound =
      fmt::format("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n", page.size(), page);
  for (const auto& before : {sound, depesche::intake::testing::gzipped(sound)}) {
    const auto articles = read_and_check(before + std::string(bytes), "fuzz.warc");
    demand(!articles.empty() && articles[0].id == "id#0" && articles[0].text.starts_with("The ferry"),
           "a sound record is read whatever stands behind it");
  }
  return 0;
}
