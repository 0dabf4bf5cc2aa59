// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/pull_request_host.hpp"

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
