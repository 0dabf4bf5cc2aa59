// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_field_table.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_id = 64;  // of a CVE; longer ones are none, and must not swell a report

using Put = void (*)(Finding&, std::string&&);

void add_urls(std::vector<std::string>& list, const std::string& value) {
  for (std::string_view line : split(value, '\n')) {
    std::string text = clean_line(line);
    const bool web = starts_with_nocase(text, "http://") || starts_with_nocase(text, "https://");
    if (web && text.find(' ') == std::string::npos) list.push_back(std::move(text));
  }
}

void add_lines(std::vector<std::string>& list, const std::string& value) {
  for (std::string_view line : split(value, '\n')) {
    std::string text = clean_line(line);
    if (!text.empty()) list.push_back(std::move(text));
  }
}

Cvss& cvss(Finding& finding, std::string_view version) {
  const auto same = [version](const Cvss& known) {
    return known.version.front() == version.front();
  };
  const auto found = std::find_if(finding.cvss.begin(), finding.cvss.end(), same);
  if (found != finding.cvss.end()) return *found;
  Cvss& added = finding.cvss.emplace_back();
  added.version = version;
  return added;
}

// "CVSS2#AV:N/...", "CVSS:3.1/AV:N/..." or bare; a bare v3 vector is one of 3.0, the only version
// of the exports that write it so.
void put_vector(Cvss& entry, const std::string& value) {
  entry.vector = clean_line(value);
  if (entry.vector.starts_with("CVSS2#")) entry.vector.erase(0, 6);
  if (entry.vector.starts_with("CVSS:") && entry.vector.size() > 8) {
    entry.version = entry.vector.substr(5, 3);
  }
}

template <int version>
Cvss& entry_of(Finding& f) {
  return cvss(f, version == 2 ? "2.0" : version == 3 ? "3.0" : "4.0");
}

template <int version>
void put_score(Finding& f, const std::string& v) {
  if (const auto score = parse_number(v)) entry_of<version>(f).score = *score;
}

template <int version>
void put_base_vector(Finding& f, const std::string& v) {
  put_vector(entry_of<version>(f), v);
}

template <int version>
void put_temporal_score(Finding& f, const std::string& v) {
  if (const auto score = parse_number(v)) entry_of<version>(f).temporal_score = *score;
}

template <int version>
void put_temporal_vector(Finding& f, const std::string& v) {
  std::string text = clean_line(v);
  if (text.starts_with("CVSS2#")) text.erase(0, 6);
  entry_of<version>(f).temporal_vector = std::move(text);
}

void put_cwe(Finding& f, const std::string& v) {
  const std::string number = clean_line(v);
  if (number.empty()) return;
  std::string id = starts_with_nocase(number, "CWE") ? number : "CWE-" + number;
  if (std::find(f.cwes.begin(), f.cwes.end(), id) == f.cwes.end()) f.cwes.push_back(std::move(id));
}

void put_kev(Finding& f, const std::string& v) {
  if (!f.kev) f.kev.emplace();
  if (const auto due = parse_scanner_date(v)) f.kev->due = due;
}

// Security Center writes all CVEs of a record into one cell.
void put_cve(Finding& f, const std::string& v) {
  for (std::string_view part : split(v, ',')) {
    std::string id(cut_utf8(clean_line(part), max_id));
    if (!id.empty()) f.vuln_ids.push_back(std::move(id));
  }
}

void put_xref_cve(Finding& f, std::string_view value) {
  std::string id(value);
  if (!starts_with_nocase(id, "CVE-")) id.insert(0, "CVE-");
  if (std::find(f.vuln_ids.begin(), f.vuln_ids.end(), id) == f.vuln_ids.end()) {
    f.vuln_ids.push_back(std::move(id));
  }
}

// TYPE:VALUE; some types mean more than a number in a list.
void put_xref(Finding& f, const std::string& v) {
  std::string text = clean_line(v);
  const auto colon = text.find(':');
  if (colon != std::string::npos) {
    const std::string_view type = std::string_view(text).substr(0, colon);
    const std::string_view value = trim(std::string_view(text).substr(colon + 1));
    if (equals_nocase(type, "CISA-KNOWN-EXPLOITED")) put_kev(f, std::string(value));
    if (equals_nocase(type, "CWE")) put_cwe(f, std::string(value));
    if (equals_nocase(type, "CVE")) put_xref_cve(f, value);
  }
  if (!text.empty()) f.xrefs.push_back(std::move(text));
}

