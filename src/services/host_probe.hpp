// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace patchbot {

/// Something that a run needs, tried by reading only.
struct HostProbe {
  std::string what;
  std::function<void()> attempt;  ///< throws Error(remote) that names what is missing
};

}  // namespace patchbot
