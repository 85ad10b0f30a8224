#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/article.h"
#include "core/result.h"
#include "knowledge/knowledge.h"

/// What was printed, and what of it is the article?
///
///   path ──open──▶ bytes ──unpack──▶ bytes ──decode──▶ text ──read──▶ lines or elements ──assign_roles──▶ Article
///
/// Plain text, HTML, JSON Lines and web archives (WARC); files, folders and standard input; gzip and zstd are seen
/// through by their first bytes. Nothing that was read is dropped: what is no part of the article keeps its place with a
/// role and a reason.
namespace depesche::intake {

/// Something named by the user, or found in a folder, that gave no article, or not all it should have.
struct Rejected {
  std::string source;  ///< path, with "#" and the byte offset of the record where it holds several
  Error error;
};

/// Records of web archives that hold no article, counted by what they are: "of type request", "status 404",
/// "image/png".
using RecordCounts = std::map<std::string, std::size_t>;

/// What was read of a pile.
struct Pile {
  std::vector<Article> articles;         ///< sorted by id; ids are unique
  std::vector<Rejected> rejected;        ///< sorted by source
  std::vector<std::string> passed_over;  ///< files of other kinds found in folders, sorted
  RecordCounts records_passed_over;
};

/// What was read of a pile whose articles were handed on one by one.
struct Leftovers {
  std::vector<Rejected> rejected;        ///< sorted by source
  std::vector<std::string> passed_over;  ///< files of other kinds found in folders, sorted
  RecordCounts records_passed_over;
};

/// How far the reading is.
struct Progress {
  std::size_t files_done = 0;
  std::size_t files_total = 0;
  std::uint64_t bytes_done = 0;   ///< as they lie on the disk: packed files count packed
  std::uint64_t bytes_total = 0;  ///< 0 where it is not known, because standard input or a pipe is read
  std::size_t articles = 0;       ///< handed on
};

struct Options {
  std::map<std::string, std::string>
      fields;  ///< JSON Lines: our name of a field → its name in the input ("text" → "body")
  std::size_t article_bytes_max = 32u << 20;  ///< a larger text, unpacked, is rejected
  unsigned threads = 1;
  /// For those who compare texts as they were given: records of JSON Lines and plain texts keep the fields they come
  /// with and their whole text, and nothing is made of it: no blocks, no roles, no repairs told, nothing set aside, no
  /// title, author or date found in the text. HTML is read as always, for a page has no text until it is read.
  bool as_given = false;
  /// Called after each file and each megabyte or so, from one thread at a time.
  std::function<void(const Progress&)> progress;
};

/// Reads files, folders (recursively) and "-". A link that leads back into a folder being read is not followed; a file
/// reached twice is read once. The same files give the same pile whatever their order.
Pile read(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const Options& options = {});

/// Hands on each article as soon as it is read and forgets it, so that a crawl larger than memory can be read: at most
/// some tens of megabytes of articles are held at any time. They come in one order for any number of threads and any
/// order of `paths`: sources as sorted by name, records as they stand in their source. `each` is called from one thread
/// at a time, not always the caller's. Ids are as the sources give them; two articles may have the same.
Leftovers read_each(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const Options& options,
                    const std::function<void(Article&&)>& each);

/// What tells articles apart whose ids are equal.
struct Identity {
  std::string id;
  std::string source;
  std::uint64_t text_hash = 0;
};

Identity identity_of(const Article& article);

/// Makes ids unique: where two are equal, each gets a hash of its text, and where that is the same, too, a number in the
/// order of their sources. Returns the positions in the order of the new ids.
std::vector<std::size_t> tell_apart(std::span<Identity> identities);

/// The articles of one source whose bytes are at hand: what `read` does for each file. `source` names it in messages,
/// `id` is the id of a single article, `rejected` receives what could not be read.
std::vector<Article> read_bytes(std::string_view bytes, const std::string& source, const std::string& id,
                                const knowledge::Knowledge& knowledge, const Options& options,
                                std::vector<Rejected>& rejected);

}  // namespace depesche::intake