void put_xref_of(Finding& f, const char* type, const std::string& v) {
  std::vector<std::string> values;
  add_lines(values, v);
  for (const std::string& value : values) f.xrefs.push_back(std::string(type) + ":" + value);
}

// EPSS is a fraction. Some CSV exports drop the leading "0." ("9443"), others write percent
// ("94.43").
void put_epss(Finding& f, const std::string& v) {
  const std::string text = clean_line(v);
  auto score = parse_number(text);
  if (!score || *score < 0) return;
  if (*score > 1) {
    const bool has_point = text.find('.') != std::string::npos;
    score = has_point ? *score / 100 : parse_number("0." + text);
  }
  if (score && *score <= 1) f.epss = Epss{*score};
}

void put_vpr(Finding& f, const std::string& v) {
  if (const auto score = parse_number(v)) f.vpr = *score;
}

bool is_true(const std::string& v) {
  const std::string_view word = trim(v);
  return equals_nocase(word, "true") || equals_nocase(word, "yes");
}

void raise_exploit(Finding& f, std::string_view word) {
  constexpr std::string_view order = "none poc functional active";
  if (f.exploit.empty() || order.find(word) > order.find(f.exploit)) f.exploit = word;
}

void put_exploit_available(Finding& f, const std::string& v) {
  raise_exploit(f, is_true(v) ? "poc" : "none");
}

void put_maturity(Finding& f, const std::string& v) {
  const std::string word = to_lower(clean_line(v));
  if (word == "high" || word == "functional") raise_exploit(f, "functional");
  if (word == "poc" || word == "proof-of-concept" || word == "proof of concept")
    raise_exploit(f, "poc");
  if (word == "unproven") raise_exploit(f, "none");
  f.exploit_refs.push_back("maturity:" + word);
}

void put_framework(Finding& f, const char* name, const std::string& v) {
  if (!is_true(v)) return;
  raise_exploit(f, "functional");
  f.exploit_refs.emplace_back(name);
}

void put_malware(Finding& f, const std::string& v) {
  if (!is_true(v)) return;
  raise_exploit(f, "active");
  f.exploit_refs.emplace_back("malware");
}

void put_named(Finding& f, const char* kind, const std::string& v) {
  const std::string name = clean_line(v);
  if (!name.empty()) f.exploit_refs.push_back(std::string(kind) + ":" + name);
}

void put_published(Finding& f, const std::string& v) {
  if (const auto day = parse_scanner_date(v)) f.published_at = Time(*day);
}

void put_patch_date(Finding& f, const std::string& v) {
  if (parse_scanner_date(v)) f.fix.available = true;
}

void put_output(Finding& f, const std::string& v) { f.evidence = std::string(trim(v)); }

void put_solution(Finding& f, const std::string& v) {
  const std::string_view text = trim(v);
  if (!equals_nocase(text, "n/a")) f.fix.solution = text;
}

// Most fields are only looked at; what is kept whole is moved.
template <void (*look)(Finding&, const std::string&)>
void put(Finding& f, std::string&& v) {
  look(f, v);
}

struct Rule {
  std::string_view field;
  Put put;
};

