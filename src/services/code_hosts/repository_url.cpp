// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/repository_url.hpp"

#include "base/text.hpp"
#include "net/http.hpp"

namespace patchbot {
namespace {

using Segments = std::vector<std::string>;

// "owner/name"; of GitLab, groups within groups, up to what is below the project.
std::string plain_project(CodeHost kind, const Segments& all) {
  const bool has_groups = kind == CodeHost::gitlab;
  std::size_t end = 0;
  while (end < all.size() && all[end] != "-") ++end;
  if (has_groups ? end < 2 : all.size() != 2) return {};
  return joined_names(all, 0, has_groups ? end : 2);
}

std::string project_of(CodeHost kind, Segments segments) {
  const std::string_view ending = ".git";
  if (!segments.empty() && segments.back().ends_with(ending)) {
    segments.back().resize(segments.back().size() - ending.size());
  }
  return kind == CodeHost::bitbucket_data_center ? data_center_project(segments)
                                                 : plain_project(kind, segments);
}

std::string_view expected_path(CodeHost kind) {
  switch (kind) {
    case CodeHost::github: return "/OWNER/NAME";
    case CodeHost::gitlab: return "/GROUP/NAME";
    case CodeHost::bitbucket_cloud: return "/WORKSPACE/NAME";
    case CodeHost::bitbucket_data_center: return "/projects/KEY/repos/NAME";
  }
  return {};
}

}  // namespace

RepositoryAddress parse_repository_url(std::string_view url,
                                       const std::vector<CodeHostSettings>& hosts) {
  const CodeHostUrl named{trim(url), "the repository's URL", "https://github.com/OWNER/NAME"};
  const std::vector<UrlOnHost> found = hosts_of(named, hosts);
  for (const UrlOnHost& one : found) {
    RepositoryAddress address = one.host;
    address.project = project_of(address.kind, one.segments);
    if (!address.project.empty()) return address;
  }
  const UrlOnHost& on = found.front();
  named.fail("names no repository on " + on.base + "; expected " + on.base +
             std::string(expected_path(on.host.kind)));
}

std::string file_url(const RepositoryAddress& repository,
                     const std::string& branch,
                     const std::string& path) {
  const std::string file = percent_encode(path, "/");
  const std::string at = percent_encode(branch, "/");
  const std::string& project = repository.project;
  const auto slash = project.find('/');
  switch (repository.kind) {
    case CodeHost::github: return repository.web + "/" + project + "/blob/" + at + "/" + file;
    case CodeHost::gitlab: return repository.web + "/" + project + "/-/blob/" + at + "/" + file;
    case CodeHost::bitbucket_cloud:
      return repository.web + "/" + project + "/src/" + at + "/" + file;
    case CodeHost::bitbucket_data_center:
      return repository.web + "/projects/" + project.substr(0, slash) + "/repos/" +
             project.substr(slash + 1) + "/browse/" + file +
             "?at=" + percent_encode("refs/heads/" + branch);
  }
  return {};
}

}  // namespace patchbot
