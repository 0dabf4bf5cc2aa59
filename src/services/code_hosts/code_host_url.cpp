// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/code_host_url.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/base_url.hpp"
#include "net/http.hpp"

namespace patchbot {
namespace {

// "https://Host:443/ctx" as "https://host/ctx": one host has one spelling.
std::string normal_base(std::string_view url) {
  const UrlParts parts = split_url(url);
  const std::string scheme = to_lower(parts.scheme);
  std::string host = to_lower(parts.host);
  const std::string_view port = scheme == "https" ? ":443" : ":80";
  if (host.ends_with(port)) host.resize(host.size() - port.size());
  return scheme + "://" + host;
}

// Names of owners, projects and repositories have no other characters on any host, so what is let
// through cannot change the meaning of an address that is built from it.
bool is_name(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("-._~{}").find(c) != std::string_view::npos;
  });
  return plain && !text.empty() && text != "." && text != "..";
}

// Braces and the tilde may come encoded; nothing else has a reason to.
std::string decoded(std::string_view segment) {
  std::string out;
  while (!segment.empty()) {
    bool found = false;
    for (const auto& [code, plain] : {std::pair{"%7B", '{'}, {"%7D", '}'}, {"%7E", '~'}}) {
      if (!starts_with_nocase(segment, code)) continue;
      out += plain;
      segment.remove_prefix(3);
      found = true;
      break;
    }
    if (found) continue;
    out += segment.front();
    segment.remove_prefix(1);
  }
  return out;
}

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  for (const std::string_view part : split(path, '/')) {
    if (!part.empty()) segments.push_back(decoded(part));
  }
  return segments;
}

std::string github_api(const std::string& web) {
  if (web == "https://github.com") return "https://api.github.com";
  const UrlParts parts = split_url(web);
  // GitHub Enterprise Cloud with data residency.
  if (parts.host.ends_with(".ghe.com")) return "https://api." + std::string(parts.host);
  return web + "/api/v3";
}

std::string api_of(CodeHost kind, const std::string& web) {
  switch (kind) {
    case CodeHost::github: return github_api(web);
    case CodeHost::gitlab: return web + "/api/v4";
    case CodeHost::bitbucket_cloud:
      return web == "https://bitbucket.org" ? "https://api.bitbucket.org/2.0" : web + "/2.0";
    case CodeHost::bitbucket_data_center: return web + "/rest/api/latest";
  }
  return {};
}

// The rest of the path if the host is the one of `base`, else none.
std::optional<std::string_view> below_base(std::string_view url, std::string_view base) {
  const UrlParts own = split_url(url);
  const UrlParts known = split_url(base);
  std::string_view context = known.path;
  while (context.ends_with('/')) context.remove_suffix(1);
  if (normal_base(url) != normal_base(base) || !own.path.starts_with(context)) return {};
  const std::string_view rest = own.path.substr(context.size());
  if (!rest.starts_with('/')) return {};
  return rest;
}

std::string_view likely_kind(const UrlParts& url) {
  const auto has = [](std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
  };
  if (has(url.path, "/merge_requests/") || has(url.host, "gitlab")) return "gitlab";
  if (has(url.path, "/repos/")) return "bitbucket-data-center";
  return has(url.path, "/pull-requests/") ? "bitbucket" : "github";
}

[[noreturn]] void fail_unknown(const CodeHostUrl& url) {
  const UrlParts parts = split_url(url.url);
  const std::string base = clean_line(normal_base(url.url));
  url.fail("names " + base +
           ", which no token may be sent to; if it is yours, add pull_requests: { " +
           "hosts: [{ kind: " + std::string(likely_kind(parts)) + ", url: " + base +
           " }] } to the file of --config, with the context path if it has one");
}

void check_form(const CodeHostUrl& named) {
  const std::string_view url = named.url;
  const UrlParts parts = split_url(url);
  const bool web = equals_nocase(parts.scheme, "https") || equals_nocase(parts.scheme, "http");
  const bool plain =
      std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  if (!web || !plain || parts.host.empty()) {
    named.fail("'" + clean_line(cut_utf8(shown_url(url), 200)) +
               "' is none; expected one such as " + std::string(named.example));
  }
  if (parts.host.find('@') != std::string_view::npos || url.find('\\') != std::string_view::npos) {
    named.fail("must have no user or password: tokens come from the environment");
  }
}

}  // namespace

void CodeHostUrl::fail(const std::string& why) const {
  throw Error(Blame::usage, std::string(what) + " " + why);
}

std::vector<UrlOnHost> hosts_of(const CodeHostUrl& url,
                                const std::vector<CodeHostSettings>& hosts) {
  check_form(url);
  std::vector<CodeHostSettings> known = hosts;
  known.push_back({CodeHost::github, "https://github.com"});
  known.push_back({CodeHost::gitlab, "https://gitlab.com"});
  known.push_back({CodeHost::bitbucket_cloud, "https://bitbucket.org"});
  std::vector<UrlOnHost> found;
  for (const CodeHostSettings& host : known) {
    const auto rest = below_base(url.url, host.url);
    if (!rest) continue;
    UrlOnHost one{{host.kind, {}, {}, {}}, host.url, segments_of(*rest)};
    one.host.web = normal_base(host.url) + std::string(split_url(host.url).path);
    while (one.host.web.ends_with('/')) one.host.web.pop_back();
    one.host.api = api_of(host.kind, one.host.web);
    found.push_back(std::move(one));
  }
  if (found.empty()) fail_unknown(url);
  return found;
}

std::string joined_names(const std::vector<std::string>& segments,
                         std::size_t begin,
                         std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    if (!is_name(segments[i])) return {};
    text += (text.empty() ? "" : "/") + segments[i];
  }
  return text;
}

std::string data_center_project(const std::vector<std::string>& segments) {
  if (segments.size() < 4 || segments[2] != "repos") return {};
  if (segments[0] != "projects" && segments[0] != "users") return {};
  if (!is_name(segments[1]) || !is_name(segments[3])) return {};
  return (segments[0] == "users" ? "~" : "") + segments[1] + "/" + segments[3];
}

std::string_view name_of(CodeHost kind) {
  switch (kind) {
    case CodeHost::github: return "GitHub";
    case CodeHost::gitlab: return "GitLab";
    case CodeHost::bitbucket_cloud: return "Bitbucket";
    case CodeHost::bitbucket_data_center: return "Bitbucket Data Center";
  }
  return {};
}

std::string token_variable(CodeHost kind) {
  if (kind == CodeHost::github) return "PATCHBOT_GITHUB_TOKEN";
  return kind == CodeHost::gitlab ? "PATCHBOT_GITLAB_TOKEN" : "PATCHBOT_BITBUCKET_TOKEN";
}

}  // namespace patchbot
