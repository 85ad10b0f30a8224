#include "intake/intake.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <numeric>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/parallel.h"
#include "core/unicode.h"
#include "intake/decode.h"
#include "intake/html.h"
#include "intake/jsonl.h"
#include "intake/plain_text.h"
#include "intake/roles.h"
#include "intake/source.h"
#include "intake/unpack.h"
#include "intake/walk.h"
#include "intake/warc.h"

namespace depesche::intake {
namespace {

constexpr std::size_t head_bytes = 64u << 10;
constexpr std::size_t span_bytes_max =
    1u << 30;  ///< spans are offsets of 32 bits, and a text may grow threefold in decoding
constexpr std::uint64_t large_file_bytes = 4u << 20;  ///< read by itself on all threads; smaller ones side by side
constexpr std::size_t held_bytes_max = 64u << 20;     ///< of articles read before their turn has come
constexpr std::uint64_t progress_bytes = 1u << 20;    ///< between two calls of Options::progress

/// A stream whose first bytes were read already.
class Resumed : public ByteStream {
 public:
  Resumed(std::string_view head, ByteStream& rest) : head_(head), rest_(rest) {}

  Result<std::size_t> read(std::span<char> to) override {
    const auto size = std::min(to.size(), head_.size());
    std::copy_n(head_.data(), size, to.data());
    head_.remove_prefix(size);
    return size == to.size() ? size : size + TRY(rest_.read(to.subspan(size)));
  }

 private:
  std::string_view head_;
  ByteStream& rest_;
};

/// Counts what is read and tells it. For any number of threads.
class Meter {
 public:
  Meter(const Options& options, std::size_t files, std::uint64_t bytes) : options_(options) {
    now_.files_total = files;
    now_.bytes_total = bytes;
  }

  void add_bytes(std::uint64_t bytes) {
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    now_.bytes_done += bytes;
    if (now_.bytes_done - told_bytes_ >= progress_bytes) tell();
  }
  void add_article() {
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    ++now_.articles;
  }
  void add_file() {
    if (!options_.progress) return;
    const std::lock_guard lock(mutex_);
    ++now_.files_done;
    tell();
  }

 private:
  void tell() {
    told_bytes_ = now_.bytes_done;
    options_.progress(now_);
  }

  const Options& options_;
  std::mutex mutex_;
  Progress now_;
  std::uint64_t told_bytes_ = 0;
};

/// A stream that tells how much was read of it.
class Metered : public ByteStream {
 public:
  Metered(std::unique_ptr<ByteStream> stream, Meter& meter) : stream_(std::move(stream)), meter_(meter) {}

  Result<std::size_t> read(std::span<char> to) override {
    const auto size = TRY(stream_->read(to));
    meter_.add_bytes(size);
    return size;
  }

 private:
  std::unique_ptr<ByteStream> stream_;
  Meter& meter_;
};

/// Hands on what several threads read of several sources, in the order of the sources. The source whose turn it is
/// hands on as it goes; what is read of later ones is held, and where that becomes too much their readers wait. Whoever
/// reads the first unfinished source never waits, so all come to an end as long as sources are begun in their order.
class InTurn {
 public:
  InTurn(std::size_t sources, const std::function<void(Article&&)>& each, std::vector<Rejected>& rejected)
      : each_(each), rejected_(rejected), slots_(sources) {}

  void take(std::size_t source, Article&& article) {
    std::unique_lock lock(mutex_);
    came_to_turn_.wait(lock, [&] { return source == turn_ || held_bytes_ < held_bytes_max || is_given_up_; });
    if (is_given_up_) return;
    if (source == turn_) {
      hand_on_held(source, lock);
      lock.unlock();
      each_(std::move(article));
    } else {
      held_bytes_ += bytes_of(article);
      slots_[source].held.push_back(std::move(article));
    }
  }

  void reject(Rejected&& rejected) {
    const std::lock_guard lock(mutex_);
    rejected_.push_back(std::move(rejected));
  }

  void pass_over(const RecordCounts& counts) {
    const std::lock_guard lock(mutex_);
    for (const auto& [kind, count] : counts) records_passed_over_[kind] += count;
  }
  RecordCounts records_passed_over() && { return std::move(records_passed_over_); }

