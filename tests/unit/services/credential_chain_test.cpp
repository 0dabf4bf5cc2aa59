// SPDX-License-Identifier: Apache-2.0
#include "services/aws/credential_chain.hpp"

#include "credential_fakes.hpp"
#include "services/aws/digest.hpp"

namespace patchbot::aws {
namespace {

using test::answer;
using test::sts_answer;

class CredentialChain : public test::ChainTest {};

const std::string in_an_hour = "2026-01-02T01:00:00Z";

// Everything at once; each test takes away what comes first.
class FullChain : public CredentialChain {
 protected:
  FullChain() {
    variables["AWS_ACCESS_KEY_ID"] = "ENV";
    variables["AWS_SECRET_ACCESS_KEY"] = "S3CR3T";
    variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = home.file("token");
    variables["AWS_ROLE_ARN"] = "arn:web";
    variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/creds";
    write("token", "S3CR3T-web\n");
    write(".aws/sso/cache/" + sha1_hex("https://start") + ".json",
          R"({"accessToken":"S3CR3T","expiresAt":"2026-01-02T08:00:00Z"})");
    credentials("[default]\naws_access_key_id=SHARED\naws_secret_access_key=S3CR3T\n");
    write("keys.json", R"({"Version":1,"AccessKeyId":"PROCESS","SecretAccessKey":"S3CR3T"})");
    write_config();
    transport.handler = [](const HttpRequest& request) {
      if (request.body.starts_with("Action=AssumeRoleWith")) {
        return answer(200, sts_answer("WEB", in_an_hour));
      }
      if (request.body.starts_with("Action=AssumeRole&")) {
        return answer(200, sts_answer("ROLE", in_an_hour));
      }
      if (request.url.starts_with("http://169.254.170.2/")) {
        return answer(200, R"({"AccessKeyId":"CONTAINER","SecretAccessKey":"S3CR3T"})");
      }
      if (request.url.starts_with("https://portal.sso.")) {
        return answer(200,
                      R"({"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"S3CR3T",)"
                      R"("expiration":1767315600000}})");
      }
      if (request.method == "PUT") return answer(200, "S3CR3T-session");
      if (request.url.ends_with("/")) return answer(200, "role");
      return answer(200, R"({"AccessKeyId":"INSTANCE","SecretAccessKey":"S3CR3T"})");
    };
  }

  void write_config() {
    std::string text = "[default]\n";
    for (const auto& line : lines) text += line + "\n";
    text += "[profile base]\naws_access_key_id=BASE\naws_secret_access_key=S3CR3T\n";
    config(text);
  }

  void drop(const std::string& start) {
    std::erase_if(lines, [&](const std::string& line) { return line.starts_with(start); });
    write_config();
  }

