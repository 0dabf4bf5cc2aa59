// SPDX-License-Identifier: Apache-2.0
#include "formats/scanners/patchbot_findings.hpp"

#include <array>

#include "formats/finding_fields.hpp"

namespace patchbot {
namespace {

// Who owns the machine, which waiver covers a finding and what the gate says is decided anew, from
// the inventory, the waivers and the configuration of this run: a file is no authority for that.
class FindingsReader : public RecordReader {
 public:
  ScannedHost host(const Record& record) override {
    const Node asset = record["asset"];
    ScannedHost host;
    host.name = asset.first_of({"name", "id"}).line();
    host.address = asset["address"].line();
    host.instance = asset["instance"].line();
    host.account = asset["account"].line();
    host.region = asset["region"].line();
    host.seen_at = parse_rfc3339(record["seen_at"].line(64));
    return host;
  }

  void fill(const Record& record, std::size_t, Finding& finding) override {
    const std::string source = record["source"].line(64);
    if (!source.empty()) finding.source = source;
    fill_finding(record.node, finding);
  }
};

std::unique_ptr<RecordReader> make_reader() { return std::make_unique<FindingsReader>(); }

constexpr std::array<std::string_view, 1> marks{"/schema=patchbot.finding/1"};
constexpr std::array<RecordPath, 1> records{{{0, ""}}};

}  // namespace

const RecordFormat patchbot_findings{"patchbot-findings",
                                     "PatchBot findings",
                                     "patchbot",
                                     marks,
                                     walk_json,
                                     records,
                                     {},
                                     make_reader};

}  // namespace patchbot
