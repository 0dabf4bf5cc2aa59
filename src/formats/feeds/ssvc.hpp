// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "model/threat_feeds.hpp"

namespace patchbot {

/// CISA's SSVC assessments (Vulnrichment), from one text or many: CVE records (format 5, one or
/// several behind each other), or a tab-separated table with the columns cve, exploitation,
/// automatable, technical_impact and perhaps ssvc_timestamp. Of several assessments of one
/// vulnerability the latest counts. Words are understood in any case.
class SsvcReader {
 public:
  /// Throws Error(input) for what is neither.
  void add(std::string_view text);

  SsvcFeed finish();

 private:
  struct Assessment {
    Ssvc ssvc;
    std::optional<Time> time;
  };

  void add_records(std::string_view text);
  void add_table(std::string_view text);
  void keep(const std::string& cve, Assessment assessment);

  std::unordered_map<std::string, Assessment> latest_;
};

}  // namespace patchbot
