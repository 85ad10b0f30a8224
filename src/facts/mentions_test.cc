#include "facts/mentions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "facts/facts.h"
#include "support.h"

namespace depesche::facts {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

Facts facts_of(const std::vector<std::string>& texts) {
  std::vector<Article> articles;
  std::vector<text::Text> annotated;
  for (const auto& text : texts) articles.push_back(article_of(text, std::to_string(articles.size())));
  for (const auto& article : articles) annotated.push_back(text::annotate(article, knowledge()));
  return extract(articles, annotated, knowledge());
}

/// The actor printed in this form; null where none or several are.
const Actor* actor_in_form(const Facts& facts, const std::string& form) {
  const Actor* found = nullptr;
  for (const Actor& actor : facts.actors) {
    for (const auto& [language, forms] : actor.forms) {
      if (!forms.contains(form)) continue;
      if (found != nullptr && found != &actor) return nullptr;
      found = &actor;
    }
  }
  return found;
}

struct TypeCase {
  const char* text;
  const char* form;
  ActorType type;
};
class TellsActors : public ::testing::TestWithParam<TypeCase> {};
TEST_P(TellsActors, by_how_the_text_introduces_them) {
  const auto facts = facts_of({GetParam().text});
  const Actor* actor = actor_in_form(facts, GetParam().form);
  ASSERT_NE(actor, nullptr) << GetParam().form;
  EXPECT_EQ(name_of(actor->type), name_of(GetParam().type)) << GetParam().form;
}
INSTANTIATE_TEST_SUITE_P(
    Languages, TellsActors,
    ::testing::Values(
        TypeCase{
            "La porte-parole du port, Odile Bramard, a refusé de répondre aux questions des journalistes mardi soir.",
            "Odile Bramard", ActorType::person},
        TypeCase{
            "Selon le ministre, le groupe armé Ventara a pris mardi le contrôle de plusieurs villages de la région.",
            "Ventara", ActorType::armed_group},
        TypeCase{"Les combats ont repris mardi et l'armée syrienne a repoussé les assaillants loin de la ville.",
                 "l'armée syrienne", ActorType::government_body},
        TypeCase{"Les autorités de la ville ont annoncé mardi que les rebelles avaient quitté le port pendant la nuit.",
                 "les rebelles", ActorType::population},
        TypeCase{"The harbour was closed on Tuesday after Prime Minister Jane Dorrit ordered an inquiry into the fire.",
                 "Jane Dorrit", ActorType::person},
        TypeCase{
            "The fire was first noticed on Tuesday by a worker of Brannock Holdings Ltd, which runs the warehouse.",
            "Brannock Holdings Ltd", ActorType::organisation},
        TypeCase{"According to the report the Institute of Marine Studies had warned of the danger two years before.",
                 "Institute of Marine Studies", ActorType::organisation},
        TypeCase{"Der Sprecher des Hafens hat am Dienstag erklärt, die Universität Kiel werde das Wasser untersuchen.",
                 "Universität Kiel", ActorType::organisation},
        TypeCase{
            "Am Dienstag hat Bürgermeisterin Anna Petersen die Halle im Hafen besucht und mit den Helfern gesprochen.",
            "Anna Petersen", ActorType::person},
        TypeCase{"Fighters of the Ventara attacked a post on Tuesday. A spokesman said the Ventara had left the town "
                 "by night.",
                 "Ventara", ActorType::armed_group},
        TypeCase{
            "Two Orto Haram fighters fled on Tuesday. Residents said that Orto Haram had attacked the village before.",
            "Orto Haram", ActorType::armed_group},
        TypeCase{
            "Les combattants du H17 avancent vers le port. Selon le maire, le H17 a pris mardi deux villages voisins.",
            "H17", ActorType::armed_group},
        TypeCase{
            "Mardi soir, Ventara, une milice du port, a tiré des roquettes sur la ville et sur plusieurs villages.",
            "Ventara", ActorType::armed_group},
        TypeCase{"Al-Ventara, an Islamist militant group, killed ten people on Tuesday, the police of the harbour town "
                 "said.",
                 "Al-Ventara", ActorType::armed_group},
        TypeCase{
            "Kämpfer der Ventara griffen am Dienstag einen Posten an, wie die Polizei in der Stadt mitgeteilt hat.",
            "Ventara", ActorType::armed_group},
        TypeCase{
            "La milicia islamista Ventara atacó el martes una aldea cercana al puerto, según dijo la policía local.",
            "Ventara", ActorType::armed_group},
        TypeCase{"Во вторник группировка «Вентара» напала на деревню у порта, как сообщила местная полиция вечером.",
                 "Вентара", ActorType::armed_group},
        TypeCase{"Вчера Тамаз Бендуки встретил в порту рыбаков и долго говорил с ними о новых правилах ловли.",
                 "Тамаз Бендуки", ActorType::person},
        TypeCase{"The plan was approved on Tuesday by the Ministry of National Defence, which had asked for it in the "
                 "spring.",
                 "Ministry of National Defence", ActorType::government_body},
        TypeCase{"El martes el presidente de Francia habló con los pescadores del puerto sobre las nuevas reglas de la "
                 "pesca.",
                 "Francia", ActorType::state}));

TEST(Actors, of_a_family_name_are_the_one_person_who_has_it) {
  const auto facts =
      facts_of({"The mayor, Jane Dorrit, visited the harbour on Tuesday. Dorrit spoke with the workers there."});
  const Actor* actor = actor_in_form(facts, "Dorrit");
  ASSERT_NE(actor, nullptr);
  EXPECT_EQ(actor->name, "Jane Dorrit");
  ASSERT_EQ(actor->roles.size(), 1u);
  EXPECT_EQ(actor->roles[0].words, "mayor");
}

TEST(Actors, are_groups_where_another_article_tells_more_of_them) {
  const auto facts =
      facts_of({"Les combattants du Ventara ont attaqué mardi le port, et le Ventara a pris deux villages.",
                "Le maire du port a accusé mardi le Ventara devant les journalistes de la région."});
  const Actor* actor = actor_in_form(facts, "Ventara");
  ASSERT_NE(actor, nullptr);
  EXPECT_EQ(actor->type, ActorType::armed_group);
  EXPECT_EQ(actor->mentions, 3u);
}

TEST(Actors, are_not_made_of_ordinary_words_with_a_capital) {
  const auto facts =
      facts_of({"Le ministre de la Santé a visité le port mardi. L'Etat doit payer, a dit le maire du port.",
                "Mayor Slams Rival Plan For Harbour Bridge\n\nThe harbour was quiet on Tuesday, said the owner."});
  for (const auto* form : {"Santé", "Etat", "Rival Plan", "Rival"})
    EXPECT_EQ(actor_in_form(facts, form), nullptr) << form;
}

TEST(Actors, of_one_population_are_one_in_all_languages) {
  const auto facts =
      facts_of({"Les autorités de la ville ont annoncé mardi que les rebelles avaient quitté le port.",
                "Die Rebellen haben am Dienstag den Hafen verlassen, wie die Behörden der Stadt mitteilten.",
                "The authorities of the town said on Tuesday that the rebels had left the harbour."});
  const Actor* actor = actor_in_form(facts, "the rebels");
  ASSERT_NE(actor, nullptr);
  EXPECT_EQ(actor->forms.size(), 3u);
}

TEST(Actors, of_one_family_name_stay_two) {
  const auto facts = facts_of(
      {"Jane Dorrit and Robert Dorrit visited the harbour on Tuesday, and Mary Klenman went with them to the market."});
  EXPECT_NE(actor_in_form(facts, "Jane Dorrit"), nullptr);
  EXPECT_NE(actor_in_form(facts, "Jane Dorrit"), actor_in_form(facts, "Robert Dorrit"));
}

TEST(Actors, are_called_by_the_acronym_in_brackets_behind_them) {
  const auto facts =
      facts_of({"The Institute of Marine Studies (IMS) warned of the danger. On Tuesday the IMS said that the water "
                "was clean."});
  const Actor* actor = actor_in_form(facts, "IMS");
  ASSERT_NE(actor, nullptr);
  EXPECT_EQ(actor, actor_in_form(facts, "Institute of Marine Studies"));
}

TEST(Actors, are_one_across_languages_where_tables_or_sounds_say_so) {
  const auto facts = facts_of(
      {"La porte-parole du port, Maria Zelenkova, a parlé mardi de la Russie devant les journalistes de la ville. Elle "
       "a dit "
       "que les pêcheurs attendent depuis plusieurs semaines que les bateaux puissent de nouveau quitter le port.",
       "Die Sprecherin des Hafens, Maria Selenkowa, hat am Dienstag vor Journalisten über Russland gesprochen.",
       "Об этом во вторник сообщила журналистам Мария Зеленкова, которая рассказала, что рыбаки ждут уже три недели."});
  EXPECT_EQ(actor_in_form(facts, "Maria Zelenkova"), actor_in_form(facts, "Maria Selenkowa"));
  EXPECT_EQ(actor_in_form(facts, "Maria Zelenkova"), actor_in_form(facts, "Мария Зеленкова"));
  EXPECT_EQ(actor_in_form(facts, "Russie"), actor_in_form(facts, "Russland"));
}

TEST(Actors, are_no_persons_by_two_capitals_of_ordinary_words) {
  for (const char* text : {"On Tuesday the Velvet Harbour sank off the coast, and the Tidal Monitor lay beside it.",
                           "Mardi soir, le Harbour Light a coulé au large du port devant des dizaines de pêcheurs."}) {
    const auto facts = facts_of({text});
    for (const Actor& actor : facts.actors) EXPECT_NE(name_of(actor.type), name_of(ActorType::person)) << actor.name;
  }
}

TEST(Actors, are_persons_by_a_first_name_of_any_country) {
  for (const char* name : {"Dmitri Zelenkin", "Fatima Ould Brannar", "Takashi Moribe"}) {
    const auto facts = facts_of({std::string("Der Hafen wurde am Dienstag geschlossen, nachdem ") + name +
                                 " die Halle mit den Helfern besucht hatte."});
    const Actor* actor = actor_in_form(facts, name);
    ASSERT_NE(actor, nullptr) << name;
    EXPECT_EQ(name_of(actor->type), name_of(ActorType::person)) << name;
  }
}

TEST(Actors, begin_behind_the_words_that_introduce_them) {
  const auto facts =
      facts_of({"Den Hafen hat am Dienstag Skistar Anna Petersen mit den Helfern der Feuerwehr besucht."});
  EXPECT_NE(actor_in_form(facts, "Anna Petersen"), nullptr);
}

TEST(Actors, are_not_made_of_german_nouns) {
  const auto facts = facts_of({"Im Freihafen ist am Donnerstag eine Lagerhalle mit Kaffee und Tee völlig abgebrannt."});
  for (const Actor& actor : facts.actors) EXPECT_FALSE(actor.is_named) << actor.name;
}

TEST(Mentions, stand_inside_their_blocks_and_overlap_nowhere) {
  const auto facts =
      facts_of({"The mayor, Jane Dorrit, met the Institute of Marine Studies (IMS) and rebels from Syria in London on "
                "Tuesday."});
  const auto& mentions = facts.articles[0].mentions;
  ASSERT_FALSE(mentions.empty());
  for (std::size_t i = 1; i < mentions.size(); ++i) EXPECT_LE(mentions[i - 1].span.end, mentions[i].span.begin);
}

}  // namespace
}  // namespace depesche::facts
