// SPDX-License-Identifier: Apache-2.0
#include "services/jenkins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "scripted.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using test::fault_of;
using test::lost;
using test::replied;
using test::sent_header;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// What stands for s3cret in a header.
const std::string pair = "bWU6czNjcmV0";
const std::string bake_builds = "https://ci.example/jenkins: GET /job/bake/api/json: ";

class JenkinsTest : public testing::Test {
 protected:
  void answer(std::string body, int status = 200, std::vector<HttpHeader> headers = {}) {
    headers.push_back({"X-Jenkins", "2.541.3"});
    transport.answers.push_back(replied(status, std::move(body), std::move(headers)));
  }

  JenkinsAccess access(std::string user, const std::string& token) {
    return {transport,
            clock,
            {3, milliseconds(60'000)},
            "https://ci.example/jenkins/",
            std::move(user),
            Secret(token)};
  }

  Bake bake(const std::string& build) {
    answer(R"({"builds":[)" + build + "]}");
    return jenkins.builds("bake", 1).at(0);
  }

  std::string fault(const std::string& job = "bake") {
    return fault_of([&] { jenkins.builds(job, 20); });
  }

  std::string url_for(const std::string& job, std::size_t most = 20) {
    answer(R"({"builds":[],"allBuilds":[]})");
    jenkins.builds(job, most);
    return transport.requests.back().url;
  }

  test::ScriptedTransport transport;
  test::StepClock clock;
  Jenkins jenkins{access("me", "s3cret")};
};

// ---- what is asked

TEST_F(JenkinsTest, AsksOnceWithTheTokenAtOnce) {
  EXPECT_EQ(url_for("bake", 7),
            "https://ci.example/jenkins/job/bake/api/json?tree="
            "builds%5Bnumber,result,timestamp,duration,building,url%5D%7B0,7%7D");
  ASSERT_THAT(transport.requests, SizeIs(1));
  const HttpRequest& request = transport.requests.at(0);
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(sent_header(request, "Authorization"), "Basic " + pair);
  EXPECT_EQ(request.max_answer, std::size_t{4} * 1024 * 1024);
  EXPECT_EQ(request.label, "jenkins GET /job/bake/api/json");
  EXPECT_THAT(request.secrets, testing::ElementsAre(Secret("s3cret"), Secret(pair)));
}

TEST_F(JenkinsTest, FindsJobsInFoldersAndBranches) {
  const std::string root = "https://ci.example/jenkins";
  const auto path = [&](const std::string& job) {
    const std::string url = url_for(job);
    return url.substr(root.size(), url.find("/api/json") - root.size());
  };
  EXPECT_EQ(path("ops/golden images/bake"), "/job/ops/job/golden%20images/job/bake");
  EXPECT_EQ(path("ops/bake/main"), "/job/ops/job/bake/job/main");
  EXPECT_EQ(path("ops/bake/feature%2Fx"), "/job/ops/job/bake/job/feature%252Fx");
  EXPECT_EQ(path("ops/b?tree=#é"), "/job/ops/job/b%3Ftree%3D%23%C3%A9");
}

TEST_F(JenkinsTest, AsksForAllBuildsWhereTheShortListEnds) {
  EXPECT_THAT(url_for("bake", 100), HasSubstr("?tree=builds%5B"));
  EXPECT_THAT(url_for("bake", 101),
              AllOf(HasSubstr("?tree=allBuilds%5B"), HasSubstr("%7B0,101%7D")));
  transport.requests.clear();
  EXPECT_THAT(jenkins.builds("bake", 0), IsEmpty());
  EXPECT_THAT(transport.requests, IsEmpty());
}

TEST_F(JenkinsTest, RefusesNamesThatLeadElsewhere) {
  for (const char* job : {"", "/bake", "bake/", "a//b", "ops/../bake", "."}) {
    EXPECT_EQ(fault(job),
              "usage: job '" + std::string(job) +
                  "': expected its full name in Jenkins, such as folder/name");
  }
  EXPECT_THAT(transport.requests, IsEmpty());
}

TEST_F(JenkinsTest, NeedsUserAndTokenOrNeither) {
  const std::string both =
      "usage: Jenkins: set both of PATCHBOT_JENKINS_USER and PATCHBOT_JENKINS_TOKEN";
  EXPECT_EQ(fault_of([&] { Jenkins(access("me", "")); }), both);
  EXPECT_EQ(fault_of([&] { Jenkins(access("", "s3cret")); }), both);
  answer(R"({"builds":[]})");
  EXPECT_THAT(Jenkins(access("", "")).builds("bake", 1), IsEmpty());
  EXPECT_EQ(sent_header(transport.requests.at(0), "Authorization"), "(none)");
}

// ---- what builds are

TEST_F(JenkinsTest, ReadsBuildsNewestFirst) {
  answer(R"({"_class":"org.jenkinsci.plugins.workflow.job.WorkflowJob","builds":[
    {"_class":"x","number":43,"result":null,"building":true,"timestamp":1764223200999,"duration":0,
     "url":"https://ci.example/jenkins/job/bake/43/"},
    {"number":42,"result":"ABORTED","building":false,"timestamp":1764219600000,"duration":1500,"url":null},
    {"number":41,"result":"SUCCESS","building":false,"timestamp":1764216000000,"duration":600000,
     "url":"https://ci.example/jenkins/job/bake/41/"}]})");

