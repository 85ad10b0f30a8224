#include <fmt/format.h>

#include <csignal>
#include <exception>

#include "cli/cli.h"

int main(int argc, char** argv) {
  using namespace depesche;
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of writing, told as such
  try {
    CLI::App program(
        "Reads the news, finds what was copied from what, and says who said what, and how many independent\n"
        "sources stand behind it.",
        "depesche");
    program.footer(
        "exit status: 0 done, 1 some input was rejected (named and counted on stderr), 2 wrong usage,\n"
        "3 a service is unavailable");
    program.set_version_flag("--version", "depesche " DEPESCHE_VERSION);
    program.require_subcommand(1);

    int status = cli::done;
    cli::add_brief(program, status);
    cli::add_actors(program, status);
    cli::add_timeline(program, status);
    cli::add_export(program, status);
    cli::add_read(program, status);
    cli::add_diff(program, status);
    cli::add_align(program, status);
    cli::add_facts(program, status);
    cli::add_families(program, status);
    cli::add_split(program, status);
    cli::add_join(program, status);
    cli::add_decide(program, status);
    cli::add_knowledge(program, status);
    cli::add_lang(program, status);
    try {
      program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return program.exit(error) == 0 ? cli::done : cli::wrong_usage;
    }
    return status;
  } catch (const std::exception& error) {
    // Nothing below throws on bad input; memory or threads may still run out.
    fmt::print(stderr, "depesche: {}\n", error.what());
    return cli::service_unavailable;
  }
}
