#include "knowledge/knowledge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "core/unicode.h"
#include "knowledge/mapped.h"
#include "knowledge/mo_file.h"
#include "knowledge/rules.h"
#include "knowledge/tool.h"

namespace depesche::knowledge {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (fs::temp_directory_path() / "knowledge_test.XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { fs::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  fs::path operator/(const fs::path& below) const { return path_ / below; }

 private:
  fs::path path_;
};

void write(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

// -- rules -----------------------------------------------------------------------------------------------------------

TEST(Rules, are_read_with_their_lines) {
  const auto rules = parse_rules(
      "\xEF\xBB\xBF# head\r\n\r\nrule   one\r\nwords  a b_c\r\nwords  d\r\n# within\nnot\ttwo  words  \n\nrule two",
      "x.rules");
  ASSERT_TRUE(rules.has_value()) << describe(rules.error());
  ASSERT_EQ(rules->size(), 2u);
  const auto& one = rules->front();
  EXPECT_EQ(one.name, "one");
  EXPECT_EQ(one.line, 3);
  EXPECT_THAT(one.fields, ElementsAre(Pair("words", "a b_c"), Pair("words", "d"), Pair("not", "two  words")));
  EXPECT_THAT(one.words("words"), ElementsAre("a", "b c", "d"));
  EXPECT_EQ(one.value("not"), "two  words");
  EXPECT_EQ(one.value("example"), "");
  EXPECT_EQ(rules->back().line, 9);
  EXPECT_THAT(parse_rules("", "x.rules").value(), IsEmpty());
}

struct Mistake {
  const char* text;
  const char* where;
  const char* message;
};
class RuleMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(RuleMistakes, are_named_with_file_and_line) {
  const auto rules = parse_rules(GetParam().text, "de/x.rules");
  ASSERT_FALSE(rules.has_value());
  EXPECT_EQ(rules.error().fault, Fault::bad_input);
  EXPECT_EQ(rules.error().where, GetParam().where);
  EXPECT_THAT(rules.error().message, HasSubstr(GetParam().message));
}
INSTANTIATE_TEST_SUITE_P(Rules, RuleMistakes,
                         testing::Values(Mistake{"# head\nwords a", "de/x.rules:2", "before the first rule"},
                                         Mistake{"rule a\nwords", "de/x.rules:2", "without a value"},
                                         Mistake{"rule a\n\n  words b", "de/x.rules:3", "begins with a blank"},
                                         Mistake{"rule a b", "de/x.rules:1", "one word"},
                                         Mistake{"rule a\n« b »", "de/x.rules:2", "no field and no comment"},
                                         Mistake{"rule a\nwords \xFF", "de/x.rules:2", "not UTF-8"}));

RC_GTEST_PROP(Rules, that_are_written_are_read_back, ()) {
  const auto name = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcxyz_019"))));
  const auto piece =
      rc::gen::elementOf(std::vector<std::string>{"a", "Ж", "#", "(", "\\", "|", "é", "_", "x y", "\t."});
  const auto value =
      rc::gen::map(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(piece)), [](const auto& pieces) {
        std::string text = ">";
        for (const auto& each : pieces) text += each;
        return text;
      });
  const auto field = rc::gen::pair(rc::gen::suchThat(name, [](const auto& word) { return word != "rule"; }), value);
  const auto rule =
      rc::gen::map(rc::gen::pair(name, rc::gen::container<std::vector<std::pair<std::string, std::string>>>(field)),
                   [](const auto& parts) { return Rule{parts.first, 0, parts.second}; });
  const auto rules = *rc::gen::resize(12, rc::gen::container<std::vector<Rule>>(rule));

  const auto back = parse_rules(write_rules(rules), "written");
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->size() == rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    RC_ASSERT(back->at(i).name == rules[i].name);
    RC_ASSERT(back->at(i).fields == rules[i].fields);
  }
}

RC_GTEST_PROP(Rules, any_bytes_are_rules_or_a_mistake_on_a_line, (const std::string& bytes)) {
  const auto rules = parse_rules(bytes, "any");
  if (!rules.has_value()) RC_ASSERT(rules.error().where.starts_with("any:"));
}

// -- catalogues ------------------------------------------------------------------------------------------------------

using Messages = std::vector<std::pair<std::string, std::string>>;

