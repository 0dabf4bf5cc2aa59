// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_csv.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

struct Column {
  std::string_view header;  ///< in lower case
  std::string_view field;  ///< as the .nessus format calls it; host columns have names of their own
};

// Where several columns of one file mean the same field, the one that stands first here counts.
constexpr std::array<Column, 86> known_columns{{
    {"plugin id", "pluginID"},
    {"plugin", "pluginID"},
    {"definition.id", "pluginID"},
    {"plugin name", "pluginName"},
    {"name", "pluginName"},
    {"definition.name", "pluginName"},
    {"plugin family", "pluginFamily"},
    {"family", "pluginFamily"},
    {"definition.family", "pluginFamily"},
    {"severity", "severity"},
    {"risk", "severity"},
    {"risk factor", "risk_factor"},
    {"port", "port"},
    {"protocol", "protocol"},
    {"service", "svc_name"},
    {"host", "host"},
    {"asset.name", "host"},
    {"ip address", "address"},
    {"asset.display_ipv4_address", "address"},
    {"fqdn", "alias"},
    {"dns name", "alias"},
    {"netbios", "alias"},
    {"netbios name", "alias"},
    {"asset.display_fqdn", "alias"},
    {"asset.host_name", "alias"},
    {"cve", "cve"},
    {"definition.cve", "cve"},
    {"cvss v2.0 base score", "cvss_base_score"},
    {"cvss base score", "cvss_base_score"},
    {"cvss v2 base score", "cvss_base_score"},
    {"cvss", "cvss_base_score"},
    {"definition.cvss2.base_score", "cvss_base_score"},
    {"cvss vector", "cvss_vector"},
    {"cvss v2 vector", "cvss_vector"},
    {"definition.cvss2.base_vector", "cvss_vector"},
    {"cvss temporal score", "cvss_temporal_score"},
    {"cvss v2.0 temporal score", "cvss_temporal_score"},
    {"cvss temporal vector", "cvss_temporal_vector"},
    {"cvss v3.0 base score", "cvss3_base_score"},
    {"cvss3 base score", "cvss3_base_score"},
    {"cvss v3 base score", "cvss3_base_score"},
    {"cvssv3", "cvss3_base_score"},
    {"definition.cvss3.base_score", "cvss3_base_score"},
    {"cvss3 vector", "cvss3_vector"},
    {"cvss v3 vector", "cvss3_vector"},
    {"definition.cvss3.base_vector", "cvss3_vector"},
    {"cvss v3.0 temporal score", "cvss3_temporal_score"},
    {"cvss3 temporal score", "cvss3_temporal_score"},
    {"cvss3 temporal vector", "cvss3_temporal_vector"},
    {"cvss v4.0 base score", "cvss4_base_score"},
    {"definition.cvss4.base_score", "cvss4_base_score"},
    {"cvss v4.0 base+threat score", "cvss4_bt_score"},
    {"vulnerability priority rating (vpr)", "vulnerability_priority_rating"},
    {"vulnerability priority rating", "vulnerability_priority_rating"},
    {"vpr score", "vpr_score"},
    {"vpr", "vpr_score"},
    {"definition.vpr.score", "vpr_score"},
    {"epss score", "epss_score"},
    {"definition.epss.score", "epss_score"},
    {"stig severity", "stig_severity"},
    {"bid", "bid"},
    {"xref", "xref"},
    {"cross references", "xref"},
    {"mskb", "mskb"},
    {"synopsis", "synopsis"},
    {"definition.synopsis", "synopsis"},
    {"description", "description"},
    {"definition.description", "description"},
    {"solution", "solution"},
    {"steps to remediate", "solution"},
    {"definition.solution", "solution"},
    {"see also", "see_also"},
    {"definition.see_also", "see_also"},
    {"plugin output", "plugin_output"},
    {"plugin text", "plugin_output"},
    {"output", "plugin_output"},
    {"exploit?", "exploit_available"},
    {"exploit available", "exploit_available"},
    {"exploit ease", "exploitability_ease"},
    {"metasploit", "exploit_framework_metasploit"},
    {"core impact", "exploit_framework_core"},
    {"core exploits", "exploit_framework_core"},
    {"canvas", "exploit_framework_canvas"},
    {"d2 elliot", "exploit_framework_d2_elliot"},
    {"exploited by malware", "exploited_by_malware"},
    {"vuln publication date", "vuln_publication_date"},
}};

