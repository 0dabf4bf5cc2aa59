// SPDX-License-Identifier: Apache-2.0
#include "repository_fixture.hpp"

namespace patchbot {
namespace {

using test::list_of;
using test::replied;

const std::string list =
    "/projects/acme%2Fplatform%2Finfra/merge_requests?state=opened&order_by=created_at&sort=desc"
    "&target_branch=main&per_page=100&page=";
const std::string row = R"({"iid":#,"id":9,"title":"bump","created_at":"2026-11-20T09:30:00.123Z",
  "sha":"aaaaaaaaaa","draft":false,"source_branch":"topic","target_branch":"main",
  "source_project_id":6,"target_project_id":5})";
const std::string tree =
    "/projects/acme%2Fplatform%2Finfra/repository/tree?recursive=true&ref=c1c1c1c"
    "&pagination=keyset&per_page=100";
const std::string file = R"({"id":"b#b","path":"a/#.yaml","type":"blob","mode":"100644"})";

class GitLabRepository : public test::RepositoryTest {
 protected:
  GitLabRepository() : RepositoryTest("https://gitlab.com/acme/platform/infra") {}
};

TEST_F(GitLabRepository, OneRequest) {
  says(list + "1", list_of(row, 7, 1));
  const OpenPullRequest one = host->open_pull_requests("main").at(0);
  EXPECT_EQ(one.address.url(), "https://gitlab.com/acme/platform/infra/-/merge_requests/7");
  EXPECT_EQ(one.title, "bump");
  EXPECT_EQ(one.branch, "topic");
  EXPECT_EQ(one.head, "aaaaaaaaaa");
  EXPECT_EQ(one.source, "6");
  EXPECT_EQ(one.created, parse_rfc3339("2026-11-20T09:30:00Z"));
  EXPECT_FALSE(one.is_draft);
}

TEST_F(GitLabRepository, DraftsOfOwnBranchesAndOfForksThatAreGone) {
  says(list + "1", R"([
    {"iid":1,"work_in_progress":true,"target_branch":"main","source_project_id":5,
     "target_project_id":5},
    {"iid":2,"draft":true,"target_branch":"main","source_project_id":null,"target_project_id":5},
    {"iid":3,"target_branch":"dev"}])");
  const auto all = host->open_pull_requests("main");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].is_draft);
  EXPECT_EQ(all[0].source, "acme/platform/infra");
  EXPECT_TRUE(all[1].is_draft);
  EXPECT_EQ(all[1].source, "");
}

TEST_F(GitLabRepository, PagesAndTheirEnd) {
  says(list + "1", "[]");
  EXPECT_EQ(numbers(), "");
  answers[list + "1"] = replied(200, list_of(row, 1, 100), {{"X-Next-Page", "2"}});
  answers[list + "2"] = replied(200, list_of(row, 200, 1), {{"X-Page", "2"}});
  EXPECT_TRUE(numbers().ends_with("99 100 200"));
  for (int page = 1; page <= 6; ++page) {
    says(list + std::to_string(page), list_of(row, page * 100, 100));
  }
  EXPECT_NE(numbers().find("more than 500"), std::string::npos);
}

TEST_F(GitLabRepository, AnotherShape) {
  expect_no_other_shape(
      list + "1",
      {R"([{"message":"maintenance"}])", R"([{"iid":7}])", R"([{"target_branch":"main"}])"});
  says(tree, "[]");
  EXPECT_NE(files().find("the files: the host lists none"), std::string::npos);
  says(tree, R"([{"path":"a.yaml"}])");
  EXPECT_NE(files().find("one without a mode"), std::string::npos);
}

TEST_F(GitLabRepository, Trouble) {
  expect_trouble(list + "1", "GitLab: acme/platform/infra: the open merge requests");
}

TEST_F(GitLabRepository, FilesOfACommit) {
  says(tree,
       R"([{"id":"1","path":"a","type":"tree","mode":"040000"},
           {"id":"b10b","path":"a/b.yaml","type":"blob","mode":"100644"},
           {"id":"2","path":"l.yaml","type":"blob","mode":"120000"}])");
  EXPECT_EQ(files(), "a/b.yaml=b10b");
}

// The address in the link is that of the host itself, which may lie behind a proxy.
TEST_F(GitLabRepository, PagesOfFilesByKey) {
  std::string many = list_of(R"({"path":"a/#.yaml","mode":"100644"})", 1, 100);
  answers[tree] = replied(
      200,
      many,
      {{"Link",
        R"(<http://inside/x?a=1&page_token=c2FtZQ%3D%3D&b=2>; rel="next", <x>; rel="first")"}});
  says(tree + "&page_token=c2FtZQ%3D%3D",
       list_of(R"({"path":"a/#.yaml","mode":"100644"})", 200, 1));
  EXPECT_TRUE(files().ends_with("a/100.yaml a/200.yaml"));
  answers[tree] = replied(200, many, {{"X-Next-Page", "2"}});  // versions that count all the same
  says(tree + "&page=2", "[]");
  EXPECT_TRUE(files().ends_with("a/100.yaml"));
  says(tree, many);
  EXPECT_NE(files().find("the files: the list is cut short"), std::string::npos);
  const std::string one = list_of(R"({"path":"a/#.yaml","mode":"100644"})", 1, 1);
  for (const HttpHeader& header : {HttpHeader{"Link", R"(<http://inside/x?cursor=1>; rel="next")"},
                                   HttpHeader{"X-Next-Page", "soon"}}) {
    answers[tree] = replied(200, one, {header});  // it says that there is more, and not where
    EXPECT_NE(files().find("the files: the list is cut short"), std::string::npos);
  }
}

TEST_F(GitLabRepository, TheMainBranchAndItsCommit) {
  says("/projects/acme%2Fplatform%2Finfra", R"({"default_branch":"trunk"})");
  EXPECT_EQ(host->main_branch(), "trunk");
  says("/projects/acme%2Fplatform%2Finfra", R"({"default_branch":null})");
  EXPECT_THROW(host->main_branch(), Error);
  says("/projects/acme%2Fplatform%2Finfra/repository/branches/a%2Fb",
       R"({"commit":{"id":"c1c1c1c1"}})");
  EXPECT_EQ(host->tip("a/b"), "c1c1c1c1");
}

}  // namespace
}  // namespace patchbot
