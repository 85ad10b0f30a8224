#include "knowledge/wordnet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>

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

/// The files of the lexicographers in which nouns for persons stand, and for groups and places (lexnames(5WN)).
constexpr std::string_view person_file = "18";
/// A first name that is a common noun as well ("Mark", "Rose") has so many bearers at least.
constexpr unsigned bearers_min = 3;

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
  std::string_view file;     ///< number of the lexicographer's file
  bool is_instance = false;  ///< of a kind, as a person or town is
  std::vector<std::string_view> words;
  std::vector<Pointer> pertaining;       ///< to nouns
  std::vector<std::string_view> wholes;  ///< synsets of which it is part, as a town is of a country
};

std::optional<Synset> parse_synset(std::string_view line) {
  Fields fields(line);
  Synset out;
  fields.next();  // offset
  out.file = fields.next();
  fields.next();  // part of speech
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
    out.is_instance |= symbol == "@i";
    if (symbol == "#p") out.wholes.push_back(synset);
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

bool begins_with_capital(std::string_view word) { return !word.empty() && word[0] >= 'A' && word[0] <= 'Z'; }

/// A part of a person's name that can be told from an initial, a number ("Henry VIII") and a title ("St.").
bool is_name_part(std::string_view part) {
  return part.size() > 2 && begins_with_capital(part) && part[1] >= 'a' && part.find('.') == std::string_view::npos;
}

/// Reads names of persons and capitals off the nouns.
class NamesReader {
 public:
  explicit NamesReader(const std::unordered_map<std::string_view, std::string_view>& nouns) : nouns_(nouns) {}

  void read(std::string_view line) {
    const auto synset = parse_synset(line);
    if (!synset) return;
    if (!synset->is_instance) {
      for (const auto word : synset->words) note_common(word, synset->file == person_file);
      return;
    }
    if (synset->file == person_file) {
      for (const auto word : synset->words) note_person(word_of(word));
    }
    note_capital(*synset, line);
  }

  void finish(WordNet& out) {
    for (const auto& [name, bearers] : given_) {
      const auto common = common_.find(small(name));
      const bool is_common = common != common_.end();
      // "Sir", "President": nouns for persons stand before names as well.
      if (!is_common || (bearers >= bearers_min && !common->second)) out.given_names.push_back(name);
    }
    for (const auto& name : family_) {
      if (!common_.contains(small(name))) out.family_names.push_back(name);
    }
    out.capitals = std::move(capitals_);
  }

 private:
  static std::string small(std::string_view word) {
    std::string out(word);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }

  void note_common(std::string_view word, bool is_person) {
    if (!begins_with_capital(word)) common_[std::string(word)] |= is_person;
  }

  void note_person(std::string_view name) {
    const auto first = name.substr(0, name.find(' '));
    const auto last = name.substr(name.rfind(' ') + 1);
    if (first.size() < name.size() && is_name_part(first)) ++given_[std::string(first)];
    if (is_name_part(last)) family_.emplace(last);
  }

  /// A town whose definition calls it a capital, and everything that it is part of: Ankara, Turkey. That is a country or it is not:
  /// the capitals of states of a country are parts of these.
  void note_capital(const Synset& synset, std::string_view line) {
    const auto gloss = line.substr(std::min(line.find(" | "), line.size()));
    const bool is_capital = gloss.find("capital") != std::string_view::npos &&
                            gloss.find("state capital") == std::string_view::npos &&
                            gloss.find("provincial capital") == std::string_view::npos;
    if (!is_capital) return;
    for (const auto whole : synset.wholes) {
      const auto noun = nouns_.find(whole);
      const auto country = noun == nouns_.end() ? std::nullopt : parse_synset(noun->second);
      if (!country) continue;
      for (const auto town : synset.words) {
        for (const auto name : country->words) capitals_.emplace_back(word_of(town), word_of(name));
      }
    }
  }

  const std::unordered_map<std::string_view, std::string_view>& nouns_;  ///< by their place in the file
  std::map<std::string, unsigned> given_;
  std::set<std::string> family_;
  std::unordered_map<std::string, bool> common_;  ///< nouns in small letters; whether they are persons
  std::vector<std::pair<std::string, std::string>> capitals_;
};

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

  NamesReader names(noun_lines);
  for_each_line(nouns_text, [&](std::string_view line) { names.read(line); });
  names.finish(out);

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
