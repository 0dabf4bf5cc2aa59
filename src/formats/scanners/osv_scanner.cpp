// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/osv_scanner.hpp"

#include <array>
#include <unordered_map>

#include "base/text.hpp"
#include "formats/records/fields.hpp"
#include "model/cvss_score.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;

// The package of a list of vulnerabilities is a record too: it may break rules on licences.
enum RecordKind : std::uint16_t { vulnerability, package_info };
enum ContextId : std::uint16_t { package, groups, dependency_groups, violations, source };

// "Debian:12" is an ecosystem and a release of it.
std::string_view base_of(std::string_view ecosystem) {
  return ecosystem.substr(0, ecosystem.find(':'));
}

// What an advisory says of the package that was found: it may be about several, and of one package
// about several releases of a distribution.
std::vector<Node> affected_of(const Node& advisory, const Node& package) {
  std::vector<Node> exact;
  std::vector<Node> near;
  const std::string name = package["name"].line();
  const std::string ecosystem = package["ecosystem"].line();
  for (const Node affected : advisory["affected"].items()) {
    const Node known = affected["package"];
    if (!equals_nocase(known["name"].line(), name)) continue;
    const std::string other = known["ecosystem"].line();
    if (equals_nocase(other, ecosystem)) {
      exact.push_back(affected);
    } else if (equals_nocase(base_of(other), base_of(ecosystem))) {
      near.push_back(affected);
    }
  }
  return exact.empty() ? near : exact;
}

// Ranges of commits say nothing about a package with a version.
void fill_fix(const std::vector<Node>& affected, const Node& package, Finding& finding) {
  const bool by_commit = package["version"].raw().empty();
  for (const Node& part : affected) {
    for (const Node range : part["ranges"].items()) {
      if (range["type"].is("GIT") != by_commit) continue;
      for (const Node event : range["events"].items()) {
        add_text(finding.fix.versions, event["fixed"].line());
      }
    }
  }
  if (!affected.empty()) finding.fix.available = !finding.fix.versions.empty();
}

// Vectors alone, whose score is a matter of arithmetic; Ubuntu writes a word instead.
void fill_cvss(const Node& severities, Finding& finding) {
  for (const Node entry : severities.items()) {
    const std::string_view type = entry["type"].raw();
    if (!starts_with_nocase(type, "CVSS")) continue;
    const std::size_t before = finding.cvss.size();
    add_cvss(finding, entry["score"], {}, entry["source"].line(), type);
    if (finding.cvss.size() == before) continue;
    Cvss& cvss = finding.cvss.back();
    if (!cvss.score) cvss.score = cvss3_base_score(cvss.vector);
  }
}

Severity word_of(const Node& advisory, const std::vector<Node>& affected) {
  std::vector<Node> words{advisory["database_specific"]["severity"]};
  for (const Node entry : advisory["severity"].items()) {
    if (entry["type"].is("Ubuntu")) words.push_back(entry["score"]);
  }
  for (const Node& part : affected) {
    for (const char* place : {"ecosystem_specific", "database_specific"}) {
      words.push_back(part[place].first_of({"severity", "urgency"}));
    }
  }
  for (const Node& word : words) {
    const Severity severity = severity_of_word(word);
    if (severity != Severity::unknown) return severity;
  }
  return Severity::unknown;
}

// The group's score is the worst of the names of one vulnerability, as OSV-Scanner works it out.
bool rate_by_group(const Node& group, Finding& finding) {
  const auto score = group["max_severity"].number();
  if (!score || *score <= 0 || *score > 10) return false;
  finding.severity = severity_of_score(*score);
  finding.severity_source = "max_severity";
  return true;
}

void rate(const Node& advisory, const std::vector<Node>& affected, Finding& finding) {
  finding.severity = word_of(advisory, affected);
  finding.severity_source = "severity";
  if (finding.severity == Severity::unknown) rate_by_cvss(finding);
}

// Whether code calls what is vulnerable, where OSV-Scanner looked.
std::string analysis_of(const Node& group) {
  const Node analysis = group.first_of({"experimental_analysis", "experimentalAnalysis"});
  bool called = false;
  bool unimportant = false;
  for (const Node verdict : analysis.items()) {
    called = called || verdict["called"].boolean() != false;
    unimportant = unimportant || verdict["unimportant"].boolean() == true;
  }
  if (unimportant) return "unimportant";
  return analysis.items().empty() || called ? "" : "uncalled";
}

void fill_package(const Node& package, Location& location) {
  location.package = package["name"].line();
  location.installed = package.first_of({"version", "commit"}).line();
  location.package_type = package["ecosystem"].line();
  location.purl = package["purl"].line();
}

