// SPDX-License-Identifier: Apache-2.0
#include "net/redaction.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace patchbot {
namespace {

using nlohmann::json;

const char* const secret_names[] = {"AccessKeyId",     "SecretAccessKey",
                                    "SessionToken",    "WebIdentityToken",
                                    "Token",           "AccessToken",
                                    "RefreshToken",    "SecretString",
                                    "SecretBinary",    "Password",
                                    "csrf_token",      "api_key",
                                    "apiToken",        "secret-key",
                                    "accessKey",       "client_secret",
                                    "authToken",       "X-Amz-Security-Token",
                                    "X-Amz-Signature", "SECRET_ACCESS_KEY",
                                    "sessiontoken",    "userData"};

class Redaction : public testing::TestWithParam<const char*> {};

TEST_P(Redaction, KnowsTheNameInJson) {
  const std::string name = GetParam();

  EXPECT_EQ(json::parse(redacted("{\"" + name + "\": \"S3CR3T\", \"Other\": \"kept\"}")),
            (json{{name, "REDACTED"}, {"Other", "kept"}}));
}

TEST_P(Redaction, KnowsTheNameInXml) {
  const std::string name = GetParam();

  EXPECT_EQ(redacted("<a><" + name + ">S3CR3T</" + name + "><b>kept</b></a>"),
            "<a><" + name + ">REDACTED</" + name + "><b>kept</b></a>");
}

TEST_P(Redaction, KnowsTheNameInForms) {
  const std::string name = GetParam();

  EXPECT_EQ(redacted("a=kept&" + name + "=S3CR3T&b=kept"), "a=kept&" + name + "=REDACTED&b=kept");
  EXPECT_EQ(redacted_url("https://h/p?" + name + "=S3CR3T"), "https://h/p?" + name + "=REDACTED");
}

INSTANTIATE_TEST_SUITE_P(Names, Redaction, testing::ValuesIn(secret_names), [](const auto& tested) {
  std::string name = tested.param;
  for (char& c : name) c = c == '-' ? '0' : c;
  return name;
});

TEST(RedactionOfJson, GoesAsDeepAsTheText) {
  EXPECT_EQ(redacted(R"({"a": [{"b": {"Password": "S3CR3T"}}]})"),
            "{\n  \"a\": [\n    {\n      \"b\": {\n        \"Password\": \"REDACTED\"\n      }\n"
            "    }\n  ]\n}");
  EXPECT_EQ(json::parse(redacted(R"(  [{"token": 17}, {"token": true}, {"token": null}])")),
            json::parse(R"([{"token": "REDACTED"}, {"token": "REDACTED"}, {"token": null}])"));
}

TEST(RedactionOfJson, LeavesNothingBelowASecretName) {
  EXPECT_EQ(json::parse(redacted(R"({"token": ["S3CR3T", {"x": "S3CR3T"}]})")),
            json::parse(R"({"token": "REDACTED"})"));
}

TEST(RedactionOfJson, KnowsSecureParametersOfSsm) {
  EXPECT_EQ(json::parse(redacted(R"({"Parameters": [
              {"Name": "/db", "Type": "SecureString", "Value": "S3CR3T"},
              {"Name": "/text", "Type": "String", "Value": "S3CR3T"},
              {"Name": "/ami", "Type": "String", "Value": "ami-1"}]})")),
            json::parse(R"({"Parameters": [
              {"Name": "/db", "Type": "SecureString", "Value": "REDACTED"},
              {"Name": "/text", "Type": "String", "Value": "REDACTED"},
              {"Name": "/ami", "Type": "String", "Value": "ami-1"}]})"));
}

TEST(RedactionOfJson, ChangesNoByteWithoutASecret) {
  for (const std::string text : {
           R"({"NextToken": "t", "nextToken" : "t" , "x":1.50})",
           R"([ 1e3, "Password", {"tokens": "kept", "passwords": [1]} ])",
           "{}",
           "[]",
           " {\"a\":\n1}\n",
       }) {
    EXPECT_EQ(redacted(text), text);
  }
}

