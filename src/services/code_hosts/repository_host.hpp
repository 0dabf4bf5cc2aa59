// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/code_hosts/host_client.hpp"

namespace patchbot {

/// One repository on its host. All members throw Error(remote) where the host fails, refuses, or
/// answers something else than it documents; content() and confirms() may be called from several
/// threads.
class RepositoryHost {
 public:
  RepositoryHost(const RepositoryAddress& address, const HostAccess& access)
      : address_(address), client_(address, access) {}
  RepositoryHost(const RepositoryHost&) = delete;
  RepositoryHost& operator=(const RepositoryHost&) = delete;
  virtual ~RepositoryHost() = default;

  const RepositoryAddress& address() const { return address_; }

  /// What the host calls its main branch.
  virtual std::string main_branch() = 0;

  /// The commit that a branch ends with.
  virtual std::string tip(const std::string& branch) = 0;

  /// All plain files of a commit, at least one; no links and no submodules. A list that the host
  /// has cut short is an error.
  std::vector<FileVersion> files(const std::string& commit);

  /// All that go into a branch; more than most_requests are an error.
  std::vector<OpenPullRequest> open_pull_requests(const std::string& branch);
  static constexpr std::size_t most_requests = 500;

  /// As of PullRequestHost.
  std::optional<std::string> content(const FileVersion& file) const { return client_.file(file); }
  bool confirms(const FileVersion& file, std::string_view bytes) const {
    return client_.confirms(file, bytes);
  }

 protected:
  using TakeRequest = std::function<void(OpenPullRequest request)>;
  /// Gives what each_numbered() does.
  virtual std::size_t list_requests(const std::string& branch, const TakeRequest& take) = 0;

  virtual std::vector<FileVersion> list_files(const std::string& commit) = 0;

  /// Whether a listed request goes into a branch, by the name of its target. Throws Error(remote)
  /// for one that has none.
  bool goes_into(const std::string& branch, const std::string& target) const;
  OpenPullRequest numbered(const std::string& number) const;
  FileVersion file_at(std::string path, const std::string& commit, std::string blob) const;
  const std::string& known_branch(const std::string& name) const;

  RepositoryAddress address_;
  HostClient client_;
};

std::unique_ptr<RepositoryHost> open_repository(const RepositoryAddress& address,
                                                const HostAccess& access);

}  // namespace patchbot
