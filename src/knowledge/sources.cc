#include "knowledge/sources.h"

#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unicode/uloc.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>

#include "knowledge/cldr.h"
#include "knowledge/draft.h"
#include "knowledge/format.h"
#include "knowledge/lines.h"
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
  // What holds for every language though it is no language's: kinds of events.
  const auto und = std::find_if(packs.begin(), packs.end(), [](const auto& pack) { return pack.tag == "und"; });
  for (const auto& file : entries_of(data / "ontology")) {
    if (und != packs.end() && file.extension() == ".rules") und->files.push_back(file);
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

// -- dictionaries ----------------------------------------------------------------------------------------------------

/// FreeDict names languages by ISO 639-3.
std::string three_letters(std::string_view code) {
  const std::string name = uloc_getISO3Language(std::string(code).c_str());
  return name;
}

/// The dictionaries between languages with names that Debian 12 has.
constexpr std::string_view freedict_pairs[] = {
    "ara-eng", "deu-eng", "deu-fra", "deu-ita", "deu-nld", "deu-por", "deu-rus", "deu-spa", "deu-tur", "eng-ara",
    "eng-deu", "eng-fra", "eng-ita", "eng-nld", "eng-por", "eng-rus", "eng-spa", "eng-tur", "fra-deu", "fra-eng",
    "fra-ita", "fra-nld", "fra-por", "fra-rus", "fra-spa", "fra-tur", "ita-deu", "ita-eng", "ita-por", "ita-rus",
    "ita-spa", "ita-tur", "nld-deu", "nld-eng", "nld-fra", "nld-ita", "nld-por", "nld-rus", "nld-spa", "por-deu",
    "por-eng", "por-fra", "por-spa", "spa-deu", "spa-eng", "spa-por", "tur-deu", "tur-eng"};

/// WikDict's share a licence of their own.
constexpr std::string_view wikdict_pairs[] = {
    "deu-fra", "deu-rus", "deu-spa", "fra-deu", "fra-ita", "fra-por", "fra-rus", "fra-spa", "fra-tur", "ita-por",
    "ita-rus", "ita-spa", "ita-tur", "nld-ita", "nld-por", "nld-rus", "nld-spa", "por-fra", "por-spa"};

void find_dictionaries(Sources& sources, const fs::path& folder) {
  std::map<std::string, std::string> two_letters;
  for (const auto language : languages_with_names) two_letters.emplace(three_letters(language), language);
  for (const auto pair : freedict_pairs) {
    const auto from = two_letters.at(std::string(pair.substr(0, 3)));
    const auto to = two_letters.at(std::string(pair.substr(4)));
    const auto index = if_there(folder / fmt::format("freedict-{}.index", pair));
    if (!index) {
      sources.missing_dictionaries.emplace_back(from, to);
      continue;
    }
    const bool is_wikdict =
        std::find(std::begin(wikdict_pairs), std::end(wikdict_pairs), pair) != std::end(wikdict_pairs);
    sources.dictionaries.push_back({from, to, *index, dictionary_package(from, to),
                                    is_wikdict ? "CC-BY-SA-3.0 (WikDict, read from the package)"
                                               : "GPL-2+ or GPL-3+ (FreeDict, read from the package)",
                                    false});
  }
  if (const auto mueller = if_there(folder / "mueller7.index"))
    sources.dictionaries.push_back({"en", "ru", *mueller, "mueller7-dict", "GPL-2+ (read from the package)", true});
}

void find_apertium(Sources& sources, const fs::path& folder) {
  struct Known {
    const char *package, *file, *from, *to;
  };
  for (const auto& [package, file, from, to] : {Known{"apertium-eng-spa", "spa-eng.autobil.bin", "es", "en"},
                                                {"apertium-es-pt", "pt-es.autobil.bin", "pt", "es"},
                                                {"apertium-spa-ita", "ita-spa.autobil.bin", "it", "es"}}) {
    if (const auto there = if_there(folder / package / file)) sources.apertium.push_back({from, to, *there, package});
  }
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
  for (const auto& dictionary : sources.dictionaries) see(dictionary.index);
  for (const auto& pair : sources.apertium) see(pair.file);
  see(sources.lt_print);
  see(sources.person_names ? std::optional(*sources.person_names / "__init__.py") : std::nullopt);
  see(sources.wordnet ? std::optional(*sources.wordnet / "data.noun") : std::nullopt);
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
  find_dictionaries(sources, options.dictionaries.empty() ? fs::path("/usr/share/dictd") : options.dictionaries);
  find_apertium(sources, options.apertium.empty() ? fs::path("/usr/share/apertium") : options.apertium);
  sources.lt_print = find_tool("lt-print");
  const auto wordnet = options.wordnet.empty() ? fs::path("/usr/share/wordnet") : options.wordnet;
  if (if_there(wordnet / "data.noun")) sources.wordnet = wordnet;
  const auto person_names = options.dictionaries.empty()
                                ? fs::path("/usr/lib/python3/dist-packages/faker/providers/person")
                                : options.dictionaries / "faker";
  if (if_there(person_names / "__init__.py")) sources.person_names = person_names;
  sources.fingerprint = fingerprint_of(sources);
  return sources;
}

std::string dictionary_package(std::string_view from, std::string_view to) {
  return fmt::format("dict-freedict-{}-{}", three_letters(from), three_letters(to));
}

std::string with_version(const std::string& package) {
  // Asked once for all: dpkg-query reads the list of all packages each time.
  static const auto versions = [] {
    std::map<std::string, std::string, std::less<>> out;
    const auto dpkg_query = find_tool("dpkg-query");
    const auto listed = dpkg_query ? run_tool(*dpkg_query, {"--show", "--showformat=${Package} ${Version}\\n"})
                                   : fail(Fault::not_found, "dpkg-query is not on this machine");
    for (std::string_view rest = listed.has_value() ? *listed : std::string_view(); !rest.empty();) {
      const auto line = next_line(rest);
      const auto blank = std::min(line.find(' '), line.size());
      // One version per architecture that is installed; they are the same.
      out.emplace(line.substr(0, blank), line.substr(std::min(blank + 1, line.size())));
    }
    return out;
  }();
  const auto version = versions.find(package);
  return version == versions.end() || version->second.empty() ? package
                                                              : fmt::format("{} {}", package, version->second);
}

Result<std::string> read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) return fail(Fault::io, fmt::format("cannot be read: {}", std::strerror(errno)), file.string());
  return bytes;
}

}  // namespace depesche::knowledge
