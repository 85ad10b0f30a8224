#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/instant.h"
#include "core/language.h"
#include "core/result.h"
#include "knowledge/concept.h"
#include "knowledge/rules.h"

/// What is known beforehand: names of countries, months, weekdays and numbers (ICU/CLDR), towns with their names in
/// other languages (GeoNames, from Debian's libgeonames), what words of ten languages mean (FreeDict, Apertium,
/// WordNet), and the language packs of data/lang, compiled once into one file that is mapped into memory. Everything here is
/// read-only and the same for every thread.
namespace depesche::knowledge {

enum class NameKind : std::uint8_t {
  country,      ///< id: for `country()`; "US" is one, so that it takes capitals to tell it from "us"
  town,         ///< id: for `town()`
  month,        ///< id: 1 to 12
  weekday,      ///< id: 1 (Monday) to 7
  number,       ///< id: the value of a number word
  body,         ///< id: for `pivot()`; an organisation that has a name of several words in some language
  division,     ///< id: for `division()`
  given_name,   ///< id: 0; of a person, before the family's: "Maria". No list of them is whole
  family_name,  ///< id: 0; by which a person of history is known: "Shakespeare"
  capital,      ///< id: for `country()`; the English name of a town in which a state is governed: "moscow"
};

/// What a folded name may mean. One name can mean several things: "Mars" is a month in French and a town.
struct Meaning {
  NameKind kind;
  Language language;  ///< the language in which the name has this meaning; `und` for every language
  std::uint32_t id;

  auto operator<=>(const Meaning&) const = default;
};

struct Country {
  std::string_view iso;   ///< ISO 3166-1 alpha-2
  std::string_view name;  ///< English, after CLDR
};

struct Town {
  std::uint32_t geonames_id;
  std::string_view name;     ///< English where the English has a name of its own
  std::string_view country;  ///< ISO 3166-1 alpha-2
  std::string_view state;    ///< first-level division, as GeoNames names it
  std::uint32_t population;
  double latitude;         ///< degrees north
  double longitude;        ///< degrees east
  std::uint32_t division;  ///< for `Knowledge::division`; `no_division` where GeoNames gives none
};

inline constexpr std::uint32_t no_division = ~0u;

/// A state, province or governorate: the first level below a country. It lies where its towns lie.
struct Division {
  std::string_view name;     ///< English where the English has a name of its own: "Aleppo Governorate"
  std::string_view country;  ///< ISO 3166-1 alpha-2
  std::uint32_t population;  ///< of its towns
  double latitude;           ///< degrees north, of the middle of the box around its towns
  double longitude;          ///< degrees east
  double radius_km;          ///< from there to the corner of the box
};

/// By what words of different languages meet.
struct Pivot {
  std::string_view text;  ///< an English stem, or the folded name of a place or body
  float nats = 0;         ///< as ConceptId
};

/// The languages of the lexicon: a word is led to English over those that stand before its own.
inline constexpr std::string_view pivot_languages[] = {"en", "de", "fr", "es", "nl", "it", "pt", "ru", "tr", "ar"};

/// How a language writes numbers.
struct NumberFormat {
  std::u32string_view decimal_marks;  ///< "," in French, "." in English
  std::u32string_view group_marks;    ///< "\u202f \u00a0" in French
};

/// What stands in data/lang/XX: the rules of each of its files, by the file's name without its ending.
struct Pack {
  Language language;
  std::vector<std::pair<std::string, std::vector<Rule>>> sections;

  /// The rules of one file; empty where the pack has none.
  const std::vector<Rule>& section(std::string_view name) const;
};

/// One source of the compiled file, for `depesche knowledge show`.
struct Ingredient {
  std::string what;  ///< "towns", "town names, fr", "language pack de"
  std::string from;  ///< "libgeonames0 0.3.0-1", "ICU 72.1", "data/lang/de"
  std::string licence;
  std::uint64_t count = 0;
  std::string missing;  ///< why it is not there and how to mend it; empty where it is there
};

struct Options {
  std::filesystem::path
      data;  ///< the folder with lang/; empty: $DEPESCHE_DATA, else where the program was built or installed
  std::filesystem::path
      cache;  ///< the folder of the compiled file; empty: $XDG_CACHE_HOME/depesche, else ~/.cache/depesche
  /// Told what is being done while the file is built (never when it is already there).
  std::function<void(std::string_view)> progress;
  std::filesystem::path library;       ///< libgeonames.so.0; empty: where Debian has it
  std::filesystem::path gresource;     ///< the tool that reads it; empty: the one on $PATH
  std::filesystem::path locale;        ///< the folder with XX/LC_MESSAGES/geonames.mo; empty: /usr/share/locale
  std::filesystem::path dictionaries;  ///< the folder of dictionaries in the format of dictd; empty: /usr/share/dictd
  std::filesystem::path apertium;      ///< the folder with apertium-XXX-YYY/; empty: /usr/share/apertium
  std::filesystem::path wordnet;       ///< the folder with data.noun; empty: /usr/share/wordnet
};

class Knowledge {
 public:
  /// Maps the compiled file; builds it first where it is absent or older than a package or pack it was made from. What
  /// could not be had is in `ingredients`; it is an error only where nothing can be read or written at all.
  static Result<Knowledge> open(const Options& options = {});

  /// Builds the compiled file anew whether or not it is needed.
  static Result<Knowledge> build(const Options& options = {});

  /// What a name means. `folded` is as `fold` of core/unicode.h makes it. Sorted by kind, then language, then id; towns
  /// of one name by population, largest first.
  std::span<const Meaning> meanings(std::string_view folded) const;

  /// The meanings of one kind in one language or in every language.
  std::vector<std::uint32_t> meanings(std::string_view folded, NameKind kind, Language language) const;

  /// What a word may mean, the likeliest first; `key` as word_keys.h makes it. Empty where the lexicon lacks it.
  std::span<const ConceptId> concepts(Language language, std::string_view key) const;
  /// Whether names of several words begin with this one.
  bool begins_names(std::string_view folded) const;
  /// The concept of a country, a town or a body, by the meaning of a name.
  std::optional<ConceptId> concept_of(const Meaning& meaning) const;
  /// The pivot of a concept of kind `word`.
  Pivot pivot(std::uint32_t id) const;

  Country country(std::uint32_t id) const;
  Town town(std::uint32_t id) const;
  std::uint32_t count_of_towns() const;
  Division division(std::uint32_t id) const;
  std::uint32_t count_of_divisions() const;
  std::uint32_t count_of_countries() const;
  /// All names with their meanings, sorted by the folded name: for tables made of them.
  void for_each_name(const std::function<void(std::string_view folded, std::span<const Meaning>)>& each) const;

  NumberFormat number_format(Language language) const;

  /// The pack of a language; the pack `und`, which holds for every language, where there is none.
  const Pack& pack(Language language) const;
  /// All packs, `und` first, then by code.
  std::span<const Pack> packs() const;

  std::span<const Ingredient> ingredients() const;
  std::filesystem::path file() const;

  /// Another for each file mapped in the life of the process: whoever remembers answers learns by it when to forget them.
  std::uint64_t serial() const;

 private:
  struct Mapped;
  explicit Knowledge(std::shared_ptr<const Mapped> mapped) : mapped_(std::move(mapped)) {}
  std::shared_ptr<const Mapped> mapped_;
};

}  // namespace depesche::knowledge