std::string header_key(std::string_view header) { return to_lower(clean_line(header)); }

// The rank of a header in the table; known_columns.size() if it is not there.
std::size_t rank_of(const std::string& header) {
  const auto* found = std::find_if(known_columns.begin(),
                                   known_columns.end(),
                                   [&](const Column& c) { return c.header == header; });
  return static_cast<std::size_t>(found - known_columns.begin());
}

// Several columns may carry names and references; every other field comes from one column.
bool may_repeat(std::string_view field) { return field == "alias" || field == "xref"; }

bool is_host_field(std::string_view field) {
  return field == "host" || field == "address" || field == "alias";
}

bool is_check_result(std::string_view word) {
  return equals_nocase(word, "PASSED") || equals_nocase(word, "FAILED") ||
         equals_nocase(word, "WARNING") || equals_nocase(word, "ERROR");
}

}  // namespace

bool is_nessus_csv_header(std::string_view first_line) {
  bool plugin = false;
  bool severity = false;
  for (std::string_view part :
       split(first_line, first_line.find(';') < first_line.find(',') ? ';' : ',')) {
    std::string key = header_key(part);
    std::erase(key, '"');
    const std::size_t rank = rank_of(key);
    if (rank == known_columns.size()) continue;
    plugin = plugin || known_columns[rank].field == "pluginID";
    severity = severity || known_columns[rank].field == "severity";
  }
  return plugin && severity;
}

NessusCsv::NessusCsv(ByteSource& source, const ReportOptions& options, std::size_t chunk)
    : options_(options), buffer_(source, chunk), scanner_(buffer_) {
  item_.encoding = NessusItem::Encoding::plain;
}

void NessusCsv::read_header() {
  CsvRow header;
  if (!scanner_.next(header)) throw Error(Blame::input, "the file is empty");
  std::vector<std::size_t> ranks;
  for (const std::string& cell : header) ranks.push_back(rank_of(header_key(cell)));
  for (std::size_t rank : ranks) {
    const bool known = rank < known_columns.size();
    const std::string_view field = known ? known_columns[rank].field : std::string_view();
    const bool outranked = std::any_of(ranks.begin(), ranks.end(), [&](std::size_t other) {
      return other < rank && known && known_columns[other].field == field && !may_repeat(field);
    });
    columns_.push_back(outranked ? std::string_view() : field);
  }
  const auto has = [this](std::string_view field) {
    return std::find(columns_.begin(), columns_.end(), field) != columns_.end();
  };
  if (!has("host") && !has("address") && !has("alias")) {
    throw Error(Blame::input,
                "no column names the host, as in a summary export; export the vulnerability list",
                scanner_.row_position());
  }
}

std::string_view NessusCsv::cell(const CsvRow& row, std::string_view field) const {
  for (std::size_t i = 0; i < row.size() && i < columns_.size(); ++i) {
    if (columns_[i] == field) return row[i];
  }
  return {};
}

// The same record with another CVE.
bool NessusCsv::continues(const CsvRow& row) const {
  if (row.size() != row_.size()) return false;
  const std::string_view cve = cell(row, "cve");
  if (cve.empty() || cve == cell(row_, "cve")) return false;
  if (std::find(more_cves_.begin(), more_cves_.end(), cve) != more_cves_.end()) return false;
  for (std::size_t i = 0; i < row.size() && i < columns_.size(); ++i) {
    if (columns_[i] != "cve" && !columns_[i].empty() && row[i] != row_[i]) return false;
  }
  return true;
}

