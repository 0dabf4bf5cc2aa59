// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "templates/deployed_changes.hpp"
#include "templates/deployments.hpp"
#include "versions.hpp"

namespace patchbot {

/// What stands around the files that a pull request changes.
struct Surroundings {
  TemplatesByPath templates;
  ParameterFiles parameter_files;
  bool is_cut = false;  ///< there are more than are looked at
};

/// The templates that parameter files of a pull request may be for: those of the pull request, and
/// on the target branch those in the same folder, above it or beside it, 200 at most; and those of
/// the stacks that any of these nest, 50 at most. Where a template changes, also the parameter
/// files that may be for it, in the same places.
Surroundings surroundings_of(const Versions& versions, const PullRequest& request);

}  // namespace patchbot