  void finish(std::size_t source) {
    std::unique_lock lock(mutex_);
    slots_[source].is_finished = true;
    if (source != turn_) return;
    while (turn_ < slots_.size() && slots_[turn_].is_finished && !is_given_up_) {
      hand_on_held(turn_, lock);
      ++turn_;
    }
    came_to_turn_.notify_all();
  }

  /// Lets everybody go: something was thrown, and no turn may ever come.
  void give_up() {
    const std::lock_guard lock(mutex_);
    is_given_up_ = true;
    came_to_turn_.notify_all();
  }
  bool is_given_up() {
    const std::lock_guard lock(mutex_);
    return is_given_up_;
  }

 private:
  struct Slot {
    std::vector<Article> held;
    bool is_finished = false;
  };

  static std::size_t bytes_of(const Article& article) {
    return sizeof article + article.text.size() + article.blocks.size() * sizeof(Block);
  }

  /// The lock is open while articles are handed on; only whoever has the turn comes here.
  void hand_on_held(std::size_t source, std::unique_lock<std::mutex>& lock) {
    auto held = std::exchange(slots_[source].held, {});
    if (held.empty()) return;
    std::size_t bytes = 0;
    lock.unlock();
    for (auto& article : held) {
      bytes += bytes_of(article);
      each_(std::move(article));
    }
    lock.lock();
    held_bytes_ -= bytes;
    came_to_turn_.notify_all();
  }

  const std::function<void(Article&&)>& each_;
  std::vector<Rejected>& rejected_;
  RecordCounts records_passed_over_;
  std::mutex mutex_;
  std::condition_variable came_to_turn_;
  std::deque<Slot> slots_;
  std::size_t turn_ = 0;
  std::size_t held_bytes_ = 0;
  bool is_given_up_ = false;
};

/// One source while it is read.
class SourceReader {
 public:
  SourceReader(const std::string& source, const std::string& id, const Context& context, unsigned threads,
               const Receiver& out)
      : source_(source), id_(id), context_(context), threads_(threads), out_(out) {}

  void read(ByteStream& packed);

 private:
  void reject(Fault fault, std::string message) { out_.rejected({source_, {fault, std::move(message), source_}}); }
  Format format_of(std::string_view head) const;
  std::optional<Article> read_article(ByteStream& stream, Format format);

