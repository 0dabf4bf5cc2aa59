// SPDX-License-Identifier: Apache-2.0
// The links of the chain, one by one.
#include "credential_fakes.hpp"
#include "services/aws/assumed_role.hpp"
#include "services/aws/digest.hpp"
#include "services/aws/refreshing_source.hpp"

namespace patchbot::aws {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using test::answer;
using test::ChainTest;
using test::header_of;
using test::no_answer;
using test::sts_answer;

const std::string in_an_hour = "2026-01-02T01:00:00Z";

// ---- the role of a profile

class ProfileRole : public ChainTest {
 protected:
  ProfileRole() {
    transport.handler = [this](const HttpRequest&) {
      return answer(200,
                    sts_answer("ROLE" + std::to_string(transport.requests.size()), in_an_hour));
    };
  }

  std::string signer_of(std::size_t request) {
    const std::string value = header_of(transport.requests.at(request), "Authorization");
    const auto start = value.find("Credential=") + 11;
    return value.substr(start, value.find('/', start) - start);
  }

  static constexpr const char* base =
      "[profile base]\naws_access_key_id=BASE\naws_secret_access_key=S3CR3T\n";
};

TEST_F(ProfileRole, IsAssumedAsTheSourceProfile) {
  config(std::string(base) +
         "[default]\nregion=eu-central-1\nrole_arn=arn:aws:iam::1:role/r\nsource_profile=base\n"
         "external_id=ext id\nrole_session_name=me\nduration_seconds=900\n");

  const Credentials credentials = get();

  EXPECT_EQ(credentials.key_id, "ROLE1");
  EXPECT_EQ(credentials.expires, parse_rfc3339(in_an_hour));
  EXPECT_EQ(credentials.origin, "role arn:aws:iam::1:role/r");
  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.url, "https://sts.eu-central-1.amazonaws.com/");
  EXPECT_EQ(request.body,
            "Action=AssumeRole&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr&RoleSessionName=me&"
            "DurationSeconds=900&ExternalId=ext+id&Version=2011-06-15");
  EXPECT_EQ(signer_of(0), "BASE");
}

TEST_F(ProfileRole, IsRenewedBeforeItExpires) {
  config(std::string(base) + "[default]\nrole_arn=r\nsource_profile=base\n");
  const CredentialsPtr source = chain();

  EXPECT_EQ(source->get().key_id, "ROLE1");
  EXPECT_EQ(source->get().key_id, "ROLE1");
  clock.pass(minutes(46));
  EXPECT_EQ(source->get().key_id, "ROLE2");
}

TEST_F(ProfileRole, CanBeTheSourceOfAnother) {
  config(std::string(base) +
         "[default]\nrole_arn=outer\nsource_profile=middle\n"
         "[profile middle]\nrole_arn=inner\nsource_profile=base\n");

  EXPECT_EQ(get().key_id, "ROLE2");
  EXPECT_NE(transport.requests.at(0).body.find("RoleArn=inner"), std::string::npos);
  EXPECT_NE(transport.requests.at(1).body.find("RoleArn=outer"), std::string::npos);
  EXPECT_EQ(signer_of(1), "ROLE1");
}

TEST_F(ProfileRole, MayNameItselfIfItHasKeys) {
  config("[default]\nrole_arn=r\nsource_profile=default\n");
  EXPECT_EQ(fault(), "usage: profile 'default': source_profile leads back to profile 'default'");

  credentials("[default]\naws_access_key_id=OWN\naws_secret_access_key=S3CR3T\n");
  EXPECT_EQ(get().key_id, "ROLE1");
  EXPECT_EQ(signer_of(0), "OWN");
}

TEST_F(ProfileRole, RefusesLoops) {
  config(
      "[default]\nrole_arn=r\nsource_profile=a\n[profile a]\nrole_arn=r\nsource_profile=b\n"
      "[profile b]\nrole_arn=r\nsource_profile=a\n");

  EXPECT_EQ(fault(), "usage: profile 'b': source_profile leads back to profile 'a'");
}

TEST_F(ProfileRole, CanHaveASourceThatIsAProcess) {
  write("keys", R"({"Version":1,"AccessKeyId":"PROCESS","SecretAccessKey":"S3CR3T"})");
  config("[default]\nrole_arn=r\nsource_profile=p\n[profile p]\ncredential_process=cat " +
         home.file("keys") + "\n");

  get();

  EXPECT_EQ(signer_of(0), "PROCESS");
}

