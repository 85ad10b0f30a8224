#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "intake/intake.h"
#include "knowledge/knowledge.h"
#include "lineage/lineage.h"
#include "views/views.h"

namespace depesche::cli {

/// Exit statuses; scripts of others rely on them.
enum Exit : int { done = 0, some_input_rejected = 1, wrong_usage = 2, service_unavailable = 3 };

/// Options that every command takes.
struct Common {
  bool is_quiet = false;
  unsigned threads = 0;  ///< 0: as many as the machine has

  void add_to(CLI::App& app);
};

/// What `families --near` is asked for.
struct NearRequest {
  double resemblance = 0.5;
  std::optional<double> containment;
  bool as_csv = false;
};

/// Each command adds itself to the program and leaves its exit status in `status`.
void add_brief(CLI::App& program, int& status);
void add_actors(CLI::App& program, int& status);
void add_export(CLI::App& program, int& status);
void add_timeline(CLI::App& program, int& status);
void add_read(CLI::App& program, int& status);
void add_diff(CLI::App& program, int& status);
void add_align(CLI::App& program, int& status);
void add_facts(CLI::App& program, int& status);
void add_families(CLI::App& program, int& status);
void add_split(CLI::App& program, int& status);
void add_join(CLI::App& program, int& status);
void add_decide(CLI::App& program, int& status);
void add_knowledge(CLI::App& program, int& status);
void add_lang(CLI::App& program, int& status);

/// `families --near`: prints the near-duplicates among all articles of `paths`.
int tell_near(std::span<const std::string> paths, const NearRequest& request, const intake::Options& intake,
              const knowledge::Knowledge& knowledge, const Common& common);

// -- what commands share ------------------------------------------------------------------------------------------

/// The compiled knowledge, built with progress on stderr where needed; prints why and returns nothing where it cannot
/// be had.
std::optional<knowledge::Knowledge> open_knowledge(const Common& common);

/// Sets `status` to what `run(knowledge)` returns, or to service_unavailable where there is no knowledge to be had.
template <class Run>
void with_knowledge(const Common& common, int& status, const Run& run) {
  const auto knowledge = open_knowledge(common);
  status = knowledge ? run(*knowledge) : int(service_unavailable);
}

intake::Options intake_options(const Common& common);

/// `text` with control characters told instead of written: in the name of a file they would command the terminal.
std::string printable(std::string_view text);

/// One line on stderr that is written over while work goes on; nothing where stderr is no terminal.
void show_progress(std::string_view text);

/// When to show progress again, and for how long the work goes on.
class ProgressPace {
 public:
  /// True five times a second at most.
  bool is_due();
  double seconds() const;

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point next_ = begin_;
};

/// The option --field, which may be given several times, and its values as intake takes them.
void add_field_option(CLI::App& command, std::vector<std::string>& fields);
void add_fields(std::span<const std::string> fields, intake::Options& options);

/// Shows on a terminal how far a stage is, with rate and time left: "matching: 4,096 of 10,000, …". Empty where quiet.
std::function<void(std::size_t done, std::size_t total)> progress_of(std::string stage, const Common& common);

/// Names on stderr what was rejected and counts what was passed over. Whether anything was rejected.
bool report_rejected(const intake::Pile& pile, const Common& common);
bool report_rejected(const intake::Leftovers& leftovers, const Common& common);

/// The one article a path gives; nothing, with the reason on stderr, where it gives none or several. `command` is who
/// asks.
std::optional<intake::Pile> read_one(const std::string& path, std::string_view command,
                                     const knowledge::Knowledge& knowledge, const Common& common);

/// Wrong usage, thrown as CLI11 does, where standard input is to be both of two articles: the second would be empty.
void check_inputs_differ(std::string_view a, std::string_view b);

/// Names on stderr the articles whose language is not known, and counts them. Whether there were any.
bool report_unknown_languages(const intake::Pile& pile, std::span<const text::Text> texts);

/// Where a person's decisions are kept, and what they are.
struct DecisionsOption {
  std::string file;  ///< empty: the default beside the pile

  struct Heeded {
    lineage::Decisions decisions;
    bool any_damaged = false;  ///< named on stderr
  };

  void add_to(CLI::App& app);
  /// The file named; else the one of the usual name in the folder that is the only path, else beside the first path that
  /// is a file, else in the current folder.
  std::string path(std::span<const std::string> paths) const;
  /// Nothing, with the reason on stderr, where the file cannot be read or is no TOML. One that is missing decides nothing,
  /// unless it was named and is not about to be written.
  enum class Use : std::uint8_t { reading, writing };
  std::optional<Heeded> read(std::span<const std::string> paths, Use use = Use::reading) const;
};

/// The terminal that stdout is: its width, and colour where it is one and NO_COLOR is not set.
views::Terminal terminal();

/// Writes to stdout piece by piece and remembers whether it could.
class Output {
 public:
  void write(std::string_view text);
  /// As `print`: service_unavailable where any piece could not be written, else `status`.
  int finish(int status);

 private:
  int error_ = 0;  ///< errno of the first failure
};

/// Says on stderr why the command cannot go on; service_unavailable.
int complain(std::string_view why);

/// Writes to stdout; service_unavailable where that fails (a closed pipe, a full disk), else `status`.
int print(const std::string& text, int status);

}  // namespace depesche::cli
