// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/host_client.hpp"

#include "base/base64.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/redaction.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/api_paths.hpp"
#include "services/code_hosts/blob_id.hpp"
#include "services/one_host.hpp"

namespace patchbot {
namespace {

std::vector<HttpHeader> headers_for(CodeHost kind, const HostAccess& access) {
  std::vector<HttpHeader> headers{{"User-Agent", "patchbot"}};
  if (kind == CodeHost::github) {
    headers.push_back({"X-GitHub-Api-Version", "2022-11-28"});
  }
  if (access.token.empty()) return headers;
  const bool basic = kind != CodeHost::github && kind != CodeHost::gitlab && !access.user.empty();
  headers.push_back({"Authorization",
                     basic ? "Basic " + base64(access.user + ":" + access.token.reveal())
                           : "Bearer " + access.token.reveal()});
  return headers;
}

// The token, and what stands for it in a header.
std::vector<Secret> secrets_of(const HostAccess& access) {
  std::vector<Secret> secrets{access.token};
  if (!access.user.empty()) secrets.emplace_back(base64(access.user + ":" + access.token.reveal()));
  return secrets;
}

std::string hint_for(int status, CodeHost kind) {
  const std::string token = token_variable(kind);
  if (status == 401) return "; the token of " + token + " is missing, wrong or has ended";
  if (status == 403) return "; the token of " + token + " does not have the right to do this";
  if (status == 404)
    return "; there is no such thing, or the token of " + token + " may not see it";
  return {};
}

}  // namespace

HostClient::HostClient(const PullRequestAddress& address, const HostAccess& access)
    : HostClient(static_cast<const RepositoryAddress&>(address), access) {
  who_ += " #" + address.number;
}

HostClient::HostClient(const RepositoryAddress& address, const HostAccess& access)
    : address_(address),
      who_(std::string(name_of(address.kind)) + ": " + address.project),
      clock_(access.clock),
      patience_(access.patience),
      headers_(headers_for(address.kind, access)),
      secrets_(secrets_of(access)),
      limited_(access.transport, access.clock, access.patience.deadline) {}

HttpResponse HostClient::get(const std::string& path) const {
  return follow(request_for("GET", path));
}

std::optional<std::string> HostClient::file(const FileVersion& version) const {
  const auto path_in = [&](const std::string& repository) {
    return content_path(address_.kind, repository, version);
  };
  HttpRequest request = request_for("GET", path_in(version.repository));
  request.max_answer = PullRequestHost::max_file;
  for (HttpHeader& header : request.headers) {
    if (header.name != "Accept") continue;
    // As JSON, files end at 1 MB.
    header.value = address_.kind == CodeHost::github ? "application/vnd.github.raw+json" : "*/*";
  }
  HttpResponse response = follow(request);
  const bool barred = response.status == 404 || response.status == 403 || response.status == 401;
  if (barred && !version.also_in.empty()) {
    request.url = address_.api + path_in(version.also_in);
    response = follow(request);
  }
  if (response.too_large) return {};
  if (version.may_lack && response.status == 404) return std::string();
  check(response, clean_line(version.path));
  // A page to sign in, of a proxy in between, is no template, and none begins like one.
  std::string_view body = response.body;
  if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
  if (trim(body).starts_with('<')) {
    throw Error(Blame::remote, about(clean_line(version.path)) + ": the answer is an HTML page");
  }
  return std::move(response.body);
}

bool HostClient::confirms(const FileVersion& file, std::string_view bytes) const {
  if (!file.blob.empty()) return is_blob_id(file.blob, bytes);
  const nlohmann::json facts = facts_of(*this,
                                        {facts_path(address_.kind, file.repository, file),
                                         facts_path(address_.kind, file.also_in, file)});
  if (address_.kind == CodeHost::bitbucket_cloud) {  // it tells the size alone
    return raw_text(facts, {"type"}) == "commit_file" &&
           raw_text(facts, {"size"}) == std::to_string(bytes.size());
  }
  const bool is_github = address_.kind == CodeHost::github;
  return is_blob_id(raw_text(facts, {is_github ? "sha" : "blob_id"}), bytes);
}

HttpResponse HostClient::send(const std::string& method,
                              const std::string& path,
                              const std::string& body) const {
  HttpRequest request = request_for(method, path);
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = body;
  return follow(std::move(request));
}

HttpResponse HostClient::send_once(const std::string& path, const std::string& body) const {
  HttpRequest request = request_for("POST", path);
  request.headers.push_back({"Content-Type", "application/json"});
  request.body = body;
  request.once = true;
  return exchange_patiently(limited_, clock_, std::move(request), {1, patience_.deadline});
}

void HostClient::check(const HttpResponse& response, const std::string& what) const {
  if (response.status >= 200 && response.status < 300) return;
  const std::string said = message_of(response, secrets_);
  throw Error(Blame::remote,
              about(what) + ": " + trouble_of(response) + (said.empty() ? "" : " (" + said + ")") +
                  hint_for(response.status, address_.kind));
}

std::string HostClient::hidden(std::string text) const {
  return without(std::move(text), secrets_);
}

std::string HostClient::about(const std::string& what) const { return hidden(who_ + ": " + what); }

HttpRequest HostClient::request_for(const std::string& method, const std::string& path) const {
  HttpRequest request;
  request.method = method;
  request.url = path.starts_with('/') ? address_.api + path : path;
  if (!is_on_host(request.url, address_.api)) {
    throw Error(Blame::remote, about("the host refers to " + elsewhere(path, secrets_)));
  }
  request.label = std::string(name_of(address_.kind)) + " " + method;
  request.headers = headers_;
  request.secrets = secrets_;
  request.headers.push_back(
      {"Accept",
       address_.kind == CodeHost::github ? "application/vnd.github+json" : "application/json"});
  return request;
}

HttpResponse HostClient::follow(HttpRequest request) const {
  return exchange_on_host(limited_, clock_, std::move(request), patience_, who_);
}

}  // namespace patchbot