void fill_ids(const Node& advisory, const Node& group, Finding& finding) {
  add_ids(finding.vuln_ids, advisory["id"]);
  add_ids(finding.vuln_ids, advisory["aliases"]);
  add_ids(finding.vuln_ids, advisory["upstream"]);
  add_ids(finding.vuln_ids, group["ids"]);
  add_ids(finding.vuln_ids, group["aliases"]);
  for (const Node other : advisory["related"].items()) {
    add_text(finding.xrefs, "RELATED:" + other.line());
  }
}

void fill_classes(const Node& advisory, const std::vector<Node>& affected, Finding& finding) {
  add_cwes(finding, advisory["database_specific"]["cwe_ids"]);
  for (const Node& part : affected) {
    for (const Node weakness : part["database_specific"]["cwes"].items()) {
      add_cwes(finding, weakness.is_object() ? weakness["cweId"] : weakness);
    }
  }
}

void fill_advisory(const Node& advisory, const Node& found, const Node& group, Finding& finding) {
  const std::vector<Node> affected = affected_of(advisory, found);
  finding.native_id = advisory["id"].line();
  finding.title = advisory["summary"].line(500);
  if (finding.title.empty()) finding.title = finding.native_id + " in " + finding.location.package;
  finding.description = advisory["details"].text();
  fill_ids(advisory, group, finding);
  fill_fix(affected, found, finding);
  fill_cvss(advisory["severity"], finding);
  for (const Node& part : affected) {
    fill_cvss(part["severity"], finding);
    if (finding.location.purl.empty()) finding.location.purl = part["package"]["purl"].line();
  }
  if (!rate_by_group(group, finding)) rate(advisory, affected, finding);
  fill_classes(advisory, affected, finding);
  for (const Node reference : advisory["references"].items()) add_refs(finding, reference["url"]);
  finding.published_at = time_of(advisory["published"]);
  finding.source_status = advisory["withdrawn"] ? "withdrawn" : analysis_of(group);
}

class OsvReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    if (record.kind == vulnerability) return 1;
    std::size_t count = 0;
    for (const Node violation : record.context[violations].items()) count += violation ? 1 : 0;
    return count;
  }

  // A report is about files with dependencies and has no name for what they belong to.
  ScannedHost host(const Record& record) override {
    ScannedHost host;
    host.name = record.context[source]["path"].line(1024);
    host.authenticated = true;
    return host;
  }

  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    if (record.kind != vulnerability) return false;
    finding.native_id = record["id"].line();
    return rate_by_group(group_of(record), finding);
  }

  void fill(const Record& record, std::size_t part, Finding& finding) override {
    const Node found = record.context[package];
    fill_package(found, finding.location);
    finding.location.path = record.context[source]["path"].line();
    if (record.kind == vulnerability) {
      fill_advisory(record.node, found, group_of(record), finding);
    } else {
      fill_violation(record, part, finding);
    }
    std::string names;
    for (const Node name : record.context[dependency_groups].items()) {
      names += (names.empty() ? "" : ", ") + name.line(200);
    }
    add_evidence(finding, "dependency groups", names);
  }

 private:
  static void fill_violation(const Record& record, std::size_t part, Finding& finding) {
    for (const Node violation : record.context[violations].items()) {
      if (!violation || part-- > 0) continue;
      finding.native_id = violation.line();
      break;
    }
    finding.kind = Kind::license;
    finding.title = "licence " + finding.native_id + " of " + finding.location.package;
    finding.severity_source = "severity";
  }

  // The group stands behind the vulnerabilities of its package, and there may be hundreds.
  Node group_of(const Record& record) {
    if (record.context.generation() != generation_) {
      generation_ = record.context.generation();
      groups_.clear();
      for (const Node group : record.context[groups].items()) {
        for (const Node id : group["ids"].items()) groups_.try_emplace(id.line(), group);
      }
    }
    const auto found = groups_.find(record["id"].line());
    return found == groups_.end() ? Node() : found->second;
  }

  std::uint64_t generation_ = 0;
  std::unordered_map<std::string, Node> groups_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<OsvReader>(); }

constexpr std::array<std::string_view, 4> marks{"/results/*/packages/*/package/ecosystem",
                                                "/results/*/packages/*/groups/*/ids",
                                                "/results/*/source/path /results/*/packages",
                                                "/results /experimental_config/licenses"};
constexpr std::array<RecordPath, 2> records{
    {{vulnerability, "/results/*/packages/*/vulnerabilities/*"},
     {package_info, "/results/*/packages/*/package"}}};
constexpr std::array<ContextPath, 6> contexts{
    {{package, "/results/*/packages/*/package", Place::anywhere},
     {groups, "/results/*/packages/*/groups", Place::anywhere},
     {dependency_groups, "/results/*/packages/*/dependency_groups"},
     {violations, "/results/*/packages/*/license_violations"},
     {source, "/results/*/source", Place::anywhere},
     {source, "/results/*/packageSource", Place::anywhere}}};

}  // namespace

const RecordFormat osv_scanner{
    "osv-scanner", "OSV-Scanner", "osv-scanner", marks, walk_json, records, contexts, make_reader};

}  // namespace patchbot
