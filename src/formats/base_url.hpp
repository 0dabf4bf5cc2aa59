// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace YAML {
class Node;
}

namespace patchbot {

/// A URL for messages: without what may be a user, a password or a query, whatever it looks like.
std::string shown_url(std::string_view url);

/// The address of a service, without a slash at its end. Paths are added to it, so it has neither
/// query nor fragment; a password would be in the file, so it has no user either.
std::string read_base_url(const YAML::Node& node);

}  // namespace patchbot
