// SPDX-License-Identifier: Apache-2.0
#include "formats/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::StartsWith;
using namespace std::string_literals;

std::string format_of(std::string_view text, std::size_t piece = SIZE_MAX) {
  const auto source = memory_source(text, piece);
  const auto report = open_report(*source, {});
  int items = 0;
  for (auto event = report->next(); event != Report::Event::end; event = report->next())
    items += event == Report::Event::finding ? 1 : 0;
  return std::string(report->format()) + " " + std::to_string(items);
}

constexpr std::string_view xml =
    "<NessusClientData_v2><Report><ReportHost name='a'><ReportItem pluginID='1'/></ReportHost>"
    "</Report></NessusClientData_v2>";
constexpr std::string_view csv = "Plugin ID,Risk,Host\n1,High,a\n";

TEST(OpenReport, KnowsFormatsByContent) {
  EXPECT_EQ(format_of(xml), "nessus-v2 1");
  EXPECT_EQ(format_of(csv), "nessus-csv 1");
  EXPECT_EQ(format_of("\xEF\xBB\xBF<?xml version='1.0'?>\n"s + std::string(xml)), "nessus-v2 1");
  EXPECT_EQ(format_of("\xEF\xBB\xBF"s + std::string(csv)), "nessus-csv 1");
  EXPECT_EQ(format_of(" \n" + std::string(xml), 1), "nessus-v2 1");
}

TEST(OpenReport, ReadsFilesLargerThanWhatItLooksAt) {
  std::string text(csv);
  for (int i = 0; i < 999; ++i) text += std::to_string(i) + ",High,a\n";

  EXPECT_EQ(format_of(text), "nessus-csv 1000");
}

// The list grows with every format; its ends do not move.
constexpr auto known = "known formats: .nessus version 2, Nessus CSV, Trivy";

TEST(OpenReport, NamesTheKnownFormatsWhenItRefuses) {
  EXPECT_THAT(fault_of([] { format_of("{\"persons\":[]}"); }),
              StartsWith("input 1:1: is not a report that PatchBot knows; "s + known));
  EXPECT_THAT(fault_of([] { format_of("Surname,Name\n"); }),
              StartsWith("input 1:1: is not a report that PatchBot knows; "s + known));
  EXPECT_THAT(fault_of([] { format_of(""); }), StartsWith("input 1:1: is empty; "s + known));
  EXPECT_THAT(fault_of([] { format_of(" \n\t"); }), StartsWith("input 1:1: is empty; "s + known));
}

TEST(OpenReport, SaysThatTheScannersOwnDatabaseIsNoExport) {
  const std::string refused =
      "input 1:1: is binary, perhaps the scanner's own database from its reports folder; export "
      "the scan as .nessus; "s +
      known;
  EXPECT_THAT(fault_of([] { format_of("SQLite format 3\0\x10"s); }), StartsWith(refused));
  EXPECT_EQ(fault_of([] { format_of("\xFF\xFE<\0?\0"s); }),
            "input 1:1: is UTF-16 text; convert it to UTF-8");
}

// A file that is cut while packed: all of it fits into what the format is recognised by.
class CutSource : public ByteSource {
 public:
  explicit CutSource(std::string_view text) : text_(text) {}

  std::size_t read(char* into, std::size_t size) override {
    if (text_.empty()) throw Error(Blame::input, "truncated");
    const std::size_t got = text_.copy(into, size);
    text_.remove_prefix(got);
    return got;
  }

 private:
  std::string_view text_;
};

std::string findings_before_the_cut(std::string_view text) {
  CutSource source(text);
  const auto report = open_report(source, {});
  std::string ids;
  const std::string fault = fault_of([&] {
    for (auto event = report->next(); event != Report::Event::end; event = report->next()) {
      if (event == Report::Event::finding) ids.append(report->brief().native_id).append(" ");
    }
  });
  return ids + fault;
}

TEST(OpenReport, DeliversWhatStandsBeforeTheCutOfASmallFile) {
  EXPECT_EQ(findings_before_the_cut(
                R"({"SchemaVersion":2,"ArtifactName":"a","Results":[{"Vulnerabilities":[)"
                R"({"VulnerabilityID":"CVE-2026-1001"},{"VulnerabilityID":"CVE-2026-10)"),
            "CVE-2026-1001 input: truncated");
  EXPECT_EQ(findings_before_the_cut("Plugin ID,Risk,Host\n1,High,a\n2,High"), "1 input: truncated");
  EXPECT_EQ(fault_of([] { findings_before_the_cut("{\"persons\":"); }), "input: truncated")
      << "more to the point than an unknown format";
}

}  // namespace
}  // namespace patchbot
