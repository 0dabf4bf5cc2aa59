// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace patchbot {

/// A policy that ships with PatchBot, in the words of patchbot.yaml: docs/policies.md shows them.
struct PresetPolicy {
  std::string_view name;
  std::string_view text;
};

std::span<const PresetPolicy> preset_policies();

}  // namespace patchbot
