// SPDX-License-Identifier: Apache-2.0
#include "host_source.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "formats/odd_content.hpp"
#include "formats/template_file.hpp"
#include "services/code_hosts/blob_id.hpp"
#include "services/code_hosts/repository_url.hpp"

namespace patchbot {
namespace {

constexpr std::size_t at_once = 8;  // well below what any of the hosts allows

}  // namespace

HostSource::HostSource(const RepositorySettings& settings,
                       const RepositoryAddress& address,
                       const HostAccess& access)
    : access_(access), host_(open_repository(address, access)), branch_(settings.branch) {}

const std::string& HostSource::main_branch() {
  if (branch_.empty()) branch_ = host_->main_branch();
  return branch_;
}

std::vector<FileVersion> HostSource::files() { return host_->files(host_->tip(main_branch())); }

std::vector<OpenChange> HostSource::open_changes(const OfInterest& is_of_interest) {
  const std::vector<OpenPullRequest> requests = host_->open_pull_requests(main_branch());
  std::vector<OpenChange> changes(requests.size());
  in_parallel(requests.size(), at_once, [&](std::size_t i) {
    changes[i] = look_into(requests[i], is_of_interest);
  });
  std::erase_if(changes,
                [](const OpenChange& one) { return one.files.empty() && one.unknown.empty(); });
  return changes;
}

OpenChange HostSource::look_into(const OpenPullRequest& request,
                                 const OfInterest& is_of_interest) const {
  OpenChange change{"pull request " + request.address.number,
                    request.branch,
                    request.address.url(),
                    request.created,
                    request.is_draft,
                    {},
                    {}};
  try {
    change.files = open_pull_request(request.address, access_)->new_files(request);
    std::erase_if(change.files,
                  [&](const FileVersion& file) { return !is_of_interest(file.path); });
  } catch (const Error& error) {
    change.unknown = error.what();
  }
  return change;
}

// Hosts, and what stands in between, answer other things with success.
std::optional<std::string> HostSource::content(const FileVersion& file) {
  std::optional<std::string> bytes = host_->content(file);
  if (!bytes) return bytes;
  if (is_other_blob(file.blob, *bytes)) {
    throw Error(
        Blame::remote,
        clean_line(file.path) + ": the host answered with other bytes than it lists; ask again");
  }
  const std::string_view odd = oddity_of(*bytes);
  if (!odd.empty() && !host_->confirms(file, *bytes)) {
    throw Error(Blame::remote,
                clean_line(file.path) + ": " + std::string(odd) +
                    ", and does not confirm that it is; ask again");
  }
  return bytes;
}

std::string HostSource::link(const std::string& path, const std::string& branch) const {
  return file_url(host_->address(), branch.empty() ? branch_ : branch, path);
}

std::vector<HostProbe> HostSource::probes() {
  const std::string on = " on " + std::string(name_of(host_->address().kind));
  const auto read_one = [this] {
    const std::vector<FileVersion> all = files();
    const auto template_file = std::find_if(
        all.begin(), all.end(), [](const FileVersion& file) { return may_be_template(file.path); });
    if (template_file != all.end()) content(*template_file);
  };
  return {{"the open pull requests" + on, [this] { host_->open_pull_requests(main_branch()); }},
          {"the files" + on, read_one}};
}

}  // namespace patchbot
