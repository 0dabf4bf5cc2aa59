// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/bake.hpp"
#include "model/deployment.hpp"
#include "model/image.hpp"
#include "model/patch_status.hpp"

// What was seen of one service, before anybody says what it means.

namespace patchbot {

/// The AMIs of families, a bake for each name and architecture: copies in other regions and
/// accounts are of the same bake.
class BakeOrder {
 public:
  BakeOrder() = default;
  /// Those that servers may start from at `now` are bakes; others only count as older than these.
  /// Each family, owner and architecture has an order of its own; entries() is that of `main`'s.
  BakeOrder(const std::vector<Image>& images, const Image& main, Time now);

  struct Entry {
    std::string name;
    Time created{};  ///< of the first copy: a copy has a date of its own
    std::string source;
    std::vector<std::string> ids;  ///< sorted
  };

  bool empty() const { return entries_.empty(); }
  const std::vector<Entry>& entries() const { return entries_; }  ///< the newest first
  /// How many bakes of its own family are newer, 0 for the newest; none for an AMI of no family
  /// here, and for one that was taken back before anything came after it.
  std::optional<std::uint32_t> rank_of(const std::string& ami) const;

 private:
  std::vector<Entry> entries_;
  std::map<std::string, std::uint32_t> ranks_;
};

/// What a template on the main branch, or a pull request, says.
struct WrittenAmis {
  std::vector<std::string> amis;  ///< ids; empty where it does not say
  std::optional<Time> since;      ///< of the commit, or of the opening of the pull request
  std::string link;
  std::string unknown;    ///< why it does not say, or not all of it
  std::string unstored;   ///< that for names in Systems Manager
  bool is_draft = false;  ///< of a pull request
};

struct GroupEvidence {
  std::string where;  ///< as in AlikeServers
  AutoScalingGroup group;
  std::string ami;  ///< of the launch template's version; empty: unknown
  std::optional<Time> since;
  std::optional<InstanceRefresh> refresh;  ///< the last one
};

struct StackEvidence {
  std::string where;  ///< likewise
  Stack stack;
  std::vector<std::string> amis;  ///< that it deployed, where its parameters say
};

struct EnvironmentEvidence {
  std::vector<WrittenAmis> templates;
  std::string templates_unknown;  ///< why templates that it has, or may have, could not be read
  std::vector<WrittenAmis> pull_requests;
  std::string pull_requests_unknown;  ///< why not all of them could be read
  std::vector<StackEvidence> stacks;
  std::vector<GroupEvidence> groups;
  std::vector<AlikeServers> servers;  ///< that run, or are about to
  std::size_t stopped = 0;
  std::vector<std::string> unknown;  ///< what could not be asked of these
  std::string unseen;     ///< an account of this environment that could not be asked, or a region
  std::string elsewhere;  ///< likewise, and nobody says of which environment it is
};

struct BakeEvidence {
  bool has_job = false;
  std::vector<Bake> runs;  ///< the newest first
  std::string unknown;     ///< why the job could not be asked
  int every_days = 8;      ///< how old the newest AMI may be
};

struct ServiceEvidence {
  std::string team;
  std::string service;
  std::string family;
  BakeOrder bakes;
  std::string bakes_unknown;  ///< why the AMIs of its families could not all be listed
  BakeEvidence bake;
  std::map<std::string, std::string> blocked;  ///< AMIs in use that are, and by which pattern
  std::map<std::string, Time> created;         ///< of AMIs in use, where they are known
  std::map<std::string, EnvironmentEvidence> environments;
};

}  // namespace patchbot
