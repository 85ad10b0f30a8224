// Names out of Unicode CLDR, by way of ICU.
//
// A language is read with all its regional locales: Austrian "Jänner", Swiss "septante", the Levantine month "كانون
// الأول" and the Portuguese "Quénia" are print of that language, too. Countries stand in three tables, of which ICU's
// display names show two: the plain names, short ones ("USA", "UK") and variants ("Czech Republic", "Türkiye", "Congo
// (DRC)"); so the tables themselves are read. ICU keeps such data in bundles, and a regional bundle holds only what
// differs.
//
// What stands in brackets is a second name ("Myanmar (Burma)", "Congo (DRC)") or tells two countries apart ("Congo
// (Republic)", "Виргинские о-ва (США)"). The name without the brackets always counts. The words in brackets count where
// they occur in no other country's name in that language: "DRC" does not, "Republic" and "США" do.
//
// ISO codes are not names, since folded names know no capitals: "and" is Andorra and "us" a pronoun. A code of three
// letters counts where some language prints it as a name; that is USA, which then holds in all of them.
//
// Scale words ("million", "hundert", "миллионов") are what is left of 2 to 9 times the scale when the multiplier is
// taken off its front. A rest counts when two multipliers leave it: "zweihundert" and "dreihundert" leave "hundert";
// Russian "двести" leaves "сти", which no other does.

#include "knowledge/cldr.h"

#include <fmt/format.h>
#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/locid.h>
#include <unicode/rbnf.h>
#include <unicode/uloc.h>
#include <unicode/ulocdata.h>
#include <unicode/ures.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <span>

#include "core/unicode.h"

