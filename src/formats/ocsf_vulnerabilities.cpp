// SPDX-License-Identifier: Apache-2.0
#include "formats/ocsf_vulnerabilities.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/finding_text.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_line = 500;
constexpr std::size_t max_solution = 4000;

bool is_cve(std::string_view id) { return starts_with_nocase(id, "CVE-"); }

std::optional<bool> is_exploit_available(const Finding& f) {
  if (f.kev || f.exploit == "poc" || f.exploit == "functional" || f.exploit == "active") {
    return true;
  }
  return f.exploit == "none" ? std::optional(false) : std::nullopt;
}

// Name and version are required, so a package of unknown version is told in "unmapped" only.
void write_package(JsonWriter& json, const Finding& f) {
  const Location& place = f.location;
  if (place.package.empty() || place.installed.empty()) return;
  json.key("affected_packages").open_array().open_object();
  json.member("name", short_line(place.package, max_line))
      .member("version", short_line(place.installed, max_line))
      .member_if("package_manager", short_line(place.package_type, max_line))
      .member_if("purl", place.purl)
      .member_if("path", place.path)
      .member_if("fixed_in_version",
                 short_line(fmt::format("{}", fmt::join(f.fix.versions, ", ")), max_line));
  json.close_object().close_array();
}

// What each vulnerability of the finding shares.
void write_common(JsonWriter& json, const Finding& f) {
  json.member_if("title", short_line(f.title, max_line))
      .member("severity", to_text(f.severity))
      .member_if("vendor_name", f.source);
  write_package(json, f);
  if (f.fix.available) json.key("is_fix_available").boolean(*f.fix.available);
  const auto exploit = is_exploit_available(f);
  if (exploit) json.key("is_exploit_available").boolean(*exploit);
  if (f.first_seen) json.key("first_seen_time").integer(to_ocsf_time(*f.first_seen));
  if (f.last_seen) json.key("last_seen_time").integer(to_ocsf_time(*f.last_seen));
  if (!f.fix.solution.empty()) {
    json.key("remediation").open_object();
    json.member("desc", short_text(f.fix.solution, max_solution)).close_object();
  }
}

void write_cwes(JsonWriter& json, const Finding& f) {
  if (f.cwes.empty()) return;
  json.key("related_cwes").open_array();
  for (const std::string& cwe : f.cwes) {
    json.open_object().member("uid", short_line(cwe, max_line)).close_object();
  }
  json.close_array();
}

void write_cve(JsonWriter& json, const Finding& f, const std::string& id) {
  json.key("cve").open_object().member("uid", id);
  if (count_cves(f) == 1) {
    write_ocsf_cvss(json, f);
    write_ocsf_epss(json, f);
    write_cwes(json, f);
    if (f.published_at) json.key("created_time").integer(to_ocsf_time(*f.published_at));
  }
  json.close_object();
}

void write_other_ids(JsonWriter& json, const Finding& f) {
  std::vector<std::string> others;
  for (const std::string& id : f.vuln_ids) {
    if (!is_cve(id)) others.push_back(short_line(id, max_line));
  }
  json.texts_if("related_vulnerabilities", others);
}

// The schema wants exactly one of cve, cwe and advisory.
void write_advisory(JsonWriter& json, const Finding& f) {
  const std::string id = short_line(f.vuln_ids.empty() ? f.native_id : f.vuln_ids[0], max_line);
  json.key("advisory").open_object().member("uid", id.empty() ? "unknown" : id);
  json.member_if("title", short_line(f.title, max_line));
  write_cwes(json, f);
  json.close_object();
  if (f.vuln_ids.size() < 2) return;
  json.texts_if("related_vulnerabilities", {f.vuln_ids.begin() + 1, f.vuln_ids.end()});
}

}  // namespace

std::int64_t to_ocsf_time(Time time) {
  return std::int64_t{
      std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count()};
}

std::size_t count_cves(const Finding& f) {
  return static_cast<std::size_t>(std::count_if(f.vuln_ids.begin(), f.vuln_ids.end(), is_cve));
}

void write_ocsf_cvss(JsonWriter& json, const Finding& f) {
  if (std::none_of(f.cvss.begin(), f.cvss.end(), [](const Cvss& c) { return c.score; })) return;
  json.key("cvss").open_array();
  for (const Cvss& cvss : f.cvss) {
    if (!cvss.score) continue;
    json.open_object().member("version", cvss.version.empty() ? "unknown" : cvss.version);
    json.key("base_score").number(*cvss.score);
    if (cvss.temporal_score) json.key("overall_score").number(*cvss.temporal_score);
    json.member("depth", cvss.temporal_score ? "Temporal" : "Base");
    json.member_if("vector_string", cvss.vector).member_if("vendor_name", cvss.source);
    json.close_object();
  }
  json.close_array();
}

void write_ocsf_epss(JsonWriter& json, const Finding& f) {
  if (!f.epss) return;
  json.key("epss").open_object().member("score", fmt::format("{}", f.epss->score));
  if (f.epss->percentile) json.key("percentile").number(*f.epss->percentile);
  json.member_if("version", f.epss->model);
  if (f.epss->date) json.key("created_time").integer(to_ocsf_time(Time(*f.epss->date)));
  json.close_object();
}

void write_ocsf_vulnerabilities(JsonWriter& json, const Finding& f) {
  const std::size_t cves = count_cves(f);
  const auto references = web_addresses(f, cves > 1 ? 5 : 50);  // repeated for each CVE
  json.key("vulnerabilities").open_array();
  for (const std::string& id : f.vuln_ids) {
    if (!is_cve(id)) continue;
    json.open_object();
    write_cve(json, f, id);
    write_other_ids(json, f);
    write_common(json, f);
    json.texts_if("references", references).close_object();
  }
  if (cves == 0) {
    json.open_object();
    write_advisory(json, f);
    write_common(json, f);
    json.texts_if("references", references).close_object();
  }
  json.close_array();
}

}  // namespace patchbot
