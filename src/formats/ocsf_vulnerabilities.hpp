// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "formats/json_writer.hpp"
#include "model/finding.hpp"

namespace patchbot {

/// Milliseconds since 1970: timestamp_t of OCSF.
std::int64_t to_ocsf_time(Time time);

/// How many ids of a finding are CVEs. Only with one are scores surely those of that CVE.
std::size_t count_cves(const Finding& finding);

/// The member "vulnerabilities" (OCSF 1.6.0): an object for each CVE, or one for what has none.
void write_ocsf_vulnerabilities(JsonWriter& json, const Finding& finding);

/// The array of "cvss" objects; entries without a score are no such objects.
void write_ocsf_cvss(JsonWriter& json, const Finding& finding);

/// The "epss" object, where a finding has one.
void write_ocsf_epss(JsonWriter& json, const Finding& finding);

}  // namespace patchbot
