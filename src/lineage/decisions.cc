// Reading is toml++'s work. Writing is ours: a serialiser would lose what the person wrote beside the entries, so an entry
// is appended as text, and what is undone gets a key in the lines of its entry. What was written is read again before the
// file is touched, and if it does not say what was meant, nothing is written: an array written as `split = [ … ]` cannot
// be continued by `[[split]]`, for example.
//
// Contradictions. A split sets one article apart from many, a join ties two; what is tied to one that is apart is apart
// itself. Taking the last decision first, and of the earlier ones what agrees with it, gives the person the last word,
// and what was decided of other articles in between changes nothing:
//
//   split b from a, c · join b c          the join; b is no longer apart from a either, for the split was one decision
//   join a b · join b c · split c from a  the split, and of the joins the later one: b goes with c
#include "lineage/decisions.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <unordered_map>

#include "core/unicode.h"
#include "lineage/ties.h"

namespace depesche::lineage {
namespace {

constexpr std::size_t file_bytes_max = 64u << 20;
/// toml++ takes dotted keys apart by recursion and would exhaust the stack at some ten thousand.
constexpr std::size_t dots_of_keys_max = 200;
constexpr std::size_t names_told = 3;
constexpr std::size_t names_on_a_line = 3;

constexpr std::string_view head_of_new_file =
    "# Decisions about which articles print the same dispatch, read by every run of depesche on this pile.\n"
    "# What stands below overrides what stands above. To take one back: depesche decide --undo NUMBER.\n";

// -- reading -------------------------------------------------------------------------------------------------------

std::string place(const std::string& name, std::size_t line) { return fmt::format("{}:{}", name, line); }

/// The first line in which more dots stand outside of strings than any key has; 0 for none.
std::size_t line_of_endless_key(std::string_view text) {
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    ++number;
    const auto end = std::min(text.find('\n', begin), text.size());
    const auto line = text.substr(begin, end - begin);
    begin = end + 1;
    // Strings over several lines make it unsure what is within: then all dots count.
    const bool are_strings_known = line.find("\"\"\"") == line.npos && line.find("'''") == line.npos;
    char quote = 0;
    std::size_t dots = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const char c = line[i];
      if (quote != 0) {
        if (c == '\\' && quote == '"') ++i;
        if (c == quote) quote = 0;
      } else if (are_strings_known && (c == '"' || c == '\'')) {
        quote = c;
      } else if (are_strings_known && c == '#') {
        break;
      } else {
        dots += c == '.';
      }
    }
    if (dots > dots_of_keys_max) return number;
  }
  return 0;
}

std::string_view kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table: return "a table";
    case toml::node_type::array: return "an array";
    case toml::node_type::string: return "a string";
    case toml::node_type::integer: return "a whole number";
    case toml::node_type::floating_point: return "a number";
    case toml::node_type::boolean: return "true or false";
    case toml::node_type::date: return "a date";
    case toml::node_type::time: return "a time of day";
    case toml::node_type::date_time: return "a date with time";
    case toml::node_type::none: break;
  }
  return "nothing";
}

/// Takes an entry apart and remembers the first thing that is wrong with it.
class Entry {
 public:
  Entry(const toml::table& table, Decision::Kind kind, const std::string& name)
      : table_(table), kind_(kind), name_(name), line_(table.source().begin.line) {}

  Result<Decision> read() {
    Decision decision;
    decision.kind = kind_;
    decision.line = line_;
    if (kind_ == Decision::Kind::split) {
      decision.article = id("article");
      decision.others = ids("from");
      decision.family = words("family");
    } else {
      decision.article = id("a");
      decision.others = {id("b")};
    }
    decision.at = instant("at");
    decision.is_undone = is_undone();
    decision.by = words("by");
    decision.why = words("why");
    if (std::find(decision.others.begin(), decision.others.end(), decision.article) != decision.others.end())
      complain(table_, kind_ == Decision::Kind::split ? "an article cannot be split from itself"
                                                      : "an article cannot be joined with itself");
    if (complaint_) return tl::make_unexpected(*complaint_);
    return decision;
  }

 private:
  void complain(const toml::node& node, const std::string& what) {
    if (complaint_) return;
    complaint_ = Error{Fault::bad_input, fmt::format("{}: {}", lineage::name_of(kind_), what),
                       place(name_, node.source().begin.line)};
  }

