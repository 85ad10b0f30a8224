#include "knowledge/layout.h"

#include <xxhash.h>

#include <bit>
#include <cstring>
#include <map>
#include <string_view>

#include "knowledge/format.h"

namespace depesche::knowledge {
namespace {

class Layout {
 public:
  explicit Layout(std::uint64_t fingerprint) : bytes_(sizeof(Header), '\0') { header_.fingerprint = fingerprint; }

  Range keep(std::string_view text) { return keep_once(text, letters_, places_); }
  Range keep(std::u32string_view text) { return keep_once(text, marks_, places_of_marks_); }

  template <class Record>
  void put(Section section, const std::vector<Record>& records) {
    put(section, records.data(), records.size(), sizeof(Record));
  }

  std::string finish() {
    put(Section::letters, letters_.data(), letters_.size(), 1);
    put(Section::marks, marks_.data(), marks_.size(), sizeof(char32_t));
    header_.file_size = bytes_.size();
    header_.checksum = XXH3_64bits(&header_, offsetof(Header, checksum));
    std::memcpy(bytes_.data(), &header_, sizeof(Header));
    return std::move(bytes_);
  }

 private:
  template <class Char, class Places>
  static Range keep_once(std::basic_string_view<Char> text, std::basic_string<Char>& all, Places& places) {
    const auto [place, is_new] =
        places.try_emplace(std::basic_string<Char>(text),
                           Range{static_cast<std::uint32_t>(all.size()), static_cast<std::uint32_t>(text.size())});
    if (is_new) all += text;
    return place->second;
  }

  void put(Section section, const void* records, std::size_t count, std::size_t size) {
    header_.extents[static_cast<std::size_t>(section)] = {bytes_.size(), count};
    if (count > 0) bytes_.append(static_cast<const char*>(records), count * size);
    bytes_.resize((bytes_.size() + section_alignment - 1) / section_alignment * section_alignment);
  }

  Header header_;
  std::string bytes_;
  std::string letters_;
  std::u32string marks_;
  std::map<std::string, Range> places_;
  std::map<std::u32string, Range> places_of_marks_;
};

Range behind(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
}

void put_names(Layout& layout, const Draft& draft) {
  std::vector<NameRecord> names;
  std::vector<Meaning> meanings;
  std::vector<std::uint64_t> hashes;
  const std::string* last = nullptr;
  for (const auto& [folded, meaning] : draft.names) {
    if (last == nullptr || *last != folded) {
      names.push_back({layout.keep(folded), behind(meanings.size(), meanings.size())});
      hashes.push_back(XXH3_64bits(folded.data(), folded.size()));
      last = &folded;
    }
    meanings.push_back(meaning);
    ++names.back().meanings.size;
  }

  std::vector<Slot> slots(std::bit_ceil(names.size() * 2 + 1));
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto at = hashes[i] & (slots.size() - 1);
    while (slots[at].name != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = {static_cast<std::uint32_t>(hashes[i] >> 32), static_cast<std::uint32_t>(i + 1)};
  }
  layout.put(Section::slots, slots);
  layout.put(Section::names, names);
  layout.put(Section::meanings, meanings);
}

void put_places(Layout& layout, const Draft& draft) {
  std::vector<CountryRecord> countries;
  countries.reserve(draft.countries.size());
  const auto pivot_at = [](const std::vector<std::uint32_t>& pivots, std::size_t i) {
    return i < pivots.size() ? pivots[i] : no_pivot;
  };
  for (const auto& [iso, name] : draft.countries)
    countries.push_back({layout.keep(iso), layout.keep(name), pivot_at(draft.country_pivots, countries.size())});
  std::vector<TownRecord> towns;
  towns.reserve(draft.towns.size());
  for (const auto& town : draft.towns) {
    towns.push_back({town.latitude, town.longitude, layout.keep(town.name), layout.keep(town.country),
                     layout.keep(town.state), town.geonames_id, town.population,
                     pivot_at(draft.town_pivots, towns.size()), town.division});
  }
  std::vector<DivisionRecord> divisions;
  divisions.reserve(draft.divisions.size());
  for (const auto& division : draft.divisions) {
    divisions.push_back({division.latitude, division.longitude, division.radius_km, layout.keep(division.name),
                         layout.keep(division.country), division.population, 0});
  }
  layout.put(Section::countries, countries);
  layout.put(Section::towns, towns);
  layout.put(Section::divisions, divisions);
}

void put_lexicon(Layout& layout, const Draft& draft) {
  std::vector<WordSlot> slots(std::bit_ceil(draft.lexicon.size() * 2 + 1));
  std::vector<ConceptId> concepts;
  for (const auto& [key, meant] : draft.lexicon) {
    auto at = (key >> 1) & (slots.size() - 1);
    while (slots[at].key != 0) at = (at + 1) & (slots.size() - 1);
    slots[at] = {key, behind(concepts.size(), concepts.size() + meant.size())};
    concepts.insert(concepts.end(), meant.begin(), meant.end());
  }
  std::vector<PivotRecord> pivots;
  pivots.reserve(draft.pivots.size());
  for (const auto& pivot : draft.pivots) pivots.push_back({layout.keep(pivot.text), pivot.nats});
  layout.put(Section::word_slots, slots);
  layout.put(Section::concepts, concepts);
  layout.put(Section::pivots, pivots);
}

void put_packs(Layout& layout, const Draft& draft) {
  std::vector<PackRecord> packs;
  std::vector<SectionRecord> sections;
  std::vector<RuleRecord> rules;
  std::vector<FieldRecord> fields;
  for (const auto& pack : draft.packs) {
    const auto first_section = sections.size();
    for (const auto& [name, section_rules] : pack.sections) {
      const auto first_rule = rules.size();
      for (const auto& rule : section_rules) {
        const auto first_field = fields.size();
        for (const auto& [field, value] : rule.fields) fields.push_back({layout.keep(field), layout.keep(value)});
        rules.push_back({layout.keep(rule.name), behind(first_field, fields.size()), rule.line});
      }
      sections.push_back({layout.keep(name), behind(first_rule, rules.size())});
    }
    packs.push_back({pack.language, 0, behind(first_section, sections.size())});
  }
  layout.put(Section::packs, packs);
  layout.put(Section::sections, sections);
  layout.put(Section::rules, rules);
  layout.put(Section::fields, fields);
}

}  // namespace

std::string lay_out(const Draft& draft, std::uint64_t fingerprint) {
  Layout layout(fingerprint);
  put_names(layout, draft);
  put_places(layout, draft);

  std::vector<NumberFormatRecord> formats;
  formats.reserve(draft.number_formats.size());
  for (const auto& format : draft.number_formats) {
    formats.push_back({format.language, 0, layout.keep(format.decimal_marks), layout.keep(format.group_marks)});
  }
  layout.put(Section::number_formats, formats);

  put_packs(layout, draft);
  put_lexicon(layout, draft);

  std::vector<IngredientRecord> ingredients;
  ingredients.reserve(draft.ingredients.size());
  for (const auto& [what, from, licence, count, missing] : draft.ingredients) {
    ingredients.push_back({layout.keep(what), layout.keep(from), layout.keep(licence), layout.keep(missing), count});
  }
  layout.put(Section::ingredients, ingredients);
  return layout.finish();
}

}  // namespace depesche::knowledge
