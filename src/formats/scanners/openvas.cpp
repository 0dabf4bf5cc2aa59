// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/openvas.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/openvas_counts.hpp"
#include "formats/records/openvas_fields.hpp"

namespace patchbot {
namespace {

enum RecordKind : std::uint16_t { result, host_details, run_status, counts, filter, error };
enum ContextId : std::uint16_t { scan_start, protocol };

using Tags = std::map<std::string, std::string, std::less<>>;

// summary=...|insight=...|solution_type=VendorFix: what newer versions also have as elements.
Tags tags_of(const Record& record) {
  Tags tags;
  const std::string text = record["nvt"]["tags"].text();
  for (std::string_view part : split(text, '|')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    tags.emplace(part.substr(0, equals), trim(part.substr(equals + 1)));
  }
  return tags;
}

std::string tag(const Tags& tags, std::string_view name) {
  const auto found = tags.find(name);
  return found == tags.end() ? std::string() : found->second;
}

// "22/tcp", "general/tcp", and "ssh (22/tcp)" before 2012.
void fill_port(Location& location, std::string text) {
  if (const auto bracket = text.find('('); bracket != std::string::npos) {
    location.service = trim(std::string_view(text).substr(0, bracket));
    text = text.substr(bracket + 1, text.find(')') - bracket - 1);
  }
  const auto slash = text.find('/');
  if (slash == std::string::npos) return;
  const auto port = parse_integer(text.substr(0, slash));
  if (port && *port > 0 && *port <= 65535) location.port = static_cast<int>(*port);
  location.protocol = to_lower(trim(std::string_view(text).substr(slash + 1)));
}

void add_reference(Finding& finding, const std::string& type, const std::string& id) {
  if (equals_nocase(type, "cve")) {
    add_text(finding.vuln_ids, id);
  } else if (equals_nocase(type, "url")) {
    add_ref(finding, id);
  } else if (is_kev_mark(type, id)) {
    if (!finding.kev) finding.kev.emplace();
  } else if (!id.empty()) {
    add_text(finding.xrefs, type + ":" + id);
  }
}

// Before 2019 a text for each type: "CVE-1, CVE-2", "URL:https://..., DSA:1", "NOCVE".
void add_old_references(Finding& finding, const Node& nvt) {
  for (std::string_view type : {"cve", "bid", "cert", "xref"}) {
    const std::string text = nvt[type].line();
    for (std::string_view part : split(text, ',')) {
      std::string id(trim(part));
      if (id.empty() || starts_with_nocase(id, "NO")) continue;
      const auto colon = id.find(':');
      if (type != "xref") {
        add_reference(finding, std::string(type), id);
      } else if (colon != std::string::npos) {
        add_reference(finding, id.substr(0, colon), id.substr(colon + 1));
      }
    }
  }
}

void fill_references(Finding& finding, const Node& nvt) {
  for (const Node& ref : nvt["refs"].all("ref")) {
    add_reference(finding, ref["@type"].line(64), ref["@id"].line());
  }
  add_old_references(finding, nvt);
}

// Scores were 0 to 100 in versions 20.8 and 21.4.
void fill_cvss(Finding& finding, const Node& nvt, const Tags& tags) {
  for (const Node& severity : nvt["severities"].all("severity")) {
    const std::string type = severity["@type"].line(64);
    Cvss cvss;
    cvss.version = type.substr(std::min(type.rfind('v'), type.size()));
    cvss.vector = severity["value"].line(256);
    cvss.score = severity["score"].number();
    if (cvss.score > 10) cvss.score = *cvss.score / 10;
    cvss.source = severity["origin"].line(64);
    add_cvss(finding, std::move(cvss));
  }
  if (!finding.cvss.empty()) return;
  Cvss cvss;
  cvss.vector = tag(tags, "cvss_base_vector");
  cvss.score = nvt["cvss_base"].number();
  if (!cvss.vector.empty()) add_cvss(finding, std::move(cvss));
}

// Of all CVEs of the check: the highest, which is not always that of the severest.
void fill_epss(Finding& finding, const Node& epss) {
  for (std::string_view which : {"max_epss", "max_severity"}) {
    add_epss(finding, epss[which]["score"], epss[which]["percentile"]);
  }
}

void fill_texts(const Record& record, const Tags& tags, Finding& finding) {
  const Node nvt = record["nvt"];
  finding.title = record.node.first_of({"name"}).line(500);
  if (finding.title.empty()) finding.title = nvt["name"].line(500);
  if (finding.title.empty()) finding.title = finding.native_id;
  finding.synopsis = tag(tags, "summary");
  for (std::string_view name : {"insight", "affected", "impact"}) {
    const std::string text = tag(tags, name);
    if (!text.empty()) finding.description += (finding.description.empty() ? "" : "\n\n") + text;
  }
  std::string type = nvt["solution"]["@type"].line(64);
  if (type.empty()) type = tag(tags, "solution_type");
  std::string solution = nvt["solution"].text();
  if (solution.empty()) solution = tag(tags, "solution");
  set_openvas_solution(finding, type, solution);
  set_openvas_result(finding, record["description"].text(), record["qod"]["value"].line(16));
}

// What a person on the scanner's side decided is said, and hides nothing.
void fill_decisions(const Record& record, Finding& finding) {
  const std::string threat = record["threat"].line(64);
  const std::string original = record["original_threat"].line(64);
  if (equals_nocase(threat, "False Positive")) {
    rate_openvas(finding, original, record["original_severity"].number());
    finding.source_status = "false positive";
    return;
  }
  rate_openvas(finding, threat, record["severity"].number());
  if (!original.empty() && !equals_nocase(original, threat)) {
    finding.source_status = "overridden, was " + original;
  }
}

// In a comparison of two reports.
void fill_change(const Record& record, Finding& finding) {
  const std::string change = record["delta"].line(64);
  if (change.empty()) return;
  finding.source_status = change;
  finding.status = change == "gone" ? Status::fixed : Status::open;
}

// In the report of an audit every result says whether a policy is kept.
void fill_compliance(const Record& record, Finding& finding) {
  const Node word = record["compliance"];
  const bool known = word.is("yes") || word.is("no") || word.is("incomplete");
  if (!known) return;
  finding.kind = Kind::compliance;
  finding.location.check = finding.title;
  finding.location.check_id = finding.native_id;
  finding.check_result = word.is("yes")  ? CheckResult::passed
                         : word.is("no") ? CheckResult::failed
                                         : CheckResult::error;
  if (word.is("yes")) finding.severity = Severity::info;
  if (word.is("incomplete")) finding.severity = Severity::unknown;
}

// A successful login by SSH, SMB or ESXi lets the scanner see packages; SNMP does not.
std::optional<bool> login_of(const Node& host) {
  std::optional<bool> login;
  for (const Node& detail : host.all("detail")) {
    const std::string name = detail["name"].line(64);
    if (!name.starts_with("Auth-") || name.starts_with("Auth-SNMP")) continue;
    if (name.ends_with("-Success")) login = true;
    if (name.ends_with("-Failure")) login = login.value_or(false);
  }
  return login;
}

class OpenvasReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    switch (record.kind) {
      case result: counts_.take_result(); return 1;
      case counts: counts_.take_counts(record.node); break;
      case filter: counts_.take_filter(record.node); break;
      case run_status: status_ = record.node.line(64); break;
      case error: take_error(record.node); break;
      default: break;
    }
    if (record.kind == run_status && !record.node.is("Done")) {
      problems_.push_back("the scan is not done: " + status_);
    }
    return 0;
  }

