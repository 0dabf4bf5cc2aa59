// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/openvas_csv.hpp"

#include <array>

#include "base/text.hpp"
#include "formats/records/fields.hpp"
#include "formats/records/latest.hpp"
#include "formats/records/openvas_fields.hpp"

namespace patchbot {
namespace {

enum RecordKind : std::uint16_t { row };

// "CVE-2026-1,CVE-2026-2"
std::vector<std::string> list_of(const Node& cell) {
  std::vector<std::string> list;
  const std::string text = cell.line();
  for (std::string_view part : split(text, ',')) add_text(list, std::string(trim(part)));
  return list;
}

void fill_references(const Record& record, Finding& finding) {
  for (const std::string& cve : list_of(record["cves"])) add_text(finding.vuln_ids, cve);
  for (const std::string& bid : list_of(record["bids"])) add_text(finding.xrefs, "BID:" + bid);
  for (const std::string& cert : list_of(record["certs"])) add_text(finding.xrefs, "CERT:" + cert);
  for (std::string reference : list_of(record["other references"])) {
    if (starts_with_nocase(reference, "URL:")) reference.erase(0, 4);
    const auto colon = reference.find(':');
    if (colon != std::string::npos &&
        is_kev_mark(reference.substr(0, colon), reference.substr(colon + 1))) {
      if (!finding.kev) finding.kev.emplace();
      continue;
    }
    const std::size_t known = finding.refs.size();
    add_ref(finding, reference);
    if (finding.refs.size() == known) add_text(finding.xrefs, "REF:" + reference);
  }
}

void fill_texts(const Record& record, Finding& finding) {
  finding.title = record["nvt name"].line(500);
  if (finding.title.empty()) finding.title = finding.native_id;
  finding.synopsis = record["summary"].text();
  for (std::string_view column : {"vulnerability insight", "affected software/os", "impact"}) {
    const std::string text = record[column].text();
    if (!text.empty()) finding.description += (finding.description.empty() ? "" : "\n\n") + text;
  }
  set_openvas_solution(finding, record["solution type"].line(64), record["solution"].text());
  set_openvas_result(finding, record["specific result"].text(), record["qod"].line(16));
  add_evidence(finding, "product", record["product detection result"].line());
}

class OpenvasCsvReader : public RecordReader {
 public:
  ScannedHost host(const Record& record) override {
    ScannedHost host;
    host.name = record["ip"].line();
    host.address = host.name;
    add_text(host.aliases, record["hostname"].line());
    if (host.name.empty()) host.name = record["hostname"].line();
    host.seen_at = latest_.of(host.name, time_of(record["timestamp"]));
    return host;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    set_openvas_id(finding, record["nvt oid"].line());
    const auto port = parse_integer(record["port"].line(16));
    if (port && *port > 0 && *port <= 65535) finding.location.port = static_cast<int>(*port);
    finding.location.protocol = to_lower(record["port protocol"].line(16));
    fill_texts(record, finding);
    fill_references(record, finding);
    for (std::string_view which : {"max epss", "max severity epss"}) {
      const std::string name(which);
      add_epss(finding, record[name + " score"], record[name + " percentile"]);
    }
    rate_openvas(finding, record["severity"].line(64), record["cvss"].number());
    finding.seen_at = time_of(record["timestamp"]);
  }

 private:
  Latest latest_;
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<OpenvasCsvReader>(); }

constexpr std::array<std::string_view, 1> marks{"/nvt_oid /ip /severity"};
constexpr std::array<RecordPath, 3> records{{{row, "/nvt oid"}, {row, "/ip"}, {row, "/severity"}}};

}  // namespace

const RecordFormat openvas_csv{
    "openvas-csv", "OpenVAS", "openvas", marks, walk_csv, records, {}, make_reader};

}  // namespace patchbot
