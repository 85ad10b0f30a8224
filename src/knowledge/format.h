#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "knowledge/knowledge.h"

namespace depesche::knowledge {

// The compiled file, in the byte order of the machine that wrote it: a header, then sections of records of one size
// each, every section at a multiple of eight. Strings are kept once, in a section of their own, and records point to
// them; a look-up of a name touches its slot, its record, its letters and its meanings.
//
//   hash of the folded name ──slots──▶ NameRecord ──▶ meanings

/// Raised whenever what stands below, or what is put into it, changes.
inline constexpr std::uint32_t format_version = 9;
inline constexpr std::array<char, 8> file_magic = {'D', 'p', 's', 'c', 'h', 'K', 'n', 'w'};
inline constexpr std::uint32_t own_byte_order = 0x01020304;
inline constexpr std::size_t section_alignment = 8;

enum class Section : std::uint32_t {
  letters,         ///< char: all strings, UTF-8
  marks,           ///< char32_t: marks of number formats
  slots,           ///< Slot: open addressing, a power of two of them, at least half free
  names,           ///< NameRecord, by folded name
  meanings,        ///< Meaning
  countries,       ///< CountryRecord
  towns,           ///< TownRecord
  number_formats,  ///< NumberFormatRecord, by language
  packs,           ///< PackRecord
  sections,        ///< SectionRecord
  rules,           ///< RuleRecord
  fields,          ///< FieldRecord
  ingredients,     ///< IngredientRecord
  word_slots,      ///< WordSlot: open addressing, a power of two of them, at least half free
  concepts,        ///< ConceptId: what words mean
  pivots,          ///< PivotRecord
  divisions,       ///< DivisionRecord
  end,
};

/// Some of the records of another section.
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;

  auto operator<=>(const Range&) const = default;
};

struct Slot {
  std::uint32_t tag = 0;   ///< the upper half of the hash
  std::uint32_t name = 0;  ///< index of the NameRecord, plus one; 0 where the slot is free
};

struct NameRecord {
  Range folded;
  Range meanings;
};

/// A word of the lexicon, by its key (word_keys.h).
struct WordSlot {
  std::uint64_t key = 0;  ///< 0 where the slot is free
  Range concepts;
};

struct PivotRecord {
  Range text;
  float nats = 0;
};

/// Where a place has none, because the lexicon could not be made.
inline constexpr std::uint32_t no_pivot = ~0u;

struct CountryRecord {
  Range iso, name;
  std::uint32_t pivot = 0;
};

struct TownRecord {
  double latitude = 0;
  double longitude = 0;
  Range name, country, state;
  std::uint32_t geonames_id = 0;
  std::uint32_t population = 0;
  std::uint32_t pivot = 0;
  std::uint32_t division = no_division;
};

struct DivisionRecord {
  double latitude = 0;
  double longitude = 0;
  double radius_km = 0;
  Range name, country;
  std::uint32_t population = 0;
  std::uint32_t unused = 0;
};

struct NumberFormatRecord {
  Language language;
  std::uint8_t unused = 0;
  Range decimal_marks, group_marks;
};

struct PackRecord {
  Language language;
  std::uint8_t unused = 0;
  Range sections;
};

struct SectionRecord {
  Range name, rules;
};

struct RuleRecord {
  Range name, fields;
  std::int32_t line = 0;
};

struct FieldRecord {
  Range name, value;
};

struct IngredientRecord {
  Range what, from, licence, missing;
  std::uint64_t count = 0;
};

struct Extent {
  std::uint64_t offset = 0;
  std::uint64_t count = 0;  ///< of records
};

struct Header {
  std::array<char, 8> magic = file_magic;
  std::uint32_t byte_order = own_byte_order;
  std::uint32_t version = format_version;
  std::uint64_t fingerprint = 0;  ///< of the sources; `Sources::fingerprint`
  std::uint64_t file_size = 0;
  std::array<Extent, static_cast<std::size_t>(Section::end)> extents;
  std::uint64_t checksum = 0;  ///< XXH3 of the header up to here
};

// No padding, so that the same knowledge is the same bytes.
static_assert(std::has_unique_object_representations_v<NumberFormatRecord> &&
              std::has_unique_object_representations_v<PackRecord> &&
              std::has_unique_object_representations_v<IngredientRecord> &&
              std::has_unique_object_representations_v<Header>);
// Meanings are handed out as they lie in the file.
static_assert(sizeof(Meaning) == 8 && std::is_trivially_copyable_v<Meaning> && std::is_standard_layout_v<Meaning>);
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % section_alignment == 0);

}  // namespace depesche::knowledge
