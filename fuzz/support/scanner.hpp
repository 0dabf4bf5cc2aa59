// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace patchbot::fuzz {

/// Reads the input, behind a first byte that gives the chunk size, in every format of the scanner:
/// those called by its name, or by its name and more ("trivy", "trivy-k8s"). However large the
/// chunks are, the reader must say the same, and every finding must be fit to be written.
int fuzz_scanner(std::string_view scanner, const std::uint8_t* data, std::size_t size);

}  // namespace patchbot::fuzz
