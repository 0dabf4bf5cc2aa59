// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/records/node.hpp"
#include "model/finding.hpp"

// What nearly every scanner says in nearly the same way. Nothing is invented: what does not read as
// it should is left out.

namespace patchbot {

/// The scanner's word; one that is not known, or none, is `unknown` and never low.
Severity severity_of_word(const Node& word);

/// Adds what is not empty and not there yet.
void add_text(std::vector<std::string>& list, std::string text);

/// Adds every id of a single text or a list of texts: CVE, GHSA, ALAS, ...
void add_ids(std::vector<std::string>& ids, const Node& node);

/// "CWE-79: XSS", "cwe:079" or 79 as CWE-79, of a single value or a list; also several in a text.
void add_cwes(Finding& finding, const Node& node);

/// Adds http and https addresses, of a single text or a list of texts; also several in a text.
void add_refs(Finding& finding, const Node& node);
void add_ref(Finding& finding, const std::string& address);

/// Adds versions of a text such as "11.0.14, 10.1.49" or of a list.
void add_fix_versions(Finding& finding, const Node& node);

/// Adds it unless it says nothing: without its brackets, a score within 0 to 10, and the version of
/// its vector where that tells.
void add_cvss(Finding& finding, Cvss cvss);

/// Adds a score; the version comes from the vector where it has one, else from `version`.
void add_cvss(Finding& finding,
              const Node& vector,
              const Node& score,
              std::string source,
              std::string_view version = {});

/// For a finding without a severity of its own: by the worst score of the newest version of CVSS,
/// and "cvss4", "cvss3" or "cvss2" as the source; version 2 has no critical. A score of zero is
/// how scanners write that there is none.
void rate_by_cvss(Finding& finding);

/// The same where the scanner's word gives no severity. One that says "unknown" stays so unless the
/// score is high: it is never made mild.
void rate_unknown(Finding& finding, const Node& word);

/// Keeps the highest score, with its own percentile and day.
void add_epss(Finding& finding, const Node& score, const Node& percentile, const Node& day = {});

/// Adds a line "name: value", or the value alone; nothing for an empty value.
void add_evidence(Finding& finding, std::string_view name, const std::string& value);

/// An ISO time with T or blank, with or without seconds, fraction and offset; a day; seconds or
/// milliseconds since 1970, also as text. None for days before, which mean "unknown".
std::optional<Time> time_of(const Node& node);
std::optional<Time> parse_loose_time(std::string_view text);

/// The day of a time.
std::optional<Date> day_of(const Node& node);

/// 0 to 1, from a number or a text; none outside.
std::optional<double> fraction_of(const Node& node);

}  // namespace patchbot
