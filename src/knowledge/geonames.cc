// Towns of the GeoNames database, from two Debian packages.
//
// libgeonames0 holds some 24,000 towns as a GResource inside its library. The library is under the GPL and is therefore
// not linked; `gresource extract`, a tool of GLib, takes the data out. They are one GVariant, an array of
//
//   geonames id, name, code and name of the state, code and name of the country, time zone, population, latitude,
//   longitude "3040051" "Escaldes-Engordany" "08" "Escaldes-Engordany" "AD" "Andorra" "Europe/Andorra"
//   15853 42.50729 1.53414
//
// libgeonames-common holds names in other languages as gettext catalogues. Keys are geonames ids ("170063" is "Alep" in
// French), codes of states ("SY.09"), and of countries ("SY").
//
// Of states nothing says where they lie. The middle of the box around its towns is within 161 km of the point that
// GeoNames has for a state of the United States in 19 of 20 cases; the mean of its towns, weighed by their people or
// not, lies where most towns are, at a coast or near a capital, and is within it in one of two.
//
// The town's own name holds in every language. Names of the catalogues are taken whole: what stands behind a slash or
// in brackets is a river, a state or a second name, and nothing tells which ("Lahr/Schwarzwald", "Biel/Bienne"). So
// "Frankfurt" alone is no name of Frankfurt am Main.

#include "knowledge/geonames.h"

#include <fmt/format.h>
#include <glib.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <numbers>
#include <tuple>
#include <unordered_map>

#include "knowledge/mo_file.h"
#include "knowledge/tool.h"

namespace depesche::knowledge {
namespace {

constexpr std::string_view licence = "CC-BY-4.0 (GeoNames, geonames.org; read from a package under GPL-3)";
constexpr const char* resource = "/com/lomiri/geonames/cities.compiled";
constexpr const char* towns_package = "libgeonames0";
constexpr const char* names_package = "libgeonames-common";

struct FreeVariant {
  void operator()(GVariant* variant) const { g_variant_unref(variant); }
};
using Variant = std::unique_ptr<GVariant, FreeVariant>;

std::optional<std::uint32_t> number_of(std::string_view digits) {
  std::uint32_t number = 0;
  const auto* const begin = digits.data();
  const auto* const end = begin + digits.size();
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (error != std::errc() || stop != end) return {};
  return number;
}

/// Gathers divisions from their towns, in the order in which the table names them.
class DivisionMaker {
 public:
  /// The division of a town.
  std::uint32_t take_in(const std::string& code, const Draft::Town& town) {
    const auto [entry, is_new] = by_code_.try_emplace(code, static_cast<std::uint32_t>(divisions_.size()));
    if (is_new) {
      divisions_.push_back({code, town.state, town.country});
      boxes_.push_back({town.latitude, town.latitude, town.longitude, town.longitude});
    }
    Box& box = boxes_[entry->second];
    box.south = std::min(box.south, town.latitude);
    box.north = std::max(box.north, town.latitude);
    box.west = std::min(box.west, town.longitude);
    box.east = std::max(box.east, town.longitude);
    divisions_[entry->second].population += town.population;
    return entry->second;
  }

  std::vector<Draft::Division> finish() {
    for (std::size_t i = 0; i < divisions_.size(); ++i) {
      const Box& box = boxes_[i];
      Draft::Division& division = divisions_[i];
      division.latitude = (box.south + box.north) / 2;
      division.longitude = (box.west + box.east) / 2;
      const double height = box.north - division.latitude;
      const double width = (box.east - division.longitude) * std::cos(division.latitude * std::numbers::pi / 180);
      division.radius_km = std::hypot(height, width) * km_per_degree;
    }
    return std::move(divisions_);
  }

 private:
  struct Box {
    double south, north, west, east;  ///< degrees
  };
  static constexpr double km_per_degree = 111.2;

  std::map<std::string, std::uint32_t> by_code_;
  std::vector<Draft::Division> divisions_;
  std::vector<Box> boxes_;
};

/// What the table of towns holds.
struct Table {
  std::vector<Draft::Town> towns;
  std::vector<Draft::Division> divisions;
};

Result<Table> parse_towns(const std::string& bytes) {
  GBytes* const copy = g_bytes_new(bytes.data(), bytes.size());
  Variant towns(g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE("a(sssssssudd)"), copy, FALSE)));
  g_bytes_unref(copy);
  if (G_BYTE_ORDER == G_BIG_ENDIAN) towns.reset(g_variant_byteswap(towns.get()));
  if (!g_variant_is_normal_form(towns.get()))
    return fail(Fault::bad_input, "is not the table of towns that was expected", resource);

