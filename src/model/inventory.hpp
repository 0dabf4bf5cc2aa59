// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace patchbot {

/// What the agents and services say of one machine; empty: they could not be asked.
struct AgentCoverage {
  std::string inspector;  ///< active, not-covered, disabled, or Inspector's reason in lower case
  std::string ssm;        ///< online, connection-lost, inactive or not-managed
  bool operator==(const AgentCoverage&) const = default;
};

/// Key and value, sorted by key: AWS tells them in any order, and a list must not change by that.
using Tags = std::vector<std::pair<std::string, std::string>>;

/// One machine that exists, or one line of a plain target list. Empty means unknown.
struct Target {
  std::string id;  ///< EC2 instance id, or empty
  std::string account;
  std::string region;
  std::string vpc;
  std::vector<std::string> addresses;  ///< private, IPv4 and IPv6; host names in plain lists
  std::vector<std::string> public_addresses;
  std::string ami;
  std::string ami_name;
  std::optional<Time> launched_at;
  std::string state;
  std::string asg;
  std::string stack;
  std::string team;
  std::string service;
  std::string environment;
  std::string platform;         ///< linux or windows
  std::optional<bool> exposed;  ///< to the internet; unknown counts as exposed
  AgentCoverage coverage;
  Tags tags;
  std::string name;       ///< the Name tag, here as well as in tags
  bool is_range = false;  ///< a CIDR or an address range: proves nothing about single machines
  bool operator==(const Target&) const = default;
};

/// What an inventory says of itself.
struct InventoryHead {
  std::optional<Time> generated_at;
  std::string source;    ///< ec2, security-monkey or file
  bool partial = false;  ///< some account or region could not be read: the problems say which
  std::vector<std::string> problems;
  bool operator==(const InventoryHead&) const = default;
};

struct Inventory : InventoryHead {
  std::vector<Target> targets;
  bool operator==(const Inventory&) const = default;
};

/// The value of a tag: by the exact key, else by the key without case, which people mix up; null
/// if there is none.
const std::string* find_tag(const Tags& tags, std::string_view key);

/// What the weekly bakes of one image have in common: "web" for "web-2026.11.20-1432" and
/// "web-20261120", "ubuntu-22.04-web" for "ubuntu-22.04-web-7". Numbers at the end, and numbers as
/// long as a date anywhere, belong to the bake.
std::string ami_family(std::string_view name);

/// What identifies the machine over weekly replacements: account/region/service, else the Auto
/// Scaling group, else the AMI family, else the instance, else its first address.
std::string asset_id(const Target& target);

/// The one name that no team may have: its JUnit file would be the one about the scan.
constexpr std::string_view reserved_team = "scan";

/// The team of the machines that nobody owns.
constexpr std::string_view unowned = "unowned";

/// What to call one machine in a message.
std::string display_name(const Target& target);

}  // namespace patchbot
