// SPDX-License-Identifier: Apache-2.0
#include "formats/records/record_report.hpp"

#include <gmock/gmock.h>

#include <array>
#include <string>

#include "formats/records/fields.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::HasSubstr;
using testing::IsEmpty;
using Event = Report::Event;
using Place = ContextPath::Place;

// A format made up for these tests: hosts with problems, each of which may hold several findings.
class ToyReader : public RecordReader {
 public:
  std::size_t findings_in(const Record& record) override {
    return static_cast<std::size_t>(record["times"].number().value_or(1));
  }

  ScannedHost host(const Record& record) override {
    ScannedHost host;
    host.name = record.context[0].line();
    host.address = record["address"].line();
    host.instance = record["instance"].line();
    host.seen_at = time_of(record.context[1]);
    return host;
  }

  void fill(const Record& record, std::size_t part, Finding& finding) override {
    finding.native_id = record["id"].line();
    finding.title = std::to_string(part) + " of kind " + std::to_string(record.kind);
    finding.severity = severity_of_word(record["severity"]);
    finding.location.package = record["package"].line();
    finding.location.path = record["path"].line();
    if (record["port"]) finding.location.port = static_cast<int>(*record["port"].number());
    if (record["fixed"].boolean().value_or(false)) finding.status = Status::fixed;
    if (record["seen"]) finding.seen_at = time_of(record["seen"]);
  }

  ScannedHost end_document(const Context& context, ScanFacts& facts) override {
    if (context[2]) facts.problems.push_back(context[2].line());
    ScannedHost host;
    host.name = context[3].line();
    return host;
  }
};

constexpr std::array<std::string_view, 1> marks{"/hosts"};
constexpr std::array<RecordPath, 2> records{{{4, "/hosts/*/problems/*"}, {5, "/problems/*"}}};
constexpr std::array<ContextPath, 4> contexts{
    {{0, "/hosts/*/name", Place::anywhere}, {1, "/seen"}, {2, "/error"}, {3, "/target"}}};
const RecordFormat toy{"toy-list", "Toy", "toy", marks, walk_json, records, contexts, [] {
                         return std::unique_ptr<RecordReader>(std::make_unique<ToyReader>());
                       }};

// host NAME | finding TITLE: ID on NAME | fault
std::string read(std::string_view text) {
  const auto source = memory_source(text);
  RecordReport report(*source, toy, 16);
  std::string told;
  const std::string fault = fault_of([&] {
    for (Event event = report.next(); event != Event::end; event = report.next()) {
      Finding finding;
      if (event == Event::host) told += "host " + report.host().name + "\n";
      if (event != Event::finding) continue;
      report.fill(finding);
      told += finding.title + ": " + finding.native_id + " on " + finding.asset.name + "\n";
    }
  });
  for (const std::string& problem : report.facts().problems) told += "problem " + problem + "\n";
  return told + fault;
}

TEST(RecordReport, TellsOfAHostBeforeItsFindingsAndOnce) {
  EXPECT_EQ(read(R"({"hosts":[{"name":"a","problems":[{"id":"1"},{"id":"2"}]},)"
                 R"({"name":"b","problems":[{"id":"3"}]},{"name":"a","problems":[{"id":"4"}]}]})"),
            "host a\n0 of kind 4: 1 on a\n0 of kind 4: 2 on a\nhost b\n0 of kind 4: 3 on b\n"
            "host a\n0 of kind 4: 4 on a\nnothing");
}

TEST(RecordReport, ARecordMayHoldSeveralFindingsOrNone) {
  EXPECT_EQ(read(R"({"hosts":[{"name":"a","problems":[{"id":"1","times":3},{"id":"2","times":0},)"
                 R"({"id":"3"}]}]})"),
            "host a\n0 of kind 4: 1 on a\n1 of kind 4: 1 on a\n2 of kind 4: 1 on a\n"
            "0 of kind 4: 3 on a\nnothing");
}

TEST(RecordReport, AHostWithoutANameGoesByWhatItHas) {
  EXPECT_EQ(read(R"({"problems":[{"id":"1","address":"10.0.0.1","instance":"i-1"},)"
                 R"({"id":"2","instance":"i-2"},{"id":"3"}]})"),
            "host 10.0.0.1\n0 of kind 5: 1 on 10.0.0.1\nhost i-2\n0 of kind 5: 2 on i-2\n"
            "host unnamed\n0 of kind 5: 3 on unnamed\nnothing");
}

TEST(RecordReport, TheEndOfADocumentMayShowAHostWithoutFindings) {
  EXPECT_EQ(
      read(R"({"target":"clean"}{"target":"clean"}{"error":"half a scan"}{"target":"other"})"),
      "host clean\nhost other\nproblem half a scan\nnothing");
}

TEST(RecordReport, WhatWasReadBeforeABreakStands) {
  EXPECT_EQ(read("{\"error\":\"e\",\"hosts\":[{\"name\":\"a\",\"problems\":[{\"id\":\"1\"},\n{]"),
            "host a\n0 of kind 4: 1 on a\ninput 2:2: expected a name in quotes");
}

TEST(RecordReport, AnEmptyReportHasNothing) { EXPECT_EQ(read(""), "nothing"); }

class Problem {
 public:
  explicit Problem(const std::string& members)
      : text_(R"({"seen":"2026-01-02T03:04:05Z","problems":[{)" + members + "}]}"),
        source_(memory_source(text_)),
        report_(*source_, toy) {
    while (report_.next() != Event::finding) {
    }
    report_.fill(finding_);
  }

