// A rule names words and short patterns that tell of events of one class.
//
//   rule     capture
//   verb     (seize~|capture~) .. <place>  ;  took .. control of
//   noun     fall ; capture
//
// An element is a word, a word with ~ (all words of its stem), several of them in brackets, a <set> of the pack, or one of <place>, <actor>
// and <number>, which the facts found before say. ".." lets up to five words stand between two elements, "..." up to fourteen, as German
// parts its verbs.
//
// Patterns are few and begin with words that are rare, so a look-up of each token's form and stem costs little, and only behind a hit is
// anything compared.
#include "facts/event_grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/unicode.h"
#include "knowledge/stemmer.h"

namespace depesche::facts {
namespace {

constexpr std::uint8_t short_gap = 5;
constexpr std::uint8_t long_gap = 14;

const std::map<std::string_view, std::uint32_t, std::less<>> doings = {{"passive", clause_word::passive},
                                                                       {"by", clause_word::by},
                                                                       {"of", clause_word::of},
                                                                       {"towards", clause_word::towards},
                                                                       {"where", clause_word::where},
                                                                       {"preposition", clause_word::preposition},
                                                                       {"negation", clause_word::negation},
                                                                       {"planned", clause_word::planned},
                                                                       {"conditional", clause_word::conditional},
                                                                       {"reported", clause_word::reported},
                                                                       {"determiner", clause_word::determiner},
                                                                       {"relative", clause_word::relative},
                                                                       {"opener", clause_word::opener},
                                                                       {"conjunction", clause_word::conjunction},
                                                                       {"auxiliary", clause_word::auxiliary},
                                                                       {"light", clause_word::light},
                                                                       {"figurative", clause_word::figurative},
                                                                       {"naming", clause_word::naming},
                                                                       {"since", clause_word::since},
                                                                       {"country", clause_word::country}};

const std::map<std::string_view, EventGrammar::Voice, std::less<>> voices = {{"verb", EventGrammar::Voice::verb},
                                                                             {"goes", EventGrammar::Voice::goes},
                                                                             {"undergo", EventGrammar::Voice::undergo},
                                                                             {"noun", EventGrammar::Voice::noun},
                                                                             {"act", EventGrammar::Voice::act}};

constexpr std::string_view words_prefix = "words_";
constexpr std::string_view set_prefix = "set_";

std::vector<std::string_view> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto at = std::min(text.find(separator), text.size());
    const auto part = trim(text.substr(0, at));
    if (!part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(at + separator.size(), text.size()));
  }
  return parts;
}

/// The readings of a pattern in which no alternative is a slot or of several tokens: "(shot|gunned down) dead" is "(shot) dead" and "gunned down dead".
std::vector<std::string> readings_of(std::string_view pattern) {
  for (auto open = pattern.find('('); open != pattern.npos; open = pattern.find('(', open + 1)) {
    const auto close = std::min(pattern.find(')', open), pattern.size());
    const auto inside = pattern.substr(open + 1, close - open - 1);
    if (inside.find_first_of(" -'<") == inside.npos) continue;
    std::string words;
    std::vector<std::string> choices;
    for (const auto choice : parts_of(inside, "|")) {
      const bool is_phrase =
          choice.starts_with('<') || (!choice.ends_with('~') && fold(choice).find(' ') != std::string::npos);
      if (is_phrase) choices.emplace_back(choice);
      if (!is_phrase) words += fmt::format("{}{}", words.empty() ? "" : "|", choice);
    }
    if (!words.empty()) choices.push_back(fmt::format("({})", words));
    if (choices.size() == 1 && choices[0].starts_with('(')) continue;
    std::vector<std::string> readings;
    for (const auto& choice : choices) {
      const auto one =
          fmt::format("{}{}{}", pattern.substr(0, open), choice, pattern.substr(std::min(close + 1, pattern.size())));
      for (auto& reading : readings_of(one)) readings.push_back(std::move(reading));
    }
    return readings;
  }
  return {std::string(pattern)};
}

}  // namespace

class EventGrammar::Builder {
 public:
  Builder(EventGrammar& grammar, const knowledge::Pack& pack, std::vector<std::string>* mistakes)
      : out_(grammar), stemmer_(pack.language), mistakes_(mistakes) {
    file_ = fmt::format("data/lang/{}/events.rules", pack.language.code());
  }

  void read_classes(const knowledge::Pack& und) {
    for (const auto& rule : und.section("events")) {
      auto kind = std::make_shared<EventClass>();
      kind->name = rule.name;
      const auto type = event_type_of(rule.value("type"));
      if (!type && rule.value("type") != "none")
        fail(rule, fmt::format("no type of PLOVER: \"{}\"", rule.value("type")));
      kind->type = type.value_or(EventType::none);
      kind->cameo = rule.value("cameo");
      kind->mode = rule.value("mode");
      kind->control = control_change_of(rule.value("control"));
      if (!rule.value("control").empty() && !kind->control) fail(rule, "no change of control");
      if (rule.value("within") == "planned") kind->governs = Modality::planned;
      if (rule.value("within") == "denied") kind->governs = Modality::denied;
      kind->is_news = rule.value("timeline") == "yes";
      kind->is_mutual = rule.value("mutual") == "yes";
      kind->is_state = rule.value("state") == "yes";
      classes_[rule.name] = std::move(kind);
    }
  }

