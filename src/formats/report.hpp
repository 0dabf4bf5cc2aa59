// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_source.hpp"
#include "model/finding.hpp"
#include "model/scan.hpp"

namespace patchbot {

/// What the gate and the counts need of a record: enough to leave most records unread.
struct Brief {
  Severity severity = Severity::unknown;
  CheckResult check_result = CheckResult::none;
  std::string_view native_id;  ///< valid until the next event
  std::string_view check;      ///< of a check: its name, where that is known at once; likewise
  bool fixed = false;          ///< the scanner lists it as repaired
};

/// A scanner's report, read once from front to back; memory is bounded by its largest record.
/// Every reader throws Error(input) with a position where its file is broken; what came before
/// stands.
class Report {
 public:
  enum class Event : std::uint8_t {
    host,      ///< another host begins, or goes on: see host()
    finding,   ///< see brief() and fill()
    host_end,  ///< all of host() has been read
    end
  };

  Report() = default;
  Report(const Report&) = delete;
  Report& operator=(const Report&) = delete;
  virtual ~Report() = default;

  virtual std::string_view format() const = 0;
  virtual Event next() = 0;
  virtual const ScannedHost& host() const = 0;
  virtual Brief brief() const = 0;

  /// The same number for records of one host that only their order tells apart: same plugin, same
  /// place, same check.
  virtual std::uint64_t repeat_key() const = 0;

  /// All that the record says; the asset's owner, the gate and the id are left to the caller.
  virtual void fill(Finding& finding) const = 0;
  virtual const ScanFacts& facts() const = 0;
};

struct ReportOptions {
  SeveritySource severity_source = SeveritySource::severity;
};

/// The reader for what the bytes are: recognised by content, never by name. `source` must outlive
/// it. Throws Error(input), with the known formats, if it is none of them.
std::unique_ptr<Report> open_report(ByteSource& source, const ReportOptions& options);

}  // namespace patchbot
