// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/template_node.hpp"

namespace patchbot {

/// Whether AMIs differ in the documents behind the first, which nobody compares. Null is a version
/// that is not there.
bool has_later_ami_changes(const Template* base, const Template* head);

}  // namespace patchbot
