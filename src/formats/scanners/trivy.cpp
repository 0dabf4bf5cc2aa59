// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/trivy.hpp"

#include <array>

#include "base/utf8.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;
using When = RecordPath::When;

enum RecordKind : std::uint16_t {
  vulnerability,
  misconfiguration,
  secret,
  license,
  modified,
  resource  // a workload that has been read
};
enum ContextId : std::uint16_t {
  artifact,
  created,
  tool,
  target,
  result_class,
  result_type,
  cluster,
  name_space,
  resource_kind,
  resource_name,
  resource_error,
  metadata
};

std::string vulnerability_path(const Record& record) {
  std::string path = record["PkgPath"].line();
  const bool system_package = record.context[result_class].is("os-pkgs");
  // The target of system packages is the image with its version: no place, and it changes.
  return path.empty() && !system_package ? record.context[target].line() : path;
}

void fill_fix(const Record& record, Finding& finding) {
  add_fix_versions(finding, record["FixedVersion"]);
  finding.fix.available = !finding.fix.versions.empty();
  finding.source_status = record["Status"].line(64);
}

void fill_cvss(const Record& record, Finding& finding) {
  for (const Node scorer : record["CVSS"].items()) {
    const std::string source = scorer.is_object() ? clean_line(scorer.key()) : std::string();
    add_cvss(finding, scorer["V2Vector"], scorer["V2Score"], source, "2.0");
    add_cvss(finding, scorer["V3Vector"], scorer["V3Score"], source, "3");
    add_cvss(finding, scorer["V40Vector"], scorer["V40Score"], source, "4.0");
  }
}

void fill_vulnerability(const Record& record, Finding& finding) {
  add_ids(finding.vuln_ids, record["VulnerabilityID"]);
  add_ids(finding.vuln_ids, record["VendorIDs"]);
  Location& location = finding.location;
  location.package = record["PkgName"].line();
  location.installed = record["InstalledVersion"].line();
  location.purl = record["PkgIdentifier"]["PURL"].line();
  location.package_type = record.context[result_type].line();
  location.path = vulnerability_path(record);
  finding.title = record["Title"].line(500);
  if (finding.title.empty()) finding.title = finding.native_id + " in " + location.package;
  finding.severity_source = record["SeveritySource"].line(64);
  fill_fix(record, finding);
  fill_cvss(record, finding);
  add_cwes(finding, record["CweIDs"]);
  finding.published_at = time_of(record["PublishedDate"]);
}

void fill_misconfiguration(const Record& record, Finding& finding) {
  finding.kind = Kind::misconfiguration;
  add_text(finding.xrefs, record["AVDID"].line());
  finding.title = record["Title"].line(500);
  finding.location.check = finding.title;
  finding.location.check_id = finding.native_id;
  finding.location.path = record.context[target].line();
  // The same check may fail for several things in one file.
  const Node cause = record["CauseMetadata"];
  finding.location.package = cause["Resource"].line();
  finding.evidence = record["Message"].text();
  if (const Node line = cause["StartLine"]; line.number().value_or(0) > 0) {
    finding.evidence += "\nline " + line.line(16);
  }
  finding.fix.solution = record["Resolution"].text();
  finding.source_status = record["Status"].line(64);
}

void fill_secret(const Record& record, Finding& finding) {
  finding.kind = Kind::secret;
  finding.title = record["Title"].line(500);
  finding.location.check = finding.title;
  finding.location.check_id = finding.native_id;
  finding.location.path = record.context[target].line();
  finding.evidence = "line " + record["StartLine"].line() + ": " + record["Match"].line(500);
}

void fill_license(const Record& record, Finding& finding) {
  finding.kind = Kind::license;
  finding.location.package = record["PkgName"].line();
  finding.location.path = record["FilePath"].line();
  finding.title =
      "licence " + finding.native_id + " of " +
      (finding.location.package.empty() ? finding.location.path : finding.location.package);
  finding.evidence = record["Category"].line();
  add_refs(finding, record["Link"]);
}

std::string native_id_of(const Record& record) {
  switch (record.kind) {
    case misconfiguration: return record.node.first_of({"ID", "AVDID"}).line();
    case secret: return record["RuleID"].line();
    case license: return record["Name"].line();
    default: return record["VulnerabilityID"].line();
  }
}

// Checks that passed are listed on request; exceptions are the scanner's own waivers.
bool is_passed_check(const Record& record) {
  return record.kind == misconfiguration && record["Status"].is("PASS");
}

