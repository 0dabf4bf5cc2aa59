// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "formats/report.hpp"
#include "support.hpp"

namespace patchbot::test {

/// All that a report says, read as the tools read it: recognised by its content.
struct Told {
  std::string format;
  std::vector<ScannedHost> hosts;
  std::vector<Finding> findings;
  ScanFacts facts;
  std::string fault;  ///< as fault_of says it
};

inline Told read_report(std::string_view text) {
  Told told;
  const auto source = memory_source(text);
  told.fault = fault_of([&] {
    const auto report = open_report(*source, {});
    told.format = report->format();
    for (;;) {
      const Report::Event event = report->next();
      told.facts = report->facts();
      if (event == Report::Event::end) break;
      if (event == Report::Event::host) told.hosts.push_back(report->host());
      if (event == Report::Event::finding) report->fill(told.findings.emplace_back());
    }
  });
  return told;
}

}  // namespace patchbot::test
