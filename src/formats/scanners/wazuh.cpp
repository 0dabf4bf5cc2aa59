// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/wazuh.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;

enum RecordKind : std::uint16_t { vulnerability, failed_item };
enum ContextId : std::uint16_t { total, error, message, timed_out, terminated_early, shards };

// "Package less than 4.3.2" names the first version without the weakness.
void fill_fix(const std::string& condition, Finding& finding) {
  constexpr std::string_view below = "package less than ";
  add_evidence(finding, "condition", condition);
  if (equals_nocase(condition, "package unfixed")) finding.fix.available = false;
  if (to_lower(condition).ends_with("patch is not installed.") ||
      to_lower(condition).ends_with("patch is not installed")) {
    finding.fix.available = true;
    finding.fix.solution = condition;
  }
  if (!starts_with_nocase(condition, below)) return;
  const std::string version = condition.substr(below.size());
  if (version.empty() || version.find(' ') != std::string::npos) return;
  add_text(finding.fix.versions, version);
  finding.fix.available = true;
}

void add_address(ScannedHost& host, const Node& addresses) {
  for (const Node item : addresses.items()) {
    const std::string address = item.line(64);
    // The manager's own agent, and one that registered without an address: no name for a machine.
    if (address == "any" || address == "::1" || address.starts_with("127.")) continue;
    if (host.address.empty()) {
      host.address = address;
    } else {
      add_text(host.aliases, address);
    }
  }
}

// A severity that Wazuh does not know may follow from the scores.
bool begin(Finding& finding, const Node& id, const Node& word) {
  finding.native_id = id.line();
  finding.severity = severity_of_word(word);
  return finding.severity != Severity::unknown;
}

void finish(Finding& finding, const Node& word) {
  finding.severity_source = "severity";
  rate_unknown(finding, word);
  if (finding.title.empty()) finding.title = finding.native_id + " in " + finding.location.package;
}

/// Whether a report holds all that there is. A search comes in pages, which may follow each other
/// in one file: as long as they speak of the same total, they count together.
class Completeness {
 public:
  void count(const Node& total) {
    ++found_;
    const Node number = total.is_object() ? total["value"] : total;
    total_ = number.number();
    total_text_ = number.line(20);
    at_least_ = total["relation"].is("gte");
  }

  void end_page(ScanFacts& facts) {
    if (found_ == 0) return;
    if (total_ != total_before_) {
      pages_ = 0;
      said_.clear();
    }
    pages_ += found_;
    total_before_ = total_;
    std::erase(facts.problems, said_);
    said_.clear();
    if (total_ && (static_cast<double>(pages_) < *total_ || at_least_)) {
      said_ = "holds " + std::to_string(pages_) + " of " + (at_least_ ? "more than " : "") +
              total_text_ + " vulnerabilities";
      facts.problems.push_back(said_);
    }
    found_ = 0;
  }

 private:
  std::uint64_t found_ = 0;
  std::uint64_t pages_ = 0;
  std::optional<double> total_;
  std::optional<double> total_before_;
  std::string total_text_;
  bool at_least_ = false;
  std::string said_;
};

// ---- the API, up to 4.7

class ApiReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    if (record.kind == failed_item) {
      ++failed_;
      why_ = record["error"]["message"].line(200);
      return 0;
    }
    completeness_.count(record.context[total]);
    return 1;
  }

  // The API is asked for one agent and does not repeat it; who collects answers may write it in.
  ScannedHost host(const Record& record) override {
    ScannedHost host;
    host.name = record.node.first_of({"agent_name", "agent_id"}).line(255);
    add_address(host, record["agent_ip"]);
    host.authenticated = true;
    return host;
  }

  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    return begin(finding, record["cve"], record["severity"]);
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    add_ids(finding.vuln_ids, record["cve"]);
    finding.location.package = record["name"].line();
    finding.location.installed = record["version"].line();
    finding.title = record["title"].line(500);
    add_score(record["cvss2_score"], "2.0", finding);
    add_score(record["cvss3_score"], "3", finding);
    add_refs(finding, record["external_references"]);
    finding.first_seen = time_of(record["detection_time"]);
    finding.published_at = time_of(record["published"]);
    finding.source_status = record["status"].line(64);
    fill_fix(record["condition"].line(500), finding);
    add_evidence(finding, "architecture", record["architecture"].line(64));
    add_evidence(finding, "updated", record["updated"].line(64));
    finish(finding, record["severity"]);
  }

  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    completeness_.end_page(facts);
    if (failed_ > 0) {
      facts.problems.push_back("Wazuh failed for " + std::to_string(failed_) + " agents: " + why_);
    } else if (context[error].number().value_or(0) > 0) {
      facts.problems.push_back("Wazuh reports an error: " + context[message].line(200));
    }
    failed_ = 0;
    return {};
  }

 private:
  // Zero stands for "not scored".
  static void add_score(const Node& score, std::string_view version, Finding& finding) {
    if (score.number().value_or(0) > 0) add_cvss(finding, {}, score, {}, version);
  }

  Completeness completeness_;
  std::uint64_t failed_ = 0;
  std::string why_;
};

std::unique_ptr<RecordReader> make_api_reader() { return std::make_unique<ApiReader>(); }

