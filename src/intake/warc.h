#pragma once

#include <string>

#include "intake/source.h"
#include "intake/unpack.h"

namespace depesche::intake {

/// Reads a web archive (WARC 1.0, 1.1 and its drafts; ISO 28500), record by record: pages and plain texts that were
/// fetched with status 200 (`response`), put there as they are (`resource`), or made of a page (`conversion`, the WET
/// files of Common Crawl). An article is called `id`#offset, its url is the address that was fetched. Other records are
/// counted for `out.records_passed_over`; damaged ones are rejected as `source`#offset, and reading goes on at the next
/// record that can be told. `stream` holds the bytes of `unpacker` from their beginning.
void read_warc(ByteStream& stream, Unpacker& unpacker, const std::string& source, const std::string& id,
               const Context& context, unsigned threads, const Receiver& out);

}  // namespace depesche::intake
