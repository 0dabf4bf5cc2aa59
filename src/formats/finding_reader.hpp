// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "base/byte_source.hpp"
#include "formats/records/records.hpp"
#include "model/finding.hpp"

namespace patchbot {

/// Reads findings as append_finding_line writes them (docs/schema/finding-1.schema.json), one JSON
/// document per line. Fields that it does not know it leaves alone.
class FindingReader {
 public:
  /// `source` must outlive this.
  explicit FindingReader(ByteSource& source);

  /// The next finding; false at the end. Throws Error(input) with the place where the file is
  /// broken or holds something else.
  bool next(Finding& finding);

 private:
  Records records_;
  std::uint64_t count_ = 0;
  bool in_document_ = false;
};

}  // namespace patchbot
