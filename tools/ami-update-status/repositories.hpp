// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/check_line.hpp"
#include "cli/net_flags.hpp"
#include "clone_source.hpp"
#include "host_source.hpp"
#include "template_survey.hpp"

namespace patchbot {

/// The repositories of the configuration, with the way to those that are asked on their hosts. In a
/// replay nobody has a token, and nobody needs one.
class Repositories {
 public:
  /// Asks nobody. Throws Error(usage) for a URL on a host that no token may be sent to, and where a
  /// token would go to two hosts.
  Repositories(const Config& config, const cli::World& world, const cli::Net& net);

  /// What they say; `stored` has to outlive it. One that cannot be read is a problem, and the rest
  /// is told all the same.
  struct Seen {
    std::vector<std::unique_ptr<TemplateSurvey>> surveys;
    std::vector<std::string> problems;
    std::string unseen;  ///< of one that could not be read: any service may have a template there
  };
  Seen survey(StoredAmis& stored) const;

  /// Tries to reach each, line by line.
  void check(cli::CheckList& list) const;

 private:
  std::unique_ptr<HostSource> on_host(const RepositorySettings& settings) const;
  RepositorySources sources_of(const RepositorySettings& settings) const;

  const Config& config_;
  std::map<std::string, RepositoryAddress> addresses_;  ///< by URL, of those that are asked
  std::map<CodeHost, Secret> tokens_;
  std::string user_;
  const cli::Net& net_;
};

}  // namespace patchbot
