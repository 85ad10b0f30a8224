// One record a line, so that one bad record costs one line. Files of crawls are larger than memory: lines come in
// batches of a few megabytes, the records of a batch are read on all threads and put down in their order. A line longer
// than an article may be is never held: it is skipped up to its end and told.
#include "intake/jsonl.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/parallel.h"
#include "core/unicode.h"
#include "intake/dates.h"

namespace depesche::intake {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t batch_bytes = 4u << 20;
constexpr std::size_t batch_bytes_alone = 256u << 10;  ///< for one thread, which works best in its own cache

struct RawLine {
  std::uint64_t offset = 0;  ///< in the unpacked source
  std::string_view bytes;    ///< empty where the line is too long
  bool is_too_long = false;
};

/// Cuts a stream into lines.
class LineReader {
 public:
  LineReader(ByteStream& stream, std::size_t line_bytes_max, std::size_t batch_bytes)
      : stream_(stream), line_bytes_max_(line_bytes_max), batch_bytes_(batch_bytes) {}

  /// The next lines; views into the reader that hold until the next call, with as many readable bytes behind each as
  /// simdjson asks for. False at the end.
  Result<bool> next(std::vector<RawLine>& lines);

 private:
  void take_line(std::size_t end, std::vector<RawLine>& lines);

  ByteStream& stream_;
  std::size_t line_bytes_max_;
  std::size_t batch_bytes_;
  std::string buffer_;               ///< what is filled and, behind it, room
  std::size_t filled_ = 0;           ///< of buffer_
  std::size_t begin_ = 0;            ///< of the line at hand, in buffer_
  std::uint64_t buffer_offset_ = 0;  ///< of buffer_ in the source
  bool is_skipping_ = false;         ///< inside of a line that is too long and has been told
  bool ended_ = false;
};

void LineReader::take_line(std::size_t end, std::vector<RawLine>& lines) {
  auto bytes = std::string_view(buffer_).substr(begin_, end - begin_);
  const auto offset = buffer_offset_ + begin_;
  if (offset == 0 && bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  begin_ = end + 1;
  if (is_skipping_) {
    is_skipping_ = false;
    return;
  }
  if (bytes.size() > line_bytes_max_) {
    lines.push_back({offset, {}, true});
  } else if (bytes.find_first_not_of(" \t\r") != std::string_view::npos) {
    lines.push_back({offset, bytes, false});
  }
}

Result<bool> LineReader::next(std::vector<RawLine>& lines) {
  lines.clear();
  if (ended_) return false;
  std::copy(buffer_.data() + begin_, buffer_.data() + filled_, buffer_.data());
  filled_ -= begin_;
  buffer_offset_ += begin_;
  begin_ = 0;
  const auto kept = filled_;
  if (buffer_.size() < kept + batch_bytes_ + simdjson::SIMDJSON_PADDING)
    buffer_.resize(std::max(kept + batch_bytes_ + simdjson::SIMDJSON_PADDING, kept * 2));
  const auto got = TRY(stream_.read(std::span(buffer_).subspan(kept, batch_bytes_)));
  filled_ += got;
  ended_ = got < batch_bytes_;
  const auto all = std::string_view(buffer_).substr(0, filled_);
  for (auto end = all.find('\n', kept); end != std::string::npos; end = all.find('\n', begin_)) take_line(end, lines);
  if (ended_) {
    if (begin_ < filled_) take_line(filled_, lines);
    begin_ = filled_;
  } else if (filled_ - begin_ > line_bytes_max_ || is_skipping_) {
    if (!is_skipping_) lines.push_back({buffer_offset_ + begin_, {}, true});
    is_skipping_ = true;
    begin_ = filled_;
  }
  return true;
}

/// Escapes of half a character ("\ud83d" alone), which some programs write when they cut a text, as those of U+FFFD.
std::string without_half_characters(std::string_view json) {
  std::string out(json);
  const auto unit_at = [&](std::size_t at) -> std::optional<unsigned> {
    if (at + 6 > out.size() || out[at] != '\\' || out[at + 1] != 'u') return {};
    unsigned unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
      const char c = out[i];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                               : -1;
      if (digit < 0) return {};
      unit = unit * 16 + static_cast<unsigned>(digit);
    }
    return unit;
  };
  for (std::size_t at = out.find('\\'); at != std::string::npos; at = out.find('\\', at)) {
    const auto unit = unit_at(at);
    if (!unit) {
      at += 2;
      continue;
    }
    const auto behind = unit_at(at + 6);
    const bool is_high = *unit >= 0xD800 && *unit < 0xDC00, is_low = *unit >= 0xDC00 && *unit < 0xE000;
    const bool is_pair = is_high && behind && *behind >= 0xDC00 && *behind < 0xE000;
    if ((is_high || is_low) && !is_pair) out.replace(at + 2, 4, "fffd");
    at += is_pair ? 12 : 6;
  }
  return out;
}

/// Whether the grammar of JSON (RFC 8259) calls it a number.
bool is_json_number(std::string_view text) {
  const auto skip_digits = [&] {
    const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(digits);
    return digits > 0;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.starts_with('0')) {
    text.remove_prefix(1);
  } else if (!skip_digits()) {
    return false;
  }
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!skip_digits()) return false;
  }
  return text.empty();
}

