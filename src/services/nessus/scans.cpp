// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/scans.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/nessus/answer.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;

std::string path_of(const std::string& scan) { return "/scans/" + percent_encode(scan); }

// The server may have done what it was asked, and its answer is lost.
bool is_lost(const HttpResponse& response) {
  return response.status == 0 ? response.broken_status != 412 && !response.not_sent
                              : response.status >= 500;
}

json number_or_text(const std::string& id) {
  const auto number = parse_integer(id);
  return number ? json(*number) : json(id);
}

json settings_of(const NewScan& wanted) {
  json settings{{"name", wanted.name},
                {"description", wanted.description},
                {"enabled", false},
                {"launch", "ON_DEMAND"}};
  std::string targets;
  for (const std::string& target : wanted.targets) {
    if (!targets.empty()) targets += ',';
    targets += target;
  }
  if (!targets.empty()) settings["text_targets"] = targets;
  if (!wanted.policy_id.empty()) settings["policy_id"] = number_or_text(wanted.policy_id);
  if (!wanted.scanner_id.empty()) settings["scanner_id"] = number_or_text(wanted.scanner_id);
  if (!wanted.folder_id.empty()) settings["folder_id"] = number_or_text(wanted.folder_id);
  for (const std::string& group : wanted.agent_groups) {
    settings["agent_group_id"].push_back(number_or_text(group));
  }
  if (wanted.window_minutes > 0) settings["scan_time_window"] = wanted.window_minutes;
  return settings;
}

Scan scan_in(const Client& client, const std::string& request, const json& said) {
  return {checked_id(client, request, raw_text(said, {"id"})),
          line_of(said, {"name"}),
          line_of(said, {"status"})};
}

std::optional<Scan> scan_named(Client& client, const std::string& name) {
  const std::vector<Scan> all = scans_of(client);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Scan& scan) { return scan.name == name; });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

std::optional<Run> new_run(Client& client,
                           const std::string& scan,
                           const std::vector<Run>& before,
                           bool is_cloud) {
  for (const Run& run : runs_of(client, scan, is_cloud)) {
    const bool is_known = std::any_of(
        before.begin(), before.end(), [&](const Run& other) { return other.id == run.id; });
    if (!is_known) return run;
  }
  return std::nullopt;
}

// A server may list a run some time after it has started it.
std::optional<Run> awaited_run(Client& client,
                               const std::string& scan,
                               const std::vector<Run>& before,
                               bool is_cloud) {
  constexpr std::chrono::seconds pause(5);
  constexpr int tries = 12;
  for (int attempt = 1;; ++attempt) {
    auto run = new_run(client, scan, before, is_cloud);
    if (run || attempt == tries) return run;
    client.clock().sleep(pause);
  }
}

Error refused(const Client& client, const std::string& request, const HttpResponse& response) {
  Error error = client.failure(request, response);
  if (response.status != 409) return error;
  return {error.blame(),
          std::string(error.what()) + "; a run of this scan goes on that somebody else started"};
}

// The cloud's list does not say in which folder a scan is.
void leave_out_folder(Client& client, const std::string& folder, std::vector<Scan>& scans) {
  const std::string path = "/scans?folder_id=" + percent_encode(folder);
  for (const json& said : items_of(client, path, read(client, path), "scans")) {
    const std::string id = raw_text(said, {"id"});
    std::erase_if(scans, [&](const Scan& scan) { return scan.id == id; });
  }
}

}  // namespace

std::vector<Scan> scans_of(Client& client) {
  const std::string path = "/scans";
  const json answer = read(client, path);
  std::string trash;
  for (const json& folder : items_of(client, path, answer, "folders")) {
    if (raw_text(folder, {"type"}) == "trash") trash = raw_text(folder, {"id"});
  }
  std::vector<Scan> scans;
  bool tells_folders = true;
  for (const json& said : items_of(client, path, answer, "scans")) {
    const std::string folder = raw_text(said, {"folder_id"});
    tells_folders = tells_folders && !folder.empty();
    if (!trash.empty() && folder == trash) continue;
    scans.push_back(scan_in(client, "GET " + path, said));
  }
  if (!trash.empty() && !tells_folders) leave_out_folder(client, trash, scans);
  return scans;
}

