// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "cli/net_flags.hpp"
#include "cli/run.hpp"

namespace patchbot {

/// The flags of ami-update-status.
struct AmiUpdateStatus {
  static constexpr auto name = "ami-update-status";
  static constexpr auto summary =
      "Tell for every service how far it is with its newest AMI, and where it is stuck.";
  static constexpr auto examples =
      "  ami-update-status\n"
      "  ami-update-status --config patchbot.yaml --team shop\n"
      "  ami-update-status --config patchbot.yaml --stale-only --format markdown\n"
      "  ami-update-status --config patchbot.yaml --format json --output status.json --junit "
      "status.xml --max-age 30\n"
      "  ami-update-status --config patchbot.yaml --check\n";

  std::string config;
  std::string team;
  std::string environment;
  std::string format = "table";
  std::string output = "-";
  std::string junit;
  bool stale_only = false;
  bool allow_partial = false;
  bool check = false;
  std::uint32_t max_age = 0;  ///< days; 0: any
  std::uint32_t parallel = 16;
  cli::NetFlags net;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;
};

}  // namespace patchbot