std::string mo_file(const Messages& messages, bool is_big_endian) {
  std::string numbers;
  std::string strings;
  const auto number = [&](std::size_t value) {
    for (int i = 0; i < 4; ++i) numbers += static_cast<char>(value >> (8 * (is_big_endian ? 3 - i : i)));
  };
  const auto table = 28 + 16 * messages.size();
  const auto string = [&](const std::string& text) {
    number(text.size());
    number(table + strings.size());
    strings += text + '\0';
  };
  for (const std::size_t value : {std::size_t{0x950412de}, std::size_t{0}, messages.size(), std::size_t{28},
                                  28 + 8 * messages.size(), std::size_t{0}, std::size_t{0}}) {
    number(value);
  }
  for (const auto& message : messages) string(message.first);
  for (const auto& message : messages) string(message.second);
  return numbers + strings;
}

TEST(MoFile, is_read_in_both_byte_orders) {
  const Messages messages = {
      {"", "Content-Type: text/plain; charset=UTF-8\n"}, {"170063", "Alep"}, {"one\0many", "un"}, {"9", "\xFF"}};
  for (const bool is_big_endian : {false, true}) {
    const auto bytes = mo_file(messages, is_big_endian);
    const auto read = parse_mo(bytes, "geonames.mo");
    ASSERT_TRUE(read.has_value()) << describe(read.error());
    EXPECT_THAT(*read, ElementsAre(Pair("170063", "Alep"), Pair("one", "un")));
  }
}

TEST(MoFile, refuses_what_points_outside) {
  const auto whole = mo_file({{"1", "un"}, {"2", "deux"}}, false);
  for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
    EXPECT_FALSE(parse_mo(std::string_view(whole).substr(0, size), "cut.mo").has_value()) << size;
  }
  for (const std::size_t field : {8, 12, 16, 28, 32}) {
    auto broken = whole;
    broken[field + 3] = '\x7F';
    const auto read = parse_mo(broken, "broken.mo");
    ASSERT_FALSE(read.has_value()) << field;
    EXPECT_EQ(read.error().where, "broken.mo");
  }
}

RC_GTEST_PROP(MoFile, every_string_lies_in_the_file, (std::uint8_t value, bool is_big_endian)) {
  auto bytes = mo_file({{"1", "un"}, {"22", "deux"}, {"333", "trois"}}, is_big_endian);
  bytes[*rc::gen::inRange<std::size_t>(4, bytes.size())] = static_cast<char>(value);
  const auto read = parse_mo(bytes, "changed.mo");
  if (!read.has_value()) return;
  for (const auto& [key, text] : *read) {
    for (const auto view : {key, text}) {
      RC_ASSERT(view.data() >= bytes.data());
      RC_ASSERT(view.data() + view.size() <= bytes.data() + bytes.size());
    }
  }
}

// -- tools -----------------------------------------------------------------------------------------------------------

TEST(Tool, gives_what_it_prints_and_says_when_it_fails) {
  const auto printed = run_tool("/bin/echo", {"a; echo $HOME", "*"});
  ASSERT_TRUE(printed.has_value());
  EXPECT_EQ(*printed, "a; echo $HOME *\n");
  EXPECT_EQ(run_tool("/bin/false", {}).error().fault, Fault::unavailable);
  EXPECT_THAT(describe(run_tool("/nowhere/tool", {}).error()), HasSubstr("/nowhere/tool"));
  EXPECT_FALSE(find_tool("a-tool-that-nobody-has"));
}

// -- the compiled file -----------------------------------------------------------------------------------------------

/// A data folder with two small packs and an empty cache; neither towns nor their names, so that building is quick.
class Compiled : public testing::Test {
 protected:
  Compiled() {
    write(folder / "data/lang/und/words.rules", "rule stop\nwords und_only\n");
    write(folder / "data/lang/de/words.rules", "rule stop\nwords der die das\n");
    write(folder / "data/lang/de/times.rules", "rule near\nmatch am <weekday>\n");
    options.data = folder / "data";
    options.cache = folder / "cache";
    options.library = folder / "no/libgeonames.so.0";
    options.locale = folder / "no/locale";
    // What dictionaries hold takes seconds to read and is no matter here.
    options.dictionaries = options.apertium = options.wordnet = folder / "no";
    options.progress = [this](std::string_view what) { told.emplace_back(what); };
  }

  Knowledge open() {
    told.clear();
    auto knowledge = Knowledge::open(options);
    EXPECT_TRUE(knowledge.has_value()) << describe(knowledge.error());
    return std::move(knowledge).value();
  }
  bool was_built() const { return !told.empty(); }

