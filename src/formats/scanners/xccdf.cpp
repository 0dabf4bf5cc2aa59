// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/xccdf.hpp"

#include <array>

#include "base/address.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/known_ids.hpp"
#include "formats/records/xccdf_rules.hpp"

namespace patchbot {
namespace {

using When = RecordPath::When;

enum RecordKind : std::uint16_t { rule_result, rule, benchmark_title, test_end };
enum ContextId : std::uint16_t {
  benchmark_id,
  benchmark,
  end_time,
  start_time,
  test_system,
  identity,
  target,
  address,
  facts
};

// ---- the machine

bool is_loopback(const std::string& text) {
  return text.starts_with("127.") || text == "::1" || text == "0.0.0.0" ||
         starts_with_nocase(text, "localhost");
}

std::string last_part(const std::string& text) { return text.substr(text.rfind(':') + 1); }

// "urn:xccdf:fact:asset:identifier:fqdn" and its siblings.
void add_fact(const Node& fact, ScannedHost& host) {
  const std::string kind = to_lower(last_part(fact["@name"].line()));
  const std::string value = fact.line(256);
  if (value.empty() || is_loopback(value)) return;
  for (const char* known : {"fqdn", "host_name", "hostname", "ipv4", "ipv6"}) {
    if (kind == known) add_text(host.aliases, value);
  }
  const bool instance = kind == "ec2_instance_id" || kind == "instance_id";
  if (instance && value.starts_with("i-")) host.instance = value;
}

// The first address that others can know it by; every further one may be in the inventory.
void add_address(const std::string& text, ScannedHost& host) {
  if (!parse_address(text) || is_loopback(text)) return;
  if (host.address.empty()) {
    host.address = text;
  } else {
    add_text(host.aliases, text);
  }
}

Node fact_of(const Context& context, std::string_view name) {
  for (const Node& fact : context[facts].all("fact")) {
    if (fact["@name"].line().ends_with(name)) return fact;
  }
  return {};
}

// "cpe:/a:redhat:openscap:1.3.6"
std::string part_of_cpe(const Context& context, std::size_t index) {
  const std::string cpe = context[test_system].line();
  const auto parts = split(cpe, ':');
  return cpe.starts_with("cpe:/") && index < parts.size() ? std::string(parts[index]) : "";
}

std::string scanner_of(const Context& context) {
  const std::string product = to_lower(part_of_cpe(context, 3));
  return product.empty() ? to_lower(fact_of(context, "scanner:name").line(64)) : product;
}

// OpenSCAP runs on the machine itself and has nothing to log in to, so its authenticated="false" is
// no failed login. Two machines must not be one because both call themselves localhost.
ScannedHost host_of(const Context& context) {
  ScannedHost host;
  host.name = context[target].line();
  for (const Node& text : context.all(address)) add_address(text.line(64), host);
  for (const Node& fact : context[facts].all("fact")) add_fact(fact, host);
  if (is_loopback(host.name) && !host.address.empty()) host.name = host.address;
  if (host.name.empty())
    host.name = host.address.empty() ? std::string(nameless_host) : host.address;
  const Node proof = context[identity]["@authenticated"];
  const bool is_local = scanner_of(context) == "openscap";
  if (proof.is("true") || proof.is("1") || is_local) host.authenticated = true;
  host.seen_at = time_of(context[end_time] ? context[end_time] : context[start_time]);
  return host;
}

// ---- the benchmark

std::string benchmark_of(const Context& context) {
  std::string own = context[benchmark]["@id"].line();
  if (!own.empty()) return own;
  std::string around = context[benchmark_id].line();
  if (!around.empty()) return around;
  const std::string href = context[benchmark]["@href"].line();
  return href.substr(href.rfind('/') + 1);
}

// ---- results

CheckResult check_result_of(const Node& result) {
  if (result.is("pass") || result.is("fixed") || result.is("informational")) {
    return CheckResult::passed;
  }
  for (const char* word : {"notapplicable", "notchecked", "notselected"}) {
    if (result.is(word)) return CheckResult::skipped;
  }
  return result.is("fail") ? CheckResult::failed : CheckResult::error;
}

// `error` and `unknown` say that nobody knows.
void rate(const Record& record, const XccdfRule* known, Finding& finding) {
  switch (finding.check_result) {
    case CheckResult::failed: break;
    case CheckResult::error: finding.severity_source = "result"; return;
    default:
      finding.severity = Severity::info;
      finding.severity_source = "result";
      return;
  }
  const Node own = record["@severity"];
  finding.severity = severity_of_word(own);
  if (!own && known != nullptr) finding.severity = known->severity;
  finding.severity_source = "severity";
}

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

std::string evidence_of(const Record& record) {
  std::string text;
  for (const Node& message : record.node.all("message")) {
    const std::string how = message["@severity"].line(16);
    add_line(text, (how.empty() ? how : how + ": ") + message.text());
  }
  for (const Node& check : record.node.all("check")) {
    for (const Node& output : check.all("check-import")) add_line(text, output.text());
  }
  for (const Node& change : record.node.all("override")) {
    add_line(text,
             "overridden by " + change["@authority"].line(100) + ": " +
                 change["old-result"].line(32) + " became " + change["new-result"].line(32) + ", " +
                 change["remark"].line(500));
  }
  const std::string weight = record["@weight"].line(32);
  if (!weight.empty()) add_line(text, "weight: " + weight);
  return text;
}

void fill_rule(const XccdfRule& known, Finding& finding) {
  finding.title = cut_utf8(known.title, 500);
  finding.description = known.description;
  finding.fix.solution = known.solution;
  finding.vuln_ids = known.vuln_ids;
  finding.xrefs = known.xrefs;
  finding.refs = known.refs;
}

void fill_checks(const Record& record, Finding& finding) {
  for (const Node& ident : record.node.all("ident")) {
    add_xccdf_ident(ident, finding.vuln_ids, finding.xrefs);
  }
  for (const Node& check : record.node.all("check")) {
    for (const Node& content : check.all("check-content-ref")) {
      const std::string name = content["@name"].line();
      if (!name.empty()) add_text(finding.xrefs, "check:" + name);
    }
  }
  for (const Node& instance : record.node.all("instance")) {
    if (finding.location.path.empty()) finding.location.path = instance.line();
  }
}

// Benchmarks made of a vendor's advisories have a CVE for every rule; no configuration rule has
// one. Such a rule that fails is a vulnerability, to be counted as one; the others prove its
// absence.
void tell_vulnerabilities(Finding& finding) {
  finding.kind = Kind::compliance;
  std::vector<std::string> cves;
  for (const std::string& id : finding.vuln_ids) add_ids_in(cves, id);
  if (cves.empty()) return;
  finding.kind = Kind::vulnerability;
  if (finding.check_result == CheckResult::failed) finding.check_result = CheckResult::none;
}

class XccdfReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    switch (record.kind) {
      case rule_result: ++results_; return 1;
      case rule: rules_.add(record.context[benchmark_id].line(), record.node); return 0;
      case benchmark_title:
        rules_.add_title(record.context[benchmark_id].line(), record.node);
        return 0;
      default:
        ++tests_;
        if (results_ == 0) {
          problems_.push_back("a test result of " + host_of(record.context).name +
                              " holds no results of rules");
        }
        was_test_ = results_ > 0;
        results_ = 0;
        return 0;
    }
  }

