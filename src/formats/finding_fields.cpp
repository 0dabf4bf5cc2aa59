// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_fields.hpp"

#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

// The word of an enumeration as to_text writes it; `otherwise` for any other.
template <class Enum>
Enum from_word(const Node& word, Enum last, Enum otherwise) {
  for (unsigned i = 0; i <= static_cast<unsigned>(last); ++i) {
    const auto value = static_cast<Enum>(i);
    if (!to_text(value).empty() && word.raw() == to_text(value)) return value;
  }
  return otherwise;
}

std::optional<double> score_of(const Node& node) {
  const auto number = node.number();
  if (!number || *number < 0 || *number > 10) return {};
  return number;
}

std::optional<Date> date_of(const Node& node) { return parse_date(node.line(16)); }

std::optional<Time> instant_of(const Node& node) { return parse_rfc3339(node.line(64)); }

// As it stands, repetitions too.
void add_texts(std::vector<std::string>& list, const Node& node) {
  for (const Node item : node.items()) list.push_back(item.text());
}

void fill_location(const Node& node, Location& at) {
  const auto port = node["port"].number();
  if (port && *port >= 0 && *port <= 65535) at.port = static_cast<int>(*port);
  at.protocol = node["protocol"].line();
  at.service = node["service"].line();
  at.package = node["package"].line();
  at.package_type = node["package_type"].line();
  at.purl = node["purl"].line();
  at.installed = node["installed"].line();
  at.path = node["path"].line();
  at.check = node["check"].line();
  at.check_id = node["check_id"].line();
  at.benchmark = node["benchmark"].line();
}

void fill_cvss(const Node& list, Finding& finding) {
  for (const Node item : list.items()) {
    Cvss& cvss = finding.cvss.emplace_back();
    cvss.version = item["version"].line(8);
    cvss.vector = item["vector"].line(256);
    cvss.score = score_of(item["score"]);
    cvss.temporal_vector = item["temporal_vector"].line(256);
    cvss.temporal_score = score_of(item["temporal_score"]);
    cvss.source = item["source"].line(256);
  }
}

void fill_threat(const Node& record, Finding& finding) {
  finding.vpr = score_of(record["vpr"]);
  if (const Node node = record["epss"]; const auto score = fraction_of(node["score"])) {
    finding.epss = Epss{
        *score, fraction_of(node["percentile"]), node["model"].line(64), date_of(node["date"])};
  }
  if (const Node node = record["kev"]; node["listed"].is("true")) {
    finding.kev = Kev{date_of(node["added"]), date_of(node["due"]), node["ransomware"].boolean()};
  }
  if (const Node node = record["ssvc"]) {
    finding.ssvc = Ssvc{node["exploitation"].line(16),
                        node["automatable"].boolean(),
                        node["technical_impact"].line(16)};
  }
  finding.exploit = record["exploit"].line(64);
  add_texts(finding.exploit_refs, record["exploit_refs"]);
}

void fill_fix(const Node& node, Fix& fix) {
  fix.available = node["available"].boolean();
  add_texts(fix.versions, node["versions"]);
  fix.solution = node["solution"].text();
}

void fill_times(const Node& record, Finding& finding) {
  finding.published_at = instant_of(record["published_at"]);
  finding.seen_at = instant_of(record["seen_at"]);
  finding.first_seen = instant_of(record["first_seen"]);
  finding.last_seen = instant_of(record["last_seen"]);
  finding.is_new = record["new"].boolean();
  const auto age = record["age_days"].number();
  if (age && *age >= 0 && *age <= 36500) finding.age_days = static_cast<int>(*age);
  if (const auto due = instant_of(record["sla"]["due"])) {
    finding.sla = Sla{std::chrono::floor<std::chrono::days>(*due),
                      record["sla"]["overdue"].boolean().value_or(false),
                      record["sla"]["forensics"].boolean().value_or(false)};
  }
}

void fill_verdict(const Node& record, Finding& finding) {
  finding.kind = from_word(record["kind"], Kind::exposure, Kind::vulnerability);
  finding.severity = severity_of_word(record["severity"]);
  finding.severity_source = record["severity_source"].line(64);
  finding.source_status = record["source_status"].line(64);
  finding.status = from_word(record["status"], Status::reopened, Status::unknown);
  finding.check_result = from_word(record["check_result"], CheckResult::skipped, CheckResult::none);
  finding.check_list = record["benchmark"].line();
}

}  // namespace

void fill_finding(const Node& record, Finding& finding) {
  finding.source_version = record["source_version"].line(64);
  finding.native_id = record["native_id"].line();
  finding.title = record["title"].line();
  finding.synopsis = record["synopsis"].text();
  finding.description = record["description"].text();
  fill_verdict(record, finding);
  add_texts(finding.vuln_ids, record["vuln_ids"]);
  add_texts(finding.cwes, record["cwes"]);
  fill_location(record["location"], finding.location);
  fill_cvss(record["cvss"], finding);
  fill_threat(record, finding);
  fill_fix(record["fix"], finding.fix);
  fill_times(record, finding);
  add_texts(finding.xrefs, record["xrefs"]);
  add_texts(finding.refs, record["refs"]);
  finding.evidence = record["evidence"].text();
}

}  // namespace patchbot
