// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/byte_source.hpp"

namespace patchbot {

/// One report inside a file: the file itself, or a member of a zip archive.
struct Member {
  std::string name;  ///< empty: the file itself
  std::unique_ptr<ByteSource> source;
};

/// Looks at the first bytes and unpacks: gzip (also of several members) and zip, whose files are
/// handed over one by one; anything else as it is. Throws Error(input) for damaged archives and for
/// ones that unpack to far more than any report does.
class Members {
 public:
  explicit Members(std::unique_ptr<ByteSource> source);
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;
  ~Members();

  /// The next member; without source at the end. The one before must no longer be used.
  Member next();

 private:
  struct Zip;

  std::unique_ptr<ByteSource> single_;
  std::unique_ptr<Zip> zip_;
};

}  // namespace patchbot
