#include "knowledge/mapped.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <xxhash.h>

#include <array>
#include <atomic>
#include <bit>

namespace depesche::knowledge {
namespace {

constexpr std::array<std::size_t, static_cast<std::size_t>(Section::end)> record_sizes = {
    sizeof(char),
    sizeof(char32_t),
    sizeof(Slot),
    sizeof(NameRecord),
    sizeof(Meaning),
    sizeof(CountryRecord),
    sizeof(TownRecord),
    sizeof(NumberFormatRecord),
    sizeof(PackRecord),
    sizeof(SectionRecord),
    sizeof(RuleRecord),
    sizeof(FieldRecord),
    sizeof(IngredientRecord),
    sizeof(WordSlot),
    sizeof(ConceptId),
    sizeof(PivotRecord),
    sizeof(DivisionRecord),
};

}  // namespace

std::shared_ptr<const Knowledge::Mapped> Knowledge::Mapped::map(int descriptor, const std::filesystem::path& file,
                                                                std::uint64_t fingerprint) {
  struct stat info{};
  if (::fstat(descriptor, &info) != 0 || info.st_size < static_cast<off_t>(sizeof(Header))) return nullptr;
  const auto size = static_cast<std::size_t>(info.st_size);
  void* const begin = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (begin == MAP_FAILED) return nullptr;

  auto mapped = std::make_shared<Mapped>();
  mapped->bytes = {static_cast<const char*>(begin), size};
  mapped->file = file;
  static std::atomic<std::uint64_t> mapped_so_far = 0;
  mapped->serial = ++mapped_so_far;
  if (!mapped->is_sound(fingerprint)) return nullptr;
  mapped->prepare();
  return mapped;
}

Knowledge::Mapped::~Mapped() {
  if (!bytes.empty()) ::munmap(const_cast<char*>(bytes.data()), bytes.size());
}

bool Knowledge::Mapped::is_sound(std::uint64_t fingerprint) const {
  const Header& head = header();
  if (head.magic != file_magic || head.byte_order != own_byte_order || head.version != format_version) return false;
  if (head.fingerprint != fingerprint || head.file_size != bytes.size()) return false;
  if (head.checksum != XXH3_64bits(&head, offsetof(Header, checksum))) return false;
  for (std::size_t i = 0; i < record_sizes.size(); ++i) {
    const auto& [offset, count] = head.extents[i];
    if (offset % section_alignment != 0 || offset > bytes.size() || count > (bytes.size() - offset) / record_sizes[i])
      return false;
  }
  return std::has_single_bit(section<Slot>(Section::slots).size()) &&
         std::has_single_bit(section<WordSlot>(Section::word_slots).size());
}

void Knowledge::Mapped::prepare() {
  for (const auto& record : section<IngredientRecord>(Section::ingredients)) {
    ingredients.push_back({std::string(text(record.what)), std::string(text(record.from)),
                           std::string(text(record.licence)), record.count, std::string(text(record.missing))});
  }
  for (const auto& record : section<PackRecord>(Section::packs)) packs_.push_back({record.language, {}});
  // The pack of every language is always there, and first; a file that says otherwise is damaged.
  if (packs_.empty()) packs_.emplace_back();
  is_loaded_ = std::make_unique<std::once_flag[]>(packs_.size());
}

const Pack& Knowledge::Mapped::pack(std::size_t index) const {
  std::call_once(is_loaded_[index], [&] { load(index); });
  return packs_[index];
}

void Knowledge::Mapped::load(std::size_t index) const {
  const auto records_of_packs = section<PackRecord>(Section::packs);
  if (index >= records_of_packs.size()) return;
  for (const auto& section_record : records<SectionRecord>(Section::sections, records_of_packs[index].sections)) {
    auto& [name, rules] = packs_[index].sections.emplace_back(text(section_record.name), std::vector<Rule>());
    for (const auto& rule_record : records<RuleRecord>(Section::rules, section_record.rules)) {
      auto& rule = rules.emplace_back(Rule{std::string(text(rule_record.name)), rule_record.line, {}});
      for (const auto& field : records<FieldRecord>(Section::fields, rule_record.fields)) {
        rule.fields.emplace_back(text(field.name), text(field.value));
      }
    }
  }
}

std::span<const Meaning> Knowledge::Mapped::meanings(std::string_view folded) const {
  const auto slots = section<Slot>(Section::slots);
  const auto names = section<NameRecord>(Section::names);
  const auto hash = XXH3_64bits(folded.data(), folded.size());
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  // Half of the slots are free, so this ends after one or two; the bound is for a damaged file.
  for (std::size_t step = 0; step < slots.size(); ++step) {
    const Slot& slot = slots[(hash + step) & (slots.size() - 1)];
    if (slot.name == 0) return {};
    if (slot.tag != tag || slot.name > names.size()) continue;
    const NameRecord& name = names[slot.name - 1];
    if (text(name.folded) == folded) return records<Meaning>(Section::meanings, name.meanings);
  }
  return {};
}

const WordSlot* Knowledge::Mapped::word(std::uint64_t key) const {
  const auto slots = section<WordSlot>(Section::word_slots);
  for (std::size_t step = 0; step < slots.size(); ++step) {
    const WordSlot& slot = slots[((key >> 1) + step) & (slots.size() - 1)];
    if (slot.key == key) return &slot;
    if (slot.key == 0) return nullptr;
  }
  return nullptr;
}

}  // namespace depesche::knowledge