constexpr std::array<std::string_view, 4> api_marks{
    "/data/affected_items/*/cve /data/affected_items/*/condition",
    "/data/affected_items /message=All_selected_vulnerabilities_were_returned",
    "/data/affected_items /message=Some_vulnerabilities_were_not_returned",
    "/data/affected_items /message=No_vulnerabilities_were_returned"};
constexpr std::array<RecordPath, 2> api_records{
    {{vulnerability, "/data/affected_items/*"}, {failed_item, "/data/failed_items/*"}}};
constexpr std::array<ContextPath, 3> api_contexts{
    {{total, "/data/total_affected_items", Place::anywhere},
     {error, "/error"},
     {message, "/message"}}};

// ---- the indexer, from 4.8

// 5.0 moved the agent under "wazuh".
Node agent_of(const Node& document) {
  return document["agent"] ? document["agent"] : document["wazuh"]["agent"];
}

class IndexerReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    completeness_.count(record.context[total]);
    return 1;
  }

  ScannedHost host(const Record& record) override {
    const Node document = record["_source"];
    const Node agent = agent_of(document);
    ScannedHost host;
    host.name = agent.first_of({"name", "id"}).line(255);
    add_address(host, agent["host"]["ip"]);
    add_address(host, agent["ip"]);
    add_address(host, document["host"]["ip"]);
    add_text(host.aliases, agent["host"]["hostname"].line(255));
    add_text(host.aliases, document["host"]["hostname"].line(255));
    host.authenticated = true;
    return host;
  }

  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    const Node weakness = record["_source"]["vulnerability"];
    return begin(finding, weakness["id"], weakness["severity"]);
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    const Node document = record["_source"];
    const Node weakness = document["vulnerability"];
    fill_place(document, finding.location);
    fill_weakness(weakness, finding);
    fill_fix(weakness["scanner"]["condition"].line(500), finding);
    add_evidence(finding, "architecture", document["package"]["architecture"].line(64));
    add_evidence(finding, "system", document["host"]["os"]["full"].line(200));
    add_evidence(finding, "kernel", document["host"]["os"]["kernel"].line(200));
    add_evidence(finding, "source", weakness["scanner"]["source"].line(200));
    finding.source_version = agent_of(document)["version"].line(64);
    finish(finding, weakness["severity"]);
  }

  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    completeness_.end_page(facts);
    for (const auto& [flag, what] : {std::pair(timed_out, "the search timed out"),
                                     std::pair(terminated_early, "the search ended early")}) {
      if (context[flag].boolean() == true) facts.problems.emplace_back(what);
    }
    const Node failed = context[shards]["failed"];
    if (failed.number().value_or(0) > 0) {
      facts.problems.push_back(failed.line(20) + " of " + context[shards]["total"].line(20) +
                               " shards failed");
    }
    return {};
  }

 private:
  // Weaknesses of the system itself name no package.
  static void fill_place(const Node& document, Location& location) {
    const Node package = document["package"];
    const Node system = document["host"]["os"];
    const bool of_system = package["name"].raw().empty();
    location.package = (of_system ? system : package)["name"].line();
    location.installed = (of_system ? system : package)["version"].line();
    location.package_type = of_system ? "os" : package["type"].line();
    location.path = package["path"].line();
  }

  static void fill_weakness(const Node& weakness, Finding& finding) {
    add_ids(finding.vuln_ids, weakness["id"]);
    finding.description = weakness["description"].text();
    const Node score = weakness["score"];
    if (score["base"].number().value_or(0) > 0) {
      add_cvss(finding,
               {},
               score["base"],
               weakness["scanner"]["source"].line(),
               score["version"].line());
    }
    for (const Node reference : weakness["reference"].items()) add_pages(finding, reference.line());
    add_refs(finding, weakness["scanner"]["reference"]);
    finding.published_at = time_of(weakness["published_at"]);
    finding.first_seen = time_of(weakness["detected_at"]);
    if (weakness["under_evaluation"].boolean() == true) finding.source_status = "under evaluation";
  }

  static void add_pages(Finding& finding, const std::string& addresses) {
    for (std::string_view address : split(addresses, ',')) {
      add_ref(finding, std::string(trim(address)));
    }
  }

  Completeness completeness_;
};

std::unique_ptr<RecordReader> make_indexer_reader() { return std::make_unique<IndexerReader>(); }

constexpr std::array<std::string_view, 2> indexer_marks{
    "/hits/hits/*/_source/vulnerability/id /hits/hits/*/_source/agent",
    "/hits/hits/*/_source/vulnerability/id /hits/hits/*/_source/wazuh"};
constexpr std::array<RecordPath, 1> indexer_records{{{vulnerability, "/hits/hits/*"}}};
constexpr std::array<ContextPath, 4> indexer_contexts{{{total, "/hits/total", Place::anywhere},
                                                       {timed_out, "/timed_out"},
                                                       {terminated_early, "/terminated_early"},
                                                       {shards, "/_shards"}}};

}  // namespace

const RecordFormat wazuh{
    "wazuh", "Wazuh", "wazuh", api_marks, walk_json, api_records, api_contexts, make_api_reader};
const RecordFormat wazuh_indexer{"wazuh-indexer",
                                 "Wazuh",
                                 "wazuh",
                                 indexer_marks,
                                 walk_json,
                                 indexer_records,
                                 indexer_contexts,
                                 make_indexer_reader};

}  // namespace patchbot
