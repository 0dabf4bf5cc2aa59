// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/agents.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>

#include "base/address.hpp"
#include "base/text.hpp"
#include "services/nessus/answer.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;

constexpr std::size_t page_size = 5000;   // the most that the cloud gives
constexpr std::size_t most_pages = 1000;  // an answer must not make us ask for ever

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
    if (said.empty() || total < 0 || agents.size() >= static_cast<std::size_t>(total)) break;
  }
  return agents;
}

std::vector<Agent> silent_agents(const std::vector<Agent>& agents,
                                 const std::vector<std::string>& hosts) {
  std::unordered_set<std::string> heard;
  for (const std::string& host : hosts) {
    heard.insert(to_lower(host));
    heard.insert(to_lower(first_label(host)));
  }
  std::vector<Agent> silent;
  std::copy_if(agents.begin(), agents.end(), std::back_inserter(silent), [&](const Agent& agent) {
    const std::string name = to_lower(agent.name);
    return heard.count(name) == 0 && heard.count(first_label(name)) == 0 &&
           (agent.address.empty() || heard.count(agent.address) == 0);
  });
  return silent;
}

}  // namespace patchbot::nessus