TEST_F(ProfileRole, CanHaveTheEnvironmentAsItsSource) {
  config("[profile p]\nrole_arn=r\ncredential_source=Environment\n");
  variables["AWS_PROFILE"] = "p";
  EXPECT_EQ(fault(),
            "usage: profile 'p': credential_source Environment: AWS_ACCESS_KEY_ID is not set");
}

TEST_F(ProfileRole, CanHaveAContainerAsItsSource) {
  config("[default]\nrole_arn=r\ncredential_source=EcsContainer\n");
  variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
  transport.handler = [](const HttpRequest& request) {
    return request.method == "GET"
               ? answer(200, R"({"AccessKeyId":"CONTAINER","SecretAccessKey":"S3CR3T"})")
               : answer(200, sts_answer("ROLE", in_an_hour));
  };

  EXPECT_EQ(get().key_id, "ROLE");
  EXPECT_EQ(signer_of(1), "CONTAINER");
}

TEST_F(ProfileRole, CanHaveTheInstanceAsItsSource) {
  config("[default]\nrole_arn=r\ncredential_source=Ec2InstanceMetadata\n");
  transport.handler = [](const HttpRequest&) { return no_answer("timeout"); };

  EXPECT_EQ(fault(),
            "remote: instance metadata service http://169.254.169.254: no answer (timeout); not on "
            "EC2? Inside a container the instance needs the hop limit 2 "
            "(HttpPutResponseHopLimit)");
}

TEST_F(ProfileRole, RefusesSettingsThatCannotWork) {
  const auto fault_with = [this](const std::string& lines) {
    config(std::string(base) + "[profile empty]\n[default]\nrole_arn=r\n" + lines);
    return fault();
  };

  EXPECT_EQ(fault_with("source_profile=base\nmfa_serial=m\n"),
            "usage: profile 'default': mfa_serial asks for a code at every start, which PatchBot "
            "cannot do; use a role that needs none");
  const std::string one_source =
      "usage: profile 'default': role_arn needs exactly one of source_profile and "
      "credential_source";
  EXPECT_EQ(fault_with(""), one_source);
  EXPECT_EQ(fault_with("source_profile=base\ncredential_source=Environment\n"), one_source);
  EXPECT_EQ(fault_with("credential_source=Moon\n"),
            "usage: profile 'default': credential_source 'Moon' is not known; expected "
            "Environment, Ec2InstanceMetadata or EcsContainer");
  EXPECT_EQ(fault_with("source_profile=absent\n"),
            "usage: profile 'default': source_profile 'absent' does not exist");
  EXPECT_EQ(fault_with("source_profile=empty\n"),
            "usage: profile 'default': source_profile 'empty' has no credentials");
  for (const char* duration : {"899", "43201", "1h"}) {
    EXPECT_EQ(fault_with("source_profile=base\nduration_seconds=" + std::string(duration) + "\n"),
              "usage: profile 'default': duration_seconds is no number from 900 to 43200");
  }
}

TEST_F(ProfileRole, TellsWhatStsSays) {
  config(std::string(base) + "[default]\nrole_arn=arn:r\nsource_profile=base\n");
  transport.handler = [](const HttpRequest&) {
    return answer(403,
                  "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error>"
                  "</ErrorResponse>");
  };

  EXPECT_TRUE(
      fault().starts_with("remote: sts AssumeRole in us-east-1, role arn:r: "
                          "AccessDenied: no (HTTP 403)"))
      << fault();
}

TEST_F(ProfileRole, SourceIsForOthersToo) {
  const CredentialsPtr base_keys =
      fixed_source(clock, {"BASE", Secret("S3CR3T"), Secret("S3CR3T-token"), {}, "test"});

  const CredentialsPtr source =
      role_source(session(), base_keys, {"arn:r", "patchbot", "", 3600}, "eu-west-1", "42");

  EXPECT_EQ(source->get().key_id, "ROLE1");
  EXPECT_EQ(source->get().key_id, "ROLE1");
  EXPECT_EQ(transport.requests.size(), 1U);
  EXPECT_EQ(transport.requests.at(0).scope, "42");
  EXPECT_EQ(header_of(transport.requests.at(0), "X-Amz-Security-Token"), "S3CR3T-token");
}

