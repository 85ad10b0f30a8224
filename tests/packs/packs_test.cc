// Every rule of a language pack carries examples of what it takes and of what it must leave alone. Here they are run,
// by the code that reads the rules.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <map>
#include <set>
#include <utility>

#include "core/unicode.h"
#include "facts/credits.h"
#include "facts/facts.h"
#include "facts/lexicon.h"
#include "facts/names.h"
#include "facts/quantity_finder.h"
#include "facts/relation_words.h"
#include "facts/times.h"
#include "facts/timex.h"
#include "intake/machinery.h"
#include "support.h"

namespace depesche {
namespace {

using testing::knowledge;

/// Calls `each(pack, rule)` for the rules of one section of all packs; counts them.
template <class Each>
std::size_t for_each_rule(std::string_view section, const Each& each) {
  std::size_t count = 0;
  for (const auto& pack : knowledge().packs()) {
    for (const auto& rule : pack.section(section)) {
      SCOPED_TRACE(
          fmt::format("data/lang/{}/{}.rules:{} rule {}", pack.language.code(), section, rule.line, rule.name));
      each(pack, rule);
      ++count;
    }
  }
  return count;
}

TEST(Packs, are_read_without_a_mistake) {
  for (const auto& ingredient : knowledge().ingredients()) {
    const bool is_pack = ingredient.what.starts_with("language pack");
    EXPECT_TRUE(!is_pack || ingredient.missing.empty()) << ingredient.what << ": " << ingredient.missing;
  }
}

TEST(Packs, know_machinery_from_sentences) {
  const auto machinery = intake::Machinery::of(knowledge());
  RE2::Options options;
  options.set_case_sensitive(false);
  const auto count = for_each_rule("boilerplate", [&](const knowledge::Pack&, const knowledge::Rule& rule) {
    EXPECT_FALSE(rule.values("example").empty());
    EXPECT_FALSE(rule.values("not").empty());
    for (const auto example : rule.values("example")) {
      EXPECT_FALSE(machinery->rules_of(example).empty()) << "finds nothing: " << example;
      bool is_own = false;
      for (const auto pattern : rule.values("line")) is_own |= RE2::FullMatch(example, RE2(pattern, options));
      EXPECT_TRUE(is_own) << "no pattern of the rule takes: " << example;
    }
    for (const auto sentence : rule.values("not")) {
      for (const auto pattern : rule.values("line")) {
        EXPECT_FALSE(RE2::FullMatch(sentence, RE2(pattern, options))) << pattern << " takes: " << sentence;
      }
    }
  });
  EXPECT_GT(count, 100u);
}

TEST(Packs, know_crawlers_stamps) {
  const auto machinery = intake::Machinery::of(knowledge());
  for_each_rule("stamps", [&](const knowledge::Pack&, const knowledge::Rule& rule) {
    for (const auto example : rule.values("example")) EXPECT_TRUE(machinery->stamp_at_start(example)) << example;
    for (const auto text : rule.values("not")) EXPECT_FALSE(machinery->stamp_at_start(text)) << text;
  });
}

TEST(Packs, read_dates_as_their_examples_say) {
  const auto count = for_each_rule("calendar", [&](const knowledge::Pack& pack, const knowledge::Rule& rule) {
    const facts::DatePatterns dates(knowledge(), pack.language, rule);
    for (const auto example : rule.values("example")) {
      const auto bar = example.rfind(" | ");
      ASSERT_NE(bar, std::string_view::npos) << example;
      const auto time = dates.match_at(example.substr(0, bar), 0, pack.language);
      ASSERT_TRUE(time) << example;
      const auto value = iso(time->value);
      EXPECT_EQ(time->has_year ? value : "XXXX" + value.substr(4), example.substr(bar + 3)) << example;
    }
    for (const auto words : rule.values("not")) {
      const auto time = dates.match_at(words, 0, pack.language);
      EXPECT_FALSE(time && time->span.end == words.size()) << words;
    }
  });
  EXPECT_GT(count, 10u);
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

/// What the rules of a language find in words said on a day.
std::vector<facts::TimexFinder::ByRule> times_in(const facts::TimexFinder& finder, Language language, std::string words,
                                                 std::string_view day) {
  auto article = testing::article_of(std::move(words));
  article.declared_language = language;
  const auto text = text::annotate(article, knowledge(), text::Languages::declared);
  return finder.find_with_rules(article, text, parse_iso(day));
}

TEST(Packs, find_times_as_their_examples_say) {
  const facts::TimexFinder finder(knowledge());
  for (const auto& pack : knowledge().packs()) {
    for (const auto& mistake : facts::mistakes_in_times(pack, knowledge().pack(Language()))) ADD_FAILURE() << mistake;
  }
  const auto count = for_each_rule("times", [&](const knowledge::Pack& pack, const knowledge::Rule& rule) {
    if (rule.values("match").empty()) return;
    EXPECT_EQ(rule.values("example").empty(), rule.value("value") == "none");
    for (const auto example : rule.values("example")) {
      // A day, words, and what they say: "2026-03-05 | vom [27.] bis [29. März] | DATE 2026-03-27 ; DATE 2026-03-29"
      const auto first = example.find(" | ");
      const auto last = example.rfind(" | ");
      ASSERT_TRUE(first != std::string_view::npos && first != last) << example;
      std::vector<Span> marked;
      const auto words = without_brackets(example.substr(first + 3, last - first - 3), marked);
      std::string found;
      std::vector<Span> spans;
      for (const auto& [timex, line] : times_in(finder, pack.language, words, example.substr(0, first))) {
        if (line != rule.line) continue;
        found += fmt::format("{}{} {}", found.empty() ? "" : " ; ", name_of(timex.type), timex.value);
        spans.push_back(timex.span);
      }
      EXPECT_EQ(found, example.substr(last + 3)) << example;
      EXPECT_EQ(spans, marked) << example;
    }
    for (const auto counter_example : rule.values("not")) {
      const auto bar = counter_example.find(" | ");
      ASSERT_NE(bar, std::string_view::npos) << counter_example;
      for (const auto& [timex, line] : times_in(finder, pack.language, std::string(counter_example.substr(bar + 3)),
                                                counter_example.substr(0, bar))) {
        EXPECT_NE(line, rule.line) << counter_example << ": " << timex.value;
      }
    }
  });
  EXPECT_GT(count, 100u);
}

TEST(Packs, count_as_their_examples_say) {
  const auto found_in = [](Language language, std::string_view sentence) {
    auto article = testing::article_of(std::string(sentence));
    article.declared_language = language;
    const auto text = text::annotate(article, knowledge(), text::Languages::declared);
    std::string found;
    for (const auto& quantity : facts::QuantityFinder(knowledge(), language).find(article, text))
      found += fmt::format("{}{}", found.empty() ? "" : " ; ", written(quantity));
    return found;
  };
  for (const auto& pack : knowledge().packs()) {
    for (const auto& mistake : facts::mistakes_in_quantities(pack)) ADD_FAILURE() << mistake;
  }
  const auto count = for_each_rule("quantities", [&](const knowledge::Pack& pack, const knowledge::Rule& rule) {
    EXPECT_FALSE(rule.values("example").empty());
    for (const auto example : rule.values("example")) {
      const auto bar = example.rfind(" | ");
      ASSERT_NE(bar, std::string_view::npos) << example;
      EXPECT_EQ(found_in(pack.language, example.substr(0, bar)), example.substr(bar + 3)) << example;
    }
    for (const auto sentence : rule.values("not")) EXPECT_EQ(found_in(pack.language, sentence), "") << sentence;
  });
  EXPECT_GT(count, 60u);
}

TEST(Packs, relate_actors_as_their_examples_say) {
  const auto found_in = [](Language language, std::string_view sentence) {
    std::vector<Article> articles = {testing::article_of(std::string(sentence))};
    articles[0].declared_language = language;
    const std::vector<text::Text> texts = {text::annotate(articles[0], knowledge(), text::Languages::declared)};
    const auto facts = facts::extract(articles, texts, knowledge());
    std::vector<std::string> found;
    for (const auto& relation : facts.articles[0].relations)
      found.push_back(fmt::format("{} | {} | {}", facts.actors[relation.a].name, name_of(relation.kind),
                                  facts.actors[relation.b].name));
    return found;
  };
  for (const auto& pack : knowledge().packs()) {
    for (const auto& mistake : facts::mistakes_in_relations(pack)) ADD_FAILURE() << mistake;
  }
  const auto count = for_each_rule("relations", [&](const knowledge::Pack& pack, const knowledge::Rule& rule) {
    EXPECT_EQ(rule.values("match").empty(), rule.values("example").empty());
    for (const auto example : rule.values("example")) {
      const auto bar = example.find(" | ");
      ASSERT_NE(bar, std::string_view::npos) << example;
      const auto found = found_in(pack.language, example.substr(0, bar));
      EXPECT_NE(std::find(found.begin(), found.end(), example.substr(bar + 3)), found.end())
          << example << " finds " << fmt::format("{}", fmt::join(found, " ; "));
    }
    for (const auto sentence : rule.values("not"))
      EXPECT_EQ(found_in(pack.language, sentence), std::vector<std::string>()) << sentence;
  });
  EXPECT_GT(count, 50u);
}

/// Whether a word or phrase of the rule stands in the example, or, for the endings of compounds, ends a word of it.
bool holds_a_word_of(const knowledge::Rule& rule, std::string_view example, bool as_ending) {
  const auto folded = fmt::format(" {} ", fold(example));
  const auto words = rule.words("words");
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    // The two words of a parted verb ("gab … bekannt") stand apart.
    const auto blank = rule.name.starts_with("verbs_") ? word.find(' ') : std::string::npos;
    if (blank != std::string::npos) {
      return folded.find(fmt::format(" {} ", fold(word.substr(0, blank)))) <
                 folded.find(fmt::format(" {} ", fold(word.substr(blank)))) &&
             folded.find(fmt::format(" {} ", fold(word.substr(blank)))) != std::string::npos;
    }
    const auto wanted = fmt::format("{}{} ", as_ending ? "" : " ", fold(word));
    return folded.find(wanted) != std::string::npos;
  });
}

bool is_part_of_word(const knowledge::Rule& rule) { return rule.name.ends_with("_endings"); }

TEST(Packs, show_their_words_in_use) {
  for (const auto section : {"speech", "offices", "words", "places", "bodies", "actors", "drift", "given", "naming"}) {
    for_each_rule(section, [&](const knowledge::Pack&, const knowledge::Rule& rule) {
      EXPECT_FALSE(rule.values("example").empty());
      for (const auto example : rule.values("example")) {
        // Rules of other fields than words have tests of their own.
        EXPECT_TRUE(rule.values("words").empty() || rule.name.ends_with("_prefixes") ||
                    rule.words("words") == std::vector<std::string>{"yes"} ||
                    holds_a_word_of(rule, example, is_part_of_word(rule)))
            << example;
      }
      for (const auto example : rule.values("not"))
        EXPECT_FALSE(holds_a_word_of(rule, example, is_part_of_word(rule))) << example;
    });
  }
}

/// "Jane Doe | Джейн Доу": each name with each.
TEST(Packs, link_names_as_their_examples_say) {
  const facts::NameMatcher matcher(knowledge());
  const std::pair<std::string_view, facts::Verdict> fields[] = {
      {"same", facts::Verdict::same}, {"possible", facts::Verdict::possible}, {"different", facts::Verdict::different}};
  std::size_t count = 0;
  for_each_rule("names", [&](const knowledge::Pack&, const knowledge::Rule& rule) {
    if (rule.name == "lookup") return;  // its `same` are sounds
    for (const auto& [field, verdict] : fields) {
      for (std::string_view rest : rule.values(field)) {
        std::vector<std::string_view> names;
        for (auto bar = rest.find(" | "); bar != rest.npos; bar = rest.find(" | ")) {
          names.push_back(rest.substr(0, bar));
          rest.remove_prefix(bar + 3);
        }
        names.push_back(rest);
        for (const auto a : names) {
          for (const auto b : names) {
            if (&a == &b) continue;
            const auto x = matcher.read(a, Language()), y = matcher.read(b, Language());
            EXPECT_TRUE(a == b || matcher.verdict(x, y) == verdict)
                << a << " and " << b << " are " << matcher.same_name(x, y) << ", not " << field;
            ++count;
          }
        }
      }
    }
    EXPECT_TRUE(rule.words("words").empty() || !rule.values("same").empty() || !rule.values("possible").empty());
  });
  EXPECT_GT(count, 50u);
}

TEST(Packs, spell_names_by_few_sounds) {
  std::set<std::string> sounds;
  for_each_rule("names", [&](const knowledge::Pack&, const knowledge::Rule& rule) {
    if (rule.name != "spellings") return;
    for (const auto& word : rule.words("words")) {
      ASSERT_NE(word.rfind('='), std::string::npos) << word;
      std::string name;
      for (const char c : word.substr(word.rfind('=') + 1) + ",") {
        if (c == ',')
          sounds.insert(std::exchange(name, {}));
        else
          name += c;
      }
    }
  });
  EXPECT_FALSE(sounds.contains(""));
  EXPECT_LT(sounds.size(), 64u) << "more than NameSounds tells apart";
}

TEST(Packs, find_places_by_the_names_they_give) {
  std::vector<Article> articles;
  std::vector<text::Text> texts;
  std::vector<std::string> wanted;
  for_each_rule("places", [&](const knowledge::Pack&, const knowledge::Rule& rule) {
    if (rule.name != "region" && rule.name != "also_called") return;
    EXPECT_FALSE(rule.value("name").empty());
    for (const auto example : rule.values("example")) {
      articles.push_back(testing::article_of(fmt::format("There was a fire. {} it rained.", example),
                                             std::to_string(articles.size())));
      texts.push_back(text::annotate(articles.back(), knowledge()));
      texts.back().language = Language("en");
      wanted.emplace_back(rule.name == "region" ? rule.value("name") : "");
    }
  });
  ASSERT_GT(articles.size(), 50u);
  const auto facts = facts::extract(articles, texts, knowledge());
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const auto& found = facts.articles[i].places;
    EXPECT_FALSE(found.empty()) << articles[i].text;
    const bool is_found = std::any_of(found.begin(), found.end(), [&](const facts::PlaceMention& mention) {
      return wanted[i].empty() || facts.places[mention.place].name == wanted[i];
    });
    EXPECT_TRUE(is_found) << articles[i].text;
  }
}

