// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "formats/vex/readers.hpp"
#include "support/vex.hpp"

namespace patchbot::fuzz {

int fuzz_openvex(const std::uint8_t* data, std::size_t size) {
  return fuzz_vex(read_openvex, data, size);
}

}  // namespace patchbot::fuzz
