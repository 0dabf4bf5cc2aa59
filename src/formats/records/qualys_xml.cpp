// SPDX-License-Identifier: Apache-2.0
#include "formats/records/qualys_xml.hpp"

#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

// What the two kinds of report call alike, in the glossary or in the finding itself.
void fill_references(const Node& details, Finding& finding) {
  for (const Node& cve : details["CVE_ID_LIST"].all("CVE_ID")) {
    add_text(finding.vuln_ids, cve["ID"].line());
    add_refs(finding, cve["URL"]);
  }
  for (const Node& vendor : details["VENDOR_REFERENCE_LIST"].all("VENDOR_REFERENCE")) {
    const std::string id = qualys_word(vendor["ID"]);
    if (!id.empty()) add_text(finding.xrefs, "VENDOR:" + id);
    add_refs(finding, vendor["URL"]);
  }
  for (const Node& bid : details["BUGTRAQ_ID_LIST"].all("BUGTRAQ_ID")) {
    const std::string id = qualys_word(bid["ID"]);
    if (!id.empty()) add_text(finding.xrefs, "BID:" + id);
    add_refs(finding, bid["URL"]);
  }
}

void fill_exploits(const Node& correlation, Finding& finding) {
  for (const Node& source : correlation["EXPLOITABILITY"].all("EXPLT_SRC")) {
    note_exploit(finding, source["SRC_NAME"].line(200));
    for (const Node& exploit : source["EXPLT_LIST"].all("EXPLT")) {
      const std::string link = qualys_word(exploit["LINK"]);
      add_text(finding.exploit_refs, link.empty() ? exploit["DESC"].line(500) : link);
    }
  }
  if (!correlation["MALWARE"].all("MW_SRC").empty()) finding.exploit = "active";
}

}  // namespace

void fill_qualys_texts(const Node& details, Finding& finding) {
  finding.title = details["TITLE"].line(500);
  if (finding.title.empty()) finding.title = "QID " + finding.native_id;
  finding.description = qualys_text(details.first_of({"THREAT", "DIAGNOSIS"}), finding);
  const std::string impact = qualys_text(details.first_of({"IMPACT", "CONSEQUENCE"}), finding);
  if (!impact.empty()) finding.description += "\n\n" + impact;
  finding.fix.solution = qualys_text(details["SOLUTION"], finding);
  fill_references(details, finding);
  fill_exploits(details["CORRELATION"], finding);
}

void rate_qualys(const Node& level, QualysCertainty certainty, Finding& finding) {
  finding.severity = qualys_severity(level);
  finding.severity_source = "severity";
  set_certainty(finding, certainty);
}

}  // namespace patchbot
