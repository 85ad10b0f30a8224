// An archive of a crawl is records behind one another: a version line, header lines, an empty line, then as many bytes
// as Content-Length says. That one number leads to the next record, so a single wrong one loses the rest of a file of
// gigabytes to a reader that believes it. We believe it only where it leads to what ends a record: line ends, the next
// version line, the end of the file. Else the record is told and put aside, and we look for the next line that begins
// as a record does, from behind the header that lied.
//
//   Content-Length: 900, and 900 bytes on stands "</p>"          → rejected; the next "WARC/1.0" line is the next record
//   Content-Length: 900, and the file ends after 300             → kept, told as truncated (a download that broke off)
//   the same, but among the 300 bytes a record begins            → rejected; that record is the next one
//
// A record is held whole while it is looked at, so that we can go back. What is larger than an article may be is never
// held: it is skipped by its length, but not past an empty line with a version line behind it. (An archive inside of an
// archive would be taken apart there. Nobody has been seen to crawl them unpacked.)
//
// Each record is usually a gzip member of its own; where one is damaged, the members behind it are still read.
//
// Finding the records is cheap and done in order; reading their pages is not, and done in batches on all threads.
#include "intake/warc.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

#include "core/parallel.h"
#include "core/unicode.h"
#include "intake/dates.h"
#include "intake/decode.h"
#include "intake/http.h"

namespace depesche::intake {
namespace {

constexpr std::size_t piece_bytes = 256u << 10;
constexpr std::size_t batch_bytes = 4u << 20;
constexpr std::size_t header_bytes_max = 256u << 10;      ///< addresses may be long; no header is as long as this
constexpr std::size_t http_header_bytes_max = 64u << 10;  ///< what is looked at of a record that is too large
constexpr std::size_t version_line_bytes_max = 32;
constexpr std::size_t kinds_max = 200;  ///< of records passed over; media types are foreign text
constexpr std::size_t kind_bytes_max = 60;

struct RawRecord {
  std::uint64_t offset = 0;  ///< of its version line, in the unpacked source
  HeaderFields fields;
  std::string block;
  bool is_too_large = false;  ///< the block is only the beginning
  std::string damage;         ///< why the end of the block is missing; empty where it is whole
};

/// The size of the version line at the front, its line end included; 0 where there is none.
std::size_t version_line_size(std::string_view text) {
  if (!is_warc(text)) return 0;
  const auto end = text.substr(0, version_line_bytes_max).find('\n');
  return end == std::string_view::npos ? 0 : end + 1;
}

/// Where a version line stands at the start of a line at or behind `from`; npos where none does.
std::size_t find_version_line(std::string_view text, std::size_t from) {
  for (auto at = text.find("\nWARC/", from); at != std::string_view::npos; at = text.find("\nWARC/", at + 1)) {
    if (version_line_size(text.substr(at + 1)) > 0) return at + 1;
  }
  return std::string_view::npos;
}

/// The same, but only behind an empty line, which is how a record ends.
std::size_t find_next_record(std::string_view text, std::size_t from) {
  for (auto at = find_version_line(text, from); at != std::string_view::npos; at = find_version_line(text, at)) {
    const auto before = text.substr(0, at);
    if (before.ends_with("\n\n") || before.ends_with("\r\n\r\n")) return at;
  }
  return std::string_view::npos;
}

std::size_t line_ends_at(std::string_view text) { return std::min(text.find_first_not_of("\r\n"), text.size()); }

/// Bytes of the header from behind the version line to behind the empty line; nothing where it is not whole.
std::optional<std::size_t> header_size(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos || is_warc(text.substr(at))) return {};
    if (text.substr(at, end - at).find_first_not_of(" \t\r") == std::string_view::npos) return end + 1;
    at = end + 1;
  }
  return {};
}

std::optional<std::uint64_t> length_of(std::string_view written) {
  std::uint64_t length = 0;
  const auto read = std::from_chars(written.data(), written.data() + written.size(), length);
  const bool is_number = !written.empty() && read.ec == std::errc() && read.ptr == written.data() + written.size();
  return is_number && length <= std::uint64_t{1} << 60 ? std::optional(length) : std::nullopt;
}