  const std::vector<Bake> bakes = jenkins.builds("bake", 20);

  ASSERT_THAT(bakes, SizeIs(3));
  Bake running;
  running.state = Bake::State::running;
  running.started_at = parse_rfc3339("2025-11-27T06:00:00Z");
  running.name = "#43";
  running.link = "https://ci.example/jenkins/job/bake/43/";
  EXPECT_EQ(bakes[0], running);
  Bake aborted;
  aborted.state = Bake::State::failed;
  aborted.started_at = parse_rfc3339("2025-11-27T05:00:00Z");
  aborted.ended_at = parse_rfc3339("2025-11-27T05:00:01Z");
  aborted.name = "#42";
  aborted.link = "https://ci.example/jenkins/job/bake/42/";
  aborted.reason = "ABORTED";
  EXPECT_EQ(bakes[1], aborted);
  EXPECT_EQ(bakes[2].state, Bake::State::succeeded);
  EXPECT_EQ(bakes[2].reason, "");
  EXPECT_EQ(bakes[2].ended_at, parse_rfc3339("2025-11-27T04:10:00Z"));
}

TEST_F(JenkinsTest, KnowsEachResult) {
  using State = Bake::State;
  const auto state_and_reason = [this](const std::string& members) {
    const Bake one = bake(R"({"number":1,)" + members + "}");
    return std::pair(one.state, one.reason);
  };
  const std::string over = R"("building":false,"result":)";
  EXPECT_EQ(state_and_reason(over + R"("UNSTABLE")"),
            std::pair(State::succeeded, std::string("UNSTABLE")));
  EXPECT_EQ(state_and_reason(over + R"("FAILURE")"),
            std::pair(State::failed, std::string("FAILURE")));
  EXPECT_EQ(state_and_reason(over + R"("NOT_BUILT")"),
            std::pair(State::failed, std::string("NOT_BUILT")));
  EXPECT_EQ(state_and_reason(over + R"("NEW\u001b[0mWORD")"),
            std::pair(State::failed, std::string("NEW[0mWORD")));
  EXPECT_EQ(state_and_reason(over + "null"), std::pair(State::running, std::string()));
  EXPECT_EQ(state_and_reason(R"("building":true,"result":"FAILURE")"),
            std::pair(State::running, std::string()))
      << "a pipeline has set it before its end";
}

TEST_F(JenkinsTest, LinksToThisJenkinsOnly) {
  const std::string own = "https://ci.example/jenkins/job/bake/5/";
  for (const char* url : {"https://evil.example/job/bake/5/",
                          "http://ci.example/jenkins/job/bake/5/",
                          "https://ci.example@evil.example/",
                          "javascript:alert(1)",
                          "https://ci.example/\\\"><b>",
                          "https://ci.example/a b",
                          "https://ci.example/\\u001b[31m",
                          ""}) {
    EXPECT_EQ(bake(std::string(R"({"number":5,"result":"SUCCESS","url":")") + url + "\"}").link,
              own)
        << url;
  }
  EXPECT_EQ(bake(R"({"number":5,"url":"https://CI.example/view/x/5/"})").link,
            "https://CI.example/view/x/5/");
  EXPECT_EQ(bake(R"({"number":5,"url":"https://ci.example/)" + std::string(5000, 'a') + "\"}").link,
            own);
}

TEST_F(JenkinsTest, BelievesNoTimeThatIsNone) {
  for (const char* time : {"0",
                           "-1",
                           "1.5",
                           "\"1764216000000\"",
                           "null",
                           "9223372036854775807",
                           "18446744073709551615",
                           "1e300",
                           "253402300800000"}) {
    const Bake one = bake(
        std::string(R"({"number":1,"result":"SUCCESS","duration":1,"timestamp":)") + time + "}");
    EXPECT_EQ(one.started_at, std::nullopt) << time;
    EXPECT_EQ(one.ended_at, std::nullopt) << time;
    const Bake other = bake(
        std::string(R"({"number":1,"result":"SUCCESS","timestamp":1764216000000,"duration":)") +
        time + "}");
    EXPECT_EQ(other.ended_at.has_value(), std::string(time) == "0") << time;
  }
}

TEST_F(JenkinsTest, TakesNoMoreThanItAskedFor) {
  answer(R"({"builds":[{"number":3},{"number":2},{"number":1}]})");
  EXPECT_THAT(jenkins.builds("bake", 2), SizeIs(2));
}

// ---- what is no answer

TEST_F(JenkinsTest, SaysWhatToDoAboutARefusal) {
  answer("<html>", 401);
  EXPECT_EQ(fault(),
            "remote: " + bake_builds +
                "HTTP status 401; user or API token is wrong: see PATCHBOT_JENKINS_USER and "
                "PATCHBOT_JENKINS_TOKEN");
  answer("<html>", 403);
  EXPECT_EQ(fault(),
            "remote: " + bake_builds +
                "HTTP status 403; the user has no right to read this (Overall/Read and Job/Read)");
  answer("<html>", 404);
  EXPECT_EQ(fault(),
            "remote: " + bake_builds +
                "HTTP status 404; there is no such job, or the user may not see it (Job/Read)");
  transport.answers.push_back(replied(404, "nginx"));
  EXPECT_EQ(fault(),
            "remote: " + bake_builds +
                "HTTP status 404; is this the address of Jenkins, with its prefix?");
  answer("<html>", 403);
  EXPECT_EQ(fault_of([&] { Jenkins(access("", "")).builds("bake", 1); }),
            "remote: " + bake_builds +
                "HTTP status 403; anonymous users may not read this: set PATCHBOT_JENKINS_USER "
                "and PATCHBOT_JENKINS_TOKEN");
  EXPECT_THAT(transport.requests, SizeIs(5)) << "to ask again does not help";
}

TEST_F(JenkinsTest, TakesNoPageToSignInForAnAnswer) {
  answer(" <!DOCTYPE html><form action=j_spring_security_check>");
  EXPECT_EQ(fault(), "remote: " + bake_builds + "the answer is an HTML page, maybe one to sign in");
  answer("{}", 200, {{"Content-Type", "text/html;charset=utf-8"}});
  EXPECT_THAT(fault(), HasSubstr("the answer is an HTML page"));
  transport.answers.push_back(replied(200, "<html>"));
  EXPECT_THAT(fault(), HasSubstr("is this the address of Jenkins, with its prefix?"));
}

TEST_F(JenkinsTest, FollowsRedirectsOnItsOwnHostOnly) {
  answer("", 302, {{"Location", "/jenkins/job/moved/api/json"}});
  answer(R"({"builds":[]})");
  EXPECT_THAT(jenkins.builds("bake", 1), IsEmpty());
  EXPECT_EQ(transport.requests.at(1).url, "https://ci.example/jenkins/job/moved/api/json");
  for (const char* place : {"https://sso.example/login?t=s3cret",
                            "http://ci.example/jenkins/",
                            "//sso.example/",
                            "https://ci.example@sso.example/"}) {
    transport.requests.clear();
    answer("", 302, {{"Location", place}});
    EXPECT_THAT(fault(),
                AllOf(HasSubstr(bake_builds + "the host redirects to "),
                      HasSubstr("which is elsewhere; the token is not sent there"),
                      Not(HasSubstr("s3cret"))));
    EXPECT_THAT(transport.requests, SizeIs(1)) << place;
  }
}

TEST_F(JenkinsTest, AsksAgainWhereThatMayHelp) {
  answer("", 503);
  transport.answers.push_back(lost("transfer closed with 12 bytes remaining to read"));
  answer(R"({"builds":[{"number":1}]})");
  EXPECT_THAT(jenkins.builds("bake", 1), SizeIs(1));
  for (int i = 0; i < 3; ++i) answer("", 502);
  EXPECT_EQ(fault(), "remote: " + bake_builds + "HTTP status 502");
  answer("", 500);
  EXPECT_EQ(fault(), "remote: " + bake_builds + "HTTP status 500");
  for (int i = 0; i < 3; ++i) transport.answers.push_back(lost("transfer closed"));
  EXPECT_EQ(fault(), "remote: " + bake_builds + "transfer closed");
}

TEST_F(JenkinsTest, RefusesWhatIsNoAnswer) {
  const std::string no_json =
      "remote: " + bake_builds + "the answer is no JSON object, or is cut off";
  for (const char* body : {"", "[]", R"({"builds":[{"number":4)", "nothing"}) {
    answer(body);
    EXPECT_EQ(fault(), no_json) << body;
  }
  answer(R"({"a":)" + std::string(5000, '[') + std::string(5000, ']') + "}");
  EXPECT_EQ(fault(), "remote: " + bake_builds + "the answer is nested too deep");
  answer(R"({"_class":"com.cloudbees.hudson.plugins.folder.Folder"})");
  EXPECT_EQ(fault(),
            "remote: " + bake_builds +
                "the answer has no builds; a folder or a multibranch project has none itself, name "
                "a job in it, such as bake/main");
  for (const char* build :
       {"{}", "7", R"({"number":"1/../../x"})", R"({"number":0})", R"({"number":1e3})"}) {
    answer(std::string(R"({"builds":[)") + build + "]}");
    EXPECT_EQ(fault(), "remote: " + bake_builds + "the answer has a build without a number")
        << build;
  }
}

// ---- artifacts

TEST_F(JenkinsTest, ReadsAnArtifactByNameOrPath) {
  const std::string list =
      R"({"artifacts":[{"fileName":"a.log","relativePath":"a.log"},
          {"fileName":"packer-manifest.json","relativePath":"out put/packer-manifest.json"}]})";
  Bake build;
  build.name = "#41";
  for (const char* name : {"packer-manifest.json", "out put/packer-manifest.json"}) {
    transport.requests.clear();
    answer(list);
    answer("{\"builds\":[]}");
    EXPECT_EQ(jenkins.artifact("ops/bake", build, name), "{\"builds\":[]}");
    EXPECT_EQ(transport.requests.at(0).url,
              "https://ci.example/jenkins/job/ops/job/bake/41/api/json?tree="
              "artifacts%5BfileName,relativePath%5D");
    EXPECT_EQ(transport.requests.at(1).url,
              "https://ci.example/jenkins/job/ops/job/bake/41/artifact/out%20put/"
              "packer-manifest.json");
    EXPECT_EQ(transport.requests.at(1).max_answer, std::size_t{4} * 1024 * 1024);
    EXPECT_EQ(sent_header(transport.requests.at(1), "Authorization"), "Basic " + pair);
  }
  answer(list);
  EXPECT_EQ(jenkins.artifact("ops/bake", build, "put/packer-manifest.json"), std::nullopt);
  answer("{}");
  EXPECT_EQ(jenkins.artifact("ops/bake", build, "packer-manifest.json"), std::nullopt);
}

