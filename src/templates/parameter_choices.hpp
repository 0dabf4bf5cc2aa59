// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "templates/pull_request.hpp"

namespace patchbot {

/// Values of a parameter file that are no AMI, and choose one in its template: as a key of a map or
/// in a condition. Where such a value changes, the AMIs change: it becomes a change of the way to
/// them, with what arrives and leaves. `template_root` is that of the template. Throws as
/// ami_sources does.
void add_choices(ReviewedFile& file,
                 const Template* before,
                 const Template& after,
                 const TemplateNode& template_root);

}  // namespace patchbot
