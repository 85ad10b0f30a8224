#include "packs/packs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/unicode.h"
#include "facts/credits.h"
#include "facts/facts.h"
#include "facts/lexicon.h"
#include "facts/quantity_finder.h"
#include "facts/relation_words.h"
#include "facts/times.h"
#include "facts/timex.h"
#include "intake/machinery.h"
#include "knowledge/stemmer.h"
#include "knowledge/word_keys.h"

namespace depesche::packs {
namespace {

using knowledge::Rule;

/// A section that so many other languages have is missed where it is absent.
constexpr std::size_t languages_with_section_min = 5;

Article article_of(std::string_view words, Language language) {
  Article article;
  article.id = "example";
  article.text = words;
  article.declared_language = language;
  if (!article.text.empty()) {
    Block block;
    block.line = 1;
    block.span = {0, static_cast<std::uint32_t>(article.text.size())};
    article.blocks.push_back(std::move(block));
  }
  return article;
}

/// "am [4. Dezember], sagte er" without its brackets, and the spans that they mark; the whole where there are none.
std::string without_brackets(std::string_view text, std::vector<Span>& marked) {
  std::string plain;
  for (const char c : text) {
    const auto at = static_cast<std::uint32_t>(plain.size());
    if (c == '[') marked.push_back({at, at});
    if (c == ']' && !marked.empty()) marked.back().end = at;
    if (c != '[' && c != ']') plain += c;
  }
  if (marked.empty()) marked.push_back({0, static_cast<std::uint32_t>(plain.size())});
  return plain;
}

/// Whether a word or phrase of the rule stands in the example, or, for the endings of compounds, ends a word of it.
bool holds_a_word_of(const Rule& rule, std::string_view example) {
  const bool as_ending = rule.name.ends_with("_endings");
  const auto folded = fmt::format(" {} ", fold(example));
  const auto words = rule.words("words");
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    // The two words of a parted verb ("gab … bekannt") stand apart.
    const auto blank = rule.name.starts_with("verbs_") ? word.find(' ') : std::string::npos;
    if (blank != std::string::npos) {
      const auto second = folded.find(fmt::format(" {} ", fold(word.substr(blank))));
      return second != std::string::npos && folded.find(fmt::format(" {} ", fold(word.substr(0, blank)))) < second;
    }
    return folded.find(fmt::format("{}{} ", as_ending ? "" : " ", fold(word))) != std::string::npos;
  });
}

class Checker {
 public:
  Checker(const knowledge::Knowledge& knowledge, const knowledge::Pack& pack) : knowledge_(knowledge), pack_(pack) {}

  std::vector<Finding> run() {
    check_boilerplate();
    check_stamps();
    check_calendar();
    check_times();
    check_quantities();
    check_relations();
    for (const auto section : {"speech", "offices", "words", "places", "bodies", "actors", "drift", "given", "naming"})
      check_words(section);
    return std::move(findings_);
  }

 private:
  template <class Each>
  void for_each_rule(std::string_view section, const Each& each) {
    for (const Rule& rule : pack_.section(section)) {
      where_ = fmt::format("data/lang/{}/{}.rules:{} rule {}", pack_.language.code(), section, rule.line, rule.name);
      each(rule);
    }
  }

  void expect(bool is_so, std::string what) {
    if (!is_so) findings_.push_back({where_, std::move(what)});
  }

  void take_mistakes(const std::vector<std::string>& mistakes) {
    for (const auto& mistake : mistakes) findings_.push_back({"", mistake});
  }

  void check_boilerplate() {
    const auto machinery = intake::Machinery::of(knowledge_);
    RE2::Options options;
    options.set_case_sensitive(false);
    for_each_rule("boilerplate", [&](const Rule& rule) {
      expect(!rule.values("example").empty() && !rule.values("not").empty(), "has no example or no not");
      for (const auto example : rule.values("example")) {
        expect(!machinery->rules_of(example).empty(), fmt::format("finds nothing: {}", example));
        bool is_own = false;
        for (const auto pattern : rule.values("line")) is_own |= RE2::FullMatch(example, RE2(pattern, options));
        expect(is_own, fmt::format("no pattern of the rule takes: {}", example));
      }
      for (const auto sentence : rule.values("not")) {
        for (const auto pattern : rule.values("line"))
          expect(!RE2::FullMatch(sentence, RE2(pattern, options)), fmt::format("{} takes: {}", pattern, sentence));
      }
    });
  }

  void check_stamps() {
    const auto machinery = intake::Machinery::of(knowledge_);
    for_each_rule("stamps", [&](const Rule& rule) {
      for (const auto example : rule.values("example"))
        expect(machinery->stamp_at_start(example).has_value(), fmt::format("no stamp: {}", example));
      for (const auto text : rule.values("not"))
        expect(!machinery->stamp_at_start(text).has_value(), fmt::format("a stamp: {}", text));
    });
  }

