// SPDX-License-Identifier: Apache-2.0
#include "formats/findings_csv.hpp"

#include <fmt/format.h>

#include "base/utf8.hpp"
#include "formats/finding_text.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_cell = 32000;  // spreadsheets hold 32767 characters

constexpr std::string_view header =
    "id,kind,severity,gate,gate_rule,source,source_version,native_id,title,vuln_ids,cwes,"
    "asset_id,asset_name,address,instance,account,region,team,service,environment,"
    "port,protocol,package,package_type,purl,installed,fixed_in,path,check,check_id,benchmark,"
    "check_result,cvss_version,cvss,cvss_vector,vpr,epss,epss_percentile,kev,kev_due,exploit,"
    "fix_available,solution,published_at,first_seen,last_seen,seen_at,status,source_status,"
    "waiver,waiver_owner,waiver_expires,refs,evidence\r\n";

// What makes a formula of a cell, also in its full-width forms, which some programs take for the
// plain ones. (A tab or line end cannot begin a cell here.)
bool begins_formula(std::string_view text) {
  for (const std::string_view mark : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(mark)) return true;
  }
  return false;
}

// Where the decimal mark is a comma, spreadsheets split at semicolons, quoted or not.
std::string without_formulas(const std::string& line) {
  std::string safe = begins_formula(line) ? "'" : "";
  for (std::size_t at = 0; at < line.size(); ++at) {
    safe += line[at];
    if (line[at] == ';' && begins_formula(std::string_view(line).substr(at + 1))) safe += '\'';
  }
  return safe;
}

class Row {
 public:
  explicit Row(std::string& out) : out_(out) {}

  Row& text(std::string_view value) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += to_csv_cell(value);
    return *this;
  }
  Row& texts(const std::vector<std::string>& values, std::string_view between) {
    return text(fmt::format("{}", fmt::join(values, between)));
  }
  Row& number(const std::optional<double>& value) {
    return text(value ? fmt::format("{}", *value) : "");
  }
  Row& time(const std::optional<Time>& value) { return text(value ? to_rfc3339(*value) : ""); }
  Row& date(const std::optional<Date>& value) { return text(value ? to_date_text(*value) : ""); }
  void end() { out_ += "\r\n"; }

 private:
  std::string& out_;
  bool first_ = true;
};

void add_identity(Row& row, const Finding& f) {
  row.text(f.id.hex()).text(to_text(f.kind)).text(to_text(f.severity));
  row.text(to_text(f.gate.level)).text(f.gate.rule);
  row.text(f.source).text(f.source_version).text(f.native_id).text(f.title);
  row.texts(f.vuln_ids, " ").texts(f.cwes, " ");
}

void add_place(Row& row, const Finding& f) {
  row.text(f.asset.id).text(f.asset.name).text(f.asset.address).text(f.asset.instance);
  row.text(f.asset.account).text(f.asset.region);
  row.text(f.team).text(f.service).text(f.environment);
  const Location& place = f.location;
  row.text(place.port ? std::to_string(*place.port) : "").text(place.protocol);
  row.text(place.package).text(place.package_type).text(place.purl).text(place.installed);
  row.texts(f.fix.versions, ", ").text(place.path);
  row.text(place.check).text(place.check_id).text(f.check_list).text(to_text(f.check_result));
}

void add_threat(Row& row, const Finding& f) {
  const Cvss* const cvss = leading_cvss(f);
  row.text(cvss ? cvss->version : "").number(cvss ? cvss->score : std::nullopt);
  row.text(cvss ? cvss->vector : "").number(f.vpr);
  row.number(f.epss ? std::optional(f.epss->score) : std::nullopt);
  row.number(f.epss ? f.epss->percentile : std::nullopt);
  row.text(f.kev ? "yes" : "").date(f.kev ? f.kev->due : std::nullopt).text(f.exploit);
}

void add_rest(Row& row, const Finding& f, Evidence evidence) {
  row.text(!f.fix.available ? "" : *f.fix.available ? "yes" : "no").text(f.fix.solution);
  row.time(f.published_at).time(f.first_seen).time(f.last_seen).time(f.seen_at);
  row.text(to_text(f.status)).text(f.source_status);
  row.text(f.waiver ? f.waiver->id : "").text(f.waiver ? f.waiver->owner : "");
  row.date(f.waiver ? std::optional(f.waiver->expires) : std::nullopt);
  row.texts(f.refs, " ").text(evidence == Evidence::keep ? f.evidence : "");
}

}  // namespace

std::string to_csv_cell(std::string_view text) {
  const std::string safe = without_formulas(short_line(text, max_cell));
  if (safe.find_first_of("\",;") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

void FindingsCsv::begin(std::string& out) { out += header; }

void FindingsCsv::add(std::string& out, const Finding& finding) {
  Row row(out);
  add_identity(row, finding);
  add_place(row, finding);
  add_threat(row, finding);
  add_rest(row, finding, evidence_);
  row.end();
}

void FindingsCsv::end(std::string&, const std::vector<std::string>&) {}

}  // namespace patchbot
