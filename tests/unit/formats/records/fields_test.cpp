// SPDX-License-Identifier: Apache-2.0
#include "formats/records/fields.hpp"

#include <gmock/gmock.h>

#include <array>
#include <string>

#include "walking.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// A JSON value, as the member "v" of a record.
class Value {
 public:
  explicit Value(const std::string& json)
      : text_("{\"v\":" + json + "}"),
        source_(memory_source(text_)),
        records_(*source_, walk_json, paths, {}, 65536) {
    records_.next();
  }
  Node operator*() const { return records_.record()["v"]; }

 private:
  static constexpr std::array<RecordPath, 1> paths{{{1, ""}}};
  std::string text_;
  std::unique_ptr<ByteSource> source_;
  Records records_;
};

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

std::string time_told(const std::string& json) {
  const auto time = time_of(*Value(json));
  return time ? to_rfc3339(*time) : "none";
}

TEST(TimeOf, ReadsEveryWayThatScannersWriteTimes) {
  for (std::string_view text : {"2025-12-26T14:21:44Z",
                                "2025-12-26t14:21:44z",
                                "2025-12-26 14:21:44",
                                "2025-12-26T14:21:44",
                                " 2025-12-26T14:21:44Z ",
                                "2025-12-26T14:21:44.742Z",
                                "2025-12-26T14:21:44.742000123Z",
                                "2025-12-26T14:21:44,742",
                                "2025-12-26T15:21:44+01:00",
                                "2025-12-26T15:21:44+0100",
                                "2025-12-26 15:21:44+01",
                                "2025-12-26 15:21:44.742000+01:00",
                                "2025-12-26T09:51:44.7-04:30",
                                "2025-12-26 14:21:44 UTC",
                                "2025-12-26 14:21:44 GMT",
                                "2025-12-26 15:21:44 +0100",
                                "2025-12-26 14:21:44.742000123 +0000 UTC",
                                "2025-12-26 15:21:44 +0100 CET",
                                "2025-12-27T00:21:44+10:00",
                                "1766758904",
                                "1766758904000"}) {
    EXPECT_EQ(time_told(in_quotes(text)), "2025-12-26T14:21:44Z") << text;
  }
  EXPECT_EQ(time_told(in_quotes("2025-12-26T14:21Z")), "2025-12-26T14:21:00Z");
  EXPECT_EQ(time_told(in_quotes("2025-12-26 14:21")), "2025-12-26T14:21:00Z");
  EXPECT_EQ(time_told(in_quotes("2025-12-26")), "2025-12-26T00:00:00Z");
}

TEST(TimeOf, ReadsSecondsAndMilliseconds) {
  for (const char* number :
       {"1766758904", "1766758904.7", "1766758904000", "1766758904742.5", "1.766758904e9"}) {
    EXPECT_EQ(time_told(number), "2025-12-26T14:21:44Z") << number;
  }
}

TEST(TimeOf, MakesNothingOfWhatIsNoTime) {
  for (std::string_view text : {"",
                                "today",
                                "2025-13-01",
                                "2025-02-29",
                                "2025-12-26T",
                                "2025-12-26T25:00:00Z",
                                "2025-12-26T14:61:00Z",
                                "2025-12-26T1:2:3Z",
                                "2025-12-26T14:21:44+25:00",
                                "2025-12-26T14:21:44 PM",
                                "2025-12-26T14:21:44 CET",

                                "2025-12-26X14:21:44Z",
                                "26.12.2025 14:21:44",
                                "12345",
                                "12345678901",
                                "2025-12-26T14:21:",
                                "2025-12-26T14:21:44.",
                                "2025-12-26T14:21:44++1:00",
                                "-766758904"}) {
    EXPECT_EQ(time_told(in_quotes(text)), "none") << text;
  }
  for (const char* json : {"null", "true", "[]", "{}", "0", "-5", "1e300", "1e999", "9e18"}) {
    EXPECT_EQ(time_told(json), "none") << json;
  }
  EXPECT_EQ(time_told(in_quotes(std::string(100000, '1'))), "none");
}

TEST(TimeOf, WhatProgramsWriteForUnknownIsUnknown) {
  for (std::string_view text : {"0001-01-01T00:00:00Z",
                                "1970-01-01T00:00:00Z",
                                "1970-01-01",
                                "0000-00-00 00:00:00",
                                "1969-12-31T23:59:59Z",
                                "0000000000"}) {
    EXPECT_EQ(time_told(in_quotes(text)), "none") << text;
  }
}

