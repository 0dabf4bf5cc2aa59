// SPDX-License-Identifier: Apache-2.0
#include "vuln_record.hpp"

#include <algorithm>

namespace patchbot::test::fake {
namespace {

constexpr milliseconds first_found(std::chrono::hours(-240));
constexpr milliseconds last_found(std::chrono::hours(-24));

json asset(const World& world, long chunk) {
  const std::string number = std::to_string(chunk);
  return {{"uuid", uuid_of("asset", chunk)},
          {"hostname", "cloud-" + number},
          {"fqdn", "cloud-" + number + ".acme.example"},
          {"ipv4", "10.8.0." + number},
          {"mac_address", "02:00:00:00:08:0" + number.substr(number.size() - 1)},
          {"agent_uuid", uuid_of("agent", chunk)},
          {"device_type", "general-purpose"},
          {"operating_system", {"Linux Kernel 6.1 on Debian 12"}},
          {"last_authenticated_results", to_rfc3339(world.time(last_found))},
          {"tracked", true}};
}

json library_plugin() {
  return {{"id", 900001},
          {"name", "A Library of Acme < 2.0"},
          {"family", "General"},
          {"family_id", 30},
          {"type", "local"},
          {"version", "1.4"},
          {"synopsis", "A library has a hole."},
          {"description", "The library reads beyond its end."},
          {"solution", "Upgrade to 2.0 or later."},
          {"risk_factor", "Critical"},
          {"has_patch", true},
          {"exploit_available", true},
          {"cve", {"CVE-2031-1001", "CVE-2031-1002"}},
          {"cvss_base_score", 10.0},
          {"cvss3_base_score", 9.8},
          {"see_also", {"https://acme.example/advisory"}},
          {"xrefs", {{{"type", "IAVA"}, {"id", "2031-A-0001"}}}},
          {"publication_date", "2031-01-02T00:00:00Z"},
          {"patch_publication_date", "2031-01-01T00:00:00Z"}};
}

json information_plugin() {
  return {{"id", 19506},
          {"name", "Nessus Scan Information"},
          {"family", "Settings"},
          {"synopsis", "This plugin displays information about the scan."},
          {"description", "Which version scanned, and how long it took."},
          {"solution", "n/a"},
          {"risk_factor", "None"},
          {"has_patch", false}};
}

json record(const World& world, long chunk, const char* state, const json& plugin) {
  const bool is_bad = plugin["risk_factor"] == "Critical";
  const int severity = is_bad ? 4 : 0;
  const std::string last = to_rfc3339(world.time(last_found));
  json said{{"asset", asset(world, chunk)},
            {"plugin", plugin},
            {"port", {{"port", is_bad ? 443 : 0}, {"protocol", "TCP"}}},
            {"scan",
             {{"uuid", long_uuid_of("run", chunk)},
              {"schedule_uuid", long_uuid_of("schedule", chunk)},
              {"started_at", last},
              {"completed_at", last}}},
            {"output", "Found on chunk " + std::to_string(chunk) + "."},
            {"severity", is_bad ? "critical" : "info"},
            {"severity_id", severity},
            {"severity_default_id", severity},
            {"severity_modification_type", "NONE"},
            {"first_found", to_rfc3339(world.time(first_found))},
            {"last_found", last},
            {"state", state}};
  if (is_bad) said["port"]["service"] = "www";
  if (state == std::string("FIXED")) said["last_fixed"] = last;
  return said;
}

}  // namespace

json vuln_records(const World& world, long chunk, const json& filters) {
  const json states = filters.value("state", json::array({"OPEN", "REOPENED"}));
  json records = json::array();
  const auto add = [&](const char* state, const json& plugin) {
    const bool is_asked = std::find(states.begin(), states.end(), state) != states.end();
    if (is_asked) records.push_back(record(world, chunk, state, plugin));
  };
  add("OPEN", library_plugin());
  add("OPEN", information_plugin());
  add("FIXED", library_plugin());
  return records;
}

}  // namespace patchbot::test::fake