// ---- web identity

class WebIdentity : public ChainTest {
 protected:
  WebIdentity() {
    transport.handler = [](const HttpRequest&) {
      return answer(200, sts_answer("WEB", in_an_hour));
    };
  }
};

TEST_F(WebIdentity, SendsTheTokenUnsignedAndReadsItAnew) {
  write("token", "S3CR3T-one\n");
  variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = home.file("token");
  variables["AWS_ROLE_ARN"] = "arn:r";
  variables["AWS_REGION"] = "eu-west-1";
  const CredentialsPtr source = chain();

  EXPECT_EQ(source->get().key_id, "WEB");
  write("token", "S3CR3T-two");
  clock.pass(minutes(50));
  source->get();

  ASSERT_EQ(transport.requests.size(), 2U);
  EXPECT_EQ(transport.requests[0].url, "https://sts.eu-west-1.amazonaws.com/");
  EXPECT_EQ(transport.requests[0].body,
            "Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Ar&RoleSessionName=patchbot&"
            "DurationSeconds=3600&WebIdentityToken=S3CR3T-one&Version=2011-06-15");
  EXPECT_EQ(header_of(transport.requests[0], "Authorization"), "");
  EXPECT_NE(transport.requests[1].body.find("Token=S3CR3T-two&"), std::string::npos);
}

TEST_F(WebIdentity, TakesTheProfileWhereTheEnvironmentIsSilent) {
  write("token", "S3CR3T");
  config(
      "[default]\nrole_arn=arn:profile\nrole_session_name=me\nexternal_id=x\n"
      "source_profile=base\nweb_identity_token_file=" +
      home.file("token") + "\n");

  get();
  variables["AWS_ROLE_ARN"] = "arn:env";
  variables["AWS_ROLE_SESSION_NAME"] = "you";
  get();

  const auto asks = [this](std::size_t request, const std::string& text) {
    return transport.requests.at(request).body.find(text) != std::string::npos;
  };
  EXPECT_TRUE(asks(0, "Identity&RoleArn=arn%3Aprofile&RoleSessionName=me&"));
  EXPECT_TRUE(asks(1, "Identity&RoleArn=arn%3Aenv&RoleSessionName=you&"));
  EXPECT_FALSE(asks(0, "ExternalId"));
}

TEST_F(WebIdentity, CanBeTheSourceOfARoleWithoutTheEnvironment) {
  write("token", "S3CR3T");
  config(
      "[default]\nrole_arn=arn:outer\nsource_profile=web\n"
      "[profile web]\nrole_arn=arn:inner\nweb_identity_token_file=" +
      home.file("token") + "\n");
  variables["AWS_ROLE_ARN"] = "arn:env";

  get();

  EXPECT_NE(transport.requests.at(0).body.find("RoleArn=arn%3Ainner"), std::string::npos);
  EXPECT_NE(transport.requests.at(1).body.find("RoleArn=arn%3Aouter"), std::string::npos);
}

TEST_F(WebIdentity, SaysWhatIsMissing) {
  variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = home.file("token");
  EXPECT_EQ(fault(),
            "usage: a web identity token file is set, but no role: set AWS_ROLE_ARN as well, or "
            "role_arn in profile 'default'");
  variables["AWS_ROLE_ARN"] = "arn:r";
  EXPECT_EQ(fault(), "usage: ~/token: the web identity token file does not exist");
  write("token", " \n");
  EXPECT_EQ(fault(), "usage: ~/token: the web identity token file is empty");
}

// ---- SSO

class Sso : public ChainTest {
 protected:
  Sso() {
    config(
        "[default]\nsso_session=main\nsso_account_id=111122223333\nsso_role_name=Read Only\n"
        "[sso-session main]\nsso_region=eu-west-1\nsso_start_url=https://start\n");
    transport.handler = [](const HttpRequest&) {
      return answer(200,
                    R"({"roleCredentials":{"accessKeyId":"SSO","secretAccessKey":"S3CR3T",)"
                    R"("sessionToken":"S3CR3T-t","expiration":1767315600000}})");
    };
  }

  void token(const std::string& text) {
    write(".aws/sso/cache/" + sha1_hex("main") + ".json", text);
  }