TEST(SeverityOfWord, AnUnknownWordIsNeverLow) {
  EXPECT_EQ(severity_of_word(*Value("\"HIGH\"")), Severity::high);
  EXPECT_EQ(severity_of_word(*Value("\" critical \"")), Severity::critical);
  for (const char* json : {"\"spicy\"", "\"\"", "null", "[\"low\"]", "{}", "\"lo\""}) {
    EXPECT_EQ(severity_of_word(*Value(json)), Severity::unknown) << json;
  }
}

TEST(AddText, AddsWhatIsNewAndNotEmpty) {
  std::vector<std::string> list;
  for (const char* text : {"b", "", "a", "b"}) add_text(list, text);
  EXPECT_THAT(list, ElementsAre("b", "a"));
  add_text(list, std::string(1999, 'x') + "\xC3\xA9");
  EXPECT_EQ(list.back(), std::string(1999, 'x'));
  for (int i = 0; i < 2000; ++i) add_text(list, std::to_string(i));
  EXPECT_THAT(list, SizeIs(1000));
}

std::vector<std::string> cwes(const std::string& json) {
  Finding finding;
  add_cwes(finding, *Value(json));
  return finding.cwes;
}

TEST(AddCwes, ReadsEveryWayToWriteThem) {
  EXPECT_THAT(cwes(R"(["CWE-79","cwe:89","79",125,"CWE_22","CWE 20","CWE787","cwe-079"])"),
              ElementsAre("CWE-79", "CWE-89", "CWE-125", "CWE-22", "CWE-20", "CWE-787"));
  EXPECT_THAT(cwes("79"), ElementsAre("CWE-79"));
  EXPECT_THAT(cwes(R"x("CWE-79: Improper Neutralization (XSS)")x"), ElementsAre("CWE-79"));
  EXPECT_THAT(cwes(R"("CWE-79, CWE-89|CWE-22 / 20")"), ElementsAre("CWE-79", "CWE-89", "CWE-22"));
  EXPECT_THAT(cwes(R"("79, 89")"), ElementsAre("CWE-79", "CWE-89"));
  EXPECT_THAT(cwes(R"("external/cwe/cwe-079")"), ElementsAre("CWE-79"));
}

TEST(AddCwes, MakesNothingOfOtherWords) {
  EXPECT_THAT(cwes(R"(["NVD-CWE-noinfo","NVD-CWE-Other","CWE","CWE-","","-79","7a","0","CWE-0",)"
                   R"("CWE-1234567",null,{},[79],true])"),
              IsEmpty());
  EXPECT_THAT(cwes("null"), IsEmpty());
}

std::vector<std::string> refs(const std::string& json) {
  Finding finding;
  add_refs(finding, *Value(json));
  return finding.refs;
}

