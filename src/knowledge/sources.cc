#include "knowledge/sources.h"

#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include "knowledge/cldr.h"
#include "knowledge/draft.h"
#include "knowledge/format.h"
#include "knowledge/tool.h"

namespace depesche::knowledge {
namespace {

namespace fs = std::filesystem;

Result<fs::path> find_data(const Options& options) {
  std::vector<fs::path> candidates;
  if (const char* const named = std::getenv("DEPESCHE_DATA"); !options.data.empty()) {
    candidates = {options.data};
  } else if (named != nullptr && *named != '\0') {
    candidates = {named};
  } else {
    candidates = {DEPESCHE_SOURCE_DATA, DEPESCHE_INSTALLED_DATA};
  }
  std::string tried;
  for (const auto& candidate : candidates) {
    std::error_code error;
    if (fs::is_directory(candidate / "lang", error)) return fs::absolute(candidate, error).lexically_normal();
    tried += (tried.empty() ? "" : ", ") + (candidate / "lang").string();
  }
  return fail(Fault::not_found,
              fmt::format("no language packs; looked for {}. Set DEPESCHE_DATA to the data folder of Depesche", tried));
}

/// What a folder holds, by name; hidden entries are left out.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!at->path().filename().string().starts_with('.')) entries.push_back(at->path());
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<Sources::PackFolder> find_packs(const fs::path& data) {
  std::vector<Sources::PackFolder> packs;
  for (const auto& folder : entries_of(data / "lang")) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) continue;
    auto& pack = packs.emplace_back(Sources::PackFolder{folder.filename().string(), {}});
    for (const auto& file : entries_of(folder)) {
      if (file.extension() == ".rules") pack.files.push_back(file);
    }
  }
  return packs;
}

/// Debian keeps libraries in one folder per architecture. The library is only read, so any architecture's will do.
std::optional<fs::path> find_library() {
  for (const char* pattern :
       {"/usr/lib/*/libgeonames.so.0", "/usr/lib/libgeonames.so.0", "/usr/lib64/libgeonames.so.0"}) {
    glob_t found{};
    std::optional<fs::path> first;
    if (::glob(pattern, 0, nullptr, &found) == 0 && found.gl_pathc > 0) first = found.gl_pathv[0];
    ::globfree(&found);
    if (first) return first;
  }
  return {};
}

std::optional<fs::path> if_there(const fs::path& file) {
  std::error_code error;
  if (fs::is_regular_file(file, error)) return file;
  return {};
}

std::uint64_t fingerprint_of(const Sources& sources) {
  auto seen = fmt::format("{} {}\n", format_version, name_of_icu());
  const auto see = [&](const std::optional<fs::path>& file) {
    struct stat info{};
    if (!file || ::stat(file->c_str(), &info) != 0) {
      seen += "nothing\n";
      return;
    }
    fmt::format_to(std::back_inserter(seen), "{} {} {}.{}\n", file->string(), info.st_size, info.st_mtim.tv_sec,
                   info.st_mtim.tv_nsec);
  };
  see(sources.library);
  see(sources.gresource);
  for (const auto& [language, file] : sources.town_names) see(file);
  for (const auto& pack : sources.packs) {
    seen += pack.tag + '\n';
    for (const auto& file : pack.files) see(file);
  }
  return XXH3_64bits(seen.data(), seen.size());
}

}  // namespace

Result<Sources> find_sources(const Options& options) {
  Sources sources;
  sources.data = TRY(find_data(options));
  sources.packs = find_packs(sources.data);
  sources.library = options.library.empty() ? find_library() : if_there(options.library);
  sources.gresource = options.gresource.empty() ? find_tool("gresource") : if_there(options.gresource);
  sources.locale = options.locale.empty() ? fs::path("/usr/share/locale") : options.locale;
  for (const auto language : languages_with_names) {
    sources.town_names.emplace_back(language, if_there(sources.locale / language / "LC_MESSAGES" / "geonames.mo"));
  }
  sources.fingerprint = fingerprint_of(sources);
  return sources;
}

Result<std::string> read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) return fail(Fault::io, fmt::format("cannot be read: {}", std::strerror(errno)), file.string());
  return bytes;
}

}  // namespace depesche::knowledge
