// SPDX-License-Identifier: Apache-2.0
#include "support/scanner.hpp"

#include <algorithm>
#include <string>

#include "formats/scanners/registry.hpp"
#include "support/property.hpp"
#include "support/transcript.hpp"

namespace patchbot::fuzz {

int fuzz_scanner(std::string_view scanner, const std::uint8_t* data, std::size_t size) {
  const Sized input(data, size);
  bool known = false;
  for (const RecordFormat* format : record_formats()) {
    std::string name(format->name);  // as file names write it
    std::replace(name.begin(), name.end(), '-', '_');
    if (name != scanner && !name.starts_with(std::string(scanner) + "_")) continue;
    known = true;
    const Transcript at_once = transcribe_records(input.text, *format, size + 1);
    const Transcript in_chunks = transcribe_records(input.text, *format, input.chunk);
    require(in_chunks == at_once, "chunks do not matter: " + difference(in_chunks, at_once));
  }
  require(known, "the scanner has a format of its name");
  return 0;
}

}  // namespace patchbot::fuzz
