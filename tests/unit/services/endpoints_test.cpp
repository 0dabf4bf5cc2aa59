// SPDX-License-Identifier: Apache-2.0
#include "services/aws/endpoints.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using Variables = std::map<std::string, std::string>;

Environment environment(const Variables& variables) {
  return [variables](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  };
}

Endpoints endpoints(const Variables& variables) { return Endpoints(environment(variables)); }

struct Place {
  const Service& service;
  const char* host;
  const char* variable;
};

const Place places[] = {
    {ec2, "ec2.eu-west-1", "AWS_ENDPOINT_URL_EC2"},
    {autoscaling, "autoscaling.eu-west-1", "AWS_ENDPOINT_URL_AUTO_SCALING"},
    {cloudformation, "cloudformation.eu-west-1", "AWS_ENDPOINT_URL_CLOUDFORMATION"},
    {sts, "sts.eu-west-1", "AWS_ENDPOINT_URL_STS"},
    {ssm, "ssm.eu-west-1", "AWS_ENDPOINT_URL_SSM"},
    {secretsmanager, "secretsmanager.eu-west-1", "AWS_ENDPOINT_URL_SECRETS_MANAGER"},
    {organizations, "organizations.us-east-1", "AWS_ENDPOINT_URL_ORGANIZATIONS"},
    {inspector2, "inspector2.eu-west-1", "AWS_ENDPOINT_URL_INSPECTOR2"},
    {s3, "s3.eu-west-1", "AWS_ENDPOINT_URL_S3"}};

TEST(Endpoints, KnowEveryService) {
  for (const Place& place : places) {
    EXPECT_EQ(Endpoints().url(place.service, "eu-west-1"),
              "https://" + std::string(place.host) + ".amazonaws.com");
  }
}

TEST(Endpoints, CanBeGivenForEveryServiceAlone) {
  for (const Place& place : places) {
    const Endpoints given = endpoints({{place.variable, "http://localhost:5000/"}});
    for (const Place& other : places) {
      const bool same = &place == &other;
      EXPECT_EQ(
          given.url(other.service, "eu-west-1"),
          same ? "http://localhost:5000" : "https://" + std::string(other.host) + ".amazonaws.com");
    }
  }
}

TEST(Endpoints, CanBeGivenForAll) {
  const Endpoints given = endpoints({{"AWS_ENDPOINT_URL", "http://127.0.0.1:5000/base//"},
                                     {"AWS_ENDPOINT_URL_SSM", "https://ssm.example"}});

  EXPECT_EQ(given.url(ec2, "eu-west-1"), "http://127.0.0.1:5000/base");
  EXPECT_EQ(given.url(organizations, "cn-north-1"), "http://127.0.0.1:5000/base");
  EXPECT_EQ(given.url(ssm, "eu-west-1"), "https://ssm.example");
}

TEST(Endpoints, OfTheProfileYieldToTheEnvironment) {
  Endpoints given = endpoints({{"AWS_ENDPOINT_URL_EC2", "http://env-ec2"}});
  given.add_profile({{"", "http://profile"},
                     {"ec2", "http://profile-ec2"},
                     {"secrets_manager", "http://profile-secrets"},
                     {"auto scaling", "http://profile-asg"}});

  EXPECT_EQ(given.url(ec2, "eu-west-1"), "http://env-ec2");
  EXPECT_EQ(given.url(secretsmanager, "eu-west-1"), "http://profile-secrets");
  EXPECT_EQ(given.url(autoscaling, "eu-west-1"), "http://profile-asg");
  EXPECT_EQ(given.url(sts, "eu-west-1"), "http://profile");

  Endpoints all = endpoints({{"AWS_ENDPOINT_URL", "http://env"}});
  all.add_profile({{"", "http://profile"}, {"ec2", "http://profile-ec2"}});
  EXPECT_EQ(all.url(ec2, "eu-west-1"), "http://env") << "aws.md c: before all of the profile";
}

