// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/dependency_track.hpp"

#include <array>

#include "base/text.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;

enum RecordKind : std::uint16_t { finding_record };
enum ContextId : std::uint16_t { meta, project };

// "pkg:maven/org.example/shop@1.0": maven
std::string type_of(const std::string& purl) {
  if (!starts_with_nocase(purl, "pkg:")) return {};
  const auto slash = purl.find('/');
  return slash == std::string::npos ? std::string() : purl.substr(4, slash - 4);
}

void fill_component(const Node& component, Location& location) {
  location.purl = component["purl"].line();
  location.package_type = type_of(location.purl);
  location.installed = component["version"].line();
  location.package = component["name"].line();
  const std::string group = component["group"].line();
  if (!group.empty()) {
    location.package = group + (location.package_type == "maven" ? ":" : "/") + location.package;
  }
}

// Every kind of alias has a member of its own, and some have lists of them by source.
void fill_ids(const Node& record, Finding& finding) {
  const Node vulnerability = record["vulnerability"];
  add_ids(finding.vuln_ids, vulnerability["vulnId"]);
  for (const Node alias : vulnerability["aliases"].items()) {
    for (const Node id : alias.items()) {
      if (id.type() == NodeType::text && id.key() != "uuid") add_ids(finding.vuln_ids, id);
    }
    for (const Node id : alias["allBySource"].items()) add_ids(finding.vuln_ids, id);
  }
  add_ids(finding.vuln_ids, record["attribution"]["alternateIdentifier"]);
}

void fill_cvss(const Node& vulnerability, Finding& finding) {
  const std::string source = vulnerability["source"].line();
  const auto add = [&](const char* vector, const Node& score, std::string_view version) {
    add_cvss(finding, vulnerability[vector], score, source, version);
  };
  add("cvssV2Vector", vulnerability["cvssV2BaseScore"], "2.0");
  add("cvssV3Vector", vulnerability["cvssV3BaseScore"], "3");
  add("cvssV4Vector", vulnerability.first_of({"cvssV4Score", "cvssV4BaseScore"}), "4.0");
}

// References are Markdown: "* [https://example.com](https://example.com)".
void add_pages(Finding& finding, std::string_view markdown) {
  while (!markdown.empty()) {
    const auto start = markdown.find("http");
    if (start == std::string_view::npos) return;
    markdown.remove_prefix(start);
    const std::string_view address = markdown.substr(0, markdown.find_first_of(" \t\n)]<>\""));
    add_ref(finding, std::string(address));
    markdown.remove_prefix(address.size());
  }
}

// What people decided in Dependency-Track. It has no owner and no end, so it waives nothing.
void fill_analysis(const Node& analysis, Finding& finding) {
  if (!analysis["state"].is("NOT_SET")) finding.source_status = analysis["state"].line(64);
  if (analysis["isSuppressed"].boolean() == true) {
    finding.source_status += finding.source_status.empty() ? "suppressed" : ", suppressed";
  }
  add_evidence(finding, "justification", analysis["justification"].line());
  add_evidence(finding, "response", analysis["response"].line());
  add_evidence(finding, "analysis", analysis["detail"].text());
}

void fill_weakness(const Node& vulnerability, Finding& finding) {
  finding.native_id = vulnerability["vulnId"].line();
  finding.title = vulnerability["title"].line(500);
  if (finding.title.empty()) finding.title = finding.native_id + " in " + finding.location.package;
  finding.synopsis = vulnerability["subtitle"].line(500);
  finding.description = vulnerability["description"].text();
  finding.fix.solution = vulnerability["recommendation"].text();
  add_fix_versions(finding, vulnerability["patchedVersions"]);
  if (!finding.fix.versions.empty()) finding.fix.available = true;
  fill_cvss(vulnerability, finding);
  finding.severity = severity_of_word(vulnerability["severity"]);
  finding.severity_source = "severity";
  rate_unknown(finding, vulnerability["severity"]);
  add_epss(finding, vulnerability["epssScore"], vulnerability["epssPercentile"]);
  add_cwes(finding, vulnerability["cweId"]);
  for (const Node weakness : vulnerability["cwes"].items()) {
    add_cwes(finding, weakness.is_object() ? weakness["cweId"] : weakness);
  }
  add_pages(finding, vulnerability["references"].text());
  finding.published_at = time_of(vulnerability["published"]);
}

class DependencyTrackReader : public RecordReader {
 public:
  // Named without the version, which changes with every release of the project.
  ScannedHost host(const Record& record) override {
    ScannedHost host = project_of(record.context);
    const Node component = record["component"];
    if (host.name.empty()) host.name = component["projectName"].line(512);
    if (host.name.empty()) host.name = component["project"].line(512);
    return host;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    const Node component = record["component"];
    const Node attribution = record["attribution"];
    fill_component(component, finding.location);
    fill_weakness(record["vulnerability"], finding);
    fill_ids(record.node, finding);
    add_refs(finding, attribution["referenceUrl"]);
    finding.first_seen = time_of(attribution["attributedOn"]);
    add_evidence(finding, "analyser", attribution["analyzerIdentity"].line());
    add_evidence(finding, "latest version", component["latestVersion"].line());
    fill_analysis(record["analysis"], finding);
    finding.source_version = record.context[meta]["version"].line(64);
  }

  ScannedHost end_document(const Context& context, ScanFacts&) override {
    return project_of(context);
  }

 private:
  static ScannedHost project_of(const Context& context) {
    ScannedHost host;
    host.name = context[project].first_of({"name", "uuid"}).line(512);
    const std::string version = context[project]["version"].line(200);
    if (!version.empty()) host.aliases.push_back(host.name + "@" + version);
    add_text(host.aliases, context[project]["purl"].line());
    host.seen_at = time_of(context[meta]["timestamp"]);
    host.authenticated = true;  // it knows the components and need not ask the machine
    return host;
  }
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<DependencyTrackReader>(); }

constexpr std::array<std::string_view, 3> marks{
    "/meta/application=Dependency-Track",
    "/findings/*/matrix /findings/*/component",
    "/findings/*/vulnerability/vulnId /findings/*/component"};
constexpr std::array<RecordPath, 1> records{{{finding_record, "/findings/*"}}};
constexpr std::array<ContextPath, 2> contexts{
    {{meta, "/meta", Place::anywhere}, {project, "/project", Place::anywhere}}};

constexpr std::array<std::string_view, 2> api_marks{"/*/matrix /*/component",
                                                    "/*/vulnerability/vulnId /*/component"};
constexpr std::array<RecordPath, 1> api_records{{{finding_record, "/*"}}};

}  // namespace

const RecordFormat dependency_track{"dependency-track",
                                    "Dependency-Track",
                                    "dependency-track",
                                    marks,
                                    walk_json,
                                    records,
                                    contexts,
                                    make_reader};
const RecordFormat dependency_track_api{"dependency-track-api",
                                        "Dependency-Track",
                                        "dependency-track",
                                        api_marks,
                                        walk_json,
                                        api_records,
                                        {},
                                        make_reader};

}  // namespace patchbot
