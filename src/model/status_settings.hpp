// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace patchbot {

/// How one family of AMIs is baked. Of the families whose globs fit, the first decides.
struct FamilySettings {
  std::vector<std::string> family;  ///< globs on the family (Image::family)
  std::vector<std::string> owners;  ///< account ids; empty: the owner of the AMIs that run
  std::string job;                  ///< of Jenkins: "folder/name"
  std::string manifest;             ///< the file that Packer writes
  int every_days = 8;               ///< how old the newest AMI may be
  bool operator==(const FamilySettings&) const = default;
};

/// Who knows the pull requests of a repository. To a clone, branches count as such.
enum class PullRequestsFrom : std::uint8_t { clone, host };

/// Where the templates of a repository are: in a clone on this machine, else on the host.
struct RepositorySettings {
  std::string name;    ///< as pull_requests.templates calls it: "owner/name"
  std::string clone;   ///< a folder; empty: there is none, and there is a url
  std::string branch;  ///< empty: what the remote calls its main branch, else main or master
  std::string url;     ///< "https://github.com/acme/infra"; may be empty
  PullRequestsFrom pull_requests = PullRequestsFrom::clone;
  bool operator==(const RepositorySettings&) const = default;
};

/// The section status: of patchbot.yaml.
struct StatusSettings {
  std::string jenkins;     ///< its address
  std::string family_tag;  ///< the tag of AMIs that names their family; empty: names tell
  std::vector<FamilySettings> families;
  std::vector<RepositorySettings> repositories;
  bool operator==(const StatusSettings&) const = default;
};

}  // namespace patchbot