  static std::string missing(const Knowledge& knowledge, std::string_view what) {
    for (const auto& ingredient : knowledge.ingredients()) {
      if (ingredient.what == what) return ingredient.missing;
    }
    return "no such ingredient";
  }

  TemporaryFolder folder;
  Options options;
  std::vector<std::string> told;
};

TEST_F(Compiled, is_built_once_and_holds_the_packs) {
  const auto knowledge = open();
  EXPECT_TRUE(was_built());
  EXPECT_EQ(knowledge.file().parent_path(), options.cache);
  ASSERT_EQ(knowledge.packs().size(), 2u);
  EXPECT_EQ(knowledge.packs()[0].language, Language());
  const auto& words = knowledge.pack(Language("de")).section("words");
  ASSERT_EQ(words.size(), 1u);
  EXPECT_EQ(words[0].line, 1);
  EXPECT_THAT(words[0].words("words"), ElementsAre("der", "die", "das"));
  EXPECT_THAT(knowledge.pack(Language("de")).section("nothing"), IsEmpty());
  EXPECT_EQ(knowledge.pack(Language("fi")).section("words")[0].words("words")[0], "und only");

  const auto again = open();
  EXPECT_FALSE(was_built());
  EXPECT_EQ(again.ingredients().size(), knowledge.ingredients().size());
}

TEST_F(Compiled, is_rebuilt_when_a_pack_changes) {
  open();
  write(folder / "data/lang/de/words.rules", "rule stop\nwords der die das dem\n");
  EXPECT_EQ(open().pack(Language("de")).section("words")[0].words("words").size(), 4u);
  EXPECT_TRUE(was_built());
  write(folder / "data/lang/fr/words.rules", "rule stop\nwords le\n");
  EXPECT_EQ(open().packs().size(), 3u);
  fs::remove_all(folder / "data/lang/fr");
  EXPECT_EQ(open().packs().size(), 2u);
  open();
  EXPECT_FALSE(was_built());
}

TEST_F(Compiled, names_the_mistake_in_a_pack_and_keeps_the_rest) {
  write(folder / "data/lang/de/times.rules", "rule near\n\nmatch\n");
  write(folder / "data/lang/klingon/words.rules", "rule stop\nwords a\n");
  const auto knowledge = open();
  EXPECT_THAT(missing(knowledge, "language pack de, times.rules"),
              HasSubstr("data/lang/de/times.rules:3: field \"match\""));
  EXPECT_THAT(missing(knowledge, "language pack klingon"), HasSubstr("BCP 47"));
  EXPECT_EQ(missing(knowledge, "language pack de"), "");
  EXPECT_EQ(knowledge.pack(Language("de")).section("words").size(), 1u);
  EXPECT_THAT(knowledge.pack(Language("de")).section("times"), IsEmpty());
}

TEST_F(Compiled, is_rebuilt_when_cut_short_or_foreign) {
  const auto file = open().file();
  const auto size = fs::file_size(file);
  for (const std::uintmax_t cut :
       {std::uintmax_t{0}, std::uintmax_t{7}, std::uintmax_t{sizeof(Header)}, size / 2, size - 1}) {
    fs::resize_file(file, cut);
    open();
    EXPECT_TRUE(was_built()) << cut;
    EXPECT_EQ(fs::file_size(file), size);
  }
  write(file, std::string(size, 'x'));
  open();
  EXPECT_TRUE(was_built());
}

