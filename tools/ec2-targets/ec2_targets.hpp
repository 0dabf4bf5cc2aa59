// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "cli/net_flags.hpp"
#include "cli/run.hpp"

namespace patchbot {

/// The flags of ec2-targets.
struct Ec2Targets {
  static constexpr auto name = "ec2-targets";
  static constexpr auto summary =
      "List the machines that exist right now: their addresses, owners, AMIs and agents.";
  static constexpr auto examples =
      "  ec2-targets --output inventory.json\n"
      "  ec2-targets --config patchbot.yaml --with-coverage --output inventory.json\n"
      "  ec2-targets --config patchbot.yaml --format ips --environment production\n"
      "  ec2-targets --config patchbot.yaml --check\n"
      "  ec2-targets --source file --format csv inventory.json\n";

  std::string file;
  std::string source = "ec2";
  std::string config;
  std::string format = "json";
  std::string state = "running";
  std::string team;
  std::string environment;
  std::string output = "-";
  bool with_coverage = false;
  bool check = false;
  bool allow_partial = false;
  std::uint32_t parallel = 16;
  cli::NetFlags net;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;
};

}  // namespace patchbot
