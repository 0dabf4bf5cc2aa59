// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "aws_place.hpp"
#include "model/deployment.hpp"
#include "model/image.hpp"
#include "model/inventory.hpp"
#include "rules/ownership.hpp"
#include "services/aws/region_walk.hpp"

namespace patchbot {

/// What servers have in common that are told as one.
struct ServerKey {
  std::string team;
  std::string service;
  std::string environment;
  std::string ami;
  std::string group;
  std::string stack;
  bool runs = false;  ///< or is about to

  bool operator<(const ServerKey& other) const {
    return std::tie(team, service, environment, ami, group, stack, runs) <
           std::tie(other.team,
                    other.service,
                    other.environment,
                    other.ami,
                    other.group,
                    other.stack,
                    other.runs);
  }
};

/// One region of one account, as it was seen.
struct RegionView {
  std::string account;
  std::string region;
  std::map<ServerKey, AlikeServers> servers;
  std::map<std::string, Image> images;  ///< of the AMIs that run, by id
  std::vector<AutoScalingGroup> groups;
  std::vector<LaunchTemplateVersion> templates;  ///< versions that groups start from
  std::vector<Stack> stacks;
  std::map<std::string, std::vector<std::string>> stack_amis;  ///< of templates, by stack
  std::set<std::string> unread_stacks;               ///< whose templates could not be read
  std::map<std::string, InstanceRefresh> refreshes;  ///< the last one of a group
  std::set<std::string>
      unknown;  ///< kinds that could not be asked: "instances", "images", "groups", "stacks"
};

/// A family of AMIs and the account that owns it.
using FamilyKey = std::pair<std::string, std::string>;  ///< owner, family

/// A service of a team: names are the teams' own.
using ServiceKey = std::pair<std::string, std::string>;  ///< team, service

/// The families that the servers of a service run.
struct ServiceFamilies {
  FamilyKey main;           ///< of most of them
  std::set<FamilyKey> all;  ///< with the main one
};

/// What nobody named is called by what its servers have in common.
void name_service(Target& target);

/// An account that could not be asked, or a region of it.
struct Unseen {
  std::string account;
  std::string words;  ///< for people
};

/// What AWS says, of all accounts and regions.
struct FleetView {
  std::vector<RegionView> regions;  ///< in the order of account and region
  std::map<FamilyKey, std::map<std::string, Image>> families;  ///< by id: accounts share AMIs
  std::map<FamilyKey, std::string> families_unknown;           ///< why a family could not be listed
  std::map<std::string, std::string> tags_unknown;  ///< by owner, why its tags could not be read
  std::vector<Unseen> unseen;                       ///< whose servers could not be listed
};

}  // namespace patchbot
