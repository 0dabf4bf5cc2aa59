// SPDX-License-Identifier: Apache-2.0
#include "base/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace patchbot {

FolderLock::FolderLock(const std::string& path)
    : folder_(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  int status = folder_;
  while (status >= 0 && (status = ::flock(folder_, LOCK_EX)) < 0 && errno == EINTR) {
    status = 0;
  }
  if (status >= 0) return;
  const std::string why = std::generic_category().message(errno);
  if (folder_ >= 0) (void)::close(folder_);
  throw Error(Blame::usage, clean_line(path) + ": cannot be locked: " + why);
}

FolderLock::~FolderLock() { (void)::close(folder_); }

}  // namespace patchbot
