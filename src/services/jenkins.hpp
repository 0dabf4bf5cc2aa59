// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/bake.hpp"
#include "services/host_probe.hpp"
#include "services/jenkins_client.hpp"

namespace patchbot {

/// What Jenkins tells of a job that bakes AMIs. A job is called by its full name, as Jenkins itself
/// has it: "folder/name", or "folder/name/main" for a branch of a multibranch project, where a
/// slash of the branch is written as %2F. All members throw Error(remote) where Jenkins fails,
/// refuses or answers something else than it documents, and Error(usage) for what can be no job.
class Jenkins {
 public:
  explicit Jenkins(JenkinsAccess access) : client_(std::move(access)) {}

  /// The newest builds first, at most so many. A build that is unstable has made its AMI, so it has
  /// succeeded, with "UNSTABLE" as the reason; what else is no success has failed. AMIs are not
  /// known here, a manifest has them.
  std::vector<Bake> builds(const std::string& job, std::size_t most) const;

  /// The bytes of a file that such a build has archived, called by its path or, if only one has
  /// it, its name; none if there is no such file. At most 4 MiB, and no HTML: that is a page to
  /// sign in.
  std::optional<std::string> artifact(const std::string& job,
                                      const Bake& build,
                                      const std::string& file) const;

  /// For --check: who we are, and whether the job may be read. This must outlive them.
  std::vector<HostProbe> probes(const std::string& job) const;

 private:
  JenkinsClient client_;
};

}  // namespace patchbot
