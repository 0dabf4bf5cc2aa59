// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/finding.hpp"

namespace patchbot {

/// What a person should know of a file, one line each.
struct WriterNotes {
  std::vector<std::string> remarks;  ///< what does not belong into such a file, and how much it was
  std::vector<std::string> losses;   ///< what belongs there and is missing, or will be refused
};

/// A file for other programs, made of findings as they come. Texts are appended to `out`, which the
/// caller empties whenever it likes: no writer keeps findings.
class FindingWriter {
 public:
  FindingWriter() = default;
  FindingWriter(const FindingWriter&) = delete;
  FindingWriter& operator=(const FindingWriter&) = delete;
  virtual ~FindingWriter() = default;

  virtual void begin(std::string& out) = 0;
  virtual void add(std::string& out, const Finding& finding) = 0;

  /// `problems`: why the scan does not tell everything, for formats that can say so.
  virtual void end(std::string& out, const std::vector<std::string>& problems) = 0;

  /// For use after end().
  virtual WriterNotes notes() const { return {}; }
};

}  // namespace patchbot
