// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/sarif.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/bom_components.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/known_ids.hpp"
#include "formats/records/sarif_rules.hpp"
#include "model/purl.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;
using When = RecordPath::When;

enum RecordKind : std::uint16_t { result, elsewhere, results_end, run_end };
enum ContextId : std::uint16_t {
  version,
  tool,
  artifacts,
  invocations,
  run_properties,
  repositories,
  automation
};

constexpr std::size_t max_evidence = std::size_t{32} * 1024;

/// What Trivy and Grype write as lines "Package: openssl", of which nothing else holds the data.
using Labels = std::map<std::string, std::string, std::less<>>;
const Labels no_labels;

/// A result with what it refers to.
struct Result {
  Node node;
  Node rule;
  Node artifacts;
  std::string tool;     ///< its name in lower case
  std::string message;  ///< with its arguments
  const Labels* labels = &no_labels;

  std::string label(std::initializer_list<std::string_view> names) const {
    for (std::string_view name : names) {
      const auto found = labels->find(name);
      if (found != labels->end() && !found->second.empty()) return found->second;
    }
    return {};
  }
  bool is_from(std::string_view name) const { return tool == name; }
  bool has_tag(std::string_view word) const {
    const auto tags = rule["properties"].all("tags");
    return std::any_of(tags.begin(), tags.end(), [&](const Node& tag) { return tag.is(word); });
  }
};

// ---- places

// A URI reference as a path: "file:///src/a%20b.c" is "/src/a b.c".
std::string path_of_uri(std::string_view uri) {
  if (starts_with_nocase(uri, "file://")) uri.remove_prefix(7);
  return clean_line(decode_percent(uri));
}

std::string path_of(const Node& location, const Node& artifacts) {
  std::string uri = location["uri"].line();
  const auto index = location["index"].number();
  if (uri.empty() && index && *index >= 0 && artifacts.is_list()) {
    double at = 0;
    for (const Node artifact : artifacts.items()) {
      if (at++ == *index) uri = artifact["location"]["uri"].line();
    }
  }
  return path_of_uri(uri);
}

std::string place_of(const Node& location, const Node& artifacts) {
  std::string path = path_of(location["physicalLocation"]["artifactLocation"], artifacts);
  if (!path.empty()) return path;
  for (const Node logical : location["logicalLocations"].items()) {
    std::string name = logical.first_of({"fullyQualifiedName", "name"}).line();
    if (!name.empty()) return name;
  }
  return {};
}

/// Whether what the scanner saw is told.
enum class Seen : std::uint8_t { keep, hide };

std::string with_line(const Node& location, const Node& artifacts, Seen seen) {
  std::string text = place_of(location, artifacts);
  const Node region = location["physicalLocation"]["region"];
  if (const Node line = region["startLine"]) text += ":" + line.line(16);
  const std::string snippet = region["snippet"]["text"].line(500);
  if (!snippet.empty() && seen == Seen::keep) text += ": " + snippet;
  return text;
}

// The message is what the tool saw; every place follows, for only the first names the finding.
std::string evidence_of(const Result& from, Seen seen) {
  std::string text = seen == Seen::keep ? from.message : std::string();
  for (const Node location : from.node["locations"].items()) {
    if (text.size() > max_evidence) break;
    const std::string place = with_line(location, from.artifacts, seen);
    if (!place.empty()) text += (text.empty() ? "" : "\n") + place;
  }
  for (const Node suppression : from.node["suppressions"].items()) {
    const std::string why = suppression["justification"].line(500);
    if (!why.empty()) text += "\nsuppressed: " + why;
  }
  return std::string(cut_utf8(text, max_evidence));
}

// ---- how bad

std::string level_of(const Result& from) {
  if (const Node level = from.node["level"]) return level.line(16);
  const Node level = from.rule["defaultConfiguration"]["level"];
  return level ? level.line(16) : "warning";
}

Severity severity_of_level(std::string_view level) {
  if (level == "error") return Severity::high;
  if (level == "warning") return Severity::medium;
  if (level == "note") return Severity::low;
  return level == "none" ? Severity::info : Severity::unknown;
}

