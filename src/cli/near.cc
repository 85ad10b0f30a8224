#include "copies/near.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "cli/cli.h"
#include "copies/near_shingles.h"
#include "core/parallel.h"

namespace depesche::cli {
namespace {

constexpr std::size_t piece_bytes = 1u << 20;  ///< of output

/// The ids of documents as they will be printed, one behind the other: a million of them take little more than their
/// letters.
class PrintedIds {
 public:
  explicit PrintedIds(bool as_csv) : as_csv_(as_csv) {}

  void add(const std::string& id) {
    hashes_.push_back(std::hash<std::string>()(id));
    begins_.push_back(letters_.size());
    letters_ += as_csv_ ? views::csv_cell(id)
                        : nlohmann::json(id).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  }
  std::string_view operator[](std::size_t i) const {
    const auto end = i + 1 < begins_.size() ? begins_[i + 1] : letters_.size();
    return std::string_view(letters_).substr(begins_[i], end - begins_[i]);
  }
  /// How many documents have the id of one before them.
  std::size_t count_repeated() const {
    auto hashes = hashes_;
    std::sort(hashes.begin(), hashes.end());
    return static_cast<std::size_t>(hashes.end() - std::unique(hashes.begin(), hashes.end()));
  }

 private:
  bool as_csv_;
  std::string letters_;
  std::vector<std::size_t> begins_;
  std::vector<std::size_t> hashes_;
};

/// Makes sets of shingles of documents as they come, a batch at a time on all threads.
class NearReader {
 public:
  NearReader(unsigned threads, PrintedIds& ids, copies::NearDuplicates& near)
      : readers_(threads), ids_(ids), near_(near) {}

  void add(Article&& article) {
    ids_.add(article.id);
    auto text = text_of(std::move(article));
    if (readers_.size() == 1) {
      near_.add(readers_[0].read(text));
      return;
    }
    bytes_ += text.size();
    texts_.push_back(std::move(text));
    if (bytes_ >= batch_bytes) finish();
  }

  void finish() {
    std::vector<std::vector<std::uint64_t>> shingles(texts_.size());
    // A thread takes every so-maniest text, so that each has a reader of its own.
    const auto threads = readers_.size();
    for_each_index(threads, static_cast<unsigned>(threads), [&](std::size_t thread) {
      for (auto i = thread; i < texts_.size(); i += threads) {
        const auto of_text = readers_[thread].read(texts_[i]);
        shingles[i].assign(of_text.begin(), of_text.end());
      }
    });
    for (const auto& of_text : shingles) near_.add(of_text);
    texts_.clear();
    bytes_ = 0;
  }

 private:
  static constexpr std::size_t batch_bytes = 4u << 20;

  /// As it was given; of a page, what is printed as its body.
  static std::string text_of(Article&& article) {
    if (article.blocks.empty()) return std::move(article.text);
    std::string body;
    for (const Block& block : article.blocks) {
      if (block.role != Role::body && block.role != Role::subheading) continue;
      body += article.words_at(block.content());
      body += '\n';
    }
    return body;
  }

  std::vector<copies::ShingleReader> readers_;
  PrintedIds& ids_;
  copies::NearDuplicates& near_;
  std::vector<std::string> texts_;
  std::size_t bytes_ = 0;
};

/// A share in [0, 1] with six decimals.
void append_share(std::string& out, double share) {
  const auto millionths = static_cast<unsigned>(std::lround(share * 1e6));
  fmt::format_to(std::back_inserter(out), "{}.{:06}", millionths / 1'000'000, millionths % 1'000'000);
}

}  // namespace

int tell_near(std::span<const std::string> paths, const NearRequest& request, const intake::Options& intake,
              const knowledge::Knowledge& knowledge, const Common& common) {
  auto as_given = intake;
  as_given.as_given = true;
  PrintedIds ids(request.as_csv);
  copies::NearDuplicates near;
  NearReader reader(as_given.threads, ids, near);
  const auto leftovers =
      intake::read_each(paths, knowledge, as_given, [&](Article&& article) { reader.add(std::move(article)); });
  reader.finish();

  Output out;
  std::string lines = request.as_csv ? "a,b,resemblance,containment\n" : "";
  const auto print_pair = [&](const copies::NearPair& pair) {
    lines += request.as_csv ? "" : R"({"a":)";
    lines += ids[pair.a];
    lines += request.as_csv ? "," : R"(,"b":)";
    lines += ids[pair.b];
    lines += request.as_csv ? "," : R"(,"resemblance":)";
    append_share(lines, pair.resemblance);
    lines += request.as_csv ? "," : R"(,"containment":)";
    append_share(lines, pair.containment);
    lines += request.as_csv ? "\n" : "}\n";
    if (lines.size() < piece_bytes) return;
    out.write(lines);
    lines.clear();
  };
  const auto report =
      near.find({request.resemblance, request.containment}, print_pair, progress_of("comparing", common));
  out.write(lines);

  const bool any_rejected = report_rejected(leftovers, common);
  if (report.crowds > 0) {
    fmt::print(
        stderr,
        "depesche: {} {} of more than {} articles with the same text, {} articles in all: each is paired with the "
        "first of its group only\n",
        report.crowds, report.crowds == 1 ? "group" : "groups", copies::NearDuplicates::crowd_max,
        report.crowd_documents);
  }
  if (const auto repeated = ids.count_repeated(); repeated > 0 && !common.is_quiet) {
    fmt::print(stderr, "depesche: {} {} the id of another; pairs do not tell them apart\n", repeated,
               repeated == 1 ? "article has" : "articles have");
  }
  return out.finish(any_rejected ? some_input_rejected : done);
}

}  // namespace depesche::cli