  const std::string& source_;
  const std::string& id_;
  const Context& context_;
  unsigned threads_;
  const Receiver& out_;
};

/// The bytes decide where they are plain; the name decides the rest.
Format SourceReader::format_of(std::string_view head) const {
  const auto by_bytes = format_of_bytes(head);
  const auto by_name = format_of_name(source_);
  if (by_bytes == Format::warc || by_name == Format::warc) return Format::warc;
  if (by_bytes == Format::binary || by_bytes == Format::html || by_bytes == Format::arc) return by_bytes;
  if (by_name == Format::text || by_name == Format::html || by_name == Format::json_lines) return by_name;
  return by_bytes;
}

void SourceReader::read(ByteStream& packed) {
  Unpacker stream(packed);
  std::string head(head_bytes, '\0');
  const auto got = stream.read(head);
  if (!got.has_value()) return reject(got.error().fault, "cannot be read: " + got.error().message);
  head.resize(*got);
  Resumed whole(head, stream);
  const auto format = format_of(head);
  if (head.empty()) return reject(Fault::bad_input, stream.damage().empty() ? "empty file" : stream.damage());
  if (format == Format::binary) return reject(Fault::unsupported, "binary file");
  if (format == Format::arc) return reject(Fault::unsupported, "a web archive in ARC format; only WARC is read");
  if (format == Format::warc) return read_warc(whole, stream, source_, id_, context_, threads_, out_);
  if (format == Format::other) return reject(Fault::unsupported, "text of a kind that is not read");

  bool gave_any = false;
  if (format == Format::json_lines) {
    const Receiver noting{[&](Article&& article) {
                            gave_any = true;
                            out_.article(std::move(article));
                          },
                          out_.rejected};
    read_json_lines(whole, source_, id_, context_, threads_, noting);
  } else if (auto article = read_article(whole, format)) {
    gave_any = true;
    if (!stream.damage().empty()) tell_cut(*article, stream.damage());
    out_.article(std::move(*article));
  }
  if (stream.damage().empty()) return;
  reject(Fault::bad_input, stream.damage() + (gave_any ? "; what could be read is kept" : ""));
}

std::optional<Article> SourceReader::read_article(ByteStream& stream, Format format) {
  const auto refuse = [&](Fault fault, std::string message) {
    reject(fault, std::move(message));
    return std::nullopt;
  };
  const auto bytes_max = text_bytes_max(context_.options);
  auto rest = read_rest(stream, bytes_max);
  if (!rest.has_value()) return refuse(rest.error().fault, "cannot be read: " + rest.error().message);
  if (rest->is_cut) return refuse(Fault::bad_input, fmt::format("larger than {} bytes", bytes_max));
  Article article;
  article.id = id_;
  article.source = source_;
  if (auto error = read_page(std::move(rest->bytes), format, {}, context_, article))
    return refuse(error->fault, std::move(error->message));
  return article;
}

void read_found(const Found& file, const Context& context, unsigned threads, Meter& meter, const Receiver& out) {
  SourceReader reader(file.source, file.id, context, threads, out);
  auto stream = file.path.empty() ? Result<std::unique_ptr<ByteStream>>(standard_input()) : file_stream(file.path);
  if (!stream.has_value()) {
    return out.rejected({file.source, {stream.error().fault, stream.error().message, file.source}});
  }
  Metered metered(std::move(*stream), meter);
  reader.read(metered);
}

}  // namespace

Identity identity_of(const Article& article) {
  return {article.id, article.source, XXH3_64bits(article.text.data(), article.text.size())};
}

std::vector<std::size_t> tell_apart(std::span<Identity> identities) {
  std::vector<std::size_t> order(identities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto by_id = [&](std::size_t x, std::size_t y) {
    return std::tie(identities[x].id, identities[x].source, x) < std::tie(identities[y].id, identities[y].source, y);
  };
  std::sort(order.begin(), order.end(), by_id);
  std::unordered_map<std::string_view, int> counts;
  for (const Identity& identity : identities) ++counts[identity.id];
  std::unordered_set<std::string> taken;
  for (const auto& [id, count] : counts) {
    if (count == 1) taken.emplace(id);
  }
  std::unordered_map<std::string, std::size_t> numbers;      // the last one given behind an id and a hash
  std::vector<std::pair<std::size_t, std::string>> renamed;  // applied at the end: `counts` holds views of the ids
  for (const std::size_t i : order) {
    const Identity& identity = identities[i];
    if (counts[identity.id] == 1) continue;
    const auto hashed = fmt::format("{}~{:08x}", identity.id, static_cast<std::uint32_t>(identity.text_hash));
    auto& number = numbers.try_emplace(hashed, 1).first->second;
    auto id = hashed;
    while (!taken.insert(id).second) id = fmt::format("{}-{}", hashed, ++number);
    renamed.emplace_back(i, std::move(id));
  }
  for (auto& [i, id] : renamed) identities[i].id = std::move(id);
  std::sort(order.begin(), order.end(), by_id);
  return order;
}

bool finish_text(Article& article, std::size_t broken, const Context& context) {
  article.blocks = blocks_of_lines(article.text);
  if (article.blocks.empty()) return false;
  assign_roles(article, context.knowledge, context.machinery());
  tell_damage(article, broken);
  return true;
}

std::size_t text_bytes_max(const Options& options) { return std::min(options.article_bytes_max, span_bytes_max); }

std::optional<Error> read_page(std::string bytes, Format format, std::string_view charset, const Context& context,
                               Article& article) {
  auto decoded = decode(bytes, format, charset);
  bytes = {};
  Error is_empty{Fault::bad_input, "empty file", article.source};
  if (trim(decoded.text).empty()) return is_empty;
  if (format != Format::html) {
    article.text = std::move(decoded.text);
    if (context.options.as_given || finish_text(article, decoded.broken, context)) return {};
    return is_empty;
  }
  read_html(decoded.text, article);
  assign_roles(article, context.knowledge, context.machinery());
  tell_damage(article, decoded.broken);
  if (article.blocks.empty()) return Error{Fault::bad_input, "a page without text", article.source};
  return {};
}

void tell_cut(Article& article, const std::string& damage) {
  if (article.blocks.empty()) return;
  article.repairs.push_back({static_cast<BlockIndex>(article.blocks.size() - 1), article.blocks.back().span, damage});
}

Leftovers read_each(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const Options& options,
                    const std::function<void(Article&&)>& each) {
  auto found = walk(paths);
  const auto& files = found.files;
  const auto threads = std::max(1u, options.threads);
  const Context context(knowledge, options);
  std::uint64_t bytes = 0;
  for (const auto& file : files) bytes += file.bytes;
  const bool is_known = std::all_of(files.begin(), files.end(), [](const Found& file) { return file.is_regular; });
  Meter meter(options, files.size(), is_known ? bytes : 0);

  const std::function<void(Article&&)> counted = [&](Article&& article) {
    meter.add_article();
    each(std::move(article));
  };
  InTurn in_turn(files.size(), counted, found.rejected);
  const auto read_one = [&](std::size_t i, unsigned threads_of_one) {
    if (in_turn.is_given_up()) return;
    try {
      read_found(files[i], context, threads_of_one, meter,
                 {[&](Article&& article) { in_turn.take(i, std::move(article)); },
                  [&](Rejected&& rejected) { in_turn.reject(std::move(rejected)); },
                  [&](const RecordCounts& counts) { in_turn.pass_over(counts); }});
      in_turn.finish(i);
    } catch (...) {
      in_turn.give_up();
      throw;
    }
    meter.add_file();
  };
  const auto is_large = [](const Found& file) { return !file.is_regular || file.bytes >= large_file_bytes; };
  for (std::size_t begin = 0; begin < files.size();) {
    auto end = begin;
    while (end < files.size() && !is_large(files[end])) ++end;
    // A few small files cannot keep all threads busy by being many; perhaps they can by what they hold.
    const auto side_by_side =
        static_cast<unsigned>(std::max<std::size_t>(1, std::min<std::size_t>(end - begin, threads)));
    for_each_index(end - begin, threads, [&](std::size_t i) { read_one(begin + i, threads / side_by_side); });
    if (end < files.size()) read_one(end++, threads);
    begin = end;
  }
  std::sort(found.rejected.begin(), found.rejected.end(), [](const Rejected& a, const Rejected& b) {
    return std::tie(a.source, a.error.message) < std::tie(b.source, b.error.message);
  });
  return {std::move(found.rejected), std::move(found.passed_over), std::move(in_turn).records_passed_over()};
}

Pile read(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const Options& options) {
  Pile pile;
  auto leftovers =
      read_each(paths, knowledge, options, [&](Article&& article) { pile.articles.push_back(std::move(article)); });
  pile.rejected = std::move(leftovers.rejected);
  pile.passed_over = std::move(leftovers.passed_over);
  pile.records_passed_over = std::move(leftovers.records_passed_over);
  std::vector<Identity> identities;
  identities.reserve(pile.articles.size());
  for (Article& article : pile.articles) identities.push_back(identity_of(article));
  const auto order = tell_apart(identities);
  std::vector<Article> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) {
    sorted.push_back(std::move(pile.articles[i]));
    sorted.back().id = std::move(identities[i].id);
  }
  pile.articles = std::move(sorted);
  return pile;
}

std::vector<Article> read_bytes(std::string_view bytes, const std::string& source, const std::string& id,
                                const knowledge::Knowledge& knowledge, const Options& options,
                                std::vector<Rejected>& rejected) {
  const Context context(knowledge, options);
  std::vector<Article> articles;
  const Receiver out{[&](Article&& article) { articles.push_back(std::move(article)); },
                     [&](Rejected&& one) { rejected.push_back(std::move(one)); }};
  const auto stream = memory_stream(bytes);
  SourceReader(source, id, context, std::max(1u, options.threads), out).read(*stream);
  return articles;
}

}  // namespace depesche::intake
