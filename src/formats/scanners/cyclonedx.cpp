// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/cyclonedx.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/bom_components.hpp"
#include "formats/records/fields.hpp"
#include "model/cvss_score.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;
using When = RecordPath::When;

enum RecordKind : std::uint16_t { vulnerability, component, vulnerabilities_end };
enum ContextId : std::uint16_t { spec, serial, metadata, components };

/// One finding: a vulnerability and what it affects.
struct Part {
  Node vulnerability;
  Node affected;  ///< the reference, with versions
  BomComponent component;
};

// ---- ratings

std::string source_of(const Node& owner) {
  return owner["source"].first_of({"name", "@name"}).line(64);
}

bool mentions(const Node& rating, std::string_view word) {
  const Node source = rating["source"];
  const std::string text = to_lower(source_of(rating) + " " + source["url"].line());
  return text.find(word) != std::string::npos;
}

Node score_of(const Node& rating) {
  const Node score = rating["score"];
  return score["base"] ? score["base"] : score;  // of the extension
}

// Grype writes EPSS and CISA's catalogue as ratings with the method "other".
void add_rating(const Node& rating, Finding& finding) {
  const Node method = rating["method"];
  const std::string name = method.line(32);
  if (starts_with_nocase(name, "CVSS")) {
    add_cvss(finding, rating["vector"], score_of(rating), source_of(rating), name.substr(4));
    if (!finding.cvss.empty() && !finding.cvss.back().score) {
      finding.cvss.back().score = cvss3_base_score(finding.cvss.back().vector);
    }
  } else if (mentions(rating, "epss")) {
    add_epss(finding, score_of(rating), {});
  } else if (mentions(rating, "known-exploited") || mentions(rating, "cisa kev")) {
    if (score_of(rating).number().value_or(1) > 0) finding.kev = Kev{};
  } else if (const std::string vector = rating["vector"].line(256); !vector.empty()) {
    add_text(finding.xrefs, (name.empty() ? "rating" : name) + ":" + vector);
  }
}

struct Rated {
  Severity severity = Severity::unknown;
  std::string source;
};

Rated worst_word(const std::vector<Node>& ratings, const std::string& of_source) {
  Rated worst;
  for (const Node& rating : ratings) {
    if (!of_source.empty() && !equals_nocase(source_of(rating), of_source)) continue;
    const Severity severity = severity_of_word(rating["severity"]);
    if (severity > worst.severity) worst = {severity, source_of(rating)};
  }
  return worst;
}

// Many may have rated. What the source of the vulnerability says counts, else the worst word, else
// the newest CVSS score: a rating that somebody adds cannot hide another.
void rate_by_words(const Node& node, const std::vector<Node>& ratings, Finding& finding) {
  const std::string source = source_of(node);
  Rated rated;
  if (!source.empty()) rated = worst_word(ratings, source);
  if (rated.severity == Severity::unknown) rated = worst_word(ratings, {});
  finding.severity = rated.severity;
  finding.severity_source = rated.source.empty() ? "severity" : rated.source;
}

void rate_by_scores(const Node& node, Finding& finding) {
  for (const Node& rating : bom_list(node, "ratings", "rating")) add_rating(rating, finding);
  if (finding.severity == Severity::unknown) rate_by_cvss(finding);
}

// ---- what is affected, and what was said of it

std::string ref_of(const Node& affected) {
  return affected.is_object() ? affected["ref"].line() : affected.line();
}

std::string described_version(const Node& version) {
  const Node which = version.first_of({"version", "range"});
  const std::string status = version["status"].line(32);
  return (status.empty() ? "affected" : status) + ": " + (which ? which : version).line(200);
}

std::string described(const Node& affected) {
  std::string text = ref_of(affected);
  for (const Node version : bom_list(affected, "versions", "version")) {
    text += "; " + described_version(version);
  }
  return text;
}

// The version that is affected where the component has none.
std::string only_version(const Node& affected) {
  std::string only;
  for (const Node version : bom_list(affected, "versions", "version")) {
    const Node status = version["status"];
    if (status && !status.is("affected")) continue;
    if (!only.empty()) return {};
    only = version["version"].line();
  }
  return only;
}

void fill_location(const Part& part, Finding& finding) {
  Location& at = finding.location;
  at.package = part.component.package;
  at.installed = part.component.version;
  if (at.installed.empty()) at.installed = only_version(part.affected);
  at.purl = part.component.purl;
  at.package_type = part.component.type;
  at.path = part.component.path;
}

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

