#include "intake/intake.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/unicode.h"
#include "intake/dates.h"
#include "intake/decode.h"
#include "intake/html_tree.h"
#include "intake/plain_text.h"
#include "intake/test_packing.h"
#include "intake/test_support.h"

namespace depesche::intake {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using testing::gzipped;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::zstd_packed;

constexpr auto ferry = "The ferry to Northholm ran aground on a sandbank on Tuesday evening, the coast guard said.\n";

/// A folder that goes away with the test.
class Intake : public ::testing::Test {
 protected:
  Intake() {
    std::string name = (fs::temp_directory_path() / "depesche-intake-XXXXXX").string();
    root_ = mkdtemp(name.data());
  }
  ~Intake() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  std::string put(const std::string& name, std::string_view bytes) const {
    const auto path = root_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  std::string path(const std::string& name) const { return (root_ / name).string(); }
  static Pile read_all(const std::vector<std::string>& paths, const Options& options = {}) {
    return read(paths, testing::knowledge(), options);
  }

  fs::path root_;
};

std::vector<std::string> ids_of(const Pile& pile) {
  std::vector<std::string> ids;
  for (const auto& article : pile.articles) ids.push_back(article.id);
  return ids;
}

/// "source: message" without the folder.
std::vector<std::string> reasons_of(const Pile& pile, const fs::path& root) {
  std::vector<std::string> reasons;
  for (const auto& one : pile.rejected) {
    auto source = one.source;
    if (source.starts_with(root.string() + "/")) source.erase(0, root.string().size() + 1);
    reasons.push_back(source + ": " + one.error.message);
  }
  return reasons;
}

TEST_F(Intake, names_articles_by_their_path_below_the_argument) {
  put("pile/a.txt", ferry);
  put("pile/deep/er/b.html.gz", gzipped(std::string("<p>") + ferry));
  put("pile/deep/c.TXT", ferry);
  put("pile/note", ferry);
  put("pile/2024.12.04-report.txt", ferry);
  const auto pile = read_all({path("pile")});
  EXPECT_THAT(ids_of(pile), ElementsAre("2024.12.04-report", "a", "deep/c", "deep/er/b", "note"));
  EXPECT_THAT(pile.rejected, IsEmpty());
  EXPECT_THAT(ids_of(read_all({path("pile/deep/c.TXT")})), ElementsAre("c"));
}

TEST_F(Intake, passes_over_files_of_other_kinds_in_folders_and_rejects_them_when_named) {
  put("pile/a.txt", ferry);
  const auto picture = put("pile/b.pdf", std::string("%PDF-1.4\n\0\1\2", 12));
  put("pile/c.csv", "a,b\n");
  put("pile/program", std::string("\x7f\x45LF\0\0\1", 7));
  put("pile/.hidden/d.txt", ferry);
  const auto pile = read_all({path("pile")});
  EXPECT_THAT(ids_of(pile), ElementsAre("a"));
  EXPECT_THAT(pile.rejected, IsEmpty());
  EXPECT_THAT(pile.passed_over, SizeIs(4));
  EXPECT_THAT(reasons_of(read_all({picture}), root_), ElementsAre("pile/b.pdf: binary file"));
}

TEST_F(Intake, takes_the_decisions_beside_a_pile_neither_for_an_article_nor_for_a_stranger) {
  const auto article = put("pile/a.txt", ferry);
  const auto decisions = put("pile/depesche.decisions.toml", "[[join]]\na = \"a\"\nb = \"b\"\n");
  put("pile/other.toml", "x = 1\n");
  const auto pile = read_all({path("pile")});
  EXPECT_THAT(ids_of(pile), ElementsAre("a"));
  EXPECT_THAT(pile.passed_over, ElementsAre(path("pile/other.toml")));
  const auto named = read_all({article, decisions});
  EXPECT_THAT(ids_of(named), ElementsAre("a"));
  EXPECT_THAT(named.rejected, IsEmpty());
  EXPECT_THAT(reasons_of(read_all({decisions}), root_),
              ElementsAre("pile/depesche.decisions.toml: holds decisions about articles and none itself"));
}

TEST_F(Intake, rejects_what_holds_no_article_and_says_why) {
  const std::vector<std::string> paths = {put("empty.txt", ""),
                                          put("white.txt", " \n\t\n\u00a0\n"),
                                          put("binary.txt", std::string("abc\0def\0\1\2", 10)),
                                          put("feed.xml", "<?xml version=\"1.0\"?><rss><channel/></rss>"),
                                          put("page.html", "<html><script>var a = 1;</script></html>"),
                                          path("missing.txt")};
  fs::create_directories(root_ / "bare/inner");
  put("other/a.csv", "a");
  auto all = paths;
  all.push_back(path("bare"));
  all.push_back(path("other"));
  const auto pile = read_all(all);
  EXPECT_THAT(pile.articles, IsEmpty());
  EXPECT_THAT(reasons_of(pile, root_),
              ElementsAre("bare: no articles in this folder", "binary.txt: binary file", "empty.txt: empty file",
                          "feed.xml: text of a kind that is not read", "missing.txt: no such file or folder",
                          "other: no articles in this folder; 1 file of other kinds passed over",
                          "page.html: a page without text", "white.txt: empty file"));
}

TEST_F(Intake, rejects_what_cannot_be_opened) {
  const auto file = put("closed.txt", ferry);
  fs::permissions(file, fs::perms::none);
  if (access(file.c_str(), R_OK) == 0) GTEST_SKIP() << "this user may read everything";
  EXPECT_THAT(reasons_of(read_all({file}), root_), ElementsAre(HasSubstr("closed.txt: cannot be read")));
}

TEST_F(Intake, rejects_what_fails_while_it_is_read) {
  const std::string unreadable = "/proc/self/mem";
  if (!fs::exists(unreadable)) GTEST_SKIP() << "needs /proc";
  EXPECT_THAT(reasons_of(read_all({unreadable}), root_), ElementsAre(HasSubstr("/proc/self/mem: cannot be read")));
}

TEST_F(Intake, does_not_walk_in_circles) {
  put("pile/a.txt", ferry);
  put("pile/inner/b.txt", ferry);
  fs::create_directory_symlink("..", root_ / "pile/inner/back");
  fs::create_symlink("self", root_ / "pile/self");
  fs::create_symlink("nowhere", root_ / "pile/broken");
  fs::create_directory_symlink("inner", root_ / "pile/again");
  fs::create_symlink("a.txt", root_ / "pile/0-link-to-a.txt");
  const auto pile = read_all({path("pile"), path("pile/inner"), path("pile/a.txt")});
  EXPECT_THAT(ids_of(pile), ElementsAre("a", "inner/b"));
  EXPECT_THAT(reasons_of(pile, root_),
              ElementsAre("pile/broken: a link to what cannot be read",
                          "pile/inner/back: a link that leads back into a folder that holds it; not followed",
                          "pile/self: a link that leads in circles"));
}

TEST_F(Intake, follows_links_out_of_the_folder) {
  put("elsewhere/c.txt", ferry);
  put("pile/a.txt", std::string("Other words. ") + ferry);
  fs::create_directory_symlink("../elsewhere", root_ / "pile/link");
  EXPECT_THAT(ids_of(read_all({path("pile")})), ElementsAre("a", "link/c"));
}

TEST_F(Intake, makes_colliding_ids_unique_whatever_the_order) {
  const auto first = put("one/a.txt", ferry);
  const auto second = put("two/a.txt", std::string("Another ferry. ") + ferry);
  const auto third = put("three/a.html", std::string("<p>A third ferry.<p>") + ferry);
  const auto fourth = put("four/a.txt", ferry);
  const auto ids = ids_of(read_all({first, second, third, fourth}));
  ASSERT_THAT(ids, SizeIs(4));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 4u);
  EXPECT_EQ(std::count_if(ids.begin(), ids.end(),
                          [](const std::string& id) { return id.size() == 10 && id.starts_with("a~"); }),
            3);
  EXPECT_EQ(std::count_if(ids.begin(), ids.end(), [](const std::string& id) { return id.ends_with("-2"); }), 1);
  const auto pile = read_all({fourth, third, second, first});
  EXPECT_EQ(ids_of(pile), ids);
}

TEST_F(Intake, gives_the_same_pile_for_any_order_and_any_threads) {
  for (int i = 0; i < 30; ++i) {
    put("pile/" + std::to_string(i) + ".txt", "Ferry number " + std::to_string(i) + "\n" + ferry);
  }
  std::string lines;
  for (int i = 0; i < 200; ++i)
    lines += R"({"text": "Line )" + std::to_string(i) + R"( of many lines."})" + "\n" + (i % 50 ? "" : "{broken\n");
  put("pile/many.jsonl", lines);
  put("pile/empty.txt", "");
  Options two;
  two.threads = 2;
  const auto describe_pile = [&](const Pile& pile) {
    std::string all;
    for (const auto& article : pile.articles) {
      all += article.id + "|" + article.source + "|" + article.title + "|" + article.text + "\n";
      for (const auto& block : article.blocks) all += std::string(name_of(block.role)) + block.because + "\n";
    }
    for (const auto& one : pile.rejected) all += one.source + one.error.message + "\n";
    return all;
  };
  const auto one_way = describe_pile(read_all({path("pile"), path("pile/3.txt"), path("pile/many.jsonl")}));
  const auto other_way = describe_pile(read_all({path("pile/many.jsonl"), path("pile/3.txt"), path("pile")}, two));
  EXPECT_EQ(one_way, other_way);
  EXPECT_EQ(describe_pile(read_all({path("pile/many.jsonl")})),
            describe_pile(read_all({path("pile/many.jsonl")}, two)));
}

TEST_F(Intake, tells_its_progress) {
  put("pile/a.txt", ferry);
  put("pile/b.txt", ferry);
  std::vector<std::pair<std::size_t, std::size_t>> seen;
  Options options;
  Progress last;
  options.progress = [&](const Progress& progress) {
    seen.emplace_back(progress.files_done, progress.files_total);
    last = progress;
  };
  read_all({path("pile")}, options);
  EXPECT_THAT(seen, ElementsAre(std::pair(1u, 2u), std::pair(2u, 2u)));
  EXPECT_EQ(last.bytes_done, 2 * std::string_view(ferry).size());
  EXPECT_EQ(last.bytes_total, last.bytes_done);
  EXPECT_EQ(last.articles, 2u);
}

TEST_F(Intake, hands_on_articles_in_the_order_of_their_sources_for_any_threads) {
  std::string lines;
  for (int i = 0; i < 400; ++i) lines += fmt::format("{{\"id\": \"{}\", \"text\": \"Ferry {}\"}}\n", 1000 - i, i);
  std::vector<std::string> expected;
  for (int i = 0; i < 40; ++i) {
    const auto name = fmt::format("pile/{:02}", i);
    if (i % 3 == 0) {
      put(name + ".jsonl", lines);
      for (int k = 0; k < 400; ++k) expected.push_back(std::to_string(1000 - k));
    } else {
      put(name + ".txt", ferry);
      expected.push_back(fmt::format("{:02}", i));
    }
  }
  // One that is large enough to be read by itself, amid the others.
  std::string large;
  for (int i = 0; i < 60; ++i) {
    large += fmt::format("{{\"id\": \"large {}\", \"text\": \"{}\"}}\n", i, std::string(100'000, 'a'));
  }
  put("pile/18a.jsonl", large);
  std::vector<std::string> of_large;
  for (int i = 0; i < 60; ++i) of_large.push_back(fmt::format("large {}", i));
  const auto behind = std::find(expected.begin(), expected.end(), "19");
  expected.insert(behind, of_large.begin(), of_large.end());
  for (const unsigned threads : {1u, 2u, 7u}) {
    Options options;
    options.threads = threads;
    options.as_given = true;
    std::vector<std::string> ids;
    const std::vector<std::string> paths = {path("pile")};
    const auto leftovers = read_each(paths, testing::knowledge(), options,
                                     [&](Article&& article) { ids.push_back(std::move(article.id)); });
    EXPECT_EQ(ids, expected) << threads << " threads";
    EXPECT_THAT(leftovers.rejected, IsEmpty());
  }
}

TEST_F(Intake, comes_to_an_end_where_a_consumer_throws) {
  for (int i = 0; i < 50; ++i) put(fmt::format("pile/{:02}.txt", i), ferry);
  Options options;
  options.threads = 4;
  const std::vector<std::string> paths = {path("pile")};
  int seen = 0;
  const auto read_some = [&] {
    read_each(paths, testing::knowledge(), options, [&](Article&&) {
      if (++seen == 3) throw std::runtime_error("enough");
    });
  };
  EXPECT_THROW(read_some(), std::runtime_error);
  EXPECT_EQ(seen, 3);
}

TEST_F(Intake, reads_texts_as_given) {
  Options options;
  options.as_given = true;
  const std::string printed = std::string("Share this\nFerry aground\n\n") + ferry + "\n\nAll rights reserved\n";
  put("a.txt", printed);
  put("b.jsonl", R"({"id": "b", "text": " Share this\nFerry aground. ", "title": "T", "language": "de"})");
  const auto pile = read_all({path("a.txt"), path("b.jsonl")}, options);
  ASSERT_THAT(pile.articles, SizeIs(2));
  EXPECT_EQ(pile.articles[0].text, printed);
  EXPECT_THAT(pile.articles[0].blocks, IsEmpty());
  EXPECT_EQ(pile.articles[0].title, "");
  EXPECT_EQ(pile.articles[1].text, " Share this\nFerry aground. ");
  EXPECT_EQ(pile.articles[1].title, "T");
  EXPECT_EQ(pile.articles[1].declared_language, Language("de"));
  EXPECT_THAT(pile.articles[1].blocks, IsEmpty());
}

TEST_F(Intake, reads_file_names_that_are_no_text) {
  put("pile/\xFFname.txt", ferry);
  const auto pile = read_all({path("pile")});
  EXPECT_THAT(ids_of(pile), ElementsAre("\uFFFDname"));
}

TEST(Unpacking, sees_through_gzip_of_several_members_and_zstd_of_several_frames) {
  const std::string text(ferry);
  for (const auto& packed :
       {gzipped(text + text), gzipped(text) + gzipped(text), gzipped(text) + gzipped(text) + std::string(512, '\0'),
        zstd_packed(text + text), zstd_packed(text) + zstd_packed(text)}) {
    std::vector<Rejected> rejected;
    const auto articles = testing::read_as("a.txt.gz", packed, rejected);
    ASSERT_EQ(articles.size(), 1u);
    EXPECT_EQ(articles[0].text, text + text);
    EXPECT_THAT(rejected, IsEmpty());
  }
}

TEST(Unpacking, keeps_what_could_be_read_of_a_truncated_source) {
  std::string text;
  for (int i = 0; i < 3000; ++i)
    text += "Line " + std::to_string(i * 7919) + " of a long report about the harbour of Northholm.\n";
  for (const auto& packed : {gzipped(text), zstd_packed(text)}) {
    std::vector<Rejected> rejected;
    const auto articles =
        testing::read_as("a.txt.gz", std::string_view(packed).substr(0, packed.size() - 40), rejected);
    ASSERT_EQ(articles.size(), 1u);
    EXPECT_TRUE(text.starts_with(articles[0].text.substr(0, 1000)));
    ASSERT_THAT(rejected, SizeIs(1));
    EXPECT_EQ(rejected[0].error.message, "source truncated; what could be read is kept");
    ASSERT_FALSE(articles[0].repairs.empty());
    EXPECT_EQ(articles[0].repairs.back().what, "source truncated");
    EXPECT_EQ(articles[0].repairs.back().block, articles[0].blocks.size() - 1);
  }
}

TEST(Unpacking, tells_damage_that_leaves_nothing) {
  auto packed = gzipped(ferry);
  std::vector<Rejected> rejected;
  EXPECT_THAT(testing::read_as("a.gz", packed.substr(0, 12), rejected), IsEmpty());
  ASSERT_FALSE(rejected.empty());
  EXPECT_EQ(rejected.back().error.message, "source truncated");
}

TEST(Unpacking, is_bounded) {
  Options options;
  options.article_bytes_max = 10'000;
  for (const auto& bytes : {gzipped(std::string(5'000'000, 'a')), std::string(10'001, 'a')}) {
    std::vector<Rejected> rejected;
    EXPECT_THAT(testing::read_as("a.txt", bytes, rejected, options), IsEmpty());
    ASSERT_THAT(rejected, SizeIs(1));
    EXPECT_EQ(rejected[0].error.message, "larger than 10000 bytes");
  }
}

struct CharsetCase {
  std::string name;
  std::string bytes;
  std::string text;
};
class Charset : public ::testing::TestWithParam<CharsetCase> {};

TEST_P(Charset, is_found) {
  const auto format = GetParam().bytes.starts_with("<") ? Format::html : Format::text;
  EXPECT_THAT(decode(GetParam().bytes, format).text, HasSubstr(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(
    Encodings, Charset,
    ::testing::Values(
        CharsetCase{"utf8", "fünf Fähren", "fünf Fähren"},
        CharsetCase{"utf8_mark",
                    "\xEF\xBB\xBF"
                    "fünf",
                    "fünf"},
        CharsetCase{"utf16le_mark",
                    std::string("\xFF\xFE"
                                "f\0\xFC\0n\0f\0",
                                10),
                    "fünf"},
        CharsetCase{"utf16be_mark",
                    std::string("\xFE\xFF"
                                "\0f\0\xFC\0n\0f",
                                10),
                    "fünf"},
        CharsetCase{"utf16le_unmarked", std::string("F\0e\0r\0r\0y\0 \0r\0u\0n\0s\0", 20), "Ferry runs"},
        CharsetCase{"declared_latin1", "<meta charset=\"iso-8859-1\"><p>f\xFCnf \x96 F\xE4hren", "fünf – Fähren"},
        CharsetCase{"declared_in_content",
                    "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xEF\xE0\xF0\xEE\xEC",
                    "паром"},
        CharsetCase{"declared_by_xml", "<?xml version='1.0' encoding='ISO-8859-1'?><html><p>f\xFCnf", "fünf"},
        CharsetCase{"declared_wrongly", "<meta charset=iso-8859-1><p>fünf Fähren", "fünf Fähren"},
        CharsetCase{"declared_unknown", "<meta charset=x-none><p>fünf Fähren", "fünf Fähren"},
        CharsetCase{"iso_2022_jp", "<meta charset=iso-2022-jp><p>\x1b$BA%\x1b(B", "船"},
        CharsetCase{"guessed_cyrillic",
                    "\xcf\xe0\xf0\xee\xec \xf1\xe5\xeb \xed\xe0 \xec\xe5\xeb\xfc \xf3 \xe1\xe5\xf0\xe5\xe3\xe0, "
                    "\xf1\xee\xee\xe1\xf9\xe8\xeb\xe0 "
                    "\xee\xf5\xf0\xe0\xed\xe0 \xef\xee\xe1\xe5\xf0\xe5\xe6\xfc\xff",
                    "Паром сел на мель у берега"}),
    [](const auto& info) { return info.param.name; });

TEST(Charset, broken_bytes_in_utf8_stay_visible_and_are_told) {
  const auto article =
      testing::article_in("a.txt",
                          "Die F\xC3\xA4hre f\xC3\xA4hrt wieder.\nSie lief \xFF\xFE auf eine gr\xC3\xB6\xC3\x9F"
                          "ere Sandbank.\n");
  EXPECT_THAT(article.text, HasSubstr("\uFFFD"));
  ASSERT_THAT(article.repairs, SizeIs(1));
  EXPECT_EQ(article.repairs[0].block, 1u);
  EXPECT_EQ(article.repairs[0].what, "2 characters that could not be decoded, shown as U+FFFD");
}

TEST(PlainText, lines_are_blocks_and_keep_their_numbers) {
  const auto article =
      testing::article_in("a.txt", "\n  One line here. \r\n\r\n\u00a0\nTwo lines here.\rThree lines here.\u2028Four");
  std::vector<std::uint32_t> lines;
  for (const auto& block : article.blocks) lines.push_back(block.line);
  EXPECT_THAT(lines, ElementsAre(2, 5, 6, 7));
  EXPECT_EQ(article.words_at(article.blocks[0].span), "One line here.");
}

TEST(PlainText, joins_lines_that_were_broken_to_a_width) {
  const std::string broken =
      "The harbour of the northern town was closed on Friday after the\nwind had torn two barges from their moorings, "
      "and the pilots\n"
      "refused to bring any more ships in before the storm had passed.\n\nTwo of the barges drifted to the sandbank, "
      "where they lie since\n"
      "the morning. The harbour master said that they would be towed in\nas soon as the sea was calm enough for the "
      "two tugs to sail out.\n";
  EXPECT_THAT(blocks_of_lines(broken), SizeIs(2));
  EXPECT_THAT(blocks_of_lines("A first line that is short.\nA second line, which is just as short.\nThird.\nFourth "
                              "line of this.\nFifth.\n"),
              SizeIs(5));
}

TEST(TellApart, numbers_equal_articles_in_linear_time) {
  constexpr std::size_t count = 50'000;
  std::vector<Identity> identities(count, {"x", "pile.jsonl", 7});
  identities.push_back({"x~00000007-3", "pile.jsonl", 8});  // somebody's own id is nobody else's number
  const auto before = std::chrono::steady_clock::now();
  tell_apart(identities);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
  EXPECT_EQ(identities[0].id, "x~00000007");
  EXPECT_EQ(identities[1].id, "x~00000007-2");
  EXPECT_EQ(identities[2].id, "x~00000007-4");
  EXPECT_EQ(identities[count - 1].id, "x~00000007-50001");
  EXPECT_EQ(identities[count].id, "x~00000007-3");
  EXPECT_LT(took.count(), 30.0);  // quadratic it would be minutes
}

TEST(JsonLines, give_articles_with_their_fields) {
  Options options;
  options.fields = {{"text", "body"}, {"date", "pub_date"}};
  const auto article = testing::article_in(
      "a.jsonl",
      R"({"id": 17, "url": "https://example.org/1", "title": " Ferry ", "pub_date": "2024-12-04T10:00:00+0100", "language": "de-AT", "outlet": "Coast", "authors": ["A. Bee", "C. Dee"], "body": "The ferry ran aground.\nNobody was hurt."})",
      options);
  EXPECT_EQ(article.id, "17");
  EXPECT_EQ(article.source, "a.jsonl#0");
  EXPECT_EQ(article.url, "https://example.org/1");
  EXPECT_EQ(article.title, "Ferry");
  EXPECT_EQ(article.outlet, "Coast");
  EXPECT_THAT(article.authors, ElementsAre("A. Bee", "C. Dee"));
  EXPECT_EQ(article.declared_language, Language("de"));
  ASSERT_THAT(article.given_dates, SizeIs(1));
  EXPECT_EQ(iso(article.given_dates[0].date), "2024-12-04T10:00:00+01:00");
  EXPECT_EQ(article.given_dates[0].where, "field pub_date");
  EXPECT_THAT(article.blocks, SizeIs(2));
}

TEST(JsonLines, keep_numbers_as_they_are_written) {
  for (const auto* number : {"-17", "0", "9223372036854775808", "18446744073709551615",
                             "123456789012345678901234567890", "1.50", "-0.5e+07", "1e999"}) {
    const auto article = testing::article_in(
        "a.jsonl", fmt::format(R"({{"id": {0}, "authors": ["A. \\\"Bee", {0}], "title": "No. \"{0}\" of 3.10",)"
                               R"("text": "The ferry ran aground at 4.50, {0} of them."}})",
                               number));
    EXPECT_EQ(article.id, number);
    EXPECT_THAT(article.authors, ElementsAre("A. \\\"Bee", number));
    EXPECT_EQ(article.title, fmt::format("No. \"{}\" of 3.10", number));
    EXPECT_EQ(article.text, fmt::format("The ferry ran aground at 4.50, {} of them.", number));
  }
  EXPECT_EQ(testing::article_in("a.jsonl", R"({"views": 123456789012345678901234, "text": "The ferry."})").text,
            "The ferry.");
  for (const auto* none : {"01", "1.", ".5", "-", "1e", "--1", "1.2.3", "123456789012345678901234 5", "1e999x"}) {
    std::vector<Rejected> rejected;
    EXPECT_THAT(testing::read_as("a.jsonl", fmt::format(R"({{"id": {}, "text": "The ferry."}})", none), rejected),
                IsEmpty())
        << none;
    ASSERT_THAT(rejected, SizeIs(1)) << none;
    EXPECT_THAT(rejected[0].error.message, HasSubstr("no JSON"));
  }
}

TEST(JsonLines, lose_only_the_bad_records) {
  const std::vector<std::string> lines = {R"({"text": "One good line."})",
                                          R"({"text": )",
                                          R"([1, 2])",
                                          "",
                                          R"({"txt": "no text"})",
                                          R"({"text": 5})",
                                          R"({"text": "  "})",
                                          "{\"text\": \"broken \xFF\xFE bytes\"}",
                                          R"({"text": "half \ud83d a face", "date": "last week"})",
                                          R"({"text": "The last line")"};
  std::string bytes = "\xEF\xBB\xBF";
  std::vector<std::size_t> offsets;
  for (const auto& line : lines) {
    offsets.push_back(bytes.size());
    bytes += line + "\r\n";
  }
  bytes.resize(bytes.size() - 2);
  std::vector<Rejected> rejected;
  const auto articles = testing::read_as("a.jsonl", bytes, rejected);
  ASSERT_THAT(articles, SizeIs(3));
  EXPECT_EQ(articles[0].id, "id#0");
  EXPECT_EQ(articles[1].repairs.size(), 1u);
  EXPECT_THAT(articles[2].text, HasSubstr("half \uFFFD a face"));
  std::vector<std::string> reasons;
  for (const auto& one : rejected) reasons.push_back(one.source + ": " + one.error.message);
  const auto at = [&](std::size_t line) { return "a.jsonl#" + std::to_string(offsets[line]) + ": "; };
  EXPECT_THAT(reasons,
              ElementsAre(HasSubstr(at(1) + "no JSON"), at(2) + "no JSON object", at(4) + "has no field \"text\"",
                          at(5) + "field \"text\" is no string", at(6) + "field \"text\" is empty",
                          HasSubstr(at(8) + "field \"date\" holds no date"), HasSubstr(at(9) + "no JSON")));
}

TEST(JsonLines, skip_a_line_of_fifty_megabytes_without_holding_it) {
  std::string bytes = R"({"text": "before it"})"
                      "\n"
                      R"({"text": ")";
  bytes.append(50u << 20, 'a');
  bytes +=
      "\"}\n"
      R"({"text": "behind it"})"
      "\n";
  std::vector<Rejected> rejected;
  const auto articles = testing::read_as("a.jsonl", bytes, rejected);
  ASSERT_THAT(articles, SizeIs(2));
  EXPECT_EQ(articles[1].text, "behind it");
  ASSERT_THAT(rejected, SizeIs(1));
  EXPECT_EQ(rejected[0].source, "a.jsonl#22");
  EXPECT_THAT(rejected[0].error.message, HasSubstr("longer than"));
}

TEST(JsonLines, of_many_batches_come_in_order) {
  std::string bytes;
  for (int i = 0; i < 20'000; ++i) {
    bytes += R"({"id": ")" + std::to_string(i) + R"(", "text": ")" +
             std::string(static_cast<std::size_t>(i % 900), 'x') +
             R"( ends."})"
             "\n";
  }
  std::vector<Rejected> rejected;
  Options options;
  options.threads = 2;
  const auto articles = testing::read_as("a.jsonl", bytes, rejected, options);
  ASSERT_THAT(articles, SizeIs(20'000));
  for (std::size_t i = 0; i < articles.size(); ++i) ASSERT_EQ(articles[i].id, std::to_string(i));
}

constexpr auto page = R"(<!DOCTYPE html><html lang="de-DE"><head><meta charset="utf-8">
<title>Fähre auf Sandbank gelaufen | Küstenblick</title>
<link rel="canonical" href="https://kuestenblick.example/faehre">
<meta property="og:site_name" content="Küstenblick"><meta property="og:title" content="Fähre auf Sandbank gelaufen">
<meta property="article:published_time" content="2024-12-04T21:40:00+01:00">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
 {"@type": ["NewsArticle"], "headline": "Fähre auf Sandbank gelaufen", "datePublished": "2024-12-04T21:40:00+01:00",
  "dateModified": "2024-12-05", "author": [{"@type": "Person", "name": "Ida Strand"}], "publisher": {"name": "Küstenblick GmbH"}}]}</script>
</head><body class="has-sidebar">
<nav><ul><li><a href="/">Start</a></li><li><a href="/meer">Meer</a></li></ul></nav>
<form id="page">
<h1>Fähre auf Sandbank gelaufen</h1>
<article>
<p class="byline">Von Ida Strand</p>
<figure><img src="a.jpg"><figcaption>Die Fähre am Morgen. Foto: Strand</figcaption></figure>
<p>Die Fähre nach Nordholm ist am <b>Dienstag</b>abend mit sechzig Fahrgästen auf eine <a href="/s">Sandbank</a> gelaufen.</p>
<p>Verletzt wurde niemand.<br>Die Fahrgäste wurden mit Rettungsbooten an Land gebracht.<br><br>Die Küstenwache ermittelt nun gegen den Lotsen.</p>
<script>document.write("<p>nicht gedruckt</p>");</script>
<div class="related"><h3>Mehr dazu</h3><p><a href="/1">Brücke nach Nordholm wird später fertig als geplant.</a></p></div>
<h2>Ebbe unterschätzt</h2>
<ul><li>Die Ebbe kam in dieser Nacht schneller als sonst, sagte der Hafenmeister am Morgen.</li></ul>
</article></form>
<footer><p>© Küstenblick. Alle Rechte vorbehalten, auch die der Übersetzung und des Nachdrucks.</p></footer></body></html>)";

TEST(Html, tells_the_article_from_the_page) {
  const auto article = testing::article_in("a.html", page);
  EXPECT_EQ(article.title, "Fähre auf Sandbank gelaufen");
  EXPECT_EQ(article.outlet, "Küstenblick");
  EXPECT_EQ(article.url, "https://kuestenblick.example/faehre");
  EXPECT_EQ(article.declared_language, Language("de"));
  EXPECT_THAT(article.authors, ElementsAre("Ida Strand"));
  EXPECT_THAT(testing::blocks_with(article, Role::title), ElementsAre("Fähre auf Sandbank gelaufen"));
  EXPECT_THAT(testing::blocks_with(article, Role::byline), ElementsAre("Von Ida Strand"));
  EXPECT_THAT(testing::blocks_with(article, Role::caption), ElementsAre("Die Fähre am Morgen. Foto: Strand"));
  EXPECT_THAT(testing::blocks_with(article, Role::subheading), ElementsAre("Ebbe unterschätzt"));
  EXPECT_THAT(
      testing::blocks_with(article, Role::body),
      ElementsAre("Die Fähre nach Nordholm ist am Dienstagabend mit sechzig Fahrgästen auf eine Sandbank gelaufen.",
                  "Verletzt wurde niemand. Die Fahrgäste wurden mit Rettungsbooten an Land gebracht.",
                  "Die Küstenwache ermittelt nun gegen den Lotsen.",
                  "Die Ebbe kam in dieser Nacht schneller als sonst, sagte der Hafenmeister am Morgen."));
  EXPECT_THAT(testing::blocks_with(article, Role::boilerplate), SizeIs(5));
  EXPECT_THAT(article.text, ::testing::Not(HasSubstr("nicht gedruckt")));
  std::vector<std::string> dates;
  for (const auto& given : article.given_dates) dates.push_back(iso(given.date) + " " + given.where);
  EXPECT_THAT(dates,
              ElementsAre("2024-12-04T21:40:00+01:00 json-ld datePublished",
                          "2024-12-04T21:40:00+01:00 meta article:published_time", "2024-12-05 json-ld dateModified"));
}

TEST(Html, is_read_whatever_its_nesting) {
  const std::string words = ferry;
  for (const std::string tag : {"div", "b", "table", "p", "ul", "blockquote", "svg", "x-y"}) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<" + tag + " a=" + std::to_string(i) + ">";
    const auto article = testing::article_in("a.html", "<html><body>" + deep + words);
    EXPECT_THAT(article.text, HasSubstr("ran aground")) << tag;
  }
  EXPECT_FALSE(is_nested_too_deep(page));
}

