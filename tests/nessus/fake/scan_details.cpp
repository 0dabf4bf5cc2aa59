// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "catalogue.hpp"
#include "scan_answers.hpp"

namespace patchbot::test::fake {
namespace {

json severity_count(const std::array<long, 5>& findings) {
  json items = json::array();
  for (std::size_t i = 0; i < findings.size(); ++i) {
    items.push_back({{"count", findings[i]}, {"severitylevel", i}});
  }
  return {{"item", items}};
}

json host_said(const FoundHost& host, std::size_t index, bool is_done) {
  const std::array<long, 5> found = is_done ? host.findings : std::array<long, 5>{};
  const auto id = static_cast<long>(index) + 1;
  const int done = is_done ? 100 : 0;
  long sum = 0;
  long score = 0;
  for (const long count : found) sum += count;
  for (std::size_t i = 0; i < found.size(); ++i) {
    score += found[i] * std::array{1L, 10L, 100L, 1000L, 10000L}[i];
  }
  return {{"host_id", id},
          {"asset_id", id},
          {"host_index", index},
          {"uuid", uuid_of("host", id)},
          {"hostname", host.name},
          {"progress", is_done ? "100-100/200-200" : "0-0/200-200"},
          {"scanprogresscurrent", done},
          {"scanprogresstotal", 100},
          {"numchecksconsidered", done},
          {"totalchecksconsidered", 100},
          {"severitycount", severity_count(found)},
          {"severity", sum},
          {"score", score},
          {"info", found[0]},
          {"low", found[1]},
          {"medium", found[2]},
          {"high", found[3]},
          {"critical", found[4]}};
}

json hosts_said(const World& world, const Run& run) {
  json hosts = json::array();
  const std::size_t done = hosts_done(world, run);
  for (std::size_t i = 0; i < run.hosts.size(); ++i) {
    hosts.push_back(host_said(run.hosts[i], i, i < done));
  }
  return hosts;
}

json vulnerabilities(std::size_t hosts) {
  if (hosts == 0) return json::array();
  const auto found = [&](long id, const char* name, const char* family, int severity, int index) {
    return json{{"count", hosts},
                {"plugin_id", id},
                {"plugin_name", name},
                {"plugin_family", family},
                {"severity", severity},
                {"vuln_index", index}};
  };
  return json::array({found(900001, "A Library of Acme < 2.0", "General", 4, 1),
                      found(19506, "Nessus Scan Information", "Settings", 0, 2)});
}

json acl(const json& who) {
  const bool is_all = who.is_null();
  return {{"type", is_all ? "default" : "user"},
          {"permissions", is_all ? 0 : 128},
          {"name", who},
          {"display_name", is_all ? json() : json("PatchBot")},
          {"owner", is_all ? json() : json(1)},
          {"id", is_all ? json() : json(2)},
          {"uuid", is_all ? json() : json(uuid_of("user", 2))}};
}

json info(const World& world, const Scan& scan, const Run* run) {
  json said{{"name", scan.name},
            {"object_id", scan.id},
            {"folder_id", scan.folder},
            {"status", run == nullptr ? "empty" : status_of(world, *run)},
            {"uuid", run == nullptr ? json() : json(run->uuid)},
            {"owner", "patchbot"},
            {"policy", "Credentialed Patch Audit"},
            {"scanner_name", "Local Scanner"},
            {"hostcount", run == nullptr ? 0 : run->hosts.size()},
            {"control", true},
            {"edit_allowed", true},
            {"user_permissions", 128},
            {"haskb", true},
            {"hasaudittrail", true},
            {"pci-can-upload", false},
            {"no_target", false},
            {"shared", nullptr},
            {"acls", {acl(nullptr), acl("patchbot")}},
            {"scanner_start", nullptr},
            {"scanner_end", nullptr}};
  std::string targets;
  for (const std::string& target : run == nullptr ? scan.targets : run->targets) {
    targets += (targets.empty() ? "" : ",") + target;
  }
  said["targets"] = targets;
  if (run != nullptr) {
    const auto end = end_of(world, *run);
    said["scan_start"] = world.epoch(run->launched);
    said["scan_end"] = end ? json(world.epoch(*end)) : json();
    said["timestamp"] = world.epoch(end.value_or(world.now()));
  }
  if (!world.is_cloud()) return said;
  said.update({{"schedule_uuid", "template-" + long_uuid_of("schedule", scan.id)},
               {"scan_type", scan.is_of_agents ? "agent" : "ps"},
               {"alt_targets_used", run != nullptr && run->has_other_targets},
               {"is_archived", false},
               {"reindexing", false},
               {"tag_targets", nullptr}});
  return said;
}

json run_said(const World& world, const Run& run) {
  return {{"history_id", run.id},
          {"uuid", run.uuid},
          {"status", status_of(world, run)},
          {"type", "ps"},
          {"scheduler", 0},
          {"owner_id", 2},
          {"creation_date", world.epoch(run.launched)},
          {"last_modification_date", world.epoch(end_of(world, run).value_or(world.now()))},
          {"alt_targets_used", run.has_other_targets},
          {"is_archived", false}};
}

// The cloud begins with the last one. A scan of a Nessus that never ran has null.
json runs_said(const World& world, const Scan& scan) {
  json runs = json::array();
  for (const Run& run : scan.runs) runs.push_back(run_said(world, run));
  if (world.is_cloud()) std::reverse(runs.begin(), runs.end());
  return runs.empty() && !world.is_cloud() ? json() : runs;
}

json notes(const World& world, const Run* run) {
  if (run != nullptr && status_of(world, *run) == "aborted") {
    return {{{"title", "Scan aborted"}, {"message", "the scanner went away"}, {"severity", 3}}};
  }
  return world.is_cloud() ? json::array() : json();
}

}  // namespace

json details_answer(const World& world, const Scan& scan, const Exchange& exchange) {
  const Run* const run = scan.run_asked(exchange);
  const json none = json::array();
  return {{"info", info(world, scan, run)},
          {"hosts", run == nullptr ? none : hosts_said(world, *run)},
          {"vulnerabilities", vulnerabilities(run == nullptr ? 0 : hosts_done(world, *run))},
          {"comphosts", none},
          {"compliance", none},
          {"filters", report_filters("vulnerability")},
          {"history", runs_said(world, scan)},
          {"notes", notes(world, run)},
          {"remediations",
           {{"num_cves", 1},
            {"num_hosts", run == nullptr ? 0 : run->hosts.size()},
            {"num_remediated_cves", 1},
            {"num_impacted_hosts", 1},
            {"remediations",
             {{{"value", "0123456789abcdef0123456789abcdef"},
               {"remediation", "A Library of Acme < 2.0: Upgrade to 2.0 or later."},
               {"hosts", 1},
               {"vulns", 1}}}}}}};
}

}  // namespace patchbot::test::fake
