// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/grype.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;
using When = RecordPath::When;

enum RecordKind : std::uint16_t { match, list, ignored, alerts };
enum ContextId : std::uint16_t { source, descriptor };

constexpr std::size_t max_evidence = 20;  // lines of a kind

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

// These lie in the database of the system's packages: no place of their own, and its file has
// another name after an upgrade of the system.
bool is_system_package(const Node& type) {
  const auto kinds = {"deb", "rpm", "apk", "alpm", "portage"};
  return std::any_of(kinds.begin(), kinds.end(), [&](const char* kind) { return type.is(kind); });
}

// The virtual path tells the archives inside one archive apart.
std::string path_of(const Node& artifact) {
  if (is_system_package(artifact["type"])) return {};
  std::string path = artifact["metadata"]["virtualPath"].line();
  for (const Node place : artifact["locations"].items()) {
    if (path.empty()) path = place["path"].line();
  }
  return path;
}

void fill_package(const Node& artifact, Location& location) {
  location.package = artifact["name"].line();
  location.installed = artifact["version"].line();
  location.package_type = artifact["type"].line();
  location.purl = artifact["purl"].line();
  location.path = path_of(artifact);
}

// Early versions kept the scores in cvssV2 and cvssV3.
void fill_cvss(const Node& vulnerability, Finding& finding) {
  const std::string from = vulnerability["namespace"].line();
  for (const Node entry : vulnerability["cvss"].items()) {
    const std::string scorer = entry["source"].line();
    add_cvss(finding,
             entry["vector"],
             entry["metrics"]["baseScore"],
             scorer.empty() ? from : scorer,
             entry["version"].line());
  }
  const Node second = vulnerability["cvssV2"];
  const Node third = vulnerability["cvssV3"];
  add_cvss(finding, second["vector"], second["baseScore"], from, "2.0");
  add_cvss(finding, third["vector"], third["baseScore"], from, "3");
}

void keep_earliest(std::optional<Date>& known, std::optional<Date> day) {
  if (day && (!known || *day < *known)) known = day;
}

// The catalogue of known exploited vulnerabilities; the earliest days hold.
void add_kev(Finding& finding, const Node& entry) {
  if (!finding.kev) finding.kev.emplace();
  keep_earliest(finding.kev->added, day_of(entry["dateAdded"]));
  keep_earliest(finding.kev->due, day_of(entry["dueDate"]));
  if (entry["knownRansomwareCampaignUse"].is("known")) finding.kev->ransomware = true;
  finding.exploit = "active";
  add_text(finding.exploit_refs, "cisa-kev");
  add_ids(finding.vuln_ids, entry["cve"]);
  add_cwes(finding, entry["cwes"]);
  add_refs(finding, entry["urls"]);
  if (finding.fix.solution.empty()) finding.fix.solution = entry["requiredAction"].text();
}

void fill_threat(const Node& vulnerability, Finding& finding) {
  for (const Node entry : vulnerability["epss"].items()) {
    add_epss(finding, entry["epss"], entry["percentile"], entry["date"]);
  }
  for (const Node entry : vulnerability["knownExploited"].items()) add_kev(finding, entry);
  for (const Node entry : vulnerability["cwes"].items()) {
    add_cwes(finding, entry.is_object() ? entry["cwe"] : entry);
  }
  const std::string risk = vulnerability["risk"].line(32);
  if (!risk.empty()) add_text(finding.xrefs, "GRYPE-RISK:" + risk);
}

void add_pages(const Node& vulnerability, Finding& finding) {
  add_refs(finding, vulnerability["dataSource"]);
  add_refs(finding, vulnerability["urls"]);
  add_refs(finding, vulnerability["links"]);
  for (const Node advisory : vulnerability["advisories"].items()) {
    add_refs(finding, advisory["link"]);
    // No other name for the vulnerability: one advisory is about many.
    if (advisory["id"]) add_text(finding.xrefs, "ADVISORY:" + advisory["id"].line());
  }
}

void fill_fix(const Node& match, Finding& finding) {
  const Node fix = match["vulnerability"]["fix"];
  add_fix_versions(finding, fix["versions"]);
  add_fix_versions(finding, match["vulnerability"]["fixedInVersion"]);
  const Node state = fix["state"];
  if (!finding.fix.versions.empty() || state.is("fixed")) finding.fix.available = true;
  if (state.is("not-fixed") || state.is("wont-fix")) finding.fix.available = false;
  if (!state.is("unknown")) finding.source_status = state.line(64);
  std::vector<std::string> advice;
  for (const Node detail : match.all("matchDetails")) {
    const std::string version = detail["fix"]["suggestedVersion"].line();
    if (version.empty()) continue;
    add_text(advice, "Update " + finding.location.package + " to " + version + ".");
  }
  for (const Node entry : fix["available"].items()) {
    const auto day = day_of(entry["date"]);
    if (!day) continue;
    add_text(advice, entry["version"].line() + " came out on " + to_date_text(*day) + ".");
  }
  add_text(advice, finding.fix.solution);
  finding.fix.solution = joined(advice);
}

// How Grype came to the match: guesses by name are right less often than the distribution's word.
void fill_evidence(const Node& match, Finding& finding) {
  std::size_t lines = 0;
  for (const Node detail : match.all("matchDetails")) {
    if (lines++ == max_evidence) break;
    const Node found = detail["found"] ? detail["found"] : detail["matchedOn"];
    const std::string range = found.first_of({"versionConstraint", "constraint"}).line(500);
    std::string how = detail["type"].line(100);
    how += (how.empty() ? "matched by " : " by ") + detail["matcher"].line(100);
    if (!range.empty()) how.append(": ").append(range);
    add_evidence(finding, "", how);
  }
  lines = 0;
  for (const Node place : match["artifact"]["locations"].items()) {
    if (lines++ == max_evidence) break;
    add_evidence(finding, "found in", place["path"].line());
  }
}

