#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "intake/decode.h"
#include "intake/intake.h"
#include "intake/machinery.h"

namespace depesche::intake {

/// What all readers of sources are given.
class Context {
 public:
  Context(const knowledge::Knowledge& knowledge, const Options& options) : knowledge(knowledge), options(options) {}

  /// Made when it is first asked for: texts that are taken as given need none.
  const Machinery& machinery() const {
    std::call_once(machinery_once_, [&] { machinery_ = Machinery::of(knowledge); });
    return *machinery_;
  }

  const knowledge::Knowledge& knowledge;
  const Options& options;

 private:
  mutable std::once_flag machinery_once_;
  mutable std::shared_ptr<const Machinery> machinery_;
};

/// Takes what one source gives, in its order.
struct Receiver {
  std::function<void(Article&&)> article;
  std::function<void(Rejected&&)> rejected;
  std::function<void(const RecordCounts&)> records_passed_over = {};  ///< of a whole source; may be empty
};

/// The most bytes that the text of an article may have, unpacked.
std::size_t text_bytes_max(const Options& options);

/// Parts the text of an article into lines, gives them roles and tells what is damaged. False where it holds no words.
bool finish_text(Article& article, std::size_t broken, const Context& context);

/// Reads the bytes of one page or plain text into `article`, whose id and source are set. `charset` is what was declared
/// in sending it. Returns why there is none, or nothing.
std::optional<Error> read_page(std::string bytes, Format format, std::string_view charset, const Context& context,
                               Article& article);

/// Tells at the end of an article why it is not whole.
void tell_cut(Article& article, const std::string& damage);

}  // namespace depesche::intake
