// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/template_node.hpp"
#include "templates/ami_slots.hpp"

namespace patchbot {

/// A property of a resource that an AMI goes into.
struct AmiUse {
  std::string resource;
  std::string property;
  auto operator<=>(const AmiUse&) const = default;
};

/// Where the AMIs of a template come from: for every scalar that may reach a slot, by its path, the
/// slots that it may reach. Followed are Ref to a parameter's default, Fn::FindInMap to the cells
/// that its keys leave possible, Fn::If into both branches, Fn::Sub, Join, Select and Split, and
/// the variable of Fn::ForEach to its values.
struct AmiSources {
  std::unordered_map<std::string, std::vector<AmiUse>> uses;
};

/// Throws Error(input) where resources, maps and texts combine to millions of ways.
AmiSources ami_sources(const TemplateNode& root, const std::vector<AmiSlot>& slots);

/// Every scalar that anything in the template refers to, by its path, those of its resources
/// included. Throws as ami_sources does.
std::unordered_set<std::string> reached_values(const TemplateNode& root);

}  // namespace patchbot
