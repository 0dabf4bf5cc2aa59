// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_merge.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "formats/nessus_layout.hpp"
#include "formats/nessus_xml.hpp"
#include "formats/shard_mark.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string list = "0123456789abcdef0123456789abcdef";

std::string report(const std::string& targets, const std::string& hosts) {
  return "<?xml version=\"1.0\" ?>\n<NessusClientData_v2>\n<Policy><Preferences><ServerPreferences>"
         "<preference><name>max_hosts</name><value>30</value></preference>\n"
         "<preference><name>TARGET</name><value>" +
         targets +
         "</value></preference></ServerPreferences></Preferences></Policy>\n"
         "<Report name=\"weekly &quot;a&quot; &amp; b\" xmlns:cm=\"http://www.nessus.org/cm\">" +
         hosts + "</Report>\n</NessusClientData_v2>\n";
}

std::string host(const std::string& name) {
  return "<ReportHost name=\"" + name + "\"><HostProperties><tag name=\"host-ip\">" + name +
         "</tag></HostProperties><ReportItem port=\"0\" svc_name=\"general\" protocol=\"tcp\" "
         "severity=\"0\" pluginID=\"19506\" pluginName=\"x\" pluginFamily=\"Settings\">"
         "<plugin_output><![CDATA[</Report> & <Report>]]></plugin_output></ReportItem>"
         "</ReportHost>\n";
}

class NessusMerge : public testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(dir_.file(name), std::ios::binary) << text;
    return dir_.file(name);
  }
  static std::string merged(const std::vector<std::string>& files) {
    std::string out;
    merge_reports(files, [&](std::string_view bytes) { out += bytes; });
    return out;
  }
  test::TempDir dir_;
};

TEST_F(NessusMerge, HostsOfAllByteForByteAndTheirTargets) {
  const std::string one = write("1", report("10.0.0.1,10.0.0.2", host("10.0.0.1")));
  const std::string two =
      write("2", report("10.0.0.3 &amp; web", host("10.0.0.2") + host("10.0.0.3")));
  EXPECT_EQ(merged({one, two}),
            report("10.0.0.1,10.0.0.2,10.0.0.3 &amp; web",
                   host("10.0.0.1") + host("10.0.0.2") + host("10.0.0.3")));
}

TEST_F(NessusMerge, ThePolicyIsThatOfTheFirstThatHasOne) {
  const std::string none =
      write("none", "<NessusClientData_v2><Report name=\"PatchBot\"/></NessusClientData_v2>");
  const std::string some = write("some", report("10.0.0.9", host("10.0.0.9")));
  EXPECT_EQ(merged({none, some}), report("10.0.0.9", host("10.0.0.9")));
  EXPECT_EQ(merged({none}),
            "<NessusClientData_v2><Report name=\"PatchBot\"></Report>\n</NessusClientData_v2>\n");
}

TEST_F(NessusMerge, TargetsInCdataAndInHugeListsAreText) {
  const std::string cdata = write("cdata", report("<![CDATA[a<b]]>", ""));
  EXPECT_THAT(merged({cdata}), HasSubstr("<value>a&lt;b</value>"));
  std::string many;
  for (int i = 0; i < 200'000; ++i) many += "10.200.100." + std::to_string(i) + ",";
  const std::string huge = write("huge", report(many, host("10.0.0.1")));
  EXPECT_EQ(merged({huge}), report(many, host("10.0.0.1")));
}

TEST_F(NessusMerge, NothingIsWrittenWhereOneIsNotWhole) {
  const std::string whole = write("whole", report("a", host("10.0.0.1")));
  std::string text = report("b", host("10.0.0.2"));
  std::size_t pieces = 0;
  const auto fault = [&](const std::string& file) {
    return fault_of([&] { merge_reports({whole, file}, [&](std::string_view) { ++pieces; }); });
  };
  const std::string cut = write("cut", text.substr(0, text.size() - 30));
  EXPECT_THAT(fault(cut), AllOf(HasSubstr("cut:"), HasSubstr("the file ends inside")));
  const std::string fragment = write("fragment", "<Report name=\"x\"></Report>");
  EXPECT_THAT(fault(fragment), HasSubstr("root element <Report> is not that of a whole export"));
  const std::string empty = write("empty", "<NessusClientData_v2/>");
  EXPECT_THAT(fault(empty), HasSubstr("the export holds no <Report>"));
  const std::string twice = write("twice",
                                  "<NessusClientData_v2><Report name=\"a\"></Report>"
                                  "<Report name=\"b\"></Report></NessusClientData_v2>");
  EXPECT_THAT(fault(twice), HasSubstr("a second <Report>"));
  EXPECT_THAT(fault(dir_.file("none")), HasSubstr("none"));
  EXPECT_EQ(pieces, 0U);
}

TEST_F(NessusMerge, AShardIsReadFromTheEndOfItsReport) {
  const Shard shard{1, 3, list, 4, false};
  const std::string marked = write("marked", report("a", "") + to_shard_mark(shard));
  EXPECT_EQ(read_shard(marked), shard);
  EXPECT_EQ(merged({marked}), report("a", ""));
  EXPECT_THAT(fault_of([&] { read_shard(write("plain", report("a", ""))); }),
              HasSubstr("plain: has no mark of a shard at its end"));
  EXPECT_THAT(fault_of([&] { read_shard(dir_.file("none")); }), HasSubstr("cannot be read"));
}

TEST_F(NessusMerge, WhatReadersTakeForTheScannedHostsIsAllOfThem) {
  const std::string one = write("1", report("10.0.0.1", host("10.0.0.1")));
  const std::string two = write("2", report("10.0.0.2", ""));
  const std::string text = merged({one, two});
  const auto source = memory_source(text);
  NessusXml reader(*source, {}, {});
  while (reader.next() != Report::Event::end) {
  }
  EXPECT_THAT(reader.facts().targets, ElementsAre("10.0.0.1", "10.0.0.2"));
}

}  // namespace
}  // namespace patchbot
