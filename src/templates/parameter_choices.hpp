// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "templates/parameter_sets.hpp"
#include "templates/pull_request.hpp"
#include "templates/stacks.hpp"

namespace patchbot {

/// One deployment before and after the change.
struct ChangedDeployment {
  const ParameterSet* before;  ///< null: it was not there
  const ParameterSet& after;
  const StackWays* ways_before;  ///< null: of a template that is not there
  const StackWays* ways;         ///< likewise
  Stacks::Amis amis_before;      ///< likewise
  Stacks::Amis amis;
  AmiDeployment place;

  /// The parameter that a change gives a value to, or takes it from; empty if it is none of its.
  std::string parameter_of(const TemplateChange& change) const;
};

/// What changes in a file of parameters, and changes by it which AMIs servers get: values that only
/// choose among AMIs, other templates, other regions, and what counts from now on where a value
/// goes. These become changes of AMIs, with what arrives and leaves; then the answer is true. What
/// cannot be known is one that is open.
bool add_choices(ReviewedFile& file, const ChangedDeployment& deployment);

}  // namespace patchbot
