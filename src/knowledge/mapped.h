#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "knowledge/format.h"
#include "knowledge/knowledge.h"

namespace depesche::knowledge {

/// A compiled file in memory.
///
/// What the header says of sections is proved when the file is mapped. What records say of each other is proved when
/// they are followed, so that opening touches no more than a page or two; a damaged record is one that has no name, no
/// rules, no meanings.
struct Knowledge::Mapped {
  /// Null where the file is none of ours, is cut short, or was made from something else. `descriptor` stays with the
  /// caller.
  static std::shared_ptr<const Mapped> map(int descriptor, const std::filesystem::path& file,
                                           std::uint64_t fingerprint);

  Mapped() = default;
  ~Mapped();
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;

  template <class Record>
  std::span<const Record> section(Section section) const {
    const auto& extent = header().extents[static_cast<std::size_t>(section)];
    return {reinterpret_cast<const Record*>(bytes.data() + extent.offset), static_cast<std::size_t>(extent.count)};
  }
  /// The records of a range; none where the section has no such range.
  template <class Record>
  std::span<const Record> records(Section which, Range range) const {
    const auto all = section<Record>(which);
    if (range.begin > all.size() || range.size > all.size() - range.begin) return {};
    return all.subspan(range.begin, range.size);
  }
  std::string_view text(Range range) const {
    const auto letters = records<char>(Section::letters, range);
    return {letters.data(), letters.size()};
  }
  std::u32string_view marks(Range range) const {
    const auto marks = records<char32_t>(Section::marks, range);
    return {marks.data(), marks.size()};
  }

  std::span<const Meaning> meanings(std::string_view folded) const;
  const Pack& pack(std::size_t index) const;
  /// The entry of a key in the lexicon; null where there is none.
  const WordSlot* word(std::uint64_t key) const;

  std::string_view bytes;
  std::filesystem::path file;
  std::uint64_t serial = 0;
  std::vector<Ingredient> ingredients;

 private:
  const Header& header() const { return *reinterpret_cast<const Header*>(bytes.data()); }
  bool is_sound(std::uint64_t fingerprint) const;
  void prepare();
  void load(std::size_t index) const;

  // Packs become strings when they are first asked for; most runs need two or three of them.
  mutable std::vector<Pack> packs_;
  mutable std::unique_ptr<std::once_flag[]> is_loaded_;

  friend class Knowledge;
};

}  // namespace depesche::knowledge