std::string evidence_of(const Part& part, const std::vector<std::string>& elsewhere) {
  std::string text;
  for (const Node version : bom_list(part.affected, "versions", "version")) {
    add_line(text, described_version(version));
  }
  for (const std::string& ref : elsewhere) add_line(text, "not in this document: " + ref);
  const Node analysis = part.vulnerability["analysis"];
  add_line(text, analysis["justification"].line(200));
  for (const char* list : {"response", "responses"}) {
    for (const Node response : bom_list(analysis, list, "response")) {
      add_line(text, "response: " + response.line(64));
    }
  }
  add_line(text, analysis["detail"].text());
  return text;
}

void fill_status(const Part& part, Finding& finding) {
  const Node state = part.vulnerability["analysis"]["state"];
  finding.source_status = state.line(64);
  if (state.is("resolved") || state.is("resolved_with_pedigree")) finding.status = Status::fixed;
  if (state) return;
  const auto versions = bom_list(part.affected, "versions", "version");
  const bool unaffected = std::all_of(
      versions.begin(), versions.end(), [](const Node& v) { return v["status"].is("unaffected"); });
  if (!versions.empty() && unaffected) finding.source_status = "unaffected";
  if (part.vulnerability["rejected"]) finding.source_status = "rejected";
}

// ---- the rest of a vulnerability

void fill_refs(const Node& node, Finding& finding) {
  add_ids(finding.vuln_ids, node["id"]);
  add_refs(finding, node["source"]["url"]);
  for (const Node reference : bom_list(node, "references", "reference")) {
    add_ids(finding.vuln_ids, reference["id"]);
    add_refs(finding, reference["source"]["url"]);
  }
  for (const Node advisory : bom_list(node, "advisories", "advisory")) {
    add_refs(finding, advisory["url"] ? advisory["url"] : advisory);
  }
  for (const Node cwe : bom_list(node, "cwes", "cwe")) add_cwes(finding, cwe);
}

// "Upgrade jquery to version 3.4.0, 3.5.1", Trivy's words; several packages stand between ";".
void add_fix_versions_in(std::string_view advice, const std::string& package, Finding& finding) {
  constexpr std::string_view words = " to version ";
  const auto clauses = split(advice, ';');
  for (std::string_view clause : clauses) {
    const auto at = clause.find(words);
    if (at == std::string_view::npos) continue;
    const std::string_view subject = trim(clause.substr(0, at));
    if (clauses.size() > 1 && !subject.ends_with(" " + package)) continue;
    for (std::string_view version : split(clause.substr(at + words.size()), ',')) {
      version = trim(version);
      version = version.substr(0, version.find(" or "));
      const bool plain = !version.empty() && version.find(' ') == std::string_view::npos &&
                         version.find_first_of("0123456789") != std::string_view::npos;
      if (plain) add_text(finding.fix.versions, std::string(version));
    }
  }
}

void fill_fix(const Node& node, Finding& finding) {
  std::string& solution = finding.fix.solution;
  solution = node["recommendation"].text();
  for (const Node advice : bom_list(node, "recommendations", "recommendation")) {
    add_line(solution, advice.text());
  }
  add_fix_versions_in(solution, finding.location.package, finding);
  for (const Node property : bom_list(node, "properties", "property")) {
    const Node name = property.first_of({"name", "@name"});
    if (!name.is("grype:fixed_versions")) continue;
    const std::string versions = (property["value"] ? property["value"] : property).line();
    for (std::string_view version : split(versions, ',')) {
      add_text(finding.fix.versions, std::string(trim(version)));
    }
  }
  if (!finding.fix.versions.empty()) finding.fix.available = true;
  const std::string workaround = node["workaround"].text();
  if (!workaround.empty()) add_line(solution, "Workaround: " + workaround);
}

// Some sources number vulnerabilities in a way that tells people nothing.
std::string name_of(const Finding& finding) {
  const auto& ids = finding.vuln_ids;
  const auto cve = std::find_if(
      ids.begin(), ids.end(), [](const std::string& id) { return starts_with_nocase(id, "CVE-"); });
  return cve == ids.end() ? finding.native_id : *cve;
}

void fill_texts(const Node& node, Finding& finding) {
  finding.title = name_of(finding);
  if (!finding.location.package.empty()) finding.title += " in " + finding.location.package;
  finding.description = node["description"].text();
  const std::string detail = node["detail"].text();
  if (detail != finding.description) add_line(finding.description, detail);
  finding.published_at = time_of(node["published"]);
  if (node["proofOfConcept"]) finding.exploit = "poc";
}

// ---- tools

