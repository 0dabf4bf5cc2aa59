// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/code_hosts/pull_request_host.hpp"

namespace patchbot {

/// What waits to go into the main branch: a pull request, or a branch that counts as one.
struct OpenChange {
  std::string name;  ///< for messages: "pull request 7", "branch bump-web"
  std::string branch;
  std::string link;  ///< of the pull request; empty: there is none
  std::optional<Time> since;
  bool is_draft = false;
  std::vector<FileVersion> files;  ///< as it would make them
  std::string unknown;             ///< why its files could not be listed
};

/// Whoever knows a repository: a clone, or its host. All members throw Error, with the blame remote
/// where the host is to blame; content() may be called from several threads.
class RepositorySource {
 public:
  using OfInterest = std::function<bool(const std::string& path)>;

  RepositorySource() = default;
  RepositorySource(const RepositorySource&) = delete;
  RepositorySource& operator=(const RepositorySource&) = delete;
  virtual ~RepositorySource() = default;

  /// All plain files of the main branch.
  virtual std::vector<FileVersion> files() = 0;

  /// With those files that are of interest; without changes that have none.
  virtual std::vector<OpenChange> open_changes(const OfInterest& is_of_interest) = 0;

  /// None if the file is larger than a template may be.
  virtual std::optional<std::string> content(const FileVersion& file) = 0;

  /// When an AMI changed last in a file of the main branch, where that is known.
  virtual std::optional<Time> since(const std::string& path) = 0;

  /// Where people see a file: of the main branch, if none is named.
  virtual std::string link(const std::string& path, const std::string& branch) const = 0;

  virtual std::size_t most_files() const = 0;  ///< that may be asked for
};

}  // namespace patchbot
