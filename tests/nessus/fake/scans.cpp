// SPDX-License-Identifier: Apache-2.0
#include "scans.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "report.hpp"
#include "scan_answers.hpp"

namespace patchbot::test::fake {
namespace {

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> items;
  for (const std::string_view item : split(text, ',')) {
    if (!trim(item).empty()) items.emplace_back(trim(item));
  }
  return items;
}

long number_in(const json& value, long otherwise) {
  if (value.is_number_integer()) return value.get<long>();
  return value.is_string() ? parse_integer(value.get<std::string>()).value_or(otherwise)
                           : otherwise;
}

}  // namespace

const Run* Scan::run_asked(const Exchange& exchange) const {
  if (runs.empty()) return nullptr;
  const std::string wanted = exchange.parameter("history_id");
  if (wanted.empty()) return &runs.back();
  const auto run = std::find_if(
      runs.begin(), runs.end(), [&](const Run& one) { return std::to_string(one.id) == wanted; });
  return run == runs.end() ? nullptr : &*run;
}

const Scan* Scans::called(long id) const {
  const auto scan = scans_.find(id);
  return scan == scans_.end() ? nullptr : &scan->second;
}

const Scan* Scans::of_last_run() const {
  const Scan* last = nullptr;
  for (const auto& [id, scan] : scans_) {
    if (scan.runs.empty()) continue;
    if (last == nullptr || scan.runs.back().id > last->runs.back().id) last = &scan;
  }
  return last;
}

bool Scans::answer(Exchange& exchange) {
  if (exchange.is("POST", "scans")) {
    make(exchange);
    return true;
  }
  if (exchange.is("GET", "scans")) {
    exchange.say(list_answer(world_, scans_, folders_, exchange.number("folder_id", 0)));
    return true;
  }
  if (!exchange.is_under("scans")) return false;
  const auto scan = scans_.find(exchange.id(1));
  if (scan != scans_.end()) return answer_scan(scan->second, exchange);
  const bool has_own_word = world_.is_cloud() && exchange.is("GET", "scans/*");
  if (has_own_word) exchange.refuse(404, "Scan not found");
  return has_own_word;
}

bool Scans::answer_scan(Scan& scan, Exchange& exchange) {
  if (exchange.is("GET", "scans/*")) {
    exchange.say(details_answer(world_, scan, exchange));
  } else if (exchange.is("DELETE", "scans/*")) {
    scans_.erase(scan.id);
    exchange.done();
  } else if (exchange.is("POST", "scans/*/launch")) {
    launch(scan, exchange);
  } else if (exchange.is("POST", "scans/*/stop")) {
    stop(scan, exchange);
  } else if (exchange.is("PUT", "scans/*/folder")) {
    move(scan, exchange);
  } else if (world_.is_cloud() && exchange.is("GET", "scans/*/history")) {
    exchange.say(history_answer(world_, scan, exchange));
  } else if (world_.is_cloud() && exchange.is("GET", "scans/*/latest-status")) {
    exchange.say({{"status", status_word(world_, scan)}});
  } else {
    return false;
  }
  return true;
}

void Scans::make(Exchange& exchange) {
  // As Nessus 10 does: the head is right, and the body does not come.
  if (world_.flavour == Flavour::professional) return exchange.break_off(412, 32);
  const json body = exchange.body();
  const json settings = body.value("settings", json::object());
  if (!body.contains("uuid") || settings.value("name", "").empty()) {
    return exchange.refuse(400, "Invalid 'name' field");
  }
  Scan scan;
  scan.id = world_.next_id++;
  scan.name = settings["name"];
  scan.description = settings.value("description", json());
  scan.template_uuid = body["uuid"];
  scan.policy_id = settings.value("policy_id", json());
  scan.targets = list_of(settings.value("text_targets", ""));
  for (const json& group : settings.value("agent_group_id", json::array())) {
    if (!agents_.is_group(group)) return exchange.refuse(400, "Invalid 'agent_group_id' field");
    scan.is_of_agents = true;
  }
  scan.window_minutes = settings.value("scan_time_window", json());
  const long folder = number_in(settings.value("folder_id", json()), Folders::my_scans);
  if (!folders_.has(folder)) return exchange.refuse(400, "Invalid 'folder_id' field");
  scan.folder = folder;
  scan.made = world_.now();
  exchange.say(made_answer(world_, scan));
  scans_[scan.id] = std::move(scan);
}

void Scans::launch(Scan& scan, Exchange& exchange) {
  if (world_.flavour == Flavour::professional) {
    return exchange.refuse(412, "API is not available");
  }
  if (!scan.runs.empty() && goes_on(world_, scan.runs.back())) {
    return exchange.refuse(409, "already running");
  }
  const json body = exchange.body();
  Run run;
  run.id = world_.next_id++;
  run.uuid = uuid_of("run", run.id);
  run.launched = world_.now();
  run.targets = scan.is_of_agents ? agents_.reporting() : scan.targets;
  if (body.contains("alt_targets")) {
    run.targets = body["alt_targets"].get<std::vector<std::string>>();
    run.has_other_targets = true;
  }
  if (scan.is_of_agents && agents_.are_silent()) {
    run.window = std::chrono::minutes(number_in(scan.window_minutes, 180));
  }
  run.report = world_.settings.report;
  run.hosts = hosts_of(scan, run);
  scan.runs.push_back(run);
  ++launches_;
  exchange.say({{"scan_uuid", run.uuid}});
}

std::vector<FoundHost> Scans::hosts_of(const Scan& scan, const Run& run) const {
  if (!run.report.empty()) return hosts_in(run.report);
  std::vector<FoundHost> hosts;
  for (const std::string& target : run.targets) {
    hosts.push_back({target, scan.is_of_agents ? agents_.address_of(target) : target});
  }
  return hosts;
}

void Scans::stop(Scan& scan, Exchange& exchange) {
  if (scan.runs.empty() || !goes_on(world_, scan.runs.back())) {
    return exchange.refuse(409, "not running");
  }
  scan.runs.back().stopped = world_.now();
  exchange.done();
}

void Scans::move(Scan& scan, Exchange& exchange) {
  const long folder = number_in(exchange.body().value("folder_id", json()), 0);
  if (!folders_.has(folder)) return exchange.not_found();
  scan.folder = folder;
  exchange.done();
}

}  // namespace patchbot::test::fake
