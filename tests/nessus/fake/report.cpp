// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace patchbot::test::fake {
namespace {

std::string written_report(const World& world, const Run& run, const std::string& name) {
  std::string xml =
      "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Report name=\"" + name + "\">\n";
  const std::size_t done = hosts_done(world, run);
  for (std::size_t i = 0; i < done; ++i) {
    const FoundHost& host = run.hosts[i];
    xml += "<ReportHost name=\"" + host.name + "\"><HostProperties><tag name=\"host-ip\">" +
           host.address +
           "</tag></HostProperties>\n<ReportItem port=\"0\" svc_name=\"general\" protocol=\"tcp\" "
           "severity=\"0\" pluginID=\"19506\" pluginName=\"Nessus Scan Information\" "
           "pluginFamily=\"Settings\"/>\n</ReportHost>\n";
  }
  return xml + "</Report>\n</NessusClientData_v2>\n";
}

// The value of an attribute in a tag without its brackets.
std::string attribute(const std::string& tag, const std::string& name) {
  const std::string start = " " + name + "=\"";
  const auto found = tag.find(start);
  if (found == std::string::npos) return {};
  const auto begin = found + start.size();
  return tag.substr(begin, tag.find('"', begin) - begin);
}

}  // namespace

Report report_of(const World& world, const Run& run, const std::string& name) {
  if (!run.report.empty() && status_of(world, run) == "completed") {
    return {std::make_shared<std::ifstream>(run.report, std::ios::binary),
            std::filesystem::file_size(run.report)};
  }
  const std::string text = written_report(world, run, name);
  return {std::make_shared<std::istringstream>(text), text.size()};
}

std::vector<FoundHost> hosts_in(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<FoundHost> hosts;
  for (std::string piece; std::getline(in, piece, '>');) {
    const std::string tag = piece.substr(std::min(piece.rfind('<'), piece.size()));
    if (tag.starts_with("<ReportHost ")) {
      const std::string name = attribute(tag, "name");
      hosts.push_back({name, name, {}});
    } else if (tag.starts_with("<ReportItem ") && !hosts.empty()) {
      ++hosts.back().findings.at(std::stoul("0" + attribute(tag, "severity")));
    }
  }
  if (!in.eof()) throw std::runtime_error(file + ": cannot be read");
  return hosts;
}

}  // namespace patchbot::test::fake
