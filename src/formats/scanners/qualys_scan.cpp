// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/qualys_scan.hpp"

#include <array>

#include "base/text.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/qualys_xml.hpp"

namespace patchbot {
namespace {

enum RecordKind : std::uint16_t { vuln, practice, info, service, host_end, scan_end, error };
enum ContextId : std::uint16_t { header, ip, name, ip_status, netbios, port, protocol };

class ScanReader : public QualysXmlReader {
 public:
  std::size_t findings_in(const Record& record) override {
    if (record.kind == error) take_error(record.node);
    if (record.kind == scan_end) take_header(record.context);
    return is_one_of_many(record.kind) ? 1 : 0;
  }

  ScannedHost host(const Record& record) override {
    ScannedHost host;
    const Context& context = record.context;
    if (!context.has(ip) || context[ip_status].is("down")) return host;
    host.name = context[ip].line();
    host.address = host.name;
    const std::string own_name = qualys_word(context[name]);
    if (!starts_with_nocase(own_name, "No registered")) add_text(host.aliases, own_name);
    add_text(host.aliases, qualys_word(context[netbios]));
    host.seen_at = time_of(key(context, "DATE"));
    if (record.kind != host_end) return host;
    host.authenticated = login_;
    begin_host();
    return host;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    finding.native_id = record["@number"].line();
    fill_qualys_texts(record.node, finding);
    for (const std::string& cves = record["@cveid"].line();
         std::string_view cve : split(cves, ',')) {
      add_text(finding.vuln_ids, std::string(trim(cve)));
    }
    rate_qualys(record["@severity"], certainty_of(record.kind), finding);
    set_qualys_place(finding, record.context[port], record.context[protocol]);
    finding.location.path = qualys_word(record["INSTANCE"]);
    add_qualys_cvss(finding, record["CVSS_BASE"], record["CVSS_TEMPORAL"], "2");
    add_qualys_cvss(finding, record["CVSS3_BASE"], record["CVSS3_TEMPORAL"], "3");
    finding.evidence = record["RESULT"].text();
    note_login(finding.title);
  }

 private:
  static bool is_one_of_many(std::uint16_t kind) {
    return kind == vuln || kind == practice || kind == info || kind == service;
  }

  static QualysCertainty certainty_of(std::uint16_t kind) {
    if (kind == vuln) return QualysCertainty::confirmed;
    return kind == practice ? QualysCertainty::potential : QualysCertainty::information;
  }

  static Node key(const Context& context, std::string_view wanted) {
    for (const Node& key : context[header].all("KEY")) {
      if (key["@value"].is(wanted)) return key;
    }
    return {};
  }

  void take_header(const Context& context) {
    const std::string status = key(context, "STATUS").line(64);
    if (!status.empty() && !equals_nocase(status, "FINISHED")) {
      problems_.push_back("the scan is not finished: " + status);
    }
    const std::string targets = key(context, "TARGET").line();
    for (std::string_view target : split(targets, ',')) {
      if (!trim(target).empty()) targets_.emplace_back(trim(target));
    }
  }
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<ScanReader>(); }

constexpr std::array<std::string_view, 2> marks{"/SCAN/HEADER /SCAN/@value", "/SCAN/IP/@value"};
constexpr std::array<RecordPath, 7> records{{{vuln, "/SCAN/IP/VULNS/CAT/VULN"},
                                             {practice, "/SCAN/IP/PRACTICES/CAT/PRACTICE"},
                                             {info, "/SCAN/IP/INFOS/CAT/INFO"},
                                             {service, "/SCAN/IP/SERVICES/CAT/SERVICE"},
                                             {host_end, "/SCAN/IP", RecordPath::When::closed},
                                             {scan_end, "/SCAN", RecordPath::When::closed},
                                             {error, "/SCAN/ERROR"}}};
constexpr std::array<ContextPath, 13> contexts{{{header, "/SCAN/HEADER"},
                                                {ip, "/SCAN/IP/@value"},
                                                {name, "/SCAN/IP/@name"},
                                                {ip_status, "/SCAN/IP/@status"},
                                                {netbios, "/SCAN/IP/NETBIOS_HOSTNAME"},
                                                {port, "/SCAN/IP/VULNS/CAT/@port"},
                                                {protocol, "/SCAN/IP/VULNS/CAT/@protocol"},
                                                {port, "/SCAN/IP/PRACTICES/CAT/@port"},
                                                {protocol, "/SCAN/IP/PRACTICES/CAT/@protocol"},
                                                {port, "/SCAN/IP/INFOS/CAT/@port"},
                                                {protocol, "/SCAN/IP/INFOS/CAT/@protocol"},
                                                {port, "/SCAN/IP/SERVICES/CAT/@port"},
                                                {protocol, "/SCAN/IP/SERVICES/CAT/@protocol"}}};

}  // namespace

const RecordFormat qualys_scan{
    "qualys-scan", "Qualys", "qualys", marks, walk_xml, records, contexts, make_reader};

}  // namespace patchbot
