// SPDX-License-Identifier: Apache-2.0
#include "absent_agents.hpp"

#include <algorithm>
#include <iterator>

#include "base/atomic_file.hpp"
#include "base/text.hpp"
#include "services/nessus/agents.hpp"
#include "services/nessus/catalogue.hpp"
#include "services/nessus/scans.hpp"

namespace patchbot {
namespace {

using nessus::Agent;

std::vector<Agent> agents_of_groups(const Stage& stage) {
  std::vector<Agent> all;
  for (const std::string& name : stage.flags.agent_groups) {
    const std::string group = nessus::agent_group_id(stage.client, name, stage.server.is_cloud);
    std::vector<Agent> agents = nessus::agents_of(stage.client, group, stage.server.is_cloud);
    std::move(agents.begin(), agents.end(), std::back_inserter(all));
  }
  return all;
}

std::string scanned_when(const Agent& agent) {
  return agent.last_scanned ? to_rfc3339(*agent.last_scanned) : "never";
}

// Name, address, EC2 instance, on or off, last scan: with tabs between, for scripts.
std::string table_of(const std::vector<Agent>& agents) {
  std::string table = "name\taddress\tinstance\tstatus\tlast_scanned\n";
  for (const Agent& agent : agents) {
    table += agent.name + '\t' + agent.address + '\t' + agent.instance + '\t' +
             (agent.is_on ? "on" : "off") + '\t' + scanned_when(agent) + '\n';
  }
  return table;
}

void tell(const std::vector<Agent>& silent, Log& log) {
  constexpr std::size_t most_told = 20;
  for (std::size_t i = 0; i < silent.size() && i < most_told; ++i) {
    const Agent& agent = silent[i];
    const std::string what =
        "agent " + agent.name + (agent.instance.empty() ? "" : " (" + agent.instance + ")") +
        (agent.is_on ? " did not report" : " is off") + ", last scanned " + scanned_when(agent);
    if (agent.is_on) log.error(what);
    if (!agent.is_on) log.warning(what);
  }
  if (silent.size() > most_told) {
    log.warning("and " + counted(silent.size() - most_told, "more agent", "more agents"));
  }
}

cli::Exit compare(const Stage& stage, const ScanState& state) {
  const std::vector<Agent> agents = agents_of_groups(stage);
  std::vector<Agent> silent =
      nessus::silent_agents(agents, nessus::hosts_of(stage.client, state.scan, state.run_id));
  // Those that should have reported first.
  std::stable_sort(silent.begin(), silent.end(), [](const Agent& a, const Agent& b) {
    return a.is_on && !b.is_on;
  });
  if (!stage.flags.absent_agents.empty()) write_file(stage.flags.absent_agents, table_of(silent));
  stage.world.log.info(std::to_string(agents.size() - silent.size()) + " of " +
                       counted(agents.size(), "agent", "agents") + " reported");
  tell(silent, stage.world.log);
  if (agents.empty()) stage.world.log.error("there is no agent in the groups: nobody scanned");
  if (agents.empty()) return cli::Exit::input;
  if (silent.empty()) return cli::Exit::clean;
  return silent.front().is_on ? cli::Exit::input : cli::Exit::gate_warned;
}

}  // namespace

cli::Exit tell_absent_agents(const Stage& stage, const ScanState& state) {
  if (stage.flags.agent_groups.empty()) return cli::Exit::clean;
  try {
    return compare(stage, state);
  } catch (const Error& error) {
    stage.world.log.error("which agents did not report cannot be told: " +
                          std::string(error.what()));
    return cli::exit_for(error.blame());
  }
}

}  // namespace patchbot
