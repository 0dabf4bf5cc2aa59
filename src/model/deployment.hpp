// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "model/inventory.hpp"

// What AWS says of how servers come to be. Empty means unknown.

namespace patchbot {

/// One version of a launch template.
struct LaunchTemplateVersion {
  std::string id;
  std::string name;
  std::uint64_t number = 0;
  bool is_default = false;
  bool is_latest = false;  ///< as far as it was asked for
  std::string ami;         ///< an id; "resolve:ssm:..." where EC2 did not resolve it
  std::optional<Time> created_at;
  bool operator==(const LaunchTemplateVersion&) const = default;
};

/// A launch template that servers start from, as an Auto Scaling group names it.
struct LaunchTemplateReference {
  std::string id;
  std::string name;
  std::string version;  ///< a number, "$Latest" or "$Default"
  bool means(const LaunchTemplateVersion& one) const;
  bool operator==(const LaunchTemplateReference&) const = default;
};

struct AutoScalingGroup {
  std::string name;
  LaunchTemplateReference launch_template;  ///< that of a mixed instances policy, too
  std::string launch_configuration;         ///< the older way
  std::uint64_t desired = 0;
  std::vector<std::string> suspended;  ///< processes
  Tags tags;
  bool operator==(const AutoScalingGroup&) const = default;
};

/// One replacement of the servers of a group.
struct InstanceRefresh {
  std::string id;
  std::string group;
  std::string status;  ///< EC2's word: "InProgress", "Successful", "RollbackFailed", ...
  std::string reason;
  std::optional<int> percent;
  std::optional<Time> started_at;
  std::optional<Time> ended_at;
  bool goes_forward() const;  ///< it goes on, and is neither cancelled nor rolled back
  bool operator==(const InstanceRefresh&) const = default;
};

struct StackParameter {
  std::string name;
  std::string value;
  std::string resolved;  ///< what Systems Manager had for it at the last deployment
  bool operator==(const StackParameter&) const = default;
};

struct Stack {
  std::string name;
  std::string id;
  std::string status;  ///< "UPDATE_COMPLETE", "UPDATE_ROLLBACK_IN_PROGRESS", ...
  std::string reason;
  std::string parent;  ///< the id of the stack that nests it
  std::optional<Time> created_at;
  std::optional<Time> updated_at;  ///< none before the first update
  std::vector<StackParameter> parameters;
  Tags tags;

  std::optional<Time> changed_at() const;  ///< its last update, else when it was made
  bool operator==(const Stack&) const = default;
};

/// Servers of one AMI, group and stack: a fleet may have a hundred thousand, so that those which
/// are alike are told as one.
struct AlikeServers {
  std::string where;  ///< the region and account: names mean something in one of them only
  std::string ami;
  std::string group;  ///< of Auto Scaling
  std::string stack;
  std::size_t count = 0;
  std::optional<std::pair<Time, Time>>
      launched;                  ///< the first and the last; none if one is unknown
  std::vector<std::string> ids;  ///< of those that belong to no group and no stack

  void add(const Target& server);
  bool belongs_somewhere() const { return !group.empty() || !stack.empty(); }
};

}  // namespace patchbot
