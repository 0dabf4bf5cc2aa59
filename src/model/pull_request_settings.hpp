// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/gate_level.hpp"

namespace patchbot {

/// What the template files of a repository are for. Every condition that is not empty must hold, by
/// any one of its globs; of the scopes that fit, the first that says a thing decides it.
struct TemplateScope {
  std::vector<std::string> repository;  ///< globs on "owner/name"
  std::vector<std::string> path;        ///< globs on the path in the repository
  std::string service;
  std::string environment;
  std::string account;               ///< 12 digits
  std::vector<std::string> regions;  ///< that its stacks are in
  bool operator==(const TemplateScope&) const = default;
};

enum class CodeHost : std::uint8_t { github, gitlab, bitbucket_cloud, bitbucket_data_center };

/// A host that tokens may be sent to. The public ones need no entry.
struct CodeHostSettings {
  CodeHost kind;
  std::string url;  ///< "https://git.acme.example", with a context path where there is one
  bool operator==(const CodeHostSettings&) const = default;
};

/// Which AMIs servers may start from.
struct ImageSettings {
  std::vector<std::string> owners;   ///< account ids, self, amazon, aws-marketplace, microsoft
  std::vector<std::string> blocked;  ///< globs on ids and names
  bool operator==(const ImageSettings&) const = default;
};

/// The section pull_requests: of patchbot.yaml.
struct PullRequestSettings {
  std::vector<TemplateScope> templates;
  std::map<std::string, GateLevel> rules;  ///< by id; none: it is not checked
  unsigned soak_hours = 24;  ///< that staging must run an AMI before production may have it
  std::vector<CodeHostSettings> hosts;
  ImageSettings images;
  bool operator==(const PullRequestSettings&) const = default;
};

}  // namespace patchbot