/// Numbers as strings of what is written. simdjson gives those alone that 64 bits can hold, refuses a record for any other
/// that stands in it, and of a fraction only the value is left.
std::string with_numbers_as_strings(std::string_view json) {
  std::string out;
  for (std::size_t at = 0; at < json.size();) {
    auto end = at + 1;
    if (json[at] == '"') {
      while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
      end = std::min(end + 1, json.size());
      out += json.substr(at, end - at);
    } else if (json[at] == '-' || (json[at] >= '0' && json[at] <= '9')) {
      end = std::min(json.find_first_not_of("0123456789+-.eE", at), json.size());
      const auto number = json.substr(at, end - at);
      const std::string_view quote = is_json_number(number) ? "\"" : "";
      out.append(quote).append(number).append(quote);
    } else {
      out += json[at];
    }
    at = end;
  }
  return out;
}

/// The fields that are read, by their names in the input.
class Fields {
 public:
  enum Field : std::uint8_t { id, text, url, title, outlet, authors, language, date, count };
  using Values = std::array<std::optional<dom::element>, count>;

  explicit Fields(const Options& options) {
    static constexpr std::array<const char*, count> ours = {"id",     "text",    "url",      "title",
                                                            "outlet", "authors", "language", "date"};
    for (std::size_t i = 0; i < count; ++i) {
      const auto renamed = options.fields.find(ours[i]);
      names_[i] = renamed == options.fields.end() ? ours[i] : renamed->second;
    }
  }

  const std::string& name_of(Field field) const { return names_[field]; }

  /// Where a name stands twice in the object, its first value.
  Values values_in(dom::object object) const {
    Values values;
    for (const auto& [key, value] : object) {
      for (std::size_t i = 0; i < count; ++i) {
        if (key == names_[i] && !values[i]) values[i] = value;
      }
    }
    return values;
  }

 private:
  std::array<std::string, count> names_;
};

struct Record {
  std::optional<Article> article;
  std::vector<Error> errors;
};

/// One record while it is read.
class RecordReader {
 public:
  RecordReader(const RawLine& line, const std::string& source, const std::string& id, const Fields& fields,
               const Context& context)
      : line_(line),
        mark_(fmt::format("#{}", line.offset)),
        source_(source + mark_),
        id_(id),
        fields_(fields),
        context_(context) {}

  Record read();

 private:
  void reject(std::string message) { record_.errors.push_back({Fault::bad_input, std::move(message), source_}); }
  void read_date(const std::optional<dom::element>& value, Article& article);

  const RawLine& line_;
  std::string mark_;
  std::string source_;
  const std::string& id_;
  const Fields& fields_;
  const Context& context_;
  Record record_;
};

/// Whether it is a number, or an array with one, of which only the value is left.
bool holds_fraction(dom::element value) {
  if (value.is_double()) return true;
  dom::array several;
  return value.get(several) == simdjson::SUCCESS &&
         std::any_of(several.begin(), several.end(), [](dom::element one) { return one.is_double(); });
}

/// A string, or a whole number as it is written; for others see with_numbers_as_strings().
std::string string_of(const std::optional<dom::element>& value) {
  std::string_view text;
  std::int64_t number = 0;
  std::uint64_t large_number = 0;
  if (!value) return {};
  if (value->get(text) == simdjson::SUCCESS) return std::string(trim(text));
  if (value->get(number) == simdjson::SUCCESS) return fmt::format("{}", number);
  if (value->get(large_number) == simdjson::SUCCESS) return fmt::format("{}", large_number);
  return {};
}

std::vector<std::string> strings_of(const std::optional<dom::element>& value) {
  std::vector<std::string> out;
  if (!value) return out;
  const auto add = [&](dom::element one) {
    if (auto text = string_of(one); !text.empty()) out.push_back(std::move(text));
  };
  dom::array several;
  if (value->get(several) == simdjson::SUCCESS) {
    for (const auto one : several) add(one);
  } else {
    add(*value);
  }
  return out;
}

