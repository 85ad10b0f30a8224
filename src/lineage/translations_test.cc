#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "copies/meanings.h"
#include "lineage/lineage.h"
#include "support.h"

namespace depesche::lineage {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

struct Told {
  std::string language;
  std::vector<std::string> lines;
};

/// "a:copy b:translation | c:copy"; articles are named by their letters.
std::string shape_of(const std::vector<Told>& told) {
  std::vector<Article> articles;
  for (const auto& [language, lines] : told) {
    auto& article = articles.emplace_back(article_of(fmt::format("{}\n", fmt::join(lines, "\n")),
                                                     std::string(1, static_cast<char>('a' + articles.size()))));
    article.declared_language = Language(language);
  }
  const auto texts = text::annotate(articles, knowledge());
  const auto bodies = copies::bodies_of(articles, texts, knowledge());
  const auto shared = copies::match_all(bodies);
  const auto facts = facts::extract(articles, texts, knowledge());
  std::string out;
  for (const auto& dispatch : trace(articles, texts, bodies, shared, facts, knowledge(), {}).dispatches) {
    if (!out.empty()) out += " | ";
    for (std::size_t i = 0; i < dispatch.members.size(); ++i) {
      out += fmt::format("{}{}:{}", i > 0 ? " " : "", articles[dispatch.members[i].article].id,
                         name_of(dispatch.members[i].relation));
    }
  }
  return out;
}

std::vector<std::string> operator+(std::vector<std::string> x, const std::vector<std::string>& y) {
  x.insert(x.end(), y.begin(), y.end());
  return x;
}

std::vector<std::string> first(std::size_t count, const std::vector<std::string>& lines) {
  return {lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(count)};
}

const std::vector<std::string> french = {
    "Le gouvernement a annoncé lundi la réouverture de l'hôpital de Lyon après le tremblement de terre.",
    "Le maire a déclaré que 27 personnes avaient été blessées et que la route de l'aéroport restait fermée.",
    "La police a arrêté trois suspects dans la nuit de mardi, soupçonnés d'avoir pillé des magasins.",
    "Des centaines d'habitants ont dormi sous des tentes, dans les parcs et sur les terrains de sport.",
    "L'opposition réclame de nouvelles élections et la démission du président."};
const std::vector<std::string> german = {
    "Die Regierung hat am Montag angekündigt, das Krankenhaus in Lyon nach dem Erdbeben wieder zu öffnen.",
    "Der Bürgermeister sagte, 27 Menschen seien verletzt worden und die Straße zum Flughafen bleibe gesperrt.",
    "Die Polizei nahm in der Nacht zum Dienstag drei Verdächtige fest, die Geschäfte geplündert haben sollen.",
    "Hunderte Einwohner schliefen in Zelten, in den Parks und auf den Sportplätzen.",
    "Die Opposition fordert neue Wahlen und den Rücktritt des Präsidenten."};
const std::vector<std::string> also_german = {
    "Am Montag kündigte die Regierung die Wiedereröffnung der Klinik von Lyon nach dem Beben an.",
    "Nach Angaben des Bürgermeisters wurden 27 Personen verletzt; die Flughafenstraße ist weiterhin geschlossen.",
    "Drei Verdächtige, denen die Plünderung von Läden vorgeworfen wird, wurden Dienstagnacht von der Polizei "
    "verhaftet.",
    "Hunderte von Bewohnern haben unter Zelten in Parks und auf Sportplätzen geschlafen.",
    "Neue Wahlen und der Rücktritt des Präsidenten werden von der Opposition verlangt."};
const std::vector<std::string> match = {
    "Der FC gewann am Samstag gegen den Tabellenführer mit zwei Toren in der zweiten Halbzeit.",
    "Der Trainer lobte nach dem Spiel die Abwehr und den jungen Torwart, der zum ersten Mal im Kader stand.",
    "Am kommenden Wochenende wartet das schwere Auswärtsspiel in Bremen, für das zwei Stammspieler gesperrt sind.",
    "Die Karten für die Gästekurve waren nach Angaben des Vereins binnen einer Stunde vergriffen.",
    "Im Stadion verfolgten mehr als dreißigtausend Zuschauer die Begegnung bei strömendem Regen."};
const std::vector<std::string> factory = {
    "L'usine de pneus fermera ses portes au printemps et quatre cents ouvriers perdront leur emploi.",
    "Le syndicat a appelé à la grève et bloque depuis l'aube l'entrée des camions.",
    "La direction invoque le prix de l'énergie et la concurrence étrangère pour expliquer sa décision.",
    "La ministre du travail recevra jeudi les représentants des salariés dans la capitale."};
const std::vector<std::string> factory_in_german = {
    "Das Reifenwerk schließt im Frühjahr seine Tore, vierhundert Arbeiter verlieren ihre Stelle.",
    "Die Gewerkschaft hat zum Streik aufgerufen und blockiert seit dem Morgengrauen die Einfahrt der Lastwagen.",
    "Die Leitung begründet ihre Entscheidung mit den Energiepreisen und der ausländischen Konkurrenz."};

class Translations : public ::testing::Test {
 protected:
  void SetUp() override {
    if (knowledge().concepts(Language("fr"), "guerr").empty()) GTEST_SKIP() << "the dictionaries are not installed";
  }
};

TEST_F(Translations, are_of_the_dispatch_they_translate) {
  EXPECT_EQ(shape_of({{"fr", french}, {"de", german}, {"de", match}}), "a:copy b:translation | c:copy");
}

TEST_F(Translations, of_the_beginning_are_translations) {
  EXPECT_EQ(shape_of({{"fr", french}, {"de", first(3, german)}}), "a:copy b:translation");
}

TEST_F(Translations, in_another_text_are_parts_of_it) {
  EXPECT_EQ(shape_of({{"fr", french}, {"de", match + first(3, german)}}), "a:copy b:part | b:part");
}

TEST_F(Translations, put_into_several_printings_of_one_text_are_each_a_part_of_their_own_original) {
  // c and d print the same report of a match and differ in what was put behind it.
  EXPECT_EQ(
      shape_of({{"fr", french}, {"fr", factory}, {"de", match + first(3, german)}, {"de", match + factory_in_german}}),
      "a:copy c:part | b:copy d:part | c:part d:part");
}

TEST_F(Translations, of_one_text_are_siblings_where_it_is_not_there) {
  EXPECT_EQ(shape_of({{"de", german}, {"de", also_german}, {"de", match}}), "a:copy b:sibling | c:copy");
}

TEST_F(Translations, are_not_what_two_tell_of_one_event) {
  const std::vector<std::string> english = {
      "WASHINGTON — The Labour Ministry opened inquiries on Monday into five plants that forbid masks at work.",
      "Letters went to the owners in Iowa and Utah, who may appeal within thirty days.",
      "Workers had complained for months, said a spokeswoman for the union."};
  const std::vector<std::string> also_english = {
      "Five factories in which masks are forbidden face inquiries, the Labour Ministry announced on Monday.",
      "Their owners in Iowa and Utah were told by letter; thirty days remain for an appeal.",
      "The union welcomed the move, which it had called for since the spring."};
  EXPECT_EQ(shape_of({{"en", english}, {"en", also_english}}), "a:copy | b:copy");
}

TEST_F(Translations, are_not_two_agencies_reports_that_share_a_quotation_and_a_fact) {
  const std::vector<std::string> spanish = {
      "MADRID, 3 mar (EFE) - Treinta personas murieron al volcar un barco en el río, informó la policía.",
      "\"Hicimos todo lo que pudimos y llegamos demasiado tarde\", dijo el jefe de los bomberos, Pablo Serna.",
      "Los equipos de rescate siguen buscando con perros y drones entre los restos de la nave.",
      "El armador había sido multado dos veces el año pasado por llevar demasiados pasajeros."};
  const std::vector<std::string> english = {
      "MADRID, March 3 (Reuters) - Thirty people died when a boat capsized in the river, police said.",
      "\"We did everything we could and we came too late,\" said the head of the fire brigade, Pablo Serna.",
      "Relatives waited at the harbour for news of the missing, some of them since the early morning.",
      "The government ordered three days of mourning and promised help to the families."};
  EXPECT_EQ(shape_of({{"es", spanish}, {"en", english}}), "a:copy | b:copy");
}

}  // namespace
}  // namespace depesche::lineage
