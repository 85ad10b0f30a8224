#include "facts/events.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support.h"

namespace depesche::facts {
namespace {

using testing::knowledge;

/// The events of one text that was made on 2026-03-05, a Thursday.
struct Read {
  std::vector<Article> articles;
  std::vector<text::Text> texts;
  Facts facts;
  std::vector<std::vector<Timex>> times;
  std::vector<Event> events;

  Read(std::string_view language, std::string words) {
    articles.push_back(testing::article_of(std::move(words)));
    articles[0].declared_language = language_of_tag(language);
    texts.push_back(text::annotate(articles[0], knowledge(), text::Languages::declared));
    facts = extract(articles, texts, knowledge());
    const std::vector<std::optional<Instant>> made = {parse_iso("2026-03-05")};
    times = find_times(articles, texts, made, knowledge());
    events = find_events(articles, texts, facts, times, made, knowledge())[0];
  }

  /// The first event of a class.
  const Event& first(std::string_view name) const {
    const auto found = std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.kind->name == name; });
    if (found != events.end()) return *found;
    ADD_FAILURE() << "no " << name;
    static const Event none = [] {
      Event event;
      event.kind = std::make_shared<EventClass>();
      return event;
    }();
    return none;
  }
  bool has(std::string_view name) const {
    return std::any_of(events.begin(), events.end(), [&](const Event& e) { return e.kind->name == name; });
  }
  std::string words(Span span) const { return std::string(articles[0].words_at(span)); }
  std::string date_of(const Event& event) const { return event.time ? iso(*times[0][*event.time].begin) : ""; }
  std::string place_of(const Event& event) const { return event.place ? facts.places[*event.place].name : ""; }
};

struct WhoCase {
  const char* language;
  const char* text;
  const char* name;
  const char* subject;
  const char* object;
};

class Who : public ::testing::TestWithParam<WhoCase> {};

TEST_P(Who, does_what_to_whom) {
  const Read read(GetParam().language, GetParam().text);
  const auto& event = read.first(GetParam().name);
  EXPECT_NE(read.words(event.subject).find(GetParam().subject), std::string::npos) << read.words(event.subject);
  EXPECT_NE(read.words(event.object).find(GetParam().object), std::string::npos) << read.words(event.object);
}

INSTANTIATE_TEST_SUITE_P(
    Events, Who,
    ::testing::Values(
        WhoCase{"en", "Russia attacked Ukraine on Monday.", "attack", "Russia", "Ukraine"},
        WhoCase{"en", "Ukraine was attacked by Russia.", "attack", "Russia", "Ukraine"},
        WhoCase{"en", "The capture of Kunduz by the rebels alarmed Kabul.", "capture", "rebels", "Kunduz"},
        WhoCase{"en", "Gunmen seized a house and killed two soldiers.", "kill", "Gunmen", "two soldiers"},
        WhoCase{"fr", "La prise d'Alep par les rebelles inquiète Moscou.", "capture", "rebelles", "Alep"},
        WhoCase{"fr", "L'offensive des rebelles contre l'armée continue.", "offensive", "rebelles", "armée"},
        WhoCase{"de", "Die Rebellen haben Aleppo eingenommen.", "capture", "Rebellen", "Aleppo"},
        WhoCase{"de", "Aleppo wurde von den Rebellen eingenommen.", "capture", "Rebellen", "Aleppo"},
        WhoCase{"es", "Los rebeldes atacaron Goma.", "attack", "rebeldes", "Goma"}));

struct WhetherCase {
  const char* language;
  const char* text;
  const char* name;
  Modality modality;
};

class Whether : public ::testing::TestWithParam<WhetherCase> {};

TEST_P(Whether, it_happened) {
  const Read read(GetParam().language, GetParam().text);
  EXPECT_EQ(name_of(read.first(GetParam().name).modality), name_of(GetParam().modality));
}

INSTANTIATE_TEST_SUITE_P(
    Events, Whether,
    ::testing::Values(WhetherCase{"en", "The army attacked Goma.", "attack", Modality::asserted},
                      WhetherCase{"en", "The army has not attacked Goma.", "attack", Modality::denied},
                      WhetherCase{"en", "The army will attack Goma.", "attack", Modality::planned},
                      WhetherCase{"en", "The army could attack Goma.", "attack", Modality::conditional},
                      WhetherCase{"en", "The army reportedly attacked Goma.", "attack", Modality::reported},
                      WhetherCase{"en", "The rebels threatened to attack Goma.", "attack", Modality::planned},
                      WhetherCase{"fr", "Les rebelles auraient pris Alep.", "capture", Modality::reported},
                      WhetherCase{"fr", "L'armée n'a pas attaqué Goma.", "attack", Modality::denied},
                      WhetherCase{"de", "Die Armee soll Aleppo eingenommen haben.", "capture", Modality::reported}));

TEST(Events, take_the_time_of_their_clause_and_not_that_of_their_telling) {
  const Read clause("fr", "L'armée a pris Kidal en 2012 avant d'entrer à Goma en 2015.");
  EXPECT_EQ(clause.date_of(clause.first("capture")), "2012");
  EXPECT_EQ(clause.date_of(clause.first("enter_place")), "2015");
  const Read told("en", "\"The army attacked Goma\", the minister said on Tuesday.");
  EXPECT_EQ(told.date_of(told.first("attack")), "");
}

TEST(Events, happen_twice_where_one_verb_has_two_times) {
  const Read read("fr", "L'armée avait repris Kidal en 2015 et en 2016 la ville de Gao.");
  ASSERT_EQ(
      std::count_if(read.events.begin(), read.events.end(), [](const Event& e) { return e.kind->name == "recapture"; }),
      2);
  EXPECT_EQ(read.date_of(read.events[0]), "2015");
  EXPECT_EQ(read.date_of(read.events[1]), "2016");
  EXPECT_EQ(read.place_of(read.events[1]), "Gao");
}

TEST(Events, say_who_holds_a_place) {
  const Read read("en", "Aleppo fell to the rebels in 2012.");
  const auto& event = read.first("capture");
  ASSERT_TRUE(event.control);
  EXPECT_EQ(name_of(event.control->change), "taken");
  EXPECT_EQ(read.facts.places[event.control->place].name, "Aleppo");
}

TEST(Events, are_background_where_they_are_long_past) {
  const Read read("fr", "La guerre civile, déclenchée en 2011, a ruiné le pays.");
  EXPECT_TRUE(read.first("war").is_background);
}

TEST(Events, are_no_violence_in_sport) {
  const Read read("en", "The striker scored a goal after an attack in the match against Lens.");
  EXPECT_FALSE(read.has("attack"));
}

TEST(Events, stand_on_words_of_their_sentence_in_broken_text) {
  for (const char* words : {"", ".", "attacked", "was attacked by", "- , ; killed killed killed of of by by by",
                            "who who who attacked and and"}) {
    const Read read("en", words);
    for (const auto& event : read.events) EXPECT_TRUE(event.sentence.contains(event.clause)) << words;
  }
}

}  // namespace
}  // namespace depesche::facts
