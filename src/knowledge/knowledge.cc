#include "knowledge/knowledge.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "knowledge/cldr.h"
#include "knowledge/geonames.h"
#include "knowledge/layout.h"
#include "knowledge/lexicon.h"
#include "knowledge/mapped.h"
#include "knowledge/packs.h"
#include "knowledge/sources.h"
#include "knowledge/word_keys.h"

namespace depesche::knowledge {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

 private:
  int number_;
};

// -- where the compiled file lies ------------------------------------------------------------------------------------

/// One file for each place that sources are read from: a checkout and an installed program do not rebuild each other's.
std::string file_name(const Sources& sources) {
  const auto places =
      fmt::format("{}\n{}\n{}", sources.data.string(), sources.library.value_or("").string(), sources.locale.string());
  return fmt::format("knowledge-{:016x}.bin", XXH3_64bits(places.data(), places.size()));
}

/// Empty where neither an option nor the environment names a place.
fs::path cache_folder(const Options& options) {
  if (!options.cache.empty()) return options.cache;
  const auto folder_in = [](const char* variable) {
    const char* const value = std::getenv(variable);
    return fs::path(value == nullptr ? "" : value);
  };
  // The XDG specification: a relative path is to be ignored.
  if (const auto cache = folder_in("XDG_CACHE_HOME"); cache.is_absolute()) return cache / "depesche";
  if (const auto home = folder_in("HOME"); home.is_absolute()) return home / ".cache" / "depesche";
  return {};
}

fs::path temporary_folder() {
  std::error_code error;
  auto folder = fs::temp_directory_path(error);
  if (error) folder = "/tmp";
  return folder / fmt::format("depesche-{}", ::geteuid());
}

/// Everyone may write to the system's temporary folder, so that ours could have been laid there by somebody else.
bool is_ours_alone(const fs::path& folder) {
  struct stat info{};
  return ::lstat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == ::geteuid() &&
         (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool make_temporary_folder(const fs::path& folder) {
  ::mkdir(folder.c_str(), S_IRWXU);
  return is_ours_alone(folder);
}

// -- writing ---------------------------------------------------------------------------------------------------------

std::string reason() { return std::strerror(errno); }

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

struct Written {
  fs::path file;
  Descriptor descriptor;  ///< of what was written, even where another process has put its own in its place since
};

/// Writes under a name of its own and renames: whoever opens `file` sees the old one or the new one, whole.
Result<Written> write_whole(const fs::path& file, std::string_view bytes) {
  auto temporary = file.string() + ".XXXXXX";
  Descriptor descriptor(::mkostemp(temporary.data(), O_CLOEXEC));
  if (descriptor.number() < 0) return fail(Fault::io, fmt::format("cannot be written: {}", reason()), file.string());
  // After a loss of power the name must not stand before the bytes do.
  if (write_all(descriptor.number(), bytes) && ::fchmod(descriptor.number(), 0644) == 0 &&
      ::fsync(descriptor.number()) == 0 && ::rename(temporary.c_str(), file.c_str()) == 0) {
    return Written{file, std::move(descriptor)};
  }
  const auto why = reason();
  ::unlink(temporary.c_str());
  return fail(Fault::io, fmt::format("cannot be written: {}", why), file.string());
}

Result<Written> write_compiled(const Options& options, const std::string& name, std::string_view bytes,
                               const std::function<void(std::string_view)>& tell) {
  std::string why = "neither $XDG_CACHE_HOME nor $HOME names a folder for it";
  if (const auto cache = cache_folder(options); !cache.empty()) {
    std::error_code error;
    fs::create_directories(cache, error);
    auto written = write_whole(cache / name, bytes);
    if (written.has_value()) return written;
    why = describe(written.error());
  }
  const auto folder = temporary_folder();
  if (!make_temporary_folder(folder)) {
    return fail(Fault::io, fmt::format("{}; nor can {} be used", why, folder.string()), "the compiled knowledge");
  }
  auto written = write_whole(folder / name, bytes);
  if (written.has_value())
    tell(fmt::format("{}; the compiled file is kept in {}, where it may not last", why, folder.string()));
  return written;
}

std::string compile(const Sources& sources, const std::function<void(std::string_view)>& tell) {
  Draft draft;
  tell("reading countries, calendars and number words from ICU");
  add_cldr(draft);
  tell("reading towns and their names from GeoNames");
  add_geonames(draft, sources);
  tell("reading language packs");
  add_packs(draft, sources);
  tell("reading dictionaries");
  add_lexicon(draft, sources);
  draft.sort_names();
  return lay_out(draft, sources.fingerprint);
}

}  // namespace

std::uint64_t word_key(Language language, std::string_view key) {
  const auto code = language.code();
  // 0 stands for a free slot.
  return XXH3_64bits_withSeed(key.data(), key.size(), XXH3_64bits(code.data(), code.size())) | 1;
}

std::uint64_t head_key(std::string_view folded) { return word_key(Language(), "^name " + std::string(folded)); }

const std::vector<Rule>& Pack::section(std::string_view name) const {
  static const std::vector<Rule> none;
  for (const auto& [section_name, rules] : sections) {
    if (section_name == name) return rules;
  }
  return none;
}

Result<Knowledge> Knowledge::open(const Options& options) {
  const auto sources = TRY(find_sources(options));
  const auto name = file_name(sources);
  std::vector<fs::path> folders;
  if (auto cache = cache_folder(options); !cache.empty()) folders.push_back(std::move(cache));
  if (auto folder = temporary_folder(); is_ours_alone(folder)) folders.push_back(std::move(folder));
  for (const auto& folder : folders) {
    const auto file = folder / name;
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.number() < 0) continue;
    if (auto mapped = Mapped::map(descriptor.number(), file, sources.fingerprint)) return Knowledge(std::move(mapped));
  }
  return build(options);
}