  // By its address, since not every result gives the machine's name.
  ScannedHost host(const Record& record) override {
    ScannedHost host;
    if (record.kind == result) {
      host.name = record["host"].line();
      add_text(host.aliases, record["host"]["hostname"].line());
      host.seen_at = time_of(record.context[scan_start]);
    } else if (record.kind == host_details) {
      host.name = record["ip"].line();
      for (const Node& detail : record.node.all("detail")) {
        if (detail["name"].is("hostname")) add_text(host.aliases, detail["value"].line());
      }
      host.authenticated = login_of(record.node);
      host.seen_at = time_of(record["end"]);
      if (record["end"].raw().empty() && record["start"]) host.finished = false;
      if (!host.seen_at) host.seen_at = time_of(record["start"]);
      if (!host.seen_at) host.seen_at = time_of(record.context[scan_start]);
    }
    host.address = host.name;
    return host;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    const Node nvt = record["nvt"];
    const Tags tags = tags_of(record);
    set_openvas_id(finding, nvt["@oid"].line());
    fill_port(finding.location, record["port"].line());
    fill_texts(record, tags, finding);
    fill_references(finding, nvt);
    fill_cvss(finding, nvt, tags);
    fill_epss(finding, nvt["epss"]);
    fill_decisions(record, finding);
    fill_change(record, finding);
    fill_compliance(record, finding);
    const std::string version = record.context[protocol]["version"].line(64);
    if (!version.empty()) finding.source_version = "GMP " + version;
    finding.seen_at = time_of(record["creation_time"]);
  }