/// Cuts a stream into records.
class RecordFinder {
 public:
  RecordFinder(ByteStream& stream, Unpacker& unpacker, const std::string& source, std::size_t block_bytes_max,
               const std::function<void(Rejected&&)>& rejected)
      : stream_(stream), unpacker_(unpacker), source_(source), block_bytes_max_(block_bytes_max), rejected_(rejected) {}

  /// False at the end. What is damaged is rejected on the way.
  Result<bool> next(RawRecord& record);

 private:
  enum class Step : unsigned char { record, again, end };

  Result<Step> step(RawRecord& record);
  Result<Step> read_block(RawRecord& record, std::size_t begin, std::uint64_t length);
  Result<void> skip_block(RawRecord& record, std::size_t begin, std::uint64_t length);
  Result<Step> go_on_behind_the_end();
  Result<void> find_record();
  /// Sees to it that so many bytes are at hand, or all that there are.
  Result<void> fill(std::size_t bytes);
  std::string_view at_hand() const { return std::string_view(buffer_).substr(at_); }
  std::uint64_t offset() const { return buffer_offset_ + at_; }
  void reject(std::uint64_t offset, std::string message) {
    auto where = fmt::format("{}#{}", source_, offset);
    rejected_({where, {Fault::bad_input, std::move(message), where}});
  }
  Step lose(std::uint64_t offset, std::string message, std::size_t behind) {
    reject(offset, std::move(message));
    at_ += behind;
    is_lost_ = true;
    return Step::again;
  }

  ByteStream& stream_;
  Unpacker& unpacker_;
  const std::string& source_;
  std::size_t block_bytes_max_;
  const std::function<void(Rejected&&)>& rejected_;
  std::string buffer_;
  std::size_t at_ = 0;               ///< of the record at hand, in buffer_
  std::uint64_t buffer_offset_ = 0;  ///< of buffer_ in the unpacked source
  bool ended_ = false;
  bool is_lost_ = false;  ///< behind damage that was told: what stands before the next version line belongs to it
};

Result<void> RecordFinder::fill(std::size_t bytes) {
  if (ended_ || buffer_.size() - at_ >= bytes) return {};
  buffer_.erase(0, at_);
  buffer_offset_ += at_;
  at_ = 0;
  while (!ended_ && buffer_.size() < bytes) {
    const auto kept = buffer_.size();
    buffer_.resize(kept + piece_bytes);
    const auto got = stream_.read(std::span(buffer_).subspan(kept));
    buffer_.resize(kept + (got.has_value() ? *got : 0));
    if (!got.has_value()) return tl::make_unexpected(got.error());
    ended_ = *got < piece_bytes;
  }
  return {};
}

Result<RecordFinder::Step> RecordFinder::go_on_behind_the_end() {
  if (!is_lost_ && !unpacker_.damage().empty()) reject(offset(), unpacker_.damage());
  if (!TRY(unpacker_.resume())) return Step::end;
  ended_ = false;
  is_lost_ = true;
  return Step::again;
}

/// Goes to the next version line, or to the end.
Result<void> RecordFinder::find_record() {
  while (true) {
    TRY(fill(piece_bytes));
    if (const auto found = find_version_line(at_hand(), 0); found != std::string_view::npos) {
      at_ += found;
      return {};
    }
    const auto kept = ended_ ? 0 : std::min(at_hand().size(), version_line_bytes_max);
    at_ = buffer_.size() - kept;
    if (ended_) return {};
  }
}

