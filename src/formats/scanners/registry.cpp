// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/registry.hpp"

#include <algorithm>
#include <array>

#include "formats/scanners/openvas.hpp"
#include "formats/scanners/openvas_csv.hpp"
#include "formats/scanners/qualys.hpp"
#include "formats/scanners/qualys_csv.hpp"
#include "formats/scanners/qualys_scan.hpp"
#include "formats/scanners/trivy.hpp"

namespace patchbot {
namespace {

// Where the marks of two formats may both be there, the more particular one comes first.
constexpr std::array formats{
    &trivy,          //
    &trivy_list,     //
    &trivy_cluster,  //
    &openvas,        //
    &openvas_csv,    //
    &qualys,         //
    &qualys_scan,    //
    &qualys_csv,     //
};

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