TEST_F(JenkinsTest, GuessesNoArtifact) {
  const auto fault_with = [this](const std::string& artifacts, const std::string& name) {
    answer(R"({"artifacts":[)" + artifacts + "]}");
    Bake build;
    build.name = "#41";
    return fault_of([&] { jenkins.artifact("bake", build, name); });
  };
  const std::string list = "remote: https://ci.example/jenkins: GET /job/bake/41/api/json: ";
  EXPECT_EQ(fault_with(R"({"fileName":"m.json","relativePath":"eu/m.json"},
                          {"fileName":"m.json","relativePath":"us/m.json"})",
                       "m.json"),
            list +
                "the build has archived several files 'm.json'; name one by its path, such as "
                "eu/m.json");
  for (const char* path : {"../../me/m.json", "/m.json", "a//m.json", ""}) {
    EXPECT_EQ(fault_with(std::string(R"({"fileName":"m.json","relativePath":")") + path + "\"}",
                         "m.json"),
              list + "the answer has a path that can be no file's");
  }
  EXPECT_EQ(fault_with("", "m.json"), "nothing");
}

TEST_F(JenkinsTest, SaysWhatIsTheMatterWithAnArtifact) {
  Bake build;
  build.name = "#41";
  const auto fault_after = [&](HttpResponse response) {
    answer(R"({"artifacts":[{"fileName":"m.json","relativePath":"m.json"}]})");
    transport.answers.push_back(std::move(response));
    return fault_of([&] { jenkins.artifact("bake", build, "m.json"); });
  };
  const std::string file = "remote: https://ci.example/jenkins: GET /job/bake/41/artifact/m.json: ";
  HttpResponse large = lost("the answer is larger than 4194304 bytes");
  large.hopeless = large.too_large = true;
  EXPECT_EQ(fault_after(large), file + "the answer is larger than 4194304 bytes");
  EXPECT_EQ(fault_after(replied(302, "", {{"Location", "https://bucket.s3.amazonaws.com/m"}})),
            file +
                "the host redirects to https://bucket.s3.amazonaws.com/m, which is elsewhere; the "
                "token is not sent there");
  EXPECT_THAT(fault_after(replied(200, "<html>")), HasSubstr(file + "the answer is an HTML page"));
}

