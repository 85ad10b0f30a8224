#include "text/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/unicode.h"
#include "support.h"
#include "text/language.h"
#include "text/quotations.h"

namespace depesche::text {
namespace {

using depesche::testing::article_of;
using depesche::testing::knowledge;

std::vector<std::string> sentences_of(const std::string& words) {
  const auto article = article_of(words);
  std::vector<std::string> found;
  for (const auto& sentence : annotate(article, knowledge()).sentences)
    found.emplace_back(article.words_at(sentence.span));
  return found;
}

struct LanguageCase {
  const char* words;
  const char* language;
};
class DetectsLanguage : public ::testing::TestWithParam<LanguageCase> {};
TEST_P(DetectsLanguage, of_a_sentence) {
  EXPECT_EQ(detect_language(GetParam().words).language.code(), GetParam().language);
}
INSTANTIATE_TEST_SUITE_P(
    Sentences, DetectsLanguage,
    ::testing::Values(
        LanguageCase{"Les habitants du quartier ont refusé de quitter leurs maisons malgré la crue.", "fr"},
        LanguageCase{"Die Bewohner des Viertels weigerten sich trotz des Hochwassers, ihre Häuser zu verlassen.", "de"},
        LanguageCase{"Residents of the quarter refused to leave their homes in spite of the flood.", "en"},
        LanguageCase{"Los vecinos del barrio se negaron a abandonar sus casas pese a la crecida del río.", "es"},
        LanguageCase{"Жители квартала отказались покинуть свои дома, несмотря на наводнение. Мэр города попросил армию "
                     "о помощи, и ночью прибыли солдаты.",
                     "ru"},
        LanguageCase{"Gli abitanti del quartiere si sono rifiutati di lasciare le case nonostante la piena.", "it"},
        LanguageCase{"رفض سكان الحي مغادرة منازلهم رغم الفيضان الذي ضرب المدينة", "ar"}));

TEST(Language, of_a_block_may_differ_from_the_whole) {
  const auto article = article_of(
      "Les habitants du quartier ont refusé de quitter leurs maisons malgré la crue du fleuve et les ordres de la "
      "police.\n"
      "Le maire a demandé l'aide de l'armée, qui est arrivée dans la nuit avec des bateaux et des vivres.\n"
      "Residents of the quarter refused to leave their homes in spite of the flood, officials told reporters on "
      "Monday.");
  const auto text = annotate(article, knowledge());
  EXPECT_EQ(text.language, Language("fr"));
  EXPECT_EQ(text.block_languages[2], Language("en"));
}

TEST(Language, is_unknown_where_nothing_tells) {
  EXPECT_FALSE(annotate(article_of("12 34 56\n78 90"), knowledge()).language.is_known());
}

TEST(Sentences, do_not_end_at_abbreviations_initials_and_days) {
  EXPECT_EQ(sentences_of("M. Durand a quitté la ville de Lyon hier soir. Il reviendra demain matin.").size(), 2u);
  EXPECT_EQ(sentences_of(
                "Am 4. Dezember begann die Flut in der Stadt. Sie dauerte bis zum 7. Januar und richtete Schäden an.")
                .size(),
            2u);
  EXPECT_EQ(sentences_of("The report by J. K. Smith was published on Monday. It names no one.").size(), 2u);
}

struct NumberCase {
  const char* words;
  double value;
};
class ReadsNumbers : public ::testing::TestWithParam<NumberCase> {};
TEST_P(ReadsNumbers, in_the_notation_of_their_language) {
  const auto text = annotate(article_of(GetParam().words), knowledge());
  ASSERT_EQ(text.numbers.size(), 1u) << GetParam().words;
  EXPECT_DOUBLE_EQ(text.numbers[0].value, GetParam().value) << GetParam().words;
}
INSTANTIATE_TEST_SUITE_P(
    Notations, ReadsNumbers,
    ::testing::Values(
        NumberCase{"Die Schäden werden von den Behörden auf 1.234,5 Millionen geschätzt, hieß es gestern.", 1234.5e6},
        NumberCase{"The damage is put by the authorities at 1,234.5 million, officials said yesterday.", 1234.5e6},
        NumberCase{"Les autorités estiment que 12 500 personnes ont quitté leurs maisons hier soir.", 12500},
        NumberCase{"Les autorités estiment que 12\u202f500 personnes ont quitté leurs maisons hier soir.", 12500},
        NumberCase{"Gestern haben siebenundzwanzig Familien die überschwemmte Stadt verlassen müssen.", 27}));

TEST(Tokens, are_cut_at_apostrophes_and_folded) {
  const auto article = article_of("Les habitants de l’État voisin ont fui d'Alep vers la frontière pendant la nuit.");
  const auto text = annotate(article, knowledge());
  std::vector<std::string> words;
  for (const auto& token : text.tokens) words.emplace_back(article.words_at(token.span));
  EXPECT_NE(std::find(words.begin(), words.end(), "État"), words.end());
  EXPECT_NE(std::find(words.begin(), words.end(), "Alep"), words.end());
  const auto etat =
      std::find_if(text.tokens.begin(), text.tokens.end(), [](const Token& t) { return t.form == form_hash("etat"); });
  EXPECT_NE(etat, text.tokens.end());
}

TEST(Tokens, of_one_stem_share_it) {
  const auto article = article_of(
      "The soldiers attacked the village. A soldier said the attack had failed and they would attack again.");
  const auto text = annotate(article, knowledge());
  std::map<std::string, std::uint64_t> stems;
  for (const auto& token : text.tokens) stems[std::string(article.words_at(token.span))] = token.stem;
  EXPECT_EQ(stems["soldiers"], stems["soldier"]);
  EXPECT_EQ(stems["attacked"], stems["attack"]);
}

RC_GTEST_PROP(Annotation, stays_inside_the_text, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("Hama. ", "M. ", "4. ", "Dezember ", "1 234,5 ", "«", "» ", "l’", "été ", "\n",
                                    "سوريا ", "Москва, ", "東京", "😀", "\u00a0", "a-t-elle ", "3.", "\u0301"));
  std::string words;
  for (const auto& piece : pieces) words += piece;
  const auto article = article_of(words);
  const auto text = annotate(article, knowledge());
  std::uint32_t last = 0;
  for (const auto& token : text.tokens) {
    RC_ASSERT(token.span.begin >= last && token.span.begin < token.span.end && token.span.end <= article.text.size());
    RC_ASSERT(is_valid_utf8(article.words_at(token.span)));
    last = token.span.end;
  }
  std::uint32_t next = 0;
  for (const auto& sentence : text.sentences) {
    RC_ASSERT(article.blocks[sentence.block].span.contains(sentence.span));
    RC_ASSERT(sentence.first_token == next && sentence.last_token >= sentence.first_token);
    next = sentence.last_token;
  }
  RC_ASSERT(next == text.tokens.size());
}

// -- quotation marks

struct QuotationCase {
  const char* words;
  std::vector<std::string> quoted;
};
class FindsQuotations : public ::testing::TestWithParam<QuotationCase> {};
TEST(WholeCharacters, are_all_but_those_that_are_cut) {
  const std::vector<std::string> characters = {"a", "ü", "船", "𝐀"};
  for (const auto& front : characters) {
    for (const auto& back : characters) {
      const auto text = front + "–" + back;
      for (std::size_t begin = 0; begin <= front.size(); ++begin) {
        for (std::size_t left = 0; left <= back.size(); ++left) {
          const auto whole = (begin == 0 ? front : "") + "–" + (left == back.size() ? back : "");
          EXPECT_EQ(whole_characters(std::string_view(text).substr(begin, text.size() - back.size() + left - begin)),
                    whole);
        }
      }
    }
  }
  EXPECT_EQ(whole_characters(""), "");
  EXPECT_EQ(whole_characters(std::string_view("船").substr(1)), "");
}

TEST(Annotate, believes_a_declared_language_only_where_both_ends_are_in_it) {
  std::string english, german;
  for (int i = 0; i < 12; ++i)
    english += "The river broke its banks at dawn and flooded the lower quarter of the town. ";
  for (int i = 0; i < 12; ++i) german += "Der Fluss trat am Morgen über die Ufer und überschwemmte die untere Stadt. ";
  const auto language_of = [](const std::string& text, std::string_view declared) {
    auto article = testing::article_of(text);
    article.declared_language = language_of_tag(declared);
    return annotate(article, testing::knowledge(), Languages::of_article).language.code();
  };
  EXPECT_EQ(language_of(english, "en"), "en");
  EXPECT_EQ(language_of(english, "de"), "en");
  EXPECT_EQ(language_of(german + german + english, "en"), "de");
}

TEST(FindQuotations, takes_a_paragraph_of_a_longer_speech_to_its_end_where_asked) {
  const std::string words = "He said: \"We stay here. We will not go.";
  EXPECT_TRUE(find_quotations(words).empty());
  const auto found = find_quotations(words, Unclosed::to_the_end);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(words.substr(found[0].inner.begin), "We stay here. We will not go.");
  EXPECT_TRUE(find_quotations("the 5\" pipe broke", Unclosed::to_the_end).empty());
}

TEST_P(FindsQuotations, in_the_marks_of_each_nation) {
  std::vector<std::string> quoted;
  for (const auto& quotation : find_quotations(GetParam().words))
    quoted.emplace_back(words_at(GetParam().words, quotation.inner));
  EXPECT_EQ(quoted, GetParam().quoted);
}
INSTANTIATE_TEST_SUITE_P(
    Marks, FindsQuotations,
    ::testing::Values(QuotationCase{"Er sagte: „Wir bleiben hier.“ Dann ging er.", {"Wir bleiben hier."}},
                      QuotationCase{"Er sagte: »Wir bleiben hier.« Dann ging er.", {"Wir bleiben hier."}},
                      QuotationCase{"Il a dit : « Nous restons ici ». Puis il est parti.", {"Nous restons ici"}},
                      QuotationCase{"He said: “We stay here.” Then he left.", {"We stay here."}},
                      QuotationCase{"He said: \"We stay\" and \"we win\".", {"We stay", "we win"}},
                      // marks that were lost on the way
                      QuotationCase{"?We stay in the town?s houses,? he said. ?Why go??",
                                    {"We stay in the town?s houses,", "Why go"}},
                      QuotationCase{"\ufffdWe stay,\ufffd he said. Why did he?", {"We stay,"}},
                      QuotationCase{"Did they stay? He did not say? Nobody knows?", {}},
                      QuotationCase{"‘We don’t leave,’ he said.", {"We don’t leave,"}},
                      QuotationCase{"Он сказал: «Мы остаёмся „дома“ здесь».", {"Мы остаёмся „дома“ здесь"}},
                      QuotationCase{"the word “rebels stands open", {}},
                      QuotationCase{"l’armée d’hier, c’est fini", {}}, QuotationCase{"“”", {}}));

RC_GTEST_PROP(Quotations, lie_apart_and_inside, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("«", "»", "“", "”", "„", "\"", "‘", "’", "a", " ", "ü", "東"));
  std::string words;
  for (const auto& piece : pieces) words += piece;
  std::uint32_t end = 0;
  for (const auto& quotation : find_quotations(words)) {
    RC_ASSERT(quotation.outer.begin >= end && quotation.outer.contains(quotation.inner) && !quotation.inner.empty());
    end = quotation.outer.end;
    RC_ASSERT(end <= words.size());
  }
}

}  // namespace
}  // namespace depesche::text
