#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "cli/cli.h"

namespace depesche::cli {
namespace {

constexpr int width_without_terminal = 100;
constexpr int width_min = 40;
constexpr int width_max = 140;
constexpr std::size_t record_kinds_shown = 8;  ///< most frequent ones of those passed over

/// "1:02:03", "2:03".
std::string clock_time(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

/// The reading as one line for a person: "reading: 41,000 articles, 12 of 40 files, 35 %, 31,000 articles/s, 0:42 left".
std::string progress_line(const intake::Progress& progress, double seconds) {
  auto line =
      fmt::format("reading: {} articles, {} of {} files", progress.articles, progress.files_done, progress.files_total);
  const bool is_total_known = progress.bytes_total > 0;
  const double share =
      is_total_known
          ? std::min(1.0, static_cast<double>(progress.bytes_done) / static_cast<double>(progress.bytes_total))
          : 0;
  if (is_total_known) line += fmt::format(", {:.0f} %", std::floor(share * 100));
  if (seconds >= 1) line += fmt::format(", {:.0f} articles/s", static_cast<double>(progress.articles) / seconds);
  if (seconds >= 1 && share > 0) line += fmt::format(", {} left", clock_time(seconds * (1 - share) / share));
  return line;
}

/// "depesche: 40 records of archives passed over: 21 of type request, 12 status 404, 7 image/png".
void report_records(const intake::RecordCounts& counts) {
  std::vector<std::pair<std::string, std::size_t>> kinds(counts.begin(), counts.end());
  std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::size_t total = 0;
  for (const auto& [kind, n] : kinds) total += n;
  std::string shown;
  for (std::size_t i = 0; i < kinds.size() && i < record_kinds_shown; ++i) {
    shown += fmt::format("{}{} {}", i > 0 ? ", " : "", kinds[i].second, printable(kinds[i].first));
  }
  fmt::print(stderr, "depesche: {} {} of archives passed over: {}{}\n", total, total == 1 ? "record" : "records", shown,
             kinds.size() > record_kinds_shown ? ", …" : "");
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

void show_progress(std::string_view text) {
  if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\x1b[K{}", text);
}

bool ProgressPace::is_due() {
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return false;
  next_ = now + std::chrono::milliseconds(200);
  return true;
}

double ProgressPace::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

void Common::add_to(CLI::App& app) {
  app.add_flag("--quiet,-q", is_quiet, "No progress and no counts on stderr; what is rejected is still named");
  app.add_option("--threads", threads, "Threads to use (default: all); the output is the same for any number")
      ->check(CLI::Range(1, 1024));
}

std::optional<knowledge::Knowledge> open_knowledge(const Common& common) {
  knowledge::Options options;
  bool has_reported = false;
  if (!common.is_quiet) {
    options.progress = [&](std::string_view what) {
      has_reported = true;
      fmt::print(stderr, "depesche: knowledge: {}\n", what);
    };
  }
  auto opened = knowledge::Knowledge::open(options);
  if (!opened.has_value()) {
    fmt::print(stderr, "depesche: {}\n", describe(opened.error()));
    return {};
  }
  // Said once, when it was compiled; `depesche knowledge show` says it again.
  if (has_reported) {
    for (const auto& ingredient : (*opened).ingredients()) {
      if (!ingredient.missing.empty())
        fmt::print(stderr, "depesche: knowledge: {}: {}\n", ingredient.what, ingredient.missing);
    }
  }
  return std::move(*opened);
}

intake::Options intake_options(const Common& common) {
  intake::Options options;
  options.threads = common.threads > 0 ? common.threads : std::max(1U, std::thread::hardware_concurrency());
  if (!common.is_quiet) {
    options.progress = [pace = ProgressPace()](const intake::Progress& progress) mutable {
      if (progress.files_done == progress.files_total) {
        show_progress("");
      } else if (pace.is_due()) {
        show_progress(progress_line(progress, pace.seconds()));
      }
    };
  }
  return options;
}

void add_field_option(CLI::App& command, std::vector<std::string>& fields) {
  command.add_option("--field", fields, "JSON Lines: where a field stands in the input, as text=body")
      ->check([](const std::string& field) {
        return field.find('=') == std::string::npos ? "FIELD=NAME is wanted" : std::string();
      })
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_fields(std::span<const std::string> fields, intake::Options& options) {
  for (const std::string& field : fields) {
    const auto equals = field.find('=');
    options.fields[field.substr(0, equals)] = field.substr(equals + 1);
  }
}

std::function<void(std::size_t, std::size_t)> progress_of(std::string stage, const Common& common) {
  if (common.is_quiet) return {};
  return [stage = std::move(stage), pace = ProgressPace()](std::size_t done, std::size_t total) mutable {
    if (done >= total) return show_progress("");
    if (!pace.is_due()) return;
    auto line = fmt::format("{}: {} of {}", stage, done, total);
    if (pace.seconds() >= 1 && done > 0) {
      const double rate = static_cast<double>(done) / pace.seconds();
      line += fmt::format(", {:.0f}/s, {} left", rate, clock_time(static_cast<double>(total - done) / rate));
    }
    show_progress(line);
  };
}

namespace {

bool report_rejected(std::span<const intake::Rejected> all_rejected, std::span<const std::string> passed_over,
                     const intake::RecordCounts& records, const Common& common) {
  for (const auto& rejected : all_rejected) {
    fmt::print(stderr, "depesche: {}: {}\n", printable(rejected.source), printable(rejected.error.message));
  }
  if (!all_rejected.empty()) {
    fmt::print(stderr, "depesche: {} {} rejected\n", all_rejected.size(),
               all_rejected.size() == 1 ? "input" : "inputs");
  }
  if (!passed_over.empty() && !common.is_quiet) {
    const auto n = passed_over.size();
    fmt::print(stderr, "depesche: {} {} of other kinds passed over: {}{}\n", n, n == 1 ? "file" : "files",
               printable(passed_over[0]), n > 1 ? ", …" : "");
  }
  if (!records.empty() && !common.is_quiet) report_records(records);
  return !all_rejected.empty();
}

}  // namespace

bool report_rejected(const intake::Pile& pile, const Common& common) {
  return report_rejected(pile.rejected, pile.passed_over, pile.records_passed_over, common);
}

bool report_rejected(const intake::Leftovers& leftovers, const Common& common) {
  return report_rejected(leftovers.rejected, leftovers.passed_over, leftovers.records_passed_over, common);
}

std::optional<intake::Pile> read_one(const std::string& path, std::string_view command,
                                     const knowledge::Knowledge& knowledge, const Common& common) {
  const std::vector paths = {path};
  auto pile = intake::read(paths, knowledge, intake_options(common));
  report_rejected(pile, common);
  if (pile.articles.size() == 1) return pile;
  if (pile.rejected.empty())
    fmt::print(stderr, "depesche: {}: {} takes one article, here are {}\n", printable(path), command,
               pile.articles.size());
  return {};
}

void check_inputs_differ(std::string_view a, std::string_view b) {
  if (a == "-" && b == "-") throw CLI::ValidationError("A and B", "standard input can be read only once");
}

bool report_unknown_languages(const intake::Pile& pile, std::span<const text::Text> texts) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].language.is_known()) continue;
    fmt::print(stderr, "depesche: {}: no language is recognised; kept with language \"und\"\n",
               printable(pile.articles[i].source));
    ++count;
  }
  if (count > 0)
    fmt::print(stderr, "depesche: {} {} in no known language\n", count, count == 1 ? "article" : "articles");
  return count > 0;
}

views::Terminal terminal() {
  views::Terminal out;
  out.width = width_without_terminal;
  const bool is_terminal = isatty(STDOUT_FILENO) != 0;
  winsize size{};
  if (is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) out.width = size.ws_col;
  if (const char* columns = std::getenv("COLUMNS"); columns != nullptr && std::atoi(columns) > 0)
    out.width = std::atoi(columns);
  out.width = std::clamp(out.width, width_min, width_max);
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  out.is_coloured =
      is_terminal && (no_color == nullptr || *no_color == '\0') && term != nullptr && std::string_view(term) != "dumb";
  return out;
}

void Output::write(std::string_view text) {
  if (error_ == 0 && std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) error_ = errno;
}

int Output::finish(int status) {
  if (error_ == 0 && std::fflush(stdout) != 0) error_ = errno;
  // Whoever reads has had enough ("| head"); that is not ours to complain about.
  return error_ == 0 || error_ == EPIPE ? status : complain("cannot write to standard output");
}

int complain(std::string_view why) {
  fmt::print(stderr, "depesche: {}\n", why);
  return service_unavailable;
}

int print(const std::string& text, int status) {
  Output out;
  out.write(text);
  return out.finish(status);
}

}  // namespace depesche::cli