TEST_F(Compiled, does_not_crash_on_damaged_records) {
  const auto file = open().file();
  std::string bytes(fs::file_size(file), '\0');
  std::ifstream(file, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  for (const int damage : {0, 1, 0x7F, 0xFF}) {
    std::fill(bytes.begin() + sizeof(Header), bytes.end(), static_cast<char>(damage));
    write(file, bytes);
    const auto knowledge = open();
    EXPECT_FALSE(was_built());
    for (const char* name : {"syrien", "montag", ""}) {
      for (const auto& meaning : knowledge.meanings(name)) knowledge.country(meaning.id);
    }
    knowledge.town(0);
    knowledge.number_format(Language("de"));
    for (const auto& pack : knowledge.packs()) pack.section("words");
    knowledge.pack(Language("de"));
  }
}

TEST_F(Compiled, is_kept_in_the_temporary_folder_when_the_cache_cannot_be_written) {
  write(folder / "file", "");
  options.cache = folder / "file/below";  // not even root can make a folder below a file
  fs::create_directories(folder / "tmp");
  const char* const before = std::getenv("TMPDIR");
  const auto kept = before == nullptr ? std::string() : std::string(before);
  ::setenv("TMPDIR", (folder / "tmp").c_str(), 1);
  const auto file = open().file();
  EXPECT_EQ(file.parent_path().parent_path(), folder / "tmp");
  EXPECT_THAT(told.back(), HasSubstr("cannot be written"));
  open();
  EXPECT_FALSE(was_built());

  // Somebody else could have written what lies in a folder that all may write to.
  fs::permissions(file.parent_path(), fs::perms::all);
  EXPECT_EQ(Knowledge::open(options).error().fault, Fault::io);
  before == nullptr ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", kept.c_str(), 1);
}

TEST_F(Compiled, may_be_built_by_several_at_once) {
  std::array<bool, 4> built{};
  std::vector<std::jthread> builders;
  builders.reserve(built.size());
  auto silent = options;
  silent.progress = nullptr;
  for (auto& each : built) {
    builders.emplace_back([&] {
      const auto knowledge = Knowledge::build(silent);
      each = knowledge.has_value() && knowledge->packs().size() == 2;
    });
  }
  builders.clear();
  EXPECT_THAT(built, testing::Each(true));
  EXPECT_EQ(std::distance(fs::directory_iterator(options.cache), {}), 1) << "no temporary file stays behind";
}

TEST_F(Compiled, says_what_is_missing_and_how_to_mend_it) {
  options.gresource = folder / "no/gresource";
  auto knowledge = open();
  EXPECT_THAT(missing(knowledge, "towns"), HasSubstr("libgeonames0"));
  EXPECT_THAT(missing(knowledge, "town names, fr"), HasSubstr("path-exclude"));
  EXPECT_EQ(knowledge.count_of_towns(), 0u);

  write(folder / "no/libgeonames.so.0", "not a library");
  EXPECT_THAT(missing(open(), "towns"), HasSubstr("libglib2.0-bin"));
  write(folder / "no/gresource", "not a program");
  EXPECT_THAT(missing(open(), "towns"), HasSubstr("cannot be run"));
  write(folder / "no/locale/fr/LC_MESSAGES/geonames.mo", "not a catalogue");
  knowledge = open();
  EXPECT_THAT(missing(knowledge, "town names, fr"), HasSubstr("not a .mo file"));
  EXPECT_THAT(missing(knowledge, "town names, ru"), HasSubstr("--reinstall libgeonames-common"));
  EXPECT_FALSE(knowledge.meanings("montag", NameKind::weekday, Language("de")).empty());
}

TEST_F(Compiled, takes_no_towns_from_what_is_no_table_of_towns) {
  write(folder / "no/libgeonames.so.0", "not a library");
  // `echo` prints its arguments, which are as good a wrong table as any.
  options.gresource = "/bin/echo";
  EXPECT_THAT(missing(open(), "towns"), HasSubstr("table of towns"));
}

TEST(Data, that_is_nowhere_is_an_error_that_names_where_it_was_looked_for) {
  Options options;
  options.data = "/nowhere/data";
  const auto knowledge = Knowledge::open(options);
  ASSERT_FALSE(knowledge.has_value());
  EXPECT_EQ(knowledge.error().fault, Fault::not_found);
  EXPECT_THAT(knowledge.error().message, HasSubstr("/nowhere/data/lang"));
}

// -- what is known ---------------------------------------------------------------------------------------------------

/// With all that this machine has, built once for all tests.
class Names : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = std::make_unique<TemporaryFolder>();
    write(*folder / "data/lang/und/words.rules", "rule stop\nwords a\n");
    Options options;
    options.data = *folder / "data";
    options.cache = *folder / "cache";
    knowledge = std::make_unique<Knowledge>(Knowledge::open(options).value());
  }
  static void TearDownTestSuite() {
    knowledge.reset();
    folder.reset();
  }

  static std::vector<std::uint32_t> ids(std::string_view name, NameKind kind, const char* language) {
    return knowledge->meanings(fold(name), kind, Language(language));
  }
  static std::string country(std::string_view name, const char* language) {
    std::string codes;
    for (const auto id : ids(name, NameKind::country, language)) codes += std::string(knowledge->country(id).iso) + ' ';
    return codes.substr(0, codes.find_last_not_of(' ') + 1);
  }

  static std::unique_ptr<TemporaryFolder> folder;
  static std::unique_ptr<Knowledge> knowledge;
};
std::unique_ptr<TemporaryFolder> Names::folder;
std::unique_ptr<Knowledge> Names::knowledge;