  const toml::node* wanted(std::string_view key) {
    const auto* node = table_.get(key);
    if (node == nullptr) complain(table_, fmt::format("`{}` is missing", key));
    return node;
  }

  std::string text_of(const toml::node& node, std::string_view key) {
    if (const auto* text = node.as_string()) return text->get();
    complain(node, fmt::format("`{}` is {} and not a string", key, kind_of(node)));
    return {};
  }

  std::string id_of(const toml::node& node, std::string_view key) {
    auto id = text_of(node, key);
    if (id.empty()) complain(node, fmt::format("`{}` names no article", key));
    return id;
  }

  std::string id(std::string_view key) {
    const auto* node = wanted(key);
    return node != nullptr ? id_of(*node, key) : std::string();
  }

  std::vector<std::string> ids(std::string_view key) {
    const auto* node = wanted(key);
    if (node == nullptr) return {};
    const auto* array = node->as_array();
    if (array == nullptr) {
      complain(*node, fmt::format("`{}` is {} and not an array of strings", key, kind_of(*node)));
      return {};
    }
    if (array->empty()) complain(*node, fmt::format("`{}` names no article", key));
    std::vector<std::string> ids;
    for (const auto& element : *array) ids.push_back(id_of(element, key));
    return ids;
  }

  std::string words(std::string_view key) {
    const auto* node = table_.get(key);
    return node != nullptr ? text_of(*node, key) : std::string();
  }

  std::optional<Instant> instant(std::string_view key) {
    const auto* node = table_.get(key);
    if (node == nullptr) return {};
    const auto day = [](const toml::date& date) { return day_of(date.year, date.month, date.day); };
    if (const auto* date = node->as_date()) return day(date->get());
    if (const auto* date_time = node->as_date_time()) {
      const auto& [date, time, offset] = date_time->get();
      auto instant = day(date);
      if (!instant) return {};
      instant->precision = Precision::time;
      instant->hour = time.hour;
      instant->minute = time.minute;
      instant->second = time.second;
      if (offset) instant->offset_minutes = offset->minutes;
      return instant;
    }
    complain(*node, fmt::format("`{}` is {} and not a date, as in 2026-11-21T10:00:00Z", key, kind_of(*node)));
    return {};
  }

  /// Marked with when it was taken back, or with `true` by hand.
  bool is_undone() {
    const auto* node = table_.get("undone");
    if (node == nullptr) return false;
    if (const auto* is_so = node->as_boolean()) return is_so->get();
    return instant("undone").has_value();
  }

  const toml::table& table_;
  const Decision::Kind kind_;
  const std::string& name_;
  const std::uint32_t line_;
  std::optional<Error> complaint_;
};

/// An entry where it stands, understood or not.
struct Found {
  toml::source_position at;
  Result<Decision> decision;
};

void find_entries(const toml::table& root, Decision::Kind kind, const std::string& name, std::vector<Found>& found) {
  const auto key = name_of(kind);
  const auto* node = root.get(key);
  if (node == nullptr) return;
  const auto reject = [&](const toml::node& at) {
    found.push_back(
        {at.source().begin,
         fail(Fault::bad_input, fmt::format("`{0}` is {1} and not an entry that begins with [[{0}]]", key, kind_of(at)),
              place(name, at.source().begin.line))});
  };
  const auto* array = node->as_array();
  if (array == nullptr) return reject(*node);
  for (const auto& element : *array) {
    const auto* table = element.as_table();
    if (table != nullptr) {
      found.push_back({table->source().begin, Entry(*table, kind, name).read()});
    } else {
      reject(element);
    }
  }
}

Result<toml::table> parse_toml(std::string_view text, const std::string& name) {
  if (text.size() > file_bytes_max)
    return fail(Fault::bad_input, fmt::format("larger than {} bytes", file_bytes_max), name);
  if (const auto line = line_of_endless_key(text); line > 0)
    return fail(Fault::bad_input, fmt::format("a key of more than {} parts", dots_of_keys_max), place(name, line));
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    return fail(Fault::bad_input, fmt::format("is no TOML: {}", error.description()),
                place(name, error.source().begin.line));
  }
}

