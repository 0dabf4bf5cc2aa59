// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/trivy_operator.hpp"

#include <array>
#include <unordered_map>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/aws_fields.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;

enum RecordKind : std::uint16_t {
  vulnerability,
  check,
  secret,
  control,
  control_detail,
  looked_at
};
enum ContextId : std::uint16_t { metadata, updated, scanner, artifact, registry, spec };

// ---- what a report is about

// Labels are short; what does not fit stands in an annotation.
std::string resource_label(const Node& meta, const std::string& what) {
  const std::string key = "trivy-operator." + what;
  std::string text = meta["labels"][key].line();
  return text.empty() ? meta["annotations"][key].line() : text;
}

// A deployment names its replica sets anew with every change, "web-5d9c7b8f4": that end goes, so
// that a weakness keeps its identity.
std::string without_hash(const std::string& name) {
  constexpr std::string_view alphabet = "bcdfghjklmnpqrstvwxz2456789";
  const auto dash = name.rfind('-');
  if (dash == std::string::npos || dash == 0) return name;
  const std::string_view end = std::string_view(name).substr(dash + 1);
  const bool hash = end.size() >= 5 && end.size() <= 10 &&
                    end.find_first_not_of(alphabet) == std::string_view::npos;
  return hash ? name.substr(0, dash) : name;
}

std::string joined(std::initializer_list<std::string> parts) {
  std::string whole;
  for (const std::string& part : parts) {
    if (!part.empty()) whole += (whole.empty() ? "" : "/") + part;
  }
  return whole;
}

std::string image_of(const Context& context) {
  const Node image = context[artifact];
  std::string name = image["repository"].line();
  if (name.empty()) return {};
  if (const std::string server = context[registry]["server"].line(); !server.empty()) {
    name.insert(0, server + "/");
  }
  const std::string tag = image["tag"].line();
  const std::string digest = image["digest"].line();
  if (!tag.empty()) return name + ":" + tag;
  return digest.empty() ? name : name + "@" + digest;
}

void name_workload(ScannedHost& host, const Context& context) {
  const Node meta = context[metadata];
  const std::string kind = resource_label(meta, "resource.kind");
  const std::string name = resource_label(meta, "resource.name");
  const std::string space = resource_label(meta, "resource.namespace");
  const std::string container = resource_label(meta, "container.name");
  if (name.empty()) {
    host.name = joined({meta["namespace"].line(), meta["name"].line()});
  } else if (kind == "Node") {
    host.name = name;
  } else {
    const std::string stable = kind == "ReplicaSet" ? without_hash(name) : name;
    host.name = joined({space, kind, stable, container});
    add_alias(host, joined({space, kind, name, container}));
  }
}

ScannedHost host_of(const Record& record) {
  const Context& context = record.context;
  ScannedHost host;
  const std::string node = context[artifact]["nodeName"].line();
  if (record.kind == control || record.kind == control_detail) {
    host.name = "cluster";  // which one, no report says
  } else if (!node.empty()) {
    host.name = node;
  } else {
    name_workload(host, context);
    add_alias(host, image_of(context));
  }
  host.seen_at = time_of(context[updated]);
  if (!host.seen_at) host.seen_at = time_of(context[metadata]["creationTimestamp"]);
  host.authenticated = true;
  return host;
}

// ---- vulnerabilities, secrets, checks

void fill_cvss(const Record& record, Finding& finding) {
  for (const Node scorer : record["cvss"].items()) {
    const std::string source = scorer.is_object() ? clean_line(scorer.key()) : std::string();
    add_cvss(finding, scorer["V2Vector"], scorer["V2Score"], source, "2.0");
    add_cvss(finding, scorer["V3Vector"], scorer["V3Score"], source, "3");
    add_cvss(finding, scorer["V40Vector"], scorer["V40Score"], source, "4.0");
  }
  // The single score is that of CVSS 3 by whom the operator prefers.
  if (finding.cvss.empty()) {
    const Node source = record.node.first_of({"cvsssource", "cvssSource"});
    add_cvss(finding, {}, record["score"], source.line(64), "3");
  }
}

