// SPDX-License-Identifier: Apache-2.0
#include "clone_source.hpp"

#include <algorithm>
#include <limits>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "formats/template_file.hpp"
#include "net/http.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_branches = 500;
constexpr std::string_view remote = "origin/";

// What the remote has as its main branch, else one of the usual names.
std::string branch_of(const GitRepository& repository, const std::string& wanted) {
  if (!wanted.empty()) {
    std::string name = std::string(remote) + wanted;
    return repository.has(name) ? name : wanted;
  }
  for (const char* name : {"origin/HEAD", "origin/main", "origin/master", "main", "master"}) {
    if (repository.has(name)) return name;
  }
  const auto branches = repository.branches();
  if (branches.size() == 1) return branches.front().name;
  throw Error(
      Blame::usage,
      "which branch is the main one is not clear: it is called neither main nor master, and "
      "there is no origin/HEAD; name it (branch:)");
}

FileVersion version(const GitFile& file, const std::string& commit) {
  return {file.path, commit, {}, {}, false, file.blob};
}

// The URL may be one that is for links only, on a host that nobody asks.
std::optional<RepositoryAddress> address_of(const std::string& url,
                                            const std::vector<CodeHostSettings>& hosts) {
  try {
    return parse_repository_url(url, hosts);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

CloneSource::CloneSource(const RepositorySettings& settings,
                         const std::vector<CodeHostSettings>& hosts)
    : url_(settings.url),
      address_(address_of(settings.url, hosts)),
      repository_(settings.clone),
      branch_(branch_of(repository_, settings.branch)),
      commit_(repository_.commit(branch_)) {}

std::string CloneSource::main_branch() const {
  const std::string name = repository_.full_name(branch_);
  for (const std::string_view folder : {"refs/remotes/origin/", "refs/heads/"}) {
    const bool is_one = name.starts_with(folder) && !name.ends_with("/HEAD");
    if (is_one) return name.substr(folder.size());
  }
  return {};
}

std::vector<FileVersion> CloneSource::files() {
  const std::vector<GitFile> listed = repository_.files(commit_);
  std::vector<FileVersion> files;
  files.reserve(listed.size());
  for (const GitFile& file : listed) files.push_back(version(file, commit_));
  return files;
}

// Of branches that have been merged nothing is left that differs.
std::vector<OpenChange> CloneSource::open_changes(const OfInterest& is_of_interest) {
  const std::vector<GitBranch> all = repository_.branches();
  std::vector<OpenChange> changes;
  for (std::size_t i = 0; i < std::min(all.size(), most_branches); ++i) {
    OpenChange one{
        "branch " + clean_line(all[i].name), all[i].name, {}, all[i].time, false, {}, {}};
    one.files = changed(all[i], is_of_interest);
    if (!one.files.empty()) changes.push_back(std::move(one));
  }
  return changes;
}

std::vector<FileVersion> CloneSource::changed(const GitBranch& branch,
                                              const OfInterest& is_of_interest) const {
  std::vector<FileVersion> files;
  if (branch.commit == commit_) return files;
  const auto base = repository_.merge_base(commit_, branch.commit);
  if (!base || *base == branch.commit) return files;
  for (const GitChange& change : repository_.changes(*base, branch.commit)) {
    const bool is_one = !change.after.path.empty() && is_of_interest(change.after.path);
    if (is_one) files.push_back(version(change.after, branch.commit));
  }
  return files;
}

std::optional<std::string> CloneSource::content(const FileVersion& file) {
  return repository_.contents({file.blob}, PullRequestHost::max_file).begin()->second;
}

// When a line with an AMI changed in the file last: one look of git at the past for all files.
std::optional<Time> CloneSource::since(const std::string& path) {
  if (!past_) past_ = repository_.changes_of("ami-[0-9a-f]", commit_, template_endings());
  const auto moments = past_->find(path);
  if (moments == past_->end() || moments->second.empty()) return std::nullopt;
  return moments->second.front().time;
}

std::string CloneSource::link(const std::string& path, const std::string& branch) const {
  if (url_.empty()) return branch.empty() ? clean_line(path) : "branch " + clean_line(branch);
  std::string name = branch.empty() ? branch_ : branch;
  if (name.starts_with(remote)) name.erase(0, remote.size());
  if (address_) return file_url(*address_, name, path);
  return url_ + "/blob/" + percent_encode(name, "/") + "/" + percent_encode(path, "/");
}

std::size_t CloneSource::most_files() const { return std::numeric_limits<std::size_t>::max(); }

}  // namespace patchbot
