// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/patch_status.hpp"

namespace patchbot {

/// docs/schema/status-1.schema.json.
std::string to_json(const PatchStatus& status);

/// A line for each stage, with a header.
std::string to_csv(const PatchStatus& status);

/// For a comment or a wiki page.
std::string to_markdown(const PatchStatus& status);

/// For a terminal, with colour where it is wanted. Says what is older than `max_age` days, where
/// that is not 0, and what could not be asked.
std::string to_table(const PatchStatus& status, unsigned max_age, bool colour);

/// What the gate makes of a stage: the level of its word, or failure for servers that are older
/// than `max_age` days, where that is not 0.
GateLevel level_of(const Stage& stage, unsigned max_age);
bool is_too_old(const Stage& stage, unsigned max_age);
GateLevel worst_level(const PatchStatus& status, unsigned max_age);

/// Writes a JUnit file: a case for each stage, named by its service.
void write_junit(const PatchStatus& status, unsigned max_age, const std::string& path);

}  // namespace patchbot
