// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "cli/net_flags.hpp"
#include "cli/run.hpp"
#include "feed_source.hpp"

namespace patchbot {

/// The flags of vuln-feeds.
struct VulnFeeds {
  static constexpr auto name = "vuln-feeds";
  static constexpr auto summary =
      "Fetch what the world knows of vulnerabilities (KEV, EPSS, SSVC), check it, and keep the "
      "last good copy.";
  static constexpr auto examples =
      "  vuln-feeds --cache feeds\n"
      "  vuln-feeds --cache feeds --ssvc vulnrichment.zip\n"
      "  vuln-feeds --cache feeds --kev https://mirror.example/kev.json --epss epss.csv.gz\n"
      "  vuln-feeds --cache feeds --check\n"
      "  vuln-feeds --cache feeds --kev none --epss none --max-age 48     # only: how old are "
      "they?\n"
      "  junit-from-vulns --feeds feeds --findings - scan.nessus\n";

  std::string kev{default_kev};
  std::string epss{default_epss};
  std::string ssvc{no_feed};
  std::string cache;
  std::uint32_t max_age = 168;  ///< in hours; 0: any age
  bool accept_small = false;
  bool check = false;
  cli::NetFlags net;

  void declare(CLI::App& app);
  cli::Exit run(cli::World& world) const;
};

}  // namespace patchbot
