// SPDX-License-Identifier: Apache-2.0
#include "agents.hpp"

#include <algorithm>

namespace patchbot::test::fake {
namespace {

constexpr long group_id = 5;
constexpr long usual_limit = 50;
constexpr milliseconds long_ago(std::chrono::hours(-72));

const json by_name{{"name", "name"}, {"order", "asc"}};

}  // namespace

bool Agents::answer(Exchange& exchange) {
  const bool is_cloud = world_.is_cloud();
  const std::string root = is_cloud ? "scanners/*/" : "";
  const std::size_t id = is_cloud ? 3 : 1;
  if (exchange.is("GET", root + "agent-groups")) {
    exchange.say({{"groups", {group()}}});
  } else if (exchange.is("GET", root + "agent-groups/*")) {
    answer_group(exchange, exchange.part(id), true);
  } else if (exchange.is("GET", root + "agent-groups/*/agents")) {
    answer_group(exchange, exchange.part(id), false);
  } else if (exchange.is("GET", root + "agents")) {
    answer_group(exchange, std::to_string(group_id), false);
  } else {
    return false;
  }
  return true;
}

bool Agents::is_group(const json& id) const {
  const std::string text = id.is_string() ? id.get<std::string>() : id.dump();
  return text == std::to_string(group_id) || text == uuid_of("agent-group", group_id);
}

bool Agents::reports(const std::string& agent) const {
  const auto& silent = world_.settings.silent_agents;
  return std::find(silent.begin(), silent.end(), agent) == silent.end();
}

std::vector<std::string> Agents::reporting() const {
  std::vector<std::string> names;
  for (const std::string& name : world_.settings.agents) {
    if (reports(name)) names.push_back(name);
  }
  return names;
}

std::string Agents::address_of(const std::string& agent) const {
  const auto& all = world_.settings.agents;
  const auto place = std::find(all.begin(), all.end(), agent) - all.begin();
  return "10.7.0." + std::to_string(place + 1);
}

void Agents::answer_group(Exchange& exchange, const std::string& id, bool has_details) {
  if (!is_group(id)) return exchange.not_found();
  const json all = agents();
  const json page = exchange.page(all, usual_limit, by_name);
  json said = has_details ? group() : json::object();
  said["agents"] = Exchange::part_of(all, page);
  said["pagination"] = page;
  exchange.say(said);
}

json Agents::group() const {
  const long made = world_.epoch(long_ago);
  json said{{"id", group_id},
            {"name", "production"},
            {"creation_date", made},
            {"last_modification_date", made},
            {"timestamp", made},
            {"shared", 1},
            {"owner", "system"},
            {"owner_id", 1},
            {"owner_name", "system"},
            {"user_permissions", 128},
            {"agents_count", world_.settings.agents.size()},
            {"uuid", uuid_of("agent-group", group_id)}};
  if (world_.is_cloud()) said["owner_uuid"] = uuid_of("user", 1);
  return said;
}

json Agents::agent(std::size_t index) const {
  const std::string& name = world_.settings.agents[index];
  const bool is_on = reports(name);
  const auto number = static_cast<long>(index) + 1;
  json said{{"id", 1000 + number},
            {"uuid", uuid_of("agent", number)},
            {"name", name},
            {"platform", "LINUX"},
            {"distro", "es9-x86-64"},
            {"ip", address_of(name)},
            {"core_version", "10.8.2"},
            {"core_build", "15"},
            {"plugin_feed_id", "202611270600"},
            {"linked_on", world_.epoch(long_ago)},
            {"last_connect", world_.epoch(is_on ? world_.now() : long_ago)},
            {"last_scanned", world_.epoch(long_ago)},
            {"status", is_on || world_.settings.silent_are_on ? "on" : "off"},
            {"groups", {"production"}}};
  if (!world_.is_cloud()) return said;
  said.update({{"groups", {{{"id", group_id}, {"name", "production"}}}},
               {"network_name", "Default"},
               {"aws_instance_id", "i-0fa" + uuid_of("agent", number).substr(22)},
               {"aws_account_id", "111122223333"},
               {"health", is_on ? 1 : 3},
               {"health_state_name", is_on ? "HEALTHY" : "CRITICAL"}});
  return said;
}

json Agents::agents() const {
  json all = json::array();
  for (std::size_t i = 0; i < world_.settings.agents.size(); ++i) all.push_back(agent(i));
  return all;
}

}  // namespace patchbot::test::fake
