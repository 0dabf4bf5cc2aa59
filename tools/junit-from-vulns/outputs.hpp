// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/atomic_file.hpp"
#include "cli/world.hpp"
#include "formats/finding_json.hpp"
#include "formats/finding_writer.hpp"
#include "junit_from_vulns.hpp"

namespace patchbot {

/// The findings for other programs: --sarif, --issues, --ocsf and --csv. Files appear whole or not
/// at all; what goes to standard output is written as it comes.
class Outputs {
 public:
  /// Throws Error(usage) at once where it cannot write.
  Outputs(const JunitFromVulns& flags, Evidence evidence, cli::World& world);

  bool wanted() const { return !outputs_.empty(); }
  void add(const Finding& finding);

  /// Ends and publishes the files. `problems` is why the scan does not tell everything.
  WriterNotes finish(const std::vector<std::string>& problems);

 private:
  struct Output {
    std::string flag;
    std::unique_ptr<FindingWriter> writer;
    std::unique_ptr<AtomicFile> file;  ///< null: standard output
    std::string text;                  ///< not written yet
  };

  void open(std::string_view flag, const std::string& path, std::unique_ptr<FindingWriter> writer);
  void flush(Output& output);

  std::ostream& out_;
  std::vector<Output> outputs_;
};

}  // namespace patchbot