std::vector<Node> tools_of(const Node& owner) {
  auto tools = bom_list(owner, "tools", "tool");
  for (const char* list : {"component", "service"}) {
    const auto more = bom_list(owner["tools"], std::string(list) + "s", list);
    tools.insert(tools.end(), more.begin(), more.end());
  }
  return tools;
}

std::string version_of(const Node& tool) {
  const std::string version = tool["version"].line(64);
  return version == "[not provided]" ? std::string() : version;  // Grype from source
}

// Where several tools worked, none of them alone found it.
void fill_tool(const Node& node, const Node& about, Finding& finding) {
  auto tools = tools_of(node);
  if (tools.empty()) tools = tools_of(about);
  if (tools.empty()) return;
  finding.source_version = version_of(tools.back());
  if (tools.size() > 1) return;
  const std::string name = to_lower(tools.front()["name"].line(64));
  if (!name.empty()) finding.source = name;
}

class CycloneDxReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    parts_.clear();
    elsewhere_.clear();
    if (record.kind == vulnerabilities_end) {
      has_vulnerabilities_ = true;
    } else if (record.kind == component) {
      seen_.add(record.node);
      has_components_ = true;
      take_component(record.node);
    } else {
      take_vulnerability(record);
    }
    findings_ += parts_.size();
    return parts_.size();
  }

  ScannedHost host(const Record& record) override {
    if (parts_.empty()) return {};
    if (host_generation_ != record.context.generation()) host_ = host_of(record.context);
    host_generation_ = record.context.generation();
    return host_;
  }

  bool fill_brief(const Record&, std::size_t index, Finding& finding) override {
    const Part& part = parts_[index];
    const auto ratings = bom_list(part.vulnerability, "ratings", "rating");
    finding.native_id = part.vulnerability["id"].line();
    rate_by_words(part.vulnerability, ratings, finding);
    fill_status(part, finding);
    return finding.severity != Severity::unknown || ratings.empty();
  }

  void fill(const Record& record, std::size_t index, Finding& finding) override {
    const Part& part = parts_[index];
    const Node& node = part.vulnerability;
    fill_tool(node, record.context[metadata], finding);
    fill_location(part, finding);
    rate_by_scores(node, finding);
    fill_refs(node, finding);
    if (finding.native_id.empty() && !finding.vuln_ids.empty()) {
      finding.native_id = finding.vuln_ids.front();
    }
    fill_fix(node, finding);
    fill_texts(node, finding);
    finding.evidence = evidence_of(part, elsewhere_);
  }

  // A bill of materials tells what there is, not that anybody looked for vulnerabilities: only a
  // list of them, and be it empty, proves that. In the extension, which has no such list, a clean
  // scan cannot be told from none, so it does not count as one either.
  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    const bool scanned = has_vulnerabilities_ || findings_ > 0;
    if (!scanned) {
      facts.problems.emplace_back(
          "the bill of materials has no list of vulnerabilities: it is no proof of a scan");
    }
    if (scanned && findings_ == 0 && is_by_trivy(context)) {
      facts.remarks.emplace_back(
          "Trivy writes an empty list of vulnerabilities also where it was not told to look for "
          "them (--scanners vuln)");
    }
    remark_version(context, facts);
    ScannedHost host = scanned ? host_of(context) : ScannedHost{};
    seen_.clear();
    has_vulnerabilities_ = has_components_ = false;
    host_generation_ = 0;
    findings_ = 0;
    return host;
  }

 private:
  void take_vulnerability(const Record& record) {
    index(record.context);
    const std::string own = record.context[serial].line();
    auto affects = bom_list(record.node, "affects", "target");
    if (const Node ref = record.node["@ref"]) affects.push_back(ref);  // of the extension
    for (const Node& affected : affects) {
      const std::string ref = ref_of(affected);
      auto found = known_.find(ref, own);
      if (!found) found = seen_.find(ref, own);
      if (found) {
        parts_.push_back({record.node, affected, std::move(*found)});
      } else {
        add_text(elsewhere_, described(affected));
      }
    }
    if (!parts_.empty()) return;
    if (affects.size() == 1) elsewhere_ = {ref_of(affects.front())};
    const Node only = affects.size() == 1 ? affects.front() : Node();
    const std::string ref = ref_of(only);
    parts_.push_back({record.node, only, component_of_purl(ref.substr(ref.find('#') + 1))});
  }

  // The extension keeps vulnerabilities inside of components, and these inside of others.
  void take_component(const Node& node) {
    for (const Node found : bom_list(node, "vulnerabilities", "vulnerability")) {
      parts_.push_back({found, {}, read_bom_component(node)});
    }
    for (const Node inner : bom_list(node, "components", "component")) take_component(inner);
  }

  void index(const Context& context) {
    if (generation_ == context.generation()) return;
    generation_ = context.generation();
    known_.clear();
    known_.add(context[metadata]["component"]);
    for (const Node item : context[components].items()) known_.add(item);
  }

  // Whoever lists the components has read them.
  ScannedHost host_of(const Context& context) const {
    ScannedHost host;
    host.name = read_bom_component(context[metadata]["component"]).package;
    if (host.name.empty()) host.name = nameless_host;
    host.seen_at = time_of(context[metadata]["timestamp"]);
    const bool lists = has_components_ || !context[components].items().empty();
    if (lists) host.authenticated = true;
    return host;
  }

  static bool is_by_trivy(const Context& context) {
    const auto tools = tools_of(context[metadata]);
    return std::any_of(
        tools.begin(), tools.end(), [](const Node& tool) { return tool["name"].is("trivy"); });
  }

  static void remark_version(const Context& context, ScanFacts& facts) {
    const std::string said = context[spec].line(64);
    const std::string number = said.substr(said.rfind('/') + 1);
    constexpr std::array<std::string_view, 8> known{
        "1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"};
    if (number.empty() || std::find(known.begin(), known.end(), number) != known.end()) return;
    facts.remarks.push_back("CycloneDX version " + number + ": read as if it were 1.7");
  }

  BomComponents known_;                ///< what stands around the vulnerabilities, in JSON
  BomComponents seen_;                 ///< what came before them, in XML
  std::uint64_t generation_ = 0;       ///< of the context that known_ was made of
  std::uint64_t host_generation_ = 0;  ///< and of that for host_
  ScannedHost host_;
  std::vector<Part> parts_;
  std::vector<std::string> elsewhere_;
  bool has_vulnerabilities_ = false;
  bool has_components_ = false;
  std::size_t findings_ = 0;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<CycloneDxReader>(); }

