#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "cli/cli.h"
#include "copies/meanings.h"
#include "engine/corpus.h"

namespace depesche::cli {
namespace {

struct Options {
  Common common;
  std::vector<std::string> paths;
  std::vector<std::string> fields;
  DecisionsOption decisions;
  std::string format = "jsonl";
  bool shows_families = false;
  bool keeps = false;
  bool is_near = false;
  NearRequest near;
};

/// Lines put aside on the disk until it is known which of them are wanted. The file has no name and goes with us.
class Shelf {
 public:
  Shelf() : file_(std::tmpfile()) {}

  bool is_open() const { return file_ != nullptr; }

  void put(std::string_view line) {
    begins_.push_back(size_);
    size_ += line.size();
    is_full_ = is_full_ || std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size();
  }

  /// Whether a line could not be put aside: the disk is full.
  bool is_full() const { return is_full_; }

  std::string take(std::size_t i) {
    const auto end = i + 1 < begins_.size() ? begins_[i + 1] : size_;
    std::string line(end - begins_[i], '\0');
    if (fseeko(file_.get(), static_cast<off_t>(begins_[i]), SEEK_SET) != 0 ||
        std::fread(line.data(), 1, line.size(), file_.get()) != line.size()) {
      is_full_ = true;
    }
    return line;
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<std::uint64_t> begins_;
  std::uint64_t size_ = 0;
  bool is_full_ = false;
};

/// The articles that stand for their families, by their places in the corpus and in the order in which they were read: of each family the fullest printing
/// that is mostly this dispatch, and every composite that has text of its own.
std::vector<ArticleIndex> representatives(const Corpus& corpus, const lineage::Families& families) {
  const auto main_family = lineage::main_dispatches(families, corpus.printings.size());
  std::vector<ArticleIndex> kept;
  for (std::size_t d = 0; d < families.dispatches.size(); ++d) {
    const auto& members = families.dispatches[d].members;
    ArticleIndex fullest = members[0].article;
    for (const auto& member : members) {
      const bool is_longer = corpus.bodies[member.article].size() > corpus.bodies[fullest].size();
      if (main_family[member.article] == d && (main_family[fullest] != d || is_longer)) fullest = member.article;
    }
    kept.push_back(fullest);
  }
  std::sort(kept.begin(), kept.end(),
            [&](ArticleIndex x, ArticleIndex y) { return corpus.arrival[x] < corpus.arrival[y]; });
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return kept;
}

int tell_families(const Options& options, const knowledge::Knowledge& knowledge) {
  auto intake = intake_options(options.common);
  add_fields(options.fields, intake);
  const auto heeded = options.decisions.read(options.paths);
  if (!heeded) return some_input_rejected;
  std::optional<Shelf> shelf;
  std::function<void(const Article&, Language)> each;
  if (options.keeps) {
    shelf.emplace();
    if (!shelf->is_open()) return complain("cannot put articles aside in the folder for temporary files");
    each = [&](const Article& article, Language language) {
      shelf->put(views::article_json_without_id(article, language, false));  // ids are made unique at the end
    };
  }
  const Corpus corpus = gather(options.paths, knowledge, intake, each);
  const auto shared = copies::match_all(corpus.bodies, progress_of("matching", options.common),
                                        progress_of("matching across languages", options.common));
  const auto families = lineage::find_families(corpus.printings, corpus.bodies, shared, heeded->decisions);

  Output out;
  const auto format = options.format == "csv" ? views::Lines::csv : views::Lines::json;
  const views::Sink sink = [&](std::string_view text) { out.write(text); };
  if (options.keeps) {
    for (const ArticleIndex i : representatives(corpus, families))
      sink(views::with_id(corpus.printings[i].id, shelf->take(corpus.arrival[i])));
    if (shelf->is_full())
      return complain("articles put aside in the folder for temporary files were lost: is the disk full?");
  } else if (options.shows_families) {
    views::write_families(corpus, families, format, sink);
  } else {
    views::write_edges(corpus, families, format, sink);
  }
  const bool any_rejected = report_rejected(corpus.leftovers, options.common);
  return out.finish(any_rejected || heeded->any_damaged ? some_input_rejected : done);
}

std::string check_share(const std::string& written) {
  double share = 0;
  const bool is_number = CLI::detail::lexical_cast(written, share);
  return is_number && share > 0 && share <= 1 ? std::string() : written + " is no share above 0 and up to 1";
}

}  // namespace

void add_families(CLI::App& program, int& status) {
  auto options = std::make_shared<Options>();
  auto* command =
      program.add_subcommand("families", "Which articles print the same dispatch: copies, cuts, rewrites, parts");
  command->add_option("PATH", options->paths, "Files, folders (read recursively) or - for standard input")->required();
  auto* families = command->add_flag("--families", options->shows_families, "One family a line, with its members");
  auto* keep = command->add_flag("--keep", options->keeps,
                                 "The articles themselves, as `read` gives them, one for each family; JSON Lines only");
  keep->excludes(families);
  auto* near =
      command->add_flag("--near", options->is_near,
                        "Only near-duplicates, of one language: every pair of articles that share enough runs of "
                        "five words (in scripts without blanks, of five characters), compared as sets, exactly");
  near->excludes(families)->excludes(keep);
  command
      ->add_option("--resemblance", options->near.resemblance,
                   "With --near: pairs that share this much of the runs of both, from above 0 to 1")
      ->capture_default_str()
      ->check(check_share)
      ->needs(near);
  command
      ->add_option(
          "--containment", options->near.containment,
          "With --near: also pairs that share this much of the runs of the shorter, whatever their resemblance; "
          "--resemblance 1 beside it leaves these alone")
      ->check(check_share)
      ->needs(near);
  command->add_option("--format", options->format, "jsonl or csv (not with --keep)")
      ->check(CLI::IsMember({"jsonl", "csv"}));
  add_field_option(*command, options->fields);
  options->decisions.add_to(*command);
  options->common.add_to(*command);
  command->callback([options, &status] {
    if (options->keeps && options->format == "csv")
      throw CLI::ValidationError("--keep", "gives JSON Lines only, no --format csv");
    with_knowledge(options->common, status, [&](const knowledge::Knowledge& knowledge) {
      if (!options->is_near) return tell_families(*options, knowledge);
      auto intake = intake_options(options->common);
      add_fields(options->fields, intake);
      options->near.as_csv = options->format == "csv";
      return tell_near(options->paths, options->near, intake, knowledge, options->common);
    });
  });
}

}  // namespace depesche::cli