  static constexpr const char* good =
      R"({"accessToken":"S3CR3T-login","expiresAt":"2026-01-02T08:00:00Z"})";
};

TEST_F(Sso, AsksThePortalWithTheTokenOfTheLogin) {
  token(good);

  const Credentials credentials = get();

  EXPECT_EQ(credentials.key_id, "SSO");
  EXPECT_EQ(credentials.token, Secret("S3CR3T-t"));
  EXPECT_EQ(credentials.expires, parse_rfc3339("2026-01-02T01:00:00Z"));
  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.url,
            "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
            "?account_id=111122223333&role_name=Read%20Only");
  EXPECT_EQ(header_of(request, "x-amz-sso_bearer_token"), "S3CR3T-login");
  EXPECT_EQ(header_of(request, "Authorization"), "");
}

TEST_F(Sso, FindsTheTokenOfOlderProfilesByTheStartUrl) {
  config(
      "[default]\nsso_account_id=1\nsso_role_name=r\nsso_region=eu-west-1\n"
      "sso_start_url=https://start\n");
  write(".aws/sso/cache/" + sha1_hex("https://start") + ".json",
        R"({"accessToken":"S3CR3T","expiresAt":"2026-01-02T08:00:00UTC"})");

  EXPECT_EQ(get().key_id, "SSO");
}

TEST_F(Sso, AsksForALogin) {
  const auto advice = [](const std::string& why) {
    return "usage: SSO of profile 'default': " + why + "; run: aws sso login --profile default";
  };

  EXPECT_EQ(fault(), advice("nobody has logged in"));
  token(R"({"accessToken":"S3CR3T","expiresAt":"2026-01-02T00:00:00Z"})");
  EXPECT_EQ(fault(), advice("the login has expired"));
  token(R"({"accessToken":"S3CR3T"})");
  EXPECT_EQ(fault(), advice("the login has expired"));
  token(R"({"accessToken":"S3CR3T\nX: y","expiresAt":"2026-01-02T08:00:00Z"})");
  EXPECT_EQ(fault(), advice("the login is unusable"));
  token("{S3CR3T");
  EXPECT_EQ(fault(),
            "remote: ~/.aws/sso/cache/" + sha1_hex("main") +
                ".json: the answer is not the JSON that was expected");
  token(good);
  transport.handler = [](const HttpRequest&) {
    return answer(401, R"({"message":"Session token not found or invalid S3CR3T"})");
  };
  EXPECT_EQ(fault(), advice("the login is no longer valid"));
}

TEST_F(Sso, SaysWhatThePortalSays) {
  token(good);
  transport.handler = [](const HttpRequest&) {
    HttpResponse response = answer(403, R"({"message":"S3CR3T"})");
    response.headers = {{"x-amzn-errortype", "ForbiddenException:"}};
    return response;
  };
  EXPECT_EQ(fault(), "remote: SSO of profile 'default': HTTP status 403 ForbiddenException");

  transport.handler = [](const HttpRequest&) { return no_answer("down"); };
  transport.requests.clear();
  EXPECT_EQ(fault(), "remote: SSO of profile 'default': down");
  EXPECT_EQ(transport.requests.size(), 3U);

  transport.handler = [](const HttpRequest&) { return answer(200, "S3CR3T"); };
  EXPECT_EQ(fault(),
            "remote: SSO of profile 'default': the answer is not the JSON that was expected");
  transport.handler = [](const HttpRequest&) {
    return answer(200, R"({"roleCredentials":{"secretAccessKey":"S3CR3T"}})");
  };
  EXPECT_EQ(fault(), "remote: SSO of profile 'default': the answer's credentials are incomplete");
}

TEST_F(Sso, NeedsAllItsSettings) {
  config("[default]\nsso_session=main\nsso_account_id=1\nsso_role_name=r\n");
  EXPECT_EQ(fault(), "usage: profile 'default': there is no section [sso-session main]");
  config("[default]\nsso_account_id=1\nsso_role_name=r\n");
  EXPECT_EQ(fault(), "usage: profile 'default' lacks sso_region");
}

// ---- credential_process

class ProcessCredentials : public ChainTest {
 protected:
  void process(const std::string& script) {
    write("script", "#!/bin/sh\n" + script + "\n");
    config("[default]\ncredential_process=/bin/sh \"" + home.file("script") + "\" 'S3CR3T arg'\n");
  }
};

