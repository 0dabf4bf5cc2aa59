// SPDX-License-Identifier: Apache-2.0
#include "formats/sarif_result.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/finding_text.hpp"
#include "formats/json_writer.hpp"
#include "formats/sarif_rules.hpp"
#include "formats/uri_path.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_ids = 50;
constexpr std::size_t max_name = 200;
constexpr std::size_t max_path = 500;
constexpr std::size_t max_evidence = 1000;

bool is_absolute(std::string_view path) {
  return path.starts_with('/') || path.starts_with('\\') || (path.size() > 1 && path[1] == ':');
}

void write_logical(JsonWriter& json,
                   std::string_view kind,
                   std::string_view name,
                   std::string_view full_name) {
  if (name.empty() && full_name.empty()) return;
  json.open_object()
      .member_if("name", short_line(name, max_name))
      .member_if("fullyQualifiedName", short_line(full_name, max_path))
      .member("kind", kind)
      .close_object();
}

// GitHub wants a region; of a machine or a package there is none but the beginning.
void write_locations(JsonWriter& json, const Finding& f) {
  json.key("locations").open_array().open_object();
  json.key("physicalLocation").open_object();
  json.key("artifactLocation").open_object().member("uri", sarif_uri(f)).close_object();
  json.key("region").open_object();
  for (const char* side : {"startLine", "startColumn", "endLine", "endColumn"}) {
    json.key(side).integer(1);
  }
  json.close_object().close_object();
  json.key("logicalLocations").open_array();
  write_logical(json, "asset", asset_name(f), f.asset.id);
  write_logical(json, "team", f.team, "");
  write_logical(json, "package", f.location.package, f.location.purl);
  json.close_array().close_object().close_array();
}

// Readers expect the array in every result of a run or in none (3.27.23).
void write_suppressions(JsonWriter& json, const Finding& f) {
  json.key("suppressions").open_array();
  if (f.waiver) {
    json.open_object()
        .member("kind", "external")
        .member("status", "accepted")
        .member("justification", waiver_text(f))
        .close_object();
  }
  json.close_array();
}

void write_provenance(JsonWriter& json, const Finding& f) {
  const auto last = f.last_seen ? f.last_seen : f.seen_at;
  if (!f.first_seen && !last) return;
  json.key("provenance").open_object();
  if (f.first_seen) json.member("firstDetectionTimeUtc", to_rfc3339(*f.first_seen));
  if (last) json.member("lastDetectionTimeUtc", to_rfc3339(*last));
  json.close_object();
}

void write_ids(JsonWriter& json, const Finding& f) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < f.vuln_ids.size() && i < max_ids; ++i) {
    ids.push_back(short_line(f.vuln_ids[i], max_name));
  }
  json.texts_if("vuln_ids", ids);
}

void write_properties(JsonWriter& json, const Finding& f, Evidence evidence) {
  json.key("properties")
      .open_object()
      .member("severity", to_text(f.severity))
      .member("gate", to_text(f.gate.level))
      .member("kind", to_text(f.kind))
      .member_if("team", short_line(f.team, max_name))
      .member_if("environment", short_line(f.environment, max_name))
      .member_if("installed", short_line(f.location.installed, max_name))
      .member_if("fixed_in",
                 short_line(fmt::format("{}", fmt::join(f.fix.versions, ", ")), max_name))
      .member_if("exploit", f.exploit)
      .member_if("source_status", short_line(f.source_status, max_name));
  write_ids(json, f);
  if (f.epss) json.key("epss").number(f.epss->score);
  if (f.kev) json.key("kev").boolean(true);
  if (f.sla) json.member("due", to_date_text(f.sla->due)).key("overdue").boolean(f.sla->overdue);
  if (f.is_new) json.key("new").boolean(*f.is_new);
  if (evidence == Evidence::keep) {
    json.member_if("evidence", short_text(f.evidence, max_evidence));
  }
  json.close_object();
}

}  // namespace

std::string sarif_uri(const Finding& f) {
  std::string uri;
  if (f.location.path.empty() || is_absolute(f.location.path)) {
    append_uri_path(uri, f.asset.id.empty() ? asset_name(f) : f.asset.id);
  }
  append_uri_path(uri, f.location.path);
  return uri.empty() ? "unknown" : uri;
}

// GitHub tells findings apart by primaryLocationLineHash, which it would else make of the lines of
// a file that the repository does not have.
void append_sarif_result(std::string& out,
                         const Finding& f,
                         const SarifRuleRef& rule,
                         Evidence evidence) {
  const std::string id = f.id.hex();
  JsonWriter json(out);
  json.open_object().member("ruleId", rule.name).count("ruleIndex", rule.index);
  json.member("level", sarif_level(f.severity));
  json.key("message").open_object().member("text", to_sarif_message(headline(f))).close_object();
  write_locations(json, f);
  json.key("partialFingerprints")
      .open_object()
      .member("patchbotFindingId/v1", id)
      .member("primaryLocationLineHash", id + ":1")
      .close_object();
  write_suppressions(json, f);
  write_provenance(json, f);
  write_properties(json, f, evidence);
  json.close_object();
}

}  // namespace patchbot
