// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "cli/world.hpp"
#include "net/http.hpp"

namespace patchbot::cli {

/// The way to the services for one run.
struct Net {
  std::unique_ptr<Transport> transport;
  std::unique_ptr<Clock> still;  ///< of a replay
  Clock* clock = nullptr;        ///< the one to go by
  bool replayed = false;         ///< then nobody has credentials, and nobody needs them
  std::chrono::milliseconds deadline{};
};

/// The flags that all tools share that talk to a service.
struct NetFlags {
  std::string record;
  std::string replay;
  std::string ca_file;
  bool insecure = false;
  unsigned deadline_seconds = 900;

  void declare(CLI::App& app);

  /// Warns of --insecure. A recording keeps `settings`; in a replay they are all that
  /// world.environment knows, and world.now is the time of the recording unless --now says
  /// otherwise. Throws Error(usage).
  Net open(World& world, const std::map<std::string, std::string>& settings) const;
};

}  // namespace patchbot::cli
