// SPDX-License-Identifier: Apache-2.0
#include "support/scanner.hpp"

// What libFuzzer calls for the formats of one file in src/formats/scanners.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return patchbot::fuzz::fuzz_scanner(PATCHBOT_FUZZ_SCANNER, data, size);
}
