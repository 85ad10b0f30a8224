#include "lineage/decisions.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace depesche::lineage {
namespace {

namespace fs = std::filesystem;

DecisionsFile parsed(std::string_view text) {
  auto file = parse_decisions(text, "pile.toml");
  if (!file.has_value()) {
    ADD_FAILURE() << describe(file.error());
    return {};
  }
  return *file;
}

/// "1 split b a,c | 2 join a b", undone ones with "-" in front.
std::string shape(const DecisionsFile& file) {
  std::string out;
  for (const auto& decision : file.decisions) {
    if (!out.empty()) out += " | ";
    if (decision.is_undone) out += "-";
    out += fmt::format("{} {} {} ", decision.number, name_of(decision.kind), decision.article);
    for (std::size_t i = 0; i < decision.others.size(); ++i) out += (i > 0 ? "," : "") + decision.others[i];
  }
  return out;
}

std::vector<std::string> complaints(const DecisionsFile& file) {
  std::vector<std::string> out;
  for (const Error& error : file.damaged) out.push_back(describe(error));
  return out;
}

using Complaints = std::vector<std::string>;

Decision split(std::string article, std::vector<std::string> from) {
  Decision decision;
  decision.article = std::move(article);
  decision.others = std::move(from);
  return decision;
}

Decision join(std::string a, std::string b) {
  Decision decision;
  decision.kind = Decision::Kind::join;
  decision.article = std::move(a);
  decision.others = {std::move(b)};
  return decision;
}

TEST(ParseDecisions, reads_entries_in_the_order_of_the_file) {
  const auto file = parsed(
      "# mine\n"
      "colour = \"green\"\n"
      "[[join]]\n"
      "a = \"a\"\n"
      "b = \"b\"\n"
      "[[split]]\n"
      "article = \"b\"\n"
      "from = [\"a\", \"c\"]\n"
      "family = \"d123\"\n"
      "at = 2026-11-21T10:00:00Z\n"
      "by = \"ada\"\n"
      "why = \"another strike\"\n"
      "mood = 3\n"
      "[[join]]\n"
      "a = \"c\"\n"
      "b = \"d\"\n"
      "at = 2026-11-22\n");
  EXPECT_EQ(shape(file), "1 join a b | 2 split b a,c | 3 join c d");
  EXPECT_TRUE(file.damaged.empty());
  const Decision& split = file.decisions.at(1);
  EXPECT_EQ(split.family, "d123");
  EXPECT_EQ(iso(*split.at), "2026-11-21T10:00:00Z");
  EXPECT_EQ(split.by, "ada");
  EXPECT_EQ(split.why, "another strike");
  EXPECT_EQ(split.line, 6u);
  EXPECT_EQ(iso(*file.decisions.at(2).at), "2026-11-22");
  EXPECT_FALSE(file.decisions.at(0).at);
}

TEST(ParseDecisions, reads_tables_in_a_line_and_an_empty_file) {
  EXPECT_EQ(shape(parsed("split = [{article = 'x', from = ['y']},\n {article = 'z', from = ['y'], undone = true}]\n")),
            "1 split x y | -2 split z y");
  EXPECT_EQ(shape(parsed("")), "");
  EXPECT_EQ(shape(parsed("# nothing yet\n")), "");
}

TEST(ParseDecisions, names_what_is_damaged_and_keeps_the_rest) {
  const auto file = parsed(
      "[[split]]\n"
      "article = 3\n"
      "from = [\"a\"]\n"
      "[[split]]\n"
      "article = \"b\"\n"
      "[[join]]\n"
      "a = \"a\"\n"
      "b = \"\"\n"
      "[[join]]\n"
      "a = \"a\"\n"
      "b = \"b\"\n"
      "[[join]]\n"
      "a = \"a\"\n"
      "b = \"a\"\n"
      "[[split]]\n"
      "article = \"b\"\n"
      "from = [\"a\",\n"
      "  7]\n"
      "[[split]]\n"
      "article = \"b\"\n"
      "from = \"a\"\n"
      "[[split]]\n"
      "article = \"b\"\n"
      "from = []\n"
      "[[join]]\n"
      "a = \"a\"\n"
      "b = \"c\"\n"
      "at = \"yesterday\"\n"
      "[[join]]\n"
      "a = \"a\"\n"
      "b = \"c\"\n"
      "why = 12:00:00\n");
  EXPECT_EQ(shape(file), "4 join a b");
  EXPECT_EQ(complaints(file),
            (Complaints{"pile.toml:2: split: `article` is a whole number and not a string",
                        "pile.toml:4: split: `from` is missing", "pile.toml:8: join: `b` names no article",
                        "pile.toml:12: join: an article cannot be joined with itself",
                        "pile.toml:18: split: `from` is a whole number and not a string",
                        "pile.toml:21: split: `from` is a string and not an array of strings",
                        "pile.toml:24: split: `from` names no article",
                        "pile.toml:28: join: `at` is a string and not a date, as in 2026-11-21T10:00:00Z",
                        "pile.toml:32: join: `why` is a time of day and not a string"}));
}

TEST(ParseDecisions, names_entries_that_are_none) {
  EXPECT_EQ(complaints(parsed("split = 3\n[join]\na = 'a'\nb = 'b'\n")),
            (Complaints{"pile.toml:1: `split` is a whole number and not an entry that begins with [[split]]",
                        "pile.toml:2: `join` is a table and not an entry that begins with [[join]]"}));
  const auto file = parsed("join = [{a = 'a', b = 'b'}, 'x']\n");
  EXPECT_EQ(shape(file), "1 join a b");
  EXPECT_EQ(complaints(file),
            (Complaints{"pile.toml:1: `join` is a string and not an entry that begins with [[join]]"}));
}

TEST(ParseDecisions, fails_with_the_line_where_it_is_no_toml) {
  for (const auto& [text, line] :
       std::vector<std::pair<std::string, std::string>>{{"[[split]]\narticle = \n", "pile.toml:2"},
                                                        {"[[split]]\narticle = \"b\n", "pile.toml:2"},
                                                        {"[[split]\n", "pile.toml:1"},
                                                        {std::string("a = 1\n\0", 7), "pile.toml:2"},
                                                        {"a = 1\nb = \"\xff\"\n", "pile.toml:2"},
                                                        {"<<<<<<< mine\n", "pile.toml:1"},
                                                        {"a = 1\na = 2\n", "pile.toml:2"}}) {
    const auto file = parse_decisions(text, "pile.toml");
    ASSERT_FALSE(file.has_value()) << text;
    EXPECT_EQ(file.error().fault, Fault::bad_input);
    EXPECT_EQ(file.error().where, line) << text;
    EXPECT_TRUE(file.error().message.starts_with("is no TOML: ")) << file.error().message;
  }
}

TEST(ParseDecisions, survives_keys_without_end) {
  std::string endless = "# " + std::string(1000, '.') + "\nwhy = \"" + std::string(1000, '.') + "\"\n";
  EXPECT_EQ(shape(parsed(endless)), "");
  for (int i = 0; i < 300'000; ++i) endless += "a.";
  for (const std::string& text : {endless + "a = 1\n", endless + "'\"'.a = 1\n", "[" + endless + "a]\n"}) {
    const auto file = parse_decisions(text, "pile.toml");
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().message, "a key of more than 200 parts");
  }
}

std::string with(std::string_view text, const Decision& decision) {
  const auto after = with_decision(text, decision, "pile.toml");
  if (!after.has_value()) return "FAILED " + describe(after.error());
  return *after;
}

TEST(WithDecision, appends_and_leaves_the_rest_as_it_is) {
  const std::string before = "# mine\n[[join]] # first\na = 'a'\nb = 'b'   # why not\nmood = 3\n\n[notes]\nx = 1";
  auto decision = split("b", {"a", "c"});
  decision.family = "d123";
  decision.at = parse_iso("2026-11-21T10:00:00Z");
  decision.by = "ada";
  decision.why = "another \"strike\"\n\\ altogether";
  EXPECT_EQ(with(before, decision), before +
                                        "\n\n[[split]]\n"
                                        "article = \"b\"\n"
                                        "from = [\"a\", \"c\"]\n"
                                        "family = \"d123\"\n"
                                        "at = 2026-11-21T10:00:00Z\n"
                                        "by = \"ada\"\n"
                                        "why = \"another \\\"strike\\\"\\u000A\\\\ altogether\"\n");
  EXPECT_EQ(with("", join("a", "b")), "[[join]]\na = \"a\"\nb = \"b\"\n");
  EXPECT_EQ(with("x = 1\r\n", join("a", "b")), "x = 1\r\n\r\n[[join]]\r\na = \"a\"\r\nb = \"b\"\r\n");
}

TEST(WithDecision, writes_long_lists_an_article_a_line) {
  EXPECT_EQ(with("", split("e", {"a", "b", "c", "d"})),
            "[[split]]\narticle = \"e\"\nfrom = [\n  \"a\",\n  \"b\",\n  \"c\",\n  \"d\",\n]\n");
}

TEST(WithDecision, refuses_what_would_be_read_otherwise) {
  // An array that was written as such cannot be continued.
  EXPECT_TRUE(with("split = [{article = 'x', from = ['y']}]\n", split("a", {"b"}))
                  .starts_with("FAILED pile.toml:3: is no TOML"));
  EXPECT_TRUE(with("join = 3\n", join("a", "b")).starts_with("FAILED "));
  EXPECT_TRUE(with("[[split]\n", split("a", {"b"})).starts_with("FAILED "));
  EXPECT_TRUE(with("", split("a", {"a"})).starts_with("FAILED "));
  EXPECT_TRUE(with("", split("a", {})).starts_with("FAILED "));
  EXPECT_EQ(shape(parsed(with("split = [{article = 'x', from = ['y']}]\n", join("a", "b")))),
            "1 split x y | 2 join a b");
}

TEST(WithUndone, marks_the_entry_and_nothing_else) {
  const auto at = *parse_iso("2026-11-22T09:30:00Z");
  const std::string text = "[[join]] # first\na = 'a'\nb = 'b'\n  [[join]]\n  a = 'c'\n  b = 'd'\n";
  const auto first = with_undone(text, 1, at, "pile.toml");
  ASSERT_TRUE(first.has_value()) << describe(first.error());
  EXPECT_EQ(*first,
            "[[join]] # first\nundone = 2026-11-22T09:30:00Z\na = 'a'\nb = 'b'\n  [[join]]\n  a = 'c'\n  b = 'd'\n");
  const auto both = with_undone(*first, 2, at, "pile.toml");
  ASSERT_TRUE(both.has_value()) << describe(both.error());
  EXPECT_EQ(shape(parsed(*both)), "-1 join a b | -2 join c d");
  EXPECT_EQ(with_undone(*first, 1, at, "pile.toml").error().fault, Fault::conflict);
  EXPECT_EQ(with_undone(text, 3, at, "pile.toml").error().fault, Fault::not_found);
  EXPECT_EQ(with_undone(text, 0, at, "pile.toml").error().fault, Fault::not_found);

  const auto in_line = with_undone("join = [{a = '{é', b = 'b'}, {a = 'c', b = 'd'}]\n", 2, at, "pile.toml");
  ASSERT_TRUE(in_line.has_value()) << describe(in_line.error());
  EXPECT_EQ(*in_line, "join = [{a = '{é', b = 'b'}, {undone = 2026-11-22T09:30:00Z, a = 'c', b = 'd'}]\n");
  const auto windows = with_undone("[[join]]\r\na = 'a'\r\nb = 'b'", 1, at, "pile.toml");
  ASSERT_TRUE(windows.has_value()) << describe(windows.error());
  EXPECT_EQ(*windows, "[[join]]\r\nundone = 2026-11-22T09:30:00Z\r\na = 'a'\r\nb = 'b'");
}

TEST(WithUndone, leaves_damaged_entries_alone) {
  const auto undone = with_undone("[[join]]\na = 3\nb = 'b'\n", 1, *parse_iso("2026-11-22"), "pile.toml");
  ASSERT_FALSE(undone.has_value());
  EXPECT_EQ(describe(undone.error()), "pile.toml:2: join: `a` is a whole number and not a string");
}

/// Ids and reasons as they come, quotes, breaks and control characters included.
rc::Gen<std::string> words() {
  return rc::gen::container<std::string>(rc::gen::oneOf(
      rc::gen::elementOf(std::string("ab\"'\\#[]{}=.,\n\r\t\x7f\x1b ")), rc::gen::inRange<char>(1, 127)));
}

RC_GTEST_PROP(WithDecision, is_read_as_it_was_meant, ()) {
  std::string text = *rc::gen::element<std::string>("", "# mine", "x = 1\r\n", "[[join]]\na = 1\n", "[t]\ny = 2 # …\n");
  const auto before = parsed(text);
  std::vector<Decision> meant = before.decisions;
  const auto count = *rc::gen::inRange(1, 5);
  for (int i = 0; i < count; ++i) {
    Decision decision;
    decision.kind = *rc::gen::arbitrary<bool>() ? Decision::Kind::split : Decision::Kind::join;
    decision.article = fmt::format("x{}", *words());
    const auto others = decision.kind == Decision::Kind::join ? 1 : *rc::gen::inRange(1, 6);
    for (int k = 0; k < others; ++k) decision.others.push_back(fmt::format("y{}", *words()));
    decision.by = *words();
    decision.why = *words();
    if (decision.kind == Decision::Kind::split) decision.family = *words();
    if (*rc::gen::arbitrary<bool>()) decision.at = parse_iso("2026-11-21T10:00:07+01:30");
    const auto after = with_decision(text, decision, "pile.toml");
    RC_ASSERT(after.has_value());
    RC_ASSERT(after->starts_with(text));
    text = *after;
    meant.push_back(decision);
  }
  auto read = parsed(text);
  RC_ASSERT(read.decisions.size() == meant.size());
  RC_ASSERT(read.damaged.size() == before.damaged.size());
  for (std::size_t i = 0; i < meant.size(); ++i) {
    read.decisions[i].number = meant[i].number = 0;
    read.decisions[i].line = meant[i].line = 0;
    RC_ASSERT(read.decisions[i] == meant[i]);
  }
}

// -- the file ------------------------------------------------------------------------------------------------------

class DecisionsOnDisk : public testing::Test {
 protected:
  DecisionsOnDisk() {
    std::string name = (fs::temp_directory_path() / "depesche-decisions-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    file_ = (folder_ / "depesche.decisions.toml").string();
  }
  ~DecisionsOnDisk() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  std::string text() const {
    std::ifstream in(file_, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {})); }

