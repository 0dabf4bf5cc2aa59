// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <tinyxml2.h>

#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/byte_source.hpp"
#include "bodies.hpp"
#include "formats/finding_json.hpp"
#include "formats/junit_xml.hpp"
#include "formats/report.hpp"
#include "formats/xml_scanner.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

constexpr std::size_t max_findings = 200;

std::vector<Finding> findings_of(std::string_view text) {
  std::vector<Finding> findings;
  parses([&] {
    const auto source = memory_source(text);
    const auto report = open_report(*source, {});
    for (auto event = report->next(); event != Report::Event::end; event = report->next()) {
      if (event != Report::Event::finding || findings.size() == max_findings) continue;
      report->fill(findings.emplace_back());
    }
  });
  return findings;
}

void require_json(const Finding& finding) {
  std::string line;
  append_finding_line(line, finding, Evidence::keep);
  require(line.find('\n') == line.size() - 1, "a finding is one line");
  require_clean(line, "a finding's line");
  const auto json = nlohmann::json::parse(line, nullptr, false);
  require(!json.is_discarded(), "a finding is JSON: " + line);
  require(json.at("title") == finding.title, "the title comes back");
  require(json.value("vuln_ids", std::vector<std::string>()) == finding.vuln_ids,
          "the CVEs come back");
  require(json.value("evidence", "") == finding.evidence, "the evidence comes back");
  for (const char* time : {"seen_at", "published_at"}) {
    if (json.contains(time)) {
      require(parse_rfc3339(json[time].get<std::string>()).has_value(), "a time is RFC 3339");
    }
  }
}

TestCase to_case(const Finding& f) {
  TestCase test;
  test.class_name = f.asset.name;
  test.name = f.title;
  test.outcome = f.evidence.empty() ? TestCase::Outcome::skipped : TestCase::Outcome::failed;
  test.message = f.synopsis;
  test.text = f.evidence;
  test.properties = {{"id", f.native_id}, {"solution", f.fix.solution}};
  return test;
}

std::string to_junit(const std::vector<Finding>& findings) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* const file = ::open_memstream(&text, &size);
  require(file != nullptr, "there is memory");
  {
    JunitWriter writer(file, "suite", {findings.size(), 0, 0});
    for (const Finding& finding : findings) writer.add(to_case(finding));
    writer.finish();
  }
  std::fclose(file);
  const std::unique_ptr<char, decltype(&std::free)> owner(text, &std::free);
  return {text, size};
}

// tinyxml2 forgives much; our own scanner does not.
void require_well_formed(const std::string& text) {
  const auto source = memory_source(text);
  InputBuffer buffer(*source, text.size() + 1);
  buffer.refill(buffer.begin());
  XmlScanner scanner(buffer);
  try {
    for (auto token = scanner.next(); token != XmlScanner::Token::finish; token = scanner.next()) {
      if (token != XmlScanner::Token::more) continue;
      const auto mark = scanner.mark();
      scanner.rewind(mark, buffer.refill(mark.place));
    }
  } catch (const Error& error) {
    throw PropertyBroken("JUnit is well-formed: " + describe(error));
  }
}

void require_junit(const std::vector<Finding>& findings) {
  const std::string text = to_junit(findings);
  require_well_formed(text);
  tinyxml2::XMLDocument document;
  require(document.Parse(text.data(), text.size()) == tinyxml2::XML_SUCCESS, "JUnit is XML");
  const auto* test = document.RootElement()->FirstChildElement("testcase");
  for (const Finding& finding : findings) {
    require(test != nullptr, "every case is there");
    require(test->Attribute("name") == finding.title, "a case keeps its name");
    const auto* failure = test->FirstChildElement("failure");
    require((failure != nullptr) == !finding.evidence.empty(), "a failure is one");
    if (failure != nullptr) {
      require(failure->GetText() == finding.evidence, "a failure keeps its text");
    }
    test = test->NextSiblingElement("testcase");
  }
  require(test == nullptr, "no case is invented");
}

}  // namespace

int fuzz_rendering(const std::uint8_t* data, std::size_t size) {
  const std::vector<Finding> findings = findings_of(text_of(data, size));
  for (const Finding& finding : findings) require_json(finding);
  require_junit(findings);
  return 0;
}

}  // namespace patchbot::fuzz