  ScannedHost host(const Record& record) override {
    const bool shows = record.kind == rule_result || (record.kind == test_end && was_test_);
    return shows ? host_of(record.context) : ScannedHost{};
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    const std::string bench = benchmark_of(record.context);
    const std::string id = record["@idref"].line();
    const XccdfRule* const known = rules_.find(bench, id);
    if (known != nullptr) fill_rule(*known, finding);
    const std::string scanner = scanner_of(record.context);
    if (!scanner.empty()) finding.source = scanner;
    finding.source_version = fact_of(record.context, "scanner:version").line(64);
    if (finding.source_version.empty()) finding.source_version = part_of_cpe(record.context, 4);
    finding.native_id = id;
    if (finding.title.empty()) finding.title = id;
    finding.location.check = finding.title;
    finding.location.check_id = id;
    finding.location.benchmark = bench;
    finding.check_list = rules_.title(bench);
    if (finding.check_list.empty()) finding.check_list = bench;
    const Node result = record["result"];
    finding.check_result = check_result_of(result);
    if (!result.is("pass") && !result.is("fail")) finding.source_status = result.line(32);
    rate(record, known, finding);
    fill_checks(record, finding);
    tell_vulnerabilities(finding);
    finding.evidence = evidence_of(record);
  }

  ScannedHost end_document(const Context&, ScanFacts& said) override {
    if (tests_ == 0) said.problems.emplace_back("the document holds no test results");
    for (std::string& text : problems_) said.problems.push_back(std::move(text));
    problems_.clear();
    rules_.clear();
    tests_ = 0;
    return {};
  }