Result<RecordFinder::Step> RecordFinder::step(RawRecord& record) {
  TRY(fill(piece_bytes));
  at_ += line_ends_at(at_hand());
  TRY(fill(version_line_bytes_max));
  if (at_hand().empty()) return ended_ ? go_on_behind_the_end() : Step::again;
  const auto version = version_line_size(at_hand());
  if (version == 0) {
    // Not from the line at hand: where it begins like a record and is none, it would be found for ever.
    if (!is_lost_) reject(offset(), "no version line where a record should begin");
    is_lost_ = true;
    TRY(find_record());
    return Step::again;
  }
  is_lost_ = false;

  TRY(fill(version + header_bytes_max));
  const auto rest = at_hand().substr(version).substr(0, header_bytes_max);
  const auto header = header_size(rest);
  if (!header) {
    const bool is_cut = ended_ && find_version_line(at_hand(), version - 1) == std::string_view::npos;
    if (!is_cut) return lose(offset(), "a record header without an end", version - 1);
    reject(offset(), unpacker_.damage().empty() ? "source truncated" : unpacker_.damage());
    at_ = buffer_.size();
    is_lost_ = true;
    return Step::again;
  }
  std::optional<std::size_t> ignored;
  record = {.offset = offset(), .fields = read_fields(rest.substr(0, *header), ignored), .block = {}, .damage = {}};
  const auto written = record.fields["content-length"];
  const auto length = length_of(written);
  if (!length) {
    return lose(offset(),
                written.empty() ? std::string("a record without Content-Length")
                                : fmt::format("Content-Length is no length: \"{:.40}\"", written),
                version + *header - 1);
  }
  return read_block(record, version + *header, *length);
}

Result<RecordFinder::Step> RecordFinder::read_block(RawRecord& record, std::size_t begin, std::uint64_t length) {
  if (length > block_bytes_max_) {
    TRY(skip_block(record, begin, length));
    return Step::record;
  }
  TRY(fill(begin + length + 2 * version_line_bytes_max));
  const auto all = at_hand();
  const auto lead = fmt::format("Content-Length {} does not lead to the end of the record", length);
  if (all.size() - begin < length) {
    if (find_next_record(all, begin) != std::string_view::npos) return lose(offset(), lead, begin - 1);
    record.block = all.substr(begin);
    record.damage = unpacker_.damage().empty() ? "source truncated" : unpacker_.damage();
    at_ = buffer_.size();
    is_lost_ = true;  // it was told
    return Step::record;
  }
  const auto behind = all.substr(begin + length);
  const auto line_ends = line_ends_at(behind);
  const auto line_feeds = std::count(behind.begin(), behind.begin() + static_cast<std::ptrdiff_t>(line_ends), '\n');
  const bool is_end = line_feeds >= 2 || line_ends == behind.size() || version_line_size(behind.substr(line_ends)) > 0;
  if (!is_end) return lose(offset(), lead, begin - 1);
  record.block = all.substr(begin, length);
  at_ += begin + length;
  return Step::record;
}

Result<void> RecordFinder::skip_block(RawRecord& record, std::size_t begin, std::uint64_t length) {
  record.is_too_large = true;
  TRY(fill(begin + http_header_bytes_max));
  record.block = at_hand().substr(begin, http_header_bytes_max);
  at_ += begin;
  while (length > 0) {
    TRY(fill(std::min<std::uint64_t>(length, piece_bytes)));
    const auto bytes = at_hand();
    if (const auto found = find_next_record(bytes, 0); found < length) {
      record.damage = "Content-Length does not lead to the end of the record";
      at_ += found;
      return {};
    }
    if (ended_ && bytes.size() < length) {
      record.damage = unpacker_.damage().empty() ? "source truncated" : unpacker_.damage();
      at_ = buffer_.size();
      is_lost_ = true;
      return {};
    }
    // A version line and the empty line before it may be cut by the end of what is at hand.
    const auto kept = bytes.size() > length ? 0 : std::min(bytes.size(), 2 * version_line_bytes_max);
    const auto taken = std::min<std::uint64_t>(length, bytes.size() - kept);
    at_ += taken;
    length -= taken;
    if (length <= kept) {
      at_ += length;
      return {};
    }
  }
  return {};
}

Result<bool> RecordFinder::next(RawRecord& record) {
  while (true) {
    const auto found = TRY(step(record));
    if (found != Step::again) return found == Step::record;
  }
}

// -- what a record holds ------------------------------------------------------------------------------------------

/// What was made of a record: an article, errors, or the reason why it is none of our business.
struct Reading {
  std::optional<Article> article;
  std::vector<Error> errors;
  std::string passed_over;
};

/// The bytes of a page or a text, if a record holds one.
struct Payload {
  Format format = Format::unknown;
  std::string charset;
  HttpBody body;
};

