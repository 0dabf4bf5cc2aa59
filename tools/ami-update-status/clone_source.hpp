// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "model/config.hpp"
#include "repository_source.hpp"
#include "services/code_hosts/repository_url.hpp"
#include "services/git.hpp"

namespace patchbot {

/// A clone on this machine. It does not know pull requests: branches that go on from the main one
/// count as such.
class CloneSource final : public RepositorySource {
 public:
  /// Throws Error(usage) where the clone cannot be read.
  CloneSource(const RepositorySettings& settings, const std::vector<CodeHostSettings>& hosts);

  /// Of the main branch, as its host calls it; empty if there is no such name.
  std::string main_branch() const;

  std::vector<FileVersion> files() override;
  std::vector<OpenChange> open_changes(const OfInterest& is_of_interest) override;
  std::optional<std::string> content(const FileVersion& file) override;
  std::optional<Time> since(const std::string& path) override;
  std::string link(const std::string& path, const std::string& branch) const override;
  std::size_t most_files() const override;

 private:
  std::vector<FileVersion> changed(const GitBranch& branch, const OfInterest& is_of_interest) const;

  std::string url_;
  std::optional<RepositoryAddress> address_;  ///< if the URL is one of a known host
  GitRepository repository_;
  std::string branch_;
  std::string commit_;
  std::optional<std::map<std::string, std::vector<GitRepository::Moment>>> past_;
};

}  // namespace patchbot
