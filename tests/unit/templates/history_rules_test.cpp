// SPDX-License-Identifier: Apache-2.0
#include "templates/history_rules.hpp"

#include <gmock/gmock.h>

#include "formats/template_reader.hpp"

namespace patchbot {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string a = "ami-0aaaaaaaaaaaaaaa1";
const std::string b = "ami-0bbbbbbbbbbbbbbb2";

std::string server(const std::string& image) {
  return "Resources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: " + image + "}}}\n";
}

/// A branch whose files and their past are told to it.
class Branch final : public BranchHistory {
 public:
  Branch& file(const std::string& path, const std::string& text) {
    texts_[path] = text;
    read_.insert_or_assign(path, read_template(text));
    return *this;
  }
  // The newest first.
  Branch& changed(const std::string& text, const std::string& path, const char* when) {
    changes_[text][path].push_back(*parse_rfc3339(when));
    return *this;
  }

  std::vector<std::string> files_with(const std::string& text) override {
    std::vector<std::string> paths;
    for (const auto& [path, whole] : texts_) {
      if (whole.find(text) != std::string::npos) paths.push_back(path);
    }
    return paths;
  }
  const TemplateNode* read(const std::string& path) override {
    const auto known = read_.find(path);
    return known == read_.end() ? nullptr : &known->second.root;
  }
  const Changes& changes_of(const std::string& text) override { return changes_[text]; }
  std::vector<std::string> template_paths() override {
    std::vector<std::string> paths;
    for (const auto& [path, whole] : texts_) paths.push_back(path);
    return paths;
  }

 private:
  std::map<std::string, std::string> texts_;
  std::map<std::string, Template> read_;
  std::map<std::string, Changes> changes_;
};

// What the rules say of one file that changes, on 26 November at noon with a day to soak.
std::vector<std::string> told(Branch& branch,
                              const std::string& path,
                              const std::string& before,
                              const std::string& after,
                              const Config& config = {}) {
  TemplateFiles base;
  TemplateFiles head;
  base[path].read = read_template(before);
  head[path].read = read_template(after);
  PullRequest request = compare(base, head);
  const Scopes scopes(config, "");
  add_scopes(request, scopes);
  for (ReviewedFile& file : request.files) file.hits.clear();
  add_history_rules(request, branch, scopes, 24, *parse_rfc3339("2026-11-26T12:00:00Z"));
  std::vector<std::string> lines;
  for (const RuleHit& hit : request.files.at(0).hits) {
    lines.push_back(std::string(hit.id) + ": " + hit.message);
  }
  return lines;
}

TEST(HistoryRules, AnAmiThatComesBackIsADowngrade) {
  Branch branch;
  branch.file("web.yaml", server(b)).changed(a, "web.yaml", "2026-10-02T08:00:00Z");
  EXPECT_THAT(told(branch, "web.yaml", server(b), server(a)),
              ElementsAre("downgrade: " + a +
                          " was here before, and was replaced on 2026-10-02: servers would lose "
                          "what was patched since"));
  EXPECT_THAT(told(branch, "web.yaml", server(a), server(b)), IsEmpty());
}

TEST(HistoryRules, ProductionWaitsForStaging) {
  Branch branch;
  branch.file("staging/web.yaml", server(a)).file("production/web.yaml", server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre(HasSubstr("no template of staging on the target branch has it")));
  EXPECT_THAT(told(branch, "staging/web.yaml", server(a), server(b)), IsEmpty());

  branch.file("staging/web.yaml", server(b));
  branch.changed(b, "staging/web.yaml", "2026-11-26T02:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)),
              ElementsAre("staging-first: " + b +
                          " has been in staging for 10 hours; production may have it after 24 "
                          "hours"));
}

TEST(HistoryRules, ADayInStagingIsEnough) {
  Branch branch;
  branch.file("staging/web.yaml", server(b)).file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-25T12:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty());
}

// Staging has gone on to the next one meanwhile.
TEST(HistoryRules, StagingMayBeAhead) {
  Branch branch;
  branch.file("staging/web.yaml", server("ami-0ccccccccccccccc3"));
  branch.file("production/web.yaml", server(a));
  branch.changed(b, "staging/web.yaml", "2026-11-26T02:00:00Z");
  branch.changed(b, "staging/web.yaml", "2026-11-20T02:00:00Z");
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty());
}

// A repository that keeps no staging says nothing of it.
TEST(HistoryRules, WithoutStagingInTheRepositoryNothingCanBeSaid) {
  Branch branch;
  branch.file("production/web.yaml", server(a));
  EXPECT_THAT(told(branch, "production/web.yaml", server(a), server(b)), IsEmpty());
}

// Both environments in one file, told apart by the keys of a map.
TEST(HistoryRules, EnvironmentsOfOneFileAreToldApart) {
  const auto both = [](const std::string& staging, const std::string& production) {
    return "Mappings: {Images: {staging: {ami: " + staging + "}, prod: {ami: " + production +
           "}}}\nResources: {Web: {Type: AWS::EC2::Instance, Properties: {ImageId: !FindInMap "
           "[Images, !Ref Stage, ami]}}}\n";
  };
  Branch branch;
  branch.file("web.yaml", both(a, a));
  EXPECT_THAT(told(branch, "web.yaml", both(a, a), both(a, b)),
              ElementsAre(HasSubstr("bump staging first")));
  branch.file("web.yaml", both(b, a)).changed(b, "web.yaml", "2026-11-20T00:00:00Z");
  EXPECT_THAT(told(branch, "web.yaml", both(b, a), both(b, b)), IsEmpty());
}

TEST(HistoryRules, StagingOfAnotherServiceIsNoStaging) {
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

}  // namespace
}  // namespace patchbot