  fs::path folder_;
  std::string file_;
};

TEST_F(DecisionsOnDisk, is_made_continued_and_marked) {
  EXPECT_EQ(read_decisions(file_).error().fault, Fault::not_found);
  EXPECT_EQ(*append_decision(file_, split("b", {"a"})), 1u);
  EXPECT_TRUE(text().starts_with("# ")) << text();
  EXPECT_EQ(*append_decision(file_, join("a", "b")), 2u);
  const auto undone = undo_decision(file_, 2, *parse_iso("2026-11-22T09:30:00Z"));
  ASSERT_TRUE(undone.has_value()) << describe(undone.error());
  EXPECT_EQ(undone->number, 2u);
  EXPECT_EQ(shape(*read_decisions(file_)), "1 split b a | -2 join a b");
  EXPECT_EQ(files(), 1u);
}

TEST_F(DecisionsOnDisk, keeps_its_rights_and_stays_a_link) {
  const auto real = folder_ / "kept-elsewhere.toml";
  std::ofstream(real) << "# mine\n";
  ::chmod(real.c_str(), 0640);
  fs::create_symlink("kept-elsewhere.toml", file_);
  ASSERT_TRUE(append_decision(file_, join("a", "b")).has_value());
  EXPECT_TRUE(fs::is_symlink(file_));
  struct stat status{};
  ASSERT_EQ(::stat(real.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0640u);
  EXPECT_EQ(shape(*read_decisions(real.string())), "1 join a b");
}

TEST_F(DecisionsOnDisk, is_not_touched_where_it_is_no_toml) {
  std::ofstream(file_) << "[[split]\n";
  const auto written = append_decision(file_, join("a", "b"));
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().where, file_ + ":1");
  EXPECT_EQ(text(), "[[split]\n");
  EXPECT_EQ(files(), 1u);
}

TEST_F(DecisionsOnDisk, says_where_it_cannot_be_had) {
  EXPECT_EQ(read_decisions(folder_.string()).error().fault, Fault::bad_input);
  const auto nowhere = (folder_ / "nowhere" / "file.toml").string();
  EXPECT_EQ(read_decisions(nowhere).error().fault, Fault::not_found);
  EXPECT_FALSE(append_decision(nowhere, join("a", "b")).has_value());
  EXPECT_FALSE(undo_decision(file_, 1, *parse_iso("2026-11-22")).has_value());
  EXPECT_FALSE(fs::exists(file_));
}

TEST_F(DecisionsOnDisk, loses_none_of_those_who_write_at_once) {
  constexpr int writers = 4;
  constexpr int each = 8;
  {
    std::vector<std::jthread> threads;
    for (int w = 0; w < writers; ++w) {
      threads.emplace_back([&, w] {
        for (int i = 0; i < each; ++i) {
          if (!append_decision(file_, join(fmt::format("a{}", w), fmt::format("b{}", i))).has_value()) return;
        }
      });
    }
  }
  EXPECT_EQ(read_decisions(file_)->decisions.size(), static_cast<std::size_t>(writers * each));
}

// -- what is in force ----------------------------------------------------------------------------------------------

/// "a-c apart, a-b together; overridden 1 3"
std::string outcome(const std::vector<Decision>& decisions) {
  const auto in = in_force(decisions);
  std::string out;
  for (const auto& [pair, because] : in.decisions.apart) out += pair.first + "/" + pair.second + " ";
  for (const auto& [pair, because] : in.decisions.together) out += pair.first + "+" + pair.second + " ";
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (in.is_overridden[i]) out += fmt::format("!{} ", i + 1);
  }
  return out.substr(0, out.size() - !out.empty());
}

