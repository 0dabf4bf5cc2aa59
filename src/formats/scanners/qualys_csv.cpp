// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/qualys_csv.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/latest.hpp"
#include "formats/records/qualys_fields.hpp"

namespace patchbot {
namespace {

enum RecordKind : std::uint16_t { row };

std::vector<std::string> list_of(const Node& cell) {
  std::vector<std::string> list;
  const std::string text = qualys_word(cell);
  for (std::string_view part : split(text, ',')) add_text(list, std::string(trim(part)));
  return list;
}

bool is_pci(const Record& record) { return static_cast<bool>(record["is_pci"]); }

std::optional<Time> date_of(const Record& record, std::initializer_list<std::string_view> columns) {
  return qualys_time(record.node.first_of(columns),
                     is_pci(record) ? SlashedDate::any : SlashedDate::month_first);
}

std::optional<Time> seen_of(const Record& record) {
  return date_of(record, {"last detected", "last scan"});
}

std::optional<Time> fixed_of(const Record& record) {
  return date_of(record, {"date last fixed", "last fixed"});
}

void fill_texts(const Record& record, Finding& finding) {
  finding.title = record.node.first_of({"title", "vuln title"}).line(500);
  if (finding.title.empty()) finding.title = "QID " + finding.native_id;
  for (std::string_view column : {"cve-description", "threat", "impact"}) {
    const std::string text = qualys_text(record[column], finding);
    if (!text.empty()) finding.description += (finding.description.empty() ? "" : "\n\n") + text;
  }
  finding.fix.solution = qualys_text(record["solution"], finding);
  if (const auto patchable = record["vuln patchable"].boolean()) finding.fix.available = patchable;
  finding.evidence = qualys_word(record.node.first_of({"results", "result"})).empty()
                         ? std::string()
                         : record.node.first_of({"results", "result"}).text();
  add_evidence(finding, "deep scan", qualys_word(record["deep scan result"]));
  add_evidence(finding, "QDS", qualys_word(record.node.first_of({"qds", "qvs score"})));
}

void fill_status(const Record& record, Finding& finding) {
  finding.source_status = qualys_word(record.node.first_of({"vuln status", "status"}));
  finding.status = qualys_status(finding.source_status);
  const std::string certainty = record.node.first_of({"type detected", "type"}).line(64);
  set_certainty(finding, qualys_certainty(certainty));
  for (std::string_view column : {"ignored", "disabled"}) {
    if (record[column].boolean().value_or(false)) add_status_word(finding, column);
  }
  const std::string claim = to_lower(qualys_word(record["false positive status"]));
  if (!claim.empty()) add_status_word(finding, "false positive " + claim);
}

// Real time threat indicators: "Remote Code Execution,Active Attacks,Public_Exploit".
void fill_threats(const Record& record, Finding& finding) {
  for (std::string word : list_of(record["rti"])) {
    word = to_lower(word);
    std::replace(word.begin(), word.end(), '_', ' ');
    const bool active = word.starts_with("active ") || word == "malware" || word == "ransomware";
    if (active) finding.exploit = "active";
    if (word.find("exploit") == std::string::npos || active) continue;
    if (word.starts_with("cisa known")) {
      finding.exploit = "active";
      finding.kev = Kev{};
    } else {
      note_exploit(finding, word);
    }
  }
}

void fill_exploits(const Record& record, Finding& finding) {
  const std::string exploits = record["exploitability"].text();
  if (!qualys_word(record["exploitability"]).empty()) {
    note_exploit(finding, exploits);
    add_exploit_links(finding, exploits);
  }
  if (!qualys_word(record["associated malware"]).empty()) finding.exploit = "active";
  fill_threats(record, finding);
}

void fill_references(const Record& record, Finding& finding) {
  for (const std::string& cve : list_of(record.node.first_of({"cve id", "cveid", "cve"}))) {
    add_text(finding.vuln_ids, cve);
  }
  for (const std::string& id : list_of(record["vendor reference"])) {
    add_text(finding.xrefs, "VENDOR:" + id);
  }
  for (const std::string& id : list_of(record.node.first_of({"bugtraq id", "bugtraqid"}))) {
    add_text(finding.xrefs, "BID:" + id);
  }
}

// PCI lists do not say which version of CVSS their score is.
void fill_scores(const Record& record, Finding& finding) {
  const Node& node = record.node;
  add_qualys_cvss(
      finding, node.first_of({"cvss base", "cvssv2 base (nvd)"}), node["cvss temporal"], "2");
  add_qualys_cvss(finding, node["cvss3 base"], node["cvss3 temporal"], "3");
  add_qualys_cvss(finding,
                  node.first_of({"cvss3.1 base", "cvssv3.1 base (nvd)"}),
                  node["cvss3.1 temporal"],
                  "3.1");
  add_evidence(finding, "CVSS", qualys_word(node["cvss_base"]));
}

class QualysCsvReader : public RecordReader {
 public:
  // Hosts without findings have rows too, and so may hosts that did not answer.
  std::size_t findings_in(const Record& record) override {
    return qualys_word(record["qid"]).empty() ? 0 : 1;
  }

