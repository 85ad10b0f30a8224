#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "cli/cli.h"

namespace depesche::cli {
namespace {

constexpr int width_without_terminal = 100;
constexpr int width_min = 40;
constexpr int width_max = 140;

/// One line on stderr that is written over while work goes on; nothing where stderr is no terminal.
void show_progress(std::string_view text) {
  if (isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\x1b[K{}", text);
}

/// Control characters in the name of a file would command the terminal.
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

}  // namespace

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
    options.progress = [](std::size_t done, std::size_t total) {
      if (done == total) {
        show_progress("");
      } else if (done % 64 == 0) {
        show_progress(fmt::format("reading {} of {}", done, total));
      }
    };
  }
  return options;
}

bool report_rejected(const intake::Pile& pile, const Common& common) {
  for (const auto& rejected : pile.rejected) {
    fmt::print(stderr, "depesche: {}: {}\n", printable(rejected.source), printable(rejected.error.message));
  }
  if (!pile.rejected.empty()) {
    fmt::print(stderr, "depesche: {} {} rejected\n", pile.rejected.size(),
               pile.rejected.size() == 1 ? "input" : "inputs");
  }
  if (!pile.passed_over.empty() && !common.is_quiet) {
    const auto n = pile.passed_over.size();
    fmt::print(stderr, "depesche: {} {} of other kinds passed over: {}{}\n", n, n == 1 ? "file" : "files",
               printable(pile.passed_over[0]), n > 1 ? ", …" : "");
  }
  return !pile.rejected.empty();
}

std::optional<intake::Pile> read_one(const std::string& path, std::string_view command,
                                     const knowledge::Knowledge& knowledge, const Common& common) {
  const std::vector paths = {path};
  auto pile = intake::read(paths, knowledge, intake_options(common));
  report_rejected(pile, common);
  if (pile.articles.size() == 1) return pile;
  if (pile.rejected.empty())
    fmt::print(stderr, "depesche: {}: {} takes one article, here are {}\n", path, command, pile.articles.size());
  return {};
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

int print(const std::string& text, int status) {
  const bool ok = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  // Whoever reads has had enough ("| head"); that is not ours to complain about.
  if (ok || errno == EPIPE) return status;
  fmt::print(stderr, "depesche: cannot write to standard output\n");
  return service_unavailable;
}

}  // namespace depesche::cli
