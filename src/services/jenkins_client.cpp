// SPDX-License-Identifier: Apache-2.0
#include "services/jenkins_client.hpp"

#include <utility>

#include "base/base64.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"
#include "services/html_page.hpp"
#include "services/one_host.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

constexpr const char* variables = "PATCHBOT_JENKINS_USER and PATCHBOT_JENKINS_TOKEN";

}  // namespace

JenkinsClient::JenkinsClient(JenkinsAccess access) : access_(std::move(access)) {
  while (access_.url.ends_with('/')) access_.url.pop_back();
  if (access_.user.empty() != access_.token.empty()) {
    throw Error(Blame::usage, std::string("Jenkins: set both of ") + variables);
  }
}

json JenkinsClient::read(const std::string& path) const {
  const HttpResponse response = get(path, "application/json");
  if (is_deep_json(response.body)) throw failure(path, "the answer is nested too deep");
  json value = json::parse(response.body, nullptr, false);
  if (!value.is_object()) throw failure(path, "the answer is no JSON object, or is cut off");
  return value;
}

std::string JenkinsClient::download(const std::string& path) const { return get(path, "*/*").body; }

Error JenkinsClient::failure(const std::string& path, const std::string& why) const {
  return {Blame::remote, about(path) + ": " + why};
}

HttpResponse JenkinsClient::get(const std::string& path, const char* accept) const {
  HttpRequest request;
  request.url = access_.url + path;
  request.label = "jenkins GET " + path.substr(0, path.find('?'));
  request.headers = {{"User-Agent", "patchbot"}, {"Accept", accept}};
  request.max_answer = max_answer;
  if (is_signed_in()) {
    const std::string pair = base64(access_.user + ":" + access_.token.reveal());
    request.headers.push_back({"Authorization", "Basic " + pair});
    request.secrets = {access_.token, Secret(pair)};
  }
  HttpResponse response = exchange_on_host(
      access_.transport, access_.clock, std::move(request), access_.patience, about(path));
  if (response.status != 200) throw failure(path, trouble_of(response) + hint_for(response));
  if (is_html_page(response)) {
    throw failure(path, "the answer is an HTML page, maybe one to sign in" + hint_for(response));
  }
  return response;
}

std::string JenkinsClient::about(const std::string& path) const {
  return access_.url + ": GET " + path.substr(0, path.find('?'));
}

std::string JenkinsClient::hint_for(const HttpResponse& response) const {
  const int status = response.status == 0 ? response.broken_status : response.status;
  const bool is_refusal = status == 401 || status == 403;
  if ((is_refusal || status == 200) && !is_signed_in()) {
    return std::string("; anonymous users may not read this: set ") + variables;
  }
  if (status == 401) return std::string("; user or API token is wrong: see ") + variables;
  if (status == 403) return "; the user has no right to read this (Overall/Read and Job/Read)";
  // Jenkins says in each answer that it is one.
  const bool is_other = response.header("x-jenkins").empty() && response.status != 0;
  if (is_other && (status == 200 || status == 404)) {
    return "; is this the address of Jenkins, with its prefix?";
  }
  if (status == 404) return "; there is no such job, or the user may not see it (Job/Read)";
  return {};
}

}  // namespace patchbot
