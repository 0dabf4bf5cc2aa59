// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <string>

#include "bodies.hpp"
#include "formats/finding_json.hpp"
#include "formats/finding_reader.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

// What was read and is written again reads the same.
int fuzz_finding_lines(const std::uint8_t* data, std::size_t size) {
  const auto source = memory_source(text_of(data, size));
  std::string first;
  parses([&] {
    FindingReader reader(*source);
    for (Finding finding; reader.next(finding);) {
      append_finding_line(first, finding, Evidence::keep);
    }
  });
  require_clean(first, "findings");
  const auto again = memory_source(first);
  std::string second;
  FindingReader reader(*again);
  for (Finding finding; reader.next(finding);) {
    append_finding_line(second, finding, Evidence::keep);
  }
  require(first == second, "findings survive being written and read");
  return 0;
}

}  // namespace patchbot::fuzz
