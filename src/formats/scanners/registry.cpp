// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/registry.hpp"

#include <algorithm>
#include <array>

#include "formats/scanners/asff.hpp"
#include "formats/scanners/cyclonedx.hpp"
#include "formats/scanners/dependency_track.hpp"
#include "formats/scanners/grype.hpp"
#include "formats/scanners/inspector.hpp"
#include "formats/scanners/openvas.hpp"
#include "formats/scanners/openvas_csv.hpp"
#include "formats/scanners/osv_scanner.hpp"
#include "formats/scanners/patchbot_findings.hpp"
#include "formats/scanners/qualys.hpp"
#include "formats/scanners/qualys_csv.hpp"
#include "formats/scanners/qualys_scan.hpp"
#include "formats/scanners/sarif.hpp"
#include "formats/scanners/tenable_export.hpp"
#include "formats/scanners/trivy.hpp"
#include "formats/scanners/trivy_operator.hpp"
#include "formats/scanners/wazuh.hpp"
#include "formats/scanners/xccdf.hpp"

namespace patchbot {
namespace {

// Where the marks of two formats may both be there, the more particular one comes first.
// clang-format off
constexpr std::array formats{
    &trivy,
    &trivy_list,
    &trivy_cluster,
    &grype,
    &osv_scanner,
    &dependency_track,
    &dependency_track_api,
    &wazuh,
    &wazuh_indexer,
    &openvas,
    &openvas_csv,
    &qualys,
    &qualys_scan,
    &qualys_csv,
    &trivy_operator,
    &inspector,
    &inspector_list,
    &inspector_lines,
    &inspector_events,
    &asff,
    &asff_list,
    &asff_lines,
    &tenable_export,
    &tenable_export_lines,
    &sarif,
    &cyclonedx_components_first,
    &cyclonedx,
    &cyclonedx_xml,
    &xccdf,
    &xccdf_arf,
    &patchbot_findings,
    &inspector_empty,  // last: other tools may write a list of that name, too
};
// clang-format on

}  // namespace

std::span<const RecordFormat* const> record_formats() { return formats; }

const RecordFormat* find_record_format(const Outline& outline) {
  for (const RecordFormat* format : formats) {
    const bool known = std::any_of(
        format->marks.begin(), format->marks.end(), [&](auto mark) { return outline.shows(mark); });
    if (known) return format;
  }
  return nullptr;
}

}  // namespace patchbot