  DivisionMaker divisions;
  std::vector<Draft::Town> out;
  const auto count = g_variant_n_children(towns.get());
  out.reserve(count);
  for (gsize i = 0; i < count; ++i) {
    const char *id, *name, *state_code, *state, *country, *country_name, *time_zone;
    guint32 population = 0;
    double latitude = 0;
    double longitude = 0;
    g_variant_get_child(towns.get(), i, "(&s&s&s&s&s&s&sudd)", &id, &name, &state_code, &state, &country, &country_name,
                        &time_zone, &population, &latitude, &longitude);
    const auto number = number_of(id);
    // Written so that what is not a number is refused as well.
    const bool is_on_earth = latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180;
    if (!number || !is_on_earth || *name == '\0') continue;
    out.push_back({*number, name, country, state, population, latitude, longitude});
    if (*state != '\0') out.back().division = divisions.take_in(fmt::format("{}.{}", country, state_code), out.back());
  }
  if (out.empty()) return fail(Fault::bad_input, "holds no towns", resource);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::tuple(b.population, a.geonames_id) < std::tuple(a.population, b.geonames_id);
  });
  return Table{std::move(out), divisions.finish()};
}

Result<Table> read_towns(const Sources& sources) {
  if (!sources.library) {
    return fail(Fault::not_found,
                fmt::format("libgeonames.so.0 is not on this machine; install it: apt install {}", towns_package));
  }
  if (!sources.gresource)
    return fail(Fault::not_found, "the tool gresource is not on this machine; install it: apt install libglib2.0-bin");
  return run_tool(*sources.gresource, {"extract", sources.library->string(), resource}).and_then(parse_towns);
}

/// How to mend a catalogue that is not there. Images for containers are told by dpkg to leave translations out.
std::string missing_names(const Sources& sources, std::string_view language) {
  const bool is_installed = std::any_of(sources.town_names.begin(), sources.town_names.end(),
                                        [](const auto& entry) { return entry.second.has_value(); });
  const auto where = (sources.locale / language / "LC_MESSAGES" / "geonames.mo").string();
  if (is_installed)
    return fmt::format("{} is not there; reinstall it: apt install --reinstall {}", where, names_package);
  return fmt::format(
      "{} is not there; install {}. Where it is installed already, /etc/dpkg/dpkg.cfg.d/ excludes translations: take "
      "path-exclude=/usr/share/locale/* out and apt install --reinstall {}",
      where, names_package, names_package);
}

}  // namespace

void add_geonames(Draft& draft, const Sources& sources) {
  auto towns = read_towns(sources);
  Ingredient about_towns{"towns", sources.library ? with_version(towns_package) : towns_package, std::string(licence),
                         0, ""};
  if (towns.has_value()) {
    draft.towns = std::move(towns->towns);
    draft.divisions = std::move(towns->divisions);
    about_towns.count = draft.towns.size();
  } else {
    about_towns.missing = describe(towns.error());
  }
  draft.ingredients.push_back(std::move(about_towns));

  std::unordered_map<std::uint32_t, std::uint32_t> index_of;
  for (std::uint32_t i = 0; i < draft.towns.size(); ++i) {
    index_of.emplace(draft.towns[i].geonames_id, i);
    draft.add_name(draft.towns[i].name, {NameKind::town, Language(), i});
  }

  std::unordered_map<std::string_view, std::uint32_t> division_of;
  for (std::uint32_t i = 0; i < draft.divisions.size(); ++i) {
    division_of.emplace(draft.divisions[i].code, i);
    draft.add_name(draft.divisions[i].name, {NameKind::division, Language(), i});
  }

  const auto package = with_version(names_package);
  for (const auto& [tag, file] : sources.town_names) {
    Ingredient about{fmt::format("town names, {}", tag), package, std::string(licence), 0, ""};
    const Language language(tag);
    const auto bytes = file ? read_file(*file) : fail(Fault::not_found, missing_names(sources, tag));
    const auto place = file.value_or("").string();
    const auto names = bytes.and_then([&](const std::string& all) { return parse_mo(all, place); });
    if (!names.has_value()) {
      about.missing = describe(names.error());
      draft.ingredients.push_back(std::move(about));
      continue;
    }
    for (const auto& [key, name] : *names) {
      if (const auto country = draft.country_of(key)) draft.add_name(name, {NameKind::country, language, *country});
      if (const auto division = division_of.find(key); division != division_of.end())
        draft.add_name(name, {NameKind::division, language, division->second});
      const auto id = number_of(key);
      const auto town = id ? index_of.find(*id) : index_of.end();
      if (town == index_of.end()) continue;
      draft.add_name(name, {NameKind::town, language, town->second});
      if (tag == "en" && !name.empty()) draft.towns[town->second].name = name;
      ++about.count;
    }
    draft.ingredients.push_back(std::move(about));
  }
}

}  // namespace depesche::knowledge
