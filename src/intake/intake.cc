#include "intake/intake.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <mutex>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

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

namespace depesche::intake {
namespace {

constexpr std::size_t head_bytes = 64u << 10;
constexpr std::size_t text_bytes_max =
    1u << 30;  ///< spans are offsets of 32 bits, and a text may grow threefold in decoding

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

/// One source while it is read.
class SourceReader {
 public:
  SourceReader(const std::string& source, const std::string& id, const Context& context, Outcome& out)
      : source_(source), id_(id), context_(context), out_(out) {}

  void read(ByteStream& packed);

 private:
  void reject(Fault fault, std::string message) {
    out_.rejected.push_back({source_, {fault, std::move(message), source_}});
  }
  Format format_of(std::string_view head) const;
  void read_article(ByteStream& stream, Format format);
  void tell_cut(const std::string& damage);

  const std::string& source_;
  const std::string& id_;
  const Context& context_;
  Outcome& out_;
};

/// The bytes decide where they are plain; the name decides the rest.
Format SourceReader::format_of(std::string_view head) const {
  const auto by_bytes = format_of_bytes(head);
  const auto by_name = format_of_name(source_);
  if (by_bytes == Format::binary || by_bytes == Format::html) return by_bytes;
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
  const auto before = out_.articles.size();
  if (head.empty()) {
    reject(Fault::bad_input, stream.damage().empty() ? "empty file" : stream.damage());
    return;
  }
  if (format == Format::binary) return reject(Fault::unsupported, "binary file");
  if (format == Format::other) return reject(Fault::unsupported, "text of a kind that is not read");
  if (format == Format::json_lines) {
    read_json_lines(whole, source_, id_, context_, out_);
  } else {
    read_article(whole, format);
  }
  if (stream.damage().empty()) return;
  reject(Fault::bad_input, stream.damage() + (out_.articles.size() > before ? "; what could be read is kept" : ""));
  if (format != Format::json_lines) tell_cut(stream.damage());
}

void SourceReader::read_article(ByteStream& stream, Format format) {
  const auto bytes_max = std::min(context_.options.article_bytes_max, text_bytes_max);
  auto rest = read_rest(stream, bytes_max);
  if (!rest.has_value()) return reject(rest.error().fault, "cannot be read: " + rest.error().message);
  if (rest->is_cut) return reject(Fault::bad_input, fmt::format("larger than {} bytes", bytes_max));
  auto decoded = decode(rest->bytes, format);
  rest->bytes = {};
  if (trim(decoded.text).empty()) return reject(Fault::bad_input, "empty file");

  Article article;
  article.id = id_;
  article.source = source_;
  if (format == Format::html) {
    read_html(decoded.text, article);
    assign_roles(article, context_.knowledge, context_.machinery);
    tell_damage(article, decoded.broken);
    if (article.blocks.empty()) return reject(Fault::bad_input, "a page without text");
  } else {
    article.text = std::move(decoded.text);
    if (!finish_text(article, decoded.broken, context_)) return reject(Fault::bad_input, "empty file");
  }
  out_.articles.push_back(std::move(article));
}

void SourceReader::tell_cut(const std::string& damage) {
  if (out_.articles.empty() || out_.articles.back().blocks.empty()) return;
  auto& article = out_.articles.back();
  article.repairs.push_back({static_cast<BlockIndex>(article.blocks.size() - 1), article.blocks.back().span, damage});
}

Outcome read_found(const Found& file, const Context& context) {
  Outcome out;
  SourceReader reader(file.source, file.id, context, out);
  if (file.path.empty()) {
    const auto stream = standard_input();
    reader.read(*stream);
    return out;
  }
  const auto stream = file_stream(file.path);
  if (stream.has_value()) {
    reader.read(**stream);
  } else {
    out.rejected.push_back({file.source, {stream.error().fault, stream.error().message, file.source}});
  }
  return out;
}

/// Articles sorted by id; where two would have the same, each gets a hash of its text, and where that is the same, too,
/// a number in the order of their sources.
void make_ids_unique(std::vector<Article>& articles) {
  const auto by_id = [](const Article& a, const Article& b) {
    return std::tie(a.id, a.source) < std::tie(b.id, b.source);
  };
  std::sort(articles.begin(), articles.end(), by_id);
  std::unordered_map<std::string, int> counts;
  for (const auto& article : articles) ++counts[article.id];
  std::unordered_set<std::string> taken;
  for (const auto& [id, count] : counts) {
    if (count == 1) taken.insert(id);
  }
  for (auto& article : articles) {
    if (counts[article.id] == 1) continue;
    const auto hash = static_cast<std::uint32_t>(XXH3_64bits(article.text.data(), article.text.size()));
    const auto hashed = fmt::format("{}~{:08x}", article.id, hash);
    auto id = hashed;
    for (int number = 2; !taken.insert(id).second; ++number) id = fmt::format("{}-{}", hashed, number);
    article.id = std::move(id);
  }
  std::sort(articles.begin(), articles.end(), by_id);
}

}  // namespace

bool finish_text(Article& article, std::size_t broken, const Context& context) {
  article.blocks = blocks_of_lines(article.text);
  if (article.blocks.empty()) return false;
  assign_roles(article, context.knowledge, context.machinery);
  tell_damage(article, broken);
  return true;
}

Pile read(std::span<const std::string> paths, const knowledge::Knowledge& knowledge, const Options& options) {
  auto found = walk(paths);
  const auto machinery = Machinery::of(knowledge);
  const auto files = found.files.size();
  const auto threads = std::max(1u, options.threads);
  const Context context{knowledge, *machinery, options,
                        std::max<unsigned>(1, threads / static_cast<unsigned>(std::max<std::size_t>(files, 1)))};

  std::vector<Outcome> outcomes(files);
  std::mutex progress;
  std::size_t done = 0;
  for_each_index(files, threads, [&](std::size_t i) {
    outcomes[i] = read_found(found.files[i], context);
    if (!options.progress) return;
    const std::lock_guard lock(progress);
    options.progress(++done, files);
  });

  Pile pile;
  pile.rejected = std::move(found.rejected);
  pile.passed_over = std::move(found.passed_over);
  for (auto& outcome : outcomes) {
    std::move(outcome.articles.begin(), outcome.articles.end(), std::back_inserter(pile.articles));
    std::move(outcome.rejected.begin(), outcome.rejected.end(), std::back_inserter(pile.rejected));
  }
  make_ids_unique(pile.articles);
  std::sort(pile.rejected.begin(), pile.rejected.end(), [](const Rejected& a, const Rejected& b) {
    return std::tie(a.source, a.error.message) < std::tie(b.source, b.error.message);
  });
  return pile;
}

std::vector<Article> read_bytes(std::string_view bytes, const std::string& source, const std::string& id,
                                const knowledge::Knowledge& knowledge, const Options& options,
                                std::vector<Rejected>& rejected) {
  const auto machinery = Machinery::of(knowledge);
  const Context context{knowledge, *machinery, options, std::max(1u, options.threads)};
  Outcome out;
  const auto stream = memory_stream(bytes);
  SourceReader(source, id, context, out).read(*stream);
  std::move(out.rejected.begin(), out.rejected.end(), std::back_inserter(rejected));
  return std::move(out.articles);
}

}  // namespace depesche::intake
