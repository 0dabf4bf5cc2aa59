// SPDX-License-Identifier: Apache-2.0
#include "case_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_description = 2000;
constexpr std::size_t max_evidence = 3000;

std::string shortened(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return std::string(text);
  return std::string(cut_utf8(text, limit)) +
         fmt::format("... [{} bytes left out]", text.size() - limit);
}

std::string place_of(const Location& location) {
  if (!location.port) return location.protocol;
  const std::string protocol = location.protocol.empty() ? "tcp" : location.protocol;
  return fmt::format("{}/{}", protocol, *location.port);
}

std::string name_of(const Finding& f) {
  const std::string title(cut_utf8(f.title, max_case_name));
  std::string name;
  if (f.kind == Kind::compliance) {
    name = fmt::format("{} [{}]", title, cut_utf8(f.check_list, max_case_name));
  } else if (f.kind == Kind::vulnerability && !f.location.package.empty()) {
    name = fmt::format("{} {} [{}]",
                       cut_utf8(f.native_id, max_case_name / 2),
                       cut_utf8(f.location.package, max_case_name / 2),
                       f.source);
  } else {
    const std::string place = place_of(f.location);
    name = fmt::format(
        "{} [{}-{}{}{}]", title, f.source, f.native_id, place.empty() ? "" : " ", place);
  }
  if (f.location.ordinal > 0) name += fmt::format(" #{}", f.location.ordinal + 1);
  return name;
}

std::string ssvc_text(const Ssvc& ssvc) {
  std::vector<std::string> answers;
  if (!ssvc.exploitation.empty()) answers.push_back("exploitation " + ssvc.exploitation);
  if (ssvc.automatable) answers.emplace_back(*ssvc.automatable ? "automatable" : "not automatable");
  if (!ssvc.technical_impact.empty()) answers.push_back("impact " + ssvc.technical_impact);
  return fmt::format("SSVC ({})", fmt::join(answers, ", "));
}

std::string threat_line(const Finding& f) {
  std::string line;
  const auto add = [&line](const std::string& part) { line += (line.empty() ? "" : ", ") + part; };
  for (const Cvss& cvss : f.cvss) {
    if (cvss.score) add(fmt::format("CVSS {} {:.1f}", cvss.version, *cvss.score));
  }
  if (f.vpr) add(fmt::format("VPR {:.1f}", *f.vpr));
  if (f.epss) add(fmt::format("EPSS {:.1f} %", f.epss->score * 100));
  if (!f.exploit.empty()) add("exploit: " + f.exploit);
  if (f.kev) {
    add(f.kev->due ? "known exploited (CISA), due " + to_date_text(*f.kev->due)
                   : "known exploited (CISA)");
  }
  if (f.ssvc) add(ssvc_text(*f.ssvc));
  return line;
}

void add_section(std::string& text, std::string_view label, std::string_view body) {
  body = trim(body);
  if (!body.empty()) text += fmt::format("{}: {}\n", label, body);
}

std::string text_of(const Finding& f, const HostRecord& host, Evidence evidence) {
  std::string text;
  add_section(text, "Asset", f.asset.id);
  add_section(text, "Host", host.name == f.asset.id ? std::string() : host.name);
  add_section(text, "Where", place_of(f.location));
  add_section(text, "Severity", fmt::format("{} (by {})", to_text(f.severity), f.severity_source));
  add_section(text, "CVEs", cve_list(f, 30));
  add_section(text, "Threat", threat_line(f));
  add_section(text, "Package", f.location.package);
  add_section(text, "Installed", f.location.installed);
  add_section(text, "Path", f.location.path);
  add_section(text, "The scanner says", f.source_status);
  add_section(text, "Fixed in", fmt::format("{}", fmt::join(f.fix.versions, ", ")));
  add_section(text, "What to do", shortened(f.fix.solution, max_description));
  add_section(text, "Summary", f.synopsis);
  add_section(text, "Description", shortened(f.description, max_description));
  for (const std::string& url : f.refs) {
    if (text.size() < max_case_text / 2) add_section(text, "See", url);
  }
  if (evidence == Evidence::keep)
    add_section(text, "Evidence", shortened(f.evidence, max_evidence));
  return shortened(text, max_case_text);
}

}  // namespace

std::string cve_list(const Finding& finding, std::size_t limit) {
  std::string list;
  for (std::size_t i = 0; i < finding.vuln_ids.size() && i < limit; ++i) {
    list += (i == 0 ? "" : ", ") + finding.vuln_ids[i];
  }
  if (finding.vuln_ids.size() > limit) {
    list += fmt::format(" and {} more", finding.vuln_ids.size() - limit);
  }
  return list;
}

std::string team_class(std::string_view team) { return "patchbot." + class_name_part(team); }

std::string class_name(std::string_view team, std::string_view part) {
  return team_class(team) + "." + class_name_part(part);
}

TestCase to_test_case(const Finding& f, const HostRecord& host, Evidence evidence) {
  TestCase test;
  test.class_name = class_name(f.team, host.class_part);
  test.name = name_of(f);
  test.properties = {{"patchbot.id", f.id.hex()},
                     {"patchbot.severity", std::string(to_text(f.severity))}};
  if (!f.vuln_ids.empty()) test.properties.emplace_back("patchbot.cves", cve_list(f, 100));
  if (!f.gate.rule.empty()) test.properties.emplace_back("patchbot.rule", f.gate.rule);
  if (f.waiver) {
    test.outcome = TestCase::Outcome::skipped;
    test.message = fmt::format("waived until {} by {}: {} ({})",
                               to_date_text(f.waiver->expires),
                               f.waiver->owner,
                               f.waiver->reason,
                               f.waiver->id);
  } else if (f.gate.level >= GateLevel::warn) {
    test.outcome = TestCase::Outcome::failed;
    const std::string cves = cve_list(f, 3);
    test.message = fmt::format("{} {}: {}{}",
                               f.gate.level == GateLevel::fail ? "FAIL" : "WARN",
                               to_text(f.severity),
                               cut_utf8(f.title, max_case_name),
                               cves.empty() ? "" : " (" + cves + ")");
    test.text = text_of(f, host, evidence);
  }
  return test;
}

}  // namespace patchbot
