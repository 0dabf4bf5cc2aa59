// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"

// What libFuzzer calls; PATCHBOT_FUZZ_BODY is the body of this target.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return patchbot::fuzz::PATCHBOT_FUZZ_BODY(data, size);
}