// A CVSS score as text, in the bands that GitHub also uses; some write a word instead. 0 means that
// there is no score.
std::optional<Severity> severity_of_property(const Node& property) {
  if (const auto score = property.number()) {
    if (*score > 0 && *score <= 10) return severity_of_score(*score);
    return {};
  }
  return property ? parse_severity(trim(property.raw())) : std::nullopt;
}

// Trivy and Grype say their own word, which is the one of their JSON; a level has no word for
// critical and none for unknown.
void rate(const Result& from, Finding& finding) {
  finding.severity_source = "severity";
  if (const std::string word = from.label({"Severity"}); !word.empty()) {
    finding.severity = parse_severity(word).value_or(Severity::unknown);
    return;
  }
  for (const Node properties : {from.node["properties"], from.rule["properties"]}) {
    for (const char* name : {"security-severity", "severity", "issue_severity", "securityRisk"}) {
      if (const auto severity = severity_of_property(properties[name])) {
        finding.severity = *severity;
        finding.severity_source = name;
        return;
      }
    }
  }
  finding.severity = severity_of_level(level_of(from));
  finding.severity_source = "level";
}

// What is open or waits for a person's review is neither good nor bad: never green.
void judge(const Result& from, Finding& finding) {
  const Node kind = from.node["kind"];
  if (!kind || kind.is("fail")) {
    rate(from, finding);
    return;
  }
  finding.severity_source = "kind";
  finding.severity = Severity::info;
  if (kind.is("pass") || kind.is("informational")) {
    finding.check_result = CheckResult::passed;
  } else if (kind.is("notApplicable")) {
    finding.check_result = CheckResult::skipped;
  } else {
    finding.check_result = kind.is("review") ? CheckResult::warning : CheckResult::error;
    finding.severity = Severity::unknown;
  }
  finding.source_status = kind.line(32);
}

Kind kind_of(const Result& from) {
  if (from.has_tag("misconfiguration")) return Kind::misconfiguration;
  if (from.has_tag("secret") || from.is_from("gitleaks")) return Kind::secret;
  if (from.has_tag("license")) return Kind::license;
  for (const char* name : {"checkov", "tfsec", "kics", "terrascan", "hadolint", "kube-linter"}) {
    if (from.is_from(name)) return Kind::misconfiguration;
  }
  return Kind::vulnerability;
}

// ---- the parts of a finding

// Grype's rules are a vulnerability and a package in one, older ones with its version.
std::string id_of(const Result& from) {
  std::string id = from.is_from("grype") ? from.label({"Vulnerability"}) : std::string();
  if (id.empty()) id = sarif_rule_id(from.node);
  return id.empty() ? from.rule["id"].line() : id;
}

bool is_in_force(const Node& suppression) {
  const Node status = suppression["status"];
  return !status || status.is("accepted");
}

bool is_suppressed(const Node& node) {
  const auto all = node.all("suppressions");
  return !all.empty() && std::all_of(all.begin(), all.end(), is_in_force);
}

void fill_state(const Node& node, Finding& finding) {
  const Node state = node["baselineState"];
  if (state) finding.status = state.is("absent") ? Status::fixed : Status::open;
  if (is_suppressed(node)) {
    finding.source_status = "suppressed";
  } else if (const auto all = node.all("suppressions"); !all.empty()) {
    finding.source_status = "suppression " + all.front()["status"].line(32);
  }
  finding.first_seen = time_of(node["provenance"]["firstDetectionTimeUtc"]);
  finding.last_seen = time_of(node["provenance"]["lastDetectionTimeUtc"]);
}

void fill_ids(const Result& from, Finding& finding) {
  add_ids_in(finding.vuln_ids, sarif_rule_id(from.node));
  add_ids_in(finding.vuln_ids, finding.native_id);
  for (const Node id : from.rule["deprecatedIds"].items()) {
    add_ids_in(finding.vuln_ids, id.line());
  }
  for (const Node tag : from.rule["properties"]["tags"].items()) {
    add_ids_in(finding.vuln_ids, tag.line());
    add_cwes_in(finding.cwes, tag.line());
  }
  for (const Node properties : {from.node["properties"], from.rule["properties"]}) {
    for (const Node cwe : properties["cwe"].items()) add_cwes_in(finding.cwes, cwe.line());
  }
  for (const Node relation : from.rule["relationships"].items()) {
    add_cwes_in(finding.cwes, relation["target"]["id"].line());
  }
  for (const Node taxon : from.node["taxa"].items()) add_cwes_in(finding.cwes, taxon["id"].line());
  // Vendors have their own ids for what has no CVE.
  const bool vulnerability = !from.label({"Vulnerability"}).empty();
  if (vulnerability && finding.vuln_ids.empty()) add_text(finding.vuln_ids, finding.native_id);
}

