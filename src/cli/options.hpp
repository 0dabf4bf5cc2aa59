// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace patchbot::cli {

/// Adds an option that can also be set by its environment variable: --fail-on, PATCHBOT_FAIL_ON.
CLI::Option* add_text(CLI::App& app,
                      const std::string& flag,
                      std::string& value,
                      const std::string& type,
                      const std::string& description);

/// The same for one of a few words.
CLI::Option* add_choice(CLI::App& app,
                        const std::string& flag,
                        std::string& value,
                        const std::vector<std::string>& words,
                        const std::string& description);

CLI::Option* add_switch(CLI::App& app,
                        const std::string& flag,
                        bool& value,
                        const std::string& description);

/// --parallel N, from 1 to 64, of the tools that ask many accounts and regions.
CLI::Option* add_parallel(CLI::App& app, std::uint32_t& value);

/// "--fail-on" is PATCHBOT_FAIL_ON.
std::string environment_name(const std::string& flag);

/// The help text of a command: options, examples, exit statuses. Independent of the CLI11 release.
std::string help_text(const CLI::App& app, std::string_view examples);

}  // namespace patchbot::cli
