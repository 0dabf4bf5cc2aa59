// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats/finding_json.hpp"
#include "formats/finding_writer.hpp"

namespace patchbot {

/// All findings as a table: RFC 4180 (CRLF, UTF-8, a header), columns as docs/outputs.md lists
/// them. No cell has a line break, and none is a formula to a spreadsheet.
class FindingsCsv final : public FindingWriter {
 public:
  explicit FindingsCsv(Evidence evidence) : evidence_(evidence) {}

  void begin(std::string& out) override;
  void add(std::string& out, const Finding& finding) override;
  void end(std::string& out, const std::vector<std::string>& problems) override;

 private:
  Evidence evidence_;
};

/// One cell as it stands between the commas.
std::string to_csv_cell(std::string_view text);

}  // namespace patchbot