void fill_scores(const Node& properties, Finding& finding) {
  add_cvss(finding, properties["cvssv2_vector"], properties["cvssv2_score"], "", "2.0");
  add_cvss(finding, properties["cvssv3_vector"], properties["cvssv3_baseScore"], "", "3");
  add_cvss(finding, properties["cvssv40_vector"], properties["cvssv40_score"], "", "4.0");
  const std::string score = properties["security-severity"].line(64);
  if (!score.empty()) add_text(finding.xrefs, "security-severity:" + score);
}

void fill_package(const Result& from, Finding& finding) {
  Location& at = finding.location;
  const Node properties = from.node["properties"];
  at.package = from.label({"Package", "PkgName"});
  if (at.package.empty()) at.package = properties["component"].line();
  at.installed = from.label({"Installed Version", "Version"});
  if (at.installed.empty()) at.installed = properties["componentVersion"].line();
  at.package_type = properties["componentOrigin"].line();
  if (from.is_from("grype")) at.package_type = from.label({"Type"});
  for (const Node purl : from.rule["properties"]["purls"].items()) {
    if (at.purl.empty()) at.purl = purl.line();
  }
}

void fill_fix(const Result& from, Finding& finding) {
  const std::string versions = from.label({"Fixed Version", "Fix Version"});
  for (std::string_view version : split(versions, ',')) {
    add_text(finding.fix.versions, std::string(trim(version)));
  }
  const bool knows_package = !from.label({"Package"}).empty();
  if (knows_package) finding.fix.available = !finding.fix.versions.empty();
  if (from.node["properties"]["exploitAvailable"].is("true")) finding.exploit = "poc";
  for (const Node fix : from.node["fixes"].items()) {
    if (!finding.fix.available) finding.fix.available = true;
    if (finding.fix.solution.empty()) {
      finding.fix.solution = sarif_message(fix["description"], from.rule, {});
    }
  }
}

void fill_path(const Result& from, Finding& finding) {
  std::string& path = finding.location.path;
  // Of system packages Trivy names the image, and Grype their database.
  if (from.is_from("trivy") && from.rule["name"].is("OsPackageVulnerability")) return;
  if (from.is_from("grype") && is_system_package(finding.location.package_type)) return;
  if (from.is_from("grype")) path = from.label({"Location"});
  for (const Node location : from.node["locations"].items()) {
    if (path.empty()) path = place_of(location, from.artifacts);
  }
  if (path.empty()) path = path_of(from.node["analysisTarget"], from.artifacts);
}

void fill_texts(const Result& from, Finding& finding) {
  const auto text = [&](const char* name) { return sarif_message(from.rule[name], from.rule, {}); };
  // What was found is the secret itself: nothing of it is for a title.
  const bool is_secret = finding.kind == Kind::secret;
  for (std::string title : {text("shortDescription"),
                            text("fullDescription"),
                            from.rule["name"].text(),
                            is_secret ? std::string() : from.message,
                            finding.native_id}) {
    title = clean_line(title);
    if (finding.title.empty()) finding.title = cut_utf8(title, 500);
  }
  finding.description = text("fullDescription");
  if (finding.description.empty()) finding.description = text("help");
  if (finding.description.empty() && !is_secret) finding.description = from.message;
  finding.evidence = evidence_of(from, is_secret ? Seen::hide : Seen::keep);
}

void fill_refs(const Result& from, Finding& finding) {
  add_refs(finding, from.rule["helpUri"]);
  add_refs(finding, from.node["properties"]["reference"]);
  add_refs(finding, from.node["hostedViewerUri"]);
  add_refs(finding, from.node["workItemUris"]);
}