class RecordReader {
 public:
  RecordReader(const RawRecord& record, const std::string& source, const std::string& id, const Context& context)
      : record_(record),
        source_(fmt::format("{}#{}", source, record.offset)),
        id_(fmt::format("{}#{}", id, record.offset)),
        context_(context) {}

  Reading read();

 private:
  void reject(std::string message, Fault fault = Fault::bad_input) {
    out_.errors.push_back({fault, std::move(message), source_});
  }
  /// Nothing where the record is rejected or passed over, as `out_` says then.
  std::optional<Payload> payload();
  std::optional<Payload> response_payload();
  bool take_media_type(std::string_view content_type, Payload& payload);
  std::string address() const;

  const RawRecord& record_;
  std::string source_;
  std::string id_;
  const Context& context_;
  Reading out_;
};

/// What a person reads of foreign text: a single word.
std::string shown(std::string_view text) {
  std::string out(text.substr(0, kind_bytes_max));
  const bool is_plain = std::all_of(out.begin(), out.end(), [](char c) { return c > ' ' && c < '\x7f'; });
  return is_plain && !out.empty() ? out : std::string("unreadable");
}

/// Some writers put it into angle brackets.
std::string RecordReader::address() const {
  auto uri = trim(record_.fields["warc-target-uri"]);
  if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
  std::size_t broken = 0;
  return repair_utf8(uri, broken);
}

/// Pages and what crawlers note beside them are told apart by the scheme of their address.
bool is_address_of_page(std::string_view address) {
  const auto scheme = media_type_of(address.substr(0, address.find(':')));
  return address.empty() || scheme == "http" || scheme == "https" || scheme == "ftp" || scheme == "file";
}

/// RFC 9309: what stands there is for crawlers.
bool is_robots_file(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  const auto path = address.find('/', std::min(address.find("://"), address.size()) + 3);
  return path != std::string_view::npos && address.substr(path) == "/robots.txt";
}

bool RecordReader::take_media_type(std::string_view content_type, Payload& payload) {
  const auto type = media_type_of(content_type);
  payload.charset = parameter_of(content_type, "charset");
  if (type == "text/html" || type == "application/xhtml+xml") {
    payload.format = Format::html;
  } else if (type == "text/plain") {
    payload.format = Format::text;
  } else if (!type.empty()) {
    out_.passed_over = shown(type);
    return false;
  }
  return true;
}

std::optional<Payload> RecordReader::response_payload() {
  if (media_type_of(record_.fields["content-type"]) != "application/http" && !record_.block.starts_with("HTTP/")) {
    out_.passed_over = "of another protocol than HTTP";
    return {};
  }
  const auto response = read_http_response(record_.block);
  if (!response) {
    reject("no HTTP response where one should stand");
    return {};
  }
  if (response->status != 200) {
    out_.passed_over = fmt::format("status {}", response->status);
    return {};
  }
  Payload payload;
  if (!take_media_type(response->fields["content-type"], payload)) return {};
  if (!record_.is_too_large) payload.body = unpack_body(*response, text_bytes_max(context_.options));
  return payload;
}

