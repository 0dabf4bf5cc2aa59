// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/aws/credential_links.hpp"
#include "services/aws/refreshing_source.hpp"
#include "services/aws/sts.hpp"

namespace patchbot::aws {
namespace {

// The cluster replaces the file before the token in it expires: it is read for each call.
Secret read_token(const std::string& path) {
  const auto text = read_if_there(path);
  if (!text) throw Error(Blame::usage, path + ": the web identity token file does not exist");
  const std::string_view token = trim(*text);
  if (token.empty()) throw Error(Blame::usage, path + ": the web identity token file is empty");
  return Secret(std::string(token));
}

// What the environment says wins over the profile, one by one.
std::string setting(const ChainContext& context,
                    const std::string& profile,
                    Surroundings surroundings,
                    const std::string& variable,
                    const std::string& key) {
  const std::string set =
      surroundings == Surroundings::used ? context.environment(variable) : std::string();
  return set.empty() ? context.profiles->value(profile, key) : set;
}

RoleRequest requested_role(const ChainContext& context,
                           const std::string& profile,
                           Surroundings surroundings) {
  RoleRequest role;
  role.arn = setting(context, profile, surroundings, "AWS_ROLE_ARN", "role_arn");
  if (role.arn.empty()) {
    throw Error(Blame::usage,
                "a web identity token file is set, but no role: set AWS_ROLE_ARN as well, or "
                "role_arn in " +
                    profile_text(profile));
  }
  const std::string name =
      setting(context, profile, surroundings, "AWS_ROLE_SESSION_NAME", "role_session_name");
  if (!name.empty()) role.session_name = name;
  return role;
}

}  // namespace

Offer from_web_identity(const ChainContext& context,
                        const std::string& profile,
                        Surroundings surroundings) {
  const std::string file = setting(
      context, profile, surroundings, "AWS_WEB_IDENTITY_TOKEN_FILE", "web_identity_token_file");
  if (file.empty()) {
    return {nullptr,
            "neither AWS_WEB_IDENTITY_TOKEN_FILE nor web_identity_token_file of " +
                profile_text(profile) + " is set"};
  }
  auto fetch = [&session = context.session,
                region = context.region,
                role = requested_role(context, profile, surroundings),
                path = context.profiles->at_home(file)] {
    Client client(session, nullptr, region, "");
    return assume_role_with_web_identity(client, role, read_token(path));
  };
  return {std::make_shared<RefreshingSource>(context.session.clock, std::move(fetch)), {}};
}

}  // namespace patchbot::aws
