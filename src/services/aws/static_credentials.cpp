// SPDX-License-Identifier: Apache-2.0
// The links that need nobody's help: keys in the environment and in the profile files.
#include "base/error.hpp"
#include "base/utf8.hpp"
#include "services/aws/credential_links.hpp"
#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {
namespace {

// The older name of the token is still read first, as botocore does.
std::string token_in(const Environment& environment) {
  const std::string old = environment("AWS_SECURITY_TOKEN");
  return old.empty() ? environment("AWS_SESSION_TOKEN") : old;
}

using Lookup = std::string (Profiles::*)(const std::string&, const std::string&) const;

Offer from_file(const ChainContext& context,
                const std::string& profile,
                Lookup lookup,
                const std::string& path) {
  const auto value = [&](const char* key) { return ((*context.profiles).*lookup)(profile, key); };
  Credentials credentials;
  credentials.key_id = value("aws_access_key_id");
  credentials.secret = Secret(value("aws_secret_access_key"));
  const std::string old = value("aws_security_token");
  credentials.token = Secret(old.empty() ? value("aws_session_token") : old);
  credentials.origin = profile_text(profile) + " of " + clean_line(path);
  if (credentials.key_id.empty() && credentials.secret.empty()) {
    return {nullptr, clean_line(path) + " has no keys for " + profile_text(profile)};
  }
  if (credentials.key_id.empty() || credentials.secret.empty()) {
    throw Error(Blame::usage,
                credentials.origin +
                    " has only one of aws_access_key_id and aws_secret_access_key; set both");
  }
  return {fixed_source(context.session.clock, std::move(credentials)), {}};
}

}  // namespace

std::string profile_text(const std::string& profile) {
  return "profile '" + clean_line(profile) + "'";
}

Offer from_environment(const ChainContext& context) {
  const Environment& environment = context.environment;
  Credentials credentials;
  credentials.key_id = environment("AWS_ACCESS_KEY_ID");
  credentials.secret = Secret(environment("AWS_SECRET_ACCESS_KEY"));
  credentials.token = Secret(token_in(environment));
  credentials.origin = "the environment";
  if (credentials.key_id.empty() && credentials.secret.empty()) {
    return {nullptr, "AWS_ACCESS_KEY_ID is not set"};
  }
  if (credentials.key_id.empty() || credentials.secret.empty()) {
    throw Error(Blame::usage,
                "the environment has only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; set "
                "both or none");
  }
  if (const std::string expiry = environment("AWS_CREDENTIAL_EXPIRATION"); !expiry.empty()) {
    credentials.expires = parse_rfc3339(expiry);
    if (!credentials.expires) {
      throw Error(Blame::usage, "AWS_CREDENTIAL_EXPIRATION is no point in time (RFC 3339)");
    }
  }
  return {fixed_source(context.session.clock, std::move(credentials)), {}};
}

Offer from_credentials_file(const ChainContext& context, const std::string& profile) {
  return from_file(
      context, profile, &Profiles::value_in_credentials, context.profiles->credentials_path());
}

Offer from_config_file(const ChainContext& context, const std::string& profile) {
  return from_file(context, profile, &Profiles::value_in_config, context.profiles->config_path());
}

}  // namespace patchbot::aws