  ScannedHost end_document(const Context&, ScanFacts& facts) override {
    facts.problems.insert(facts.problems.end(), problems_.begin(), problems_.end());
    counts_.tell(facts);
    if (errors_ > 0) {
      facts.problems.push_back(std::to_string(errors_) + (errors_ == 1 ? " error" : " errors") +
                               " while scanning, the first " + first_error_);
    }
    return {};
  }

 private:
  void take_error(const Node& error) {
    if (errors_++ > 0) return;
    first_error_ = "on " + error["host"].line(200) + ": " + error["description"].line(500);
  }

  OpenvasCounts counts_;
  std::string status_;
  std::vector<std::string> problems_;
  std::uint64_t errors_ = 0;
  std::string first_error_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<OpenvasReader>(); }

// A report as it is downloaded lies in another one; GMP answers with such reports or with results
// alone; scripts pass the inner report on.
constexpr std::array<std::string_view, 7> marks{"/report/report/scan_run_status",
                                                "/report/report/results",
                                                "/report/results/result/nvt/@oid",
                                                "/report/scan_run_status /report/results",
                                                "/report/scan_run_status /report/result_count",
                                                "/get_reports_response",
                                                "/get_results_response"};
constexpr std::array<RecordPath, 20> records{
    {{result, "/report/report/results/result"},
     {host_details, "/report/report/host"},
     {run_status, "/report/report/scan_run_status"},
     {counts, "/report/report/result_count"},
     {filter, "/report/report/filters/term"},
     {error, "/report/report/errors/error"},
     {result, "/get_reports_response/report/report/results/result"},
     {host_details, "/get_reports_response/report/report/host"},
     {run_status, "/get_reports_response/report/report/scan_run_status"},
     {counts, "/get_reports_response/report/report/result_count"},
     {filter, "/get_reports_response/report/report/filters/term"},
     {error, "/get_reports_response/report/report/errors/error"},
     {result, "/report/results/result"},
     {host_details, "/report/host"},
     {run_status, "/report/scan_run_status"},
     {counts, "/report/result_count"},
     {filter, "/report/filters/term"},
     {error, "/report/errors/error"},
     {result, "/get_results_response/result"},
     {counts, "/get_results_response/result_count"}}};
constexpr std::array<ContextPath, 6> contexts{
    {{scan_start, "/report/report/scan_start"},
     {scan_start, "/get_reports_response/report/report/scan_start"},
     {scan_start, "/report/scan_start"},
     {protocol, "/report/report/gmp"},
     {protocol, "/get_reports_response/report/report/gmp"},
     {protocol, "/report/gmp"}}};

}  // namespace

const RecordFormat openvas{
    "openvas", "OpenVAS", "openvas", marks, walk_xml, records, contexts, make_reader};

}  // namespace patchbot