TEST_F(ProcessCredentials, AreReadFromTheOutput) {
  process(R"(echo '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"S3CR3T",'
             echo '"SessionToken":"S3CR3T-t","Expiration":"2026-01-02T01:00:00+00:00"}')");

  EXPECT_EQ(get(),
            (Credentials{"P",
                         Secret("S3CR3T"),
                         Secret("S3CR3T-t"),
                         parse_rfc3339(in_an_hour),
                         "credential_process of profile 'default'"}));
}

TEST_F(ProcessCredentials, ShowErrorsButNeverTheOutput) {
  process("echo S3CR3T; echo not logged in >&2; exit 7");
  EXPECT_EQ(fault(),
            "remote: credential_process of profile 'default' fails with status 7: not logged in");
  process("echo S3CR3T");
  EXPECT_EQ(fault(),
            "remote: credential_process of profile 'default': the answer is not the JSON that was "
            "expected");
  process(R"(echo '{"Version":2,"AccessKeyId":"S3CR3T"}')");
  EXPECT_EQ(fault(),
            "remote: credential_process of profile 'default': expected \"Version\": 1 in the "
            "answer");
  process(R"(echo '{"Version":1,"SecretAccessKey":"S3CR3T"}')");
  EXPECT_EQ(fault(),
            "remote: credential_process of profile 'default': the answer lacks AccessKeyId or "
            "SecretAccessKey");
  process(R"(echo '{"Version":1,"AccessKeyId":"P","SecretAccessKey":"S3CR3T","Expiration":"x"}')");
  EXPECT_EQ(fault(),
            "remote: credential_process of profile 'default': Expiration is no point in time");
  config("[default]\ncredential_process=/no/such/S3CR3T\n");
  EXPECT_EQ(fault(),
            "usage: credential_process of profile 'default': cannot be started: No such file or "
            "directory");
  config("[default]\ncredential_process='S3CR3T\n");
  EXPECT_EQ(fault(),
            "usage: credential_process of profile 'default': the command ends inside a quote or "
            "after a backslash");
}

// ---- container

class ContainerCredentials : public ChainTest {
 protected:
  static constexpr const char* good =
      R"({"AccessKeyId":"C","SecretAccessKey":"S3CR3T","Token":"S3CR3T-t",)"
      R"("Expiration":"2026-01-02T01:00:00Z","AccountId":"1"})";

  ContainerCredentials() {
    transport.handler = [](const HttpRequest&) { return answer(200, good); };
  }

  std::string fault_at(const std::string& url) {
    variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = url;
    return fault();
  }
};

TEST_F(ContainerCredentials, AreAskedFromEcs) {
  variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/x?id=1";
  variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://localhost/not-this";

  EXPECT_EQ(
      get(),
      (Credentials{
          "C", Secret("S3CR3T"), Secret("S3CR3T-t"), parse_rfc3339(in_an_hour), "the container"}));

  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.url, "http://169.254.170.2/v2/x?id=1");
  EXPECT_TRUE(request.direct);
  EXPECT_EQ(request.timeout, milliseconds(2000));
  EXPECT_EQ(header_of(request, "Authorization"), "");
}

TEST_F(ContainerCredentials, ComeWithoutTlsOnlyFromTrustedHosts) {
  for (const char* url : {"http://localhost/x",
                          "http://localhost:8080/x",
                          "http://127.0.0.1/x",
                          "http://127.9.9.9:80/x",
                          "http://[::1]:80/x",
                          "http://169.254.170.2/x",
                          "http://169.254.170.23/v1/credentials",
                          "http://[fd00:ec2::23]/v1/credentials",
                          "https://keys.example/x"}) {
    EXPECT_EQ(fault_at(url), "nothing") << url;
    EXPECT_EQ(transport.requests.back().direct, std::string_view(url).starts_with("http:")) << url;
  }
  for (const char* host : {"keys.example",
                           "169.254.169.254",
                           "127.0.0.1.keys.example",
                           "localhost.keys.example:80",
                           "[fd00:ec2::24]",
                           "128.0.0.1",
                           "[::2]"}) {
    EXPECT_EQ(fault_at("http://" + std::string(host) + "/x"),
              "usage: AWS_CONTAINER_CREDENTIALS_FULL_URI: the host '" + std::string(host) +
                  "' may not be asked without TLS; only this machine, ECS (169.254.170.2) and EKS "
                  "(169.254.170.23, fd00:ec2::23) may");
  }
}

