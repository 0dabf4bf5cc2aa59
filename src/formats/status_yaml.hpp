// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/status_settings.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// The section status: of patchbot.yaml. Throws Error(usage) with a position.
StatusSettings read_status(const YAML::Node& node);

}  // namespace patchbot
