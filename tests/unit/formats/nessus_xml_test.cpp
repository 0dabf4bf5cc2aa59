// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_xml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formats/finding_json.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using testing::ElementsAre;
using testing::IsEmpty;

std::string in_report(const std::string& hosts) {
  return "<?xml version=\"1.0\" ?>\n<NessusClientData_v2><Report name=\"r\" "
         "xmlns:cm=\"http://www.nessus.org/cm\">" +
         hosts + "</Report></NessusClientData_v2>";
}

std::string item(const std::string& id, const std::string& fields = {}) {
  return "<ReportItem port=\"22\" svc_name=\"ssh\" protocol=\"tcp\" severity=\"3\" pluginID=\"" +
         id + "\" pluginName=\"Plugin " + id + "\" pluginFamily=\"General\">" + fields +
         "</ReportItem>";
}

std::string told_of(const ScannedHost& host) {
  std::string text = host.name;
  if (!host.address.empty()) text += " at " + host.address;
  if (!host.instance.empty()) text += " is " + host.instance;
  for (const std::string& alias : host.aliases) text += " alias " + alias;
  if (host.authenticated) text += *host.authenticated ? " authenticated" : " unauthenticated";
  if (host.seen_at) text += " seen " + to_rfc3339(*host.seen_at);
  return text;
}

// Every event in a few words.
std::string events(NessusXml& report) {
  std::string text;
  for (;;) {
    switch (report.next()) {
      case Report::Event::host: text += "host " + told_of(report.host()) + "; "; break;
      case Report::Event::finding: text += std::string(report.brief().native_id) + "; "; break;
      case Report::Event::host_end:
        text += "end " + told_of(report.host()) +
                (report.host().finished == true ? "; " : " unfinished; ");
        break;
      case Report::Event::end: return text + "end";
    }
  }
}

std::string events_of(const std::string& xml, NessusXml::Tuning tuning = {}) {
  const auto source = memory_source(xml);
  NessusXml report(*source, {}, tuning);
  return events(report);
}

ScanFacts facts_of(const std::string& xml, NessusXml::Tuning tuning = {}) {
  const auto source = memory_source(xml);
  NessusXml report(*source, {}, tuning);
  events(report);
  return report.facts();
}

// Every finding as its line of JSON: all fields in one text.
std::string findings_of(const std::string& xml, NessusXml::Tuning tuning = {}) {
  const auto source = memory_source(xml);
  NessusXml report(*source, {}, tuning);
  std::string lines;
  Finding finding;
  for (Report::Event event = report.next(); event != Report::Event::end; event = report.next()) {
    if (event != Report::Event::finding) continue;
    report.fill(finding);
    append_finding_line(lines, finding, Evidence::keep);
    lines += finding.description + "\n";
  }
  return lines;
}

TEST(NessusXml, TellsHostsAndTheirItemsInOrder) {
  EXPECT_EQ(events_of(in_report("<ReportHost name='a'><HostProperties><tag name='host-ip'>10.0.0.1"
                                "</tag></HostProperties>" +
                                item("1") + item("2") + "</ReportHost>\n<ReportHost name='b'>" +
                                item("3") + "</ReportHost>")),
            "host a at 10.0.0.1; 1; 2; end a at 10.0.0.1; host b; 3; end b; end");
}

TEST(NessusXml, ReadsHostsWithoutPropertiesOrItems) {
  EXPECT_EQ(events_of(in_report("<ReportHost name='a'></ReportHost><ReportHost name='b'/>"
                                "<ReportHost name='c'><HostProperties/></ReportHost>"
                                "<ReportHost name='d'><HostProperties></HostProperties>" +
                                item("1") + "</ReportHost>")),
            "host a; end a unfinished; host b; end b unfinished; host c; end c unfinished; host d; "
            "1; end d; "
            "end");
}

TEST(NessusXml, KnowsPropertiesBehindItemsAtTheEndOfTheHost) {
  EXPECT_EQ(events_of(in_report("<ReportHost name='a'>" + item("1") +
                                "<HostProperties><tag name='host-ip'>10.0.0.1</tag>"
                                "</HostProperties></ReportHost>")),
            "host a; 1; end a at 10.0.0.1; end");
}

