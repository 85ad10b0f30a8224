// The same files shall give the same ids whatever the order of the arguments, links and all. So the arguments are
// sorted, real files and folders are walked first, and links only then, again in order: a folder reached both ways
// keeps its real path. Device and inode say whether something was seen before. A link to a folder that holds the link
// would lead in circles: it is told. A link to what was walked already is no mistake and passes in silence.
#include "intake/walk.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "core/names.h"
#include "core/unicode.h"
#include "intake/decode.h"
#include "intake/unpack.h"

namespace depesche::intake {
namespace {

namespace fs = std::filesystem;

using Identity = std::pair<std::uint64_t, std::uint64_t>;  // device, inode

Identity identity_of(const struct stat& status) { return {status.st_dev, status.st_ino}; }

std::string shown(const fs::path& path) {
  std::size_t broken = 0;
  return repair_utf8(path.generic_string(), broken);
}

/// Whether a file without an ending holds text.
bool looks_like_text(const fs::path& file) {
  auto stream = file_stream(file);
  if (!stream.has_value()) return true;  // it will be rejected with its reason
  Unpacker unpacked(**stream);
  std::string head(4096, '\0');
  const auto got = unpacked.read(head);
  if (!got.has_value()) return true;
  head.resize(*got);
  const auto format = format_of_bytes(head);
  return format == Format::text || format == Format::html || format == Format::json_lines || format == Format::warc;
}

class Walker {
 public:
  Walk walk(std::span<const std::string> paths);

 private:
  struct Folder {
    fs::path path;
    fs::path below;  ///< the path of the argument
    Identity identity;
    int parent = -1;  ///< in folders_
    std::size_t argument = 0;
  };
  struct Link {
    fs::path path;
    int folder = -1;  ///< the one it lies in
  };

  void reject(const fs::path& path, Fault fault, std::string message) {
    out_.rejected.push_back({shown(path), {fault, std::move(message), shown(path)}});
  }
  void take_argument(const std::string& argument);
  void take_file(const fs::path& path, const struct stat& status, int folder, std::size_t argument);
  void open_folders();
  void list(int at);
  void follow(const Link& link);
  bool leads_back(Identity identity, int folder) const;

