// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "model/status_settings.hpp"
#include "repository_source.hpp"
#include "services/code_hosts/repository_host.hpp"
#include "services/host_probe.hpp"

namespace patchbot {

/// The repository on GitHub, GitLab or Bitbucket, with its pull requests.
class HostSource final : public RepositorySource {
 public:
  HostSource(const RepositorySettings& settings,
             const RepositoryAddress& address,
             const HostAccess& access);

  std::vector<FileVersion> files() override;
  std::vector<OpenChange> open_changes(const OfInterest& is_of_interest) override;
  std::optional<std::string> content(const FileVersion& file) override;
  std::optional<Time> since(const std::string&) override { return std::nullopt; }
  std::string link(const std::string& path, const std::string& branch) const override;
  std::size_t most_files() const override { return 2'000; }

  /// The lists and a content, for --check.
  std::vector<HostProbe> probes();

 private:
  const std::string& main_branch();
  OpenChange look_into(const OpenPullRequest& request, const OfInterest& is_of_interest) const;

  HostAccess access_;
  std::unique_ptr<RepositoryHost> host_;
  std::string branch_;  ///< empty: the host was not asked yet
};

}  // namespace patchbot