void fill_match(const Node& match, Finding& finding) {
  const Node vulnerability = match["vulnerability"];
  fill_package(match["artifact"], finding.location);
  finding.title = finding.native_id + " in " + finding.location.package;
  finding.description = vulnerability["description"].text();
  add_ids(finding.vuln_ids, vulnerability["id"]);
  fill_cvss(vulnerability, finding);
  fill_threat(vulnerability, finding);
  add_pages(vulnerability, finding);
  for (const Node related : match["relatedVulnerabilities"].items()) {
    add_ids(finding.vuln_ids, related["id"]);
    if (finding.description.empty()) finding.description = related["description"].text();
    fill_cvss(related, finding);
    fill_threat(related, finding);
    add_pages(related, finding);
  }
  fill_fix(match, finding);
  fill_evidence(match, finding);
  if (vulnerability["namespace"]) {
    add_text(finding.xrefs, "NAMESPACE:" + vulnerability["namespace"].line());
  }
}

class GrypeReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    if (record.kind == match) return 1;
    if (record.kind == ignored) ++ignored_;
    if (record.kind == list) has_matches_ = true;
    for (const Node alert : record["alerts"].items()) {
      if (alert["type"].is("distro-disabled")) ++unmatched_;
      if (alert["type"].is("distro-eol")) ++expired_;
    }
    return 0;
  }

  ScannedHost host(const Record& record) override { return host_of(record.context); }

  // A severity that Grype does not know may follow from the scores.
  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    const Node vulnerability = record["vulnerability"];
    finding.native_id = vulnerability["id"].line();
    finding.severity = severity_of_word(vulnerability["severity"]);
    return finding.severity != Severity::unknown;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    fill_match(record.node, finding);
    finding.severity_source = "severity";
    rate_unknown(finding, record["vulnerability"]["severity"]);
    const std::string version = record.context[descriptor]["version"].line(64);
    if (!version.starts_with('[')) finding.source_version = version;  // "[not provided]"
  }

  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    judge(facts);
    if (!has_matches_) facts.problems.emplace_back("has no list of matches: Grype did not scan");
    has_matches_ = false;
    judge_settings(context[descriptor], facts);
    return context.has(source) ? host_of(context) : ScannedHost{};
  }

 private:
  void judge(ScanFacts& facts) {
    if (ignored_ > 0) {
      facts.remarks.push_back(counted(ignored_, "match was", "matches were") +
                              " ignored by Grype's own rules or VEX");
    }
    if (unmatched_ > 0) {
      facts.problems.push_back("Grype does not know the distribution of " +
                               counted(unmatched_, "package", "packages") +
                               ": they were not matched");
    }
    if (expired_ > 0) {
      facts.remarks.push_back(
          counted(expired_, "package is", "packages are") +
          " of a distribution without support: what is new is not listed for it");
    }
    ignored_ = unmatched_ = expired_ = 0;
  }

  static void judge_settings(const Node& descriptor, ScanFacts& facts) {
    const Node database = descriptor["db"];
    const Node status = database["status"] ? database["status"] : database;
    const std::string error = status["error"].line(200);
    if (!error.empty()) facts.problems.push_back("Grype's database has an error: " + error);
    if (status["valid"].boolean() == false) {
      facts.problems.emplace_back("Grype's database is not valid");
    }
    for (const char* filter : {"only-fixed", "only-notfixed", "ignore-wontfix"}) {
      const Node setting = descriptor["configuration"][filter];
      if (setting.raw().empty() || setting.boolean() == false) continue;
      facts.remarks.push_back("Grype ran with " + std::string(filter) +
                              ": it left out some of what it found");
    }
  }

  // An image calls its target an object, everything else a text.
  static ScannedHost host_of(const Context& context) {
    const Node target = context[source]["target"];
    ScannedHost host;
    host.name =
        target.is_object() ? target.first_of({"userInput", "imageID"}).line(512) : target.line(512);
    for (const char* list : {"tags", "repoDigests"}) {
      for (const Node name : target[list].items()) {
        if (host.name.empty()) host.name = name.line(512);
        if (!name.is(host.name)) add_text(host.aliases, name.line(512));
      }
    }
    host.seen_at = time_of(context[descriptor]["timestamp"]);
    host.authenticated = true;  // it reads the packages itself
    return host;
  }

  bool has_matches_ = false;
  std::uint64_t ignored_ = 0;
  std::uint64_t unmatched_ = 0;
  std::uint64_t expired_ = 0;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<GrypeReader>(); }

constexpr std::array<std::string_view, 5> marks{"/descriptor/name=grype",
                                                "/matches=[] /ignoredMatches",
                                                "/matches/*/artifact /matches/*/vulnerability",
                                                "/matches/*/artifact /matches/*/matchDetails",
                                                "/matches /source/type /source/target"};
constexpr std::array<RecordPath, 4> records{{{match, "/matches/*"},
                                             {list, "/matches", When::closed},
                                             {ignored, "/ignoredMatches/*"},
                                             {alerts, "/alertsByPackage/*"}}};
constexpr std::array<ContextPath, 2> contexts{
    {{source, "/source", Place::anywhere}, {descriptor, "/descriptor", Place::anywhere}}};

}  // namespace

const RecordFormat grype{
    "grype", "Grype", "grype", marks, walk_json, records, contexts, make_reader};

}  // namespace patchbot
