#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

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
    ASSERT_FALSE(knowledge().concepts(Language("fr"), "guerr").empty()) << "scripts/setup installs the dictionaries";
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
      "Workers had complained for months, said a spokeswoman for the union.",
      "The largest of the plants, near Des Moines, makes frozen pizzas and employs nine hundred people.",
      "Its director rejected the accusations and called the visit of the inspectors a political spectacle."};
  const std::vector<std::string> also_english = {
      "Five factories in which masks are forbidden face inquiries, the Labour Ministry announced on Monday.",
      "Their owners in Iowa and Utah were told by letter; thirty days remain for an appeal.",
      "The union welcomed the move, which it had called for since the spring.",
      "Near Des Moines nine hundred people work in the largest plant, a maker of frozen pizzas.",
      "Two women were dismissed there in April because they had refused to take off their masks."};
  EXPECT_EQ(shape_of({{"en", english}, {"en", also_english}}), "a:copy | b:copy");
}

TEST_F(Translations, are_not_two_reports_of_one_speech) {
  const std::vector<std::string> spanish = {
      "El presidente habló el martes en Quito ante el congreso de los alcaldes.",
      "\"Nuestras ciudades necesitan agua, escuelas y hospitales\", dijo Ramiro Lasso.",
      "\"Quien roba a los pobres no tendrá perdón y pagará en la cárcel cada centavo\", advirtió.",
      "\"Vamos a construir veinte puentes antes de las lluvias de noviembre\", prometió también.",
      "Afuera protestaban los maestros, que no cobran desde junio."};
  const std::vector<std::string> english = {
      "Hecklers twice interrupted Ramiro Lasso, who looked tired after his journey.",
      "\"Our cities need water, schools and hospitals,\" he said.",
      "\"Whoever robs the poor will find no pardon and will pay for every cent in prison,\" he warned.",
      "\"We will build twenty bridges before the rains of November,\" he also promised.",
      "Analysts doubt that the budget, already overdrawn, allows for any of it."};
  EXPECT_EQ(shape_of({{"es", spanish}, {"en", english}}), "a:copy | b:copy");
}

TEST_F(Translations, are_not_told_between_rival_agencies_where_they_share_less_than_all) {
  auto afp = first(4, french);
  auto reuters = first(3, german) + first(1, match);
  EXPECT_EQ(shape_of({{"fr", afp}, {"de", reuters}}), "a:copy b:translation") << "three of four sentences";
  afp[0] = "LYON, 3 mars (AFP) - " + afp[0];
  reuters[0] = "LYON, 3. März (Reuters) - " + reuters[0];
  EXPECT_EQ(shape_of({{"fr", afp}, {"de", reuters}}), "a:copy | b:copy");
}

}  // namespace
}  // namespace depesche::lineage
