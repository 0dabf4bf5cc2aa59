// SPDX-License-Identifier: Apache-2.0
#include "catalogue.hpp"

namespace patchbot::test::fake {
namespace {

json scan_template(const char* name, const char* title, const char* uuid, const json& is_agent) {
  return {{"uuid", uuid},
          {"name", name},
          {"title", title},
          {"desc", std::string("What the template ") + name + " is for."},
          {"is_agent", is_agent},
          {"is_was", nullptr},
          {"order", nullptr},
          {"cloud_only", false},
          {"manager_only", false},
          {"subscription_only", false},
          {"unsupported", false}};
}

json templates() {
  return json::array({scan_template("basic", "Basic Network Scan", basic_template, nullptr),
                      scan_template("patch_audit",
                                    "Credentialed Patch Audit",
                                    "0625147c-30fe-d79f-e54f-ce7ccd7523e9b63d84cb81c23c2f",
                                    false),
                      scan_template("agent_basic",
                                    "Basic Agent Scan",
                                    "cfc46c2d-30e7-bb2b-3b92-c75da136792d080c1fffcc429cfd",
                                    true)});
}

json scanner(const World& world, long id, const char* name) {
  json said{{"id", id},
            {"uuid", uuid_of("scanner", id)},
            {"name", name},
            {"status", "on"},
            {"type", "managed"},
            {"linked", 1},
            {"owner", "system"},
            {"owner_id", 1},
            {"owner_name", "system"},
            {"user_permissions", 128},
            {"timestamp", world.epoch(milliseconds(0))},
            {"creation_date", world.epoch(milliseconds(0))},
            {"last_modification_date", world.epoch(milliseconds(0))},
            {"last_connect", world.epoch(world.now())},
            {"num_scans", 0},
            {"scan_count", 0}};
  if (!world.is_cloud()) return said;
  said.update({{"group", false},
               {"key", "0123456789abcdef0123456789abcdef"},
               {"owner_uuid", uuid_of("user", 1)},
               {"pool", false},
               {"shared", 1},
               {"source", "service"}});
  return said;
}

json scanners(const World& world) {
  json local = scanner(world, 1, "Local Scanner");
  local.update({{"platform", "LINUX"},
                {"distro", "debian12-x86-64"},
                {"engine_version", "10.8.3"},
                {"loaded_plugin_set", "202611270600"},
                {"ui_version", "10.8.3"},
                {"ui_build", "20010"}});
  if (!world.is_cloud()) return json::array({local});
  json pool = scanner(world, 2, "EU Cloud Scanners");
  pool.update({{"type", "pool"}, {"group", true}, {"pool", true}, {"last_connect", nullptr}});
  return json::array({local, pool});
}

}  // namespace

bool Catalogue::answer(Exchange& exchange) {
  if (exchange.is("GET", "editor/scan/templates") ||
      exchange.is("GET", "editor/policy/templates")) {
    exchange.say({{"templates", templates()}});
    return true;
  }
  if (exchange.is("GET", "scanners")) {
    exchange.say({{"scanners", scanners(world_)}});
    return true;
  }
  if (exchange.is("GET", "filters/scans/reports") || exchange.is("GET", "filters/scans/agents")) {
    exchange.say({{"filters", report_filters(nullptr)}});
    return true;
  }
  return answer_policies(exchange);
}

bool Catalogue::answer_policies(Exchange& exchange) {
  const std::string& usual = world_.settings.policy;
  if (!usual.empty() && policies_.empty()) add_policy(usual, basic_template);
  if (exchange.is("GET", "policies")) {
    exchange.say({{"policies", policies()}});
    return true;
  }
  if (exchange.is("POST", "policies")) {
    make_policy(exchange);
    return true;
  }
  if (!exchange.is("DELETE", "policies/*")) return false;
  policies_.erase(exchange.id(1)) == 0 ? exchange.not_found() : exchange.done();
  return true;
}

void Catalogue::make_policy(Exchange& exchange) {
  const json body = exchange.body();
  const std::string name = body.value("settings", json::object()).value("name", "");
  if (!body.contains("uuid") || name.empty()) return exchange.refuse(400, "Invalid 'name' field");
  const long id = add_policy(name, body["uuid"]);
  exchange.say({{"policy_id", id}, {"policy_name", name}});
}

long Catalogue::add_policy(const std::string& name, const json& template_uuid) {
  const long id = world_.next_id++;
  const long now = world_.epoch(world_.now());
  policies_[id] = {{"id", id},
                   {"template_uuid", template_uuid},
                   {"name", name},
                   {"description", nullptr},
                   {"owner", "patchbot"},
                   {"owner_id", 2},
                   {"shared", 0},
                   {"user_permissions", 128},
                   {"creation_date", now},
                   {"last_modification_date", now},
                   {"visibility", "private"},
                   {"no_target", "false"}};
  return id;
}

// A server that has none says null.
json Catalogue::policies() const {
  json list = nullptr;
  for (const auto& [id, policy] : policies_) list.push_back(policy);
  return list;
}

json report_filters(const json& group) {
  const auto filter = [&](const char* name, const char* readable, const json& control) {
    return json{{"name", name},
                {"readable_name", readable},
                {"control", control},
                {"operators", {"eq", "neq"}},
                {"group_name", group}};
  };
  const json number{
      {"type", "entry"}, {"regex", "^[0-9]+$"}, {"readable_regex", "NUMBER"}, {"maxlength", 18}};
  return json::array({filter("plugin.id", "Plugin ID", number),
                      filter("plugin.name", "Plugin Name", {{"type", "entry"}})});
}

}  // namespace patchbot::test::fake