TEST(Packs, name_each_agency_once) {
  std::map<std::string, std::string> owner_of_form;
  const auto count = for_each_rule("agencies", [&](const knowledge::Pack&, const knowledge::Rule& rule) {
    EXPECT_FALSE(rule.value("name").empty());
    EXPECT_TRUE(rule.value("type") == "agency" || rule.value("type") == "outlet");
    for (const auto form : rule.values("form")) {
      const auto [entry, is_new] = owner_of_form.try_emplace(std::string(form), rule.value("name"));
      EXPECT_TRUE(is_new) << form << " is " << entry->second << " already";
    }
  });
  EXPECT_GT(count, 80u);
}

/// The fields of an example, parted by bars between blanks; an empty one may end the line.
std::vector<std::string> fields_of(std::string_view example, std::size_t fields) {
  std::vector<std::string> parts;
  std::string rest(example);
  while (parts.size() + 1 < fields) {
    const auto bar = rest.rfind('|');
    if (bar == std::string::npos) break;
    parts.insert(parts.begin(), std::string(trim(std::string_view(rest).substr(bar + 1))));
    rest = trim(rest.substr(0, bar));
  }
  parts.insert(parts.begin(), rest);
  return parts;
}

std::string names_of(const std::vector<knowledge::Agencies::Found>& found) {
  std::string names;
  for (const auto& one : found) names += (names.empty() ? "" : ", ") + one.agency->name;
  return names;
}

