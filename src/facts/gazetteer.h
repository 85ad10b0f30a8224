#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "facts/lexicon.h"

namespace depesche::facts {

/// A place of the gazetteer: countries, divisions and towns of GeoNames and the regions of data/lang/und/places.rules, numbered through.
using PlaceId = std::uint32_t;

/// A place as the gazetteer has it.
struct KnownPlace {
  PlaceKind kind = PlaceKind::unknown;
  std::string_view name = {};     ///< English where the English has a name of its own
  std::string_view country = {};  ///< ISO 3166-1 alpha-2; empty where it lies in none
  std::optional<GeoPoint> point = {};
  PlacePrecision precision = PlacePrecision::exact;
  std::uint32_t geonames_id = 0;                    ///< 0 where nobody knows
  std::uint32_t population = 0;                     ///< of a country that of the largest; of regions 0
  std::uint32_t division = knowledge::no_division;  ///< of a town and of a division itself
  bool is_seat = false;                             ///< a government sits there
};

/// What a name may mean in a language.
struct PlaceSense {
  PlaceId id = 0;
  Language language;          ///< `und` for every language
  bool is_shortened = false;  ///< "Fla.": with a full stop behind it, and what it is short for behind a town

  auto operator<=>(const PlaceSense&) const = default;
};

/// Names of places by the forms of their tokens, made once for the languages of a pile.
class Gazetteer {
 public:
  Gazetteer(const knowledge::Knowledge& knowledge, const std::set<Language>& languages);

  struct Match {
    std::size_t tokens = 0;  ///< 0 where no name begins there
    std::span<const PlaceSense> senses;
  };
  /// The longest name that begins at `tokens[at]`. Hyphens, apostrophes and full stops may stand inside.
  Match longest_at(std::string_view text, std::span<const text::Token> tokens, std::size_t at, Language language) const;

  KnownPlace place(PlaceId id) const;

 private:
  using Chain = std::uint64_t;  ///< of the forms of a name's tokens
  struct Entry {
    Chain chain = 0;
    std::uint32_t begin = 0;  ///< into senses_
    std::uint32_t size : 30 = 0;
    std::uint32_t goes_on : 1 = 0;  ///< longer names begin so
    std::uint32_t is_taken : 1 = 0;
  };
  struct Region {
    std::string name, country;
    PlaceKind kind = PlaceKind::region;
    std::uint32_t geonames_id = 0;
    GeoPoint point;
  };

  void add_known_names(const std::set<Language>& languages);
  void add_regions();
  void add_countries();
  void add_forms(const knowledge::Rule& rule, PlaceId id);
  void move_divisions();
  void add_name(std::string_view folded, PlaceId id, Language language);
  void add_chain(std::span<const Key> keys, PlaceSense sense);
  void add_variants(const std::vector<std::string>& words, const PlaceSense& sense);
  void finish();
  Entry& entry(Chain chain);
  const Entry* find_entry(Chain chain) const;
  std::optional<PlaceId> find(std::string_view name, PlaceKind kind, std::string_view country) const;
  void add_declined(const std::vector<std::string>& words, const PlaceSense& sense, Language language);

  PlaceId first_division() const { return knowledge_.count_of_countries(); }
  PlaceId first_town() const { return first_division() + knowledge_.count_of_divisions(); }
  PlaceId first_region() const { return first_town() + knowledge_.count_of_towns(); }

  const knowledge::Knowledge& knowledge_;
  std::set<Language> languages_;
  std::vector<Region> regions_;
  struct CountryPoint {
    GeoPoint point;
    std::uint32_t geonames_id = 0;
  };
  std::unordered_map<PlaceId, CountryPoint> country_points_;
  std::unordered_map<PlaceId, GeoPoint> moved_;  ///< divisions whose towns lie to one side
  std::set<PlaceId> seats_;
  std::map<Language, std::vector<std::pair<std::string, std::vector<std::string>>>>
      declensions_;  ///< an ending and what becomes of it; the longest first, "" last
  std::map<Language, std::vector<std::string>> endings_, prefixes_;  ///< that names take: "Berlins", "بدمشق"
  std::vector<std::string> division_words_;  ///< "governorate", "oblast": what a division is called without
  std::vector<std::string> directions_;      ///< which no division is called alone
  std::vector<std::pair<Chain, PlaceSense>> gathered_;
  std::vector<Chain> openings_;
  std::vector<Entry> by_chain_;  ///< open addressing, a power of two of them, at least half free
  std::vector<PlaceSense> senses_;
};

}  // namespace depesche::facts