  void check_calendar() {
    for_each_rule("calendar", [&](const Rule& rule) {
      const facts::DatePatterns dates(knowledge_, pack_.language, rule);
      for (const auto example : rule.values("example")) {
        const auto bar = std::min(example.rfind(" | "), example.size());
        const auto time = dates.match_at(example.substr(0, bar), 0, pack_.language);
        auto value = time ? iso(time->value) : "";
        if (time && !time->has_year) value = "XXXX" + value.substr(4);
        expect(fmt::format(" | {}", value) == example.substr(bar), fmt::format("{} is \"{}\"", example, value));
      }
      for (const auto words : rule.values("not")) {
        const auto time = dates.match_at(words, 0, pack_.language);
        expect(!time || time->span.end != words.size(), fmt::format("takes: {}", words));
      }
    });
  }

  void check_times() {
    const facts::TimexFinder finder(knowledge_);
    take_mistakes(facts::mistakes_in_times(pack_, knowledge_.pack(Language())));
    const auto found_by = [&](std::string_view words, std::string_view day) {
      const auto article = article_of(words, pack_.language);
      return finder.find_with_rules(article, annotated(article), parse_iso(day));
    };
    for_each_rule("times", [&](const Rule& rule) {
      if (rule.values("match").empty()) return;
      expect(rule.values("example").empty() == (rule.value("value") == "none"), "has no example");
      for (const auto example : rule.values("example")) {
        // A day, words, and what they say: "2026-03-05 | vom [27.] bis [29. März] | DATE 2026-03-27 ; DATE 2026-03-29"
        const auto first = example.find(" | ");
        const auto last = example.rfind(" | ");
        expect(first != last, fmt::format("no example: {}", example));
        if (first == last) continue;
        std::vector<Span> marked, spans;
        const auto words = without_brackets(example.substr(first + 3, last - first - 3), marked);
        std::string found;
        for (const auto& [timex, line] : found_by(words, example.substr(0, first))) {
          if (line != rule.line) continue;
          found += fmt::format("{}{} {}", found.empty() ? "" : " ; ", name_of(timex.type), timex.value);
          spans.push_back(timex.span);
        }
        expect(found == example.substr(last + 3), fmt::format("{} is \"{}\"", example, found));
        expect(spans == marked, fmt::format("{} is found in other words", example));
      }
      for (const auto counter_example : rule.values("not")) {
        const auto bar = std::min(counter_example.find(" | "), counter_example.size());
        expect(bar < counter_example.size(), fmt::format("no day: {}", counter_example));
        if (bar == counter_example.size()) continue;
        for (const auto& [timex, line] : found_by(counter_example.substr(bar + 3), counter_example.substr(0, bar)))
          expect(line != rule.line, fmt::format("{} is {}", counter_example, timex.value));
      }
    });
  }

  void check_quantities() {
    take_mistakes(facts::mistakes_in_quantities(pack_));
    const facts::QuantityFinder finder(knowledge_, pack_.language);
    const auto found_in = [&](std::string_view sentence) {
      const auto article = article_of(sentence, pack_.language);
      std::string found;
      for (const auto& quantity : finder.find(article, annotated(article)))
        found += fmt::format("{}{}", found.empty() ? "" : " ; ", written(quantity));
      return found;
    };
    for_each_rule("quantities", [&](const Rule& rule) {
      expect(!rule.values("example").empty(), "has no example");
      for (const auto example : rule.values("example")) {
        const auto bar = std::min(example.rfind(" | "), example.size());
        const auto found = found_in(example.substr(0, bar));
        expect(fmt::format(" | {}", found) == example.substr(bar), fmt::format("{} is \"{}\"", example, found));
      }
      for (const auto sentence : rule.values("not")) {
        const auto found = found_in(sentence);
        expect(found.empty(), fmt::format("{} is \"{}\"", sentence, found));
      }
    });
  }

  void check_relations() {
    take_mistakes(facts::mistakes_in_relations(pack_));
    const auto found_in = [&](std::string_view sentence) {
      const std::vector<Article> articles = {article_of(sentence, pack_.language)};
      const std::vector<text::Text> texts = {annotated(articles[0])};
      const auto facts = facts::extract(articles, texts, knowledge_);
      std::vector<std::string> found;
      for (const auto& relation : facts.articles[0].relations)
        found.push_back(fmt::format("{} | {} | {}", facts.actors[relation.a].name, name_of(relation.kind),
                                    facts.actors[relation.b].name));
      return found;
    };
    for_each_rule("relations", [&](const Rule& rule) {
      expect(rule.values("match").empty() == rule.values("example").empty(), "has no example");
      for (const auto example : rule.values("example")) {
        const auto bar = example.find(" | ");
        expect(bar != std::string_view::npos, fmt::format("no example: {}", example));
        if (bar == std::string_view::npos) continue;
        const auto found = found_in(example.substr(0, bar));
        expect(std::find(found.begin(), found.end(), example.substr(bar + 3)) != found.end(),
               fmt::format("{} is \"{}\"", example, fmt::join(found, " ; ")));
      }
      for (const auto sentence : rule.values("not")) {
        const auto found = found_in(sentence);
        expect(found.empty(), fmt::format("{} is \"{}\"", sentence, fmt::join(found, " ; ")));
      }
    });
  }