TEST_F(ContainerCredentials, RefuseOddUrls) {
  for (const char* url : {"http://localhost@keys.example/",
                          "http://keys.example\\@localhost/",
                          "http://localhost/ x",
                          "http:///x"}) {
    EXPECT_EQ(fault_at(url), "usage: AWS_CONTAINER_CREDENTIALS_FULL_URI: is no URL") << url;
  }
  EXPECT_EQ(fault_at("file://localhost/x"),
            "usage: AWS_CONTAINER_CREDENTIALS_FULL_URI: is no http or https URL");
  variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "@keys.example/";
  EXPECT_EQ(fault(), "usage: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: must begin with '/'");
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(ContainerCredentials, SendTheTokenAsItIsNow) {
  variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://169.254.170.23/v1/credentials";
  variables["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "S3CR3T-variable";
  get();
  EXPECT_EQ(header_of(transport.requests.back(), "Authorization"), "S3CR3T-variable");

  write("token", "S3CR3T-file");
  variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = home.file("token");
  const CredentialsPtr source = chain();
  source->get();
  EXPECT_EQ(header_of(transport.requests.back(), "Authorization"), "S3CR3T-file");
  write("token", "S3CR3T-new");
  clock.pass(minutes(50));
  source->get();
  EXPECT_EQ(header_of(transport.requests.back(), "Authorization"), "S3CR3T-new");

  for (const char* text : {"S3CR3T\nX-Evil: 1", "S3CR3T\r"}) {
    write("token", text);
    EXPECT_EQ(fault(),
              "usage: the token of AWS_CONTAINER_AUTHORIZATION_TOKEN(_FILE) holds a line end, "
              "which no header may");
  }
  std::filesystem::remove(home.file("token"));
  EXPECT_EQ(fault(), "usage: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: ~/token does not exist");
}

TEST_F(ContainerCredentials, AreAskedForThreeTimes) {
  variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
  transport.handler = [this](const HttpRequest&) {
    if (transport.requests.size() == 1) return no_answer("timeout");
    return transport.requests.size() == 2 ? answer(500, "S3CR3T") : answer(200, good);
  };

  EXPECT_EQ(get().key_id, "C");
  EXPECT_EQ(clock.sleeps, (std::vector<milliseconds>{milliseconds(1000), milliseconds(1000)}));
}

TEST_F(ContainerCredentials, SayWhatFailed) {
  variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
  const std::string start = "remote: container credentials from 169.254.170.2: ";

  transport.handler = [](const HttpRequest&) { return no_answer("timeout"); };
  EXPECT_EQ(fault(), start + "timeout");
  EXPECT_EQ(transport.requests.size(), 3U);
  transport.handler = [](const HttpRequest&) { return answer(403, "S3CR3T"); };
  EXPECT_EQ(fault(), start + "HTTP status 403");
  transport.handler = [](const HttpRequest&) { return answer(200, "S3CR3T"); };
  EXPECT_EQ(fault(), start + "container credentials: the answer is not the JSON that was expected");
}

// ---- instance

class InstanceCredentials : public ChainTest {
 protected:
  InstanceCredentials() {
    transport.handler = [this](const HttpRequest& request) {
      if (request.method == "PUT") return token;
      return request.url.ends_with("/security-credentials/") ? role : keys;
    };
  }

  HttpResponse token = answer(200, "S3CR3T-session");
  HttpResponse role = answer(200, "jenkins agent\n");
  HttpResponse keys = answer(200,
                             R"({"Code":"Success","AccessKeyId":"I","SecretAccessKey":"S3CR3T",)"
                             R"("Token":"S3CR3T-t","Expiration":"2026-01-02T01:00:00Z"})");
};

TEST_F(InstanceCredentials, AreAskedWithASession) {
  EXPECT_EQ(get(),
            (Credentials{"I",
                         Secret("S3CR3T"),
                         Secret("S3CR3T-t"),
                         parse_rfc3339(in_an_hour),
                         "the instance, role jenkins agent"}));

  ASSERT_EQ(transport.requests.size(), 3U);
  for (const HttpRequest& request : transport.requests) {
    EXPECT_TRUE(request.direct);
    EXPECT_EQ(request.timeout, milliseconds(1000));
    EXPECT_EQ(request.connect_timeout, milliseconds(1000));
  }
  const HttpRequest& put = transport.requests[0];
  EXPECT_EQ(put.method, "PUT");
  EXPECT_EQ(put.url, "http://169.254.169.254/latest/api/token");
  EXPECT_EQ(header_of(put, "x-aws-ec2-metadata-token-ttl-seconds"), "21600");
  EXPECT_EQ(transport.requests[2].url,
            "http://169.254.169.254/latest/meta-data/iam/security-credentials/jenkins%20agent");
  EXPECT_EQ(header_of(transport.requests[1], "x-aws-ec2-metadata-token"), "S3CR3T-session");
  EXPECT_EQ(header_of(transport.requests[2], "x-aws-ec2-metadata-token"), "S3CR3T-session");
}

TEST_F(InstanceCredentials, NeverFallBackToVersionOne) {
  for (const int status : {0, 400, 403, 404, 405, 500}) {
    token = answer(status, "");
    EXPECT_NE(fault(), "nothing");
  }
  token = answer(200, "");
  EXPECT_NE(fault(), "nothing");

  for (const HttpRequest& request : transport.requests) EXPECT_EQ(request.method, "PUT");
}

TEST_F(InstanceCredentials, StayInUseWhileTheServiceIsDown) {
  const CredentialsPtr source = chain();
  source->get();
  token = no_answer("timeout");

  clock.pass(std::chrono::hours(3));

  EXPECT_EQ(source->get().key_id, "I");
}

TEST_F(InstanceCredentials, SayWhatFailed) {
  const auto reason = [this] {
    const std::string text = fault();
    const std::string start = "instance metadata service ";
    const auto at = text.find(start);
    return at == std::string::npos ? text : text.substr(at + start.size());
  };
  const std::string url = "http://169.254.169.254: ";

  role = answer(404, "");
  EXPECT_EQ(reason(), url + "the instance has no role (instance profile))");
  role = answer(200, "r");
  keys = answer(200, R"({"Code":"AssumeRoleUnauthorizedAccess","Message":"S3CR3T"})");
  EXPECT_EQ(reason(), url + "the role's credentials cannot be had: AssumeRoleUnauthorizedAccess)");
  keys = answer(200, "S3CR3T");
  EXPECT_NE(fault().find("the answer is not the JSON that was expected"), std::string::npos);
  keys = answer(503, "S3CR3T");
  EXPECT_EQ(reason(), url + "HTTP status 503)");
  token = answer(403, "");
  EXPECT_EQ(reason(), url + "is switched off (HTTP status 403))");
  token = answer(200, "a\nb");
  EXPECT_EQ(reason(), url + "the answer is no session token of version 2)");
}

TEST_F(InstanceCredentials, CanBeElsewhere) {
  variables["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "IPv6";
  get();
  EXPECT_EQ(transport.requests.back().url.substr(0, 23), "http://[fd00:ec2::254]/");
  variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:1338/";
  variables["AWS_METADATA_SERVICE_TIMEOUT"] = "5";
  variables["AWS_METADATA_SERVICE_NUM_ATTEMPTS"] = "3";
  get();
  EXPECT_EQ(transport.requests.back().url.substr(0, 29), "http://127.0.0.1:1338/latest/");
  EXPECT_EQ(transport.requests.back().timeout, milliseconds(5000));

  token = answer(503, "");
  transport.requests.clear();
  EXPECT_NE(fault(), "nothing");
  EXPECT_EQ(transport.requests.size(), 3U);

  variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "127.0.0.1";
  EXPECT_EQ(fault(), "usage: AWS_EC2_METADATA_SERVICE_ENDPOINT is no http or https URL");
  variables.erase("AWS_EC2_METADATA_SERVICE_ENDPOINT");
  variables["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "ipx";
  EXPECT_EQ(fault(), "usage: AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE must be IPv4 or IPv6");
  variables["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "ipv4";
  variables["AWS_METADATA_SERVICE_TIMEOUT"] = "0";
  EXPECT_EQ(fault(), "usage: AWS_METADATA_SERVICE_TIMEOUT is no number from 1 to 60");
}

}  // namespace
}  // namespace patchbot::aws