TEST(RedactionOfJson, DropsBrokenTextThatNamesASecret) {
  EXPECT_EQ(redacted(R"({"SecretAccessKey": "S3CR3T", "x": )"), "REDACTED");
  EXPECT_EQ(redacted("{\"SecretAccessKey\": \"S3CR3T\xFF\"}"), "REDACTED");
  EXPECT_EQ(redacted(R"({"Type": "SecureString", "Value": "S3C)"), "REDACTED");
  EXPECT_EQ(redacted(R"({"Name": "cut o)"), R"({"Name": "cut o)");
}

TEST(RedactionOfJson, DropsTextThatIsTooDeepToFollow) {
  const std::string deep = std::string(100'000, '[') + R"({"Password":"S3CR3T"})";

  EXPECT_EQ(redacted(deep), "REDACTED");
}

TEST(RedactionOfJson, DoesNotTakeBracketsInTextsForDepth) {
  std::string text = R"({"Password":"S3CR3T","versions":[)";
  for (int i = 0; i < 200; ++i) text += R"j("from \"[1.0, 2.0)",)j";
  text += R"("[{[{"]})";

  const json out = json::parse(redacted(text));

  EXPECT_EQ(out["Password"], "REDACTED");
  EXPECT_EQ(out["versions"].size(), 201U);
  EXPECT_EQ(out["versions"][0], "from \"[1.0, 2.0)");
}

TEST(RedactionOfXml, KnowsPrefixesAttributesAndNesting) {
  EXPECT_EQ(redacted("<a:R xmlns:a='u'><a:SessionToken a:t=\"x\">S3CR3T</a:SessionToken ></a:R>"),
            "<a:R xmlns:a='u'><a:SessionToken a:t=\"x\">REDACTED</a:SessionToken ></a:R>");
  EXPECT_EQ(redacted("<R><Password x='>' y=\"/>\">S3CR3T</Password></R>"),
            "<R><Password x='>' y=\"/>\">REDACTED</Password></R>");
  EXPECT_EQ(redacted("<R><Token><x>S3CR3T</x> S3CR3T <Token/>S3CR3T</Token>kept</R>"),
            "<R><Token>REDACTED</Token>kept</R>");
  EXPECT_EQ(redacted("\n<Token\n>S3CR3T</Token\n>"), "\n<Token\n>REDACTED</Token\n>");
}

TEST(RedactionOfXml, KnowsOtherWaysToWriteAText) {
  EXPECT_EQ(redacted("<Token><![CDATA[S3CR3T</Token>S3CR3T]]></Token>"), "<Token>REDACTED</Token>");
  EXPECT_EQ(redacted("<Token>S3<!-- </Token> -->CR3T<?pi </Token>?>S3CR3T</Token>"),
            "<Token>REDACTED</Token>");
}

TEST(RedactionOfXml, DropsTheRestBehindASecretThatDoesNotEnd) {
  EXPECT_EQ(redacted("<R><a>kept</a><Token>S3CR3T"), "<R><a>kept</a><Token>REDACTED");
  EXPECT_EQ(redacted("<R><Token>S3CR3T<b>S3CR3T</b>"), "<R><Token>REDACTED");
  EXPECT_EQ(redacted("<R x=\"><Token>S3CR3T</Token>"), "<R x=\"><Token>REDACTED</Token>");
}

TEST(RedactionOfXml, ChangesNoByteWithoutASecret) {
  for (const std::string text : {
           "<R><Tokens>kept</Tokens><nextToken>kept</nextToken><Token/><Token /></R>",
           "<?xml version='1.0'?>\n<!-- <Token>kept</Token> --><R>&lt;Token></R>",
           "<R><![CDATA[<Token>kept</Token>]]></R>",
           "<R><a token='kept'>x</a>",
           "<",
           "<Tok",
           "</Token>kept<b>",
       }) {
    EXPECT_EQ(redacted(text), text);
  }
}

TEST(RedactionOfForms, ChangesNoByteWithoutASecret) {
  for (const std::string text : {
           "Action=DescribeInstances&NextToken=kept&Version=2016-11-15",
           "&&a=1&&b&=c&",
           "=",
           "",
           "plain text about a password, and token",
           "token",
       }) {
    EXPECT_EQ(redacted(text), text);
  }
}

TEST(RedactionOfForms, TakesTextsWithBlanksForFormsToo) {
  EXPECT_EQ(redacted("email=a b&password=S3CR3T with a blank\n"), "email=a b&password=REDACTED");
  EXPECT_EQ(redacted("&token=S3CR3T&"), "&token=REDACTED&");
  EXPECT_EQ(redacted("token=S3CR3T=S3CR3T"), "token=REDACTED");
}

TEST(RedactionOfUrls, LeavesTheRestAsItIs) {
  EXPECT_EQ(redacted_url("https://h:1/Token=kept/p?a=kept&X-Amz-Signature=S3CR3T&b"),
            "https://h:1/Token=kept/p?a=kept&X-Amz-Signature=REDACTED&b");
  EXPECT_EQ(redacted_url("https://h/p"), "https://h/p");
  EXPECT_EQ(redacted_url("https://h/tokens/S3CR3T/status?a=b"),
            "https://h/tokens/REDACTED/status?a=b");
  EXPECT_EQ(redacted_url("https://h/tokens/S3CR3T"), "https://h/tokens/REDACTED");
  EXPECT_EQ(redacted_url("https://h/tokens/"), "https://h/tokens/REDACTED");
  EXPECT_EQ(redacted_url("https://h/p@q?x=a@b"), "https://h/p@q?x=a@b");
}

TEST(RedactionOfUrls, KnowsPasswordsBeforeTheHost) {
  EXPECT_EQ(redacted_url("https://me:S3CR3T@h/p?q=1"), "https://REDACTED@h/p?q=1");
  EXPECT_EQ(redacted_url("https://S3CR3T@h"), "https://REDACTED@h");
}

TEST(RedactionOfTexts, SeesBehindAByteOrderMark) {
  EXPECT_EQ(redacted("\xEF\xBB\xBF<R><Token>S3CR3T</Token></R>"),
            "\xEF\xBB\xBF<R><Token>REDACTED</Token></R>");
  EXPECT_EQ(json::parse(redacted("\xEF\xBB\xBF{\"Token\":\"S3CR3T\"}")),
            (json{{"Token", "REDACTED"}}));
}

TEST(RedactionOfLargeTexts, IsLinear) {
  constexpr int many = 200'000;
  std::string xml = "<R>";
  std::string form;
  for (int i = 0; i < many; ++i) {
    xml += "<Token>S3CR3T</Token>";
    form += "&token=S3CR3T";
  }
  EXPECT_EQ(redacted(xml).find("S3CR3T"), std::string::npos);
  EXPECT_EQ(redacted(form).find("S3CR3T"), std::string::npos);
  EXPECT_EQ(redacted(std::string(many, '<')), std::string(many, '<'));
}

}  // namespace
}  // namespace patchbot
