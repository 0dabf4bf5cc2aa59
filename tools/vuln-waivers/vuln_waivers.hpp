// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "cli/run.hpp"

namespace patchbot {

/// The flags of vuln-waivers.
struct VulnWaivers {
  static constexpr auto name = "vuln-waivers";
  static constexpr auto summary =
      "Check, list and announce accepted risks: waivers.yaml and the VEX documents that it names.";
  static constexpr auto examples =
      "  vuln-waivers check --waivers waivers.yaml --max-days 180 --require-approver\n"
      "  vuln-waivers check --findings findings.jsonl --format json --output waivers.json\n"
      "  vuln-waivers list --team checkout\n"
      "  vuln-waivers expiring --within 30 --format csv\n";

  std::string command;  ///< check, list or expiring
  std::string waivers = "waivers.yaml";
  std::string config;
  std::string findings;
  std::string team;
  std::string format = "table";
  std::string output = "-";
  std::uint32_t within = 14;
  std::uint32_t max_days = 0;  ///< 0: no limit
  bool require_approver = false;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;
};

}  // namespace patchbot