// "Package: openssl", and without a colon "Vulnerability CVE-2026-1000".
Labels labels_in(std::string_view text) {
  Labels labels;
  constexpr std::string_view title = "Vulnerability ";
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.starts_with(title)) {
      labels.try_emplace("Vulnerability", trim(line.substr(title.size())));
    }
    const auto colon = line.find(": ");
    if (colon <= 20) {
      labels.try_emplace(std::string(line.substr(0, colon)), trim(line.substr(colon + 2)));
    }
  }
  return labels;
}

// ---- the machine

// No names and passwords in an address that goes into every finding.
std::string without_user(std::string address) {
  const auto scheme = address.find("://");
  if (scheme == std::string::npos) return address;
  const auto at = address.find('@', scheme);
  if (at < address.find('/', scheme + 3)) address.erase(scheme + 3, at - scheme - 2);
  return address;
}

std::string name_of(const Context& context) {
  std::string name = context[run_properties]["imageName"].line();
  for (const Node repository : context[repositories].items()) {
    if (name.empty()) name = without_user(repository["repositoryUri"].line());
  }
  if (!name.empty()) return name;
  // "Nightly scan of the shop/2026-11-23": the last part is the run.
  const std::string category = context[automation]["id"].line();
  const auto slash = category.rfind('/');
  if (slash != std::string::npos) name = category.substr(0, slash);
  return name.empty() ? std::string(nameless_host) : name;
}

std::optional<Time> end_of(const Context& context) {
  std::optional<Time> last;
  for (const Node invocation : context[invocations].items()) {
    const auto time = time_of(invocation.first_of({"endTimeUtc", "startTimeUtc"}));
    if (time) last = std::max(last.value_or(*time), *time);
  }
  return last;
}

// The machine that an invocation names is the one that ran the tool, often a build agent: it is not
// what was scanned. The tool has read the files itself, so no login can have failed.
ScannedHost host_of(const Context& context) {
  ScannedHost host;
  host.name = name_of(context);
  for (const Node tag : context[run_properties]["repoTags"].items()) {
    add_text(host.aliases, tag.line());
  }
  host.authenticated = true;
  host.seen_at = end_of(context);
  return host;
}

class SarifReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    switch (record.kind) {
      case result:
        if (is_suppressed(record.node)) ++suppressed_;
        return 1;
      case elsewhere:
        if (!record["results"].items().empty()) problem(record, "keeps results in other files");
        return 0;
      case results_end: has_results_ = true; return 0;
      default: end_run(record); return 0;
    }
  }

  ScannedHost host(const Record& record) override {
    const bool shows = record.kind == result || (record.kind == run_end && was_scan_);
    if (!shows) return {};
    if (host_generation_ != record.context.generation()) host_ = host_of(record.context);
    host_generation_ = record.context.generation();
    return host_;
  }

  // What Trivy and Grype say stands in texts.
  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    const Result from = with_labels(record);
    finding.native_id = id_of(from);
    judge(from, finding);
    fill_state(record.node, finding);
    return true;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    Result from = with_labels(record);
    from.message = sarif_message(record["message"], from.rule, rules_.driver());
    finding.source = from.tool.empty() ? "sarif" : from.tool;
    finding.source_version = rules_.driver().first_of({"version", "semanticVersion"}).line(64);
    finding.native_id = id_of(from);
    finding.kind = kind_of(from);
    judge(from, finding);
    fill_state(record.node, finding);
    fill_ids(from, finding);
    fill_scores(from.rule["properties"], finding);
    fill_package(from, finding);
    fill_fix(from, finding);
    fill_path(from, finding);
    fill_texts(from, finding);
    fill_refs(from, finding);
  }

  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    if (runs_ == 0) facts.problems.emplace_back("the report holds no run of a tool");
    for (std::string& text : problems_) facts.problems.push_back(std::move(text));
    for (std::string& text : remarks_) facts.remarks.push_back(std::move(text));
    if (const Node said = context[version]; !said.is("2.1.0")) {
      facts.remarks.push_back("SARIF version " + said.line(32) + ": read as if it were 2.1.0");
    }
    if (suppressed_ > 0) {
      facts.remarks.push_back(std::to_string(suppressed_) +
                              " findings are suppressed by the scanner's own rules");
    }
    runs_ = suppressed_ = 0;
    problems_.clear();
    remarks_.clear();
    return {};
  }

 private:
  const SarifRules& rules_of(const Record& record) {
    if (generation_ != record.context.generation(tool)) {
      generation_ = record.context.generation(tool);
      labels_of_rules_.clear();
      rules_ = SarifRules(record.context[tool]);
    }
    return rules_;
  }

  Result bare(const Record& record) {
    Result from;
    from.node = record.node;
    from.rule = rules_of(record).rule_of(record.node);
    from.artifacts = record.context[artifacts];
    from.tool = to_lower(rules_.driver()["name"].line(64));
    return from;
  }

  Result with_labels(const Record& record) {
    Result from = bare(record);
    if (from.is_from("trivy")) {
      own_labels_ = labels_in(sarif_message(record["message"], from.rule, rules_.driver()));
      from.labels = &own_labels_;
    }
    if (from.is_from("grype")) from.labels = &labels_of(from.rule);
    return from;
  }

  const Labels& labels_of(const Node& rule) {
    const Node text = rule["help"]["text"];
    const auto [place, is_new] = labels_of_rules_.try_emplace(text.raw().data());
    if (is_new) place->second = labels_in(text.text());
    return place->second;
  }

  void problem(const Record& record, const std::string& text) {
    problems_.push_back("the run of " + record.context[tool]["driver"]["name"].line(64) + " " +
                        text);
  }

  void end_run(const Record& record) {
    ++runs_;
    was_scan_ = has_results_;
    has_results_ = false;
    // An empty list says that nothing was found; no list, that nothing was looked for.
    if (!was_scan_) problem(record, "has no list of results: it did not scan");
    std::size_t errors = 0;
    for (const Node invocation : record.context[invocations].items()) {
      errors += errors_of(invocation);
      const Node success = invocation["executionSuccessful"];
      if (!success.is("false")) continue;
      const std::string why =
          invocation.first_of({"exitCodeDescription", "processStartFailureMessage", "exitCode"})
              .line(200);
      problem(record, "failed" + (why.empty() ? why : ": " + why));
    }
    if (errors > 0) {
      remarks_.push_back("the scanner notes " + std::to_string(errors) + " errors of its own");
    }
  }

  static std::size_t errors_of(const Node& invocation) {
    std::size_t errors = 0;
    for (const char* list : {"toolExecutionNotifications", "toolConfigurationNotifications"}) {
      for (const Node note : invocation[list].items()) errors += note["level"].is("error") ? 1 : 0;
    }
    return errors;
  }

  SarifRules rules_;
  std::unordered_map<const char*, Labels> labels_of_rules_;  ///< by the place of the rule's help
  Labels own_labels_;                                        ///< of the last result
  std::uint64_t generation_ = 0;
  std::uint64_t host_generation_ = 0;  ///< of the context that host_ was made of
  ScannedHost host_;
  bool has_results_ = false;  ///< the run that is being read
  bool was_scan_ = false;     ///< the run that has just ended
  std::size_t runs_ = 0;
  std::size_t suppressed_ = 0;
  std::vector<std::string> problems_;
  std::vector<std::string> remarks_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<SarifReader>(); }

constexpr std::array<std::string_view, 6> marks{"/runs/*/tool/driver",
                                                "/runs /version=2.1.0",
                                                "/runs/*/results/*/message",
                                                "/runs/*/results/*/ruleId",
                                                "/runs/*/artifacts/*/location",
                                                "/runs/*/invocations/*/executionSuccessful"};
constexpr std::array<RecordPath, 4> records{{{result, "/runs/*/results/*"},
                                             {elsewhere, "/runs/*/externalPropertyFileReferences"},
                                             {results_end, "/runs/*/results", When::closed},
                                             {run_end, "/runs/*", When::closed}}};
constexpr std::array<ContextPath, 7> contexts{
    {{version, "/version"},
     {tool, "/runs/*/tool", Place::anywhere},
     {artifacts, "/runs/*/artifacts", Place::anywhere},
     {invocations, "/runs/*/invocations", Place::anywhere},
     {run_properties, "/runs/*/properties", Place::anywhere},
     {repositories, "/runs/*/versionControlProvenance", Place::anywhere},
     {automation, "/runs/*/automationDetails", Place::anywhere}}};

}  // namespace

const RecordFormat sarif{
    "sarif", "SARIF", "sarif", marks, walk_json, records, contexts, make_reader};

}  // namespace patchbot
