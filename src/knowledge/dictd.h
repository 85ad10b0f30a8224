#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace depesche::knowledge {

/// A dictionary in the format of the DICT server (dictfmt(1)): an index of headwords, and their entries in a file packed
/// with dictzip, which any gzip reads.
struct DictdFile {
  std::string text;  ///< all entries, UTF-8
  std::vector<std::string_view>
      entries;  ///< into `text`, in its order, each once; without those about the dictionary itself
};

/// `index` is the path that ends in ".index"; the entries lie beside it. Fails with io or bad_input, naming the file.
Result<DictdFile> read_dictd(const std::filesystem::path& index);

/// What an entry says of its headword.
struct DictionaryEntry {
  std::string_view headword;                   ///< as printed, with its capitals
  std::vector<std::string_view> translations;  ///< one word or a few, without marks of grammar; the best first
};

/// Reads an entry of FreeDict: of Ding ("mapping <n>, map <n>"), of WikDict (numbered translations, each with its gloss on a
/// line of its own, which is left out) or of one line.
DictionaryEntry parse_freedict(std::string_view entry);

/// Reads an entry of Mueller's English-Russian dictionary: senses with labels, examples and remarks between them.
DictionaryEntry parse_mueller(std::string_view entry);

}  // namespace depesche::knowledge
