// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace patchbot {

struct ProcessLimits {
  std::chrono::milliseconds timeout{60'000};
  std::size_t max_output = std::size_t{64} * 1024;  ///< of standard output, in bytes
  std::size_t kept_errors = 4096;                   ///< of standard error; the rest is dropped
};

struct ProcessResult {
  int exit_code = 0;  ///< 128 + N: signal N ended it, as shells say
  std::string output;
  std::string errors;
};

/// Runs a program to its end, without a shell; `input` is its standard input. Throws Error(usage)
/// if it cannot be started, and Error(remote) if it takes too long or writes too much; it is
/// killed then.
ProcessResult run_program(const std::vector<std::string>& command,
                          const ProcessLimits& limits = {},
                          std::string_view input = {});

/// The words of a command as a shell (and Python's shlex) splits them: quotes and backslashes work,
/// nothing is expanded. Throws Error(usage) for an open quote.
std::vector<std::string> split_command(std::string_view text);

}  // namespace patchbot
