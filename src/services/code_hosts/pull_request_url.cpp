// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/pull_request_url.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/http.hpp"
#include "net/redaction.hpp"

namespace patchbot {
namespace {

using Segments = std::vector<std::string>;

[[noreturn]] void fail(const std::string& why) {
  throw Error(Blame::usage, "the pull request's URL " + why);
}

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

Segments segments_of(std::string_view path) {
  Segments segments;
  for (const std::string_view part : split(path, '/')) {
    if (!part.empty()) segments.push_back(decoded(part));
  }
  return segments;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && text.front() != '0' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string joined(Segments::const_iterator begin, Segments::const_iterator end) {
  std::string text;
  for (; begin != end; ++begin) {
    if (!is_name(*begin)) return {};
    text += (text.empty() ? "" : "/") + *begin;
  }
  return text;
}

// `before` names the project, then comes `word` and the number.
bool take(const Segments& all, std::size_t before, std::string_view word, PullRequestAddress& to) {
  if (all.size() < before + 2 || all[before] != word || !is_number(all[before + 1])) return false;
  to.project = joined(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before));
  to.number = all[before + 1];
  return !to.project.empty();
}

// Projects lie in groups within groups, so the word is looked for; old versions have no "-" there.
bool take_gitlab(const Segments& all, PullRequestAddress& to) {
  const auto word = std::find(all.begin(), all.end(), "merge_requests");
  if (word == all.end() || word + 1 == all.end() || !is_number(word[1])) return false;
  auto end = word;
  if (end != all.begin() && end[-1] == "-") --end;
  if (end - all.begin() < 2) return false;
  to.project = joined(all.begin(), end);
  to.number = word[1];
  return !to.project.empty();
}

bool take_data_center(const Segments& all, PullRequestAddress& to) {
  if (all.size() < 6 || all[2] != "repos" || all[4] != "pull-requests") return false;
  if (all[0] != "projects" && all[0] != "users") return false;
  if (!is_name(all[1]) || !is_name(all[3]) || !is_number(all[5])) return false;
  to.project = (all[0] == "users" ? "~" : "") + all[1] + "/" + all[3];
  to.number = all[5];
  return true;
}

bool take_path(std::string_view path, PullRequestAddress& to) {
  const Segments segments = segments_of(path);
  switch (to.kind) {
    case CodeHost::github: return take(segments, 2, "pull", to);
    case CodeHost::gitlab: return take_gitlab(segments, to);
    case CodeHost::bitbucket_cloud: return take(segments, 2, "pull-requests", to);
    case CodeHost::bitbucket_data_center: return take_data_center(segments, to);
  }
  return false;
}

std::string_view expected_path(CodeHost kind) {
  switch (kind) {
    case CodeHost::github: return "/OWNER/NAME/pull/1";
    case CodeHost::gitlab: return "/GROUP/NAME/-/merge_requests/1";
    case CodeHost::bitbucket_cloud: return "/WORKSPACE/NAME/pull-requests/1";
    case CodeHost::bitbucket_data_center: return "/projects/KEY/repos/NAME/pull-requests/1";
  }
  return {};
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

std::string_view likely_kind(std::string_view path) {
  if (path.find("/merge_requests/") != std::string_view::npos) return "gitlab";
  if (path.find("/repos/") != std::string_view::npos) return "bitbucket-data-center";
  if (path.find("/pull-requests/") != std::string_view::npos) return "bitbucket";
  return "github";
}

[[noreturn]] void fail_unknown(std::string_view url) {
  const UrlParts parts = split_url(url);
  const std::string base = clean_line(normal_base(url));
  fail("names " + base + ", which no token may be sent to; if it is yours, add pull_requests: { " +
       "hosts: [{ kind: " + std::string(likely_kind(parts.path)) + ", url: " + base +
       " }] } to the file of --config, with the context path if it has one");
}

void check_form(std::string_view url) {
  const UrlParts parts = split_url(url);
  const bool web = equals_nocase(parts.scheme, "https") || equals_nocase(parts.scheme, "http");
  const bool plain =
      std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  if (!web || !plain || parts.host.empty()) {
    fail("'" + clean_line(redacted_url(cut_utf8(url, 200))) +
         "' is none; expected one such as https://github.com/OWNER/NAME/pull/1");
  }
  if (parts.host.find('@') != std::string_view::npos || url.find('\\') != std::string_view::npos) {
    fail("must have no user or password: tokens come from the environment");
  }
}

}  // namespace

std::string PullRequestAddress::url() const {
  const auto slash = project.find('/');
  switch (kind) {
    case CodeHost::github: return web + "/" + project + "/pull/" + number;
    case CodeHost::gitlab: return web + "/" + project + "/-/merge_requests/" + number;
    case CodeHost::bitbucket_cloud: return web + "/" + project + "/pull-requests/" + number;
    case CodeHost::bitbucket_data_center:
      return web + "/projects/" + project.substr(0, slash) + "/repos/" + project.substr(slash + 1) +
             "/pull-requests/" + number;
  }
  return {};
}

PullRequestAddress parse_pull_request_url(std::string_view url,
                                          const std::vector<CodeHostSettings>& hosts) {
  url = trim(url);
  check_form(url);
  std::vector<CodeHostSettings> known = hosts;
  known.push_back({CodeHost::github, "https://github.com"});
  known.push_back({CodeHost::gitlab, "https://gitlab.com"});
  known.push_back({CodeHost::bitbucket_cloud, "https://bitbucket.org"});
  const CodeHostSettings* on = nullptr;
  for (const CodeHostSettings& host : known) {
    const auto rest = below_base(url, host.url);
    if (!rest) continue;
    PullRequestAddress address{host.kind, {}, {}, {}, {}};
    address.web = normal_base(host.url) + std::string(split_url(host.url).path);
    while (address.web.ends_with('/')) address.web.pop_back();
    address.api = api_of(host.kind, address.web);
    if (take_path(*rest, address)) return address;
    if (on == nullptr) on = &host;
  }
  if (on == nullptr) fail_unknown(url);
  fail("names no pull request on " + on->url + "; expected " + on->url +
       std::string(expected_path(on->kind)));
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
