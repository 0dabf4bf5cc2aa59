// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "support/property.hpp"
#include "support/transcript.hpp"

namespace patchbot::fuzz {

int fuzz_nessus_csv(const std::uint8_t* data, std::size_t size) {
  const Sized input(data, size);
  const Transcript at_once = transcribe_csv(input.text, size + 1);
  const Transcript in_chunks = transcribe_csv(input.text, input.chunk);
  require(in_chunks == at_once, "chunks do not matter: " + difference(in_chunks, at_once));
  return 0;
}

}  // namespace patchbot::fuzz