Result<std::vector<Found>> entries_of(std::string_view text, const std::string& name) {
  const auto root = TRY(parse_toml(text, name));
  std::vector<Found> found;
  for (const auto kind : {Decision::Kind::split, Decision::Kind::join}) find_entries(root, kind, name, found);
  std::sort(found.begin(), found.end(), [](const Found& x, const Found& y) { return x.at < y.at; });
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].decision.has_value()) (*found[i].decision).number = static_cast<std::uint32_t>(i + 1);
  }
  return found;
}

// -- the text of an entry ------------------------------------------------------------------------------------------

/// A basic string of TOML. Bytes that are no UTF-8 have no place in it and become U+FFFD.
std::string in_toml(std::string_view text) {
  std::size_t broken = 0;
  std::string out = "\"";
  for (const char c : repair_utf8(text, broken)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string entry_of(const Decision& decision, std::string_view line_end) {
  std::string out;
  const auto put = [&](std::string_view key, const std::string& value) {
    out += fmt::format("{} = {}{}", key, value, line_end);
  };
  out += fmt::format("[[{}]]{}", name_of(decision.kind), line_end);
  if (decision.kind == Decision::Kind::split) {
    put("article", in_toml(decision.article));
    const bool is_long = decision.others.size() > names_on_a_line;
    std::string list;
    for (const auto& other : decision.others) {
      if (is_long) {
        list += fmt::format("{}  {},", line_end, in_toml(other));
      } else {
        list += (list.empty() ? "" : ", ") + in_toml(other);
      }
    }
    put("from", fmt::format("[{}{}]", list, is_long ? line_end : ""));
    if (!decision.family.empty()) put("family", in_toml(decision.family));
  } else {
    put("a", in_toml(decision.article));
    for (const auto& other : decision.others) put("b", in_toml(other));
  }
  if (decision.at) put("at", iso(*decision.at));
  if (!decision.by.empty()) put("by", in_toml(decision.by));
  if (!decision.why.empty()) put("why", in_toml(decision.why));
  return out;
}

std::string_view line_end_of(std::string_view text) {
  const auto end = text.find('\n');
  return end != text.npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

/// Whether two entries say the same; where they stand does not count.
bool say_the_same(Decision x, const Decision& y) {
  x.number = y.number;
  x.line = y.line;
  return x == y;
}

/// The entry as it will be read: what is no UTF-8 cannot be written.
Decision as_written(Decision decision) {
  std::size_t broken = 0;
  for (std::string* text : {&decision.article, &decision.family, &decision.by, &decision.why})
    *text = repair_utf8(*text, broken);
  for (std::string& other : decision.others) other = repair_utf8(other, broken);
  decision.is_undone = false;
  return decision;
}

/// Fails unless `after` holds what `before` holds but for the entry at `changed`, where `changed` says what is meant.
Result<void> check_change(const std::vector<Found>& before, const std::vector<Found>& after, std::size_t changed,
                          const Decision& meant, const std::string& name) {
  const auto same = [&](std::size_t i) {
    const bool is_read = after[i].decision.has_value();
    if (i == changed) return is_read && say_the_same(*after[i].decision, meant);
    if (i >= before.size() || is_read != before[i].decision.has_value()) return false;
    return !is_read || say_the_same(*after[i].decision, *before[i].decision);
  };
  bool is_good = after.size() == std::max(before.size(), changed + 1);
  for (std::size_t i = 0; is_good && i < after.size(); ++i) is_good = same(i);
  if (is_good) return {};
  return fail(Fault::conflict, "the entry would not be read as it is meant; write it by hand", name);
}

// -- the file ------------------------------------------------------------------------------------------------------

namespace fs = std::filesystem;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }
  /// Whether everything that was written has arrived.
  bool close() {
    const int number = std::exchange(number_, -1);
    return number < 0 || ::close(number) == 0;
  }

 private:
  int number_;
};

tl::unexpected<Error> fail_by_system(std::string_view what, const std::string& path) {
  const int error = errno;
  return fail(error == ENOENT ? Fault::not_found : Fault::io, fmt::format("{}: {}", what, std::strerror(error)), path);
}

Result<std::string> bytes_of(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));  // a pipe would keep us waiting
  if (!file.is_open()) {
    if (errno == ENOENT) return fail(Fault::not_found, "no such file", path);
    return fail_by_system("cannot be read", path);
  }
  struct stat status{};
  if (::fstat(file.number(), &status) != 0) return fail_by_system("cannot be read", path);
  if (!S_ISREG(status.st_mode)) return fail(Fault::bad_input, "is no file", path);
  std::string bytes;
  std::array<char, 1u << 16> piece{};
  for (;;) {
    const auto got = ::read(file.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_by_system("cannot be read", path);
    if (got == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(got));
    if (bytes.size() > file_bytes_max)
      return fail(Fault::bad_input, fmt::format("larger than {} bytes", file_bytes_max), path);
  }
}

