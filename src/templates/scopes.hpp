// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "model/config.hpp"
#include "model/environments.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Whose the template files of a repository are: by the configuration, and where that does not say
/// the environment, by the words of the path.
class Scopes {
 public:
  /// `repository` is "owner/name"; empty if unknown, and then conditions on it do not hold.
  Scopes(const Config& config, std::string repository);

  TemplateScope of(std::string_view path) const;

  /// The environment of a value: what its place in a map says ("Mappings/Images/prod/web"), or the
  /// section of SAM's settings that it is in, else that of the file, else what its place says in
  /// any way. Empty if unknown.
  std::string environment_of(const TemplateScope& file, std::string_view place) const;

  /// What the configuration calls the environments.
  const Environments& environments() const { return environments_; }

 private:
  PullRequestSettings settings_;
  Environments environments_;
  std::string repository_;
};

/// Whether two services may be the same; an empty one is not known, and may be any.
bool may_be_one(std::string_view service, std::string_view other);

/// Gives every file its scope, and every change of an AMI its environment.
void add_scopes(PullRequest& request, const Scopes& scopes);

}  // namespace patchbot
