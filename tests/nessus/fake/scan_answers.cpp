// SPDX-License-Identifier: Apache-2.0
#include "scan_answers.hpp"

namespace patchbot::test::fake {
namespace {

constexpr long may_do_all = 128;

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ",") + item;
  return text;
}

// The same in every product.
json scan_core(const World& world, const Scan& scan) {
  return {{"id", scan.id},
          {"name", scan.name},
          {"owner", "patchbot"},
          {"user_permissions", may_do_all},
          {"creation_date", world.epoch(scan.made)},
          {"last_modification_date", world.epoch(scan.made)},
          {"enabled", true},
          {"rrules", nullptr},
          {"starttime", nullptr},
          {"timezone", nullptr}};
}

json list_item(const World& world, const Scan& scan) {
  json said = scan_core(world, scan);
  said.update({{"status", status_word(world, scan)},
               {"uuid", scan.runs.empty() ? json() : json(scan.runs.back().uuid)},
               {"type", scan.is_of_agents ? "agent" : "public"},
               {"read", true},
               {"shared", false},
               {"control", true}});
  if (!world.is_cloud()) {
    said["folder_id"] = scan.folder;
    return said;
  }
  said.update({{"permissions", may_do_all},
               {"legacy", false},
               {"policy_id", scan.policy_id},
               {"template_uuid", scan.template_uuid},
               {"wizard_uuid", scan.template_uuid},
               {"schedule_uuid", "template-" + long_uuid_of("schedule", scan.id)}});
  return said;
}

json cloud_run(const World& world, const Run& run) {
  const auto end = end_of(world, run);
  return {{"id", run.id},
          {"scan_uuid", run.uuid},
          {"status", status_of(world, run)},
          {"is_archived", false},
          {"time_start", world.epoch(run.launched)},
          {"time_end", end ? json(world.epoch(*end)) : json()},
          {"visibility", "public"},
          {"reporting_mode", nullptr},
          {"targets", {{"custom", run.has_other_targets}, {"default", !run.has_other_targets}}}};
}

}  // namespace

std::string status_word(const World& world, const Scan& scan) {
  return scan.runs.empty() ? "empty" : status_of(world, scan.runs.back());
}

json made_answer(const World& world, const Scan& scan) {
  json said = scan_core(world, scan);
  said.update({{"uuid", "template-" + long_uuid_of("schedule", scan.id)},
               {"description", scan.description},
               {"policy_id", scan.policy_id.is_null() ? json(scan.id + 1000) : scan.policy_id},
               {"scanner_id", nullptr},
               {"custom_targets", joined(scan.targets)},
               {"owner_id", 2},
               {"shared", 0},
               {"type", scan.is_of_agents ? "agent" : "public"},
               {"scan_time_window", scan.window_minutes},
               {"emails", nullptr},
               {"sms", ""},
               {"include_aggregate", true},
               {"default_permissions", 0},
               {"notification_filters", nullptr}});
  if (!world.is_cloud()) {
    said.update({{"status", "empty"}, {"folder_id", scan.folder}});
  } else {
    said.update({{"container_id", uuid_of("container", 4)},
                 {"owner_uuid", uuid_of("user", 2)},
                 {"scanner_uuid", "00000000-0000-0000-0000-00000000000000000000000000001"}});
  }
  return {{"scan", said}};
}

json list_answer(const World& world,
                 const std::map<long, Scan>& scans,
                 const Folders& folders,
                 long folder) {
  json list = nullptr;  // not an empty list
  for (const auto& [id, scan] : scans) {
    if (folder == 0 || scan.folder == folder) list.push_back(list_item(world, scan));
  }
  return {{"scans", list}, {"folders", folders.list()}, {"timestamp", world.epoch(world.now())}};
}

json history_answer(const World& world, const Scan& scan, const Exchange& exchange) {
  json all = json::array();
  for (auto run = scan.runs.rbegin(); run != scan.runs.rend(); ++run) {
    all.push_back(cloud_run(world, *run));
  }
  const json page = exchange.page(all, 50, {{"name", "start_date"}, {"order", "DESC"}});
  return {{"pagination", page}, {"history", Exchange::part_of(all, page)}};
}

}  // namespace patchbot::test::fake
