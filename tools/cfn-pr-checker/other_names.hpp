// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "versions.hpp"

namespace patchbot {

/// The bytes of a file of the new version; none if they are too many for a template.
using ReadNew = std::function<std::optional<std::string>(const std::string& path)>;

/// Whether a file that may be a template is gone, and not by another name.
bool has_lost_one(const Versions& versions);

/// Where one is gone, a new file whose name does not end like a template's may be what became of
/// it: those that hold AMIs or look like a template are listed as not checked. `added` are the new
/// files with such names; of these, 50 are read.
void tell_other_names(Versions& versions,
                      const std::vector<std::string>& added,
                      const ReadNew& read);

}  // namespace patchbot
