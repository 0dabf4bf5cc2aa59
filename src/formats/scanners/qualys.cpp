// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/qualys.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/address.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/qualys_xml.hpp"

namespace patchbot {
namespace {

using Place = ContextPath::Place;

enum RecordKind : std::uint16_t { detection, host_end, no_vulns, no_results, error };
enum ContextId : std::uint16_t { glossary, ip, tracking, dns, netbios, ec2_instance, ec2_info };

// "10.0.0.1" or "10.0.0.1-10.0.0.9"
std::string range_of(const Node& range) {
  const std::string start = range["START"].line(64);
  const std::string end = range["END"].line(64);
  return end.empty() || end == start ? start : start + "-" + end;
}

void step_on(Address& address) {
  for (auto byte = address.bytes.rbegin(); byte != address.bytes.rend() && ++*byte == 0;) ++byte;
}

std::vector<ScannedHost> hosts_in(const std::string& text) {
  constexpr std::size_t max_hosts = 65536;
  std::vector<ScannedHost> hosts;
  const auto single = parse_address(text);
  const auto range = single ? std::pair(*single, *single)
                            : parse_range(text).value_or(std::pair(Address{}, Address{}));
  if (range.second == Address{}) return hosts;
  for (Address at = range.first; at <= range.second && hosts.size() < max_hosts; step_on(at)) {
    ScannedHost& host = hosts.emplace_back();
    host.name = host.address = to_text(at);
  }
  return hosts;
}

class AssetReader : public QualysXmlReader {
 public:
  std::size_t findings_in(const Record& record) override {
    switch (record.kind) {
      case detection: return 1;
      case error: take_error(record.node); break;
      case no_results: targets_.push_back(range_of(record.node)); break;
      case no_vulns: clean_ = hosts_in(range_of(record.node)); break;
      default: break;
    }
    return 0;
  }

  std::vector<ScannedHost> clean_hosts() override { return std::exchange(clean_, {}); }

  // Each finding has a date of its own: the machine's is known, and said, at its end.
  ScannedHost host(const Record& record) override {
    ScannedHost host;
    if (record.kind != detection && record.kind != host_end) return host;
    const Context& context = record.context;
    host.name = context[ip].line();
    host.address = host.name;
    add_text(host.aliases, qualys_word(context[dns]));
    add_text(host.aliases, qualys_word(context[netbios]));
    host.instance = qualys_word(context[ec2_instance]);
    host.account = qualys_word(context[ec2_info]["ACCOUNT_ID"]);
    host.region = qualys_word(context[ec2_info]["REGION"]);
    if (context[tracking].is("QAGENT") || context[tracking].is("AGENT")) host.authenticated = true;
    if (record.kind != host_end) return host;
    if (login_ && !host.authenticated) host.authenticated = login_;
    host.seen_at = latest_;
    begin_host();
    return host;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    finding.native_id = record["QID"].line();
    const Node details = details_of(record.context, finding.native_id);
    fill_qualys_texts(details, finding);
    finding.source_status = record["VULN_STATUS"].line(64);
    finding.status = qualys_status(finding.source_status);
    rate_qualys(details["SEVERITY"], qualys_certainty(record["TYPE"].line(64)), finding);
    set_qualys_place(finding, record["PORT"], record["PROTOCOL"]);
    finding.location.service = qualys_word(record["SERVICE"]);
    finding.location.path = qualys_word(record["INSTANCE"]);
    fill_scores(details, finding);
    finding.evidence = record["RESULT"].text();
    add_evidence(finding, "QDS", qualys_word(record["QDS"]));
    fill_dates(record, finding);
    note_login(finding.title);
  }

 private:
  static void fill_scores(const Node& details, Finding& finding) {
    const Node v2 = details["CVSS_SCORE"];
    const Node v3 = details["CVSS3_SCORE"];
    const std::string version = v3["CVSS3_VERSION"].line(16);
    add_qualys_cvss(finding, v2["CVSS_BASE"], v2["CVSS_TEMPORAL"], "2");
    add_qualys_cvss(
        finding, v3["CVSS3_BASE"], v3["CVSS3_TEMPORAL"], version.empty() ? "3" : version);
  }

  void fill_dates(const Record& record, Finding& finding) {
    finding.first_seen = qualys_time(record["FIRST_FOUND"]);
    finding.last_seen = qualys_time(record["LAST_FOUND"]);
    const auto fixed = qualys_time(record["LAST_FIXED"]);
    finding.seen_at = std::max(finding.last_seen, fixed);
    note_time(finding.last_seen);
    note_time(fixed);
  }

  Node details_of(const Context& context, const std::string& qid) {
    if (generation_ != context.generation(glossary)) {
      generation_ = context.generation(glossary);
      index(context[glossary]["VULN_DETAILS_LIST"]);
    }
    const auto found = details_.find(qid);
    return found == details_.end() ? Node() : found->second;
  }

  void index(const Node& list) {
    details_.clear();
    for (const Node& details : list.all("VULN_DETAILS")) {
      details_.emplace(details["QID"].line(), details);
    }
  }

  std::unordered_map<std::string, Node> details_;
  std::uint64_t generation_ = 0;
  std::vector<ScannedHost> clean_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<AssetReader>(); }

constexpr std::array<std::string_view, 1> marks{"/ASSET_DATA_REPORT"};
constexpr std::array<RecordPath, 6> records{
    {{detection, "/ASSET_DATA_REPORT/HOST_LIST/HOST/VULN_INFO_LIST/VULN_INFO"},
     {host_end, "/ASSET_DATA_REPORT/HOST_LIST/HOST", RecordPath::When::closed},
     {no_vulns, "/ASSET_DATA_REPORT/APPENDICES/NO_VULNS/IP_LIST/RANGE"},
     {no_results, "/ASSET_DATA_REPORT/APPENDICES/NO_RESULTS/IP_LIST/RANGE"},
     {error, "/ASSET_DATA_REPORT/ERROR"},
     {error, "/ASSET_DATA_REPORT/HOST_LIST/HOST/ERROR"}}};
constexpr std::array<ContextPath, 7> contexts{
    {{glossary, "/ASSET_DATA_REPORT/GLOSSARY", Place::anywhere},
     {ip, "/ASSET_DATA_REPORT/HOST_LIST/HOST/IP"},
     {tracking, "/ASSET_DATA_REPORT/HOST_LIST/HOST/TRACKING_METHOD"},
     {dns, "/ASSET_DATA_REPORT/HOST_LIST/HOST/DNS"},
     {netbios, "/ASSET_DATA_REPORT/HOST_LIST/HOST/NETBIOS"},
     {ec2_instance, "/ASSET_DATA_REPORT/HOST_LIST/HOST/EC2_INSTANCE_ID"},
     {ec2_info, "/ASSET_DATA_REPORT/HOST_LIST/HOST/EC2_INFO"}}};

}  // namespace

const RecordFormat qualys{
    "qualys", "Qualys", "qualys", marks, walk_xml, records, contexts, make_reader};

}  // namespace patchbot