TEST(NessusXml, ReadsWhatIdentifiesAHost) {
  EXPECT_EQ(
      events_of(in_report(
          "<ReportHost name='w&amp;1'><HostProperties><tag name='host-fqdn'>w1.example\n</tag>"
          "<tag name='netbios-name'>W1</tag><tag name='aws-instance-instance-id'>i-1</tag>"
          "<tag name='HOST_END_TIMESTAMP'>1762522089</tag><tag name='os'>linux</tag>"
          "<tag/><unknown><deep>x</deep></unknown></HostProperties></ReportHost>")),
      "host w&1 is i-1 alias w1.example alias W1 seen 2025-11-07T13:28:09Z; "
      "end w&1 is i-1 alias w1.example alias W1 seen 2025-11-07T13:28:09Z; end");
}

TEST(NessusXml, PassesOverOpenPortRecords) {
  EXPECT_EQ(events_of(in_report("<ReportHost name='a'><ReportItem port='80' svc_name='www' "
                                "protocol='tcp' severity='0' pluginID='0' pluginName='' "
                                "pluginFamily=''></ReportItem><ReportItem port='81' pluginID='0'/>"
                                "<ReportItem pluginID='0' pluginName='named'/>" +
                                item("1") + "</ReportHost>")),
            "host a; 0; 1; end a; end");
}

TEST(NessusXml, PassesOverWhatItDoesNotKnowHoweverDeep) {
  const std::string strange = "<new><a><b>x</b></a>text</new><newer/>";
  EXPECT_EQ(events_of(in_report(strange + "<ReportHost name='a'>" + strange +
                                item("1", strange + "<cve>CVE-1</cve>") + strange +
                                "</ReportHost>" + strange)),
            "host a; 1; end a; end");
}

TEST(NessusXml, KeepsFieldsAroundUnknownOnes) {
  const std::string xml = in_report(
      "<ReportHost name='a'>" +
      item("1", "<cve>CVE-1</cve><new><cve>CVE-2</cve></new><cve>CVE-3</cve>") + "</ReportHost>");

  EXPECT_THAT(findings_of(xml), testing::HasSubstr(R"("vuln_ids":["CVE-1","CVE-3"])"));
}

std::string evidence_of_login(const std::string& tag, const std::string& output) {
  const auto told =
      events_of(in_report("<ReportHost name='a'><HostProperties>" + tag + "</HostProperties>" +
                          item("19506", output) + "</ReportHost>"));
  return told.substr(told.find("; end ") + 6);
}

TEST(NessusXml, BelievesTheScanInformationAboutCredentials) {
  EXPECT_EQ(evidence_of_login("", "<plugin_output>x\nCredentialed checks : yes\n</plugin_output>"),
            "a authenticated; end");
  EXPECT_EQ(evidence_of_login("", "<plugin_output>Credentialed checks : no</plugin_output>"),
            "a unauthenticated; end");
  EXPECT_EQ(evidence_of_login(
                "", "<plugin_output>Credentialed checks: yes, as 'root' via ssh</plugin_output>"),
            "a authenticated; end");
  EXPECT_EQ(evidence_of_login("", "<plugin_output>Nessus version : 10</plugin_output>"), "a; end");
  EXPECT_EQ(evidence_of_login("", ""), "a; end");
}

TEST(NessusXml, TakesContradictingEvidenceForTheWorse) {
  EXPECT_EQ(evidence_of_login("<tag name='Credentialed_Scan'>false</tag>",
                              "<plugin_output>Credentialed checks : yes</plugin_output>"),
            "a unauthenticated; end");
  EXPECT_EQ(evidence_of_login("<tag name='Credentialed_Scan'>true</tag>",
                              "<plugin_output>Credentialed checks : no</plugin_output>"),
            "a unauthenticated; end");
}

TEST(NessusXml, SeesThatTheScanOfAHostNeverEnded) {
  const auto with_tags = [](const std::string& tags) {
    return events_of(in_report("<ReportHost name='a'><HostProperties>" + tags +
                               "</HostProperties></ReportHost>"));
  };
  EXPECT_EQ(with_tags("<tag name='HOST_START'>Fri</tag>"), "host a; end a unfinished; end");
  EXPECT_EQ(with_tags("<tag name='HOST_START'>Fri</tag><tag name='HOST_END'>Fri</tag>"),
            "host a; end a; end");
  EXPECT_EQ(with_tags(""), "host a; end a unfinished; end");
  EXPECT_EQ(with_tags("<tag name='Credentialed_Scan'>true</tag>"),
            "host a; end a authenticated; end");
}