  Walk out_;
  bool is_one_of_many_ = false;  ///< whether several arguments were given
  std::vector<Folder> folders_;
  std::vector<int> unread_;  ///< folders still to be listed
  std::vector<Link> links_;
  std::vector<fs::path> arguments_;          ///< that are folders
  std::vector<std::size_t> articles_below_;  ///< of each of these
  std::vector<std::size_t> passed_below_;
  std::set<Identity> seen_;
};

void Walker::take_file(const fs::path& path, const struct stat& status, int folder, std::size_t argument) {
  // Decisions about the pile lie beside it and are named with it by "folder/*"; they are neither articles nor strangers.
  if (path.filename() == decisions_file_name) {
    if (folder < 0 && !is_one_of_many_)
      reject(path, Fault::unsupported, "holds decisions about articles and none itself");
    return;
  }
  const auto format = format_of_name(path.filename().string());
  const bool is_regular = S_ISREG(status.st_mode);
  const bool is_taken = folder < 0 || (is_regular && !path.filename().string().starts_with('.') &&
                                       format != Format::other && (format != Format::unknown || looks_like_text(path)));
  if (is_regular && is_taken && !seen_.insert(identity_of(status)).second) {
    if (folder >= 0) ++articles_below_[argument];  // read under another name, but it is there
    return;
  }
  if (!is_taken) {
    ++passed_below_[argument];
    out_.passed_over.push_back(shown(path));
    return;
  }
  const auto relative =
      folder < 0 ? path.filename() : path.lexically_relative(folders_[static_cast<std::size_t>(folder)].below);
  const auto below = shown(relative.parent_path());
  const auto name = shown(relative.filename());
  auto id = (below.empty() ? "" : below + "/") + std::string(without_endings(name));
  const auto bytes = is_regular ? static_cast<std::uint64_t>(status.st_size) : 0;
  out_.files.push_back({path, shown(path), std::move(id), folder < 0, is_regular, bytes});
  if (folder >= 0) ++articles_below_[argument];
}

void Walker::take_argument(const std::string& argument) {
  const fs::path path(argument);
  struct stat status{};
  if (stat(path.c_str(), &status) != 0) {
    const bool is_missing = errno == ENOENT || errno == ENOTDIR;
    struct stat link{};
    if (is_missing && lstat(path.c_str(), &link) == 0) {
      reject(path, Fault::not_found, "a link to what does not exist");
    } else if (is_missing) {
      reject(path, Fault::not_found, "no such file or folder");
    } else {
      reject(path, Fault::io,
             errno == ELOOP ? "a link that leads in circles" : std::string("cannot be read: ") + std::strerror(errno));
    }
    return;
  }
  if (!S_ISDIR(status.st_mode)) {
    take_file(path, status, -1, 0);
    return;
  }
  if (!seen_.insert(identity_of(status)).second) return;
  arguments_.push_back(path);
  articles_below_.push_back(0);
  passed_below_.push_back(0);
  folders_.push_back({path, path, identity_of(status), -1, arguments_.size() - 1});
  unread_.push_back(static_cast<int>(folders_.size()) - 1);
}

void Walker::list(int at) {
  const Folder folder = folders_[static_cast<std::size_t>(at)];
  std::error_code error;
  std::vector<fs::path> entries;
  fs::directory_iterator entry(folder.path, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) entries.push_back(entry->path());
  if (error) reject(folder.path, Fault::io, "cannot be read: " + error.message());
  std::sort(entries.begin(), entries.end());
  std::vector<int> inner;
  for (const auto& path : entries) {
    struct stat status{};
    if (lstat(path.c_str(), &status) != 0) {
      reject(path, Fault::io, std::string("cannot be read: ") + std::strerror(errno));
    } else if (S_ISLNK(status.st_mode)) {
      links_.push_back({path, at});
    } else if (!S_ISDIR(status.st_mode)) {
      take_file(path, status, at, folder.argument);
    } else if (path.filename().string().starts_with('.')) {
      ++passed_below_[folder.argument];
      out_.passed_over.push_back(shown(path));
    } else if (seen_.insert(identity_of(status)).second) {
      folders_.push_back({path, folder.below, identity_of(status), at, folder.argument});
      inner.push_back(static_cast<int>(folders_.size()) - 1);
    }
  }
  unread_.insert(unread_.end(), inner.rbegin(), inner.rend());
}

void Walker::open_folders() {
  while (!unread_.empty()) {
    const int folder = unread_.back();
    unread_.pop_back();
    list(folder);
  }
}

bool Walker::leads_back(Identity identity, int folder) const {
  for (; folder >= 0; folder = folders_[static_cast<std::size_t>(folder)].parent) {
    if (folders_[static_cast<std::size_t>(folder)].identity == identity) return true;
  }
  return false;
}

void Walker::follow(const Link& link) {
  const Folder folder = folders_[static_cast<std::size_t>(link.folder)];
  struct stat status{};
  if (stat(link.path.c_str(), &status) != 0) {
    reject(link.path, errno == ENOENT ? Fault::not_found : Fault::io,
           errno == ELOOP ? "a link that leads in circles" : "a link to what cannot be read");
    return;
  }
  if (!S_ISDIR(status.st_mode)) {
    take_file(link.path, status, link.folder, folder.argument);
    return;
  }
  if (leads_back(identity_of(status), link.folder)) {
    reject(link.path, Fault::bad_input, "a link that leads back into a folder that holds it; not followed");
    return;
  }
  if (!seen_.insert(identity_of(status)).second) return;
  folders_.push_back({link.path, folder.below, identity_of(status), link.folder, folder.argument});
  unread_.push_back(static_cast<int>(folders_.size()) - 1);
  open_folders();
}

Walk Walker::walk(std::span<const std::string> paths) {
  const std::set<std::string> arguments(paths.begin(), paths.end());
  is_one_of_many_ = arguments.size() > 1;
  for (const auto& argument : arguments) {
    if (argument == "-") {
      out_.files.push_back({{}, "-", "stdin", true, false, 0});
      continue;
    }
    take_argument(argument);
    open_folders();
  }
  // Following a link can find more links.
  for (std::size_t i = 0; i < links_.size();) {
    std::sort(links_.begin() + static_cast<std::ptrdiff_t>(i), links_.end(),
              [](const Link& a, const Link& b) { return a.path < b.path; });
    const auto end = links_.size();
    for (; i < end; ++i) follow(Link(links_[i]));
  }
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    if (articles_below_[i] > 0) continue;
    const auto passed = passed_below_[i];
    reject(arguments_[i], Fault::bad_input,
           passed == 0 ? "no articles in this folder"
                       : fmt::format("no articles in this folder; {} {} of other kinds passed over", passed,
                                     passed == 1 ? "file" : "files"));
  }
  std::sort(out_.files.begin(), out_.files.end(), [](const Found& a, const Found& b) { return a.source < b.source; });
  std::sort(out_.passed_over.begin(), out_.passed_over.end());
  return std::move(out_);
}

}  // namespace

Walk walk(std::span<const std::string> paths) { return Walker().walk(paths); }

}  // namespace depesche::intake
