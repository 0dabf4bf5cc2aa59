// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/vulns_export.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "net/json_depth.hpp"
#include "services/nessus/answer.hpp"
#include "services/nessus/incoming.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;

constexpr int most_tries = 5;
constexpr std::size_t assets_per_chunk = 500;  // 50 to 5000; a few MB each

std::string path_of(const std::string& uuid) { return "/vulns/export/" + percent_encode(uuid); }

json filters_of(const std::optional<Time>& since) {
  if (!since) return {{"state", {"OPEN", "REOPENED"}}};
  return {{"state", {"OPEN", "REOPENED", "FIXED"}}, {"since", since->time_since_epoch().count()}};
}

std::size_t length_of(const json& answer, const char* name) {
  const json& list = at(answer, {name});
  return list.is_array() ? list.size() : 0;
}

}  // namespace

StartedExport start_vulns_export(Client& client, const std::optional<Time>& since) {
  const std::string request = "POST /vulns/export";
  const json body{{"num_assets", assets_per_chunk}, {"filters", filters_of(since)}};
  // Twice does no harm: the second one is told which one goes on.
  const HttpResponse response = client.send("POST", "/vulns/export", dumped(body));
  if (response.status == 409) {
    const json said =
        is_deep_json(response.body) ? json() : json::parse(response.body, nullptr, false);
    const std::string active = raw_text(said, {"active_job_id"});
    if (!active.empty()) return {checked_id(client, request, active), true};
  }
  const json answer = json_of(client, request, response);
  return {checked_id(client, request, raw_text(answer, {"export_uuid"})), false};
}

bool VulnsExport::has_ended() const {
  return is_finished() || status == "CANCELLED" || status == "ERROR";
}

std::optional<VulnsExport> vulns_export_of(Client& client, const std::string& uuid) {
  const std::string path = path_of(uuid) + "/status";
  const HttpResponse response = client.get(path);
  if (response.status == 404) return std::nullopt;
  const std::string request = "GET " + path;
  const json answer = json_of(client, request, response);
  VulnsExport state;
  state.status = line_of(answer, {"status"});
  if (state.status.empty()) {
    throw Error(Blame::remote, client.url() + ": " + request + ": the answer has no status");
  }
  state.reason = line_of(answer, {"reason"});
  for (const json& chunk : items_of(client, path, answer, "chunks_available")) {
    state.ready.push_back(
        checked_id(client, request, chunk.is_string() ? chunk.get<std::string>() : dumped(chunk)));
  }
  std::sort(state.ready.begin(), state.ready.end(), [](const auto& a, const auto& b) {
    return parse_integer(a).value_or(0) < parse_integer(b).value_or(0);
  });
  state.names_chunks = at(answer, {"chunks_available"}).is_array();
  state.lost = length_of(answer, "chunks_failed") + length_of(answer, "chunks_cancelled");
  const long total = number_of(answer, {"total_chunks"}, -1);
  if (total >= 0) state.total = static_cast<std::size_t>(total);
  return state;
}

std::optional<std::size_t> fetch_chunk(Client& client,
                                       const std::string& uuid,
                                       const std::string& chunk,
                                       const std::string& file,
                                       std::chrono::milliseconds until) {
  const std::string path = path_of(uuid) + "/chunks/" + percent_encode(chunk);
  std::string trouble;
  for (int attempt = 1; attempt <= most_tries; ++attempt) {
    Incoming incoming(file, Incoming::Kind::list);
    const HttpResponse response =
        client.download(path, [&](std::string_view bytes) { return incoming.take(bytes); });
    incoming.check();
    if (response.status == 404) return std::nullopt;
    if (response.status == 200 && incoming.is_whole()) {
      incoming.commit();
      return incoming.size();
    }
    trouble = response.status == 200
                  ? "it ended after " + std::to_string(incoming.size()) + " bytes"
                  : trouble_of(response);
    const auto pause = wanted_pause(response).value_or(std::chrono::seconds(2L * attempt));
    if (client.clock().elapsed() + pause >= until) break;
    client.clock().sleep(pause);
  }
  throw Error(Blame::remote,
              client.url() + ": GET " + path + ": the chunk does not come whole: " + trouble);
}

void cancel_vulns_export(Client& client, const std::string& uuid) {
  const std::string path = path_of(uuid) + "/cancel";
  const HttpResponse response = client.send("POST", path, "");
  if (response.status == 404 || response.status == 409) return;  // nothing goes on
  (void)json_of(client, "POST " + path, response);
}

}  // namespace patchbot::nessus