std::optional<Payload> RecordReader::payload() {
  std::string type(record_.fields["warc-type"]);
  std::transform(type.begin(), type.end(), type.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  if (type.empty()) {
    reject("a record without WARC-Type");
    return {};
  }
  if (type != "response" && type != "resource" && type != "conversion") {
    out_.passed_over = "of type " + shown(type);
    return {};
  }
  const auto address = this->address();
  if (!is_address_of_page(address)) {
    out_.passed_over = "of no page";
    return {};
  }
  if (is_robots_file(address)) {
    out_.passed_over = "robots.txt";
    return {};
  }
  if (type == "response") return response_payload();
  Payload payload;
  if (!take_media_type(record_.fields["content-type"], payload)) return {};
  payload.body.bytes = record_.block;
  return payload;
}

Reading RecordReader::read() {
  auto payload = this->payload();
  const auto bytes_max = text_bytes_max(context_.options);
  if (!record_.damage.empty() && (!payload || record_.is_too_large)) {
    reject(record_.damage);
    return std::move(out_);
  }
  if (!payload) return std::move(out_);
  auto& body = payload->body;
  if (record_.is_too_large || body.is_too_large || body.bytes.size() > bytes_max) {
    reject(fmt::format("larger than {} bytes", bytes_max));
    return std::move(out_);
  }
  if (!body.unsupported.empty()) {
    reject(fmt::format("packed as {}, which is not read", shown(body.unsupported)), Fault::unsupported);
    return std::move(out_);
  }
  const auto by_bytes = format_of_bytes(body.bytes);
  if (by_bytes == Format::binary) {
    if (payload->format == Format::unknown) {
      out_.passed_over = "of no media type";
    } else {
      reject("binary under the media type of a text", Fault::unsupported);
    }
    return std::move(out_);
  }
  if (by_bytes == Format::html) payload->format = Format::html;
  if (payload->format == Format::unknown) {
    out_.passed_over = "of no media type";
    return std::move(out_);
  }

  Article article;
  article.id = id_;
  article.source = source_;
  const auto damage = record_.damage.empty() ? std::move(body.damage) : record_.damage;
  if (auto error = read_page(std::move(body.bytes), payload->format, payload->charset, context_, article)) {
    reject(error->message == "empty file" ? "an empty text" : std::move(error->message), error->fault);
    if (!damage.empty()) reject(damage);
    return std::move(out_);
  }
  if (auto url = address(); !url.empty()) article.url = std::move(url);
  if (const auto date = record_.fields["warc-date"]; !date.empty()) {
    article.crawled = read_machine_date(date);
    if (!article.crawled) {
      reject(fmt::format("WARC-Date is no date: \"{:.40}\"; the article is kept without it", date));
    }
  }
  if (record_.fields.has_odd_line) reject("a header line without a colon; the article is kept");
  if (!damage.empty()) {
    reject(damage + "; what could be read is kept");
    tell_cut(article, damage);
  }
  if (const auto cut = record_.fields["warc-truncated"]; !cut.empty() && cut != "null") {
    tell_cut(article, fmt::format("cut off by the crawler: {}", shown(cut)));
  }
  out_.article = std::move(article);
  return std::move(out_);
}

void count(const std::string& kind, RecordCounts& counts) {
  const bool is_known = counts.size() < kinds_max || counts.contains(kind);
  ++counts[is_known ? kind : std::string("other kinds")];
}

}  // namespace

void read_warc(ByteStream& stream, Unpacker& unpacker, const std::string& source, const std::string& id,
               const Context& context, unsigned threads, const Receiver& out) {
  // An HTTP header stands in front of a page; a packed page is smaller than itself.
  const auto block_bytes_max = text_bytes_max(context.options) + http_header_bytes_max;
  RecordFinder finder(stream, unpacker, source, block_bytes_max, out.rejected);
  std::vector<RawRecord> records;
  std::vector<Reading> readings;
  RecordCounts counts;
  std::size_t passed_over = 0;
  bool is_useful = false;
  for (bool more = true; more;) {
    records.clear();
    for (std::size_t bytes = 0; bytes < (threads > 1 ? batch_bytes : 1);) {
      RawRecord record;
      const auto found = finder.next(record);
      if (!found.has_value()) {
        out.rejected({source, found.error()});
        is_useful = true;  // why there is no article was told
      }
      more = found.has_value() && *found;
      if (!more) break;
      bytes += record.block.size() + sizeof record;
      records.push_back(std::move(record));
    }
    readings.assign(records.size(), {});
    for_each_index(records.size(), threads,
                   [&](std::size_t i) { readings[i] = RecordReader(records[i], source, id, context).read(); });
    for (auto& reading : readings) {
      is_useful |= reading.article.has_value();
      if (reading.article) out.article(std::move(*reading.article));
      if (!reading.passed_over.empty()) {
        count(reading.passed_over, counts);
        ++passed_over;
      }
      for (auto& error : reading.errors) {
        auto where = error.where;
        out.rejected({std::move(where), std::move(error)});
      }
    }
  }
  if (out.records_passed_over) out.records_passed_over(counts);
  if (is_useful) return;
  out.rejected({source,
                {Fault::bad_input,
                 fmt::format("no articles in this archive; {} {} passed over", passed_over,
                             passed_over == 1 ? "record" : "records"),
                 source}});
}

}  // namespace depesche::intake
