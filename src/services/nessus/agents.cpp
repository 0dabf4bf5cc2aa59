// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/agents.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "base/address.hpp"
#include "base/text.hpp"
#include "services/nessus/answer.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;

constexpr std::size_t page_size = 5000;  // the most that the cloud gives
constexpr std::size_t most_pages = 200;  // a million agents: an answer must not be without end

Agent agent_in(const json& said) {
  Agent agent;
  agent.name = line_of(said, {"name"});
  agent.address = line_of(said, {"ip"});
  agent.instance = line_of(said, {"aws_instance_id"});
  agent.is_on = raw_text(said, {"status"}) == "on";
  const long scanned = number_of(said, {"last_scanned"});
  if (scanned > 0) agent.last_scanned = Time(std::chrono::seconds(scanned));
  return agent;
}

// "web-7" is the agent of "web-7.acme.internal". An address has no first label.
std::string first_label(const std::string& name) {
  return parse_address(name) ? name : name.substr(0, name.find('.'));
}

using Count = std::unordered_map<std::string, std::size_t>;

/// The names of the hosts of a run, each of which is proof of one agent.
class Names {
 public:
  explicit Names(const std::vector<std::string>& hosts) {
    for (const std::string& host : hosts) {
      const std::string name = to_lower(host);
      ++left_[name];
      by_label_[first_label(name)].push_back(name);
    }
  }
  bool take(const std::string& name) {
    const auto found = left_.find(name);
    if (found == left_.end() || found->second == 0) return false;
    --found->second;
    return true;
  }
  bool take_label(const std::string& label) {
    const auto found = by_label_.find(label);
    if (found == by_label_.end()) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const std::string& name) {
      return take(name);
    });
  }

 private:
  Count left_;
  std::unordered_map<std::string, std::vector<std::string>> by_label_;
};

Count counted_labels(const std::vector<Agent>& agents) {
  Count count;
  for (const Agent& agent : agents) ++count[first_label(to_lower(agent.name))];
  return count;
}

Count counted_addresses(const std::vector<Agent>& agents) {
  Count count;
  for (const Agent& agent : agents) ++count[agent.address];
  return count;
}

}  // namespace

std::vector<Agent> agents_of(Client& client, const std::string& group, bool is_cloud) {
  const std::string base = std::string(is_cloud ? "/scanners/null" : "") + "/agent-groups/" +
                           percent_encode(group) + "/agents";
  std::vector<Agent> agents;
  for (std::size_t page = 0; page < most_pages; ++page) {
    const std::string path =
        base + "?limit=" + std::to_string(page_size) + "&offset=" + std::to_string(agents.size());
    const json answer = read(client, path);
    const std::vector<json> said = items_of(client, path, answer, "agents");
    std::transform(said.begin(), said.end(), std::back_inserter(agents), agent_in);
    const long total = number_of(answer, {"pagination", "total"}, -1);
    // Without a total all came at once.
    if (said.empty() || total < 0 || agents.size() >= static_cast<std::size_t>(total)) {
      return agents;
    }
  }
  throw Error(Blame::remote, client.url() + ": GET " + base + ": the list of agents does not end");
}

std::vector<Agent> silent_agents(const std::vector<Agent>& agents,
                                 const std::vector<std::string>& hosts) {
  Names names(hosts);
  std::vector<const Agent*> left;
  for (const Agent& agent : agents) {
    if (!names.take(to_lower(agent.name))) left.push_back(&agent);
  }
  const Count labels = counted_labels(agents);
  const Count addresses = counted_addresses(agents);
  std::vector<Agent> silent;
  for (const Agent* agent : left) {
    const std::string label = first_label(to_lower(agent->name));
    const bool by_label = labels.at(label) == 1 && names.take_label(label);
    const bool by_address = !by_label && !agent->address.empty() &&
                            addresses.at(agent->address) == 1 && names.take(agent->address);
    if (!by_label && !by_address) silent.push_back(*agent);
  }
  return silent;
}

}  // namespace patchbot::nessus