std::optional<facts::Dateline> dateline_of(const Article& article, const facts::OriginTools& tools) {
  return facts::find_dateline(article, text::annotate(article, knowledge()), tools);
}

TEST(Packs, read_origins_as_their_examples_say) {
  const facts::OriginTools tools(knowledge());
  const auto count = for_each_rule("origins", [&](const knowledge::Pack&, const knowledge::Rule& rule) {
    const bool is_dateline = rule.value("kind") == "dateline";
    EXPECT_TRUE(is_dateline || facts::OriginPhrases::kind_of(rule.value("kind"))) << rule.value("kind");
    EXPECT_TRUE(rule.value("kind") == "month" || !rule.values("not").empty());
    for (const auto example : rule.values("example")) {
      const auto fields = fields_of(example, is_dateline ? 4 : 2);
      ASSERT_EQ(fields.size(), is_dateline ? 4u : 2u) << example;
      if (!is_dateline) {
        EXPECT_EQ(names_of(facts::read_credit(fields[0], tools, facts::CreditPlace::behind_text)), fields[1])
            << example;
        continue;
      }
      const auto article = testing::article_of(fields[0]);
      const auto dateline = dateline_of(article, tools);
      ASSERT_TRUE(dateline) << example;
      EXPECT_EQ(dateline->place ? article.words_at(*dateline->place) : "", fields[1]) << example;
      auto date = dateline->date ? iso(dateline->date->value) : "";
      if (dateline->date && !dateline->date->has_year) date = "XXXX" + date.substr(4);
      EXPECT_EQ(date, fields[2]) << example;
      EXPECT_EQ(dateline->agency.value_or(""), fields[3]) << example;
    }
    for (const auto words : rule.values("not")) {
      if (is_dateline) {
        EXPECT_FALSE(dateline_of(testing::article_of(std::string(words)), tools)) << words;
      } else {
        EXPECT_EQ(names_of(facts::read_credit(words, tools, facts::CreditPlace::behind_text)), "") << words;
      }
    }
  });
  EXPECT_GT(count, 80u);
}

}  // namespace
}  // namespace depesche
