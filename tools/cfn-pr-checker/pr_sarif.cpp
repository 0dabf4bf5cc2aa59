// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "formats/json_writer.hpp"
#include "formats/sarif_rules.hpp"
#include "formats/uri_path.hpp"
#include "model/pull_request_rules.hpp"
#include "pr_output.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_results = 25000;  // GitHub takes no more of one run

std::string_view sarif_level_of(GateLevel level) {
  if (level == GateLevel::fail) return "error";
  return level == GateLevel::warn ? "warning" : "note";
}

void write_rules(JsonWriter& json) {
  json.key("rules").open_array();
  for (const PullRequestRule& rule : pull_request_rules()) {
    json.open_object().member("id", rule.id).key("shortDescription").open_object();
    json.member("text", rule.about).close_object();
    json.key("defaultConfiguration").open_object();
    json.member("level", sarif_level_of(rule.level)).close_object().close_object();
  }
  json.close_array();
}

std::string uri_of(const ReviewedFile& file) {
  std::string uri;
  append_uri_path(uri, file.name);
  return uri.empty() ? "template" : uri;
}

void write_result(JsonWriter& json, const ReviewedFile& file, const RuleHit& hit) {
  json.open_object().member("ruleId", hit.id).member("level", sarif_level_of(hit.level));
  json.key("message").open_object();
  json.member("text", to_sarif_message(clean_line(hit.message))).close_object();
  json.key("locations").open_array().open_object().key("physicalLocation").open_object();
  json.key("artifactLocation").open_object();
  json.member("uri", uri_of(file)).close_object();
  json.key("region").open_object().count("startLine", hit.place.line);
  json.count("startColumn", hit.place.column).close_object();
  json.close_object().close_object().close_array().close_object();
}

}  // namespace

// What a rule says of the new version is a result; GitHub shows it at the line that changed.
std::string to_sarif(const PullRequest& request, std::string_view version) {
  std::string out;
  JsonWriter json(out);
  json.open_object();
  json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .member("version", "2.1.0");
  json.key("runs").open_array().open_object();
  json.key("tool").open_object().key("driver").open_object();
  json.member("name", "cfn-pr-checker").member("version", version);
  write_rules(json);
  json.close_object().close_object();
  json.key("invocations").open_array().open_object();
  json.key("executionSuccessful").boolean(request.unread() == 0).close_object().close_array();
  json.member("columnKind", "unicodeCodePoints").key("results").open_array();
  std::size_t results = 0;
  for (const ReviewedFile& file : request.files) {
    for (const RuleHit& hit : file.hits) {
      if (results++ < most_results) write_result(json, file, hit);
    }
  }
  json.close_array().close_object().close_array().close_object();
  return out + "\n";
}

}  // namespace patchbot