TEST_F(JenkinsTest, AsksForNoBuildThatIsNone) {
  for (const char* name : {"", "#", "41", "#41/../..", "#-1", "6d5d3185-fa95"}) {
    Bake build;
    build.name = name;
    EXPECT_EQ(fault_of([&] { jenkins.artifact("bake", build, "m.json"); }),
              "usage: '" + std::string(name) + "' is no build of Jenkins (\"#41\")");
  }
  EXPECT_THAT(transport.requests, IsEmpty());
}

// ---- --check

TEST_F(JenkinsTest, ProbesWhoWeAreAndTheJob) {
  const auto probes = jenkins.probes("ops/bake");
  ASSERT_THAT(probes, SizeIs(2));
  EXPECT_EQ(probes[0].what, "https://ci.example/jenkins: user and API token");
  EXPECT_EQ(probes[1].what, "the builds of job ops/bake");
  answer(R"({"id":"me"})");
  probes[0].attempt();
  EXPECT_EQ(transport.requests.back().url, "https://ci.example/jenkins/me/api/json?tree=id");
  answer(R"({"builds":[]})");
  probes[1].attempt();
  answer("{}");
  EXPECT_EQ(
      fault_of(probes[0].attempt),
      "remote: https://ci.example/jenkins: GET /me/api/json: the answer does not say who we are");
  answer("", 404);
  EXPECT_THAT(fault_of(probes[1].attempt), HasSubstr("there is no such job"));

  const Jenkins anybody(access("", ""));
  answer(R"({"mode":"NORMAL"})");
  const auto open = anybody.probes("bake");
  EXPECT_EQ(open[0].what, "https://ci.example/jenkins: as anybody");
  open[0].attempt();
  EXPECT_EQ(transport.requests.back().url, "https://ci.example/jenkins/api/json?tree=mode");
}

// ---- whatever comes

TEST_F(JenkinsTest, SurvivesAnswersOfAnyKind) {
  for (const char* value : {"null",
                            "7",
                            "-1.5e300",
                            "true",
                            "[]",
                            "[[1]]",
                            "{}",
                            R"({"a":[]})",
                            R"("\u0000\u202e<b>")"}) {
    json build{{"number", 3}};
    for (const char* name : {"result", "timestamp", "duration", "building", "url", "artifacts"}) {
      build[name] = json::parse(value);
    }
    const Bake one = bake(build.dump());
    EXPECT_EQ(one.link, "https://ci.example/jenkins/job/bake/3/");
    EXPECT_EQ(one.reason.find_first_of("\x1b\n"), std::string::npos);
    answer(build.dump());
    EXPECT_EQ(jenkins.artifact("bake", one, "m.json"), std::nullopt);
  }
}

}  // namespace
}  // namespace patchbot
