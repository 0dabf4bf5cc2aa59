// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "base/atomic_file.hpp"
#include "formats/finding_json.hpp"
#include "related.hpp"

namespace patchbot {

/// The lines of --findings: kept in an unnamed file until all reports are read, since only then is
/// known which findings of other scanners are related.
class FindingLines {
 public:
  /// `path` empty: nothing is wanted; "-": standard output. Throws at once where it cannot write.
  FindingLines(std::string path, Evidence evidence, std::ostream& out);

  bool wanted() const { return !path_.empty(); }
  void add(const Finding& finding);

  /// Writes them all, with their links, whole or not at all.
  void finish();

 private:
  void each_line(const std::function<void(const std::string&)>& visit);

  std::string path_;
  Evidence evidence_;
  std::ostream& out_;
  std::unique_ptr<AtomicFile> file_;
  FileHandle spool_;
  RelatedFindings related_;
  std::string line_;
};

}  // namespace patchbot
