// SPDX-License-Identifier: Apache-2.0
#include "formats/ocsf_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/address.hpp"
#include "base/text.hpp"
#include "formats/finding_text.hpp"
#include "formats/ocsf_vulnerabilities.hpp"

// Names and types from github.com/ocsf/ocsf-schema, version 1.6.0.

namespace patchbot {
namespace {

constexpr int class_uid = 2002;
constexpr std::size_t max_line = 500;
constexpr std::size_t max_text = 4000;

struct Word {
  int id;
  std::string_view caption;
};

Word activity_of(const Finding& f, Time time) {
  if (f.status == Status::fixed) return {3, "Close"};
  const bool known = f.status == Status::reopened || (f.first_seen && *f.first_seen < time);
  return known ? Word{2, "Update"} : Word{1, "Create"};
}

Word severity_of(Severity severity) {
  switch (severity) {
    case Severity::info: return {1, "Informational"};
    case Severity::low: return {2, "Low"};
    case Severity::medium: return {3, "Medium"};
    case Severity::high: return {4, "High"};
    case Severity::critical: return {5, "Critical"};
    case Severity::unknown: break;
  }
  return {0, "Unknown"};
}

std::optional<Word> status_of(const Finding& f) {
  if (f.status == Status::fixed) return Word{4, "Resolved"};
  if (f.waiver) return Word{3, "Suppressed"};
  return {};
}

bool is_aws_account(std::string_view account) {
  return account.size() == 12 &&
         std::all_of(account.begin(), account.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_on_aws(const Finding& f) {
  return f.asset.instance.starts_with("i-") || is_aws_account(f.asset.account);
}

void write_class(JsonWriter& json, const Finding& f, Time time) {
  const Word activity = activity_of(f, time);
  json.key("activity_id").integer(activity.id).member("activity_name", activity.caption);
  json.key("category_uid").integer(2).member("category_name", "Findings");
  json.key("class_uid").integer(class_uid).member("class_name", "Vulnerability Finding");
  json.key("type_uid").integer(class_uid * 100 + activity.id);
  json.member("type_name", fmt::format("Vulnerability Finding: {}", activity.caption));
  const Word severity = severity_of(f.severity);
  json.key("severity_id").integer(severity.id).member("severity", severity.caption);
  if (const auto status = status_of(f)) {
    json.key("status_id").integer(status->id).member("status", status->caption);
  }
  json.key("time").integer(to_ocsf_time(time));
  json.member("message", headline(f)).member_if("comment", waiver_text(f));
}

void write_metadata(JsonWriter& json, const Finding& f, const std::string& version) {
  json.key("metadata").open_object().member("version", "1.6.0");
  json.key("product").open_object().member("name", "PatchBot").member("vendor_name", "PatchBot");
  json.member_if("version", version).close_object();
  if (is_on_aws(f)) json.key("profiles").open_array().text("cloud").close_array();
  json.close_object();
}

void write_cloud(JsonWriter& json, const Finding& f) {
  if (!is_on_aws(f)) return;
  json.key("cloud").open_object().member("provider", "AWS").member_if("region", f.asset.region);
  if (!f.asset.account.empty()) {
    json.key("account").open_object().member("uid", f.asset.account);
    json.key("type_id").integer(10).member("type", "AWS Account").close_object();
  }
  json.close_object();
}

void write_finding_info(JsonWriter& json, const Finding& f) {
  json.key("finding_info").open_object().member("uid", f.id.hex());
  json.member_if("title", short_line(f.title, max_line));
  const char* const between = f.synopsis.empty() || f.description.empty() ? "" : "\n";
  json.member_if("desc", short_text(f.synopsis + between + f.description, max_text));
  if (f.first_seen) json.key("first_seen_time").integer(to_ocsf_time(*f.first_seen));
  const auto last = f.last_seen ? f.last_seen : f.seen_at;
  if (last) json.key("last_seen_time").integer(to_ocsf_time(*last));
  json.key("types").open_array().text("Vulnerability").close_array();
  json.key("analytic").open_object().key("type_id").integer(1).member("type", "Rule");
  json.member("uid", rule_name(f)).close_object();
  if (!f.source.empty()) {
    json.key("product").open_object().member("name", f.source);
    json.member_if("version", f.source_version).close_object();
  }
  json.close_object();
}

void write_resource(JsonWriter& json, const Finding& f) {
  const Asset& asset = f.asset;
  const std::string& uid = asset.id.empty() ? asset.name : asset.id;
  json.key("resources").open_array().open_object();
  json.member("uid", uid.empty() ? "unknown" : short_line(uid, max_line));
  json.member_if("name", short_line(asset.name, max_line)).member_if("uid_alt", asset.instance);
  if (asset.instance.starts_with("i-")) json.member("type", "AWS::EC2::Instance");
  if (parse_address(asset.address)) json.member("ip", asset.address);
  if (is_on_aws(f)) json.member_if("region", asset.region);
  if (!f.team.empty()) json.key("owner").open_object().member("name", f.team).close_object();
  std::vector<std::string> labels;
  if (!f.environment.empty()) labels.push_back("environment:" + f.environment);
  if (!f.service.empty()) labels.push_back("service:" + f.service);
  if (!is_on_aws(f) && !asset.region.empty()) labels.push_back("region:" + asset.region);
  if (!is_on_aws(f) && !asset.account.empty()) labels.push_back("account:" + asset.account);
  json.texts_if("labels", labels).close_object().close_array();
}

void write_kev(JsonWriter& json, const Finding& f) {
  if (!f.kev) return;
  json.key("kev").open_object();
  if (f.kev->added) json.member("added", to_date_text(*f.kev->added));
  if (f.kev->due) json.member("due", to_date_text(*f.kev->due));
  if (f.kev->ransomware) json.key("ransomware").boolean(*f.kev->ransomware);
  json.close_object();
}

void write_ssvc(JsonWriter& json, const Finding& f) {
  if (!f.ssvc) return;
  json.key("ssvc").open_object().member_if("exploitation", f.ssvc->exploitation);
  if (f.ssvc->automatable) json.key("automatable").boolean(*f.ssvc->automatable);
  json.member_if("technical_impact", f.ssvc->technical_impact).close_object();
}

// What the class has no member for. With several CVEs nobody knows which of them the scores are of.
void write_unmapped(JsonWriter& json, const Finding& f, Evidence evidence) {
  json.key("unmapped").open_object().member("gate", to_text(f.gate.level));
  json.member_if("gate_rule", f.gate.rule).member_if("exploit", f.exploit);
  json.member_if("source_status", f.source_status);
  if (f.location.port) json.key("port").integer(*f.location.port);
  json.member_if("protocol", f.location.protocol);
  if (f.location.installed.empty()) {
    json.member_if("package", f.location.package);
    json.texts_if("fixed_in", f.fix.versions);
  }
  if (f.vpr) json.key("vpr").number(*f.vpr);
  if (f.sla) json.member("due", to_date_text(f.sla->due)).key("overdue").boolean(f.sla->overdue);
  if (f.is_new) json.key("new").boolean(*f.is_new);
  write_kev(json, f);
  write_ssvc(json, f);
  if (count_cves(f) != 1) {
    write_ocsf_cvss(json, f);
    write_ocsf_epss(json, f);
    if (count_cves(f) > 1) json.texts_if("cwes", f.cwes);
  }
  if (evidence == Evidence::keep) json.member_if("evidence", short_text(f.evidence, max_text));
  json.close_object();
}

}  // namespace

void OcsfWriter::begin(std::string&) {}

void OcsfWriter::add(std::string& out, const Finding& f) {
  if (f.kind != Kind::vulnerability) {
    ++left_out_;
    return;
  }
  const Time time = f.seen_at.value_or(f.last_seen.value_or(now_));
  JsonWriter json(out);
  json.open_object();
  write_class(json, f, time);
  write_metadata(json, f, version_);
  write_cloud(json, f);
  write_finding_info(json, f);
  write_resource(json, f);
  write_ocsf_vulnerabilities(json, f);
  write_unmapped(json, f, evidence_);
  json.close_object();
  out += '\n';
}

void OcsfWriter::end(std::string&, const std::vector<std::string>&) {}

WriterNotes OcsfWriter::notes() const {
  if (left_out_ == 0) return {};
  return {{fmt::format("{} findings left out: class 2002 is for vulnerabilities", left_out_)}, {}};
}

}  // namespace patchbot
