#include "knowledge/wordnet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "knowledge/lines.h"
#include "knowledge/sources.h"

namespace depesche::knowledge {
namespace {

/// Running text tells more of news than definitions do.
constexpr std::uint32_t sense_count_weight = 3;

/// Calls `each` for the lines of a file; those that begin with a blank are its licence.
template <class Each>
void for_each_line(std::string_view text, const Each& each) {
  while (!text.empty()) {
    const auto line = next_line(text);
    if (!line.empty() && line[0] != ' ') each(line);
  }
}

class Fields {
 public:
  explicit Fields(std::string_view line) : rest_(line) {}

  std::string_view next() {
    const auto end = std::min(rest_.find(' '), rest_.size());
    const auto field = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return field;
  }

  std::optional<unsigned> number(int base) {
    const auto field = next();
    unsigned value = 0;
    const auto [stop, error] = std::from_chars(field.data(), field.data() + field.size(), value, base);
    if (error != std::errc() || stop != field.data() + field.size()) return {};
    return value;
  }

 private:
  std::string_view rest_;
};

/// "Ivory_Coast" and "galore(ip)" as they are written in text.
std::string word_of(std::string_view written) {
  std::string word(written.substr(0, written.find('(')));
  std::replace(word.begin(), word.end(), '_', ' ');
  return word;
}

struct Pointer {
  std::string_view synset;
  unsigned source = 0, target = 0;  ///< words, from 1; 0 for all
};

struct Synset {
  std::vector<std::string_view> words;
  std::vector<Pointer> pertaining;  ///< to nouns
};

std::optional<Synset> parse_synset(std::string_view line) {
  Fields fields(line);
  Synset out;
  fields.next(), fields.next(), fields.next();  // offset, lexicographer's file, part of speech
  const auto words = fields.number(16);
  if (!words) return {};
  for (unsigned i = 0; i < *words; ++i) {
    out.words.push_back(fields.next());
    fields.next();
  }
  const auto pointers = fields.number(10);
  if (!pointers) return {};
  for (unsigned i = 0; i < *pointers; ++i) {
    const auto symbol = fields.next();
    const auto synset = fields.next();
    const auto part = fields.next();
    const auto ends = fields.number(16);
    if (!ends) return {};
    if (symbol == "\\" && part == "n") out.pertaining.push_back({synset, *ends >> 8, *ends & 0xFF});
  }
  return out;
}

void count_words(std::string_view text, std::unordered_map<std::string, std::uint32_t>& counts) {
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) ++counts[word];
    word.clear();
  };
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') {
      word += c;
    } else if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c + 32);
    } else {
      end_word();
    }
  }
  end_word();
}

}  // namespace

Result<WordNet> read_wordnet(const std::filesystem::path& folder) {
  WordNet out;
  const auto nouns_text = TRY(read_file(folder / "data.noun"));
  const auto adjectives_text = TRY(read_file(folder / "data.adj"));
  const auto verbs_text = TRY(read_file(folder / "data.verb"));

  std::unordered_map<std::string_view, std::string_view> noun_lines;
  for_each_line(nouns_text, [&](std::string_view line) { noun_lines.emplace(line.substr(0, line.find(' ')), line); });
  if (noun_lines.size() < 1000) return fail(Fault::bad_input, "is no WordNet", (folder / "data.noun").string());
  for_each_line(adjectives_text, [&](std::string_view line) {
    const auto synset = parse_synset(line);
    if (!synset) return;
    for (const auto& pointer : synset->pertaining) {
      const auto noun = noun_lines.find(pointer.synset);
      if (noun == noun_lines.end() || pointer.source == 0 || pointer.source > synset->words.size()) continue;
      const auto target = parse_synset(noun->second);
      // All names of the noun: the one pointed at may not be the one that countries go by ("Great Britain").
      if (!target) continue;
      for (const auto word : target->words)
        out.pertaining.emplace_back(word_of(synset->words[pointer.source - 1]), word_of(word));
    }
  });

  for (const char* name : {"noun.exc", "verb.exc", "adj.exc"}) {
    const auto text = TRY(read_file(folder / name));
    for_each_line(text, [&](std::string_view line) {
      Fields fields(line);
      const auto form = word_of(fields.next());
      const auto lemma = word_of(fields.next());
      if (!lemma.empty()) out.irregular.emplace_back(form, lemma);
    });
  }

  for (const auto text :
       {std::string_view(nouns_text), std::string_view(adjectives_text), std::string_view(verbs_text)}) {
    for_each_line(text, [&](std::string_view line) {
      const auto gloss = line.find(" | ");
      if (gloss != std::string_view::npos) count_words(line.substr(gloss + 3), out.counts);
    });
  }
  // "abandon%2:40:00:: 1 20": twenty times in that sense.
  if (const auto text = read_file(folder / "cntlist.rev"); text.has_value()) {
    for_each_line(*text, [&](std::string_view line) {
      Fields fields(line);
      const auto key = fields.next();
      fields.next();
      const auto count = fields.number(10);
      const auto word = key.substr(0, key.find('%'));
      if (count && word.find('_') == std::string_view::npos)
        out.counts[std::string(word)] += sense_count_weight * *count;
    });
  }
  return out;
}

}  // namespace depesche::knowledge
