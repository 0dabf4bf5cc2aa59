// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_reader.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"
#include "base/input_buffer.hpp"
#include "base/text.hpp"

namespace patchbot {
namespace {

constexpr std::array<RecordPath, 1> lines{{{0, ""}}};

std::vector<std::string> texts_of(const Node& list) {
  std::vector<std::string> texts;
  for (const Node item : list.items()) texts.push_back(item.line());
  return texts;
}

std::optional<Time> time_at(const Node& node) { return parse_rfc3339(node.line()); }
std::optional<Date> date_at(const Node& node) { return parse_date(node.line()); }

std::optional<int> small_number(const Node& node) {
  const auto number = node.number();
  const bool fits = number && *number >= 0 && *number <= 65535;
  return fits ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

/// The value that writes itself so; `otherwise` if none does.
template <class Word, std::size_t N>
Word word_of(const Node& node, const std::array<Word, N>& all, Word otherwise) {
  const auto* const found =
      std::find_if(all.begin(), all.end(), [&](Word word) { return node.is(to_text(word)); });
  return found == all.end() || !node ? otherwise : *found;
}

std::optional<Digest> digest_of(std::string_view hex) {
  if (hex.size() != 32) return {};
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i];
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && (c < 'a' || c > 'f')) return {};
    halves[i / 16] =
        halves[i / 16] * 16 + static_cast<std::uint64_t>(is_digit ? c - '0' : c - 'a' + 10);
  }
  return Digest{halves[0], halves[1]};
}

Asset asset_of(const Node& node) {
  return {node["id"].line(),
          node["name"].line(),
          node["address"].line(),
          node["instance"].line(),
          node["account"].line(),
          node["region"].line()};
}

Location location_of(const Node& node) {
  Location location;
  location.port = small_number(node["port"]);
  location.protocol = node["protocol"].line();
  location.service = node["service"].line();
  location.package = node["package"].line();
  location.package_type = node["package_type"].line();
  location.purl = node["purl"].line();
  location.installed = node["installed"].line();
  location.path = node["path"].line();
  location.check = node["check"].line();
  location.check_id = node["check_id"].line();
  location.ordinal = static_cast<std::uint32_t>(small_number(node["ordinal"]).value_or(0));
  return location;
}

std::vector<Cvss> cvss_of(const Node& list) {
  std::vector<Cvss> entries;
  for (const Node node : list.items()) {
    entries.push_back({node["version"].line(),
                       node["vector"].line(),
                       node["score"].number(),
                       node["temporal_vector"].line(),
                       node["temporal_score"].number(),
                       node["source"].line()});
  }
  return entries;
}

void read_threat(const Node& node, Finding& finding) {
  finding.cvss = cvss_of(node["cvss"]);
  finding.vpr = node["vpr"].number();
  if (const Node epss = node["epss"]) {
    finding.epss = Epss{epss["score"].number().value_or(0),
                        epss["percentile"].number(),
                        epss["model"].line(),
                        date_at(epss["date"])};
  }
  if (const Node kev = node["kev"]; kev["listed"].boolean().value_or(false)) {
    finding.kev = Kev{date_at(kev["added"]), date_at(kev["due"]), kev["ransomware"].boolean()};
  }
  finding.exploit = node["exploit"].line();
  finding.exploit_refs = texts_of(node["exploit_refs"]);
  const Node fix = node["fix"];
  finding.fix = {fix["available"].boolean(), texts_of(fix["versions"]), fix["solution"].text()};
}

void read_decisions(const Node& node, Finding& finding) {
  if (const Node waiver = node["waiver"]) {
    finding.waiver = WaiverNote{waiver["id"].line(),
                                waiver["owner"].line(),
                                waiver["reason"].text(),
                                date_at(waiver["expires"]).value_or(Date())};
  }
  constexpr std::array levels{GateLevel::note, GateLevel::warn, GateLevel::fail};
  finding.gate.level = word_of(node["gate"]["level"], levels, GateLevel::none);
  finding.gate.rule = node["gate"]["rule"].line();
}

void read_times(const Node& node, Finding& finding) {
  finding.published_at = time_at(node["published_at"]);
  finding.seen_at = time_at(node["seen_at"]);
  finding.first_seen = time_at(node["first_seen"]);
  finding.last_seen = time_at(node["last_seen"]);
  constexpr std::array statuses{Status::open, Status::fixed, Status::reopened};
  finding.status = word_of(node["status"], statuses, Status::unknown);
}

void read_head(const Node& node, Finding& finding) {
  constexpr std::array kinds{Kind::vulnerability,
                             Kind::compliance,
                             Kind::misconfiguration,
                             Kind::secret,
                             Kind::license,
                             Kind::exposure};
  constexpr std::array results{CheckResult::passed,
                               CheckResult::failed,
                               CheckResult::warning,
                               CheckResult::error,
                               CheckResult::skipped};
  finding.kind = word_of(node["kind"], kinds, Kind::vulnerability);
  finding.severity = word_of(node["severity"], severities_worst_first, Severity::unknown);
  finding.severity_source = node["severity_source"].line();
  finding.source = node["source"].line();
  finding.source_version = node["source_version"].line();
  finding.source_status = node["source_status"].line();
  finding.native_id = node["native_id"].line();
  finding.title = node["title"].text();
  finding.synopsis = node["synopsis"].text();
  finding.vuln_ids = texts_of(node["vuln_ids"]);
  finding.cwes = texts_of(node["cwes"]);
  finding.check_result = word_of(node["check_result"], results, CheckResult::none);
  finding.check_list = node["benchmark"].line();
}

}  // namespace

FindingReader::FindingReader(ByteSource& source)
    : records_(source, walk_json, lines, {}, InputBuffer::default_chunk) {}

bool FindingReader::next(Finding& finding) {
  Walk::Event event = records_.next();
  // A document that ends without having been a finding was something else.
  if (in_document_ && event == Walk::Event::document_end) event = records_.next();
  in_document_ = event == Walk::Event::record;
  if (event == Walk::Event::end) return false;
  ++count_;
  const Node node = event == Walk::Event::record ? records_.record() : Node();
  const auto id = digest_of(node["id"].line());
  if (node["schema"].line() != "patchbot.finding/1" || !id) {
    throw Error(Blame::input,
                "document " + std::to_string(count_) +
                    " is no finding; expected \"schema\":\"patchbot.finding/1\" and an \"id\", as "
                    "junit-from-vulns --findings writes them");
  }
  finding = {};
  finding.id = *id;
  read_head(node, finding);
  finding.asset = asset_of(node["asset"]);
  finding.team = node["team"].line();
  finding.service = node["service"].line();
  finding.environment = node["environment"].line();
  finding.location = location_of(node["location"]);
  read_threat(node, finding);
  read_times(node, finding);
  read_decisions(node, finding);
  finding.refs = texts_of(node["refs"]);
  finding.xrefs = texts_of(node["xrefs"]);
  finding.evidence = node["evidence"].text();
  return true;
}

}  // namespace patchbot
