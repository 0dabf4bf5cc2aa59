// SPDX-License-Identifier: Apache-2.0
#include "services/aws/sts.hpp"

#include <gmock/gmock.h>

#include "aws_fixture.hpp"

namespace patchbot::aws {
namespace {

using test::fault_of;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class StsTest : public AwsTest {
 protected:
  /// What an AssumeRole that is answered so makes of it; no secret may be in a message.
  std::string fault_at(const std::string& body, int status = 200) {
    answer(body, status);
    const std::string fault = fault_of([this] { assume_role(asking, role); });
    EXPECT_THAT(fault, Not(HasSubstr("S3CR3T")));
    return fault;
  }

  Client asking = client();
  RoleRequest role{.arn = "arn:aws:iam::111122223333:role/r"};
  const std::string here =
      "remote: sts AssumeRole in eu-west-1 of account 111122223333, role "
      "arn:aws:iam::111122223333:role/r: ";
};

std::string credentials_in(const std::string& inside) {
  return "<AssumeRoleResponse xmlns=\"u\"><AssumeRoleResult><Credentials>" + inside +
         "</Credentials></AssumeRoleResult></AssumeRoleResponse>";
}

const std::string key = "<AccessKeyId>KEY</AccessKeyId>";
const std::string secret = "<SecretAccessKey>S3CR3T+/=</SecretAccessKey>";
const std::string token = "<SessionToken>S3CR3T-token</SessionToken>";

TEST_F(StsTest, TellsWhoWeAre) {
  answer(
      "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/u</"
      "Arn><UserId>U"
      "</UserId><Account>111122223333</Account></GetCallerIdentityResult></"
      "GetCallerIdentityResponse>");

  const Identity identity = caller_identity(asking);

  EXPECT_EQ(identity.account, "111122223333");
  EXPECT_EQ(identity.arn, "arn:aws:iam::1:user/u");
  EXPECT_EQ(transport.requests.at(0).url, "https://sts.eu-west-1.amazonaws.com/");
  EXPECT_EQ(sent(0), "Action=GetCallerIdentity&Version=2011-06-15");
}

TEST_F(StsTest, NeedsAnAccount) {
  for (const char* body :
       {"<x/>",
        "<R><GetCallerIdentityResult/></R>",
        "<R><GetCallerIdentityResult><Account> </Account></GetCallerIdentityResult>"
        "</R>"}) {
    answer(body);
    EXPECT_EQ(
        fault_of([this] { caller_identity(asking); }),
        "remote: sts GetCallerIdentity in eu-west-1 of account 111122223333: the answer names "
        "no account");
  }
}

TEST_F(StsTest, AssumesARole) {
  answer(credentials_in(key + secret + token + "<Expiration>2026-01-02T04:04:05Z</Expiration>"));
  role.external_id = "ext id";

  const Credentials assumed = assume_role(asking, role);

  EXPECT_EQ(assumed.key_id, "KEY");
  EXPECT_EQ(assumed.secret.reveal(), "S3CR3T+/=");
  EXPECT_EQ(assumed.token.reveal(), "S3CR3T-token");
  EXPECT_EQ(assumed.expires, parse_rfc3339("2026-01-02T04:04:05Z"));
  EXPECT_EQ(assumed.origin, "role arn:aws:iam::111122223333:role/r");
  EXPECT_EQ(sent(0),
            "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fr&"
            "RoleSessionName=patchbot&DurationSeconds=3600&ExternalId=ext+id&Version=2011-06-15");
}

TEST_F(StsTest, SendsNoEmptyExternalId) {
  answer(credentials_in(key + secret + token));

  assume_role(asking, role);

  EXPECT_THAT(sent(0), Not(HasSubstr("ExternalId")));
}

TEST_F(StsTest, AssumesARoleWithAWebIdentity) {
  answer(credentials_in(key + secret + token));

  EXPECT_EQ(assume_role_with_web_identity(asking, role, Secret("jwt.a-b_c")).origin,
            "web identity, role arn:aws:iam::111122223333:role/r");
  EXPECT_THAT(sent(0), StartsWith("Action=AssumeRoleWithWebIdentity&RoleArn="));
  EXPECT_THAT(sent(0), HasSubstr("&WebIdentityToken=jwt.a-b_c&Version="));
}

TEST_F(StsTest, QuotesNoSecretOfAnIncompleteAnswer) {
  EXPECT_EQ(fault_at(credentials_in(secret + token)),
            here + "the answer's credentials are incomplete");
  EXPECT_EQ(fault_at(credentials_in(key + token)),
            here + "the answer's credentials are incomplete");
  EXPECT_EQ(fault_at(credentials_in(key + secret)),
            here + "the answer's credentials are incomplete")
      << "temporary credentials have a token";
  EXPECT_EQ(fault_at("<R>" + secret + "</R>"), here + "the answer has no credentials");
}

TEST_F(StsTest, QuotesNoSecretOfABrokenAnswer) {
  EXPECT_THAT(fault_at("<R><Credentials>" + key + secret + "<SessionToken>S3CR3T"),
              StartsWith(here));
  EXPECT_THAT(fault_at("<R><Credentials>" + secret + "</S3CR></R>"), StartsWith(here));
  EXPECT_THAT(fault_at("{\"SecretAccessKey\":\"S3CR3T\"}"), StartsWith(here));
}

TEST_F(StsTest, NamesTheRoleThatWasRefused) {
  EXPECT_EQ(
      fault_at("<ErrorResponse><Error><Code>AccessDenied</Code><Message>m</Message></Error>"
               "</ErrorResponse>",
               403),
      here +
          "AccessDenied: m (HTTP 403); does the role exist, and does its trust policy name us "
          "and the external id?");
}

}  // namespace
}  // namespace patchbot::aws
