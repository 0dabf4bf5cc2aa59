// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/aws/assumed_role.hpp"
#include "services/aws/credential_links.hpp"

namespace patchbot::aws {
namespace {

[[noreturn]] void fail(const std::string& profile, const std::string& message) {
  throw Error(Blame::usage, profile_text(profile) + ": " + message);
}

int duration_of(const std::string& profile, const std::string& text) {
  const auto seconds = parse_integer(text);
  if (!seconds || *seconds < 900 || *seconds > 43200) {
    fail(profile, "duration_seconds is no number from 900 to 43200");
  }
  return static_cast<int>(*seconds);
}

RoleRequest role_request(const Profiles& profiles, const std::string& profile) {
  RoleRequest role;
  role.arn = profiles.value(profile, "role_arn");
  role.external_id = profiles.value(profile, "external_id");
  if (const auto name = profiles.value(profile, "role_session_name"); !name.empty()) {
    role.session_name = name;
  }
  if (const auto text = profiles.value(profile, "duration_seconds"); !text.empty()) {
    role.duration_seconds = duration_of(profile, text);
  }
  return role;
}

// Follows source_profile from role to role, by botocore's rules.
class RoleChain {
 public:
  explicit RoleChain(const ChainContext& context) : context_(context) {}

  // A profile with a web identity is that, even where a role of another one leads to it.
  bool is_role(const std::string& profile) const {
    return !value(profile, "role_arn").empty() && value(profile, "web_identity_token_file").empty();
  }

  CredentialsPtr resolve(const std::string& profile) {
    visited_.push_back(profile);
    if (!value(profile, "mfa_serial").empty()) {
      fail(profile,
           "mfa_serial asks for a code at every start, which PatchBot cannot do; use a role that "
           "needs none");
    }
    RoleRequest role = role_request(*context_.profiles, profile);
    const std::string source = value(profile, "source_profile");
    const std::string kind = value(profile, "credential_source");
    if (source.empty() == kind.empty()) {
      fail(profile, "role_arn needs exactly one of source_profile and credential_source");
    }
    CredentialsPtr base = source.empty() ? from_kind(profile, kind) : from_source(profile, source);
    return role_source(context_.session, std::move(base), std::move(role), context_.region, "");
  }

 private:
  std::string value(const std::string& profile, const std::string& key) const {
    return context_.profiles->value(profile, key);
  }

  bool has_keys(const std::string& profile) const {
    return !value(profile, "aws_access_key_id").empty() &&
           !value(profile, "aws_secret_access_key").empty();
  }

  CredentialsPtr from_kind(const std::string& profile, const std::string& kind) const {
    Offer offer;
    if (equals_nocase(kind, "Environment")) {
      offer = from_environment(context_);
    } else if (equals_nocase(kind, "Ec2InstanceMetadata")) {
      offer = from_instance(context_);
    } else if (equals_nocase(kind, "EcsContainer")) {
      offer = from_container(context_);
    } else {
      fail(profile,
           "credential_source '" + clean_line(kind) +
               "' is not known; expected Environment, Ec2InstanceMetadata or EcsContainer");
    }
    if (!offer.source) fail(profile, "credential_source " + kind + ": " + offer.why_not);
    return offer.source;
  }

  CredentialsPtr from_source(const std::string& profile, const std::string& source) {
    if (!context_.profiles->has(source)) {
      fail(profile, "source_profile '" + clean_line(source) + "' does not exist");
    }
    const bool seen = std::find(visited_.begin(), visited_.end(), source) != visited_.end();
    if (seen && (source != profile || !has_keys(source))) {
      fail(profile, "source_profile leads back to " + profile_text(source));
    }
    return has_keys(source) || !is_role(source) ? from_profile(profile, source) : resolve(source);
  }

  CredentialsPtr from_profile(const std::string& profile, const std::string& source) const {
    Offer offer = from_web_identity(context_, source, Surroundings::ignored);
    for (auto* make : {from_sso, from_credentials_file, from_process, from_config_file}) {
      if (!offer.source) offer = make(context_, source);
    }
    if (offer.source) return offer.source;
    fail(profile, "source_profile '" + clean_line(source) + "' has no credentials");
  }

  const ChainContext& context_;
  std::vector<std::string> visited_;
};

}  // namespace

Offer from_role(const ChainContext& context, const std::string& profile) {
  RoleChain chain(context);
  if (!chain.is_role(profile)) return {nullptr, profile_text(profile) + " has no role_arn"};
  return {chain.resolve(profile), {}};
}

}  // namespace patchbot::aws
