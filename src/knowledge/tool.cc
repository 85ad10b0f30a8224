#include "knowledge/tool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace depesche::knowledge {
namespace {

constexpr std::size_t output_bytes_max = 256u << 20;

}  // namespace

std::optional<std::filesystem::path> find_tool(std::string_view name) {
  const char* const path = std::getenv("PATH");
  std::string_view folders = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (!folders.empty()) {
    const auto end = std::min(folders.find(':'), folders.size());
    auto candidate = std::filesystem::path(folders.substr(0, end)) / name;
    if (candidate.is_absolute() && ::access(candidate.c_str(), X_OK) == 0) return candidate;
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return {};
}

Result<std::string> run_tool(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
  const auto unavailable = [&](std::string_view reason) {
    return fail(Fault::unavailable, fmt::format("cannot be run: {}", reason), program.string());
  };

  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return unavailable(std::strerror(errno));

  std::vector<std::string> words = {program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int not_started = ::posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (not_started != 0) {
    ::close(ends[0]);
    return unavailable(std::strerror(not_started));
  }

  std::string output;
  std::array<char, 1 << 16> buffer;
  ssize_t got = 0;
  while (output.size() <= output_bytes_max) {
    got = ::read(ends[0], buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    output.append(buffer.data(), static_cast<std::size_t>(got));
  }
  ::close(ends[0]);  // a program that still writes ends by SIGPIPE

  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return unavailable(std::strerror(errno));
  }
  if (got < 0) return unavailable("its output cannot be read");
  if (output.size() > output_bytes_max) return unavailable("it writes without end");
  if (!WIFEXITED(status)) return unavailable("it was stopped by a signal");
  if (WEXITSTATUS(status) != 0) return unavailable(fmt::format("it exits with {}", WEXITSTATUS(status)));
  return output;
}

}  // namespace depesche::knowledge