  void check_words(std::string_view section) {
    for_each_rule(section, [&](const Rule& rule) {
      expect(!rule.values("example").empty(), "has no example");
      for (const auto example : rule.values("example")) {
        // Rules of other fields than words have checks of their own.
        const bool is_free = rule.values("words").empty() || rule.name.ends_with("_prefixes") ||
                             rule.words("words") == std::vector<std::string>{"yes"};
        expect(is_free || holds_a_word_of(rule, example), fmt::format("no word of the rule stands in: {}", example));
      }
      for (const auto example : rule.values("not"))
        expect(!holds_a_word_of(rule, example), fmt::format("a word of the rule stands in: {}", example));
    });
  }

  text::Text annotated(const Article& article) const {
    return text::annotate(article, knowledge_, text::Languages::declared);
  }

  const knowledge::Knowledge& knowledge_;
  const knowledge::Pack& pack_;
  std::string where_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> failing(const knowledge::Knowledge& knowledge, const knowledge::Pack& pack) {
  return Checker(knowledge, pack).run();
}

std::vector<std::string> missing_sections(const knowledge::Knowledge& knowledge, const knowledge::Pack& pack) {
  std::map<std::string, std::size_t> languages_with;
  for (const auto& other : knowledge.packs()) {
    for (const auto& [name, rules] : other.sections) languages_with[name] += other.language.is_known() ? 1 : 0;
  }
  std::vector<std::string> missing;
  for (const auto& [name, count] : languages_with) {
    if (count >= languages_with_section_min && pack.section(name).empty()) missing.push_back(name);
  }
  return missing;
}

std::vector<Finding> doubled_words(const knowledge::Pack& pack) {
  std::vector<Finding> findings;
  for (const auto& [section, rules] : pack.sections) {
    for (const Rule& rule : rules) {
      std::set<std::string> met;
      for (const auto& word : rule.words("words")) {
        if (met.insert(word).second) continue;
        findings.push_back(
            {fmt::format("data/lang/{}/{}.rules:{} rule {}", pack.language.code(), section, rule.line, rule.name),
             fmt::format("\"{}\" stands twice", word)});
      }
    }
  }
  return findings;
}

Coverage coverage(const knowledge::Knowledge& knowledge, Language language, std::string_view words) {
  const auto article = article_of(words, language);
  const std::vector<text::Text> texts = {text::annotate(article, knowledge, text::Languages::declared)};
  const text::Text& text = texts[0];
  const facts::Lexicon lexicon(knowledge.pack(language));
  const auto is_function = [&](facts::Key key) {
    return lexicon.articles.contains(key) || lexicon.prepositions.contains(key) ||
           lexicon.inner_prepositions.contains(key) || lexicon.conjunctions.contains(key) ||
           lexicon.pronouns.contains(key);
  };
  knowledge::Stemmer stemmer(language);
  Coverage found;
  std::string stem;
  std::vector<facts::Key> keys;
  for (const auto& token : text.tokens)
    keys.push_back(token.kind == text::TokenKind::mark ? facts::other_mark : token.form);
  for (const auto& sentence : text.sentences) {
    ++found.sentences;
    bool has_cue = false;
    for (std::size_t i = sentence.first_token; i < sentence.last_token; ++i) {
      has_cue |= lexicon.verbs.match(keys, i) > 0 || lexicon.according_to.match(keys, i) > 0 ||
                 lexicon.according_to_after.match(keys, i) > 0 || lexicon.verbs_of_denial.match(keys, i) > 0;
      if (text.tokens[i].kind != text::TokenKind::word) continue;
      ++found.words;
      const auto printed = article.words_at(text.tokens[i].span);
      stem = fold(printed);
      if (stemmer.is_there()) stemmer.stem(printed, stem);
      const bool is_known = is_function(keys[i]) || !knowledge.concepts(language, stem).empty() ||
                            !knowledge.concepts(language, knowledge::capital_key(stem)).empty();
      found.words_known += is_known ? 1 : 0;
    }
    found.sentences_with_cue += has_cue ? 1 : 0;
  }
  found.times = static_cast<std::uint32_t>(facts::TimexFinder(knowledge).find(article, text, {}).size());
  found.numbers = static_cast<std::uint32_t>(text.numbers.size());
  found.quantities = static_cast<std::uint32_t>(facts::QuantityFinder(knowledge, language).find(article, text).size());
  return found;
}

}  // namespace depesche::packs