TEST(Html, without_a_tag_is_text) {
  EXPECT_THAT(testing::blocks_with(testing::article_in("a.html", ferry), Role::body), SizeIs(1));
}

TEST(MachineDates, are_read_in_all_their_forms) {
  for (const auto& [written, meant] : std::vector<std::pair<std::string, std::string>>{
           {"2024-12-04", "2024-12-04"},
           {"2024-12-04T10:00:00.000Z", "2024-12-04T10:00:00Z"},
           {"2024-12-04 10:00:00 +0100", "2024-12-04T10:00:00+01:00"},
           {"2024/12/04", "2024-12-04"},
           {"20241204", "2024-12-04"},
           {"20241204T101500Z", "2024-12-04T10:15:00Z"},
           {"Wed, 04 Dec 2024 10:00:00 +0100", "2024-12-04T10:00:00+01:00"},
           {"4 Dec 2024", "2024-12-04"},
           {"1733270400", "2024-12-04T00:00:00Z"},
           {"2024-12-04T10h", "2024-12-04"}}) {
    const auto date = read_machine_date(written);
    ASSERT_TRUE(date) << written;
    EXPECT_EQ(iso(*date), meant) << written;
  }
  for (const auto written : {"", "yesterday", "04.12.2024", "2024-13-01", "99999999", "Wed, 40 Dec 2024"}) {
    EXPECT_FALSE(read_machine_date(written)) << written;
  }
}

