// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/repository_host.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "services/code_hosts/repository_hosts.hpp"

namespace patchbot {

// Whoever has no file has no template either, and everything would seem to be as it should.
std::vector<FileVersion> RepositoryHost::files(const std::string& commit) {
  std::vector<FileVersion> files = list_files(commit);
  if (!files.empty()) return files;
  throw Error(Blame::remote,
              client_.about("the files: the host lists none of the commit " + commit +
                            "; if that is so, take it out of status.repositories"));
}

std::vector<OpenPullRequest> RepositoryHost::open_pull_requests(const std::string& branch) {
  std::vector<OpenPullRequest> requests;
  const std::size_t proven_page = list_requests(branch, [&](OpenPullRequest request) {
    if (requests.size() == most_requests) {
      throw Error(
          Blame::remote,
          client_.about("more than " + std::to_string(most_requests) + " pull requests into " +
                        clean_line(branch) + " are open; close those that nobody will merge"));
    }
    if (request.created < Time()) request.created.reset();  // no request is from before 1970
    request.title = client_.hidden(std::move(request.title));
    request.branch = client_.hidden(std::move(request.branch));
    request.source = client_.hidden(std::move(request.source));
    requests.push_back(std::move(request));
  });
  for (OpenPullRequest& one : requests) one.proven_page = proven_page;
  return requests;
}

bool RepositoryHost::goes_into(const std::string& branch, const std::string& target) const {
  if (!target.empty()) return target == branch;
  throw Error(Blame::remote,
              client_.about("the open pull requests: the answer has one without the branch that it "
                            "goes into"));
}

// The number becomes a part of addresses.
OpenPullRequest RepositoryHost::numbered(const std::string& number) const {
  const bool is_number = !number.empty() && number.size() <= 18 &&
                         number.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) {
    throw Error(Blame::remote,
                client_.about("the open pull requests: the answer has one without a number"));
  }
  OpenPullRequest request{{address_, number}, {}, {}, {}, {}, {}};
  return request;
}

FileVersion RepositoryHost::file_at(std::string path,
                                    const std::string& commit,
                                    std::string blob) const {
  return {std::move(path), commit, address_.project, {}, false, std::move(blob)};
}

const std::string& RepositoryHost::known_branch(const std::string& name) const {
  if (!name.empty() && client_.hidden(name) == name) return name;
  throw Error(Blame::remote,
              client_.about("the host names no main branch; name it in status.repositories "
                            "(branch:)"));
}

std::unique_ptr<RepositoryHost> open_repository(const RepositoryAddress& address,
                                                const HostAccess& access) {
  switch (address.kind) {
    case CodeHost::github: return github_repository(address, access);
    case CodeHost::gitlab: return gitlab_repository(address, access);
    case CodeHost::bitbucket_cloud: return bitbucket_cloud_repository(address, access);
    case CodeHost::bitbucket_data_center: return data_center_repository(address, access);
  }
  return nullptr;
}

}  // namespace patchbot