namespace depesche::knowledge {
namespace {

constexpr std::string_view licence = "Unicode-DFS-2016";

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

std::u32string utf32(const icu::UnicodeString& text) {
  std::u32string out;
  for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    out += static_cast<char32_t>(text.char32At(i));
  }
  return out;
}

/// All locales that ICU has, by language; without those in another script than the language's own.
std::map<std::string, std::vector<icu::Locale>> locales_by_language() {
  std::map<std::string, std::vector<icu::Locale>> locales;
  std::int32_t count = 0;
  const icu::Locale* all = icu::Locale::getAvailableLocales(count);
  for (const auto& locale : std::span(all, static_cast<std::size_t>(count))) {
    if (*locale.getScript() == '\0') locales[locale.getLanguage()].push_back(locale);
  }
  return locales;
}

// -- resource bundles ------------------------------------------------------------------------------------------------

struct CloseBundle {
  void operator()(UResourceBundle* bundle) const { ures_close(bundle); }
};
using Bundle = std::unique_ptr<UResourceBundle, CloseBundle>;

/// What a locale itself holds in one of ICU's trees ("region", "rbnf"), without what it inherits; null where it holds
/// nothing.
Bundle bundle_of(const icu::Locale& locale, const char* tree) {
  UErrorCode status = U_ZERO_ERROR;
  const auto package = fmt::format("{}-{}", U_ICUDATA_NAME, tree);
  Bundle bundle(ures_openDirect(package.c_str(), locale.getName(), &status));
  return U_SUCCESS(status) ? std::move(bundle) : nullptr;
}

/// The strings of a table, by key.
std::vector<std::pair<std::string, std::string>> strings_of(const Bundle& bundle, const char* table_name) {
  std::vector<std::pair<std::string, std::string>> strings;
  UErrorCode status = U_ZERO_ERROR;
  const Bundle table(ures_getByKey(bundle.get(), table_name, nullptr, &status));
  while (U_SUCCESS(status) && ures_hasNext(table.get())) {
    const char* key = nullptr;
    std::int32_t size = 0;
    const UChar* text = ures_getNextString(table.get(), &size, &key, &status);
    if (U_SUCCESS(status) && key != nullptr) strings.emplace_back(key, utf8(icu::UnicodeString(text, size)));
  }
  return strings;
}

// -- countries -------------------------------------------------------------------------------------------------------

/// The folded names of countries in one language.
using CountryNames = std::set<std::pair<std::uint32_t, std::string>>;

struct Bracketed {
  std::string without;
  std::string inside;
};

std::optional<Bracketed> bracketed(const std::string& name) {
  const auto open = name.find('(');
  const auto close = name.find(')', open);
  if (open == std::string::npos || close == std::string::npos) return {};
  return Bracketed{name.substr(0, open) + name.substr(close + 1), name.substr(open + 1, close - open - 1)};
}

bool is_part_of_another(const CountryNames& names, std::uint32_t id, const std::string& folded) {
  const auto words = ' ' + folded + ' ';
  return std::any_of(names.begin(), names.end(), [&](const auto& entry) {
    return entry.first != id && (' ' + entry.second + ' ').find(words) != std::string::npos;
  });
}

CountryNames country_names(const Draft& draft, const std::vector<icu::Locale>& locales) {
  CountryNames names;
  CountryNames inside;
  for (const auto& locale : locales) {
    const auto bundle = bundle_of(locale, "region");
    if (!bundle) continue;
    for (const char* table : {"Countries", "Countries%short", "Countries%variant"}) {
      for (const auto& [iso, name] : strings_of(bundle, table)) {
        const auto id = draft.country_of(iso);
        if (!id) continue;
        names.emplace(*id, fold(name));
        if (const auto parts = bracketed(name)) {
          names.emplace(*id, fold(parts->without));
          inside.emplace(*id, fold(parts->inside));
        }
      }
    }
  }
  const auto all = names;
  for (const auto& [id, words] : inside) {
    if (!is_part_of_another(all, id, words)) names.emplace(id, words);
  }
  return names;
}

void add_countries(Draft& draft, const std::map<std::string, std::vector<icu::Locale>>& locales) {
  std::map<std::string, std::string> english_names;
  if (const auto bundle = bundle_of(icu::Locale::getEnglish(), "region")) {
    for (const auto& [iso, name] : strings_of(bundle, "Countries")) english_names.emplace(iso, name);
  }
  std::set<std::string> codes;
  for (const auto* code = uloc_getISOCountries(); *code != nullptr; ++code) codes.emplace(*code);
  std::vector<std::string> long_codes;
  for (const auto& iso : codes) {
    const auto name = english_names.find(iso);
    if (name == english_names.end()) continue;
    draft.countries.push_back({iso, name->second});
    long_codes.push_back(fold(icu::Locale("", iso.c_str()).getISO3Country()));
  }

  const auto before = draft.names.size();
  for (const auto code : languages_with_names) {
    const auto found = locales.find(std::string(code));
    if (found == locales.end()) continue;
    for (const auto& [id, name] : country_names(draft, found->second)) {
      draft.add_name(name, {NameKind::country, Language(code), id});
      if (name == long_codes[id]) draft.add_name(name, {NameKind::country, Language(), id});
    }
  }
  draft.ingredients.push_back(
      {"countries", name_of_icu(), std::string(licence), draft.countries.size(),
       draft.countries.empty() ? "ICU's data holds no names of regions; install libicu72 of Debian" : ""});
  draft.ingredients.push_back({"country names", name_of_icu(), std::string(licence), draft.names.size() - before, ""});
}

// -- calendar --------------------------------------------------------------------------------------------------------

void add_calendar(Draft& draft, const std::map<std::string, std::vector<icu::Locale>>& locales) {
  const auto before = draft.names.size();
  std::set<std::pair<std::string, Meaning>> seen;
  const auto add = [&](const icu::UnicodeString& name, const Meaning& meaning) {
    const auto printed = utf8(name);
    if (seen.emplace(printed, meaning).second) draft.add_name(printed, meaning);
  };
  for (const auto code : languages_with_names) {
    const auto found = locales.find(std::string(code));
    if (found == locales.end()) continue;
    for (const auto& locale : found->second) {
      UErrorCode status = U_ZERO_ERROR;
      const icu::DateFormatSymbols symbols(locale, "gregorian", status);
      if (U_FAILURE(status)) continue;
      for (const auto context : {icu::DateFormatSymbols::FORMAT, icu::DateFormatSymbols::STANDALONE}) {
        for (const auto width : {icu::DateFormatSymbols::WIDE, icu::DateFormatSymbols::ABBREVIATED}) {
          std::int32_t count = 0;
          const auto* names = symbols.getMonths(count, context, width);
          std::uint32_t id = 0;
          for (const auto& name : std::span(names, static_cast<std::size_t>(count))) {
            if (++id <= 12) add(name, {NameKind::month, Language(code), id});
          }
          names = symbols.getWeekdays(count, context, width);
          id = 0;
          // ICU counts from Sunday, and has nothing at the place of the zeroth day.
          for (const auto& name : std::span(names, static_cast<std::size_t>(count))) {
            if (id >= 1 && id <= 7) add(name, {NameKind::weekday, Language(code), id == 1 ? 7 : id - 1});
            ++id;
          }
        }
      }
    }
  }
  draft.ingredients.push_back(
      {"months and weekdays", name_of_icu(), std::string(licence), draft.names.size() - before, ""});
}

// -- number words ----------------------------------------------------------------------------------------------------

constexpr std::array<std::uint32_t, 4> scales = {100, 1000, 1'000'000, 1'000'000'000};

std::vector<std::uint32_t> spelled_numbers() {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i <= 100; ++i) numbers.push_back(i);
  for (std::uint32_t i = 200; i <= 900; i += 100) numbers.push_back(i);
  for (std::uint32_t i = 1000; i <= 10'000; i += 1000) numbers.push_back(i);
  numbers.insert(numbers.end(), {100'000, 1'000'000, 1'000'000'000});
  return numbers;
}

/// One rule set of a spell-out format: a gender, a case, or a style of writing.
class Speller {
 public:
  Speller(const icu::RuleBasedNumberFormat& format, icu::UnicodeString rule_set)
      : format_(format), rule_set_(std::move(rule_set)) {}

  /// Empty where the rules end and ICU falls back to digits.
  std::string operator()(std::uint32_t number) const {
    icu::UnicodeString out;
    icu::FieldPosition position;
    UErrorCode status = U_ZERO_ERROR;
    format_.format(static_cast<std::int64_t>(number), rule_set_, out, position, status);
    auto word = utf8(out);
    const bool has_digits = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    return U_FAILURE(status) || has_digits ? std::string() : word;
  }

 private:
  const icu::RuleBasedNumberFormat& format_;
  icu::UnicodeString rule_set_;
};

/// "hundert", "million" and their plurals, folded, with the value of each.
std::set<std::pair<std::string, std::uint32_t>> scale_words(const Speller& spell) {
  std::set<std::pair<std::string, std::uint32_t>> words;
  for (const auto scale : scales) {
    std::map<std::string, int> rests;
    for (std::uint32_t times = 2; times <= 9 && times <= UINT32_MAX / scale; ++times) {
      const auto multiplier = spell(times);
      const auto product = spell(times * scale);
      if (!multiplier.empty() && product.starts_with(multiplier)) ++rests[product.substr(multiplier.size())];
    }
    for (const auto& [rest, count] : rests) {
      if (count >= 2) words.emplace(rest, scale);
    }
  }
  return words;
}

void add_number_words(Draft& draft, const std::map<std::string, std::vector<icu::Locale>>& locales) {
  const auto before = draft.names.size();
  const auto numbers = spelled_numbers();
  for (const auto code : languages_with_names) {
    const auto found = locales.find(std::string(code));
    if (found == locales.end()) continue;
    std::set<std::pair<std::string, std::uint32_t>> words;
    for (const auto& locale : found->second) {
      if (!bundle_of(locale, "rbnf")) continue;
      UErrorCode status = U_ZERO_ERROR;
      const icu::RuleBasedNumberFormat format(icu::URBNF_SPELLOUT, locale, status);
      if (U_FAILURE(status)) continue;
      for (std::int32_t i = 0; i < format.getNumberOfRuleSetNames(); ++i) {
        const auto rule_set = format.getRuleSetName(i);
        const bool is_plain = rule_set.startsWith("%spellout-cardinal") || rule_set.startsWith("%spellout-numbering");
        if (!is_plain || rule_set.endsWith("-year")) continue;
        const Speller spell(format, rule_set);
        for (const auto number : numbers) words.emplace(spell(number), number);
        words.merge(scale_words(spell));
      }
    }
    for (const auto& [word, value] : words) draft.add_name(word, {NameKind::number, Language(code), value});
  }
  draft.ingredients.push_back({"number words", name_of_icu(), std::string(licence), draft.names.size() - before, ""});
}

// -- number formats --------------------------------------------------------------------------------------------------

// No-break blanks glue figures together in any language that prints them; a plain blank does so only where the language
// groups by blanks, since elsewhere "on May 12 300 people" would be 12,300.
constexpr std::u32string_view glue = U"\u00A0\u202F\u2009";
constexpr std::u32string_view apostrophes = U"'\u2019";

bool has_any_of(std::u32string_view text, std::u32string_view marks) {
  return text.find_first_of(marks) != std::u32string_view::npos;
}

void add_marks(std::u32string& marks, std::u32string_view more, std::u32string_view except = {}) {
  for (const char32_t c : more) {
    if (marks.find(c) == std::u32string::npos && except.find(c) == std::u32string_view::npos) marks += c;
  }
}

void add_symbols(Draft::NumberFormat& format, const icu::Locale& locale, bool is_regional) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DecimalFormatSymbols symbols(locale, status);
  if (U_FAILURE(status)) return;
  const auto decimal = utf32(symbols.getConstSymbol(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol));
  const auto group = utf32(symbols.getConstSymbol(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol));
  // A region adds marks that its language leaves free (Swiss 10’000). It does not turn the marks of the language round,
  // as Mexico does with those of Spain: text does not say in which country it was printed.
  if (!is_regional) add_marks(format.decimal_marks, decimal);
  if (!is_regional && has_any_of(group, glue)) add_marks(format.group_marks, U" ");
  add_marks(format.group_marks, group, format.decimal_marks);
  if (has_any_of(group, apostrophes)) add_marks(format.group_marks, apostrophes);
}

void add_number_formats(Draft& draft, const std::map<std::string, std::vector<icu::Locale>>& locales) {
  for (const auto& [code, regional] : locales) {
    const Language language(code);
    if (!language.is_known()) continue;
    Draft::NumberFormat format{language, {}, {}};
    add_symbols(format, icu::Locale(code.c_str()), false);
    // Arabic is printed with Arabic and with Western figures, each with marks of its own.
    add_symbols(format, icu::Locale((code + "@numbers=latn").c_str()), false);
    for (const auto& locale : regional) add_symbols(format, locale, true);
    add_marks(format.group_marks, glue);
    draft.number_formats.push_back(std::move(format));
  }
  Draft::NumberFormat root{Language(), {}, {}};
  add_symbols(root, icu::Locale::getRoot(), false);
  add_marks(root.group_marks, glue);
  draft.number_formats.push_back(std::move(root));
  std::sort(draft.number_formats.begin(), draft.number_formats.end(),
            [](const auto& a, const auto& b) { return a.language < b.language; });
  draft.ingredients.push_back({"number formats", name_of_icu(), std::string(licence), draft.number_formats.size(), ""});
}

}  // namespace

std::string name_of_icu() {
  UVersionInfo version;
  std::array<char, U_MAX_VERSION_STRING_LENGTH> icu_text{};
  std::array<char, U_MAX_VERSION_STRING_LENGTH> cldr_text{};
  u_getVersion(version);
  u_versionToString(version, icu_text.data());
  UErrorCode status = U_ZERO_ERROR;
  ulocdata_getCLDRVersion(version, &status);
  if (U_FAILURE(status)) return fmt::format("ICU {}", icu_text.data());
  u_versionToString(version, cldr_text.data());
  return fmt::format("ICU {} (CLDR {})", icu_text.data(), cldr_text.data());
}

void add_cldr(Draft& draft) {
  const auto locales = locales_by_language();
  add_countries(draft, locales);
  add_calendar(draft, locales);
  add_number_words(draft, locales);
  add_number_formats(draft, locales);
}

}  // namespace depesche::knowledge
