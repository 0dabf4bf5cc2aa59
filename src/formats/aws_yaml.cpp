// SPDX-License-Identifier: Apache-2.0
#include "formats/aws_yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "formats/strict_yaml.hpp"
#include "model/aws_names.hpp"

namespace patchbot {
namespace {

// A region that stands twice would be asked twice, and each of its machines would be two.
std::vector<std::string> read_regions(const YAML::Node& node) {
  std::vector<std::string> regions;
  StrictYaml::texts(node, "regions", [&](const YAML::Node& item) {
    regions.push_back(read_region(item));
    if (std::find(regions.begin(), regions.end() - 1, regions.back()) != regions.end() - 1) {
      StrictYaml::fail(item, "region '" + regions.back() + "' is given twice");
    }
    return regions.back();
  });
  return regions;
}

std::string read_external_id(const YAML::Node& node) {
  std::string id = StrictYaml::text(node, "external_id");
  if (!is_external_id(id)) {
    StrictYaml::fail(node,
                     "external_id: '" + clean_line(id) +
                         "' cannot be one: 2 to 1224 letters, digits or _ + = , . @ : / -");
  }
  return id;
}

std::string read_role_name(const YAML::Node& node) {
  std::string role = StrictYaml::line(node, "role");
  if (role.starts_with("arn:")) {
    StrictYaml::fail(node, "role: an ARN belongs to one account; name it there, in accounts");
  }
  if (!is_role_name(role)) {
    StrictYaml::fail(node, "role: '" + role + "' is no role name, such as patchbot-read");
  }
  return role;
}

// A name for the same role in the account, or the ARN of any role of the account.
std::string read_account_role(const YAML::Node& node) {
  std::string role = StrictYaml::line(node, "role");
  if (!role.starts_with("arn:")) return read_role_name(node);
  if (!account_of_role(role)) {
    StrictYaml::fail(node,
                     "role: '" + role +
                         "' is no role ARN, such as arn:aws:iam::111122223333:role/patchbot-read");
  }
  return role;
}

// Values of tags are the business of the rules: what stands here is for machines without.
std::string read_fallback_environment(const YAML::Node& node) {
  std::string environment = StrictYaml::line(node, "environment");
  if (environment.starts_with("tag:")) {
    StrictYaml::fail(node, "environment of an account: a plain text; tags belong into owners");
  }
  return environment;
}

AccountSettings read_account(const YAML::Node& node, TeamReferences& references) {
  AccountSettings account;
  StrictYaml::mapping(
      node,
      "an account",
      {{"id", [&](const YAML::Node& n) { account.id = read_account_id(n); }, true},
       {"name", [&](const YAML::Node& n) { account.name = StrictYaml::line(n, "name"); }},
       {"role", [&](const YAML::Node& n) { account.role = read_account_role(n); }},
       {"external_id", [&](const YAML::Node& n) { account.external_id = read_external_id(n); }},
       {"regions", [&](const YAML::Node& n) { account.regions = read_regions(n); }},
       {"team", [&](const YAML::Node& n) { account.team = references.read(n); }},
       {"environment",
        [&](const YAML::Node& n) { account.environment = read_fallback_environment(n); }}});
  const auto role_account = account_of_role(account.role);
  if (role_account && *role_account != account.id) {
    StrictYaml::fail(node["role"],
                     "role: '" + account.role + "' is of another account than " + account.id);
  }
  return account;
}

std::vector<AccountSettings> read_accounts(const YAML::Node& node, TeamReferences& references) {
  std::vector<AccountSettings> accounts;
  StrictYaml::each_item(node, "accounts", [&](const YAML::Node& item) {
    accounts.push_back(read_account(item, references));
    for (std::size_t i = 0; i + 1 < accounts.size(); ++i) {
      if (accounts[i].id != accounts.back().id) continue;
      StrictYaml::fail(item["id"], "account '" + accounts[i].id + "' is given twice");
    }
  });
  if (accounts.empty()) StrictYaml::fail(node, "accounts must not be an empty list");
  return accounts;
}

std::optional<OrganizationSettings> read_organization(const YAML::Node& node) {
  OrganizationSettings organization;
  if (node.IsMap()) {
    StrictYaml::mapping(node, "organization", {{"exclude", [&](const YAML::Node& n) {
                                                  organization.exclude = StrictYaml::texts(
                                                      n, "exclude", read_account_id);
                                                }}});
    return organization;
  }
  if (node.IsScalar() && node.Scalar() == "true") return organization;
  if (node.IsScalar() && node.Scalar() == "false") return {};
  StrictYaml::fail(node, "organization must be true, false or a mapping with exclude");
}

void check_exclusions(const YAML::Node& node, const AwsSettings& aws) {
  if (!aws.organization) return;
  const auto& excluded = aws.organization->exclude;
  for (const AccountSettings& account : aws.accounts) {
    if (std::find(excluded.begin(), excluded.end(), account.id) == excluded.end()) continue;
    StrictYaml::fail(node["organization"],
                     "account '" + account.id + "' is excluded, yet it stands in accounts");
  }
}

}  // namespace

std::string read_account_id(const YAML::Node& node) {
  std::string id = StrictYaml::line(node, "account id");
  if (!is_account_id(id)) {
    StrictYaml::fail(node, "account id '" + id + "' must be 12 digits, with all zeros in front");
  }
  return id;
}

std::string read_region(const YAML::Node& node) {
  std::string region = StrictYaml::line(node, "region");
  if (!is_region(region)) {
    StrictYaml::fail(node, "'" + region + "' is no AWS region, such as eu-west-1");
  }
  return region;
}

AwsSettings read_aws(const YAML::Node& node, TeamReferences& references) {
  AwsSettings aws;
  StrictYaml::mapping(
      node,
      "aws",
      {{"accounts", [&](const YAML::Node& n) { aws.accounts = read_accounts(n, references); }},
       {"organization", [&](const YAML::Node& n) { aws.organization = read_organization(n); }},
       {"role", [&](const YAML::Node& n) { aws.role = read_role_name(n); }},
       {"external_id", [&](const YAML::Node& n) { aws.external_id = read_external_id(n); }},
       {"regions", [&](const YAML::Node& n) { aws.regions = read_regions(n); }}});
  check_exclusions(node, aws);
  return aws;
}

}  // namespace patchbot
