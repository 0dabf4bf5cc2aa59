// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agents.hpp"
#include "exchange.hpp"
#include "folders.hpp"
#include "run.hpp"

namespace patchbot::test::fake {

struct Scan {
  long id = 0;
  std::string name;
  json description;
  std::string template_uuid;
  json policy_id;
  std::vector<std::string> targets;
  bool is_of_agents = false;
  json window_minutes;
  long folder = Folders::my_scans;
  milliseconds made{};
  std::vector<Run> runs;

  /// The one that was asked for, or the last one.
  const Run* run_asked(const Exchange& exchange) const;
};

/// Scans, and what is done with them.
class Scans {
 public:
  Scans(World& world, const Folders& folders, const Agents& agents)
      : world_(world), folders_(folders), agents_(agents) {}

  bool answer(Exchange& exchange);
  const std::map<long, Scan>& all() const { return scans_; }
  std::size_t launches() const { return launches_; }
  const Scan* of_last_run() const;
  const Scan* called(long id) const;

 private:
  bool answer_scan(Scan& scan, Exchange& exchange);
  void make(Exchange& exchange);
  void launch(Scan& scan, Exchange& exchange);
  void stop(Scan& scan, Exchange& exchange);
  void move(Scan& scan, Exchange& exchange);
  std::vector<FoundHost> hosts_of(const Scan& scan, const Run& run) const;

  World& world_;
  const Folders& folders_;
  const Agents& agents_;
  std::map<long, Scan> scans_;
  std::size_t launches_ = 0;
};

}  // namespace patchbot::test::fake
