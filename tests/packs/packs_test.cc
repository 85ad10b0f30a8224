// Every rule of a language pack carries examples of what it takes and of what it must leave alone. Here they are run,
// by the code that reads the rules.
#include "packs/packs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/unicode.h"
#include "facts/credits.h"
#include "facts/events.h"
#include "facts/facts.h"
#include "facts/names.h"
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

TEST(Packs, hold_what_their_examples_say) {
  for (const auto& pack : knowledge().packs()) {
    for (const auto& [where, what] : packs::failing(knowledge(), pack)) ADD_FAILURE() << where << ": " << what;
  }
}

TEST(Packs, have_rules_for_all_that_is_read) {
  const std::pair<const char*, std::size_t> least[] = {{"boilerplate", 100}, {"calendar", 10},  {"times", 100},
                                                       {"quantities", 60},   {"relations", 50}, {"naming", 100}};
  for (const auto& [section, count] : least)
    EXPECT_GT(for_each_rule(section, [](const knowledge::Pack&, const knowledge::Rule&) {}), count) << section;
}

/// An example of a class of events and what it says: "Turkey accused Greece. | accuse Turkey>Greece @Ankara". Blanks in names are `_`.
struct EventExample {
  std::string where;
  int rule_line = 0;
  bool is_counter_example = false;
  std::string name, subject, object, place;
};

EventExample event_example(std::string_view said) {
  EventExample example;
  std::string words(said);
  std::replace(words.begin(), words.end(), '_', ' ');
  const auto at = words.find(" @");
  if (at != words.npos) example.place = words.substr(at + 2);
  words.resize(std::min(at, words.size()));
  // The name of a class has `_` itself.
  const auto blank = said.find(' ');
  example.name = said.substr(0, blank);
  if (blank == said.npos || words.size() <= blank) return example;
  const auto names = words.substr(blank + 1);
  const auto arrow = names.find('>');
  example.subject = names.substr(0, arrow);
  if (arrow != names.npos) example.object = names.substr(arrow + 1);
  return example;
}

TEST(Packs, find_events_as_their_examples_say) {
  std::vector<Article> articles;
  std::vector<text::Text> texts;
  std::vector<EventExample> examples;
  for (const auto& pack : knowledge().packs()) {
    for (const auto& mistake : facts::mistakes_in_events(pack, knowledge().pack(Language()))) ADD_FAILURE() << mistake;
    if (!pack.language.is_known()) continue;
    for (const auto& rule : pack.section("events")) {
      const bool is_class = !rule.name.starts_with("words_") && !rule.name.starts_with("set_") && rule.name != "order";
      const auto where =
          fmt::format("data/lang/{}/events.rules:{} rule {}", pack.language.code(), rule.line, rule.name);
      EXPECT_TRUE(!is_class || !rule.values("example").empty()) << where;
      for (const auto& [field, value] : rule.fields) {
        if (field != "example" && field != "not") continue;
        const auto bar = value.find(" | ");
        EXPECT_NE(bar == value.npos, field == "example") << where << ": " << value;
        articles.push_back(testing::article_of(value.substr(0, bar), fmt::format("{:05}", articles.size())));
        articles.back().declared_language = pack.language;
        texts.push_back(text::annotate(articles.back(), knowledge(), text::Languages::declared));
        auto example = bar == value.npos ? EventExample{} : event_example(std::string_view(value).substr(bar + 3));
        example.where = fmt::format("{}: {}", where, value);
        example.rule_line = rule.line;
        example.is_counter_example = field == "not";
        examples.push_back(std::move(example));
      }
    }
  }
  EXPECT_GT(examples.size(), 200u);
  const auto found = facts::extract(articles, texts, knowledge());
  const std::vector<std::optional<Instant>> made(articles.size(), parse_iso("2026-03-05"));
  const auto times = facts::find_times(articles, texts, made, knowledge());
  const auto events = facts::find_events(articles, texts, found, times, made, knowledge());
  for (std::size_t i = 0; i < examples.size(); ++i) {
    SCOPED_TRACE(examples[i].where);
    const auto event = std::find_if(events[i].begin(), events[i].end(), [&](const facts::Event& e) {
      return examples[i].is_counter_example ? e.rule_line == examples[i].rule_line : e.kind->name == examples[i].name;
    });
    EXPECT_EQ(event == events[i].end(), examples[i].is_counter_example);
    if (event == events[i].end() || examples[i].is_counter_example) continue;
    const auto holds = [&](Span span, const std::string& words) {
      return words.empty() || articles[i].words_at(span).find(words) != std::string_view::npos;
    };
    EXPECT_TRUE(holds(event->subject, examples[i].subject)) << articles[i].words_at(event->subject);
    EXPECT_TRUE(holds(event->object, examples[i].object)) << articles[i].words_at(event->object);
    if (!examples[i].place.empty()) {
      ASSERT_TRUE(event->place);
      EXPECT_EQ(found.places[*event->place].name, examples[i].place);
    }
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
