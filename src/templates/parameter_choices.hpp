// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "templates/parameter_sets.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Values of a set that are no AMI, and choose one in its template: as a key of a map or in a
/// condition. Where such a value changes, the AMIs change: it becomes a change of the way to them,
/// with what arrives and leaves; then the answer is true. Null is a set that was not there before;
/// `template_root` is that of the template. Throws as ami_sources does.
bool add_choices(ReviewedFile& file,
                 const ParameterSet* before,
                 const ParameterSet& after,
                 const TemplateNode& template_root);

/// The parameter of a set whose value a change is about, gone or not; empty if it is none of its.
std::string parameter_of(const TemplateChange& change,
                         const ParameterSet* before,
                         const ParameterSet& after);

}  // namespace patchbot
