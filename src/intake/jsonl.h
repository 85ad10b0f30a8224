#pragma once

#include <string>

#include "intake/source.h"
#include "intake/unpack.h"

namespace depesche::intake {

/// Reads JSON Lines, a batch at a time on `threads` threads. A record without an id of its own is called `id`#offset; a bad one is rejected
/// as `source`#offset, and the rest is read.
void read_json_lines(ByteStream& stream, const std::string& source, const std::string& id, const Context& context,
                     unsigned threads, const Receiver& out);

}  // namespace depesche::intake