  void read(const knowledge::Pack& pack) {
    for (const auto& rule : pack.section("events")) {
      if (rule.name.starts_with(set_prefix)) sets_[rule.name.substr(set_prefix.size())] = keys_of_all(rule);
    }
    for (const auto& rule : pack.section("events")) {
      if (rule.name.starts_with(set_prefix)) continue;
      if (rule.name == "order") {
        read_order(rule);
      } else if (rule.name.starts_with(words_prefix)) {
        const auto doing = doings.find(std::string_view(rule.name).substr(words_prefix.size()));
        if (doing == doings.end()) fail(rule, "words of no known doing");
        if (doing == doings.end()) continue;
        for (const auto key : keys_of_all(rule)) out_.entries_[key].does |= doing->second;
      } else {
        read_class(rule);
      }
    }
    for (auto& [key, entry] : out_.entries_) {
      std::stable_sort(entry.patterns.begin(), entry.patterns.end(), [&](auto x, auto y) {
        return out_.patterns_[x].elements.size() > out_.patterns_[y].elements.size();
      });
    }
  }

 private:
  void read_order(const knowledge::Rule& rule) {
    out_.order_.verb_may_come_first = rule.value("verb_first") == "yes";
    out_.order_.verb_may_come_last = rule.value("verb_last") == "yes";
    out_.order_.nouns_have_capitals = rule.value("noun_capitals") == "yes";
  }

  void read_class(const knowledge::Rule& rule) {
    const auto kind = classes_.find(rule.name);
    if (kind == classes_.end()) return fail(rule, "no class of data/lang/und/events.rules");
    for (const auto& [field, value] : rule.fields) {
      const auto voice = voices.find(field);
      if (voice == voices.end()) continue;
      for (const auto pattern : parts_of(value, ";")) {
        for (const auto& reading : readings_of(pattern)) add(rule, kind->second, voice->second, reading);
      }
    }
  }

  void add(const knowledge::Rule& rule, const std::shared_ptr<const EventClass>& kind, Voice voice,
           std::string_view words) {
    Pattern pattern{kind, voice, {}, rule.line};
    std::uint8_t gap = 0;
    for (const auto part : parts_of(words, " ")) {
      if (part == ".." || part == "...") {
        gap = part == ".." ? short_gap : long_gap;
        continue;
      }
      const auto first = pattern.elements.size();
      if (!add_elements(pattern, part)) return fail(rule, fmt::format("\"{}\" is no element", part));
      pattern.elements[first].gap = gap;
      gap = 0;
    }
    if (pattern.elements.empty() || pattern.elements[0].kind != Element::words || gap != 0)
      return fail(rule, fmt::format("a pattern begins and ends with words: \"{}\"", words));
    const auto index = static_cast<std::uint32_t>(out_.patterns_.size());
    for (const auto key : pattern.elements[0].keys) out_.entries_[key].patterns.push_back(index);
    out_.patterns_.push_back(std::move(pattern));
  }

  /// One element, or those of a word that tokens part: "cease-fire".
  bool add_elements(Pattern& pattern, std::string_view part) {
    static const std::map<std::string_view, Element::Kind, std::less<>> slots = {
        {"<place>", Element::place}, {"<actor>", Element::actor}, {"<number>", Element::number}};
    if (const auto slot = slots.find(part); slot != slots.end()) {
      pattern.elements.emplace_back().kind = slot->second;
      return true;
    }
    if (part.starts_with('<')) {
      const auto set = sets_.find(part.substr(1, part.size() - 2));
      if (set == sets_.end()) return false;
      pattern.elements.emplace_back().keys = set->second;
      return true;
    }
    if (part.starts_with('(')) {
      if (!part.ends_with(')')) return false;
      Element element;
      for (const auto word : parts_of(part.substr(1, part.size() - 2), "|")) element.keys.push_back(key_of(word));
      std::sort(element.keys.begin(), element.keys.end());
      pattern.elements.push_back(std::move(element));
      return true;
    }
    // Tokens part words at hyphens and apostrophes, as folding does.
    const auto folded = part.ends_with('~') ? std::string(part) : fold(part);
    const auto pieces = parts_of(folded, " ");
    for (const auto word : pieces) pattern.elements.emplace_back().keys = {key_of(word)};
    return !pieces.empty();
  }

  std::uint64_t key_of(std::string_view word) {
    if (!word.ends_with('~')) return text::form_hash(fold(word));
    word.remove_suffix(1);
    if (!stemmer_.is_there()) return stem_key(text::form_hash(fold(word)));
    return stem_key(text::form_hash(stemmer_.stem(word)));
  }

  std::vector<std::uint64_t> keys_of_all(const knowledge::Rule& rule) {
    std::vector<std::uint64_t> keys;
    for (const auto& word : rule.words("words")) keys.push_back(key_of(word));
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  void fail(const knowledge::Rule& rule, std::string_view why) {
    if (mistakes_ != nullptr) mistakes_->push_back(fmt::format("{}:{} rule {}: {}", file_, rule.line, rule.name, why));
  }

  EventGrammar& out_;
  knowledge::Stemmer stemmer_;
  std::vector<std::string>* mistakes_;
  std::string file_;
  std::map<std::string, std::shared_ptr<const EventClass>, std::less<>> classes_;
  std::map<std::string, std::vector<std::uint64_t>, std::less<>> sets_;
};

EventGrammar::EventGrammar(const knowledge::Pack& pack, const knowledge::Pack& und,
                           std::vector<std::string>* mistakes) {
  Builder builder(*this, pack, mistakes);
  builder.read_classes(und);
  builder.read(pack);
}

std::vector<std::string> mistakes_in_events(const knowledge::Pack& pack, const knowledge::Pack& und) {
  std::vector<std::string> mistakes;
  if (pack.language.is_known()) EventGrammar(pack, und, &mistakes);
  return mistakes;
}

}  // namespace depesche::facts