 private:
  XccdfRules rules_;
  std::size_t results_ = 0;  ///< of the test that is being read
  std::size_t tests_ = 0;
  bool was_test_ = false;  ///< whether the test that has just ended tested anything
  std::vector<std::string> problems_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<XccdfReader>(); }

// ---- a benchmark with its results, or these alone

constexpr std::array<std::string_view, 4> marks{"/Benchmark/@id /Benchmark/status",
                                                "/Benchmark/TestResult",
                                                "/TestResult/rule-result",
                                                "/TestResult/benchmark"};
constexpr std::array<RecordPath, 7> records{{{rule, "/Benchmark/Rule"},
                                             {rule, "/Benchmark/Group+/Rule"},
                                             {benchmark_title, "/Benchmark/title"},
                                             {rule_result, "/Benchmark/TestResult/rule-result"},
                                             {test_end, "/Benchmark/TestResult", When::closed},
                                             {rule_result, "/TestResult/rule-result"},
                                             {test_end, "/TestResult", When::closed}}};
constexpr std::array<ContextPath, 17> contexts{{{benchmark_id, "/Benchmark/@id"},
                                                {benchmark, "/Benchmark/TestResult/benchmark"},
                                                {end_time, "/Benchmark/TestResult/@end-time"},
                                                {start_time, "/Benchmark/TestResult/@start-time"},
                                                {test_system, "/Benchmark/TestResult/@test-system"},
                                                {identity, "/Benchmark/TestResult/identity"},
                                                {target, "/Benchmark/TestResult/target"},
                                                {address, "/Benchmark/TestResult/target-address"},
                                                {facts, "/Benchmark/TestResult/target-facts"},
                                                {benchmark, "/TestResult/benchmark"},
                                                {end_time, "/TestResult/@end-time"},
                                                {start_time, "/TestResult/@start-time"},
                                                {test_system, "/TestResult/@test-system"},
                                                {identity, "/TestResult/identity"},
                                                {target, "/TestResult/target"},
                                                {address, "/TestResult/target-address"},
                                                {facts, "/TestResult/target-facts"}}};

// ---- asset reports: the benchmark in the request, its results in the report

constexpr std::array<std::string_view, 1> arf_marks{"/asset-report-collection"};
constexpr std::array<RecordPath, 8> arf_records{
    {{rule,
      "/asset-report-collection/report-requests/report-request/content/data-stream-collection/"
      "component/Benchmark/Rule"},
     {rule,
      "/asset-report-collection/report-requests/report-request/content/data-stream-collection/"
      "component/Benchmark/Group+/Rule"},
     {benchmark_title,
      "/asset-report-collection/report-requests/report-request/content/data-stream-collection/"
      "component/Benchmark/title"},
     {rule, "/asset-report-collection/report-requests/report-request/content/Benchmark/Rule"},
     {rule,
      "/asset-report-collection/report-requests/report-request/content/Benchmark/Group+/Rule"},
     {benchmark_title,
      "/asset-report-collection/report-requests/report-request/content/Benchmark/title"},
     {rule_result, "/asset-report-collection/reports/report/content/TestResult/rule-result"},
     {test_end, "/asset-report-collection/reports/report/content/TestResult", When::closed}}};
constexpr std::array<ContextPath, 10> arf_contexts{
    {{benchmark_id,
      "/asset-report-collection/report-requests/report-request/content/data-stream-collection/"
      "component/Benchmark/@id"},
     {benchmark_id,
      "/asset-report-collection/report-requests/report-request/content/Benchmark/@id"},
     {benchmark, "/asset-report-collection/reports/report/content/TestResult/benchmark"},
     {end_time, "/asset-report-collection/reports/report/content/TestResult/@end-time"},
     {start_time, "/asset-report-collection/reports/report/content/TestResult/@start-time"},
     {test_system, "/asset-report-collection/reports/report/content/TestResult/@test-system"},
     {identity, "/asset-report-collection/reports/report/content/TestResult/identity"},
     {target, "/asset-report-collection/reports/report/content/TestResult/target"},
     {address, "/asset-report-collection/reports/report/content/TestResult/target-address"},
     {facts, "/asset-report-collection/reports/report/content/TestResult/target-facts"}}};

}  // namespace

const RecordFormat xccdf{
    "xccdf", "XCCDF", "xccdf", marks, walk_xml, records, contexts, make_reader};
const RecordFormat xccdf_arf{
    "xccdf-arf", "XCCDF", "xccdf", arf_marks, walk_xml, arf_records, arf_contexts, make_reader};

}  // namespace patchbot