TEST(AddRefs, TakesAddressesOfTheWeb) {
  EXPECT_THAT(
      refs(
          R"(["https://example.com/a?b=c,d;e#f","HTTP:\/\/example.com","https://example.com/a?b=c,d;e#f"])"),
      ElementsAre("https://example.com/a?b=c,d;e#f", "HTTP://example.com"));
  EXPECT_THAT(refs(R"("https://example.com/1")"), ElementsAre("https://example.com/1"));
}

TEST(AddRefs, TakesSeveralInOneText) {
  const std::vector<std::string> both{"https://example.com/1", "https://example.com/2"};
  for (const char* json : {R"("https://example.com/1, https://example.com/2")",
                           R"("https://example.com/1,https://example.com/2")",
                           R"("https://example.com/1\nhttps://example.com/2\n")",
                           R"("see https://example.com/1; https://example.com/2;")"}) {
    EXPECT_EQ(refs(json), both) << json;
  }
}

TEST(AddRefs, LeavesOutWhatIsNone) {
  EXPECT_THAT(
      refs(R"(["ftp://example.com","javascript:x","https","","example.com",null,{},)"
           R"("https://example.com/<script>","https://a\"b","https://a\\b",",;","data:x"])"),
      IsEmpty());
}

TEST(AddIds, TakesOneOrMany) {
  Finding finding;
  add_ids(finding.vuln_ids, *Value(R"("CVE-2026-1")"));
  add_ids(finding.vuln_ids, *Value(R"(["CVE-2026-1"," GHSA-x ",null,""])"));
  add_ids(finding.vuln_ids, *Value("null"));
  EXPECT_THAT(finding.vuln_ids, ElementsAre("CVE-2026-1", "GHSA-x"));
}

TEST(AddFixVersions, TakesOneOrMany) {
  Finding finding;
  add_fix_versions(finding, *Value(R"("11.0.14, 10.1.49,,11.0.14")"));
  add_fix_versions(finding, *Value(R"(["9.0",null,2])"));
  EXPECT_THAT(finding.fix.versions, ElementsAre("11.0.14", "10.1.49", "9.0", "2"));
}

std::string cvss(const std::string& vector,
                 const std::string& score,
                 std::string_view version = {}) {
  Finding finding;
  add_cvss(finding, *Value(vector), *Value(score), "nvd", version);
  if (finding.cvss.empty()) return "none";
  const Cvss& one = finding.cvss.front();
  return one.version + " " + one.vector + " " +
         (one.score ? std::to_string(*one.score).substr(0, 4) : "-") + " " + one.source;
}

TEST(AddCvss, TheVectorSaysTheVersion) {
  EXPECT_EQ(cvss(R"("CVSS:3.1/AV:N")", "9.8"), "3.1 CVSS:3.1/AV:N 9.80 nvd");
  EXPECT_EQ(cvss(R"("CVSS:3.0/AV:N")", "\"7\"", "2.0"), "3.0 CVSS:3.0/AV:N 7.00 nvd");
  EXPECT_EQ(cvss(R"("CVSS:4.0/AV:N")", "null"), "4.0 CVSS:4.0/AV:N - nvd");
  EXPECT_EQ(cvss(R"("AV:N/AC:L/Au:N/C:P/I:P/A:P")", "5", "3.1"),
            "2.0 AV:N/AC:L/Au:N/C:P/I:P/A:P 5.00 nvd");
  EXPECT_EQ(cvss(R"x("(AV:N/AC:L/Au:N/C:P/I:P/A:P)")x", "5"),
            "2.0 AV:N/AC:L/Au:N/C:P/I:P/A:P 5.00 nvd");
}

TEST(AddCvss, ElseTheScannerSaysIt) {
  for (const auto& [word, version] :
       std::initializer_list<std::pair<const char*, const char*>>{{"2.0", "2.0"},
                                                                  {"2", "2.0"},
                                                                  {"v2", "2.0"},
                                                                  {"3", "3.0"},
                                                                  {"CVSS_V3", "3.0"},
                                                                  {"3.1", "3.1"},
                                                                  {"CVSSv31", "3.1"},
                                                                  {"V3.1", "3.1"},
                                                                  {"4", "4.0"},
                                                                  {"CVSSv4", "4.0"}}) {
    EXPECT_EQ(cvss("null", "5.5", word), std::string(version) + "  5.50 nvd") << word;
  }
  EXPECT_EQ(cvss(R"("AV:N/AC:L/PR:N")", "5.5", "3.1"), "3.1 AV:N/AC:L/PR:N 5.50 nvd");
}

TEST(AddCvss, WithoutAVersionOrAnythingToSayThereIsNone) {
  EXPECT_EQ(cvss("null", "5.5"), "none");
  EXPECT_EQ(cvss("null", "5.5", "5"), "none");
  EXPECT_EQ(cvss("null", "null", "3.1"), "none");
  EXPECT_EQ(cvss("\"\"", "\"\"", "3.1"), "none");
  EXPECT_EQ(cvss("null", "10.1", "3.1"), "none");
  EXPECT_EQ(cvss("null", "-1", "3.1"), "none");
  EXPECT_EQ(cvss(R"("CVSS:5.0/AV:N")", "5.5"), "none");
  EXPECT_EQ(cvss("null", "10", "3.1"), "3.1  10.0 nvd");
  EXPECT_EQ(cvss("null", "0", "3.1"), "3.1  0.00 nvd");
}

TEST(AddCvss, TheSameScoreCountsOnce) {
  Finding finding;
  for (int i = 0; i < 2; ++i) add_cvss(finding, *Value(R"("CVSS:3.1/AV:N")"), *Value("9"), "nvd");
  add_cvss(finding, *Value(R"("CVSS:3.1/AV:N")"), *Value("9"), "ghsa");
  EXPECT_THAT(finding.cvss, SizeIs(2));
}

TEST(FractionOf, IsZeroToOne) {
  EXPECT_EQ(fraction_of(*Value("0.97")), 0.97);
  EXPECT_EQ(fraction_of(*Value("\"0.97\"")), 0.97);
  EXPECT_EQ(fraction_of(*Value("0")), 0);
  EXPECT_EQ(fraction_of(*Value("1")), 1);
  for (const char* json : {"1.01", "-0.1", "\"97%\"", "null", "true", "97.1"}) {
    EXPECT_EQ(fraction_of(*Value(json)), std::nullopt) << json;
  }
}

}  // namespace
}  // namespace patchbot
