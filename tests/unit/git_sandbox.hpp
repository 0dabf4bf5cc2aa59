// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/process.hpp"
#include "support.hpp"

namespace patchbot::test {

/// A real git repository that nothing of this machine's settings reaches.
class GitSandbox {
 public:
  GitSandbox() { git({"init", "--quiet", "--initial-branch=main", "."}); }

  std::string git(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command{"env",
                                     "GIT_CONFIG_GLOBAL=/dev/null",
                                     "GIT_CONFIG_SYSTEM=/dev/null",
                                     "GIT_COMMITTER_DATE=" + date_,
                                     "GIT_AUTHOR_DATE=" + date_,
                                     "git",
                                     "-C",
                                     dir_.path().string(),
                                     "-c",
                                     "user.name=Test",
                                     "-c",
                                     "user.email=test@acme.example"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    const ProcessResult result = run_program(command);
    if (result.exit_code != 0) throw std::runtime_error(result.errors);
    return result.output;
  }

  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = dir_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }

  /// All files as they are; returns the commit. `date` stays that of later ones.
  std::string commit(const std::string& date) {
    date_ = date;
    git({"add", "--all"});
    git({"commit", "--quiet", "--message", "change"});
    std::string id = git({"rev-parse", "HEAD"});
    return id.substr(0, id.find('\n'));
  }

  std::string path() const { return dir_.path().string(); }

 private:
  TempDir dir_;
  std::string date_ = "2026-11-01T00:00:00Z";
};

}  // namespace patchbot::test