// Sorted by name.
constexpr std::array<Rule, 73> rules{{
    {"apple-sa", [](Finding& f, std::string&& v) { put_xref_of(f, "APPLE-SA", v); }},
    {"bid", [](Finding& f, std::string&& v) { put_xref_of(f, "BID", v); }},
    {"canvas_package", [](Finding& f, std::string&& v) { put_named(f, "canvas", v); }},
    {"cert", [](Finding& f, std::string&& v) { put_xref_of(f, "CERT", v); }},
    {"cisa-known-exploited", put<put_kev>},
    {"cisco-bug-id", [](Finding& f, std::string&& v) { put_xref_of(f, "CISCO-BUG-ID", v); }},
    {"cisco-sa", [](Finding& f, std::string&& v) { put_xref_of(f, "CISCO-SA", v); }},
    {"cm:compliance-actual-value",
     [](Finding& f, std::string&& v) {
       f.evidence += "actual value: " + std::string(trim(v)) + "\n";
     }},
    {"cm:compliance-audit-file", [](Finding& f, std::string&& v) { f.check_list = clean_line(v); }},
    {"cm:compliance-benchmark-name",
     [](Finding& f, std::string&& v) { f.location.benchmark = clean_line(v); }},
    {"cm:compliance-check-id",
     [](Finding& f, std::string&& v) { f.location.check_id = clean_line(v); }},
    {"cm:compliance-check-name",
     [](Finding& f, std::string&& v) { f.location.check = clean_line(v); }},
    {"cm:compliance-info", [](Finding& f, std::string&& v) { f.synopsis = clean_line(v); }},
    {"cm:compliance-output",
     [](Finding& f, std::string&& v) { f.evidence += std::string(trim(v)) + "\n"; }},
    {"cm:compliance-policy-value",
     [](Finding& f, std::string&& v) {
       f.evidence += "expected value: " + std::string(trim(v)) + "\n";
     }},
    {"cm:compliance-reference",
     [](Finding& f, std::string&& v) {
       for (std::string_view reference : split(v, ',')) {
         if (std::string text = clean_line(reference); !text.empty())
           f.xrefs.push_back(std::move(text));
       }
     }},
    {"cm:compliance-see-also", [](Finding& f, std::string&& v) { add_urls(f.refs, v); }},
    {"cm:compliance-solution",
     [](Finding& f, std::string&& v) { f.fix.solution = std::string(trim(v)); }},
    {"cve", put<put_cve>},
    {"cvss", put<put_score<2>>},
    {"cvss3_base_score", put<put_score<3>>},
    {"cvss3_temporal_score", put<put_temporal_score<3>>},
    {"cvss3_temporal_vector", put<put_temporal_vector<3>>},
    {"cvss3_vector", put<put_base_vector<3>>},
    {"cvss4_base_score", put<put_score<4>>},
    {"cvss4_bt_score", put<put_temporal_score<4>>},
    {"cvss4_temporal_score", put<put_temporal_score<4>>},
    {"cvss4_temporal_vector", put<put_temporal_vector<4>>},
    {"cvss4_vector", put<put_base_vector<4>>},
    {"cvss_base_score", put<put_score<2>>},
    {"cvss_temporal_score", put<put_temporal_score<2>>},
    {"cvss_temporal_vector", put<put_temporal_vector<2>>},
    {"cvss_vector", put<put_base_vector<2>>},
    {"cvssv3", put<put_score<3>>},
    {"cwe", put<put_cwe>},
    {"d2_elliot_name", [](Finding& f, std::string&& v) { put_named(f, "d2-elliot", v); }},
    {"description", [](Finding& f, std::string&& v) { f.description = std::move(v); }},
    {"edb-id", [](Finding& f, std::string&& v) { put_xref_of(f, "EDB-ID", v); }},
    {"epss_score", put<put_epss>},
    {"exploit_available", put<put_exploit_available>},
    {"exploit_code_maturity", put<put_maturity>},
    {"exploit_framework_canvas",
     [](Finding& f, std::string&& v) { put_framework(f, "canvas", v); }},
    {"exploit_framework_core",
     [](Finding& f, std::string&& v) { put_framework(f, "core-impact", v); }},
    {"exploit_framework_d2_elliot",
     [](Finding& f, std::string&& v) { put_framework(f, "d2-elliot", v); }},
    {"exploit_framework_exploithub",
     [](Finding& f, std::string&& v) { put_framework(f, "exploithub", v); }},
    {"exploit_framework_metasploit",
     [](Finding& f, std::string&& v) { put_framework(f, "metasploit", v); }},
    {"exploitability_ease", [](Finding& f, std::string&& v) { put_named(f, "ease", v); }},
    {"exploited_by_malware", put<put_malware>},
    {"exploited_by_nessus", [](Finding& f, std::string&& v) { put_framework(f, "nessus", v); }},
    {"iava", [](Finding& f, std::string&& v) { put_xref_of(f, "IAVA", v); }},
    {"iavb", [](Finding& f, std::string&& v) { put_xref_of(f, "IAVB", v); }},
    {"iavt", [](Finding& f, std::string&& v) { put_xref_of(f, "IAVT", v); }},
    {"malware", put<put_malware>},
    {"metasploit_name", [](Finding& f, std::string&& v) { put_named(f, "metasploit", v); }},
    {"msft", [](Finding& f, std::string&& v) { put_xref_of(f, "MSFT", v); }},
    {"mskb", [](Finding& f, std::string&& v) { put_xref_of(f, "MSKB", v); }},
    {"osvdb", [](Finding& f, std::string&& v) { put_xref_of(f, "OSVDB", v); }},
    {"owasp", [](Finding& f, std::string&& v) { put_xref_of(f, "OWASP", v); }},
    {"patch_publication_date", put<put_patch_date>},
    {"plugin_name",
     [](Finding& f, std::string&& v) {
       if (f.title.empty()) f.title = clean_line(v);
     }},
    {"plugin_output", put<put_output>},
    {"rhsa", [](Finding& f, std::string&& v) { put_xref_of(f, "RHSA", v); }},
    {"secunia", [](Finding& f, std::string&& v) { put_xref_of(f, "SECUNIA", v); }},
    {"see_also", [](Finding& f, std::string&& v) { add_urls(f.refs, v); }},
    {"solution", put<put_solution>},
    {"stig_severity", [](Finding& f, std::string&& v) { put_xref_of(f, "STIG-SEVERITY", v); }},
    {"synopsis", [](Finding& f, std::string&& v) { f.synopsis = clean_line(v); }},
    {"tra", [](Finding& f, std::string&& v) { put_xref_of(f, "TRA", v); }},
    {"usn", [](Finding& f, std::string&& v) { put_xref_of(f, "USN", v); }},
    {"vpr_score", put<put_vpr>},
    {"vuln_publication_date", put<put_published>},
    {"vulnerability_priority_rating", put<put_vpr>},
    {"xref", put<put_xref>},
}};

