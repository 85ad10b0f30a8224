// Every rule of a language pack carries examples of what it takes and of what it must leave alone. Here they are run,
// by the code that reads the rules.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "core/unicode.h"
#include "facts/lexicon.h"
#include "facts/times.h"
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

TEST(Packs, show_their_words_in_use) {
  for (const auto section : {"speech", "offices", "words", "bodies", "actors"}) {
    for_each_rule(section, [&](const knowledge::Pack&, const knowledge::Rule& rule) {
      EXPECT_FALSE(rule.values("example").empty());
      for (const auto example : rule.values("example")) {
        EXPECT_TRUE(rule.words("words") == std::vector<std::string>{"yes"} ||
                    holds_a_word_of(rule, example, rule.name.ends_with("_endings")))
            << example;
      }
      for (const auto example : rule.values("not"))
        EXPECT_FALSE(holds_a_word_of(rule, example, rule.name.ends_with("_endings"))) << example;
    });
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

}  // namespace
}  // namespace depesche