TEST(Endpoints, CanBeIgnored) {
  for (const char* flag : {"true", "TRUE", "True"}) {
    Endpoints given = endpoints({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", flag},
                                 {"AWS_ENDPOINT_URL", "http://env"},
                                 {"AWS_ENDPOINT_URL_EC2", "no url, but nobody looks"}});
    given.add_profile({{"", "http://profile"}, {"ssm", "nor this"}});
    EXPECT_EQ(given.url(ec2, "eu-west-1"), "https://ec2.eu-west-1.amazonaws.com");
    EXPECT_EQ(given.url(ssm, "eu-west-1"), "https://ssm.eu-west-1.amazonaws.com");
    EXPECT_TRUE(given.variables().empty());
  }
  EXPECT_EQ(endpoints({{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"},
                       {"AWS_ENDPOINT_URL", "http://env"}})
                .url(ec2, "eu-west-1"),
            "http://env");
}

TEST(Endpoints, RefuseWhatIsNoUrl) {
  const auto fault = [](const std::string& url) {
    return fault_of([&] { endpoints({{"AWS_ENDPOINT_URL_S3", url}}); });
  };

  for (const char* bad : {"localhost:5000",
                          "/file",
                          "ftp://h",
                          "file:///etc/passwd",
                          "HTTP",
                          "http:",
                          "http://",
                          "https:///",
                          "http:///path",
                          "http://?q"}) {
    EXPECT_EQ(fault(bad),
              "usage: AWS_ENDPOINT_URL_S3: '" + std::string(bad) + "' is no http or https URL");
  }
  EXPECT_EQ(fault("x\n\x1B[2J"), "usage: AWS_ENDPOINT_URL_S3: 'x [2J' is no http or https URL");
  EXPECT_EQ(fault_of([] {
              Endpoints().add_profile({{"ec2", "h"}});
            }),
            "usage: endpoint_url of the profile: 'h' is no http or https URL");
}

// A replay knows nothing but these: it must come to the same addresses.
TEST(Endpoints, CanBeWrittenAsVariables) {
  Endpoints given = endpoints({{"AWS_ENDPOINT_URL_EC2", "http://env-ec2"}});
  given.add_profile({{"", "http://profile"}, {"secrets manager", "http://profile-secrets"}});

  const Variables variables = given.variables();

  EXPECT_EQ(variables,
            (Variables{{"AWS_ENDPOINT_URL", "http://profile"},
                       {"AWS_ENDPOINT_URL_EC2", "http://env-ec2"},
                       {"AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://profile-secrets"}}));
  for (const Place& place : places) {
    EXPECT_EQ(endpoints(variables).url(place.service, "x"), given.url(place.service, "x"));
  }
  EXPECT_TRUE(Endpoints().variables().empty());
}

TEST(Endpoints, DependOnThePartition) {
  const auto url = [](const char* region) { return Endpoints().url(ec2, region); };

  EXPECT_EQ(url("cn-north-1"), "https://ec2.cn-north-1.amazonaws.com.cn");
  EXPECT_EQ(url("us-gov-east-1"), "https://ec2.us-gov-east-1.amazonaws.com");
  EXPECT_EQ(url("eusc-de-east-1"), "https://ec2.eusc-de-east-1.amazonaws.eu");
  EXPECT_EQ(url("us-iso-east-1"), "https://ec2.us-iso-east-1.c2s.ic.gov");
  EXPECT_EQ(url("us-isob-east-1"), "https://ec2.us-isob-east-1.sc2s.sgov.gov");
  EXPECT_EQ(url("ap-southeast-7"), "https://ec2.ap-southeast-7.amazonaws.com");
}

TEST(Partition, IsTheFirstPartOfArns) {
  EXPECT_EQ(partition_of("eu-west-1"), "aws");
  EXPECT_EQ(partition_of("us-east-1"), "aws");
  EXPECT_EQ(partition_of("cn-northwest-1"), "aws-cn");
  EXPECT_EQ(partition_of("us-gov-west-1"), "aws-us-gov");
  EXPECT_EQ(partition_of("eusc-de-east-1"), "aws-eusc");
  EXPECT_EQ(partition_of("us-iso-west-1"), "aws-iso");
  EXPECT_EQ(partition_of("us-isob-east-1"), "aws-iso-b");
  EXPECT_EQ(partition_of("eu-isoe-west-1"), "aws-iso-e");
  EXPECT_EQ(partition_of("us-isof-south-1"), "aws-iso-f");
  EXPECT_EQ(partition_of(""), "aws");
}

TEST(SigningRegion, IsOneForAllOrganizationsOfAPartition) {
  EXPECT_EQ(signing_region(organizations, "eu-west-1"), "us-east-1");
  EXPECT_EQ(signing_region(organizations, "cn-north-1"), "cn-northwest-1");
  EXPECT_EQ(signing_region(organizations, "us-gov-east-1"), "us-gov-west-1");
  EXPECT_EQ(signing_region(organizations, "eusc-de-east-1"), "eusc-de-east-1");
  EXPECT_EQ(signing_region(ec2, "cn-north-1"), "cn-north-1");
  EXPECT_EQ(Endpoints().url(organizations, "cn-north-1"),
            "https://organizations.cn-northwest-1.amazonaws.com.cn");
}

}  // namespace
}  // namespace patchbot::aws
