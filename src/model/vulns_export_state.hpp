// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"

namespace patchbot {

/// How far a bulk export has got, and when the last one was whole.
struct VulnsExportState {
  std::string url;                   ///< of the server
  std::string uuid;                  ///< of the export that goes on; empty for none
  std::optional<Time> since;         ///< what that one was asked for
  std::optional<Time> started;       ///< when that was
  std::optional<Time> last_success;  ///< when the last whole export was started
  bool operator==(const VulnsExportState&) const = default;
};

}  // namespace patchbot
