// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/config.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// The section security_monkey: of patchbot.yaml.
SecurityMonkeySettings read_security_monkey(const YAML::Node& node);

}  // namespace patchbot
