// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/bake.hpp"

namespace patchbot {

/// The last run of Packer that its manifest post-processor has written down, at most 32 MiB. A
/// manifest grows with every run, so only builds of `last_run_uuid` count; their AMIs are put
/// together, and the end is that of the last of them. A run without builds has failed.
///
/// One run may make several products, each by a build of its own name. A region then has several
/// AMIs and none of them is "the" one: that is an error until `build` names the one that is meant.
/// Throws Error(input) with the position.
Bake parse_packer_manifest(std::string_view bytes, std::string_view build = {});

}  // namespace patchbot
