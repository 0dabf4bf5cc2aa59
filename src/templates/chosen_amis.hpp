// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "templates/ami_reach.hpp"
#include "templates/conditions.hpp"
#include "templates/resources.hpp"

namespace patchbot {

/// Those of the resources whose own condition does not rule them out.
std::vector<TemplateResource> living(const TemplateNode& root, const Conditions& conditions);

/// Which AMIs the properties of a template get where its parameters have these values, and their
/// defaults where they have none: keys of maps and conditions that this decides are decided.
class ChosenAmis {
 public:
  /// `root` must outlive it. Throws as ami_sources does.
  ChosenAmis(const TemplateNode& root, ParameterValues values);

  const AmiReach::Written& of(const AmiUse& use) const { return reach_.of(use); }

  /// Whether the parameter chooses among AMIs, and which one comes of it is not known.
  bool leaves_open(const std::string& parameter) const {
    return sources_.undecided_parameters.contains(parameter);
  }

  /// Whether a property gets the AMI that is written at that place.
  bool use_what_is_at(const std::string& path) const { return sources_.ids.contains(path); }

 private:
  Conditions conditions_;
  AmiSources sources_;
  AmiReach reach_;
};

}  // namespace patchbot