TEST(InForce, gives_the_person_the_last_word) {
  EXPECT_EQ(outcome({}), "");
  EXPECT_EQ(outcome({split("b", {"c", "a"})}), "a/b b/c");
  EXPECT_EQ(outcome({split("b", {"a"}), join("a", "b")}), "a+b !1");
  EXPECT_EQ(outcome({join("a", "b"), split("b", {"a"})}), "a/b !1");
  EXPECT_EQ(outcome({split("b", {"a"}), join("b", "a"), split("a", {"b"})}), "a/b !2");
}

TEST(InForce, takes_a_split_back_as_a_whole) { EXPECT_EQ(outcome({split("b", {"a", "c"}), join("b", "c")}), "b+c !1"); }

TEST(InForce, sees_what_contradicts_over_others) {
  EXPECT_EQ(outcome({join("a", "b"), join("b", "c"), split("c", {"a"})}), "a/c b+c !1");
  EXPECT_EQ(outcome({split("c", {"a"}), join("a", "b"), join("b", "c")}), "a+b b+c !1");
}

TEST(InForce, forgets_what_was_undone) {
  auto undone = join("a", "b");
  undone.is_undone = true;
  EXPECT_EQ(outcome({split("b", {"a"}), undone}), "a/b");
}

TEST(InForce, tells_when_and_why) {
  auto decision = split("x", {"a", "b", "c", "d", "e"});
  decision.at = parse_iso("2026-11-21T10:00:00Z");
  decision.why = "another strike";
  EXPECT_EQ(in_force(std::vector{decision}).decisions.apart.at({"a", "x"}),
            "x was split from a, b, c and 2 more by decision of 2026-11-21 (another strike)");
  EXPECT_EQ(in_force(std::vector{join("b", "a")}).decisions.together.at({"a", "b"}), "b was joined with a by decision");
}

