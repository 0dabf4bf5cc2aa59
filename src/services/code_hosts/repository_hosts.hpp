// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "services/code_hosts/repository_host.hpp"

// What open_repository() opens, by host.

namespace patchbot {

std::unique_ptr<RepositoryHost> github_repository(const RepositoryAddress& address,
                                                  const HostAccess& access);
std::unique_ptr<RepositoryHost> gitlab_repository(const RepositoryAddress& address,
                                                  const HostAccess& access);
std::unique_ptr<RepositoryHost> bitbucket_cloud_repository(const RepositoryAddress& address,
                                                           const HostAccess& access);
std::unique_ptr<RepositoryHost> data_center_repository(const RepositoryAddress& address,
                                                       const HostAccess& access);

}  // namespace patchbot