TEST(NessusXml, TakesNoTimeThatCannotBe) {
  const auto with_end = [](const std::string& seconds) {
    return events_of(
        in_report("<ReportHost name='a'><HostProperties><tag name='HOST_END_TIMESTAMP'"
                  ">" +
                  seconds + "</tag></HostProperties></ReportHost>"));
  };
  EXPECT_EQ(with_end("tomorrow"), "host a; end a; end");
  EXPECT_EQ(with_end("-1"), "host a; end a; end");
  EXPECT_EQ(with_end("9223372036854775807"), "host a; end a; end");
}

TEST(NessusXml, RefusesVersionOneAndOtherDocuments) {
  EXPECT_EQ(fault_of([] { events_of("<?xml version='1.0'?>\n<NessusClientData><x/>"); }),
            "input 2:1: a version 1 export (Nessus 4 and older), which is not supported; export "
            "the scan as .nessus version 2");
  EXPECT_EQ(fault_of([] { events_of("<html><body/></html>"); }),
            "input 1:1: root element <html> is not one of a Nessus export; expected "
            "<NessusClientData_v2>");
  EXPECT_EQ(fault_of([] { events_of("<nmaprun/>"); }),
            "input 1:1: root element <nmaprun> is not one of a Nessus export; expected "
            "<NessusClientData_v2>");
}

TEST(NessusXml, ReadsFragmentsAndSaysSo) {
  const std::string host = "<ReportHost name='a'>" + item("1") + "</ReportHost>";

  EXPECT_EQ(events_of("<Report>" + host + host + "</Report>"),
            "host a; 1; end a; host a; 1; end a; end");
  EXPECT_EQ(events_of(host), "host a; 1; end a; end");
  EXPECT_EQ(events_of("<ReportHost name='a'/>"), "host a; end a unfinished; end");
  EXPECT_THAT(facts_of("<Report>" + host + "</Report>").problems,
              ElementsAre("is a fragment of an export (root element <Report>), so hosts may be "
                          "missing"));
  EXPECT_THAT(facts_of(host).problems,
              ElementsAre("is a fragment of an export (root element <ReportHost>), so hosts may "
                          "be missing"));
}

TEST(NessusXml, SaysThatAPolicyIsNoReport) {
  EXPECT_THAT(facts_of("<NessusClientData_v2><Policy/></NessusClientData_v2>").problems,
              ElementsAre("holds a policy but no report"));
  EXPECT_THAT(facts_of(in_report("")).problems, IsEmpty());
  EXPECT_THAT(facts_of("<NessusClientData_v2><Report name='r'/></NessusClientData_v2>").problems,
              IsEmpty());
}

std::string with_preference(const std::string& name, const std::string& value) {
  return "<NessusClientData_v2><Policy><Preferences><ServerPreferences><preference><name>" + name +
         "</name><value>" + value +
         "</value></preference></ServerPreferences></Preferences></Policy><Report/>"
         "</NessusClientData_v2>";
}

TEST(NessusXml, ReadsWhatTheScannerWasAskedFor) {
  EXPECT_THAT(facts_of(with_preference("TARGET", "10.0.0.1, 10.0.0.0/24,\nweb")).targets,
              ElementsAre("10.0.0.1", "10.0.0.0/24", "web"));
  EXPECT_THAT(facts_of(with_preference("OTHER", "10.0.0.1")).targets, IsEmpty());
}

TEST(NessusXml, ReadsALongListOfTargetsWhole) {
  std::string list = "10.0.0.1";
  while (list.size() < 3 * 1024 * 1024) list += ",10.0.0.1";

  EXPECT_EQ(facts_of(with_preference("TARGET", list)).targets.size(), (list.size() + 1) / 9);
}

TEST(NessusXml, LeavesOutTheLongPluginListOfAPolicy) {
  const std::string list(3 * 1024 * 1024, '7');

  EXPECT_THAT(facts_of(with_preference("plugin_set", list)).targets, IsEmpty());
}

