// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/time.hpp"
#include "model/gate_level.hpp"
#include "model/severity.hpp"

// One record of a scanner, as docs/schema/finding-1.schema.json names its fields.
// Empty text, none and empty lists mean: the source did not say.

namespace patchbot {

enum class Kind : std::uint8_t {
  vulnerability,
  compliance,
  misconfiguration,
  secret,
  license,
  exposure
};
std::string_view to_text(Kind kind);

/// The result word of a compliance check; `none` for every other kind.
/// `skipped`: not selected, not applicable or not checked.
enum class CheckResult : std::uint8_t { none, passed, failed, warning, error, skipped };
std::string_view to_text(CheckResult result);

/// The machine that a record is about, and what identifies it over weekly replacements.
struct Asset {
  std::string id;
  std::string name;
  std::string address;
  std::string instance;
  std::string account;
  std::string region;
  bool operator==(const Asset&) const = default;
};

/// Where on the asset.
struct Location {
  std::optional<int> port;
  std::string protocol;
  std::string service;
  std::string package;
  std::string package_type;  ///< as the source calls it: deb, rpm, npm, ...
  std::string purl;          ///< package URL
  std::string installed;
  std::string path;
  std::string check;          ///< the name of a compliance check
  std::string check_id;       ///< what the benchmark calls it, if it says
  std::string benchmark;      ///< which the check belongs to, if the source says
  std::uint32_t ordinal = 0;  ///< 0 for the first of equal records on one host
  bool operator==(const Location&) const = default;
};

struct Cvss {
  std::string version;
  std::string vector;
  std::optional<double> score;
  std::string temporal_vector;
  std::optional<double> temporal_score;
  std::string source;
  bool operator==(const Cvss&) const = default;
};

struct Epss {
  double score = 0;                  ///< a fraction, 0 to 1
  std::optional<double> percentile;  ///< a fraction, 0 to 1
  std::string model;                 ///< the version of the EPSS model
  std::optional<Date> date;
  bool operator==(const Epss&) const = default;
};

/// CISA's Known Exploited Vulnerabilities catalogue.
struct Kev {
  std::optional<Date> added;
  std::optional<Date> due;
  std::optional<bool> ransomware;
  bool operator==(const Kev&) const = default;
};

/// What CISA's Vulnrichment says for decisions by SSVC; words in lower case, empty if unknown.
struct Ssvc {
  std::string exploitation;      ///< none, poc or active
  std::string automatable;       ///< no or yes
  std::string technical_impact;  ///< partial or total
  bool operator==(const Ssvc&) const = default;
};

/// A deadline.
struct Sla {
  Date due{};  ///< the last day in time, UTC
  bool overdue = false;
  bool forensics = false;
  bool operator==(const Sla&) const = default;
};

struct Fix {
  std::optional<bool> available;
  std::vector<std::string> versions;
  std::string solution;
  bool operator==(const Fix&) const = default;
};

/// The waiver that covers a finding, as the finding shows it.
struct WaiverNote {
  std::string id;
  std::string owner;
  std::string reason;
  Date expires{};
  bool operator==(const WaiverNote&) const = default;
};

struct GateDecision {
  GateLevel level = GateLevel::none;
  std::string rule;
  bool operator==(const GateDecision&) const = default;
};

/// Where a finding stands, by the scanner's own account: `fixed` is no weakness any more.
enum class Status : std::uint8_t { unknown, open, fixed, reopened };
std::string_view to_text(Status status);

struct Finding {
  Digest id;
  Kind kind = Kind::vulnerability;
  Severity severity = Severity::unknown;
  std::string severity_source;
  std::string source;
  std::string source_version;
  std::string source_status;  ///< the scanner's own word, such as suppressed or not_affected
  Status status = Status::unknown;
  std::string native_id;
  std::string title;
  std::string synopsis;
  std::string description;
  std::vector<std::string> vuln_ids;
  std::vector<std::string> cwes;
  Asset asset;
  std::string team;
  std::string service;
  std::string environment;
  Location location;
  CheckResult check_result = CheckResult::none;
  std::string check_list;  ///< what to call the benchmark: its name, else the audit file
  std::vector<Cvss> cvss;
  std::optional<double> vpr;
  std::optional<Epss> epss;
  std::optional<Kev> kev;
  std::optional<Ssvc> ssvc;
  std::string exploit;  ///< none, poc, functional or active
  std::vector<std::string> exploit_refs;
  Fix fix;
  std::optional<Time> published_at;
  std::optional<Time> seen_at;
  std::optional<Time> first_seen;  ///< by the scanner
  std::optional<Time> last_seen;   ///< by the scanner
  std::optional<int> age_days;     ///< since first_seen
  std::optional<Sla> sla;
  std::optional<bool> is_new;  ///< not there in the run before, or not in the baseline
  std::optional<WaiverNote> waiver;
  GateDecision gate;
  std::vector<std::string> xrefs;  ///< "TYPE:VALUE" as the source wrote it
  std::vector<std::string> refs;   ///< URLs
  std::string evidence;
};

/// Asset, vulnerability and location in one number, which stays the same from scan to scan: no
/// severity, title, version, date or address goes into it.
Digest identity_of(const Finding& finding);

}  // namespace patchbot