RC_GTEST_PROP(InForce, does_not_ask_in_which_order_unrelated_things_were_decided, ()) {
  // Two groups of articles, each with decisions in their own order, merged in two ways.
  const auto decisions = [](const std::string& prefix) {
    std::vector<Decision> out;
    const auto count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) {
      const auto a = *rc::gen::inRange(0, 4);
      const auto b = (a + *rc::gen::inRange(1, 4)) % 4;
      const auto x = fmt::format("{}{}", prefix, a);
      const auto y = fmt::format("{}{}", prefix, b);
      out.push_back(*rc::gen::arbitrary<bool>() ? join(x, y) : split(x, {y}));
    }
    return out;
  };
  const auto one = decisions("p");
  const auto two = decisions("q");
  const auto merged = [&] {
    std::vector<Decision> out;
    std::size_t i = 0;
    std::size_t k = 0;
    while (i < one.size() || k < two.size()) {
      const bool takes_one = k == two.size() || (i < one.size() && *rc::gen::arbitrary<bool>());
      out.push_back(takes_one ? one[i++] : two[k++]);
    }
    return in_force(out).decisions;
  };
  const auto x = merged();
  const auto y = merged();
  RC_ASSERT(x.apart == y.apart);
  RC_ASSERT(x.together == y.together);
}

}  // namespace
}  // namespace depesche::lineage
