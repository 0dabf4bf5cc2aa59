// SPDX-License-Identifier: Apache-2.0
#include "base/temporary_folder.hpp"

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX's

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include "base/error.hpp"

namespace patchbot {

TemporaryFolder::TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::path folder = std::filesystem::temp_directory_path(ignored);  // knows $TMPDIR
  if (folder.empty()) folder = "/tmp";
  std::string name = (folder / "patchbot.XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw Error(Blame::usage, name + ": cannot be made: " + std::strerror(errno));
  }
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace patchbot
