// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "model/inventory.hpp"
#include "services/aws/inspector.hpp"

namespace patchbot {

/// What Amazon Inspector and SSM know of the machines of one account and region.
class Agents {
 public:
  /// Asks both. `attempt` runs each question and takes care of its failure, which leaves the answer
  /// unknown.
  void ask(aws::Client& client, const std::function<void(const std::function<void()>&)>& attempt);

  /// Writes coverage and exposure into a machine, as far as they are known.
  void note(Target& target) const;

 private:
  std::string inspector_word(const Target& target) const;
  std::string ssm_word(const Target& target) const;

  std::optional<bool> inspected_;  // whether Inspector is switched on at all
  std::optional<std::unordered_map<std::string, aws::InspectorCoverage>> inspector_;
  std::optional<std::unordered_set<std::string>> reachable_;
  std::optional<std::unordered_map<std::string, std::string>> pings_;
};

}  // namespace patchbot
