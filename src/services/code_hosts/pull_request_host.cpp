// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/pull_request_host.hpp"

#include <limits>

#include "base/error.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/bitbucket_cloud.hpp"
#include "services/code_hosts/bitbucket_data_center.hpp"
#include "services/code_hosts/github.hpp"
#include "services/code_hosts/gitlab.hpp"

namespace patchbot {

const PullRequestInfo& PullRequestHost::info() {
  if (!info_) {
    info_ = read_info();
    info_->target = target();
  }
  return *info_;
}

// The new version may be in the target as well, if the fork may not be read.
std::vector<ChangedFile> PullRequestHost::changed_files() {
  const PullRequestInfo request = info();
  const std::string& own = request.target;
  const std::string source = request.source.empty() ? own : request.source;
  std::vector<ChangedFile> files;
  for (ListedChange& one : list_changes()) {
    ChangedFile file;
    if (!one.before.empty()) {
      const bool told = !one.before_commit.empty();
      file.before = FileVersion{one.before,
                                told ? one.before_commit : request.merge_base,
                                own,
                                source == own ? "" : source,
                                false,
                                one.before_blob};
    }
    if (!one.after.empty()) {
      file.after = FileVersion{
          one.after, request.head, source, source == own ? "" : own, false, one.after_blob};
    }
    files.push_back(std::move(file));
  }
  if (files.size() < request.files) {
    throw Error(Blame::remote,
                about("the changed files") + ": the host lists " + std::to_string(files.size()) +
                    " of " + std::to_string(request.files) +
                    "; compare two folders with --base and --head instead");
  }
  return files;
}

std::vector<FileVersion> PullRequestHost::new_files(const OpenPullRequest& listed) {
  const std::string own = target();
  const std::string& source = listed.source.empty() ? own : listed.source;
  if (!is_commit(listed.head)) throw Error(Blame::remote, about("the list names no commit of it"));
  proven_page_ = listed.proven_page;
  const std::vector<ListedChange> changes = list_changes();
  if (changes.size() >= most_listed()) {
    throw Error(Blame::remote,
                about("the changed files") + ": they are more than the host lists, " +
                    std::to_string(most_listed()) + "; split it");
  }
  std::vector<FileVersion> files;
  for (const ListedChange& one : changes) {
    if (one.after.empty()) continue;
    files.push_back({one.after,
                     one.after_commit.empty() ? listed.head : one.after_commit,
                     source,
                     source == own ? "" : own,
                     false,
                     one.after_blob});
  }
  return files;
}

std::size_t PullRequestHost::most_listed() const { return std::numeric_limits<std::size_t>::max(); }

void PullRequestHost::check_unchanged() {
  const PullRequestInfo now = read_info();
  if (now.head == info().head && now.base == info().base) return;
  throw Error(Blame::remote,
              target() + ": the pull request changed while it was read; run the check again");
}

std::unique_ptr<PullRequestHost> open_pull_request(const PullRequestAddress& address,
                                                   const HostAccess& access) {
  switch (address.kind) {
    case CodeHost::github: return std::make_unique<GitHub>(address, access);
    case CodeHost::gitlab: return std::make_unique<GitLab>(address, access);
    case CodeHost::bitbucket_cloud: return std::make_unique<BitbucketCloud>(address, access);
    case CodeHost::bitbucket_data_center:
      return std::make_unique<BitbucketDataCenter>(address, access);
  }
  return nullptr;
}

}  // namespace patchbot
