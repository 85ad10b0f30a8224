#include "intake/warc.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/unicode.h"
#include "intake/http.h"
#include "intake/test_packing.h"
#include "intake/test_support.h"
#include "intake/walk.h"

namespace depesche::intake {
namespace {

using ::testing::ElementsAre;
using testing::gzipped;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;
using testing::zstd_packed;

const std::string ferry =
    "<html><head><title>Ferry aground</title></head><body><h1>Ferry aground</h1><p>The ferry to Northholm ran aground "
    "on a sandbank on Tuesday evening, the coast guard said.</p></body></html>";
const std::string mill =
    "<html><body><p>A paper mill in Ormel burned down on Monday night, and nobody was hurt, the firemen "
    "said.</p></body></html>";

std::string http(std::string_view body, std::string_view fields = "Content-Type: text/html; charset=utf-8\r\n",
                 std::string_view status = "200 OK") {
  return fmt::format("HTTP/1.1 {}\r\n{}\r\n{}", status, fields, body);
}

std::string record(std::string_view block, std::string_view fields, std::string_view length = {}) {
  return fmt::format("WARC/1.0\r\n{}Content-Length: {}\r\n\r\n{}\r\n\r\n", fields,
                     length.empty() ? std::to_string(block.size()) : std::string(length), block);
}

std::string fields_of_type(std::string_view type, std::string_view content_type, std::string_view url) {
  return fmt::format("WARC-Type: {}\r\nWARC-Target-URI: {}\r\nWARC-Date: 2031-03-05T06:07:08Z\r\nContent-Type: {}\r\n",
                     type, url, content_type);
}

std::string response(std::string_view block, std::string_view url = "http://hafenbote.example/a",
                     std::string_view length = {}) {
  return record(block, fields_of_type("response", "application/http; msgtype=response", url), length);
}

const std::string info =
    record("software: none\r\n", "WARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\n");

struct Archive {
  std::vector<Article> articles;
  std::vector<std::string> rejected;  ///< "source: message"
  RecordCounts passed_over;
};

Archive read_archive(std::string_view bytes, const Options& options = {}, const std::string& name = "crawl.warc") {
  const Context context(testing::knowledge(), options);
  Archive out;
  const Receiver receiver{
      [&](Article&& article) { out.articles.push_back(std::move(article)); },
      [&](Rejected&& one) { out.rejected.push_back(one.source + ": " + one.error.message); },
      [&](const RecordCounts& counts) { out.passed_over = counts; },
  };
  const auto packed = memory_stream(bytes);
  Unpacker unpacker(*packed);
  read_warc(unpacker, unpacker, name, "crawl", context, options.threads, receiver);
  for (const auto& article : out.articles) EXPECT_EQ(testing::broken_promise(article), "");
  return out;
}

std::vector<std::string> ids_of(const Archive& archive) {
  std::vector<std::string> ids;
  for (const auto& article : archive.articles) ids.push_back(article.id);
  return ids;
}

std::string id_at(std::size_t offset) { return fmt::format("crawl#{}", offset); }
std::string at(std::size_t offset, std::string_view message) {
  return fmt::format("crawl.warc#{}: {}", offset, message);
}

TEST(Warc, gives_an_article_for_each_page) {
  const auto first = response(http(ferry));
  const auto archive = read_archive(info + first + response(http(mill), "<http://hafenbote.example/b>"));
  EXPECT_THAT(ids_of(archive), ElementsAre(id_at(info.size()), id_at(info.size() + first.size())));
  ASSERT_THAT(archive.articles, SizeIs(2));
  const auto& article = archive.articles[0];
  EXPECT_EQ(article.source, fmt::format("crawl.warc#{}", info.size()));
  EXPECT_EQ(article.url, "http://hafenbote.example/a");
  EXPECT_EQ(article.title, "Ferry aground");
  EXPECT_THAT(article.text, HasSubstr("The ferry to Northholm ran aground"));
  EXPECT_EQ(archive.articles[1].url, "http://hafenbote.example/b");
  EXPECT_THAT(archive.rejected, IsEmpty());
  EXPECT_THAT(archive.passed_over, ElementsAre(Pair("of type warcinfo", 1)));
}

TEST(Warc, the_time_of_the_crawl_is_no_date_of_the_article) {
  const auto archive = read_archive(response(http(ferry)));
  ASSERT_THAT(archive.articles, SizeIs(1));
  EXPECT_THAT(archive.articles[0].given_dates, IsEmpty());
  ASSERT_TRUE(archive.articles[0].crawled.has_value());
  EXPECT_EQ(iso(*archive.articles[0].crawled), "2031-03-05T06:07:08Z");
  const auto odd = read_archive(record(http(ferry), "WARC-Type: response\r\nWARC-Date: yesterday\r\n"));
  ASSERT_THAT(odd.articles, SizeIs(1));
  EXPECT_FALSE(odd.articles[0].crawled.has_value());
  EXPECT_THAT(odd.rejected, ElementsAre(at(0, "WARC-Date is no date: \"yesterday\"; the article is kept without it")));
}

TEST(Warc, an_address_fetched_twice_gives_two_articles) {
  EXPECT_THAT(read_archive(response(http(ferry)) + response(http(ferry))).articles, SizeIs(2));
}

TEST(Warc, is_known_by_its_first_bytes_whatever_its_name) {
  const auto bytes = info + response(http(ferry));
  for (const auto name : {"crawl.warc", "crawl.warc.gz", "crawl.dat", "crawl.txt", "crawl", "crawl.warc.gz.bad"}) {
    for (const auto& packed :
         {bytes, gzipped(bytes), gzipped(info) + gzipped(response(http(ferry))), zstd_packed(bytes)}) {
      std::vector<Rejected> rejected;
      const auto articles = testing::read_as(name, packed, rejected);
      ASSERT_THAT(articles, SizeIs(1)) << name;
      EXPECT_EQ(articles[0].id, fmt::format("id#{}", info.size()));
      EXPECT_THAT(rejected, IsEmpty());
    }
  }
  // Pictures in the first kilobytes make no binary file of it; a text about the format is a text.
  std::vector<Rejected> rejected;
  const auto picture = response(http(std::string(2000, '\0'), "Content-Type: image/png\r\n"));
  EXPECT_THAT(testing::read_as("a", picture + response(http(ferry)), rejected), SizeIs(1));
  EXPECT_THAT(rejected, IsEmpty());
  EXPECT_EQ(testing::article_in("a.txt", "WARC/HDF5 are two formats, and archives know both of them well.").text.size(),
            63u);
}

TEST(Warc, the_older_format_is_told) {
  std::vector<Rejected> rejected;
  EXPECT_THAT(
      testing::read_as("a.arc", std::string("filedesc://a.arc 0.0.0.0 2008 text/plain 77\n1 0 x\n\0\1", 52), rejected),
      IsEmpty());
  ASSERT_THAT(rejected, SizeIs(1));
  EXPECT_EQ(rejected[0].error.fault, Fault::unsupported);
  EXPECT_EQ(rejected[0].error.message, "a web archive in ARC format; only WARC is read");
}

TEST(Warc, reads_resources_and_conversions) {
  const auto archive =
      read_archive(record(ferry, fields_of_type("resource", "text/html; charset=utf-8", "http://hafenbote.example/a")) +
                   record("Northholm\nThe ferry to Northholm ran aground on a sandbank, the coast guard said.\n",
                          fields_of_type("conversion", "text/plain", "http://hafenbote.example/a")));
  ASSERT_THAT(archive.articles, SizeIs(2));
  EXPECT_EQ(archive.articles[0].title, "Ferry aground");
  EXPECT_TRUE(archive.articles[1].text.starts_with("Northholm\n"));
  EXPECT_THAT(archive.rejected, IsEmpty());
}

TEST(Warc, counts_what_is_no_article_and_rejects_none_of_it) {
  const auto archive = read_archive(
      info + response(http(ferry)) + response(http("gone", "Content-Type: text/html\r\n", "404 Not Found")) +
      response(http("gone", "Content-Type: text/html\r\n", "404 Not Found")) +
      response(http("", "Location: /b\r\n", "301 Moved")) + response(http("{}", "Content-Type: application/json\r\n")) +
      response(http("GIF89a\1\2\3\4", "")) +
      response(http("Disallow: /", "Content-Type: text/plain\r\n"), "http://a.example/robots.txt") +
      record("GET / HTTP/1.1\r\n\r\n",
             fields_of_type("request", "application/http; msgtype=request", "http://a.example/")) +
      record(http(ferry), fields_of_type("revisit", "application/http", "http://a.example/")) +
      record("1.2.3.4", fields_of_type("response", "text/dns", "dns:a.example")) +
      record("a log", fields_of_type("resource", "text/plain", "metadata://gnu.org/wget.log")));
  EXPECT_THAT(ids_of(archive), ElementsAre(id_at(info.size())));
  EXPECT_THAT(archive.rejected, IsEmpty());
  EXPECT_THAT(archive.passed_over,
              UnorderedElementsAre(Pair("of type warcinfo", 1), Pair("status 404", 2), Pair("status 301", 1),
                                   Pair("application/json", 1), Pair("of no media type", 1), Pair("robots.txt", 1),
                                   Pair("of type request", 1), Pair("of type revisit", 1), Pair("of no page", 2)));
}

TEST(Warc, an_archive_without_articles_is_told) {
  EXPECT_THAT(read_archive(info + info).rejected,
              ElementsAre("crawl.warc: no articles in this archive; 2 records passed over"));
}

TEST(Warc, kinds_passed_over_are_bounded_and_printable) {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += response(http("x", fmt::format("Content-Type: a/{}\r\n", i)));
  bytes += response(http("x", "Content-Type: \x1b[31m\xff\r\n"));
  const auto archive = read_archive(bytes);
  EXPECT_LE(archive.passed_over.size(), 202u);
  std::size_t sum = 0;
  for (const auto& [kind, count] : archive.passed_over) {
    sum += count;
    EXPECT_TRUE(is_valid_utf8(kind)) << kind;
  }
  EXPECT_EQ(sum, 1001u);
}

TEST(Warc, takes_bodies_out_of_their_chunks_and_packings) {
  const std::string html = "Content-Type: text/html\r\n";
  const auto chunked = fmt::format("{:x}\r\n{}\r\n{:X};name=value\r\n{}\r\n0\r\n\r\n", 60, ferry.substr(0, 60),
                                   ferry.size() - 60, ferry.substr(60));
  std::string zlib(compressBound(ferry.size()), '\0');
  uLongf size = zlib.size();
  compress(reinterpret_cast<Bytef*>(zlib.data()), &size, reinterpret_cast<const Bytef*>(ferry.data()), ferry.size());
  zlib.resize(size);
  const auto packed = gzipped(ferry);
  const std::vector<std::string> blocks = {
      http(chunked, html + "Transfer-Encoding: chunked\r\n"),
      http(ferry, html + "Transfer-Encoding: chunked\r\n"),  // unpacked by the crawler, and the header left as it was
      http(packed, html + "Content-Encoding: gzip\r\n"),
      http(ferry, html + "Content-Encoding: gzip\r\n"),
      http(fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", packed.size(), packed),
           html + "content-encoding: X-GZIP\r\nTRANSFER-ENCODING: Chunked\r\n"),
      http(zlib, html + "Content-Encoding: deflate\r\n"),
      http(zlib.substr(2), html + "Content-Encoding: deflate\r\n"),  // without zlib's header
      http(ferry, html + "Content-Encoding: deflate\r\n"),
      http(zstd_packed(ferry), html + "Content-Encoding: zstd\r\n"),
      http(gzipped(zlib), html + "Content-Encoding: deflate, gzip\r\n"),
      http(ferry, html + "Content-Encoding: br\r\n"),
      http(ferry, html + "Content-Encoding: utf-8\r\n")};
  for (const auto& block : blocks) {
    const auto archive = read_archive(response(block));
    EXPECT_THAT(archive.rejected, IsEmpty()) << block;
    ASSERT_THAT(archive.articles, SizeIs(1)) << block;
    EXPECT_EQ(archive.articles[0].title, "Ferry aground");
    EXPECT_THAT(archive.articles[0].text, HasSubstr("the coast guard said."));
  }
  const auto brotli = http("\x1b\x0e\xf8\x2d\x0e\x9a\x21\xfa\x03", html + "Content-Encoding: br\r\n");
  const auto archive = read_archive(response(brotli));
  EXPECT_THAT(archive.articles, IsEmpty());
  ASSERT_FALSE(archive.rejected.empty());
  EXPECT_EQ(archive.rejected[0], at(0, "packed as br, which is not read"));
}

TEST(Warc, keeps_what_stands_before_a_damaged_chunk) {
  const std::string text = "<p>The ferry to Northholm ran aground on a sandbank on Tuesday, the coast guard said.";
  const std::string fields = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {fmt::format("{:x}\r\n{}\r\nzz\r\n<p>more", text.size(), text), "a chunk is damaged"},
      {fmt::format("fffff\r\n{}", text), "the last chunk is cut off"},
      {fmt::format("{:x}\r\n{}", text.size(), text), "the last chunk is cut off"},
      {fmt::format("{:x}\r\n{}\r\n-5\r\n<p>more", text.size(), text), "a chunk is damaged"},
      {fmt::format("{:x}\r\n{}\r\nfffffffffffffffffff\r\n<p>more", text.size(), text), "a chunk is damaged"}};
  for (const auto& [body, damage] : cases) {
    const auto archive = read_archive(response(http(body, fields)));
    EXPECT_THAT(archive.rejected, ElementsAre(at(0, damage + "; what could be read is kept")));
    ASSERT_THAT(archive.articles, SizeIs(1)) << body;
    EXPECT_EQ(archive.articles[0].text.find("more"), std::string::npos);
    ASSERT_FALSE(archive.articles[0].repairs.empty());
    EXPECT_EQ(archive.articles[0].repairs.back().what, damage);
  }
}

TEST(Warc, believes_the_charset_that_was_sent_before_that_of_the_page) {
  const std::string page =
      "<html><head><meta charset=windows-1252></head><body><p>\xCF\xE0\xF0\xEE\xEC \xF1\xE5\xEB \xED\xE0 "
      "\xEC\xE5\xEB\xFC.</p></body></html>";
  for (const auto type : {"text/html; charset=windows-1251", "text/html;charset=\"Windows-1251\"",
                          "TEXT/HTML ; Charset = windows-1251"}) {
    const auto archive = read_archive(response(http(page, fmt::format("Content-Type: {}\r\n", type))));
    ASSERT_THAT(archive.articles, SizeIs(1));
    EXPECT_THAT(archive.articles[0].text, HasSubstr("Паром сел на мель."));
  }
  // Good UTF-8 is UTF-8 whatever is said of it.
  const auto archive =
      read_archive(response(http("<p>Die Fähre fährt wieder.", "Content-Type: text/html; charset=iso-8859-1\r\n")));
  ASSERT_THAT(archive.articles, SizeIs(1));
  EXPECT_EQ(archive.articles[0].text, "Die Fähre fährt wieder.\n");
}

TEST(Warc, lines_may_lack_their_carriage_returns_and_names_be_written_in_any_case) {
  const std::string block = "HTTP/1.0 200 OK\ncontent-type: text/html\n\n" + ferry;
  const auto bytes = fmt::format(
      "WARC/1.1\nwarc-type: Response\nWARC-TARGET-URI: http://hafenbote.example/\n a\ncontent-length:{}\n\n{}\n\n",
      block.size(), block);
  const auto archive = read_archive(bytes + bytes);
  EXPECT_THAT(archive.rejected, IsEmpty());
  EXPECT_THAT(ids_of(archive), ElementsAre(id_at(0), id_at(bytes.size())));
  EXPECT_EQ(archive.articles[0].url, "http://hafenbote.example/ a");
}

TEST(Warc, records_may_stand_closer_or_wider_than_they_should) {
  auto bare = response(http(ferry));
  bare.resize(bare.size() - 4);
  const auto archive = read_archive("\r\n" + bare + bare + "\r\n\r\n\r\n\r\n" + bare);
  EXPECT_THAT(archive.rejected, IsEmpty());
  EXPECT_THAT(archive.articles, SizeIs(3));
}

TEST(Warc, a_header_line_without_a_colon_is_told_and_the_article_kept) {
  const auto archive = read_archive(record(http(ferry), "WARC-Type: response\r\nthis is odd\r\n"));
  EXPECT_THAT(archive.articles, SizeIs(1));
  EXPECT_THAT(archive.rejected, ElementsAre(at(0, "a header line without a colon; the article is kept")));
}

struct DamageCase {
  std::string name;
  std::string record;
  std::string message;
};
class WarcDamage : public ::testing::TestWithParam<DamageCase> {};

TEST_P(WarcDamage, costs_one_record) {
  const auto before = response(http(mill), "http://hafenbote.example/before");
  const auto behind = response(http(ferry), "http://hafenbote.example/behind");
  const auto archive = read_archive(before + GetParam().record + behind);
  EXPECT_THAT(archive.rejected, ElementsAre(at(before.size(), GetParam().message)));
  EXPECT_THAT(ids_of(archive), ElementsAre(id_at(0), id_at(before.size() + GetParam().record.size())));
}

const auto ordinary_fields = fields_of_type("response", "application/http", "http://hafenbote.example/a");

INSTANTIATE_TEST_SUITE_P(
    Kinds, WarcDamage,
    ::testing::Values(
        DamageCase{"no_length", "WARC/1.0\r\n" + ordinary_fields + "\r\n" + http(ferry) + "\r\n\r\n",
                   "a record without Content-Length"},
        DamageCase{"negative_length", record(http(ferry), ordinary_fields, "-5"),
                   "Content-Length is no length: \"-5\""},
        DamageCase{"word_for_length", record(http(ferry), ordinary_fields, "many"),
                   "Content-Length is no length: \"many\""},
        DamageCase{"length_beyond_numbers", record(http(ferry), ordinary_fields, "99999999999999999999999"),
                   "Content-Length is no length: \"99999999999999999999999\""},
        DamageCase{"huge_length", record(http(ferry), ordinary_fields, "900000000000000000"),
                   "Content-Length does not lead to the end of the record"},
        DamageCase{"long_length", record(http(ferry), ordinary_fields, "2000"),
                   "Content-Length 2000 does not lead to the end of the record"},
        DamageCase{"slightly_long_length",
                   record(http(ferry), ordinary_fields, std::to_string(http(ferry).size() + 20)),
                   fmt::format("Content-Length {} does not lead to the end of the record", http(ferry).size() + 20)},
        DamageCase{"short_length", record(http(ferry), ordinary_fields, "150"),
                   "Content-Length 150 does not lead to the end of the record"},
        DamageCase{"no_version_line", record(http(ferry), ordinary_fields).substr(10),
                   "no version line where a record should begin"},
        DamageCase{"rubbish", "\1\2\3 rubbish of some disk WARC/1.0 that was full\n",
                   "no version line where a record should begin"},
        DamageCase{"version_line_alone", "WARC/1.0\r\n", "a record header without an end"},
        DamageCase{"header_without_end", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Tar\r\n",
                   "a record header without an end"},
        DamageCase{"no_type", record(http(ferry), "Content-Type: application/http\r\n"), "a record without WARC-Type"},
        DamageCase{"no_http", response("an error page"), "no HTTP response where one should stand"},
        DamageCase{"no_status", response("HTTP/1.1 OK\r\n\r\n" + ferry), "no HTTP response where one should stand"},
        DamageCase{"http_header_without_end", response("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"),
                   "no HTTP response where one should stand"},
        DamageCase{"empty_page", response(http("")), "an empty text"},
        DamageCase{"no_text", response(http("<html><script>var a;</script></html>")), "a page without text"},
        DamageCase{"binary", response(http(std::string("GIF89a\0\1\2", 9))), "binary under the media type of a text"}),
    [](const auto& info) { return info.param.name; });

// A first record with this damage leaves nothing to know the format by but the name.
TEST(Warc, an_archive_may_begin_with_damage) {
  const auto damaged = record(http(ferry), ordinary_fields).substr(4);
  std::vector<Rejected> rejected;
  const auto articles = testing::read_as("crawl.warc.gz", damaged + response(http(mill)), rejected);
  ASSERT_THAT(articles, SizeIs(1));
  EXPECT_EQ(articles[0].id, fmt::format("id#{}", damaged.size()));
}

TEST(Warc, what_is_cut_off_at_the_end_is_kept_and_told) {
  const std::string page =
      "<p>The ferry to Northholm ran aground on a sandbank on Tuesday evening, the coast guard said.<p>It is to be "
      "towed "
      "off at high water.";
  const auto first = response(http(mill));
  const auto whole = first + response(http(page));
  const auto archive = read_archive(std::string_view(whole).substr(0, whole.size() - 20));
  EXPECT_THAT(archive.rejected, ElementsAre(at(first.size(), "source truncated; what could be read is kept")));
  ASSERT_THAT(archive.articles, SizeIs(2));
  ASSERT_THAT(archive.articles[1].repairs, SizeIs(1));
  EXPECT_EQ(archive.articles[1].repairs[0].what, "source truncated");
  // Without its line ends at the end it is whole.
  EXPECT_THAT(read_archive(std::string_view(whole).substr(0, whole.size() - 4)).rejected, IsEmpty());
}

TEST(Warc, no_cut_crashes_or_passes_in_silence) {
  const auto first = response(http(mill));
  const auto whole = first + info + response(http(ferry));
  for (std::size_t size = 1; size < whole.size() - 4; ++size) {
    const auto archive = read_archive(std::string_view(whole).substr(0, size));
    EXPECT_LE(archive.rejected.size(), 3u) << size;
    const bool is_between = size >= first.size() - 4 && size <= first.size();
    const bool is_behind_info = size >= first.size() + info.size() - 4 && size <= first.size() + info.size();
    EXPECT_EQ(archive.rejected.empty(), is_between || is_behind_info) << size;
    if (size >= first.size()) {
      ASSERT_FALSE(archive.articles.empty()) << size;
      EXPECT_EQ(archive.articles[0].id, id_at(0));
    }
  }
}

TEST(Warc, a_crawler_that_cut_a_page_off_is_believed) {
  const auto archive = read_archive(record(http(ferry), "WARC-Type: response\r\nWARC-Truncated: length\r\n"));
  ASSERT_THAT(archive.articles, SizeIs(1));
  ASSERT_THAT(archive.articles[0].repairs, SizeIs(1));
  EXPECT_EQ(archive.articles[0].repairs[0].what, "cut off by the crawler: length");
}

TEST(Warc, a_damaged_gzip_member_costs_one_record) {
  std::vector<std::string> members;
  std::vector<std::size_t> offsets = {0};
  for (int i = 0; i < 5; ++i) {
    std::string text;
    for (int word = 0; word < 400; ++word)
      text += fmt::format("<p>Ferry {} left at {} from berth {}.", i, word * 7919, word * word);
    const auto one = response(http(text));
    members.push_back(gzipped(one));
    offsets.push_back(offsets.back() + one.size());
  }
  const auto join = [](const std::vector<std::string>& parts) {
    std::string all;
    for (const auto& part : parts) all += part;
    return all;
  };
  // Cut short, as where a crawler died and another went on writing the file; and with changed bytes.
  auto cut = members;
  cut[2].resize(cut[2].size() / 2);
  auto changed = members;
  for (std::size_t i = 0; i < 8; ++i) changed[2][changed[2].size() / 2 + i] = '\xFF';
  for (const auto& damaged : {cut, changed}) {
    const auto archive = read_archive(join(damaged), {}, "crawl.warc.gz");
    ASSERT_FALSE(archive.rejected.empty());
    EXPECT_THAT(archive.rejected[0],
                HasSubstr(fmt::format("crawl.warc.gz#{}: the gzip stream is damaged", offsets[2])));
    ASSERT_THAT(archive.rejected, SizeIs(1));
    ASSERT_GE(archive.articles.size(), 4u);
    std::size_t whole = 0;
    for (const auto& article : archive.articles) {
      whole += article.text.find(fmt::format(" from berth {}.", 399 * 399)) != std::string::npos;
    }
    EXPECT_EQ(whole, 4u);
  }
  auto truncated = members;
  truncated[4].resize(truncated[4].size() / 2);
  const auto archive = read_archive(join(truncated));
  EXPECT_THAT(archive.rejected, ElementsAre(at(offsets[4], "source truncated; what could be read is kept")));
  EXPECT_THAT(archive.articles, SizeIs(5));
}

// A damaged record that holds something packed: its own members are no records.
TEST(Warc, packed_bytes_inside_of_a_damaged_member_do_no_harm) {
  const auto noise = gzipped(std::string(100, '\1')) + gzipped("no record");
  auto damaged = gzipped(response(http(noise, "Content-Type: application/gzip\r\n")));
  damaged.resize(damaged.size() - 5);
  const auto archive = read_archive(gzipped(response(http(mill))) + damaged + gzipped(response(http(ferry))));
  EXPECT_THAT(archive.articles, SizeIs(2));
  EXPECT_THAT(archive.rejected, SizeIs(1));
}

TEST(Warc, what_is_larger_than_an_article_is_skipped_and_told_where_it_would_be_one) {
  Options options;
  options.article_bytes_max = 100'000;
  const std::string large(900'000, 'a');
  const auto page = response(http("<p>" + large));
  const auto picture = response(http(large, "Content-Type: image/png\r\n"));
  const auto unfolding =
      response(http(gzipped("<p>" + large), "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"));
  const auto archive = read_archive(page + picture + unfolding + response(http(ferry)), options);
  EXPECT_THAT(archive.rejected, ElementsAre(at(0, "larger than 100000 bytes"),
                                            at(page.size() + picture.size(), "larger than 100000 bytes")));
  EXPECT_THAT(archive.passed_over, ElementsAre(Pair("image/png", 1)));
  EXPECT_THAT(ids_of(archive), ElementsAre(id_at(page.size() + picture.size() + unfolding.size())));
  // Whatever the place at which the skipped bytes end in what is read at a time.
  for (std::size_t more = 0; more < 80; ++more) {
    const auto first = response(http(std::string(262'144 - 40 + more, 'a'), "Content-Type: image/png\r\n"));
    const auto both = read_archive(first + response(http(ferry)), options);
    EXPECT_THAT(ids_of(both), ElementsAre(id_at(first.size()))) << more;
    EXPECT_THAT(both.rejected, IsEmpty()) << more;
  }
}

TEST(Warc, a_large_length_that_lies_costs_one_record_wherever_it_stands) {
  Options options;
  options.article_bytes_max = 1000;
  for (std::size_t size = 262'144 - 700; size < 262'144 + 60; size += 7) {
    const auto lying = response(http(std::string(size, 'a')), "http://hafenbote.example/a", "90000000");
    const auto archive = read_archive(lying + response(http(ferry)), options);
    EXPECT_THAT(ids_of(archive), ElementsAre(id_at(lying.size()))) << size;
    EXPECT_THAT(archive.rejected, ElementsAre(at(0, "Content-Length does not lead to the end of the record"))) << size;
  }
}

// Sound records come back whatever rubbish stands between them.
RC_GTEST_PROP(Warc, finds_every_sound_record_between_rubbish, (std::vector<std::string> rubbish)) {
  std::string bytes;
  std::vector<std::string> ids;
  for (const auto& one : rubbish) {
    bytes += one + "\n";
    ids.push_back(id_at(bytes.size()));
    bytes += response(http(ferry));
  }
  std::vector<std::string> found;
  for (const auto& article : read_archive(bytes).articles) found.push_back(article.id);
  RC_ASSERT(found == ids);
}

TEST(Http, parameters_of_a_media_type) {
  EXPECT_EQ(media_type_of(" Text/HTML; charset=x"), "text/html");
  EXPECT_EQ(media_type_of(""), "");
  EXPECT_EQ(parameter_of("text/html", "charset"), "");
  EXPECT_EQ(parameter_of("text/html; charset", "charset"), "");
  EXPECT_EQ(parameter_of("text/html; x=1; CHARSET = 'utf-8' ; y=2", "charset"), "utf-8");
}

}  // namespace
}  // namespace depesche::intake
