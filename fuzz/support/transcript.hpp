// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/nessus_xml.hpp"
#include "formats/records/record_report.hpp"
#include "formats/report.hpp"

namespace patchbot::fuzz {

/// All that a reader says of a report, decoded, so that two readings can be compared.
struct Transcript {
  std::vector<std::string> events;
  std::string failure;  ///< empty: accepted
  bool operator==(const Transcript&) const = default;
};

Transcript transcribe_xml(std::string_view text, const NessusXml::Tuning& tuning);
Transcript transcribe_csv(std::string_view text, std::size_t chunk);
Transcript transcribe_records(std::string_view text, const RecordFormat& format, std::size_t chunk);

/// Where two transcripts part, for people.
std::string difference(const Transcript& a, const Transcript& b);

}  // namespace patchbot::fuzz
