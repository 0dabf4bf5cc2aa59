// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <concepts>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit.hpp"
#include "cli/world.hpp"

namespace patchbot::cli {

/// A tool is a struct whose members are its flags.
template <class T>
concept Tool = requires(T tool, const T& ready, CLI::App& app, World& world) {
  { T::name } -> std::convertible_to<std::string_view>;
  { T::summary } -> std::convertible_to<std::string_view>;
  { T::examples } -> std::convertible_to<std::string_view>;
  tool.declare(app);
  { ready.run(world) } -> std::same_as<Exit>;
};

struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view examples;
  std::function<void(CLI::App&)> declare;
  std::function<Exit(World&)> run;
};

/// Parses the arguments and runs; the only place that turns exceptions into an exit status.
int run_command(const Command& command,
                const std::vector<std::string>& arguments,
                std::ostream& out,
                std::ostream& err);

/// A whole command in process, as the tests run it. `arguments` are without the program's name.
template <Tool T>
int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
  T tool;
  const Command command{T::name,
                        T::summary,
                        T::examples,
                        [&tool](CLI::App& app) { tool.declare(app); },
                        [&tool](World& world) { return tool.run(world); }};
  return run_command(command, arguments, out, err);
}

/// For main(): the real standard streams, and cleaning up on signals.
int run_main(
    int argc,
    char** argv,
    const std::function<int(const std::vector<std::string>&, std::ostream&, std::ostream&)>& run);

template <Tool T>
int run(int argc, char** argv) {
  return run_main(argc, argv, [](const auto& arguments, std::ostream& out, std::ostream& err) {
    return run<T>(arguments, out, err);
  });
}

}  // namespace patchbot::cli
