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
/// Plain text, HTML and JSON Lines; files, folders and standard input; gzip and zstd are seen through by their first
/// bytes. Nothing that was read is dropped: what is no part of the article keeps its place with a role and a reason.
namespace depesche::intake {

/// Something named by the user, or found in a folder, that gave no article, or not all it should have.
struct Rejected {
  std::string source;  ///< path, with "#" and the byte offset of the record where it holds several
  Error error;
};

/// What was read of a pile.
struct Pile {
  std::vector<Article> articles;         ///< sorted by id; ids are unique
  std::vector<Rejected> rejected;        ///< sorted by source
  std::vector<std::string> passed_over;  ///< files of other kinds found in folders, sorted
};

struct Options {
  std::map<std::string, std::string>
      fields;  ///< JSON Lines: our name of a field → its name in the input ("text" → "body")
  std::size_t article_bytes_max = 32u << 20;  ///< a larger text, unpacked, is rejected
  unsigned threads = 1;
  std::function<void(std::size_t done, std::size_t total)> progress;
};

/// Reads files, folders (recursively) and "-". A link that leads back into a folder being read is not followed; a file
/// reached twice is read once. The same files give the same pile whatever their order.
Pile read(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const Options& options = {});

/// The articles of one source whose bytes are at hand: what `read` does for each file. `source` names it in messages,
/// `id` is the id of a single article, `rejected` receives what could not be read.
std::vector<Article> read_bytes(std::string_view bytes, const std::string& source, const std::string& id,
                                const knowledge::Knowledge& knowledge, const Options& options,
                                std::vector<Rejected>& rejected);

}  // namespace depesche::intake
