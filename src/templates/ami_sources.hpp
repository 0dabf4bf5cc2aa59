// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/template_node.hpp"
#include "templates/ami_slots.hpp"
#include "templates/conditions.hpp"

namespace patchbot {

/// A property of a resource that an AMI goes into.
struct AmiUse {
  std::string resource;
  std::string property;
  bool operator==(const AmiUse&) const = default;
  bool operator<(const AmiUse& other) const {
    return std::tie(resource, property) < std::tie(other.resource, other.property);
  }
};

/// Adds those of `others` that are not there yet; there may be thousands.
void unite(const std::vector<AmiUse>& others, std::vector<AmiUse>& uses);

/// An AMI, or a part of the template, that the template alone does not tell.
struct UnresolvedAmi {
  AmiUse use;  ///< empty where it is not about one property
  Position place;
  std::string reason;
};

/// Where the AMIs of a template come from: for every scalar that may reach a slot, by its path, the
/// slots that it may reach. Followed are Ref to a parameter's default, Fn::FindInMap to the cells
/// that its keys leave possible, Fn::If into both branches, Fn::Sub, Join, Select and Split, and
/// the variable of Fn::ForEach to its values.
struct AmiSources {
  std::unordered_map<std::string, std::vector<AmiUse>> uses;

  /// Likewise for every scalar that decides which of them a slot gets: in what keys of maps and
  /// conditions of branches refer to.
  std::unordered_map<std::string, std::vector<AmiUse>> deciding;

  /// Of `uses` the ones that are ids, by path: what is written there.
  std::unordered_map<std::string, std::string> ids;

  /// The same as uses for every parameter, by its name.
  std::unordered_map<std::string, std::vector<AmiUse>> parameters;

  /// The same as deciding for every parameter, by its name.
  std::unordered_map<std::string, std::vector<AmiUse>> deciding_parameters;

  /// Of deciding_parameters those in keys and conditions that come to nothing known; only with
  /// conditions to ask.
  std::unordered_map<std::string, std::vector<AmiUse>> undecided_parameters;

  /// In the order of the slots; what macros and includes add stands last.
  std::vector<UnresolvedAmi> unresolved;

  std::size_t steps = 0;  ///< that it took to find them
};

/// Of AmiSources what tells nothing but names of parameters.
struct AmiParameters {
  std::unordered_map<std::string, std::vector<AmiUse>> giving;    ///< AmiSources::parameters
  std::unordered_map<std::string, std::vector<AmiUse>> deciding;  ///< deciding_parameters
};

/// Throws Error(input) where resources, maps and texts combine to millions of ways. With
/// conditions, branches of Fn::If that are dead and cells of maps that their parameters do not
/// choose are not followed, nor is the default of a parameter that has a value. All that `ways`
/// come from is deciding (see ami_ways).
AmiSources ami_sources(const TemplateNode& root,
                       const std::vector<AmiSlot>& slots,
                       const Conditions* conditions = nullptr,
                       const std::vector<AmiSlot>& ways = {});

/// The same without looking into maps, whose cells refer to nothing: it is fast where these are
/// large.
AmiParameters ami_parameters(const TemplateNode& root,
                             const std::vector<AmiSlot>& slots,
                             const std::vector<AmiSlot>& ways = {});

/// The parameters that anything but these slots, and what decides about them, gets or depends on.
/// Throws as ami_sources does.
std::unordered_set<std::string> parameters_beside(const TemplateNode& root,
                                                  const std::vector<AmiSlot>& slots);

/// Every scalar that anything in the template refers to, by its path, those of its resources
/// included. Throws as ami_sources does.
std::unordered_set<std::string> reached_values(const TemplateNode& root);

}  // namespace patchbot
