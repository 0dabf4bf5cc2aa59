// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace patchbot {

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
  std::string state;
  std::string asg;
  std::string stack;
  std::string team;
  std::string service;
  std::string environment;
  std::string name;       ///< the Name tag
  bool is_range = false;  ///< a CIDR or an address range: proves nothing about single machines
  bool operator==(const Target&) const = default;
};

struct Inventory {
  std::vector<Target> targets;
  bool partial = false;
  std::vector<std::string> problems;
  bool operator==(const Inventory&) const = default;
};

/// What identifies the machine over weekly replacements: account/region/service, else the Auto
/// Scaling group, else the AMI family, else the instance, else its first address.
std::string asset_id(const Target& target);

/// The one name that no team may have: its JUnit file would be the one about the scan.
constexpr std::string_view reserved_team = "scan";

/// What to call one machine in a message.
std::string display_name(const Target& target);

}  // namespace patchbot
