// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "formats/finding_writer.hpp"

namespace patchbot {

/// A finding that says everything, for the writers of files for other programs.
inline Finding rich_finding() {
  Finding f;
  f.id = {1, 2};
  f.severity = Severity::high;
  f.source = "trivy";
  f.source_version = "0.70";
  f.native_id = "CVE-2031-1";
  f.title = "Ring buffer overflow";
  f.synopsis = "Too much is written.";
  f.description = "Long story.";
  f.vuln_ids = {"CVE-2031-1", "GHSA-aaaa"};
  f.cwes = {"CWE-787"};
  f.asset = {"111122223333/eu-west-1/shop",
             "web-7",
             "10.0.0.1",
             "i-0a1b2c3d",
             "111122223333",
             "eu-west-1"};
  f.team = "web";
  f.service = "shop";
  f.environment = "production";
  f.location.port = 443;
  f.location.protocol = "tcp";
  f.location.package = "ring";
  f.location.package_type = "deb";
  f.location.purl = "pkg:deb/ring@1.0";
  f.location.installed = "1.0";
  f.location.path = "/opt/ring lib/ring.so";
  f.cvss = {{"3.1", "CVSS:3.1/AV:N", 7.5, "", {}, "nvd"}, {"2.0", "AV:N", 9.3, "", {}, ""}};
  f.vpr = 8.4;
  f.epss = Epss{0.25, 0.97, "v2026.06.15", parse_date("2026-11-22")};
  f.kev = Kev{parse_date("2031-01-02"), parse_date("2031-01-23"), true};
  f.exploit = "poc";
  f.fix = {true, {"1.1", "2.0"}, "Upgrade ring."};
  f.published_at = parse_rfc3339("2031-01-01T00:00:00Z");
  f.first_seen = parse_rfc3339("2031-01-03T00:00:00Z");
  f.seen_at = parse_rfc3339("2031-01-10T00:00:00Z");
  f.gate = {GateLevel::fail, "fail-on-high"};
  f.refs = {"https://ring.example/a b", "mailto:me@ring.example"};
  f.evidence = "seen in memory";
  return f;
}

inline WaiverNote some_waiver() { return {"W-1", "Ann", "gone soon", *parse_date("2031-02-01")}; }

inline std::string all_of(FindingWriter& writer,
                          const std::vector<Finding>& findings,
                          const std::vector<std::string>& problems = {}) {
  std::string out;
  writer.begin(out);
  for (const Finding& finding : findings) writer.add(out, finding);
  writer.end(out, problems);
  return out;
}

}  // namespace patchbot
