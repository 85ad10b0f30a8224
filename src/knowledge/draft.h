#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "knowledge/concept.h"
#include "knowledge/knowledge.h"

namespace depesche::knowledge {

/// What the compiled file will hold, while its sources are read one after the other: cldr.cc, geonames.cc, packs.cc and
/// lexicon.cc add to it, layout.cc writes it down.
struct Draft {
  struct Country {
    std::string iso;
    std::string name;
  };
  struct Town {
    std::uint32_t geonames_id = 0;
    std::string name;
    std::string country;
    std::string state;
    std::uint32_t population = 0;
    double latitude = 0;
    double longitude = 0;
    std::uint32_t division = no_division;  ///< into `divisions`
  };
  struct Division {
    std::string code;  ///< as GeoNames' catalogues name it: "SY.09"
    std::string name;
    std::string country;
    std::uint32_t population = 0;
    double latitude = 0;
    double longitude = 0;
    double radius_km = 0;
  };
  struct NumberFormat {
    Language language;
    std::u32string decimal_marks;
    std::u32string group_marks;
  };

  /// An English stem or a name, by which words of all languages meet.
  struct Pivot {
    std::string text;
    float nats = 0;  ///< as ConceptId
  };

  std::vector<Country> countries;  ///< by ISO code
  std::vector<Town> towns;  ///< by population, largest first; so the ids of towns of one name are in that order, too
  std::vector<Division> divisions;
  std::vector<std::pair<std::string, Meaning>> names;          ///< folded
  std::vector<std::pair<std::string, Meaning>> printed_names;  ///< of countries and towns, as they are printed
  std::vector<NumberFormat> number_formats;                    ///< by language
  std::vector<Pack> packs;                                     ///< `und` first, then by code
  std::vector<Pivot> pivots;
  std::vector<std::uint32_t> country_pivots, town_pivots;  ///< beside the countries and towns
  std::vector<std::pair<std::uint64_t, std::vector<ConceptId>>>
      lexicon;  ///< by key (word_keys.h); the best meaning first
  std::vector<Ingredient> ingredients;

  /// Folds the name as it is printed. What folds to nothing is left out.
  void add_name(std::string_view printed, const Meaning& meaning);
  /// The id of a country by its ISO code; nothing for codes that are withdrawn or no country's.
  std::optional<std::uint32_t> country_of(std::string_view iso) const;
  /// Sorts the names and leaves each meaning of a name in once. What holds in every language is not said again for one.
  void sort_names();
};

/// The languages whose names are read. Another language is one code more; every source has nearly all.
inline constexpr std::string_view languages_with_names[] = {"ar", "de", "en", "es", "fr", "it", "nl", "pt", "ru", "tr"};

}  // namespace depesche::knowledge
