// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace patchbot {

/// Keeps other processes that lock the same folder waiting for as long as it lives.
class FolderLock {
 public:
  /// Throws Error(usage): the user named the place.
  explicit FolderLock(const std::string& path);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int folder_;
};

}  // namespace patchbot
