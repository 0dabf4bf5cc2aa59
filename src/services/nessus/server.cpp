// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/server.hpp"

#include "services/nessus/answer.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;

std::optional<bool> flag_of(const json& value, std::initializer_list<const char*> names) {
  const json& found = at(value, names);
  return found.is_boolean() ? std::optional(found.get<bool>()) : std::nullopt;
}

}  // namespace

Server server_of(Client& client) {
  const json said = read(client, "/server/properties");
  Server server;
  server.type = line_of(said, {"nessus_type"});
  server.version = line_of(said, {"server_version"});
  server.licence = line_of(said, {"license", "type"});
  server.is_cloud = server.type == "Nessus Cloud";
  server.may_launch = flag_of(said, {"license", "features", "scan_api"});
  if (!server.may_launch) server.may_launch = flag_of(said, {"features", "scan_api"});
  return server;
}

std::string name_of(const Server& server) {
  std::string name = server.type.empty() ? "this server" : server.type;
  if (!server.version.empty()) name += " " + server.version;
  if (!server.licence.empty()) name += " (" + server.licence + ")";
  return name;
}

std::string cannot_launch(const Server& server) {
  return name_of(server) +
         " does not let the API make or launch scans: that is a matter of its licence (Nessus "
         "Professional and Expert from version 7 on, and Essentials). " +
         ways_to_scan;
}

// A server that is not ready says so with 503, which is an answer; everything else may pass.
Readiness readiness_of(Client& client) {
  const std::string path = "/server/status";
  const auto word_in = [](const json& said) { return line_of(said, {"status"}); };
  HttpResponse response = client.get_once(path);
  json said = response.status == 503 ? json::parse(response.body, nullptr, false) : json();
  if (word_in(said).empty()) {
    if (response.status != 200) response = client.get(path);
    said = json_of(client, "GET " + path, response);
  }
  Readiness readiness{word_in(said), {}};
  if (readiness.word.empty()) throw client.failure("GET " + path, response);
  if (at(said, {"progress"}).is_number()) readiness.percent = number_of(said, {"progress"});
  return readiness;
}

}  // namespace patchbot::nessus
