// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/policy.hpp"
#include "model/pull_request_settings.hpp"
#include "model/severity.hpp"
#include "model/status_settings.hpp"

namespace patchbot {

/// The severity from which a gate acts; none: never.
using Threshold = std::optional<Severity>;

/// What a gate: section says; an absent member leaves the decision to the next wider one.
struct GateSettings {
  std::optional<Threshold> fail_on;
  std::optional<Threshold> warn_on;
  std::string policy;  ///< a name of policies: or of a preset
  bool operator==(const GateSettings&) const = default;
};

struct TeamSettings {
  std::string description;
  std::string contact;
  GateSettings gate;
  bool operator==(const TeamSettings&) const = default;
};

/// One AWS account. What is empty is as for all accounts.
struct AccountSettings {
  std::string id;  ///< 12 digits
  std::string name;
  std::string role;  ///< a role name, path/name or ARN
  std::string external_id;
  std::vector<std::string> regions;
  std::string team;         ///< for machines that no owner rule gives a team
  std::string environment;  ///< likewise
  bool operator==(const AccountSettings&) const = default;
};

/// Every active account of the organization but these.
struct OrganizationSettings {
  std::vector<std::string> exclude;
  bool operator==(const OrganizationSettings&) const = default;
};

/// Without accounts and without organization: the caller's own account.
struct AwsSettings {
  std::vector<AccountSettings> accounts;
  std::optional<OrganizationSettings> organization;
  std::string role = "patchbot-read";  ///< a role name or path/name
  std::string external_id;
  std::vector<std::string> regions;  ///< empty: every region that the account has enabled
  bool operator==(const AwsSettings&) const = default;
};

struct SecurityMonkeySettings {
  std::string url;
  std::vector<std::string> accounts;  ///< names there; empty: all
  bool operator==(const SecurityMonkeySettings&) const = default;
};

/// Whose a machine is. Every condition that is not empty must hold, by any one of its texts. A
/// value is a text, "tag:KEY" for the value of that tag, or empty: this rule does not say.
struct OwnerRule {
  std::vector<std::string> tag;         ///< "key" or "key=glob"
  std::vector<std::string> account;     ///< ids
  std::vector<std::string> region;      ///< names
  std::vector<std::string> cidr;        ///< any address, private or public
  std::vector<std::string> name;        ///< globs on the Name tag
  std::vector<std::string> ami_family;  ///< globs
  std::vector<std::string> ami;         ///< globs on the id or the name of the image
  std::vector<std::string> path;        ///< globs on where a finding is; machines meet none
  std::string team;
  std::string service;
  std::string environment;
  bool operator==(const OwnerRule&) const = default;
};

/// patchbot.yaml.
struct Config {
  std::map<std::string, TeamSettings> teams;
  GateSettings gate;
  std::map<std::string, std::string> environment_policies;  ///< by environment
  std::vector<Policy> policies;                             ///< with the presets that they name
  std::optional<AwsSettings> aws;
  std::optional<SecurityMonkeySettings> security_monkey;
  std::vector<OwnerRule> owners;                    ///< in order; empty: the usual tags decide
  std::map<std::string, std::string> environments;  ///< what values mean, besides the usual ones
  PullRequestSettings pull_requests;
  StatusSettings status;
  bool operator==(const Config&) const = default;
};

}  // namespace patchbot
