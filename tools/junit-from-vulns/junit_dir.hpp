// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "case_book.hpp"
#include "hosts.hpp"
#include "model/test_report.hpp"

namespace patchbot {

/// The folder of --junit-dir. What an earlier run left there goes first, so that nothing stale can
/// be published, whatever happens next. All failures are Error(usage).
class JunitDir {
 public:
  explicit JunitDir(const std::string& path);

  bool wanted() const { return !path_.empty(); }
  const std::filesystem::path& path() const { return path_; }

  /// Writes TEST-patchbot-<name>.xml: `first`, then the book's cases if there is a book.
  void write(const std::string& name,
             const std::vector<TestCase>& first,
             CaseBook* book,
             const HostTable& hosts);

 private:
  std::filesystem::path file_for(const std::string& name);

  std::filesystem::path path_;
  std::set<std::filesystem::path> taken_;
};

}  // namespace patchbot
