// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "model/severity.hpp"

namespace patchbot {

/// The severity from which a gate acts; none: never.
using Threshold = std::optional<Severity>;

/// What a gate: section says; an absent member leaves the decision to the next wider one.
struct GateSettings {
  std::optional<Threshold> fail_on;
  std::optional<Threshold> warn_on;
  bool operator==(const GateSettings&) const = default;
};

struct TeamSettings {
  std::string description;
  std::string contact;
  GateSettings gate;
  bool operator==(const TeamSettings&) const = default;
};

/// patchbot.yaml.
struct Config {
  std::map<std::string, TeamSettings> teams;
  GateSettings gate;
  bool operator==(const Config&) const = default;
};

}  // namespace patchbot
