#include "knowledge/dictd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace depesche::knowledge {
namespace {

using testing::ElementsAre;

TEST(Freedict, is_read_in_the_layouts_of_its_makers) {
  const auto ding = parse_freedict(
      "Zuordnung /tsˈuː/ <fem, n>\n [math.] mapping <n>, map <n>\n   Synonym: {Abbildung}\n\n see: {Ordnung}\n");
  EXPECT_EQ(ding.headword, "Zuordnung");
  EXPECT_THAT(ding.translations, ElementsAre("mapping", "map"));
  const auto numbered = parse_freedict(
      "Abwertung /ˈap/ <n, fem>\n1. dévaluation\nVerringerung des Wertes\n2. dévalorisation\nAbsprechung\n");
  EXPECT_THAT(numbered.translations, ElementsAre("dévaluation", "dévalorisation"));
  const auto with_gloss = parse_freedict("Noorwegen //ˈnoːr// <pn>\nНорвегия\n1. een land in het noorden\n");
  EXPECT_THAT(with_gloss.translations, ElementsAre("Норвегия"));
  EXPECT_THAT(parse_freedict("alcíone /ˌɑl/\nhalcyon, kingfisher\n").translations,
              ElementsAre("halcyon", "kingfisher"));
  EXPECT_THAT(parse_freedict("word").translations, testing::IsEmpty());
}

TEST(Mueller, is_read_without_examples_labels_and_remarks) {
  const auto entry = parse_mueller(
      "war\n   [wɘ:]\n   1. _n.\n      1) война; civil war гражданская война; борьба\n   2. _v. воевать (с кем-л.)\n");
  EXPECT_EQ(entry.headword, "war");
  EXPECT_THAT(entry.translations, ElementsAre("война", "борьба", "воевать"));
}

TEST(Dictd, names_a_file_that_is_damaged) {
  const auto folder = std::filesystem::path(testing::TempDir());
  std::ofstream(folder / "broken.index") << "word\tZZZZ\tB\n";
  std::ofstream(folder / "broken.dict.dz") << "short";
  const auto read = read_dictd(folder / "broken.index");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().fault, Fault::bad_input);
  EXPECT_NE(read.error().where.find("broken"), std::string::npos);
  EXPECT_FALSE(read_dictd(folder / "absent.index").has_value());
}

}  // namespace
}  // namespace depesche::knowledge