void RecordReader::read_date(const std::optional<dom::element>& value, Article& article) {
  const auto written = string_of(value);
  if (written.empty()) return;
  const auto& name = fields_.name_of(Fields::date);
  if (const auto date = read_machine_date(written)) {
    article.given_dates.push_back({*date, "field " + name});
  } else {
    reject(fmt::format("field \"{}\" holds no date that is understood: \"{:.60}\"; the article is kept without it",
                       name, written));
  }
}

Record RecordReader::read() {
  if (line_.is_too_long) {
    reject(fmt::format("longer than {} bytes", context_.options.article_bytes_max));
    return std::move(record_);
  }
  thread_local dom::parser parser;
  std::size_t broken = 0;
  dom::element root;
  auto status = parser.parse(line_.bytes.data(), line_.bytes.size(), false).get(root);
  std::string repaired;
  if (status == simdjson::UTF8_ERROR) {
    repaired = repair_utf8(line_.bytes, broken);
    status = parser.parse(repaired).get(root);
  }
  if (status == simdjson::STRING_ERROR) {
    repaired = without_half_characters(repaired.empty() ? line_.bytes : std::string_view(repaired));
    status = parser.parse(repaired).get(root);
  }
  const auto take_numbers_as_strings = [&] {
    repaired = with_numbers_as_strings(repaired.empty() ? line_.bytes : std::string_view(repaired));
    status = parser.parse(repaired).get(root);
  };
  if (status == simdjson::NUMBER_ERROR) take_numbers_as_strings();
  dom::object object;
  if (status != simdjson::SUCCESS) {
    reject(std::string("no JSON: ") + simdjson::error_message(status));
    return std::move(record_);
  }
  if (root.get(object) != simdjson::SUCCESS) {
    reject("no JSON object");
    return std::move(record_);
  }

  auto values = fields_.values_in(object);
  const auto& text_field = fields_.name_of(Fields::text);
  std::string_view text;
  if (!values[Fields::text]) {
    reject(fmt::format("has no field \"{}\"", text_field));
  } else if (values[Fields::text]->get(text) != simdjson::SUCCESS) {
    reject(fmt::format("field \"{}\" is no string", text_field));
  } else if (trim(text).empty()) {
    reject(fmt::format("field \"{}\" is empty", text_field));
  }
  if (!record_.errors.empty()) return std::move(record_);
  if (std::any_of(values.begin(), values.end(), [](const auto& value) { return value && holds_fraction(*value); })) {
    take_numbers_as_strings();
    if (root.get(object) == simdjson::SUCCESS) values = fields_.values_in(object);
    if (values[Fields::text]->get(text) != simdjson::SUCCESS) return std::move(record_);
  }

  Article article;
  article.source = source_;
  article.id = string_of(values[Fields::id]);
  if (article.id.empty()) article.id = id_ + mark_;
  article.text = std::string(text);
  article.url = string_of(values[Fields::url]);
  article.title = string_of(values[Fields::title]);
  article.outlet = string_of(values[Fields::outlet]);
  article.authors = strings_of(values[Fields::authors]);
  article.declared_language = language_of_tag(string_of(values[Fields::language]));
  read_date(values[Fields::date], article);
  if (context_.options.as_given || finish_text(article, broken, context_)) {
    record_.article = std::move(article);
  } else {
    reject(fmt::format("field \"{}\" is empty", text_field));
  }
  return std::move(record_);
}

}  // namespace

void read_json_lines(ByteStream& stream, const std::string& source, const std::string& id, const Context& context,
                     unsigned threads, const Receiver& out) {
  const Fields fields(context.options);
  LineReader reader(stream, context.options.article_bytes_max, threads > 1 ? batch_bytes : batch_bytes_alone);
  std::vector<RawLine> lines;
  std::vector<Record> records;
  bool saw_line = false;
  const auto hand_on = [&](Record record) {
    if (record.article) out.article(std::move(*record.article));
    for (auto& error : record.errors) {
      auto where = error.where;
      out.rejected({std::move(where), std::move(error)});
    }
  };
  while (true) {
    const auto more = reader.next(lines);
    if (!more.has_value()) return out.rejected({source, more.error()});
    if (!*more) break;
    saw_line |= !lines.empty();
    if (threads == 1) {
      for (const auto& line : lines) hand_on(RecordReader(line, source, id, fields, context).read());
      continue;
    }
    records.assign(lines.size(), {});
    for_each_index(lines.size(), threads,
                   [&](std::size_t i) { records[i] = RecordReader(lines[i], source, id, fields, context).read(); });
    for (auto& record : records) hand_on(std::move(record));
  }
  if (!saw_line) out.rejected({source, {Fault::bad_input, "empty file", source}});
}

}  // namespace depesche::intake
