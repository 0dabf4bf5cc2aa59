// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.hpp"
#include "cli/exit.hpp"
#include "stage.hpp"

namespace patchbot {

/// Fetches all findings that the cloud knows of as one JSON array. What is here already of an
/// export that an earlier call began is not fetched again. Where the server lost chunks, what there
/// is becomes the output all the same (Exit::input). Throws Error(usage) for a server without bulk
/// exports, Error(remote) otherwise.
cli::Exit export_vulns(const Stage& stage);

/// What --since means: none for all that is open, else a time. Throws Error(usage).
std::optional<Time> parse_since(const std::string& text, const std::optional<Time>& last_success);

}  // namespace patchbot
