// SPDX-License-Identifier: Apache-2.0
#include "services/aws/accounts.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.hpp"
#include "model/aws_names.hpp"
#include "services/aws/assumed_role.hpp"
#include "services/aws/credential_chain.hpp"
#include "services/aws/organizations.hpp"
#include "services/aws/refreshing_source.hpp"
#include "services/aws/sts.hpp"

namespace patchbot::aws {
namespace {

std::string arn_of(const std::string& role, const std::string& account, const std::string& region) {
  if (role.starts_with("arn:")) return role;
  return "arn:" + std::string(partition_of(region)) + ":iam::" + account + ":role/" + role;
}

// What one account says of itself wins over what is said for all.
const std::string& either(const std::string& own, const std::string& common) {
  return own.empty() ? common : own;
}

class AccessList {
 public:
  AccessList(const AwsSettings& settings, const Self& self, Session& session)
      : settings_(settings), self_(self), session_(session) {}

  Access access(const AccountSettings& account) const {
    Access access{account.id, account.name, self_.credentials, {}, account.regions};
    if (access.regions.empty()) access.regions = settings_.regions;
    // Our own account does not let us into a role of itself unless somebody set it up so.
    if (account.id == self_.account && account.role.empty()) return access;
    RoleRequest request;
    request.arn = arn_of(either(account.role, settings_.role), account.id, self_.region);
    request.external_id = either(account.external_id, settings_.external_id);
    access.role = request.arn;
    access.credentials =
        role_source(session_, self_.credentials, request, self_.region, account.id);
    return access;
  }

 private:
  const AwsSettings& settings_;
  const Self& self_;
  Session& session_;
};

// Whose machines AWS has stopped, or which never had any. A word that we do not know is no reason
// to leave an account out.
bool is_closed(const std::string& state) {
  return state == "SUSPENDED" || state == "PENDING_CLOSURE" || state == "CLOSED" ||
         state == "PENDING_ACTIVATION";
}

std::vector<AccountSettings> accounts_in_organization(const AwsSettings& settings,
                                                      const Self& self,
                                                      Session& session) {
  std::map<std::string, AccountSettings> special;
  for (const AccountSettings& account : settings.accounts) special.emplace(account.id, account);
  const auto& exclude = settings.organization->exclude;
  std::vector<AccountSettings> accounts;
  Client client(session, self.credentials, self.region, self.account);
  const std::vector<OrganizationAccount> members = list_accounts(client);
  // At least the management account is always there; and an id becomes part of an ARN.
  const bool sound = !members.empty() && std::all_of(members.begin(), members.end(), [](auto& one) {
    return is_account_id(one.id);
  });
  if (!sound) {
    throw Error(Blame::remote,
                client.label(list_accounts_operation) + ": the answer names " +
                    (members.empty() ? "no account" : "an account without an id of 12 digits"));
  }
  for (const OrganizationAccount& member : members) {
    const bool excluded = std::find(exclude.begin(), exclude.end(), member.id) != exclude.end();
    AccountSettings account;
    if (const auto found = special.extract(member.id)) account = found.mapped();
    if (is_closed(member.state) || excluded) continue;
    account.id = member.id;
    if (account.name.empty()) account.name = member.name;
    accounts.push_back(std::move(account));
  }
  // Accounts that are configured but in no organisation of ours: suppliers, former companies.
  for (const auto& [id, account] : special) accounts.push_back(account);
  // An organization has at least the account that answers.
  if (accounts.empty()) {
    throw Error(Blame::remote,
                client.label(list_accounts_operation) +
                    ": no account is left to ask: all are closed or excluded, or none is listed");
  }
  return accounts;
}

std::string home_region(const ProfileSettings& profile, const AwsSettings& settings) {
  if (!profile.region.empty()) return profile.region;
  return settings.regions.empty() ? "us-east-1" : settings.regions.front();
}

CredentialsPtr placeholder(Session& session) {
  Credentials credentials;
  credentials.key_id = "REPLAY";
  credentials.secret = Secret("REPLAY");
  credentials.origin = "replay";
  return fixed_source(session.clock, std::move(credentials));
}

}  // namespace

Self find_self(Session& session,
               const Environment& environment,
               const AwsSettings& settings,
               bool replayed) {
  const ProfileSettings profile = profile_settings(environment);
  session.endpoints.add_profile(profile.endpoints);
  Self self;
  self.region = home_region(profile, settings);
  self.credentials = replayed ? placeholder(session) : default_credentials({session, environment});
  Client client(session, self.credentials, self.region, {});
  const Identity identity = caller_identity(client);
  self.account = identity.account;
  self.arn = identity.arn;
  return self;
}

std::vector<Access> accounts_of(const AwsSettings& settings, const Self& self, Session& session) {
  std::vector<AccountSettings> accounts = settings.accounts;
  if (settings.organization) {
    accounts = accounts_in_organization(settings, self, session);
  } else if (accounts.empty()) {
    accounts.push_back({self.account});
  }
  std::sort(
      accounts.begin(), accounts.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const AccessList list(settings, self, session);
  std::vector<Access> result;
  result.reserve(accounts.size());
  for (const AccountSettings& account : accounts) result.push_back(list.access(account));
  return result;
}

std::map<std::string, std::string> address_settings(const Environment& environment) {
  const ProfileSettings profile = profile_settings(environment);
  Endpoints endpoints(environment);
  endpoints.add_profile(profile.endpoints);
  std::map<std::string, std::string> settings = endpoints.variables();
  if (!profile.region.empty()) settings["AWS_REGION"] = profile.region;
  return settings;
}

}  // namespace patchbot::aws
