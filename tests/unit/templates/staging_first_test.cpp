// SPDX-License-Identifier: Apache-2.0
#include "templates/staging_first.hpp"

#include <gmock/gmock.h>

#include "branch.hpp"
#include "templates/parameter_uses.hpp"
#include "templates/scopes.hpp"

namespace patchbot {
namespace {

using test::a;
using test::b;
using test::Branch;
using test::server;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Time noon = *parse_rfc3339("2026-11-26T12:00:00Z");

/// A question to the rule, with a day to soak.
struct Question {
  Branch* branch = nullptr;
  Config config{};
  const StagingServers* servers = nullptr;
  const ImageCatalogue* images = nullptr;
  std::vector<std::string> unchecked{};

  std::vector<std::string> ask(const std::string& path,
                               const std::string& before,
                               const std::string& after) {
    PullRequest request = test::request_of(path, before, after);
    const Scopes scopes(config, "");
    add_scopes(request, scopes);
    std::optional<StagingBranch> templates;
    if (branch != nullptr) templates.emplace(*branch, scopes);
    add_staging_first(
        request,
        {templates ? &*templates : nullptr, servers, images, std::chrono::hours(24), noon});
    unchecked = request.unchecked;
    return test::lines_of(request);
  }
};

std::vector<std::string> told(Branch& branch,
                              const std::string& path,
                              const std::string& before,
                              const std::string& after,
                              const Config& config = {}) {
  return Question{&branch, config}.ask(path, before, after);
}

Target server_of(const std::string& environment, const std::string& ami, const char* since) {
  Target target;
  target.environment = environment;
  target.service = "web";
  target.state = "running";
  target.ami = ami;
  target.launched_at = parse_rfc3339(since);
  return target;
}

std::string both(const std::string& staging, const std::string& production) {
  return "Mappings: {Images: {staging: {ami: " + staging + "}, prod: {ami: " + production +
         "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap "
         "[Images, !Ref Stage, ami]}}}\n";
}

/// Staging has had the second AMI for long enough.
void soak(Branch& branch) {
  branch.file("staging/web.yaml", server(b)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-20T00:00:00Z");
}

// The template gives the new key by a parameter that is looked up at deployment.
TEST(StagingFirst, WhatIsKnownAtDeploymentOnlyIsNotJudged) {
  const auto by = [](const std::string& track) {
    return "Parameters: {Track: {Type: String, Default: " + track +
           "}}\nMappings: {M: {r: {x: ami-0aaaaaaaaaaaaaaa1}}}\n"
           "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, r, "
           "!Sub '${AWS::Region}-${Track}']}}}\n";
  };
  Branch branch;
  Question question{&branch};
  EXPECT_THAT(question.ask("production/web.yaml", by("one"), by("two")), IsEmpty());
  EXPECT_THAT(question.unchecked,
              ElementsAre("staging-first: which AMI goes to production by Parameters/Track/Default "
                          "of production/web.yaml is known at deployment only"));
  question.ask("staging/web.yaml", by("one"), by("two"));
  EXPECT_THAT(question.unchecked, IsEmpty());
  question.ask("production/web.yaml",
               server("'{{resolve:ssm:/web/1}}'"),
               server("'{{resolve:ssm:/web/2}}'"));
  EXPECT_THAT(question.unchecked, ElementsAre(HasSubstr("is known at deployment only")));
}

TEST(StagingFirst, ProductionWaitsForStaging) {
  Branch branch;
  branch.file("staging/web.yaml", server(a)).file("production/web.yaml", server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("no template of staging on the target branch has it")));
  EXPECT_THAT(told(branch, "staging/web.yaml", server(a), server(b)), IsEmpty());

  branch.file("staging/web.yaml", server(b));
  branch.changed(b, "staging/web.yaml", "2026-11-26T02:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre("fail: " + b +
                          " has been in staging for 10 hours; production may have it after 24 "
                          "hours"));
}

TEST(StagingFirst, ADayInStagingIsEnough) {
  Branch branch;
  branch.file("staging/web.yaml", server(b)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-25T12:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty());
}

// Staging has gone on to the next one meanwhile.
TEST(StagingFirst, StagingMayBeAhead) {
  const std::string next = server("ami-0ccccccccccccccc3");
  Branch branch;
  branch.file("staging/web.yaml", next).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-26T02:00:00Z", next);
  branch.changed(b, "staging/web.yaml", "2026-11-20T02:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty());
}

TEST(StagingFirst, ItWasTakenBackHoweverManyFollowedBefore) {
  Branch branch;
  branch.file("staging/web.yaml", server(a)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-24T02:00:00Z", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-22T02:00:00Z", server(b), server(b));
  branch.changed(b, "staging/web.yaml", "2026-11-20T02:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("staging went back to what it had before it")));
}

// Another file took over, with what had been there before.
TEST(StagingFirst, ItWasTakenBackIntoAnotherFile) {
  Branch branch;
  branch.file("staging/new.yaml", server(a)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-24T02:00:00Z");
  branch.changed(b, "staging/web.yaml", "2026-11-20T02:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty()) << "it is gone";
  branch.changed(a, "staging/new.yaml", "2026-11-23T02:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty())
      << "before that";
  branch.changed(a, "staging/new.yaml", "2026-11-24T02:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("staging went back to what it had before it")));
}

// The one goes in one commit, and the other comes in the next.
TEST(StagingFirst, ItWasTakenBackIntoAnotherFileLater) {
  Branch branch;
  branch.file("staging/new.yaml", server(a)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-24T02:00:00Z");
  branch.changed(b, "staging/web.yaml", "2026-11-20T02:00:00Z", server(b), server(a));
  branch.changed(a, "staging/new.yaml", "2026-11-24T03:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("staging went back to what it had before it")));
}

// Neither the path of a file nor its own contents say that there is staging: those of another do.
TEST(StagingFirst, StagingInsideOfAnotherFileIsStaging) {
  const auto in_sam = [](const std::string& value) {
    return read_template(
        "staging: {deploy: {parameters: {parameter_overrides: [{ParameterKey: X, "
        "ParameterValue: " +
        value + "}]}}}\n");
  };
  for (const bool is_in_a_map : {true, false}) {
    Branch branch;
    branch.file("prod/web.yaml", server(a));
    if (is_in_a_map) branch.file("all.yaml", both(a, a));
    if (!is_in_a_map) branch.file("samconfig.yaml", in_sam(a));
    EXPECT_THAT(told(branch, "prod/web.yaml", server(a), server(b)),
                ElementsAre(HasSubstr("no template of staging on the target branch has it")));
  }
  Branch branch;
  branch.file("samconfig.yaml", in_sam("two")).file("prod/web.yaml", server(a));
  Question question{&branch};
  EXPECT_THAT(question.ask("prod/web.yaml", server(a), server(b)), IsEmpty());
  EXPECT_THAT(question.unchecked, ElementsAre(HasSubstr("its settings write no AMI")));
}

TEST(StagingFirst, WhatIsTooMuchToLookIntoIsSaid) {
  Branch branch;
  for (int i = 0; i < 301; ++i) branch.file("t" + std::to_string(i) + ".yaml", server(a));
  Question question{&branch};
  EXPECT_THAT(question.ask("prod/web.yaml", server(a), server(b)), IsEmpty());
  EXPECT_THAT(question.unchecked, ElementsAre(HasSubstr("one of more than 300 files")));
}

// One pull request takes it from staging as it gives it to production.
TEST(StagingFirst, RowsThatAreSwapped) {
  Branch branch;
  branch.file("web.yaml", both(b, a)).changed(b, "web.yaml", "2026-11-20T00:00:00Z");
  EXPECT_THAT(told(branch, "web.yaml", both(b, a), both(a, b)),
              ElementsAre(HasSubstr("staging gets for it what production had")));
  EXPECT_THAT(told(branch, "web.yaml", both(b, a), both("ami-0ccccccccccccccc3", b)), IsEmpty());
}

// In one file production took it, and staging went on: its servers need not have it any more.
TEST(StagingFirst, StagingOfASharedMapHasGoneOn) {
  const std::string c = "ami-0ccccccccccccccc3";
  StagingServers servers;
  servers.head.generated_at = noon;
  servers.add(server_of("staging", c, "2026-11-01T00:00:00Z"));
  for (const bool is_one_commit : {true, false}) {
    Branch branch;
    branch.file("web.yaml", both(c, b)).file("other-prod.yaml", server(a));
    branch.changed(b, "web.yaml", "2026-11-24T09:00:00Z", both(c, b));
    if (!is_one_commit) branch.changed(b, "web.yaml", "2026-11-23T09:00:00Z", both(b, b));
    branch.changed(b, "web.yaml", "2026-11-20T09:00:00Z", both(b, a), both(a, a));
    Question question{&branch, {}, &servers};
    EXPECT_THAT(question.ask("other-prod.yaml", server(a), server(b)), IsEmpty());
  }
}

// A parameter file of production chooses an AMI that the template has for everybody.
TEST(StagingFirst, AChoiceOfAmisNeedsTheServersOfStaging) {
  const Template read = read_template(
      "Parameters: {Track: {Type: String}}\nMappings: {M: {all: {one: " + a + ", two: " + b +
      "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap [M, all, "
      "!Ref Track]}}}\n");
  Branch branch;
  branch.file("staging/p.json", R"({"Parameters": {"Track": "two"}})");
  const Scopes scopes({}, "");
  const StagingBranch templates(branch, scopes);
  const auto ask = [&](const StagingServers* servers) {
    TemplateFiles base;
    TemplateFiles head;
    base["production/p.json"].read = read_template(R"({"Parameters": {"Track": "one"}})");
    head["production/p.json"].read = read_template(R"({"Parameters": {"Track": "two"}})");
    PullRequest request = compare(base, head);
    add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
    for (ReviewedFile& file : request.files) file.hits.clear();
    add_scopes(request, scopes);
    add_staging_first(request, {&templates, servers, nullptr, std::chrono::hours(24), noon});
    return test::lines_of(request);
  };
  EXPECT_THAT(ask(nullptr),
              ElementsAre(HasSubstr("warn: " + b + " goes to production by a value")));
  StagingServers servers;
  servers.head.generated_at = noon;
  servers.add(server_of("staging", b, "2026-11-20T00:00:00Z"));
  EXPECT_THAT(ask(&servers), IsEmpty());
}

// That a parameter file of staging holds an AMI does not mean that it chose it.
TEST(StagingFirst, WhatStagingHoldsAndDoesNotChooseHasNotBeenThere) {
  const Template read = read_template(
      "Parameters: {Track: {Type: String}, A: {Type: String}, B: {Type: String}}\n"
      "Conditions: {One: !Equals [!Ref Track, one]}\n"
      "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !If [One, !Ref A, !Ref "
      "B]}}}\n");
  const auto values = [](const std::string& track) {
    return R"({"Parameters": {"A": ")" + a + R"(", "B": ")" + b + R"(", "Track": ")" + track +
           "\"}}";
  };
  Branch branch;
  branch.file("staging/p.json", values("one"));
  branch.changed(b, "staging/p.json", "2026-10-01T00:00:00Z", values("one"));
  const Scopes scopes({}, "");
  const StagingBranch templates(branch, scopes);
  TemplateFiles base;
  TemplateFiles head;
  base["production/p.json"].read = read_template(values("one"));
  head["production/p.json"].read = read_template(values("two"));
  PullRequest request = compare(base, head);
  add_parameter_uses(request, base, head, {{"web.yaml", &read.root}});
  for (ReviewedFile& file : request.files) file.hits.clear();
  add_scopes(request, scopes);
  add_staging_first(request, {&templates, nullptr, nullptr, std::chrono::hours(24), noon});
  EXPECT_THAT(test::lines_of(request),
              ElementsAre(HasSubstr("warn: " + b + " goes to production by a value")));
}

// Two services of one file: one goes on, and the other takes its own back.
TEST(StagingFirst, WhatOthersTakeBackIsNoMatterOfThis) {
  const std::string c = "ami-0ccccccccccccccc3";
  const std::string d = "ami-0ddddddddddddddd4";
  const auto two = [](const std::string& web, const std::string& db) {
    return "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: " + web +
           "}}, Db: {Type: AWS::EC2::Instance, Properties: {ImageId: " + db + "}}}\n";
  };
  Branch branch;
  branch.file("staging/all.yaml", two(c, a)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/all.yaml", "2026-11-24T00:00:00Z", two(c, a));
  branch.changed(b, "staging/all.yaml", "2026-11-20T00:00:00Z", two(b, d), two(a, a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty());
}

// Retaken an hour ago, after it was taken back: what was before that proves nothing.
TEST(StagingFirst, TimeBeganAnewWhenItWasTakenBack) {
  Branch branch;
  branch.file("staging/web.yaml", server(b)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-26T11:00:00Z", server(b), server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-24T00:00:00Z", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-20T00:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("has been in staging for 1 hour;")));
}

// A map of accounts says nothing of AMIs, and the name of a map is no environment.
TEST(StagingFirst, NotEveryMapOfEnvironmentsIsOneOfAmis) {
  const auto file = [](const std::string& image) {
    return "Mappings: {Accounts: {staging: {id: '1'}, production: {id: '2'}}, StageMap: {prod: "
           "{ami: " +
           image +
           "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: "
           "{ImageId: !FindInMap [StageMap, prod, ami]}}}\n";
  };
  Branch branch;
  branch.file("production/web.yaml", file(a));
  EXPECT_THAT(told(branch, "production/web.yaml", file(a), file(b)), IsEmpty());
}

TEST(StagingFirst, AFolderOfARegionThatStagingIsNotInIsNotChecked) {
  Branch branch;
  branch.file("staging/eu-west-1/web.yaml", server(a));
  branch.file("production/us-east-1/web.yaml", server(a));
  Question question{&branch};
  EXPECT_THAT(question.ask("production/us-east-1/web.yaml", server(a), server(b)), IsEmpty());
  EXPECT_THAT(question.unchecked, ElementsAre(HasSubstr("staging is not in us-east-1")));
}

TEST(StagingFirst, WhatStagingWentBackFromIsRefused) {
  Branch branch;
  branch.file("staging/web.yaml", server(a)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-24T02:00:00Z", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-20T02:00:00Z", server(b), server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("staging went back to what it had before it")));
}

// The next service of the same file follows: the count of the id changes, and the time goes on.
TEST(StagingFirst, TimeGoesOnWhenMoreOfTheFileFollows) {
  Branch branch;
  branch.file("web.yaml", both(b, b)).file("other-prod.yaml", server(a));
  branch.changed(b, "web.yaml", "2026-11-26T09:00:00Z");
  branch.changed(b, "web.yaml", "2026-11-20T09:00:00Z", both(b, a));
  EXPECT_THAT(told(branch, "other-prod.yaml", server(a), server(b)), IsEmpty());
}

TEST(StagingFirst, ListsOfAmisAreTakenApart) {
  const auto file = [](const std::string& ids) {
    return "[{ParameterKey: Images, ParameterValue: '" + ids + "'}]\n";
  };
  Branch branch;
  branch.file("staging/p.json", file(a + "," + b)).file("production/p.json", file(a));
  branch.changed(b, "staging/p.json", "2026-11-20T09:00:00Z");
  EXPECT_THAT(told(branch, "production/p.json", file(a), file(a + "," + b)), IsEmpty());
}

// What a resource is called says nothing of where it is.
TEST(StagingFirst, ANameOfAResourceIsNoEnvironment) {
  const auto gate = [](const std::string& image) {
    return "Resources: {StageGateWeb: {Type: AWS::EC2::Instance, Properties: {ImageId: " + image +
           "}}}\n";
  };
  Branch branch;
  branch.file("staging/web.yaml", server(a)).file("production/web.yaml", gate(a));
  EXPECT_THAT(told(branch, "production/web.yaml", gate(a), gate(b)),
              ElementsAre(HasSubstr("bump staging first")));
}

// A repository that keeps no staging says nothing of it.
TEST(StagingFirst, WithoutStagingInTheRepositoryNothingCanBeSaid) {
  Branch branch;
  branch.file("production/web.yaml", server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty());
}

// Both environments in one file, told apart by the keys of a map.
TEST(StagingFirst, EnvironmentsOfOneFileAreToldApart) {
  Branch branch;
  branch.file("web.yaml", both(a, a));
  EXPECT_THAT(told(branch, "web.yaml", both(a, a), both(a, b)),
              ElementsAre(HasSubstr("bump staging first")));
  branch.file("web.yaml", both(b, a)).changed(b, "web.yaml", "2026-11-20T00:00:00Z");
  EXPECT_THAT(told(branch, "web.yaml", both(b, a), both(b, b)), IsEmpty());
}

TEST(StagingFirst, StagingOfAnotherServiceIsNoStaging) {
  Config config;
  config.pull_requests.templates = {{{}, {"shop*"}, "shop", "", "", {}},
                                    {{}, {"search*"}, "search", "", "", {}}};
  Branch branch;
  branch.file("search-staging.yaml", server(b)).file("shop-staging.yaml", server(a));
  branch.changed(b, "search-staging.yaml", "2026-11-01T00:00:00Z");
  EXPECT_THAT(told(branch, "shop-prod.yaml", server(a), server(b), config),
              ElementsAre(HasSubstr("bump staging first")));
  EXPECT_THAT(told(branch, "search-prod.yaml", server(a), server(b), config), IsEmpty());
}

TEST(StagingFirst, WhatIsMergedMustRunToo) {
  Branch branch;
  soak(branch);
  StagingServers servers;
  servers.head.generated_at = parse_rfc3339("2026-11-26T06:00:00Z");
  servers.add(server_of("staging", a, "2026-11-01T00:00:00Z"));
  servers.add(server_of("production", b, "2026-11-01T00:00:00Z"));
  Question question{&branch, {}, &servers};
  EXPECT_THAT(question.ask("production/web.yaml", server(a), server(b)),
              ElementsAre("fail: no server of staging runs " + b +
                          " in the inventory of 2026-11-26T06:00:00Z: deploy it there first"));
  servers.add(server_of("staging", b, "2026-11-21T00:00:00Z"));
  EXPECT_THAT(question.ask("production/web.yaml", server(a), server(b)), IsEmpty());
  EXPECT_THAT(question.unchecked, IsEmpty());
}

TEST(StagingFirst, WithoutAnInventoryItIsSaidThatNobodyLooked) {
  Branch branch;
  soak(branch);
  Question question{&branch};
  EXPECT_THAT(question.ask("production/web.yaml", server(a), server(b)), IsEmpty());
  EXPECT_THAT(
      question.unchecked,
      ElementsAre(
          "staging-first: whether servers of staging run the AMIs: --inventory is not given"));
}

// A server that is stopped at night is young every morning.
TEST(StagingFirst, YoungServersAreAWarning) {
  Branch branch;
  soak(branch);
  StagingServers servers;
  servers.head.generated_at = noon;
  servers.add(server_of("staging", b, "2026-11-26T09:30:00Z"));
  servers.add(server_of("staging", b, "2026-11-26T11:30:00Z"));
  EXPECT_THAT((Question{&branch, {}, &servers}.ask("production/web.yaml", server(a), server(b))),
              ElementsAre("warn: servers of staging run " + b +
                          " for 2 hours; production may have it after 24 hours"));
}

TEST(StagingFirst, AnInventoryThatCannotKnowIsNoProof) {
  Branch branch;
  soak(branch);
  StagingServers servers;
  servers.add(server_of("staging", a, "2026-11-01T00:00:00Z"));
  Question question{&branch, {}, &servers};
  servers.head.generated_at = parse_rfc3339("2026-11-19T18:00:00Z");
  EXPECT_THAT(question.ask("production/web.yaml", server(a), server(b)), IsEmpty());
  EXPECT_THAT(question.unchecked,
              ElementsAre(HasSubstr("the inventory may be older than its deployment")));
  servers.head.generated_at = noon;
  servers.head.partial = true;
  EXPECT_THAT(question.ask("production/web.yaml", server(a), server(b)), IsEmpty());
  EXPECT_THAT(question.unchecked, ElementsAre(HasSubstr("the inventory is partial")));
}

TEST(StagingFirst, StagingWithoutAnyServerIsAWarning) {
  Branch branch;
  soak(branch);
  StagingServers servers;
  servers.head.generated_at = noon;
  Target stopped = server_of("staging", b, "2026-11-21T00:00:00Z");
  stopped.state = "stopped";
  servers.add(stopped);
  EXPECT_THAT(
      (Question{&branch, {}, &servers}.ask("production/web.yaml", server(a), server(b))),
      ElementsAre("warn: no server of staging runs of 2026-11-26T12:00:00Z: nothing has tried " +
                  b));
}

// Production takes what a map has for staging: no id changes.
TEST(StagingFirst, AnotherWayToAnAmiIsJudged) {
  const std::string text = "Mappings: {Images: {staging: {ami: " + b + "}, prod: {ami: " + a +
                           "}}}\nResources: {Prod: {Type: AWS::EC2::Instance, Properties: "
                           "{ImageId: !FindInMap [Images, KEY, ami]}}, Staging: {Type: "
                           "AWS::EC2::Instance, Properties: {ImageId: !FindInMap [Images, staging, "
                           "ami]}}}\n";
  const auto with = [&](const std::string& key) {
    std::string whole = text;
    return whole.replace(whole.find("KEY"), 3, key);
  };
  Branch branch;
  branch.file("web.yaml", with("prod")).changed(b, "web.yaml", "2026-11-26T09:00:00Z");
  EXPECT_THAT(told(branch, "web.yaml", with("prod"), with("staging")),
              ElementsAre(HasSubstr(b + " has been in staging for 3 hours")));
}

// Templates of staging may be in another repository; its servers tell all the same.
TEST(StagingFirst, ServersAloneCanTell) {
  StagingServers servers;
  servers.head.generated_at = noon;
  servers.add(server_of("staging", a, "2026-11-01T00:00:00Z"));
  Question question{nullptr, {}, &servers};
  EXPECT_THAT(question.ask("production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("no server of staging runs " + b)));
  question.config.pull_requests.templates = {{{}, {"*"}, "other", "", "", {}}};
  EXPECT_THAT(question.ask("production/web.yaml", server(a), server(b)), IsEmpty());
}

std::string in_regions(const std::string& dublin, const std::string& virginia) {
  return "Mappings: {Images: {eu-west-1: {ami: " + dublin + "}, us-east-1: {ami: " + virginia +
         "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap "
         "[Images, !Ref AWS::Region, ami]}}}\n";
}

// Staging is in Dublin alone; the copy of its AMI in Virginia has an id of its own.
TEST(StagingFirst, ACopyInAnotherRegionIsTheSameBake) {
  const std::string virginia = "ami-0ddddddddddddddd4";
  const std::string dublin = "Mappings: {Images: {eu-west-1: {ami: " + b +
                             "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: "
                             "{ImageId: !FindInMap [Images, !Ref AWS::Region, ami]}}}\n";
  Branch branch;
  branch.file("staging/web.yaml", dublin).file("production/web.yaml", in_regions(a, a));
  branch.changed(b, "staging/web.yaml", "2026-11-20T00:00:00Z");
  Question question{&branch};
  const auto ask = [&] {
    return question.ask("production/web.yaml", in_regions(a, a), in_regions(b, virginia));
  };
  EXPECT_THAT(ask(), IsEmpty());
  EXPECT_THAT(question.unchecked,
              testing::Contains("staging-first: whether staging had the bake of " + virginia +
                                ": staging is not in us-east-1, and which AMIs are copies of it, a "
                                "catalogue of the regions of staging tells (--images)"));

  Image image;
  image.owner = "111122223333";
  image.name = "web-2026.11.19";
  ImageCatalogue images;
  images.listings = {{"111122223333", "eu-west-1"}, {"111122223333", "us-east-1"}};
  images.listings[0].images = {image};
  images.listings[0].images[0].id = b;
  images.listings[1].images = {image};
  images.listings[1].images[0].id = virginia;
  question.images = &images;
  EXPECT_THAT(ask(), IsEmpty());
  images.listings[1].images[0].name = "web-2026.11.26";
  EXPECT_THAT(ask(), IsEmpty()) << "whose copy it is, this catalogue does not tell";
  EXPECT_THAT(question.unchecked, testing::Contains(HasSubstr("staging is not in us-east-1")));
}

}  // namespace
}  // namespace patchbot
