// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "formats/records/node.hpp"
#include "model/vex.hpp"

namespace patchbot::fuzz {

/// Reads the input as a document of one format. What comes out must be fit to decide about
/// findings: every subject exists, every text is clean, and a waiver that has expired waives
/// nothing.
int fuzz_vex(VexDocument (*read)(const Node&), const std::uint8_t* data, std::size_t size);

}  // namespace patchbot::fuzz