  // Rows of one machine need not stand together, and each has a date of its own.
  ScannedHost host(const Record& record) override {
    ScannedHost host;
    const Node status = record["ip status"];
    const bool scanned =
        findings_in(record) > 0 || starts_with_nocase(status.raw(), "host scanned");
    if (!scanned) return host;
    name_host(record, host);
    host.seen_at = latest_.of(host.name, std::max(seen_of(record), fixed_of(record)));
    host.authenticated = login_of(record, host.name);
    return host;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    finding.native_id = record["qid"].line();
    fill_texts(record, finding);
    const Node severity = record.node.first_of({"severity", "kb severity", "q_severity"});
    finding.severity = qualys_severity(severity);
    finding.severity_source = "severity";
    fill_status(record, finding);
    set_qualys_place(finding, record["port"], record["protocol"]);
    finding.location.path = qualys_word(record["instance"]);
    fill_references(record, finding);
    fill_scores(record, finding);
    fill_exploits(record, finding);
    fill_dates(record, finding);
  }

 private:
  // The address is the name: not every row has another, and the machine must be one.
  static void name_host(const Record& record, ScannedHost& host) {
    std::vector<std::string> addresses = list_of(record.node.first_of({"ip", "asset ipv4"}));
    for (std::string& other : list_of(record["asset ipv6"])) add_text(addresses, std::move(other));
    std::vector<std::string> names;
    for (std::string_view column : {"asset name", "dns", "hostname", "netbios"}) {
      add_text(names, qualys_word(record[column]));
    }
    if (!addresses.empty()) host.address = addresses.front();
    host.name = record["asset name"] && !names.empty() ? names.front() : host.address;
    if (host.name.empty() && !names.empty()) host.name = names.front();
    for (auto* list : {&names, &addresses}) {
      for (std::string& alias : *list) {
        if (alias != host.name && alias != host.address) add_text(host.aliases, std::move(alias));
      }
    }
    host.instance = qualys_word(record["ec2 instance id"]);
  }

  std::optional<bool> login_of(const Record& record, const std::string& name) {
    std::optional<bool>& login = logins_[name];
    const std::string detector = to_lower(record["detection source"].line(64));
    const bool agent = record["tracking method"].is("QAGENT") ||
                       record["tracking method"].is("AGENT") ||
                       detector.find("agent") != std::string::npos;
    const auto shown = qualys_login(record.node.first_of({"title", "vuln title"}).line(200));
    if (agent) login = true;
    if (shown) login = login.value_or(false) || *shown;
    return login;
  }

  static void fill_dates(const Record& record, Finding& finding) {
    finding.first_seen = date_of(record, {"first detected"});
    finding.last_seen = seen_of(record);
    const auto fixed = fixed_of(record);
    finding.seen_at = std::max(finding.last_seen, fixed);
    finding.published_at = date_of(record, {"published date"});
  }

  Latest latest_;
  std::unordered_map<std::string, std::optional<bool>> logins_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<QualysCsvReader>(); }

constexpr std::array<std::string_view, 2> marks{"/qid /severity /title",
                                                "/qid /severity /vuln_title"};
constexpr std::array<RecordPath, 2> records{{{row, "/qid"}, {row, "/severity"}}};

}  // namespace

const RecordFormat qualys_csv{
    "qualys-csv", "Qualys", "qualys", marks, walk_csv, records, {}, make_reader};

}  // namespace patchbot
