// SPDX-License-Identifier: Apache-2.0
#include "repository_fixture.hpp"

namespace patchbot {
namespace {

using test::list_of;

const std::string repository = "/projects/ACME/repos/infra";
const std::string list = repository +
                         "/pull-requests?state=OPEN&order=NEWEST&direction=INCOMING"
                         "&at=refs%2Fheads%2Fmain&limit=100&start=";
const std::string row = R"({"id":#,"title":"bump","createdDate":1795167000123,
  "fromRef":{"id":"refs/heads/topic","displayId":"topic","latestCommit":"aaaaaaaaaa",
             "repository":{"slug":"infra","project":{"key":"~jo"}}},
  "toRef":{"id":"refs/heads/main"}})";

std::string last(const std::string& values) {
  return R"({"isLastPage":true,"values":)" + values + "}";
}

std::string page(const std::string& values, int following) {
  return R"({"isLastPage":false,"nextPageStart":)" + std::to_string(following) + R"(,"values":)" +
         values + "}";
}

class DataCenterRepository : public test::RepositoryTest {
 protected:
  DataCenterRepository() : RepositoryTest("https://bb.example/ctx/projects/ACME/repos/infra") {}
};

TEST_F(DataCenterRepository, OneRequest) {
  says(list + "0", last(list_of(row, 7, 1)));
  const OpenPullRequest one = host->open_pull_requests("main").at(0);
  EXPECT_EQ(one.address.url(), "https://bb.example/ctx/projects/ACME/repos/infra/pull-requests/7");
  EXPECT_EQ(one.title, "bump");
  EXPECT_EQ(one.branch, "topic");
  EXPECT_EQ(one.head, "aaaaaaaaaa");
  EXPECT_EQ(one.source, "~jo/infra");
  EXPECT_EQ(one.created, parse_rfc3339("2026-11-20T09:30:00Z"));
  EXPECT_FALSE(one.is_draft);
}

TEST_F(DataCenterRepository, DraftsOfOwnBranchesAndOfForksThatAreGone) {
  says(list + "0", last(R"([
    {"id":1,"draft":true,"toRef":{"id":"refs/heads/main"},
     "fromRef":{"repository":{"slug":"infra","project":{"key":"acme"}}}},
    {"id":2,"toRef":{"id":"refs/heads/main"},"fromRef":{}},
    {"id":3,"toRef":{"id":"refs/heads/dev"}}])"));
  const auto all = host->open_pull_requests("main");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_TRUE(all[0].is_draft);
  EXPECT_EQ(all[0].source, "ACME/infra");
  EXPECT_EQ(all[1].source, "");
}

TEST_F(DataCenterRepository, PagesAndTheirEnd) {
  says(list + "0", last("[]"));
  EXPECT_EQ(numbers(), "");
  says(list + "0", page(list_of(row, 1, 25), 25));
  says(list + "25", last(list_of(row, 200, 1)));
  EXPECT_TRUE(numbers().ends_with("24 25 200"));
  says(list + "25", R"({"isLastPage":false,"nextPageStart":null,"values":[]})");
  EXPECT_NE(numbers().find("the list is cut short"), std::string::npos);
  says(list + "0", page(list_of(row, 1, 501), 501));
  EXPECT_NE(numbers().find("more than 500"), std::string::npos);
}

TEST_F(DataCenterRepository, AnotherShape) {
  expect_no_other_shape(list + "0",
                        {last(R"([{"error":"x"}])"),
                         last(R"([{"id":7}])"),
                         last(R"([{"toRef":{"id":"refs/heads/main"}}])")});
  says(repository + "/files?at=c1c1c1c&limit=100&start=0", last("[]"));
  EXPECT_NE(files().find("the files: the host lists none"), std::string::npos);
}

TEST_F(DataCenterRepository, DatesThatAreNone) {
  const std::string item =
      R"([{"id":1,"toRef":{"id":"refs/heads/main"},"fromRef":{},"createdDate":)";
  const auto created = [&](const std::string& date) {
    says(list + "0", last(item + date + "}]"));
    return host->open_pull_requests("main").at(0).created;
  };
  for (const char* date : {"-9223372036854775808",
                           "9223372036854775807",
                           "18446744073709551615",
                           "253402300800000",
                           "-1",
                           "1e300",
                           "\"x\"",
                           "null"}) {
    EXPECT_EQ(created(date), std::nullopt) << date;
  }
  EXPECT_EQ(created("253402300799999"), parse_rfc3339("9999-12-31T23:59:59Z"));
  EXPECT_EQ(created("0"), parse_rfc3339("1970-01-01T00:00:00Z"));
}

TEST_F(DataCenterRepository, Trouble) {
  expect_trouble(list + "0", "Bitbucket Data Center: ACME/infra: the open pull requests");
}

TEST_F(DataCenterRepository, FilesOfACommit) {
  const std::string where = repository + "/files?at=c1c1c1c&limit=100&start=";
  says(where + "0", page(R"(["a/b.yaml","c.yaml"])", 2));
  says(where + "2", last(R"(["d.yaml"])"));
  EXPECT_EQ(files(), "a/b.yaml c.yaml d.yaml");
  says(where + "2", last(R"([{"path":"d.yaml"}])"));
  EXPECT_NE(files().find("a path that can be no file's"), std::string::npos);
}

TEST_F(DataCenterRepository, TheMainBranchAndItsCommit) {
  says(repository + "/branches/default", R"({"id":"refs/heads/trunk","displayId":"trunk"})");
  EXPECT_EQ(host->main_branch(), "trunk");
  says(repository + "/default-branch", R"({"id":"refs/heads/main","displayId":"main"})");
  EXPECT_EQ(host->main_branch(), "main");
  const std::string commits = repository + "/commits?limit=1&until=refs%2Fheads%2Fa%2Fb";
  says(commits, R"({"values":[{"id":"c1c1c1c1"}]})");
  EXPECT_EQ(host->tip("a/b"), "c1c1c1c1");
  says(commits, R"({"values":[]})");
  EXPECT_THROW(host->tip("a/b"), Error);
}

}  // namespace
}  // namespace patchbot