static_assert(std::is_sorted(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) {
  return a.field < b.field;
}));

const Rule* rule_for(std::string_view field) {
  const auto* const found = std::lower_bound(
      rules.begin(), rules.end(), field, [](const Rule& rule, std::string_view name) {
        return rule.field < name;
      });
  return found != rules.end() && found->field == field ? found : nullptr;
}

void put_version(Finding& f, std::string_view label, const std::string& value) {
  const auto is = [label](std::string_view word) { return equals_nocase(label, word); };
  std::vector<std::string>& fixed = f.fix.versions;
  if (is("Installed version") || is("Remote package installed")) {
    if (f.location.installed.empty()) f.location.installed = value;
  } else if (is("Fixed version") || is("Should be")) {
    if (std::find(fixed.begin(), fixed.end(), value) == fixed.end()) fixed.push_back(value);
  }
}

// "  Installed version : 1.2.3" in a plugin's output: what is there and what would be enough.
void read_versions(Finding& f) {
  for (std::string_view line : split(f.evidence, '\n')) {
    const auto colon = line.find(" : ");
    if (colon == std::string_view::npos) continue;
    const std::string value = clean_line(line.substr(colon + 3));
    if (!value.empty() && value.size() <= 200) put_version(f, trim(line.substr(0, colon)), value);
  }
}

}  // namespace

void fill_nessus_fields(Finding& finding,
                        const NessusItem& item,
                        const std::vector<NessusField>& fields) {
  for (const NessusField& field : fields) {
    if (const Rule* const rule = rule_for(field.name)) rule->put(finding, item.text(field.value));
  }
}

void finish_nessus_fields(Finding& finding) {
  if (finding.kev) raise_exploit(finding, "active");
  read_versions(finding);
  if (!finding.fix.versions.empty()) finding.fix.available = true;
}

}  // namespace patchbot