  Brief brief() const { return report_.brief(); }
  std::uint64_t key() const { return report_.repeat_key(); }
  const Finding& finding() const { return finding_; }

 private:
  std::string text_;
  std::unique_ptr<ByteSource> source_;
  RecordReport report_;
  Finding finding_;
};

TEST(RecordReport, FillsInWhatTheFormatAndTheHostSay) {
  const Problem one(R"("id":"1","address":"10.0.0.1")");
  EXPECT_EQ(one.finding().source, "toy");
  EXPECT_EQ(one.finding().asset.address, "10.0.0.1");
  EXPECT_EQ(one.finding().seen_at, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(Problem(R"("id":"1","seen":"2026-01-01")").finding().seen_at,
            parse_rfc3339("2026-01-01T00:00:00Z"));
  EXPECT_EQ(Problem("\"id\":\"" + std::string(300, 'x') + "\"").finding().native_id,
            std::string(256, 'x'));
}

TEST(RecordReport, TheBriefSaysWhatTheGateNeeds) {
  const Problem one(R"("id":"1","severity":"high","fixed":true)");
  EXPECT_EQ(one.brief().severity, Severity::high);
  EXPECT_EQ(one.brief().native_id, "1");
  EXPECT_TRUE(one.brief().fixed);
  EXPECT_FALSE(Problem(R"("id":"1","fixed":false)").brief().fixed);
}

// A reader of records without ids of their own.
class NamelessReader : public ToyReader {
 public:
  void fill(const Record& record, std::size_t, Finding& finding) override {
    finding.vuln_ids = {record["cve"].line()};
  }
};

const RecordFormat nameless{"toy-list", "Toy", "toy", marks, walk_json, records, contexts, [] {
                              return std::unique_ptr<RecordReader>(new NamelessReader);
                            }};

TEST(RecordReport, ANameFromAVulnerabilityIsCutLikeAnyOther) {
  const std::string text = R"({"problems":[{"cve":")" + std::string(300, 'x') + R"("}]})";
  const auto source = memory_source(text);
  RecordReport report(*source, nameless);
  ASSERT_EQ(report.next(), Event::host);
  ASSERT_EQ(report.next(), Event::finding);
  Finding finding;
  report.fill(finding);
  EXPECT_EQ(finding.native_id, std::string(256, 'x'));
  EXPECT_EQ(report.brief().native_id, finding.native_id);
}

// A reader that knows the brief without the rest, and counts how often it is asked for it.
class ThriftyReader : public ToyReader {
 public:
  bool fill_brief(const Record& record, std::size_t, Finding& finding) override {
    finding.native_id = record["id"].line();
    finding.severity = severity_of_word(record["severity"]);
    finding.location.check = record["check"].line();
    return finding.severity != Severity::unknown;
  }

  void fill(const Record& record, std::size_t part, Finding& finding) override {
    ++fills;
    ToyReader::fill(record, part, finding);
  }

  static inline int fills = 0;
};

const RecordFormat thrifty{"toy-list", "Toy", "toy", marks, walk_json, records, contexts, [] {
                             return std::unique_ptr<RecordReader>(new ThriftyReader);
                           }};

TEST(RecordReport, ReadsTheRestOfARecordOnceAndOnlyWhenAskedForIt) {
  ThriftyReader::fills = 0;
  const auto source =
      memory_source(R"({"problems":[{"id":"a","severity":"low","check":"c","times":2,"port":7},)"
                    R"({"id":"b","severity":"?"}]})");
  RecordReport report(*source, thrifty);
  ASSERT_EQ(report.next(), Event::host);
  ASSERT_EQ(report.next(), Event::finding);
  EXPECT_EQ(report.brief().severity, Severity::low);
  EXPECT_EQ(report.brief().check, "c");
  ASSERT_EQ(report.next(), Event::finding);
  EXPECT_EQ(ThriftyReader::fills, 0);

  const Brief brief = report.brief();
  Finding finding;
  report.fill(finding);
  report.fill(finding);
  EXPECT_EQ(ThriftyReader::fills, 1);
  EXPECT_EQ(finding.title, "1 of kind 5");
  EXPECT_EQ(finding.location.port, 7);
  EXPECT_EQ(brief.native_id, "a") << "a brief holds until the next event";

  ASSERT_EQ(report.next(), Event::finding);
  EXPECT_EQ(ThriftyReader::fills, 2) << "what the reader cannot tell from the brief it reads whole";
  EXPECT_EQ(report.next(), Event::end);
}

TEST(RecordReport, TheRepeatKeyIsOfThePlaceAndTheProblem) {
  const std::string members = R"("id":"1","package":"p","path":"q","port":1)";
  const auto key = Problem(members).key();
  EXPECT_EQ(Problem(members + R"(,"severity":"low","fixed":true)").key(), key);
  for (const char* other : {R"("id":"2","package":"p","path":"q","port":1)",
                            R"("id":"1","package":"q","path":"p","port":1)",
                            R"("id":"1","package":"p","path":"q","port":2)",
                            R"("id":"1","package":"p","path":"q")",
                            R"("id":"1","package":"pq","port":1)"}) {
    EXPECT_NE(Problem(other).key(), key) << other;
  }
}

TEST(RecordReport, SaysItsFormat) {
  const auto source = memory_source("");
  EXPECT_EQ(RecordReport(*source, toy).format(), "toy-list");
}

}  // namespace
}  // namespace patchbot
