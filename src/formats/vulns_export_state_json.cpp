// SPDX-License-Identifier: Apache-2.0
#include "formats/vulns_export_state_json.hpp"

#include <algorithm>
#include <cctype>

#include "base/error.hpp"
#include "formats/json_writer.hpp"
#include "formats/vex/whole_json.hpp"

namespace patchbot {
namespace {

[[noreturn]] void fail(const std::string& why) {
  throw Error(Blame::input, why + "; remove the file to begin anew");
}

std::optional<Time> time_in(const Node& root, std::string_view name) {
  const std::string text = root[name].line();
  if (text.empty()) return std::nullopt;
  const auto time = parse_rfc3339(text);
  if (!time) fail("'" + std::string(name) + "' is no time");
  return time;
}

void write_time(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
  if (time) json.member(name, to_rfc3339(*time));
}

}  // namespace

VulnsExportState parse_vulns_export_state(std::string_view text) {
  const WholeJson document(text);
  const Node root = document.root();
  if (root["schema"].line() != "patchbot.vulns-export/1") {
    fail("is no state of a bulk export (patchbot.vulns-export/1)");
  }
  VulnsExportState state;
  state.url = root["url"].line();
  state.uuid = root["uuid"].line();
  state.since = time_in(root, "since");
  state.started = time_in(root, "started");
  state.last_success = time_in(root, "last_success");
  if (state.url.empty()) fail("lacks the server");
  const bool is_plain = std::all_of(state.uuid.begin(), state.uuid.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
  if (!is_plain) fail("'uuid' is none");  // it becomes part of the names of files
  if (!state.uuid.empty() && !state.started) fail("lacks when the export was started");
  return state;
}

std::string to_json(const VulnsExportState& state) {
  std::string out;
  JsonWriter json(out);
  json.open_object().member("schema", "patchbot.vulns-export/1").member("url", state.url);
  json.member_if("uuid", state.uuid);
  write_time(json, "since", state.since);
  write_time(json, "started", state.started);
  write_time(json, "last_success", state.last_success);
  json.close_object();
  return out + "\n";
}

}  // namespace patchbot
