// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/api_paths.hpp"

#include "net/http.hpp"

namespace patchbot {

std::string repository_path(CodeHost kind, const std::string& project) {
  const auto slash = project.find('/');
  switch (kind) {
    case CodeHost::github: return "/repos/" + percent_encode(project, "/");
    case CodeHost::gitlab: return "/projects/" + percent_encode(project);
    case CodeHost::bitbucket_cloud: return "/repositories/" + percent_encode(project, "/");
    case CodeHost::bitbucket_data_center:
      return "/projects/" + percent_encode(project.substr(0, slash)) + "/repos/" +
             percent_encode(project.substr(slash + 1));
  }
  return {};
}

std::string content_path(CodeHost kind, const std::string& project, const FileVersion& file) {
  const std::string repository = repository_path(kind, project);
  const std::string path = percent_encode(file.path, "/");
  switch (kind) {
    case CodeHost::github: return repository + "/contents/" + path + "?ref=" + file.commit;
    case CodeHost::gitlab:
      return repository + "/repository/files/" + percent_encode(file.path) +
             "/raw?ref=" + file.commit;
    case CodeHost::bitbucket_cloud: return repository + "/src/" + file.commit + "/" + path;
    case CodeHost::bitbucket_data_center: return repository + "/raw/" + path + "?at=" + file.commit;
  }
  return {};
}

std::string facts_path(CodeHost kind, const std::string& project, const FileVersion& file) {
  if (project.empty()) return {};
  switch (kind) {
    case CodeHost::github: return content_path(kind, project, file);  // by another header
    case CodeHost::gitlab:
      return repository_path(kind, project) + "/repository/files/" + percent_encode(file.path) +
             "?ref=" + file.commit;
    case CodeHost::bitbucket_cloud: return content_path(kind, project, file) + "?format=meta";
    case CodeHost::bitbucket_data_center: return {};
  }
  return {};
}

std::string request_path(const PullRequestAddress& address) {
  const std::string repository = repository_path(address.kind, address.project);
  switch (address.kind) {
    case CodeHost::github: return repository + "/pulls/" + address.number;
    case CodeHost::gitlab: return repository + "/merge_requests/" + address.number;
    case CodeHost::bitbucket_cloud: return repository + "/pullrequests/" + address.number;
    case CodeHost::bitbucket_data_center: return repository + "/pull-requests/" + address.number;
  }
  return {};
}

}  // namespace patchbot
