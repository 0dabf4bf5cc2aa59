// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <chrono>

#include "base/address.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/aws/credential_links.hpp"
#include "services/aws/flat_json.hpp"
#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {
namespace {

using std::chrono::milliseconds;

constexpr int max_tries = 3;
constexpr milliseconds timeout{2000};
constexpr milliseconds pause{1000};
constexpr std::size_t max_answer = std::size_t{64} * 1024;
constexpr const char* relative_variable = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr const char* full_variable = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

bool is_loopback(const Address& address) {
  const auto first = parse_address("127.0.0.0");
  const bool v4 =
      std::equal(address.bytes.begin(), address.bytes.begin() + 13, first->bytes.begin());
  return v4 || address == parse_address("::1");
}

// Without TLS whoever answers gets our token and gives us keys: only this machine, ECS and EKS may.
bool is_trusted_host(std::string_view host) {
  constexpr std::array<std::string_view, 3> agents{
      "169.254.170.2", "169.254.170.23", "fd00:ec2::23"};
  if (host == "localhost") return true;
  const auto address = parse_address(host);
  return address && (is_loopback(*address) ||
                     std::any_of(agents.begin(), agents.end(), [&](std::string_view agent) {
                       return parse_address(agent) == address;
                     }));
}

void check_url(const std::string& url, const char* variable) {
  const auto refuse = [variable](const std::string& why) {
    throw Error(Blame::usage, std::string(variable) + ": " + why);
  };
  const UrlParts parts = split_url(url);
  const bool plain = std::all_of(
      url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F' && c != '\\'; });
  // What one parser takes for a user name can be the host for another.
  if (!plain || parts.host.empty() || parts.host.find('@') != std::string_view::npos) {
    refuse("is no URL");
  }
  if (parts.scheme == "https") return;
  if (parts.scheme != "http") refuse("is no http or https URL");
  if (!is_trusted_host(without_port(parts.host))) {
    refuse("the host '" + clean_line(parts.host) +
           "' may not be asked without TLS; only this machine, ECS (169.254.170.2) and EKS "
           "(169.254.170.23, fd00:ec2::23) may");
  }
}

// Empty: there is none.
std::string agent_url(const Environment& environment) {
  if (const std::string path = environment(relative_variable); !path.empty()) {
    if (!path.starts_with('/')) {
      throw Error(Blame::usage, std::string(relative_variable) + ": must begin with '/'");
    }
    std::string url = "http://169.254.170.2" + path;
    check_url(url, relative_variable);
    return url;
  }
  std::string url = environment(full_variable);
  if (!url.empty()) check_url(url, full_variable);
  return url;
}

// The file is written anew from time to time, and wins over the variable.
std::string agent_token(const Environment& environment) {
  const std::string path = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
  std::string token = environment("AWS_CONTAINER_AUTHORIZATION_TOKEN");
  if (!path.empty()) {
    const auto text = read_if_there(path);
    if (!text) {
      throw Error(
          Blame::usage,
          "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: " + clean_line(path) + " does not exist");
    }
    token = *text;
  }
  if (token.find_first_of("\r\n") != std::string::npos) {
    throw Error(Blame::usage,
                "the token of AWS_CONTAINER_AUTHORIZATION_TOKEN(_FILE) holds a line end, which no "
                "header may");
  }
  return token;
}

std::string failure_text(const HttpResponse& response) {
  if (response.status == 0) return clean_line(response.failure);
  return "HTTP status " + std::to_string(response.status);
}

Credentials ask(Session& session, const HttpRequest& request) {
  for (int tries = 1;; ++tries) {
    const HttpResponse response = session.transport.exchange(request);
    try {
      if (response.status != 200) throw Error(Blame::remote, failure_text(response));
      return read_credentials(
          read_flat_json(response.body, "container credentials"), "Token", "the container");
    } catch (const Error& error) {
      if (tries >= max_tries) {
        throw Error(Blame::remote,
                    "container credentials from " + clean_line(split_url(request.url).host) + ": " +
                        error.what());
      }
    }
    session.clock.sleep(pause);
  }
}

}  // namespace

Offer from_container(const ChainContext& context) {
  const std::string url = agent_url(context.environment);
  if (url.empty()) {
    return {nullptr,
            std::string("neither ") + relative_variable + " nor " + full_variable + " is set"};
  }
  auto fetch = [&session = context.session, environment = context.environment, url] {
    HttpRequest request;
    request.url = url;
    request.label = "container credentials";
    request.unrecorded = true;
    request.headers = {{"Accept", "application/json"}};
    request.connect_timeout = timeout;
    request.timeout = timeout;
    request.max_answer = max_answer;
    request.direct = url.starts_with("http://");
    if (const std::string token = agent_token(environment); !token.empty()) {
      request.headers.push_back({"Authorization", token});
    }
    return ask(session, request);
  };
  return {std::make_shared<RefreshingSource>(context.session.clock, std::move(fetch)), {}};
}

}  // namespace patchbot::aws
