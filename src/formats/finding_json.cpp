// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_json.hpp"

#include "formats/json_writer.hpp"

namespace patchbot {
namespace {

void write_asset(JsonWriter& json, const Asset& asset) {
  json.key("asset").open_object();
  json.member("id", asset.id)
      .member_if("name", asset.name)
      .member_if("address", asset.address)
      .member_if("instance", asset.instance)
      .member_if("account", asset.account)
      .member_if("region", asset.region);
  json.close_object();
}

void write_location(JsonWriter& json, const Location& location) {
  json.key("location").open_object();
  if (location.port) json.key("port").integer(*location.port);
  json.member_if("protocol", location.protocol)
      .member_if("service", location.service)
      .member_if("package", location.package)
      .member_if("package_type", location.package_type)
      .member_if("purl", location.purl)
      .member_if("installed", location.installed)
      .member_if("path", location.path)
      .member_if("check", location.check)
      .member_if("check_id", location.check_id)
      .member_if("benchmark", location.benchmark)
      .count("ordinal", location.ordinal);
  json.close_object();
}

void write_cvss(JsonWriter& json, const std::vector<Cvss>& entries) {
  if (entries.empty()) return;
  json.key("cvss").open_array();
  for (const Cvss& cvss : entries) {
    json.open_object().member("version", cvss.version).member_if("vector", cvss.vector);
    if (cvss.score) json.key("score").number(*cvss.score);
    json.member_if("temporal_vector", cvss.temporal_vector);
    if (cvss.temporal_score) json.key("temporal_score").number(*cvss.temporal_score);
    json.member_if("source", cvss.source).close_object();
  }
  json.close_array();
}

void write_epss(JsonWriter& json, const Epss& epss) {
  json.key("epss").open_object().key("score").number(epss.score);
  if (epss.percentile) json.key("percentile").number(*epss.percentile);
  json.member_if("model", epss.model);
  if (epss.date) json.member("date", to_date_text(*epss.date));
  json.close_object();
}

void write_kev(JsonWriter& json, const Kev& kev) {
  json.key("kev").open_object().key("listed").boolean(true);
  if (kev.added) json.member("added", to_date_text(*kev.added));
  if (kev.due) json.member("due", to_date_text(*kev.due));
  if (kev.ransomware) json.key("ransomware").boolean(*kev.ransomware);
  json.close_object();
}

void write_ssvc(JsonWriter& json, const Ssvc& ssvc) {
  json.key("ssvc").open_object().member_if("exploitation", ssvc.exploitation);
  if (ssvc.automatable) json.key("automatable").boolean(*ssvc.automatable);
  json.member_if("technical_impact", ssvc.technical_impact).close_object();
}

// A deadline is a day; the contract has a time, so its last second.
void write_sla(JsonWriter& json, const Sla& sla) {
  const Time last = Time(sla.due) + std::chrono::days(1) - std::chrono::seconds(1);
  json.key("sla").open_object().member("due", to_rfc3339(last));
  json.key("overdue").boolean(sla.overdue);
  if (sla.forensics) json.key("forensics").boolean(true);
  json.close_object();
}

void write_threat(JsonWriter& json, const Finding& f) {
  if (f.vpr) json.key("vpr").number(*f.vpr);
  if (f.epss) write_epss(json, *f.epss);
  if (f.kev) write_kev(json, *f.kev);
  if (f.ssvc) write_ssvc(json, *f.ssvc);
  json.member_if("exploit", f.exploit).texts_if("exploit_refs", f.exploit_refs);
}

void write_fix(JsonWriter& json, const Fix& fix) {
  if (fix == Fix{}) return;
  json.key("fix").open_object();
  if (fix.available) json.key("available").boolean(*fix.available);
  json.texts_if("versions", fix.versions).member_if("solution", fix.solution).close_object();
}

void write_decisions(JsonWriter& json, const Finding& f) {
  if (f.waiver) {
    json.key("waiver")
        .open_object()
        .member("id", f.waiver->id)
        .member("owner", f.waiver->owner)
        .member("reason", f.waiver->reason)
        .member("expires", to_date_text(f.waiver->expires))
        .close_object();
  }
  json.key("gate").open_object().member("level", to_text(f.gate.level));
  json.member_if("rule", f.gate.rule).close_object();
}

}  // namespace

void append_finding_line(std::string& out, const Finding& f, Evidence evidence) {
  JsonWriter json(out);
  json.open_object()
      .member("schema", "patchbot.finding/1")
      .member("id", f.id.hex())
      .member("kind", to_text(f.kind))
      .member("severity", to_text(f.severity))
      .member_if("severity_source", f.severity_source)
      .member("source", f.source)
      .member_if("source_version", f.source_version)
      .member_if("source_status", f.source_status)
      .member("native_id", f.native_id)
      .member("title", f.title)
      .member_if("synopsis", f.synopsis)
      .member_if("description", f.description)
      .texts_if("vuln_ids", f.vuln_ids)
      .texts_if("cwes", f.cwes);
  write_asset(json, f.asset);
  json.member("team", f.team)
      .member_if("service", f.service)
      .member_if("environment", f.environment);
  write_location(json, f.location);
  if (f.check_result != CheckResult::none) {
    json.member("check_result", to_text(f.check_result)).member_if("benchmark", f.check_list);
  }
  write_cvss(json, f.cvss);
  write_threat(json, f);
  write_fix(json, f.fix);
  if (f.published_at) json.member("published_at", to_rfc3339(*f.published_at));
  if (f.seen_at) json.member("seen_at", to_rfc3339(*f.seen_at));
  if (f.first_seen) json.member("first_seen", to_rfc3339(*f.first_seen));
  if (f.last_seen) json.member("last_seen", to_rfc3339(*f.last_seen));
  json.member_if("status", to_text(f.status));
  if (f.is_new) json.key("new").boolean(*f.is_new);
  if (f.age_days) json.key("age_days").integer(*f.age_days);
  if (f.sla) write_sla(json, *f.sla);
  write_decisions(json, f);
  json.texts_if("refs", f.refs).texts_if("xrefs", f.xrefs);
  if (evidence == Evidence::keep) json.member_if("evidence", f.evidence);
  json.close_object();
  out += '\n';
}

}  // namespace patchbot
