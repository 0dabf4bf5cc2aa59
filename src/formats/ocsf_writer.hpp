// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "formats/finding_json.hpp"
#include "formats/finding_writer.hpp"

namespace patchbot {

/// Vulnerabilities as events of OCSF 1.6.0, class 2002 (vulnerability_finding), one per line. The
/// class is for vulnerabilities, so findings of other kinds are left out and counted.
class OcsfWriter final : public FindingWriter {
 public:
  /// `now` stands for the time of findings that have none.
  OcsfWriter(std::string version, Time now, Evidence evidence)
      : version_(std::move(version)), now_(now), evidence_(evidence) {}

  void begin(std::string& out) override;
  void add(std::string& out, const Finding& finding) override;
  void end(std::string& out, const std::vector<std::string>& problems) override;
  WriterNotes notes() const override;

 private:
  std::string version_;
  Time now_;
  Evidence evidence_;
  std::uint64_t left_out_ = 0;
};

}  // namespace patchbot