class TrivyReader : public RecordReader {
 public:
  // What was suppressed by Trivy's own means is no finding, but said.
  std::size_t findings_in(const Record& record) override {
    if (record.kind == modified) ++suppressed_;
    if (record.kind == resource) note_error(record.context);
    return record.kind == modified || record.kind == resource ? 0 : 1;
  }

  // A workload that could not be scanned is no machine that was.
  ScannedHost host(const Record& record) override {
    if (record.kind == modified || record.context[resource_error]) return {};
    if (generation_ != record.context.generation()) host_ = host_of(record.context);
    generation_ = record.context.generation();
    return host_;
  }

  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    finding.native_id = native_id_of(record);
    const bool passed = is_passed_check(record);
    if (passed) finding.check_result = CheckResult::passed;
    finding.severity = passed ? Severity::info : severity_of_word(record["Severity"]);
    return true;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    finding.severity_source = "severity";
    switch (record.kind) {
      case misconfiguration: fill_misconfiguration(record, finding); break;
      case secret: fill_secret(record, finding); break;
      case license: fill_license(record, finding); break;
      default: fill_vulnerability(record, finding); break;
    }
    if (finding.severity_source.empty()) finding.severity_source = "severity";
    if (finding.title.empty()) finding.title = finding.native_id;
    finding.description = record["Description"].text();
    finding.source_version = record.context[tool]["Version"].line(64);
    add_refs(finding, record["PrimaryURL"]);
    add_refs(finding, record["References"]);
  }

  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    if (suppressed_ > 0) {
      facts.remarks.push_back(std::to_string(suppressed_) +
                              " findings were suppressed by Trivy's own ignore files or VEX");
      suppressed_ = 0;
    }
    facts.problems.insert(facts.problems.end(), errors_.begin(), errors_.end());
    errors_.clear();
    if (context[metadata]["OS"]["EOSL"].is("true")) {
      facts.remarks.emplace_back(
          "the distribution has no support any more: what is new is not listed for it");
    }
    return context.has(artifact) ? host_of(context) : ScannedHost{};
  }

 private:
  // Trivy reads packages and files themselves: nothing that it needs a login for stays unseen.
  static ScannedHost host_of(const Context& context) {
    ScannedHost host;
    host.name = context[artifact].line();
    if (host.name.empty() && context.has(resource_name)) host.name = resource_of(context);
    if (host.name.empty()) host.name = context[target].line();
    host.seen_at = time_of(context[created]);
    host.authenticated = true;
    return host;
  }

  void note_error(const Context& context) {
    constexpr std::size_t most = 100;
    const std::string error = context[resource_error].line(200);
    if (error.empty() || errors_.size() > most) return;
    errors_.push_back(errors_.size() == most
                          ? "further resources could not be scanned"
                          : resource_of(context) + " could not be scanned: " + error);
  }

  static std::string resource_of(const Context& context) {
    std::string whole;
    for (std::uint16_t part : {cluster, name_space, resource_kind, resource_name}) {
      const std::string text = context[part].line();
      if (!text.empty()) whole += (whole.empty() ? "" : "/") + text;
    }
    return whole;
  }

  std::uint64_t suppressed_ = 0;
  std::vector<std::string> errors_;
  std::uint64_t generation_ = 0;  ///< of the context that host_ was made of
  ScannedHost host_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<TrivyReader>(); }

// ---- schema 2

constexpr std::array<std::string_view, 3> marks{"/SchemaVersion /ArtifactName",
                                                "/ArtifactName /Results",
                                                "/Results/*/Vulnerabilities/*/VulnerabilityID"};
constexpr std::array<RecordPath, 5> records{
    {{vulnerability, "/Results/*/Vulnerabilities/*"},
     {misconfiguration, "/Results/*/Misconfigurations/*"},
     {secret, "/Results/*/Secrets/*"},
     {license, "/Results/*/Licenses/*"},
     {modified, "/Results/*/ExperimentalModifiedFindings/*"}}};
constexpr std::array<ContextPath, 7> contexts{{{metadata, "/Metadata"},
                                               {artifact, "/ArtifactName", Place::anywhere},
                                               {created, "/CreatedAt"},
                                               {tool, "/Trivy"},
                                               {target, "/Results/*/Target", Place::anywhere},
                                               {result_class, "/Results/*/Class"},
                                               {result_type, "/Results/*/Type"}}};

// ---- before schema versions

constexpr std::array<std::string_view, 3> list_marks{
    "/*/Target /*/Vulnerabilities", "/*/Target /*/Misconfigurations", "/*/Target /*/Type"};