Scan scan_called(Client& client, const std::string& name) {
  const std::vector<Scan> all = scans_of(client);
  std::vector<Scan> found;
  std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const Scan& scan) {
    return scan.name == name || scan.id == name;
  });
  if (found.size() == 1) return found.front();
  throw Error(Blame::usage,
              client.url() + ": " + (found.empty() ? "no scan" : "more than one scan") +
                  " is called '" + name + "'" +
                  (found.empty() ? ", or the user may not see it" : "; give its id"));
}

Scan create(Client& client, const NewScan& wanted) {
  const std::string request = "POST /scans";
  const json body{{"uuid", wanted.template_uuid}, {"settings", settings_of(wanted)}};
  const HttpResponse response = client.send_once("/scans", dumped(body));
  if (is_lost(response)) {
    if (const auto made = scan_named(client, wanted.name)) return *made;
  }
  const json answer = json_of(client, request, response);
  return scan_in(client, request, at(answer, {"scan"}));
}

std::vector<Run> runs_of(Client& client, const std::string& scan, bool is_cloud) {
  const std::string path = path_of(scan) + (is_cloud ? "/history?limit=50" : "");
  const json answer = read(client, path);
  std::vector<Run> runs;
  for (const json& said : items_of(client, path, answer, "history")) {
    runs.push_back({raw_text(said, {is_cloud ? "id" : "history_id"}),
                    raw_text(said, {is_cloud ? "scan_uuid" : "uuid"}),
                    line_of(said, {"status"})});
    if (!runs.back().id.empty()) checked_id(client, "GET " + path, runs.back().id);
  }
  std::stable_sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
    return parse_integer(a.id).value_or(0) > parse_integer(b.id).value_or(0);
  });
  return runs;
}

Launch launch(Client& client,
              const std::string& scan,
              const std::vector<std::string>& targets,
              const std::vector<Run>& before,
              bool is_cloud) {
  const std::string path = path_of(scan) + "/launch";
  json body = json::object();
  if (!targets.empty()) body["alt_targets"] = targets;
  const HttpResponse response = client.send_once(path, dumped(body));
  const std::string request = "POST " + path;
  if (is_lost(response)) {
    if (const auto run = awaited_run(client, scan, before, is_cloud)) return {run->uuid, {}};
    throw client.failure(request, response);
  }
  if (response.status < 200 || response.status > 299) {
    return {{}, refused(client, request, response)};
  }
  std::string uuid = raw_text(json_of(client, request, response), {"scan_uuid"});
  if (!uuid.empty()) return {uuid, {}};
  if (const auto run = awaited_run(client, scan, before, is_cloud)) return {run->uuid, {}};
  throw Error(Blame::remote, client.url() + ": POST " + path + ": the answer names no run");
}

void stop(Client& client, const std::string& scan) {
  const std::string path = path_of(scan) + "/stop";
  const HttpResponse response = client.send("POST", path, "");
  if (response.status == 409) return;  // nothing goes on
  (void)json_of(client, "POST " + path, response);
}

void remove(Client& client, const std::string& scan) {
  const HttpResponse response = client.send("DELETE", path_of(scan), "");
  if (response.status == 404) return;
  (void)json_of(client, "DELETE " + path_of(scan), response);
}

void move_to(Client& client, const std::string& scan, const std::string& folder_id) {
  const std::string path = path_of(scan) + "/folder";
  const json body{{"folder_id", number_or_text(folder_id)}};
  (void)json_of(client, "PUT " + path, client.send("PUT", path, dumped(body)));
}

Phase phase_of(std::string_view status) {
  if (status == "completed" || status == "imported") return Phase::completed;
  if (status == "canceled" || status == "aborted") return Phase::cut_short;
  if (status == "stopped") return Phase::stopped;
  const bool waits = status == "empty" || status == "pending" || status == "initializing" ||
                     status == "paused" || status == "pausing";
  return waits ? Phase::waiting : Phase::going_on;
}

}  // namespace patchbot::nessus
