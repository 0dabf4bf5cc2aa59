// SPDX-License-Identifier: Apache-2.0
#include "formats/junit_xml.hpp"

#include <tinyxml2.h>

namespace patchbot {

struct JunitWriter::Printer {
  explicit Printer(std::FILE* file) : xml(file) {}

  void attribute(const char* name, const std::string& value) {
    xml.PushAttribute(name, value.c_str());
  }

  tinyxml2::XMLPrinter xml;
};

JunitWriter::JunitWriter(std::FILE* file, const std::string& suite, const TestCounts& counts)
    : printer_(std::make_unique<Printer>(file)) {
  (void)std::fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", file);
  printer_->xml.OpenElement("testsuite");
  printer_->attribute("name", suite);
  printer_->attribute("tests", std::to_string(counts.tests));
  printer_->attribute("failures", std::to_string(counts.failures));
  printer_->attribute("errors", "0");
  printer_->attribute("skipped", std::to_string(counts.skipped));
}

JunitWriter::~JunitWriter() = default;

void JunitWriter::add(const TestCase& test) {
  tinyxml2::XMLPrinter& xml = printer_->xml;
  xml.OpenElement("testcase");
  printer_->attribute("classname", test.class_name);
  printer_->attribute("name", test.name);
  if (!test.properties.empty()) {
    xml.OpenElement("properties");
    for (const auto& [name, value] : test.properties) {
      xml.OpenElement("property");
      printer_->attribute("name", name);
      printer_->attribute("value", value);
      xml.CloseElement();
    }
    xml.CloseElement();
  }
  if (test.outcome == TestCase::Outcome::failed) {
    xml.OpenElement("failure");
    printer_->attribute("message", test.message);
    if (!test.text.empty()) xml.PushText(test.text.c_str());
    xml.CloseElement();
  } else if (test.outcome == TestCase::Outcome::skipped) {
    xml.OpenElement("skipped");
    printer_->attribute("message", test.message);
    xml.CloseElement();
  }
  xml.CloseElement();
}

void JunitWriter::finish() { printer_->xml.CloseElement(); }

}  // namespace patchbot