constexpr std::array<RecordPath, 3> list_records{{{vulnerability, "/*/Vulnerabilities/*"},
                                                  {misconfiguration, "/*/Misconfigurations/*"},
                                                  {secret, "/*/Secrets/*"}}};
constexpr std::array<ContextPath, 3> list_contexts{
    {{target, "/*/Target", Place::anywhere}, {result_class, "/*/Class"}, {result_type, "/*/Type"}}};

// ---- clusters: resources in one list, or, before v0.37, in two

constexpr std::array<std::string_view, 1> cluster_marks{"/ClusterName"};
constexpr std::array<RecordPath, 19> cluster_records{
    {{resource, "/Resources/*", When::closed},
     {resource, "/Findings/*", When::closed},
     {vulnerability, "/Findings/*/Results/*/Vulnerabilities/*"},
     {misconfiguration, "/Findings/*/Results/*/Misconfigurations/*"},
     {secret, "/Findings/*/Results/*/Secrets/*"},
     {license, "/Findings/*/Results/*/Licenses/*"},
     {modified, "/Findings/*/Results/*/ExperimentalModifiedFindings/*"},
     {vulnerability, "/Resources/*/Results/*/Vulnerabilities/*"},
     {misconfiguration, "/Resources/*/Results/*/Misconfigurations/*"},
     {secret, "/Resources/*/Results/*/Secrets/*"},
     {license, "/Resources/*/Results/*/Licenses/*"},
     {modified, "/Resources/*/Results/*/ExperimentalModifiedFindings/*"},
     {vulnerability, "/Vulnerabilities/*/Results/*/Vulnerabilities/*"},
     {misconfiguration, "/Vulnerabilities/*/Results/*/Misconfigurations/*"},
     {secret, "/Vulnerabilities/*/Results/*/Secrets/*"},
     {vulnerability, "/Misconfigurations/*/Results/*/Vulnerabilities/*"},
     {misconfiguration, "/Misconfigurations/*/Results/*/Misconfigurations/*"},
     {secret, "/Misconfigurations/*/Results/*/Secrets/*"},
     {modified, "/Vulnerabilities/*/Results/*/ExperimentalModifiedFindings/*"}}};
constexpr std::array<ContextPath, 27> cluster_contexts{
    {{cluster, "/ClusterName", Place::anywhere},
     {resource_error, "/Resources/*/Error"},
     {name_space, "/Findings/*/Namespace"},
     {resource_kind, "/Findings/*/Kind", Place::anywhere},
     {resource_name, "/Findings/*/Name", Place::anywhere},
     {resource_error, "/Findings/*/Error"},
     {target, "/Findings/*/Results/*/Target", Place::anywhere},
     {result_class, "/Findings/*/Results/*/Class"},
     {result_type, "/Findings/*/Results/*/Type"},
     {name_space, "/Resources/*/Namespace"},
     {resource_kind, "/Resources/*/Kind", Place::anywhere},
     {resource_name, "/Resources/*/Name", Place::anywhere},
     {target, "/Resources/*/Results/*/Target", Place::anywhere},
     {result_class, "/Resources/*/Results/*/Class"},
     {result_type, "/Resources/*/Results/*/Type"},
     {name_space, "/Vulnerabilities/*/Namespace"},
     {resource_kind, "/Vulnerabilities/*/Kind"},
     {resource_name, "/Vulnerabilities/*/Name"},
     {target, "/Vulnerabilities/*/Results/*/Target"},
     {result_class, "/Vulnerabilities/*/Results/*/Class"},
     {result_type, "/Vulnerabilities/*/Results/*/Type"},
     {name_space, "/Misconfigurations/*/Namespace"},
     {resource_kind, "/Misconfigurations/*/Kind"},
     {resource_name, "/Misconfigurations/*/Name"},
     {target, "/Misconfigurations/*/Results/*/Target"},
     {result_class, "/Misconfigurations/*/Results/*/Class"},
     {result_type, "/Misconfigurations/*/Results/*/Type"}}};

}  // namespace

const RecordFormat trivy{
    "trivy", "Trivy", "trivy", marks, walk_json, records, contexts, make_reader};
const RecordFormat trivy_list{
    "trivy", "Trivy", "trivy", list_marks, walk_json, list_records, list_contexts, make_reader};
const RecordFormat trivy_cluster{"trivy-k8s",
                                 "Trivy",
                                 "trivy",
                                 cluster_marks,
                                 walk_json,
                                 cluster_records,
                                 cluster_contexts,
                                 make_reader};

}  // namespace patchbot