void fill_vulnerability(const Record& record, Finding& finding) {
  add_ids(finding.vuln_ids, record["vulnerabilityID"]);
  Location& location = finding.location;
  location.package = record["resource"].line();
  location.package_type = record["packageType"].line();
  location.installed = record["installedVersion"].line();
  location.purl = record["packagePURL"].line();
  location.path = record.node.first_of({"packagePath", "pkgPath"}).line();
  // The target of system packages is the image with its version: no place, and it changes.
  if (location.path.empty() && !record["class"].is("os-pkgs")) {
    location.path = record["target"].line();
  }
  if (finding.title.empty()) finding.title = finding.native_id + " in " + location.package;
  add_fix_versions(finding, record["fixedVersion"]);
  finding.fix.available = !finding.fix.versions.empty();
  fill_cvss(record, finding);
  add_refs(finding, record["primaryLink"]);
  add_refs(finding, record["links"]);
  finding.published_at = time_of(record["publishedDate"]);
}

std::string messages_of(const Node& node) {
  std::string text;
  for (const Node message : node.items()) {
    if (text.size() > 16000) break;
    text += (text.empty() ? "" : "\n") + message.text();
  }
  return text;
}

void fill_check(const Record& record, Finding& finding) {
  finding.kind = Kind::misconfiguration;
  finding.location.check = finding.title;
  finding.location.check_id = finding.native_id;
  finding.location.path = record["scope"]["value"].line();
  finding.fix.solution = record["remediation"].text();
  finding.evidence = messages_of(record["messages"]);
}

void fill_secret(const Record& record, Finding& finding) {
  finding.kind = Kind::secret;
  finding.location.check = finding.title;
  finding.location.check_id = finding.native_id;
  finding.location.path = record["target"].line();
  finding.evidence = record["match"].line(500);
}

// ---- controls of a benchmark

/// What a report says of its controls at its beginning, by their ids.
class Controls {
 public:
  const Node& find(const Context& context, const std::string& id) {
    if (generation_ != context.generation()) {
      generation_ = context.generation();
      by_id_.clear();
      for (const Node one : context[spec]["compliance"]["controls"].items()) {
        by_id_.try_emplace(one["id"].line(), one);
      }
    }
    static const Node none;
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? none : found->second;
  }

 private:
  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, Node> by_id_;
};

// Without a number nothing looked: the control is one that people check by hand.
CheckResult result_of_total(const Node& total) {
  const auto number = total.number();
  if (!number) return CheckResult::skipped;
  return *number > 0 ? CheckResult::failed : CheckResult::passed;
}

bool has_succeeded(const Node& check) { return check["success"].boolean().value_or(false); }

CheckResult result_of_checks(const Node& checks) {
  CheckResult result = CheckResult::skipped;
  for (const Node one : checks.items()) {
    if (!has_succeeded(one)) return CheckResult::failed;
    result = CheckResult::passed;
  }
  return result;
}

CheckResult result_of(const Record& record) {
  return record.kind == control_detail ? result_of_checks(record["checks"])
                                       : result_of_total(record["totalFail"]);
}

void tell_failures(const Node& checks, Finding& finding) {
  for (const Node one : checks.items()) {
    if (has_succeeded(one)) continue;
    add_evidence(finding,
                 one["checkID"].line(100) + " " + one["target"].line(500) + ": " +
                     clean_line(messages_of(one["messages"])));
    add_advice(finding, one["remediation"]);
  }
}

void fill_control(const Record& record, const Node& described, Finding& finding) {
  const Node benchmark = record.context[spec]["compliance"];
  finding.kind = Kind::compliance;
  finding.title = record["name"].line(500);
  finding.location.check = finding.title;
  finding.location.check_id = finding.native_id;
  finding.location.benchmark = benchmark["id"].line();
  finding.check_list = benchmark.first_of({"title", "id"}).line();
  if (finding.description.empty()) finding.description = described["description"].text();
  for (const Node one : described["checks"].items()) add_text(finding.xrefs, one["id"].line(100));
  add_refs(finding, benchmark["relatedResources"]);
  if (record.kind == control_detail) {
    tell_failures(record["checks"], finding);
  } else if (const std::string number = record["totalFail"].line(20); !number.empty()) {
    add_evidence(finding, "failures: " + number);
  }
  if (finding.check_result != CheckResult::failed) finding.severity_source = "result";
}

std::string native_id_of(const Record& record) {
  switch (record.kind) {
    case secret: return record["ruleID"].line();
    case control:
    case control_detail: return record["id"].line();
    case check: return record.node.first_of({"checkID", "id", "title"}).line(500);
    default: return record["vulnerabilityID"].line();
  }
}

class TrivyOperatorReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    return record.kind == looked_at ? 0 : 1;
  }

  ScannedHost host(const Record& record) override {
    if (generation_ != record.context.generation()) host_ = host_of(record);
    generation_ = record.context.generation();
    return host_;
  }

  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    finding.native_id = native_id_of(record);
    finding.severity = severity_of_word(record["severity"]);
    if (record.kind == check && record["success"].boolean().value_or(false)) {
      finding.check_result = CheckResult::passed;
      finding.severity = Severity::info;
    }
    if (record.kind == control || record.kind == control_detail) {
      finding.location.check = record["name"].line(500);
      finding.check_result = result_of(record);
      if (finding.check_result != CheckResult::failed) finding.severity = Severity::info;
    }
    return true;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    finding.severity_source = "severity";
    finding.title = record["title"].line(500);
    finding.description = record["description"].text();
    switch (record.kind) {
      case check: fill_check(record, finding); break;
      case secret: fill_secret(record, finding); break;
      case control:
      case control_detail:
        fill_control(record, controls_.find(record.context, record["id"].line()), finding);
        break;
      default: fill_vulnerability(record, finding); break;
    }
    if (finding.title.empty()) finding.title = finding.native_id;
    finding.source_version = record.context[scanner]["version"].line(64);
  }

  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    if (!context[metadata]["continue"].line(16).empty()) {
      facts.problems.emplace_back(
          "is one page of several: its continue token says that more reports exist; fetch them "
          "all");
    }
    return {};
  }

 private:
  Controls controls_;
  std::uint64_t generation_ = 0;  ///< of the context that host_ was made of
  ScannedHost host_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<TrivyOperatorReader>(); }

// One report; a list of reports; the lists that kubectl and the API write; lists by the name of
// their kind.
constexpr std::array<std::string_view, 9> marks{
    "/apiVersion=aquasecurity.github.io/v1alpha1",
    "/apiVersion=aquasecurity.github.io/v1beta1",
    "/*/apiVersion=aquasecurity.github.io/v1alpha1",
    "/*/apiVersion=aquasecurity.github.io/v1beta1",
    "/items/*/apiVersion=aquasecurity.github.io/v1alpha1",
    "/items/*/apiVersion=aquasecurity.github.io/v1beta1",
    "/vulnerabilityreports.aquasecurity.github.io",
    "/configauditreports.aquasecurity.github.io",
    "/clustercompliancereports.aquasecurity.github.io"};

/// The same tables for every place where a report may stand.
struct Tables {
  Tables();

  std::vector<std::string> paths;
  std::vector<RecordPath> records;
  std::vector<ContextPath> contexts;
};

constexpr std::array<std::string_view, 4> places{"", "/*", "/{}/*", "/items/*"};
constexpr std::array<RecordPath, 6> records_of_report{
    {{vulnerability, "/report/vulnerabilities/*"},
     {check, "/report/checks/*"},
     {secret, "/report/secrets/*"},
     {control, "/status/summaryReport/controlCheck/*"},
     {control_detail, "/status/detailReport/results/*"},
     {looked_at, "/report/summary"}}};
constexpr std::array<ContextPath, 7> contexts_of_report{
    {{metadata, "/metadata", Place::anywhere},
     {updated, "/report/updateTimestamp", Place::anywhere},
     {updated, "/status/updateTimestamp", Place::anywhere},
     {scanner, "/report/scanner"},
     {artifact, "/report/artifact"},
     {registry, "/report/registry"},
     {spec, "/spec"}}};

Tables::Tables() {
  paths.reserve(places.size() * (records_of_report.size() + contexts_of_report.size()));
  const auto at = [this](std::string_view place, std::string_view path) {
    return std::string_view(paths.emplace_back(std::string(place) + std::string(path)));
  };
  for (std::string_view place : places) {
    for (const RecordPath& one : records_of_report) {
      records.push_back({one.kind, at(place, one.path)});
    }
    for (const ContextPath& one : contexts_of_report) {
      contexts.push_back({one.id, at(place, one.path), one.place});
    }
  }
}

const Tables tables;

}  // namespace

const RecordFormat trivy_operator{"trivy-operator",
                                  "Trivy operator",
                                  "trivy",
                                  marks,
                                  walk_json,
                                  tables.records,
                                  tables.contexts,
                                  make_reader};

}  // namespace patchbot