TEST_F(Names, of_countries) {
  EXPECT_EQ(country("Türkei", "de"), "TR");
  EXPECT_EQ(country("Türkiye", "en"), "TR");
  EXPECT_EQ(country("Russie", "fr"), "RU");
  EXPECT_EQ(country("Сирия", "ru"), "SY");
  EXPECT_EQ(country("سوريا", "ar"), "SY");
  EXPECT_EQ(country("Syria", "en"), "SY");
  EXPECT_EQ(country("USA", "en"), "US");
  EXPECT_EQ(country("USA", "fr"), "US");
  EXPECT_EQ(country("US", "en"), "US");
  EXPECT_EQ(country("UK", "en"), "GB");
  EXPECT_EQ(country("Quénia", "pt"), "KE") << "as it is printed in Portugal";
  EXPECT_EQ(country("Czech Republic", "en"), "CZ");
  EXPECT_EQ(country("Burma", "en"), "MM");
  EXPECT_EQ(country("DRC", "en"), "CD");
  EXPECT_EQ(country("Congo", "en"), "CD CG");
  EXPECT_EQ(country("Republic", "en"), "");
  EXPECT_EQ(country("США", "ru"), "US");
  EXPECT_EQ(country("and", "en"), "") << "no ISO codes";
  EXPECT_EQ(country("Russie", "de"), "");
  EXPECT_EQ(knowledge->country(ids("Syrie", NameKind::country, "fr").at(0)).name, "Syria");
}

TEST_F(Names, of_months_and_weekdays) {
  EXPECT_THAT(ids("mercredi", NameKind::weekday, "fr"), ElementsAre(3));
  EXPECT_THAT(ids("Sonntag", NameKind::weekday, "de"), ElementsAre(7));
  EXPECT_THAT(ids("декабря", NameKind::month, "ru"), ElementsAre(12));
  EXPECT_THAT(ids("декабрь", NameKind::month, "ru"), ElementsAre(12));
  EXPECT_THAT(ids("déc.", NameKind::month, "fr"), ElementsAre(12));
  EXPECT_THAT(ids("Jänner", NameKind::month, "de"), ElementsAre(1));
  EXPECT_THAT(ids("كانون الأول", NameKind::month, "ar"), ElementsAre(12));
  EXPECT_THAT(ids("ديسمبر", NameKind::month, "ar"), ElementsAre(12));
  EXPECT_THAT(ids("Aralık", NameKind::month, "tr"), ElementsAre(12));
  EXPECT_THAT(ids("mercredi", NameKind::weekday, "de"), IsEmpty());
}

TEST_F(Names, of_numbers) {
  EXPECT_THAT(ids("vingt-sept", NameKind::number, "fr"), ElementsAre(27));
  EXPECT_THAT(ids("septante", NameKind::number, "fr"), ElementsAre(70));
  EXPECT_THAT(ids("einundzwanzig", NameKind::number, "de"), ElementsAre(21));
  EXPECT_THAT(ids("hundert", NameKind::number, "de"), ElementsAre(100));
  EXPECT_THAT(ids("Millionen", NameKind::number, "de"), ElementsAre(1'000'000));
  EXPECT_THAT(ids("seven hundred", NameKind::number, "en"), ElementsAre(700));
  EXPECT_THAT(ids("million", NameKind::number, "en"), ElementsAre(1'000'000));
  EXPECT_THAT(ids("миллионов", NameKind::number, "ru"), ElementsAre(1'000'000));
  EXPECT_THAT(ids("двадцати", NameKind::number, "ru"), ElementsAre(20));
  EXPECT_THAT(ids("сти", NameKind::number, "ru"), IsEmpty());
  EXPECT_THAT(ids("yirmi yedi", NameKind::number, "tr"), ElementsAre(27));
}