Report::Event NessusCsv::next() {
  if (columns_.empty()) read_header();
  if (row_is_new_) {
    row_is_new_ = false;
    return Event::finding;
  }
  if (ahead_failed_) std::rethrow_exception(std::exchange(ahead_failed_, nullptr));
  if (has_ahead_) {
    std::swap(row_, ahead_);
    has_ahead_ = false;
  } else if (!scanner_.next(row_)) {
    check_last_row();
    return Event::end;
  }
  more_cves_.clear();
  try {
    while ((has_ahead_ = scanner_.next(ahead_)) && continues(ahead_)) {
      more_cves_.emplace_back(cell(ahead_, "cve"));
    }
  } catch (const Error&) {  // comes after this row, which is whole
    has_ahead_ = false;
    ahead_failed_ = std::current_exception();
  }
  check_width();
  begin_item();
  const bool announced = next_host();
  row_is_new_ = announced;
  return announced ? Event::host : Event::finding;
}

void NessusCsv::begin_item() {
  item_.fields.clear();
  item_.port = cell(row_, "port");
  item_.service = cell(row_, "svc_name");
  item_.protocol = cell(row_, "protocol");
  item_.severity = cell(row_, "severity");
  item_.plugin_id = cell(row_, "pluginID");
  item_.plugin_name = cell(row_, "pluginName");
  item_.plugin_family = cell(row_, "pluginFamily");
  for (std::size_t i = 0; i < row_.size() && i < columns_.size(); ++i) {
    if (columns_[i].empty() || is_host_field(columns_[i]) || row_[i].empty()) continue;
    item_.fields.push_back({columns_[i], row_[i]});
  }
  for (const std::string& cve : more_cves_) item_.fields.push_back({"cve", cve});
  if (is_check_result(item_.severity)) {
    item_.fields.push_back({"cm:compliance-result", item_.severity});
  }
}

// Takes over the row's host; true if that is news.
bool NessusCsv::next_host() {
  ScannedHost host;
  host.name = clean_line(cell(row_, "host"));
  host.address = clean_line(cell(row_, "address"));
  for (std::size_t i = 0; i < row_.size() && i < columns_.size(); ++i) {
    if (columns_[i] == "alias" && !row_[i].empty()) host.aliases.push_back(clean_line(row_[i]));
  }
  if (host.name.empty()) host.name = host.address;
  if (host.name.empty() && !host.aliases.empty()) host.name = host.aliases.front();
  const bool same = has_host_ && host.name == host_.name && host.address == host_.address;
  has_host_ = true;
  if (!same) host_ = std::move(host);
  bool news = !same;
  if (item_.plugin_id == scan_information_plugin) {
    if (const auto said = credentialed_checks(cell(row_, "plugin_output"))) {
      host_.authenticated = *said;
      news = true;
    }
  }
  return news;
}

// Cells that are missing or too many mean that others may stand in the wrong column.
void NessusCsv::check_width() {
  if (row_.size() == columns_.size() || width_reported_) return;
  width_reported_ = true;
  facts_.problems.push_back("a row has " + std::to_string(row_.size()) + " cells and the header " +
                            std::to_string(columns_.size()) + ": plugin " +
                            clean_line(cut_utf8(cell(row_, "pluginID"), 60)));
}

// CSV has no end mark; a last row that is shorter than the header and has no line end was cut.
void NessusCsv::check_last_row() {
  if (!scanner_.ends_with_line_end() && row_.size() < columns_.size()) {
    facts_.problems.emplace_back("the last row is cut off: the export is truncated");
  }
}

void NessusCsv::fill(Finding& finding) const {
  fill_finding(finding, item_, options_.severity_source);
  finding.asset.name = host_.name;
  finding.asset.address = host_.address;
}

}  // namespace patchbot
