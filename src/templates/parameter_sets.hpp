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
  std::string template_path{};               ///< where template_file stands; empty if it does not
  std::string region_path{};                 ///< where region stands
};

/// The sets of a file, in its order: of the list of ParameterKey and ParameterValue that the
/// command line takes, CodePipeline's template configuration, the deployment file of Git sync, or
/// the settings of SAM. Of any other file there are none.
std::vector<ParameterSet> parameter_sets(const TemplateNode& root);

/// The deployments of a file: its sets; and of an environment of SAM that deploys without
/// parameters of its own, those that it has for all commands, or none at all.
std::vector<ParameterSet> deployments_of(const TemplateNode& root);

/// What the deployment at a place is in other versions of the file: what SAM's settings give to
/// another command counts where the one has none. Null if there is none.
const ParameterSet* counterpart(const std::vector<ParameterSet>& sets, const std::string& place);

/// Whether a set is what SAM's settings give to all commands of an environment.
bool is_for_all_commands(const ParameterSet& set);

/// The values of a set, and its region as the pseudo parameter that templates know it by.
ParameterValues values_of(const ParameterSet& set);

/// The set of that place; null if there is none.
const ParameterSet* set_at(const std::vector<ParameterSet>& sets, const std::string& place);

/// The region of the set that the value at a path is in; empty if none is named.
std::string region_at(const std::vector<ParameterSet>& sets, const std::string& path);

}  // namespace patchbot