/// Puts `text` in the place of the file, as a whole or not at all.
Result<void> replace_file(const fs::path& file, std::string_view text) {
  auto temporary = (file.parent_path() / fmt::format(".{}.XXXXXX", file.filename().string())).string();
  Descriptor out(::mkstemp(temporary.data()));
  if (!out.is_open()) return fail_by_system("cannot be written", file.string());
  struct stat status{};
  const auto mask = ::umask(0);
  ::umask(mask);
  const auto mode = ::stat(file.c_str(), &status) == 0 ? status.st_mode & 07777u : 0666u & ~mask;
  bool is_written = ::fchmod(out.number(), mode) == 0;
  while (is_written && !text.empty()) {
    const auto put = ::write(out.number(), text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    is_written = put > 0;
    if (is_written) text.remove_prefix(static_cast<std::size_t>(put));
  }
  if (is_written && out.close() && ::rename(temporary.c_str(), file.c_str()) == 0) return {};
  const auto failure = fail_by_system("cannot be written", file.string());
  ::unlink(temporary.c_str());
  return failure;
}

/// Replaces the file by what `change` makes of its text while nobody else does so.
template <class Change>
Result<void> change_file(const std::string& path, const Change& change) {
  std::error_code error;
  fs::path file = fs::canonical(path, error);  // a link stays a link
  if (error) file = fs::absolute(path);
  const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder.is_open() || ::flock(folder.number(), LOCK_EX) != 0) return fail_by_system("cannot be written", path);
  auto before = bytes_of(file.string());
  if (!before.has_value() && before.error().fault != Fault::not_found) return tl::make_unexpected(before.error());
  const std::string after = TRY(change(before.has_value() ? std::optional(std::move(*before)) : std::nullopt));
  return replace_file(file, after);
}

// -- what follows --------------------------------------------------------------------------------------------------

/// "b was split from a, c by decision of 2026-11-21 (another paper's text)"
std::string sentence_of(const Decision& decision) {
  std::string others;
  for (std::size_t i = 0; i < std::min(decision.others.size(), names_told); ++i)
    others += (i > 0 ? ", " : "") + decision.others[i];
  if (decision.others.size() > names_told) others += fmt::format(" and {} more", decision.others.size() - names_told);
  auto out = fmt::format("{} was {} {} by decision", decision.article,
                         decision.kind == Decision::Kind::split ? "split from" : "joined with", others);
  if (decision.at) out += " of " + iso(cut_to(*decision.at, Precision::day));
  if (!decision.why.empty()) out += fmt::format(" ({})", decision.why);
  return out;
}

}  // namespace

std::string_view name_of(Decision::Kind kind) { return kind == Decision::Kind::split ? "split" : "join"; }

Result<DecisionsFile> parse_decisions(std::string_view text, const std::string& name) {
  auto found = TRY(entries_of(text, name));
  DecisionsFile file;
  for (auto& entry : found) {
    if (entry.decision.has_value()) {
      file.decisions.push_back(std::move(*entry.decision));
    } else {
      file.damaged.push_back(entry.decision.error());
    }
  }
  return file;
}

Result<DecisionsFile> read_decisions(const std::string& path) { return parse_decisions(TRY(bytes_of(path)), path); }

Result<std::string> with_decision(std::string_view text, const Decision& decision, const std::string& name) {
  const auto before = TRY(entries_of(text, name));
  const auto line_end = line_end_of(text);
  std::string after(text);
  if (!after.empty() && !after.ends_with('\n')) after += line_end;
  if (!after.empty()) after += line_end;
  after += entry_of(decision, line_end);
  TRY(check_change(before, TRY(entries_of(after, name)), before.size(), as_written(decision), name));
  return after;
}