/// Bytes with a liking for what means something in one of the formats.
rc::Gen<std::string> bytes_of_a_source() {
  static const std::vector<std::string> pieces = {"\n",
                                                  "\r\n",
                                                  " ",
                                                  "<p>",
                                                  "</p>",
                                                  "<div class=\"comments\">",
                                                  "<h1>",
                                                  "<br><br>",
                                                  "<meta charset=utf-16>",
                                                  "<script>",
                                                  "<!--",
                                                  "&#xD800;",
                                                  "&nbsp;",
                                                  "{\"text\": \"",
                                                  "\"}",
                                                  "\\ud800",
                                                  "\xEF\xBB\xBF",
                                                  "\xFF\xFE",
                                                  "\xC3",
                                                  "\xE2\x80\xA8",
                                                  "Fähre",
                                                  "паром",
                                                  "船。",
                                                  "The ferry ran aground. ",
                                                  "date 2024-11 ",
                                                  "(AFP)",
                                                  "1f8b",
                                                  " — Reuters",
                                                  "\x1f\x8b\x08",
                                                  std::string(1, '\0'),
                                                  "<svg><p>",
                                                  "<table><td>",
                                                  "<a href=x>",
                                                  "“",
                                                  "|"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
                          rc::gen::elementOf(pieces), rc::gen::container<std::string>(rc::gen::arbitrary<char>()))),
                      [](const std::vector<std::string>& parts) {
                        std::string bytes;
                        for (const auto& part : parts) bytes += part;
                        return bytes;
                      });
}

RC_GTEST_PROP(AnyBytes, give_articles_that_keep_their_promises, ()) {
  const auto bytes = *bytes_of_a_source();
  for (const auto name : {"a.txt", "a.html", "a.jsonl", "a"}) {
    std::vector<Rejected> rejected;
    const auto articles = testing::read_as(name, bytes, rejected);
    RC_ASSERT(!articles.empty() || !rejected.empty());
    for (const auto& article : articles) {
      RC_ASSERT(is_valid_utf8(article.text));
      RC_ASSERT(testing::broken_promise(article) == "");
    }
  }
}

}  // namespace
}  // namespace depesche::intake
