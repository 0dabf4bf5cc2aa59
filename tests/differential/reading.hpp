// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/nessus_xml.hpp"

namespace patchbot::differential {

/// One ReportItem, decoded.
struct SeenItem {
  std::string host;
  std::vector<std::string>
      attributes;  ///< port, svc_name, protocol, severity, pluginID, -Name, -Family
  std::vector<std::pair<std::string, std::string>> fields;
  bool operator==(const SeenItem&) const = default;
};

struct SeenHost {
  std::string name;
  std::string address;
  std::string instance;
  std::vector<std::string> aliases;
  bool operator==(const SeenHost&) const = default;
};

struct Reading {
  std::vector<SeenHost> hosts;
  std::vector<SeenItem> items;
  std::vector<SeenItem> open_ports;  ///< records of old scanners, which are no findings
  bool operator==(const Reading&) const = default;
};

/// What tinyxml2 finds in the text; throws std::runtime_error if it refuses the text.
Reading read_with_tinyxml2(const std::string& text);

/// What NessusXml finds; it tells nothing of open ports.
Reading read_with_patchbot(std::string_view text, const NessusXml::Tuning& tuning);

std::string to_text(const SeenItem& item);

}  // namespace patchbot::differential