constexpr std::array<std::string_view, 3> marks{
    "/bomFormat=CycloneDX", "/components/*/bom-ref", "/vulnerabilities/*/affects/*/ref"};
constexpr std::array<RecordPath, 2> records{
    {{vulnerability, "/vulnerabilities/*"},
     {vulnerabilities_end, "/vulnerabilities", When::closed}}};
constexpr std::array<ContextPath, 4> contexts{{{spec, "/specVersion"},
                                               {serial, "/serialNumber"},
                                               {metadata, "/metadata", Place::anywhere},
                                               {components, "/components", Place::anywhere}}};

// Where components have begun and vulnerabilities have not, as nearly every tool writes it, nothing
// of the former need be kept but what findings say of them.
constexpr std::array<std::string_view, 2> first_marks{
    "/bomFormat=CycloneDX /components !/vulnerabilities",
    "/components/*/bom-ref !/vulnerabilities"};
constexpr std::array<RecordPath, 3> first_records{
    {{component, "/components/*"},
     {vulnerability, "/vulnerabilities/*"},
     {vulnerabilities_end, "/vulnerabilities", When::closed}}};
constexpr std::array<ContextPath, 3> first_contexts{
    {{spec, "/specVersion"}, {serial, "/serialNumber"}, {metadata, "/metadata", Place::anywhere}}};

// The schema in XML fixes the order: components come before vulnerabilities.
constexpr std::array<std::string_view, 4> xml_marks{
    "/bom/@serialNumber", "/bom/components", "/bom/metadata", "/bom/vulnerabilities"};
constexpr std::array<RecordPath, 3> xml_records{
    {{component, "/bom/components/component"},
     {vulnerability, "/bom/vulnerabilities/vulnerability"},
     {vulnerabilities_end, "/bom/vulnerabilities", When::closed}}};
constexpr std::array<ContextPath, 3> xml_contexts{
    {{spec, "/bom/@xmlns"}, {serial, "/bom/@serialNumber"}, {metadata, "/bom/metadata"}}};

}  // namespace

const RecordFormat cyclonedx{
    "cyclonedx", "CycloneDX", "cyclonedx", marks, walk_json, records, contexts, make_reader};
const RecordFormat cyclonedx_components_first{"cyclonedx",
                                              "CycloneDX",
                                              "cyclonedx",
                                              first_marks,
                                              walk_json,
                                              first_records,
                                              first_contexts,
                                              make_reader};
const RecordFormat cyclonedx_xml{"cyclonedx-xml",
                                 "CycloneDX",
                                 "cyclonedx",
                                 xml_marks,
                                 walk_xml,
                                 xml_records,
                                 xml_contexts,
                                 make_reader};

}  // namespace patchbot
