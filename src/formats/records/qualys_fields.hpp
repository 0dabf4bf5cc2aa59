// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/records/node.hpp"
#include "model/finding.hpp"

// What Qualys says alike in its XML reports and its CSV exports.

namespace patchbot {

/// One line; empty for "-" and "N/A", which Qualys writes for nothing.
std::string qualys_word(const Node& node);

/// Text with HTML in it as plain text; web addresses of its links become references.
std::string qualys_text(const Node& node, Finding& finding);

/// Levels 5 to 1 are critical to info; PCI reports have words, or their first letters.
Severity qualys_severity(const Node& level);

/// "New", "Active", "Re-Opened", "Fixed".
Status qualys_status(std::string_view word);

/// How sure Qualys is: "Vuln" and "Practice" mean confirmed and potential, "Ig" no weakness at all
/// but information that was gathered, whatever its level.
enum class QualysCertainty : std::uint8_t { unknown, confirmed, potential, information };
QualysCertainty qualys_certainty(std::string_view word);
void set_certainty(Finding& finding, QualysCertainty certainty);

/// Adds a word to the status, behind a comma.
void add_status_word(Finding& finding, std::string_view word);

/// Whether "05/13/2026" must be May. PCI reports write days first, and spreadsheets rewrite them:
/// there a date that may be either is none.
enum class SlashedDate : std::uint8_t { month_first, any };

/// Also "Feb 03, 2026 07:00 AM" and ISO.
std::optional<Time> qualys_time(const Node& node, SlashedDate order = SlashedDate::month_first);

/// "9.9 (AV:N/AC:L/...)" and "8.6 (E:U/RL:O/RC:C)", or scores alone.
void add_qualys_cvss(Finding& finding,
                     const Node& base,
                     const Node& temporal,
                     std::string_view version);

/// What the title of a check shows of a login on the machine: "Unix Authentication Failed".
std::optional<bool> qualys_login(std::string_view title);

/// Links in a text of any kind, such as a list of exploits.
void add_exploit_links(Finding& finding, std::string_view text);

/// What the name of an exploit's source says: frameworks ship working code. Keeps the worst.
void note_exploit(Finding& finding, std::string_view source);

void set_qualys_place(Finding& finding, const Node& port, const Node& protocol);

}  // namespace patchbot
