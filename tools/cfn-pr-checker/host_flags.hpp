// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "cli/net_flags.hpp"

namespace patchbot {

/// The flags for pull requests on their hosts.
struct HostFlags {
  std::string pr;
  bool comment = false;
  bool status = false;
  bool dry_run = false;
  bool check = false;
  cli::NetFlags net;

  void declare(CLI::App& app);
};

}  // namespace patchbot