Result<std::string> with_undone(std::string_view text, std::uint32_t number, const Instant& at,
                                const std::string& name) {
  const auto before = TRY(entries_of(text, name));
  if (number == 0 || number > before.size())
    return fail(Fault::not_found, fmt::format("there is no decision {}; there are {}", number, before.size()), name);
  const Found& found = before[number - 1];
  Decision meant = TRY(Result<Decision>(found.decision));
  if (meant.is_undone)
    return fail(Fault::conflict, fmt::format("decision {} is undone already", number), place(name, found.at.line));
  meant.is_undone = true;

  // Behind the line of the header, or behind the brace of a table that stands in a line.
  std::uint32_t begin = 0;
  for (std::size_t line = 1; line < found.at.line; ++line)
    begin = static_cast<std::uint32_t>(text.find('\n', begin)) + 1;
  for (std::size_t column = 1; column < found.at.column && begin < text.size(); ++column)
    begin = code_point_at(text, begin).next;
  std::string after(text);
  if (text.substr(begin).starts_with('{')) {
    after.insert(begin + 1, fmt::format("undone = {}, ", iso(at)));
  } else {
    auto end = std::min(text.find('\n', begin), text.size());
    if (end > begin && text[end - 1] == '\r') --end;
    after.insert(end, fmt::format("{}undone = {}", line_end_of(text), iso(at)));
  }
  auto read = entries_of(after, name);
  if (!read.has_value())
    return fail(Fault::conflict, "the entry cannot be marked; write `undone = …` into it by hand",
                place(name, found.at.line));
  TRY(check_change(before, *read, number - 1, meant, name));
  return after;
}

Result<std::uint32_t> append_decision(const std::string& path, const Decision& decision) {
  std::uint32_t number = 0;
  TRY(change_file(path, [&](const std::optional<std::string>& before) -> Result<std::string> {
    auto after = TRY(with_decision(before ? *before : head_of_new_file, decision, path));
    number = static_cast<std::uint32_t>(TRY(entries_of(after, path)).size());
    return after;
  }));
  return number;
}

Result<Decision> undo_decision(const std::string& path, std::uint32_t number, const Instant& at) {
  Decision undone;
  TRY(change_file(path, [&](const std::optional<std::string>& before) -> Result<std::string> {
    if (!before) return fail(Fault::not_found, "no such file", path);
    auto after = TRY(with_undone(*before, number, at, path));
    undone = *TRY(entries_of(after, path))[number - 1].decision;
    return after;
  }));
  return undone;
}

InForce in_force(std::span<const Decision> decisions) {
  std::unordered_map<std::string_view, ArticleIndex> indices;
  const auto index_of = [&](const std::string& id) {
    return indices.try_emplace(id, static_cast<ArticleIndex>(indices.size())).first->second;
  };
  for (const Decision& decision : decisions) {
    index_of(decision.article);
    for (const std::string& other : decision.others) index_of(other);
  }
  Ties ties(indices.size());
  InForce out;
  out.is_overridden.resize(decisions.size());
  for (std::size_t i = decisions.size(); i-- > 0;) {
    const Decision& decision = decisions[i];
    if (decision.is_undone) continue;
    const ArticleIndex article = index_of(decision.article);
    const bool is_split = decision.kind == Decision::Kind::split;
    const bool agrees = std::none_of(decision.others.begin(), decision.others.end(), [&](const std::string& other) {
      return is_split ? ties.are_tied(article, index_of(other)) : ties.are_apart(article, index_of(other));
    });
    out.is_overridden[i] = !agrees;
    if (!agrees) continue;
    const auto sentence = sentence_of(decision);
    for (const std::string& other : decision.others) {
      if (is_split) {
        ties.set_apart(article, index_of(other), {});
      } else {
        ties.tie(article, index_of(other));
      }
      auto& pairs = is_split ? out.decisions.apart : out.decisions.together;
      pairs.try_emplace(std::minmax(decision.article, other), sentence);  // the last one said it
    }
  }
  return out;
}

}  // namespace depesche::lineage