Result<Knowledge> Knowledge::build(const Options& options) {
  const auto tell = [&](std::string_view what) {
    if (options.progress) options.progress(what);
  };
  const auto sources = TRY(find_sources(options));
  const auto written = TRY(write_compiled(options, file_name(sources), compile(sources, tell), tell));
  auto mapped = Mapped::map(written.descriptor.number(), written.file, sources.fingerprint);
  if (mapped == nullptr) return fail(Fault::io, "cannot be read back", written.file.string());
  return Knowledge(std::move(mapped));
}

std::span<const Meaning> Knowledge::meanings(std::string_view folded) const { return mapped_->meanings(folded); }

std::vector<std::uint32_t> Knowledge::meanings(std::string_view folded, NameKind kind, Language language) const {
  std::vector<std::uint32_t> ids;
  for (const auto& meaning : mapped_->meanings(folded)) {
    if (meaning.kind == kind && (meaning.language == language || !meaning.language.is_known()))
      ids.push_back(meaning.id);
  }
  // Ids of towns are given by population, so this is the promised order among those of the language and of every
  // language.
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::span<const ConceptId> Knowledge::concepts(Language language, std::string_view key) const {
  const auto* word = mapped_->word(word_key(language, key));
  return word == nullptr ? std::span<const ConceptId>()
                         : mapped_->records<ConceptId>(Section::concepts, word->concepts);
}

bool Knowledge::begins_names(std::string_view folded) const { return mapped_->word(head_key(folded)) != nullptr; }

std::optional<ConceptId> Knowledge::concept_of(const Meaning& meaning) const {
  auto pivot = no_pivot;
  if (meaning.kind == NameKind::country) {
    const auto countries = mapped_->section<CountryRecord>(Section::countries);
    if (meaning.id < countries.size()) pivot = countries[meaning.id].pivot;
  } else if (meaning.kind == NameKind::town) {
    const auto towns = mapped_->section<TownRecord>(Section::towns);
    if (meaning.id < towns.size()) pivot = towns[meaning.id].pivot;
  } else if (meaning.kind == NameKind::body) {
    pivot = meaning.id;
  }
  const auto pivots = mapped_->section<PivotRecord>(Section::pivots);
  if (pivot >= pivots.size()) return {};
  return ConceptId::of(ConceptKind::word, pivots[pivot].nats, pivot);
}

Pivot Knowledge::pivot(std::uint32_t id) const {
  const auto pivots = mapped_->section<PivotRecord>(Section::pivots);
  if (id >= pivots.size()) return {};
  return {mapped_->text(pivots[id].text), pivots[id].nats};
}

Country Knowledge::country(std::uint32_t id) const {
  const auto countries = mapped_->section<CountryRecord>(Section::countries);
  if (id >= countries.size()) return {};
  return {mapped_->text(countries[id].iso), mapped_->text(countries[id].name)};
}

Town Knowledge::town(std::uint32_t id) const {
  const auto towns = mapped_->section<TownRecord>(Section::towns);
  if (id >= towns.size()) return {};
  const auto& town = towns[id];
  return {town.geonames_id,
          mapped_->text(town.name),
          mapped_->text(town.country),
          mapped_->text(town.state),
          town.population,
          town.latitude,
          town.longitude,
          town.division};
}

Division Knowledge::division(std::uint32_t id) const {
  const auto divisions = mapped_->section<DivisionRecord>(Section::divisions);
  if (id >= divisions.size()) return {};
  const auto& division = divisions[id];
  return {mapped_->text(division.name), mapped_->text(division.country),
          division.population,          division.latitude,
          division.longitude,           division.radius_km};
}

std::uint32_t Knowledge::count_of_divisions() const {
  return static_cast<std::uint32_t>(mapped_->section<DivisionRecord>(Section::divisions).size());
}

void Knowledge::for_each_name(
    const std::function<void(std::string_view folded, std::span<const Meaning>)>& each) const {
  for (const auto& name : mapped_->section<NameRecord>(Section::names))
    each(mapped_->text(name.folded), mapped_->records<Meaning>(Section::meanings, name.meanings));
}

std::uint32_t Knowledge::count_of_countries() const {
  return static_cast<std::uint32_t>(mapped_->section<CountryRecord>(Section::countries).size());
}

std::uint32_t Knowledge::count_of_towns() const {
  return static_cast<std::uint32_t>(mapped_->section<TownRecord>(Section::towns).size());
}

NumberFormat Knowledge::number_format(Language language) const {
  const auto formats = mapped_->section<NumberFormatRecord>(Section::number_formats);
  const auto find = [&](Language wanted) {
    return std::find_if(formats.begin(), formats.end(), [&](const auto& format) { return format.language == wanted; });
  };
  auto found = find(language);
  if (found == formats.end()) found = find(Language());
  if (found == formats.end()) return {};
  return {mapped_->marks(found->decimal_marks), mapped_->marks(found->group_marks)};
}

const Pack& Knowledge::pack(Language language) const {
  const auto records = mapped_->section<PackRecord>(Section::packs);
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (records[i].language == language) return mapped_->pack(i);
  }
  return mapped_->pack(0);
}

std::span<const Pack> Knowledge::packs() const {
  for (std::size_t i = 0; i < mapped_->packs_.size(); ++i) mapped_->pack(i);
  return mapped_->packs_;
}

std::span<const Ingredient> Knowledge::ingredients() const { return mapped_->ingredients; }

fs::path Knowledge::file() const { return mapped_->file; }

std::uint64_t Knowledge::serial() const { return mapped_->serial; }

}  // namespace depesche::knowledge
