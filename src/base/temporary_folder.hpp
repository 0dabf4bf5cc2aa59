// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace patchbot {

/// An empty folder of our own in $TMPDIR (else /tmp) that nobody else may read; it goes with all
/// that is in it. Throws Error(usage) if it cannot be made.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace patchbot
