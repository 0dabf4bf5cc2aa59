// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/report.hpp"

// What Nessus calls its fields, whatever file they come in (Tenable, "Nessus file format", 2023,
// and exports of Nessus 6 to 10, Tenable.io and Security Center). Names are those of the .nessus
// format.

namespace patchbot {

struct NessusField {
  std::string_view name;
  std::string_view value;
};

/// One record, as views into the file. XML values still hold their references.
struct NessusItem {
  enum class Encoding : std::uint8_t { xml, plain };

  Encoding encoding = Encoding::xml;
  std::string_view port, service, protocol, severity, plugin_id, plugin_name, plugin_family;
  const std::vector<NessusField>* known_fields = nullptr;  ///< those that the plugin memo holds
  std::unique_ptr<Finding>* known_finding = nullptr;       ///< and what they come to, once made
  std::vector<NessusField> fields;

  std::string_view field(std::string_view name) const;  ///< the first of that name, or empty
  std::string text(std::string_view raw) const;         ///< decoded and cleaned
};

/// Severity by the attribute, or by another source where the record has it; `used` tells which.
Severity severity_of(const NessusItem& item, SeveritySource source, std::string_view* used);

CheckResult check_result_of(const NessusItem& item);
Brief brief_of(const NessusItem& item, SeveritySource source);
std::uint64_t repeat_key_of(const NessusItem& item);
void fill_finding(Finding& finding, const NessusItem& item, SeveritySource source);

/// What the output of plugin 19506 says: "Credentialed checks : yes"; none if it does not say.
std::optional<bool> credentialed_checks(std::string_view plugin_output);

constexpr std::string_view scan_information_plugin = "19506";

}  // namespace patchbot
