// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2_instance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace patchbot::aws {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

Target read(const std::string& inside) {
  const XmlAnswer answer("<item>" + inside + "</item>");
  return read_instance(answer.root());
}

TEST(Ec2Instance, ReadsWhatTheInventoryNames) {
  const Target target = read(
      "<instanceId>i-1</instanceId><imageId>ami-1</imageId><instanceState><code>16</code><name>"
      "running</name></instanceState><launchTime>2026-01-02T03:04:05.000Z</launchTime><vpcId>vpc-1"
      "</vpcId><privateIpAddress>10.0.0.1</privateIpAddress><ipAddress>52.0.0.1</ipAddress>"
      "<tagSet><item><key>Name</key><value>web 1</value></item></tagSet>");

  EXPECT_EQ(target.id, "i-1");
  EXPECT_EQ(target.ami, "ami-1");
  EXPECT_EQ(target.state, "running");
  EXPECT_EQ(target.launched_at, parse_rfc3339("2026-01-02T03:04:05Z"));
  EXPECT_EQ(target.vpc, "vpc-1");
  EXPECT_THAT(target.addresses, ElementsAre("10.0.0.1"));
  EXPECT_THAT(target.public_addresses, ElementsAre("52.0.0.1"));
  EXPECT_EQ(target.platform, "linux");
  EXPECT_EQ(target.name, "web 1");
  EXPECT_EQ(target.exposed, true);
}

TEST(Ec2Instance, CollectsTheAddressesOfAllInterfaces) {
  const auto address = [](const std::string& inside, const std::string& outside) {
    return "<item><privateIpAddress>" + inside + "</privateIpAddress>" +
           (outside.empty() ? ""
                            : "<association><publicIp>" + outside + "</publicIp></association>") +
           "</item>";
  };
  const Target target = read(
      "<privateIpAddress>10.0.0.1</privateIpAddress><ipAddress>52.0.0.1</ipAddress>"
      "<ipv6Address>2001:db8::1</ipv6Address><networkInterfaceSet>"
      // A second interface may well come first.
      "<item><privateIpAddress>10.0.9.1</privateIpAddress><privateIpAddressesSet>" +
      address("10.0.9.1", "") + address("10.0.9.2", "52.0.9.2") +
      "</privateIpAddressesSet><ipv6AddressesSet><item><ipv6Address>2001:db8::9</ipv6Address></"
      "item>"
      "</ipv6AddressesSet></item>"
      "<item><privateIpAddress>10.0.0.1</privateIpAddress><association><publicIp>52.0.0.1</"
      "publicIp>"
      "</association><privateIpAddressesSet>" +
      address("10.0.0.1", "52.0.0.1") + address("10.0.0.2", "52.0.0.2") +
      "</privateIpAddressesSet><ipv6AddressesSet><item><ipv6Address>2001:db8::1</ipv6Address></"
      "item>"
      "<item><ipv6Address>2001:db8::2</ipv6Address></item></ipv6AddressesSet></item>"
      "</networkInterfaceSet>");

  EXPECT_THAT(target.addresses,
              ElementsAre("10.0.0.1",
                          "10.0.9.1",
                          "10.0.9.2",
                          "10.0.0.2",
                          "2001:db8::1",
                          "2001:db8::9",
                          "2001:db8::2"));
  EXPECT_THAT(target.public_addresses, ElementsAre("52.0.0.1", "52.0.9.2", "52.0.0.2"));
}

TEST(Ec2Instance, KnowsAddressesThatOnlyItsInterfacesTell) {
  const Target target = read(
      "<networkInterfaceSet><item><privateIpAddress>10.0.0.1</privateIpAddress><association>"
      "<publicIp>52.0.0.1</publicIp></association></item></networkInterfaceSet>");

  EXPECT_THAT(target.addresses, ElementsAre("10.0.0.1"));
  EXPECT_THAT(target.public_addresses, ElementsAre("52.0.0.1"));
  EXPECT_EQ(target.exposed, true);
}

TEST(Ec2Instance, DoesNotKnowItsExposureWithoutAPublicAddress) {
  EXPECT_EQ(read("<privateIpAddress>10.0.0.1</privateIpAddress>").exposed, std::nullopt);
  EXPECT_EQ(read("<ipv6Address>2001:db8::1</ipv6Address>").exposed, std::nullopt);
}

TEST(Ec2Instance, SortsTagsAndTakesWhatTheyTell) {
  const auto tag = [](const std::string& key, const std::string& value) {
    return "<item><key>" + key + "</key><value>" + value + "</value></item>";
  };
  const Target target = read("<tagSet>" + tag("team", "web") + tag("Name", "web-1") +
                             tag("aws:cloudformation:stack-name", "stack") +
                             tag("aws:autoscaling:groupName", "group") + tag("empty", "") +
                             tag("name", "not this") + "</tagSet>");

  EXPECT_THAT(target.tags,
              ElementsAre(Pair("Name", "web-1"),
                          Pair("aws:autoscaling:groupName", "group"),
                          Pair("aws:cloudformation:stack-name", "stack"),
                          Pair("empty", ""),
                          Pair("name", "not this"),
                          Pair("team", "web")));
  EXPECT_EQ(target.name, "web-1");
  EXPECT_EQ(target.asg, "group");
  EXPECT_EQ(target.stack, "stack");
  EXPECT_EQ(target.team, "") << "owners are the configuration's business";
}

TEST(Ec2Instance, KnowsWindows) {
  EXPECT_EQ(read("<platform>windows</platform>").platform, "windows");
  EXPECT_EQ(read("<platform>Windows</platform>").platform, "windows");
  EXPECT_EQ(read("<platformDetails>Windows with SQL Server</platformDetails>").platform, "windows");
  EXPECT_EQ(read("<platformDetails>Red Hat Enterprise Linux</platformDetails>").platform, "linux");
}

TEST(Ec2Instance, DoesNotMindWhatIsMissing) {
  Target bare;
  bare.platform = "linux";

  EXPECT_EQ(read(""), bare);
  EXPECT_EQ(read("<instanceId/><launchTime>yesterday</launchTime><networkInterfaceSet/><tagSet/>"
                 "<instanceState/><unknown><x/></unknown>"),
            bare);
}

}  // namespace
}  // namespace patchbot::aws
