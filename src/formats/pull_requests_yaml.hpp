// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/pull_request_settings.hpp"

namespace YAML {
class Node;
}

namespace patchbot {

/// The section pull_requests: of patchbot.yaml.
PullRequestSettings read_pull_requests(const YAML::Node& node);

}  // namespace patchbot
