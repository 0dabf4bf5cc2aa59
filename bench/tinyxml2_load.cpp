// SPDX-License-Identifier: Apache-2.0
// The obvious C++ way: loads the whole report into a tinyxml2 document, then counts.

#include <tinyxml2.h>

#include <array>
#include <cstdio>

namespace {

struct Counts {
  std::array<std::size_t, 5> severity{};
  std::size_t cves = 0;
};

void count_item(const tinyxml2::XMLElement& item, Counts& counts) {
  const unsigned severity = item.UnsignedAttribute("severity");
  if (severity < counts.severity.size()) ++counts.severity[severity];
  for (const auto* cve = item.FirstChildElement("cve"); cve != nullptr;
       cve = cve->NextSiblingElement("cve")) {
    ++counts.cves;
  }
}

Counts count_report(const tinyxml2::XMLDocument& document) {
  Counts counts;
  const auto* root = document.RootElement();
  const auto* report = root == nullptr ? nullptr : root->FirstChildElement("Report");
  const auto* host = report == nullptr ? nullptr : report->FirstChildElement("ReportHost");
  for (; host != nullptr; host = host->NextSiblingElement("ReportHost")) {
    const auto* item = host->FirstChildElement("ReportItem");
    for (; item != nullptr; item = item->NextSiblingElement("ReportItem"))
      count_item(*item, counts);
  }
  return counts;
}

}  // namespace

int main(int argc, char** argv) {
  tinyxml2::XMLDocument document;
  if (argc != 2 || document.LoadFile(argv[1]) != tinyxml2::XML_SUCCESS) {
    std::fprintf(stderr, "tinyxml2-load: %s\n", argc == 2 ? document.ErrorStr() : "usage: FILE");
    return 2;
  }
  const Counts counts = count_report(document);
  const auto& s = counts.severity;
  std::printf("{\"severity\": [%zu, %zu, %zu, %zu, %zu], \"cves\": %zu}\n",
              s[0],
              s[1],
              s[2],
              s[3],
              s[4],
              counts.cves);
  return 0;
}
