// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.hpp"

// How findings are told in few words, the same in every file for other programs.

namespace patchbot {

/// On one line and at most `limit` bytes, "..." at the end of what was cut.
std::string short_line(std::string_view text, std::size_t limit);

/// The same with line ends kept.
std::string short_text(std::string_view text, std::size_t limit);

/// "CVE-2024-1, CVE-2024-2 and 3 more", or empty.
std::string id_list(const Finding& finding, std::size_t limit);

/// What it is, where and what repairs it, in one line of at most 1000 bytes.
std::string headline(const Finding& finding);

/// "waived until 2031-01-31 by Ann: gone soon (W-1)"; empty without a waiver.
std::string waiver_text(const Finding& finding);

/// What many findings share: "nessus/51192", for a compliance check with its own id behind it.
std::string rule_name(const Finding& finding);

/// The asset's name for people, else its id.
const std::string& asset_name(const Finding& finding);

/// Whether there is something to repair: false for what a scanner lists as repaired and for checks
/// that passed or did not apply. Most programs take all that they are given for a weakness.
bool is_weakness(const Finding& finding);
constexpr std::string_view no_weakness = "repaired, or checks that passed or did not apply";

/// The score to sort by: of the newest version of CVSS, the highest; null if there is none.
const Cvss* leading_cvss(const Finding& finding);

/// `url` with what may not stand in one percent-encoded; empty if it is not http or https.
std::string web_address(std::string_view url);

/// The addresses among the references that people can open, at most `limit`.
std::vector<std::string> web_addresses(const Finding& finding, std::size_t limit);

}  // namespace patchbot
