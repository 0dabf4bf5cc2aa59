// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace YAML {
class Node;
}

namespace patchbot {

/// The address of a service, without a slash at its end. Paths are added to it, so it has neither
/// query nor fragment; a password would be in the file, so it has no user either.
std::string read_base_url(const YAML::Node& node);

}  // namespace patchbot
