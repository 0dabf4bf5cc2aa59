// SPDX-License-Identifier: Apache-2.0
#include "formats/finding_reader.hpp"

#include <array>

#include "base/error.hpp"
#include "base/input_buffer.hpp"
#include "formats/finding_fields.hpp"

namespace patchbot {
namespace {

constexpr std::array<RecordPath, 1> lines{{{0, ""}}};

std::uint32_t ordinal_of(const Node& node) {
  const double number = node.number().value_or(0);
  return number >= 0 && number <= 1e9 ? static_cast<std::uint32_t>(number) : 0;
}

Asset asset_of(const Node& node) {
  return {node["id"].line(),
          node["name"].line(),
          node["address"].line(),
          node["instance"].line(),
          node["account"].line(),
          node["region"].line()};
}

void read_decisions(const Node& node, Finding& finding) {
  if (const Node waiver = node["waiver"]) {
    finding.waiver = WaiverNote{waiver["id"].line(),
                                waiver["owner"].line(),
                                waiver["reason"].text(),
                                parse_date(waiver["expires"].line()).value_or(Date())};
  }
  for (const GateLevel level : {GateLevel::note, GateLevel::warn, GateLevel::fail}) {
    if (node["gate"]["level"].is(to_text(level))) finding.gate.level = level;
  }
  finding.gate.rule = node["gate"]["rule"].line();
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
  const auto id = parse_digest(node["id"].line());
  if (node["schema"].line() != "patchbot.finding/1" || !id) {
    throw Error(Blame::input,
                "document " + std::to_string(count_) +
                    " is no finding; expected \"schema\":\"patchbot.finding/1\" and an \"id\", as "
                    "junit-from-vulns --findings writes them");
  }
  finding = {};
  finding.id = *id;
  finding.source = node["source"].line();
  finding.asset = asset_of(node["asset"]);
  finding.team = node["team"].line();
  finding.service = node["service"].line();
  finding.environment = node["environment"].line();
  fill_finding(node, finding);
  finding.location.ordinal = ordinal_of(node["location"]["ordinal"]);
  read_decisions(node, finding);
  return true;
}

}  // namespace patchbot
