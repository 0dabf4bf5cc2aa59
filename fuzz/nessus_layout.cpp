// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_layout.hpp"

#include "bodies.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

NessusLayout layout_of(const std::string& text, std::size_t piece) {
  const auto source = memory_source(text, piece);
  return nessus_layout(*source);
}

// As merge_reports puts a report together.
std::string rebuilt(const std::string& text, const NessusLayout& layout) {
  std::string out;
  if (layout.value_end > 0) {
    out = text.substr(0, layout.value_begin) + "<value>" + layout.targets + "</value>";
  }
  out += text.substr(layout.value_end, layout.report_begin - layout.value_end) + layout.report_tag;
  return out + text.substr(layout.hosts_begin, layout.hosts_end - layout.hosts_begin) +
         "</Report>\n</NessusClientData_v2>\n";
}

}  // namespace

int fuzz_nessus_layout(const std::uint8_t* data, std::size_t size) {
  const std::string text(text_of(data, size));
  parses([&] {
    const NessusLayout layout = layout_of(text, 7);
    require(layout.value_end <= layout.report_begin, "the policy comes first");
    require(layout.hosts_begin <= layout.hosts_end && layout.hosts_end <= text.size(), "in bounds");
    const std::string again = rebuilt(text, layout);
    const NessusLayout other = layout_of(again, 1000);
    require(other.targets == layout.targets, "the targets stay");
    require(other.report_tag == layout.report_tag, "the report keeps its name");
    require(other.hosts_end - other.hosts_begin == layout.hosts_end - layout.hosts_begin,
            "the hosts stay");
    require(rebuilt(again, other) == again, "a report of one is itself");
  });
  return 0;
}

}  // namespace patchbot::fuzz
