// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/pull_request_host.hpp"

#include "base/error.hpp"
#include "services/code_hosts/bitbucket_cloud.hpp"
#include "services/code_hosts/bitbucket_data_center.hpp"
#include "services/code_hosts/blob_id.hpp"
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

bool PullRequestHost::confirms(const FileVersion& file, std::string_view bytes) {
  return is_blob_id(file.blob, bytes);
}

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
