// SPDX-License-Identifier: Apache-2.0
#include "formats/aws_yaml.hpp"

#include <gtest/gtest.h>

#include "formats/config_yaml.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;

const std::string head = "schema: patchbot.config/1\n";

// The section begins in line 2.
AwsSettings aws(const std::string& section) {
  return parse_config(head + "aws: " + section).aws.value();
}

std::string refusal(const std::string& section) {
  return fault_of([&] { aws(section); });
}

std::string account_refusal(const std::string& account) {
  return refusal("\n  accounts:\n    - {" + account + "}\n");
}

TEST(AwsYaml, ReadsEveryKey) {
  const AwsSettings read = aws(R"(
  accounts:
    - id: 111122223333
      name: production
      role: arn:aws:iam::111122223333:role/tools/read
      external_id: acme-1
      regions: eu-west-1
      environment: production
      team: platform
    - { id: "012345678901", role: tools/other }
  organization: { exclude: ["999988887777"] }
  role: tools/patchbot-read
  external_id: acme-0
  regions: [eu-west-1, eu-central-1]
)");

  AwsSettings expected;
  expected.accounts = {{"111122223333",
                        "production",
                        "arn:aws:iam::111122223333:role/tools/read",
                        "acme-1",
                        {"eu-west-1"},
                        "platform",
                        "production"},
                       {"012345678901", "", "tools/other", "", {}, "", ""}};
  expected.organization = OrganizationSettings{{"999988887777"}};
  expected.role = "tools/patchbot-read";
  expected.external_id = "acme-0";
  expected.regions = {"eu-west-1", "eu-central-1"};
  EXPECT_EQ(read, expected);
}

TEST(AwsYaml, HasDefaults) {
  EXPECT_EQ(parse_config(head).aws, std::nullopt);
  EXPECT_EQ(aws("{}"), AwsSettings());
  EXPECT_EQ(AwsSettings().role, "patchbot-read");
}

TEST(AwsYaml, TakesTheWholeOrganizationOrNone) {
  EXPECT_EQ(aws("{organization: true}").organization, OrganizationSettings());
  EXPECT_EQ(aws("{organization: false}").organization, std::nullopt);
  EXPECT_EQ(refusal("{organization: yes}"),
            "usage 2:21: organization must be true, false or a mapping with exclude");
  EXPECT_EQ(refusal("{organization: {without: 1}}"),
            "usage 2:22: unknown key 'without' in organization; expected one of: exclude");
  EXPECT_EQ(refusal("{organization: {exclude: [prod]}}"),
            "usage 2:32: account id 'prod' must be 12 digits, with all zeros in front");
}

TEST(AwsYaml, RefusesAccountsThatCannotBe) {
  EXPECT_EQ(account_refusal("id: 12345678901"),
            "usage 4:12: account id '12345678901' must be 12 digits, with all zeros in front");
  EXPECT_EQ(account_refusal("name: production"), "usage 4:7: an account needs the key 'id'");
  EXPECT_EQ(account_refusal("id: '111122223333', colour: red"),
            "usage 4:28: unknown key 'colour' in an account; expected one of: id, name, role, "
            "external_id, regions, team, environment");
  EXPECT_EQ(refusal("{accounts: []}"), "usage 2:17: accounts must not be an empty list");
  EXPECT_EQ(refusal("{accounts: '111122223333'}"), "usage 2:17: accounts must be a list (- item)");
  EXPECT_EQ(refusal("{accounts: [111122223333]}"),
            "usage 2:18: an account must be a mapping (key: value)");
}

TEST(AwsYaml, RefusesAccountsThatContradictEachOther) {
  EXPECT_EQ(refusal("{accounts: [{id: 111122223333}, {id: '111122223333'}]}"),
            "usage 2:43: account '111122223333' is given twice");
  EXPECT_EQ(refusal("{accounts: [{id: 111122223333}], organization: {exclude: 111122223333}}"),
            "usage 2:53: account '111122223333' is excluded, yet it stands in accounts");
}

TEST(AwsYaml, RefusesRolesThatCannotBe) {
  EXPECT_EQ(refusal("{role: /patchbot}"),
            "usage 2:13: role: '/patchbot' is no role name, such as patchbot-read");
  EXPECT_EQ(refusal("{role: 'arn:aws:iam::111122223333:role/x'}"),
            "usage 2:13: role: an ARN belongs to one account; name it there, in accounts");
  EXPECT_EQ(account_refusal("id: 111122223333, role: 'arn:aws:iam::111122223333:user/x'"),
            "usage 4:32: role: 'arn:aws:iam::111122223333:user/x' is no role ARN, such as "
            "arn:aws:iam::111122223333:role/patchbot-read");
  EXPECT_EQ(account_refusal("role: 'arn:aws:iam::444455556666:role/x', id: 111122223333"),
            "usage 4:14: role: 'arn:aws:iam::444455556666:role/x' is of another account than "
            "111122223333");
  EXPECT_EQ(
      refusal("{external_id: 'a b'}"),
      "usage 2:20: external_id: 'a b' cannot be one: 2 to 1224 letters, digits or _ + = , . @ "
      ": / -");
}

TEST(AwsYaml, RefusesRegionsThatCannotBeOrStandTwice) {
  EXPECT_EQ(refusal("{regions: [eu-west-1, Ireland]}"),
            "usage 2:28: 'Ireland' is no AWS region, such as eu-west-1");
  EXPECT_EQ(refusal("{regions: [eu-west-1, eu-west-1]}"),
            "usage 2:28: region 'eu-west-1' is given twice");
  EXPECT_EQ(refusal("{regions: []}"), "usage 2:16: regions must not be an empty list");
}

TEST(AwsYaml, RefusesFallbacksThatAreNone) {
  EXPECT_EQ(account_refusal("id: 111122223333, environment: 'tag:env'"),
            "usage 4:39: environment of an account: a plain text; tags belong into owners");
  EXPECT_EQ(account_refusal("id: 111122223333, team: 'tag:team'"),
            "usage 4:32: team name 'tag:team': use letters, digits, '-' and '_' only");
}

TEST(AwsYaml, KnowsTheTeamsWhereverTheyStand) {
  const std::string section = "aws: {accounts: [{id: 111122223333, team: chekout}]}\n";
  const std::string teams = "teams: {checkout: {}, search: {}}\n";

  EXPECT_EQ(fault_of([&] { parse_config(head + section + teams); }),
            "usage 2:43: team 'chekout' is not among the teams; did you mean 'checkout'?");
  EXPECT_EQ(fault_of([&] { parse_config(head + teams + section); }),
            "usage 3:43: team 'chekout' is not among the teams; did you mean 'checkout'?");
  EXPECT_EQ(fault_of([&] { parse_config(head + section); }), "nothing");
}

}  // namespace
}  // namespace patchbot