TEST(NessusXml, TellsThatTheLicenceLeftHostsOut) {
  EXPECT_THAT(facts_of(with_preference("LICENSE_ENFORCED_TRIM", "10.0.0.9")).limits,
              ElementsAre("LICENSE_ENFORCED_TRIM = 10.0.0.9"));
  EXPECT_THAT(facts_of(with_preference("LICENSE_ENFORCED_LIMIT", "yes")).limits,
              ElementsAre("LICENSE_ENFORCED_LIMIT = yes"));
  for (const char* none : {"", "0", "no", "False", " "})
    EXPECT_THAT(facts_of(with_preference("LICENSE_ENFORCED_TRIM", none)).limits, IsEmpty()) << none;
}

// Every kind of repetition that the memo must see through.
std::string repeating_report() {
  const std::string own = "<cve>CVE-1</cve><description>same &amp; same</description>";
  std::string hosts;
  for (int i = 0; i < 12; ++i) {
    const std::string n = std::to_string(i);
    hosts += "<ReportHost name='h" + n + "'>";
    hosts += item("1", own + "<plugin_output>" + n + "</plugin_output>");
    hosts += item("1",
                  own + "<plugin_output>" + n + "</plugin_output><xref>IAVA:" + n +
                      "</xref><synopsis>behind</synopsis>");
    hosts += item("2", own + "<solution>Update " + n + "</solution>");
    hosts += item("3", own + (i % 3 == 0 ? "<cwe>79</cwe>" : "<cwe>80</cwe><cwe>81</cwe>"));
    hosts += item("4", i == 7 ? own : own + "<see_also>http://x/" + n + "</see_also>");
    hosts += item("5", "<!-- c -->" + own);
    hosts += item("6", "<cve><![CDATA[CVE-9]]></cve>" + own);
    hosts += item("7", "<nested><cve>no</cve></nested>" + own);
    hosts += item("8");
    hosts += item("8", "<plugin_output>" + n + "</plugin_output>");
    hosts += "<ReportItem pluginID='9' pluginName='leaf'/>";
    hosts += "</ReportHost>";
  }
  return in_report(hosts);
}

TEST(NessusXml, ReadsTheSameWithAndWithoutMemo) {
  const std::string xml = repeating_report();
  const std::string expected = findings_of(xml, {.memo = false});

  EXPECT_EQ(std::count(expected.begin(), expected.end(), '\n'), 12 * 11 * 2);
  EXPECT_EQ(findings_of(xml, {.memo = true}), expected);
}

TEST(NessusXml, ReadsTheSameWithEveryChunkSize) {
  const std::string xml = repeating_report();
  const std::string expected = findings_of(xml);

  for (std::size_t chunk : {1U, 2U, 3U, 7U, 16U, 31U, 64U, 100U, 257U, 512U, 1000U, 4096U}) {
    ASSERT_EQ(findings_of(xml, {.chunk = chunk, .memo = true}), expected) << chunk;
    ASSERT_EQ(findings_of(xml, {.chunk = chunk, .memo = false}), expected) << chunk;
  }
}

TEST(NessusXml, TellsWhatStoodBeforeADamage) {
  const std::string xml =
      in_report("<ReportHost name='a'>" + item("1") + item("2", "<x>&nbsp;</x>"));
  const auto source = memory_source(xml);
  NessusXml report(*source, {});

  EXPECT_EQ(report.next(), Report::Event::host);
  EXPECT_EQ(report.next(), Report::Event::finding);
  EXPECT_EQ(report.brief().native_id, "1");
  EXPECT_EQ(fault_of([&] { report.next(); }),
            "input 2:" + std::to_string(xml.find("&nbsp;") - xml.find('\n')) +
                ": unknown entity or character reference '&nbsp;'");
}

TEST(NessusXml, RefusesAReportCutAtAnyByte) {
  const std::string xml = in_report(
      "<ReportHost name='a'><HostProperties><tag name='host-ip'>10.0.0.1</tag>"
      "</HostProperties>" +
      item("1", "<cve>CVE-1</cve><plugin_output>o</plugin_output>") + item("1") + "</ReportHost>");
  for (std::size_t cut = 0; cut < xml.size(); ++cut) {
    for (std::size_t chunk : {1U, 13U, 64U, 4096U}) {
      ASSERT_NE(fault_of([&] { events_of(xml.substr(0, cut), {.chunk = chunk}); }), "nothing")
          << "cut at " << cut << ", chunk " << chunk;
    }
  }
}

}  // namespace
}  // namespace patchbot
