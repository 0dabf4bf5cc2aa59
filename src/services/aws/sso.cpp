// SPDX-License-Identifier: Apache-2.0
// IAM Identity Center, as far as it goes without a browser: `aws sso login` has left a token.
#include <chrono>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "model/aws_names.hpp"
#include "services/aws/credential_links.hpp"
#include "services/aws/digest.hpp"
#include "services/aws/failure.hpp"
#include "services/aws/flat_json.hpp"
#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {
namespace {

constexpr int max_tries = 3;
constexpr std::size_t max_answer = std::size_t{64} * 1024;

struct Login {
  std::string profile;
  std::string account;
  std::string role;
  std::string region;
  std::string token_file;
};

[[noreturn]] void ask_for_login(const Login& login, const std::string& why) {
  throw Error(Blame::usage,
              "SSO of " + profile_text(login.profile) + ": " + why +
                  "; run: aws sso login --profile " + clean_line(login.profile));
}

// Old versions of the AWS CLI write "2026-01-02T03:04:05UTC".
std::optional<Time> parse_expiry(std::string text) {
  if (text.ends_with("UTC")) text.replace(text.size() - 3, 3, "Z");
  return parse_rfc3339(text);
}

Secret read_token(const Login& login, Time now) {
  const auto text = read_if_there(login.token_file);
  if (!text) ask_for_login(login, "nobody has logged in");
  const FlatJson file = read_flat_json(*text, clean_line(login.token_file));
  const auto expires = parse_expiry(value_in(file, "expiresAt"));
  if (!expires || *expires <= now) ask_for_login(login, "the login has expired");
  Secret token(value_in(file, "accessToken"));
  if (token.empty() || token.reveal().find_first_of("\r\n") != std::string::npos) {
    ask_for_login(login, "the login is unusable");
  }
  return token;
}

HttpResponse ask_portal(Session& session, const HttpRequest& request, Failure& failure) {
  for (int tries = 1;; ++tries) {
    HttpResponse response = session.transport.exchange(request);
    if (response.status == 200) return response;
    failure = parse_failure(response);
    if (tries >= max_tries || !is_transient(failure, response)) return response;
    session.clock.sleep(std::chrono::milliseconds(1000));
  }
}

Credentials read_answer(const std::string& body, const Login& login) {
  const std::string what = "SSO of " + profile_text(login.profile);
  const FlatJson answer = read_flat_json(body, what, "roleCredentials");
  Credentials credentials;
  credentials.key_id = value_in(answer, "accessKeyId");
  credentials.secret = Secret(value_in(answer, "secretAccessKey"));
  credentials.token = Secret(value_in(answer, "sessionToken"));
  credentials.origin = what;
  const auto milliseconds = parse_integer(value_in(answer, "expiration"));
  if (credentials.key_id.empty() || credentials.secret.empty() || !milliseconds) {
    throw Error(Blame::remote, what + ": the answer's credentials are incomplete");
  }
  credentials.expires =
      Time(std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(*milliseconds)));
  return credentials;
}

Credentials fetch(Session& session, const Login& login) {
  HttpRequest request;
  request.url = session.endpoints.url(sso, login.region) +
                "/federation/credentials?account_id=" + percent_encode(login.account) +
                "&role_name=" + percent_encode(login.role);
  request.label = "sso GetRoleCredentials";
  request.unrecorded = true;
  request.max_answer = max_answer;
  request.headers = {{"x-amz-sso_bearer_token", read_token(login, session.clock.now()).reveal()}};
  Failure failure;
  const HttpResponse response = ask_portal(session, request, failure);
  if (response.status == 401) ask_for_login(login, "the login is no longer valid");
  if (response.status != 200) {
    throw Error(Blame::remote,
                "SSO of " + profile_text(login.profile) + ": " +
                    (response.status == 0
                         ? failure.message
                         : "HTTP status " + std::to_string(response.status) + " " + failure.code));
  }
  return read_answer(response.body, login);
}

Login read_login(const Profiles& profiles, const std::string& profile) {
  const std::string session_name = profiles.value(profile, "sso_session");
  const ProfileSection* session = nullptr;
  if (!session_name.empty()) {
    session = profiles.section("sso-session " + session_name);
    if (session == nullptr) {
      throw Error(Blame::usage,
                  profile_text(profile) + ": there is no section [sso-session " +
                      clean_line(session_name) + "]");
    }
  }
  const auto value = [&](const std::string& key) {
    const auto found =
        session == nullptr ? ProfileValues::const_iterator() : session->values.find(key);
    const bool shared = session != nullptr && found != session->values.end();
    std::string text = shared ? found->second : profiles.value(profile, key);
    if (text.empty()) throw Error(Blame::usage, profile_text(profile) + " lacks " + key);
    return text;
  };
  Login login{profile, value("sso_account_id"), value("sso_role_name"), value("sso_region"), ""};
  if (!is_region(login.region)) {
    throw Error(Blame::usage,
                profile_text(profile) + ": sso_region '" + clean_line(login.region) +
                    "' is no name of a region");
  }
  const std::string start_url = value("sso_start_url");
  login.token_file = profiles.at_home(
      "~/.aws/sso/cache/" + sha1_hex(session_name.empty() ? start_url : session_name) + ".json");
  return login;
}

}  // namespace

Offer from_sso(const ChainContext& context, const std::string& profile) {
  const Profiles& profiles = *context.profiles;
  if (profiles.value(profile, "sso_account_id").empty() &&
      profiles.value(profile, "sso_role_name").empty()) {
    return {nullptr, profile_text(profile) + " has no sso_account_id"};
  }
  auto ask = [&session = context.session, login = read_login(profiles, profile)] {
    return fetch(session, login);
  };
  return {std::make_shared<RefreshingSource>(context.session.clock, std::move(ask)), {}};
}

}  // namespace patchbot::aws
