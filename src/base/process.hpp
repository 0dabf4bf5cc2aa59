// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace patchbot {

struct ProcessLimits {
  std::chrono::milliseconds timeout{60'000};
  std::size_t max_output = std::size_t{64} * 1024;  ///< of standard output, in bytes
  std::size_t kept_errors = 4096;                   ///< of standard error; the rest is dropped
};

/// What a program finds, where it must know nothing of what we do.
struct ProcessPlace {
  std::string folder;                    ///< its working directory; empty: ours
  std::vector<std::string> environment;  ///< "NAME=value", and nothing else; empty: ours
  std::string_view input;                ///< on its standard input

  /// A group of its own ends as a whole, whatever the program started; but it cannot ask the user
  /// anything.
  enum class Group : std::uint8_t { ours, own } group = Group::ours;
};

struct ProcessResult {
  int exit_code = 0;  ///< 128 + N: signal N ended it, as shells say
  std::string output;
  std::string errors;
};

/// Runs a program to its end, without a shell. It is found as our own PATH says. Throws
/// Error(usage) if it cannot be started, and Error(remote) if it takes too long or writes too much;
/// it is killed then, and with it its group, if that is its own.
ProcessResult run_program(const std::vector<std::string>& command,
                          const ProcessLimits& limits = {},
                          const ProcessPlace& place = {});

/// The words of a command as a shell (and Python's shlex) splits them: quotes and backslashes work,
/// nothing is expanded. Throws Error(usage) for an open quote.
std::vector<std::string> split_command(std::string_view text);

}  // namespace patchbot
