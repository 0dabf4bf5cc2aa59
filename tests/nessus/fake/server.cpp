// SPDX-License-Identifier: Apache-2.0
#include "server.hpp"

namespace patchbot::test::fake {
namespace {

constexpr long never = 2145916800;  // 2038

json apps() {
  const json app{{"mode", "standard"}, {"expiration_date", never}};
  return {{"consec", app}, {"was", app}};
}

json cloud_properties() {
  return {
      {"nessus_type", "Nessus Cloud"},
      {"server_version", "6.4.2"},
      {"server_build", "C10001"},
      {"server_uuid", long_uuid_of("server", 1)},
      {"nessus_ui_version", "10.0.1"},
      {"nessus_ui_build", "12"},
      {"plugin_set", "202611270600"},
      {"loaded_plugin_set", "202611270600"},
      {"scanner_boottime", 1795384800},
      {"idle_timeout", "30"},
      {"expiration", never},
      {"expiration_time", 4000},
      {"login_banner", nullptr},
      {"notifications", json::array()},
      {"update", {{"href", nullptr}, {"new_version", 0}, {"restart", 0}}},
      {"license",
       {{"expiration_date", never},
        {"ips", -1},
        {"agents", -1},
        {"users", -1},
        {"scanners", -1},
        {"evaluation", false},
        {"scanners_used", 1},
        {"agents_used", 0},
        {"apps", apps()}}},
      {"capabilities",
       {{"multi_user", "full"},
        {"multi_scanner", true},
        {"report_email_config", false},
        {"two_factor", {{"twilio", false}, {"smtp", true}}}}},
      {"analytics", {{"key", uuid_of("analytics", 1)}, {"enabled", false}, {"site_id", "fake-1"}}},
      {"evaluation", {{"limitEnabled", false}, {"targets", 16}}},
      {"limitEnabled", false},
      {"enterprise", true},
      {"msp", false},
      {"force_ui_reload", false},
      {"container_db_version", "1.2.3"}};
}

json properties(const World& world) {
  if (world.is_cloud()) return cloud_properties();
  const bool is_professional = world.flavour == Flavour::professional;
  return {{"nessus_type", is_professional ? "Nessus" : "Nessus Manager"},
          {"server_version", world.flavour == Flavour::nessus6 ? "6.11.2" : "10.8.3"},
          {"idle_timeout", "30"},
          {"license",
           {{"type", is_professional ? "professional" : "manager"},
            {"features", {{"scan_api", !is_professional}}}}}};
}

}  // namespace

bool answer_server(const World& world, Exchange& exchange) {
  if (exchange.is("GET", "server/properties")) {
    exchange.say(properties(world));
    return true;
  }
  if (!exchange.is("GET", "server/status")) return false;
  const bool is_loading = world.now() < world.settings.loading;
  const json loading{{"status", "loading"}, {"progress", 50}};
  const json ready{{"status", "ready"}, {"code", 200}};
  exchange.say(is_loading ? loading : ready, is_loading ? 503 : 200);
  return true;
}

}  // namespace patchbot::test::fake