TEST_F(Names, of_towns) {
  if (knowledge->count_of_towns() == 0) GTEST_SKIP() << "libgeonames0 is not installed";
  const auto towns = ids("Aleppo", NameKind::town, "en");
  ASSERT_EQ(towns.size(), 1u);
  const auto aleppo = knowledge->town(towns[0]);
  EXPECT_EQ(aleppo.geonames_id, 170063u);
  EXPECT_EQ(aleppo.name, "Aleppo");
  EXPECT_EQ(aleppo.country, "SY");
  EXPECT_NEAR(aleppo.latitude, 36.2, 0.1);
  EXPECT_NEAR(aleppo.longitude, 37.16, 0.1);

  const auto moscows = ids("Moscow", NameKind::town, "en");
  ASSERT_GT(moscows.size(), 1u);
  EXPECT_EQ(knowledge->town(moscows[0]).country, "RU") << "the largest comes first";
  for (std::size_t i = 1; i < moscows.size(); ++i) {
    EXPECT_GE(knowledge->town(moscows[i - 1]).population, knowledge->town(moscows[i]).population);
  }

  if (ids("Alep", NameKind::town, "fr").empty()) GTEST_SKIP() << "libgeonames-common has no translations here";
  EXPECT_EQ(ids("Alep", NameKind::town, "fr"), towns);
  EXPECT_EQ(ids("Халеб", NameKind::town, "ru"), towns);
  EXPECT_EQ(ids("حلب", NameKind::town, "ar"), towns);
  EXPECT_THAT(ids("Alep", NameKind::town, "de"), IsEmpty());
}

TEST_F(Names, are_sorted_by_kind_language_and_id) {
  const auto meanings = knowledge->meanings("mars");
  EXPECT_TRUE(std::is_sorted(meanings.begin(), meanings.end()));
  EXPECT_THAT(knowledge->meanings("a name that nothing has"), IsEmpty());
  EXPECT_THAT(knowledge->meanings(""), IsEmpty());
  EXPECT_THAT(knowledge->ingredients(), Not(IsEmpty()));
}

TEST_F(Names, come_with_the_marks_of_numbers) {
  const auto has = [](std::u32string_view marks, char32_t c) { return marks.find(c) != std::u32string_view::npos; };
  const auto french = knowledge->number_format(Language("fr"));
  EXPECT_EQ(french.decimal_marks, U",");
  for (const char32_t c : {U' ', U'\u00A0', U'\u202F'}) EXPECT_TRUE(has(french.group_marks, c));
  const auto german = knowledge->number_format(Language("de"));
  EXPECT_TRUE(has(german.group_marks, U'.') && has(german.group_marks, U'’') && has(german.group_marks, U'\u00A0'));
  EXPECT_FALSE(has(german.group_marks, U' '));
  const auto english = knowledge->number_format(Language("en"));
  EXPECT_EQ(english.decimal_marks, U".");
  EXPECT_TRUE(has(english.group_marks, U','));
  EXPECT_FALSE(has(english.group_marks, U'.'));
  EXPECT_TRUE(has(knowledge->number_format(Language("ar")).decimal_marks, U'\u066B'));
  EXPECT_EQ(knowledge->number_format(Language("xyz")).decimal_marks, U".");
}

}  // namespace
}  // namespace depesche::knowledge

#include "knowledge/patterns.h"

namespace depesche::knowledge {
namespace {

TEST(Patterns, keep_only_literals_without_which_they_cannot_match) {
  const auto needed = [](const std::string& pattern) {
    Rule rule{.name = "x", .line = 1, .fields = {{"line", pattern}}};
    EXPECT_TRUE(add_literals(rule, "x.rules").has_value());
    std::vector<std::string> literals;
    for (const auto literal : literals_of(rule.value("literals"))) literals.emplace_back(literal);
    std::sort(literals.begin(), literals.end());
    return literals;
  };
  EXPECT_EQ(needed("(the|our) .{0,60}newsletter"), std::vector<std::string>{"newsletter"});
  EXPECT_EQ(needed("the .{0,9}(harbour|storms?)"), (std::vector<std::string>{"harbour", "storm"}));
  EXPECT_EQ(needed("the .{0,9}tides|ebb"), (std::vector<std::string>{"ebb", "tides"}));
}

TEST(Patterns, say_what_a_line_must_hold) {
  Rule rule{.name = "counter",
            .line = 1,
            .fields = {{"line", R"(\d{1,5} (réactions?|avis))"}, {"line", R"([^\p{L}]{1,40})"}}};
  ASSERT_TRUE(add_literals(rule, "x.rules").has_value());
  const auto literals = rule.values("literals");
  ASSERT_EQ(literals.size(), 2u);
  EXPECT_EQ(literals_of(literals[0]), (std::vector<std::string_view>{"avis", "réaction"}));
  EXPECT_TRUE(literals_of(literals[1]).empty());
}

TEST(Patterns, name_the_rule_that_has_none) {
  Rule rule{.name = "broken", .line = 7, .fields = {{"line", "(open"}}};
  const auto added = add_literals(rule, "x.rules");
  ASSERT_FALSE(added.has_value());
  EXPECT_EQ(added.error().where, "x.rules:7");
}

}  // namespace
}  // namespace depesche::knowledge
