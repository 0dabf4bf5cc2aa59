// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "templates/parameter_sets.hpp"

namespace patchbot {

/// Templates by their paths in the repository.
using TemplatesByPath = std::map<std::string, const TemplateNode*>;

/// Which template a set of values is for: the one that its file names; the one that SAM takes where
/// its settings name none; else the only one that has all of the parameters. Of several that do,
/// the one with the longest name that the file's name begins with, then the one that stands beside
/// it, then the one after which one of its folders is called. Empty if that is not clear.
std::string template_of(const std::string& path,
                        const ParameterSet& set,
                        const TemplatesByPath& templates);

/// The templates that a set may be for by their names, the first that exists before the others.
std::vector<std::string> named_templates(const std::string& path, const ParameterSet& set);

}  // namespace patchbot
