// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/template_node.hpp"
#include "templates/conditions.hpp"

namespace patchbot {

/// The values that one deployment of a template gets from a file. Most files give one set of
/// values, SAM's settings one for each command of each of their environments.
struct ParameterSet {
  std::string place;          ///< where in the file it stands: what tells its sets apart
  std::string template_file;  ///< that is named for it, as it is written; empty if none is
  std::string region;         ///< that is named for it; empty if none is
  ParameterValues values;     ///< what is to stay as it was is none; lists of sections are left out
  std::map<std::string, std::string> names;  ///< of the parameters, by the paths of their values
  std::string included;                      ///< files that give further values
};

/// The sets of a file, in its order: of the list of ParameterKey and ParameterValue that the
/// command line takes, CodePipeline's template configuration, the deployment file of Git sync, or
/// the settings of SAM. Of any other file there are none.
std::vector<ParameterSet> parameter_sets(const TemplateNode& root);

/// The set of that place; null if there is none.
const ParameterSet* set_at(const std::vector<ParameterSet>& sets, const std::string& place);

/// The region of the set that the value at a path is in; empty if none is named.
std::string region_at(const std::vector<ParameterSet>& sets, const std::string& path);

}  // namespace patchbot
