// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <utility>

#include "base/atomic_file.hpp"
#include "base/text.hpp"
#include "cli/options.hpp"
#include "cli/system_clock.hpp"

namespace patchbot::cli {
namespace {

struct CommonFlags {
  bool quiet = false;
  bool verbose = false;
  std::string now;

  void declare(CLI::App& app) {
    add_text(app,
             "--now",
             now,
             "TIME",
             "Take this as the present time, for example 2026-11-23T06:00:00Z");
    add_switch(app, "-q,--quiet", quiet, "Write errors only to standard error");
    add_switch(app, "-v,--verbose", verbose, "Write more to standard error")->excludes("--quiet");
  }

  Log::Level level() const {
    if (quiet) return Log::Level::quiet;
    return verbose ? Log::Level::verbose : Log::Level::normal;
  }

  void set_time(World& world) const {
    world.now_given = !now.empty();
    world.now = now.empty() ? world.clock.now() : parsed_now();
  }

 private:
  Time parsed_now() const {
    const auto time = parse_rfc3339(now);
    if (!time) {
      throw Error(Blame::usage,
                  "--now: '" + now + "' is no time; expected the form 2026-11-23T06:00:00Z");
    }
    return *time;
  }
};

// CLI11 names an argument that it does not know; what was meant is for us to guess.
std::string hint_for(const CLI::App& app, const std::vector<std::string>& arguments) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  for (const std::string& argument : arguments) {
    const std::string flag = argument.substr(0, argument.find('='));
    if (!flag.starts_with("--") || flag == "--") continue;
    if (std::find(names.begin(), names.end(), flag) != names.end()) continue;
    if (const auto near = closest(flag, known)) return "; did you mean " + std::string(*near) + "?";
  }
  return "; see --help";
}

// The first file that is opened would otherwise take the place of a closed standard stream, and get
// what was meant for it. Each gets a stand-in that fails as the closed one would; messages for
// nobody are dropped.
void occupy_closed_streams() {
  for (const auto& [stream, mode] : {std::pair{STDIN_FILENO, O_WRONLY},
                                     std::pair{STDOUT_FILENO, O_RDONLY},
                                     std::pair{STDERR_FILENO, O_RDWR}}) {
    if (::fcntl(stream, F_GETFD) != -1) continue;
    (void)::open("/dev/null", mode);  // takes the lowest free number, which is this one
  }
}

std::string variable_of_process(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::string() : value;
}

Exit guarded(const std::function<Exit()>& body, Log& log) {
  try {
    return body();
  } catch (const Error& error) {
    log.error(error.what());
    return exit_for(error.blame());
  } catch (const std::exception& error) {
    log.error(std::string("bug: ") + error.what());
    return Exit::bug;
  }
}

Exit parse_and_run(const Command& command,
                   const std::vector<std::string>& arguments,
                   World& world) {
  CLI::App app{std::string(command.summary), std::string(command.name)};
  CommonFlags common;
  command.declare(app);
  common.declare(app);
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.set_version_flag(
      "--version", std::string(command.name) + " " PATCHBOT_VERSION, "Print the version and exit");
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    world.out << help_text(app, command.examples);
    return Exit::clean;
  } catch (const CLI::CallForVersion& version) {
    world.out << version.what() << '\n';
    return Exit::clean;
  } catch (const CLI::ParseError& error) {
    throw Error(Blame::usage, error.what() + hint_for(app, arguments));
  }
  world.log.set_level(common.level());
  common.set_time(world);
  return command.run(world);
}

}  // namespace

int run_command(const Command& command,
                const std::vector<std::string>& arguments,
                std::ostream& out,
                std::ostream& err) {
  const bool terminal = &err == &std::cerr && ::isatty(STDERR_FILENO) != 0;
  World world{out, Log(err), system_clock(), variable_of_process};
  world.version = PATCHBOT_VERSION;
  world.log.set_terminal(terminal);
  world.colour = terminal && world.environment("NO_COLOR").empty();
  const Exit exit = guarded([&] { return parse_and_run(command, arguments, world); }, world.log);
  out.flush();
  if (!out) {
    world.log.error("standard output cannot be written");
    return static_cast<int>(worst(exit, Exit::usage));
  }
  return static_cast<int>(exit);
}

int run_main(
    int argc,
    char** argv,
    const std::function<int(const std::vector<std::string>&, std::ostream&, std::ostream&)>& run) {
  occupy_closed_streams();
  std::ios::sync_with_stdio(false);
  remove_unfinished_files_on_signal();
  return run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
}

}  // namespace patchbot::cli