  std::vector<std::string> lines{"role_arn=arn:role",
                                 "source_profile=base",
                                 "sso_account_id=1",
                                 "sso_role_name=r",
                                 "sso_region=eu-west-1",
                                 "sso_start_url=https://start",
                                 "credential_process=cat " + home.file("keys.json"),
                                 "aws_access_key_id=CONFIG",
                                 "aws_secret_access_key=S3CR3T"};
};

TEST_F(FullChain, AsksInTheOrderOfBotocore) {
  EXPECT_EQ(get().key_id, "ENV");
  variables.erase("AWS_ACCESS_KEY_ID");
  variables.erase("AWS_SECRET_ACCESS_KEY");
  EXPECT_EQ(get().key_id, "ROLE");
  drop("role_arn");
  EXPECT_EQ(get().key_id, "WEB");
  variables.erase("AWS_WEB_IDENTITY_TOKEN_FILE");
  EXPECT_EQ(get().key_id, "SSO");
  drop("sso_");
  EXPECT_EQ(get().key_id, "SHARED");
  std::filesystem::remove(home.file(".aws/credentials"));
  EXPECT_EQ(get().key_id, "PROCESS");
  drop("credential_process");
  EXPECT_EQ(get().key_id, "CONFIG");
  drop("aws_");
  EXPECT_EQ(get().key_id, "CONTAINER");
  variables.erase("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  EXPECT_EQ(get().key_id, "INSTANCE");
  variables["AWS_EC2_METADATA_DISABLED"] = "True";
  EXPECT_TRUE(fault().starts_with("usage: no AWS credentials are found."));
}

TEST_F(CredentialChain, SaysWhatWasTriedWhenNothingIsFound) {
  variables["AWS_EC2_METADATA_DISABLED"] = "true";

  EXPECT_EQ(
      fault(),
      "usage: no AWS credentials are found. Tried in this order: environment (AWS_ACCESS_KEY_ID is "
      "not set), role of the profile (profile 'default' has no role_arn), web identity (neither "
      "AWS_WEB_IDENTITY_TOKEN_FILE nor web_identity_token_file of profile 'default' is set), SSO "
      "(profile 'default' has no sso_account_id), shared credentials file (~/.aws/credentials has "
      "no keys for profile 'default'), credential_process (profile 'default' has none), "
      "configuration file (~/.aws/config has no keys for profile 'default'), container (neither "
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set), "
      "instance (AWS_EC2_METADATA_DISABLED is true)");
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(CredentialChain, AsksTheInstanceOnlyWhenUsed) {
  const CredentialsPtr source = chain();
  EXPECT_TRUE(transport.requests.empty());

  const std::string text = fault_of([&] { source->get(); });

  EXPECT_TRUE(text.starts_with("usage: no AWS credentials are found. Tried in this order: "));
  EXPECT_NE(text.find("instance (instance metadata service http://169.254.169.254: no answer (no "
                      "network in this test); not on EC2? Inside a container the instance needs "
                      "the hop limit 2 (HttpPutResponseHopLimit))"),
            std::string::npos)
      << text;
}

TEST_F(CredentialChain, TakesKeysFromTheEnvironment) {
  variables["AWS_ACCESS_KEY_ID"] = "ENV";
  variables["AWS_SECRET_ACCESS_KEY"] = "S3CR3T";
  variables["AWS_SESSION_TOKEN"] = "S3CR3T-new";
  EXPECT_EQ(get(),
            (Credentials{
                "ENV", Secret("S3CR3T"), Secret("S3CR3T-new"), std::nullopt, "the environment"}));

  variables["AWS_SECURITY_TOKEN"] = "S3CR3T-old";
  EXPECT_EQ(get().token, Secret("S3CR3T-old"));

  variables["AWS_CREDENTIAL_EXPIRATION"] = "2026-01-02T00:00:01Z";
  EXPECT_EQ(get().expires, parse_rfc3339("2026-01-02T00:00:01Z"));
  clock.pass(std::chrono::seconds(1));
  EXPECT_EQ(fault(),
            "usage: the credentials from the environment have expired at 2026-01-02T00:00:01Z");
  variables["AWS_CREDENTIAL_EXPIRATION"] = "soon";
  EXPECT_EQ(fault(), "usage: AWS_CREDENTIAL_EXPIRATION is no point in time (RFC 3339)");
}

TEST_F(CredentialChain, RefusesHalfAKey) {
  variables["AWS_ACCESS_KEY_ID"] = "ENV";
  EXPECT_EQ(fault(),
            "usage: the environment has only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
            "set both or none");
  variables = {{"HOME", home.path().string()}, {"AWS_SECRET_ACCESS_KEY", "S3CR3T"}};
  EXPECT_EQ(fault(),
            "usage: the environment has only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
            "set both or none");
  variables.erase("AWS_SECRET_ACCESS_KEY");
  credentials("[default]\naws_secret_access_key=S3CR3T\n");
  EXPECT_EQ(fault(),
            "usage: profile 'default' of ~/.aws/credentials has only one of aws_access_key_id and "
            "aws_secret_access_key; set both");
}

TEST_F(CredentialChain, RefusesAMountedSecretWithALineEnd) {
  variables["AWS_ACCESS_KEY_ID"] = "ENV";
  variables["AWS_SECRET_ACCESS_KEY"] = "S3CR3T\n";

  EXPECT_EQ(fault(),
            "usage: the credentials from the environment hold a blank, a line end or another "
            "character that no key has");
}

TEST_F(CredentialChain, TakesTheNamedProfile) {
  config("[profile audit]\naws_access_key_id=CONFIG\naws_secret_access_key=S3CR3T\n");
  credentials(
      "[other]\naws_access_key_id=OTHER\naws_secret_access_key=S3CR3T\n"
      "aws_session_token=S3CR3T-token\n");

  variables["AWS_PROFILE"] = "audit";
  EXPECT_EQ(get().key_id, "CONFIG");
  variables["AWS_DEFAULT_PROFILE"] = "other";
  EXPECT_EQ(get().key_id, "OTHER");
  EXPECT_EQ(get().token, Secret("S3CR3T-token"));
  EXPECT_EQ(get().origin, "profile 'other' of " + home.file(".aws/credentials"));
}

TEST_F(CredentialChain, PrefersTheNamedDefaultProfile) {
  config(
      "[profile default]\naws_access_key_id=A\naws_secret_access_key=S3CR3T\n"
      "[default]\naws_access_key_id=B\naws_secret_access_key=S3CR3T\n");

  EXPECT_EQ(get().key_id, "A");
}

TEST_F(CredentialChain, RefusesAProfileThatIsNotThereEvenWithKeysInTheEnvironment) {
  variables["AWS_PROFILE"] = "audti";
  variables["AWS_ACCESS_KEY_ID"] = "ENV";
  variables["AWS_SECRET_ACCESS_KEY"] = "S3CR3T";
  config("[profile audit]\n");

  EXPECT_EQ(fault(),
            "usage: AWS_PROFILE: there is no profile 'audti' in ~/.aws/config or "
            "~/.aws/credentials; did you mean 'audit'?");
}

TEST_F(CredentialChain, FindsFilesElsewhere) {
  write("c", "[default]\nregion=eu-west-1\n");
  write("k", "[default]\naws_access_key_id=K\naws_secret_access_key=S3CR3T\n");
  variables["AWS_CONFIG_FILE"] = "~/c";
  variables["AWS_SHARED_CREDENTIALS_FILE"] = home.file("k");

  EXPECT_EQ(get().key_id, "K");
  EXPECT_EQ(profile_settings(environment()).region, "eu-west-1");
  variables["AWS_SHARED_CREDENTIALS_FILE"] = home.file("absent");
  variables["AWS_EC2_METADATA_DISABLED"] = "true";
  EXPECT_NE(fault().find("~/absent has no keys"), std::string::npos);
  variables["AWS_SHARED_CREDENTIALS_FILE"] = home.path().string();
  EXPECT_EQ(fault(), "usage: ~: is a directory; expected a file");
}

TEST_F(CredentialChain, NamesThePlaceInABrokenFile) {
  credentials("[default]\nS3CR3T\n");

  EXPECT_EQ(fault(), "usage: ~/.aws/credentials:2:1: expected 'key = value'");
}

TEST_F(CredentialChain, WorksWithoutAHome) {
  variables = {{"AWS_ACCESS_KEY_ID", "ENV"}, {"AWS_SECRET_ACCESS_KEY", "S3CR3T"}};

  EXPECT_EQ(get().key_id, "ENV");
}

TEST_F(CredentialChain, FindsTheRegion) {
  const auto region = [this] { return profile_settings(environment()).region; };

  EXPECT_EQ(region(), "");
  config("[default]\nregion=eu-west-1\n[profile p]\nregion=eu-west-2\n");
  EXPECT_EQ(region(), "eu-west-1");
  variables["AWS_PROFILE"] = "p";
  EXPECT_EQ(region(), "eu-west-2");
  variables["AWS_DEFAULT_REGION"] = "eu-west-3";
  EXPECT_EQ(region(), "eu-west-3");
  variables["AWS_REGION"] = "eu-west-4";
  EXPECT_EQ(region(), "eu-west-4");
  variables["AWS_REGION"] = "evil.example/";
  EXPECT_EQ(fault_of(region), "usage: 'evil.example/' is no name of a region");
}

TEST_F(CredentialChain, FindsTheEndpointsOfTheProfile) {
  config(
      "[default]\nendpoint_url=http://all\nservices=local\n"
      "[services local]\nec2=\n  endpoint_url=http://ec2\nsts=\n  x=y\nodd=1\n"
      "[profile bad]\nservices=absent\n");

  EXPECT_EQ(profile_settings(environment()).endpoints,
            (std::map<std::string, std::string>{{"", "http://all"}, {"ec2", "http://ec2"}}));
  variables["AWS_PROFILE"] = "bad";
  EXPECT_EQ(fault_of([&] { profile_settings(environment()); }),
            "usage: profile 'bad': there is no section [services absent]");
}

}  // namespace
}  // namespace patchbot::aws
