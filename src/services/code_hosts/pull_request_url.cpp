// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/pull_request_url.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

using Segments = std::vector<std::string>;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 && text.front() != '0' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// `before` names the project, then comes `word` and the number.
bool take(const Segments& all, std::size_t before, std::string_view word, PullRequestAddress& to) {
  if (all.size() < before + 2 || all[before] != word || !is_number(all[before + 1])) return false;
  to.project = joined_names(all, 0, before);
  to.number = all[before + 1];
  return !to.project.empty();
}

// Projects lie in groups within groups, so the word is looked for; old versions have no "-" there.
bool take_gitlab(const Segments& all, PullRequestAddress& to) {
  const auto word = std::find(all.begin(), all.end(), "merge_requests");
  if (word == all.end() || word + 1 == all.end() || !is_number(word[1])) return false;
  auto end = static_cast<std::size_t>(word - all.begin());
  if (end > 0 && all[end - 1] == "-") --end;
  if (end < 2) return false;
  to.project = joined_names(all, 0, end);
  to.number = word[1];
  return !to.project.empty();
}

bool take_data_center(const Segments& all, PullRequestAddress& to) {
  if (all.size() < 6 || all[4] != "pull-requests" || !is_number(all[5])) return false;
  to.project = data_center_project(all);
  to.number = all[5];
  return !to.project.empty();
}

bool take_path(const Segments& segments, PullRequestAddress& to) {
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
  const CodeHostUrl named{
      trim(url), "the pull request's URL", "https://github.com/OWNER/NAME/pull/1"};
  const std::vector<UrlOnHost> found = hosts_of(named, hosts);
  for (const UrlOnHost& one : found) {
    PullRequestAddress address{one.host, {}};
    if (take_path(one.segments, address)) return address;
  }
  const UrlOnHost& on = found.front();
  named.fail("names no pull request on " + on.base + "; expected " + on.base +
             std::string(expected_path(on.host.kind)));
}

}  // namespace patchbot
