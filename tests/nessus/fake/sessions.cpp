// SPDX-License-Identifier: Apache-2.0
#include "sessions.hpp"

#include <algorithm>

namespace patchbot::test::fake {
namespace {

json features() {
  json features = json::object();
  for (const char* const name : {"access_groups",
                                 "access_groups_migration",
                                 "advanced_search_v2",
                                 "agent_triage_m2",
                                 "agent_updates",
                                 "analytics",
                                 "analytics_v2",
                                 "asset_deleting_ui",
                                 "asset_management",
                                 "audits_workbench",
                                 "scan_service"}) {
    features[name] = true;
  }
  return features;
}

json user_of(const World& world) {
  json said{{"id", 2},
            {"username", user},
            {"email", "patchbot@acme.example"},
            {"name", "PatchBot"},
            {"type", "local"},
            {"permissions", 64},
            {"groups", json::array()}};
  if (!world.is_cloud()) {
    said.update({{"lastlogin", world.epoch(world.now())}, {"container_id", 0}});
    return said;
  }
  said.update({{"uuid", uuid_of("user", 2)},
               {"uuid_id", uuid_of("user", 2)},
               {"user_name", user},
               {"enabled", true},
               {"login_fail_count", 0},
               {"login_fail_total", 0},
               {"container_id", 4},
               {"container_uuid", uuid_of("container", 4)},
               {"container_name", "Acme"},
               {"features", features()},
               {"apps", {{"consec", "standard"}, {"was", "standard"}}},
               {"group_uuids", json::array()}});
  return said;
}

}  // namespace

bool Sessions::lets_in(const Exchange& exchange) {
  const std::string keys = exchange.header("X-ApiKeys");
  if (!keys.empty()) {
    return keys == std::string("accessKey=") + access_key + "; secretKey=" + secret_key;
  }
  const std::string cookie = exchange.header("X-Cookie");
  const auto session = tokens_.find(cookie.substr(std::min<std::size_t>(cookie.size(), 6)));
  if (session == tokens_.end()) return false;
  if (world_.now() - session->second > world_.settings.session_life) return false;
  session->second = world_.now();
  return true;
}

bool Sessions::answer_anybody(Exchange& exchange) {
  if (exchange.is("POST", "session")) {
    open(exchange);
    return true;
  }
  if (!exchange.is("DELETE", "session")) return false;
  tokens_.clear();
  exchange.done();
  return true;
}

bool Sessions::answer(Exchange& exchange) {
  if (!exchange.is("GET", "session")) return false;
  exchange.say(user_of(world_));
  return true;
}

void Sessions::open(Exchange& exchange) {
  const json body = exchange.body();
  if (body.value("username", "") != user || body.value("password", "") != password) {
    return exchange.refuse(401, "Invalid Credentials");
  }
  const std::string token = "token" + std::to_string(++opened_) + "0123456789abcdef";
  tokens_[token] = world_.now();
  exchange.say({{"token", token}});
}

}  // namespace patchbot::test::fake
