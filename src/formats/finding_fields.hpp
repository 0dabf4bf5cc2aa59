// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/records/node.hpp"
#include "model/finding.hpp"

namespace patchbot {

/// Adds to a fresh finding what a line of --findings (docs/schema/finding-1.schema.json) says of
/// the weakness and its place. Not: whose machine it is, and what was decided (id, ordinal, asset,
/// owner, waiver, gate), since that is the business of who reads it. Fields that it does not know
/// it leaves alone.
void fill_finding(const Node& record, Finding& finding);

}  // namespace patchbot
