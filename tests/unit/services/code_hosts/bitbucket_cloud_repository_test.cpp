// SPDX-License-Identifier: Apache-2.0
#include "repository_fixture.hpp"

namespace patchbot {
namespace {

using test::list_of;

const std::string list =
    "/repositories/acme/infra/pullrequests?pagelen=50&q=state%3D%22OPEN%22%20AND%20"
    "destination.branch.name%3D%22main%22";
const std::string row = R"({"id":#,"title":"bump","created_on":"2026-11-20T09:30:00.123456+00:00",
  "source":{"commit":{"hash":"AAAAAAAAAAAA"},"branch":{"name":"topic"},
            "repository":{"full_name":"jo/infra"}},
  "destination":{"branch":{"name":"main"}}})";
const std::string source = "/repositories/acme/infra/src/c1c1c1c/?pagelen=100&max_depth=30";

std::string page_of(const std::string& values, const std::string& more = {}) {
  return R"({"values":)" + values + more + "}";
}

std::string next(const std::string& path) {
  return R"(,"next":"https://api.bitbucket.org/2.0)" + path + "\"";
}

class BitbucketCloudRepository : public test::RepositoryTest {
 protected:
  BitbucketCloudRepository() : RepositoryTest("https://bitbucket.org/acme/infra") {}
};

TEST_F(BitbucketCloudRepository, OneRequest) {
  says(list, page_of(list_of(row, 7, 1)));
  const OpenPullRequest one = host->open_pull_requests("main").at(0);
  EXPECT_EQ(one.address.url(), "https://bitbucket.org/acme/infra/pull-requests/7");
  EXPECT_EQ(one.title, "bump");
  EXPECT_EQ(one.branch, "topic");
  EXPECT_EQ(one.head, "aaaaaaaaaaaa");
  EXPECT_EQ(one.source, "jo/infra");
  EXPECT_EQ(one.created, parse_rfc3339("2026-11-20T09:30:00Z"));
  EXPECT_FALSE(one.is_draft);
}

TEST_F(BitbucketCloudRepository, ADraftOfAForkThatIsGone) {
  says(list, page_of(R"([{"id":7,"draft":true,"source":{"repository":null},
                    "destination":{"branch":{"name":"main"}}},
                   {"id":8,"destination":{"branch":{"name":"dev"}}}])"));
  const auto all = host->open_pull_requests("main");
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all[0].is_draft);
  EXPECT_EQ(all[0].source, "");
}

TEST_F(BitbucketCloudRepository, PagesAndTheirEnd) {
  says(list, page_of("[]", R"(,"size":0)"));
  EXPECT_EQ(numbers(), "");
  says(list, page_of(list_of(row, 1, 50), next("/second") + R"(,"size":51)"));
  says("/second", page_of(list_of(row, 200, 1), R"(,"size":51)"));
  EXPECT_TRUE(numbers().ends_with("49 50 200"));
  says("/second", page_of("[]", R"(,"size":51)"));
  EXPECT_NE(numbers().find("lists 50 of 51 entries"), std::string::npos);
  says("/second", page_of(list_of(row, 200, 50), next("/second")));
  EXPECT_NE(numbers().find("more than 500"), std::string::npos);
  says(list, page_of("[]", R"(,"next":"https://elsewhere.example/2.0/x")"));
  EXPECT_NE(numbers().find("the token is not sent there"), std::string::npos);
}

TEST_F(BitbucketCloudRepository, ABranchWithAQuote) {
  EXPECT_THROW(host->open_pull_requests("a\"b"), Error);
  EXPECT_TRUE(transport.requests.at(0).url.ends_with("name%3D%22a%5C%22b%22"));
}

TEST_F(BitbucketCloudRepository, AnotherShape) {
  expect_no_other_shape(list,
                        {page_of(R"([{"error":"x"}])"),
                         page_of(R"([{"id":7}])"),
                         page_of(R"([{"destination":{"branch":{"name":"main"}}}])")});
  says(source, page_of("[]"));
  EXPECT_NE(files().find("the files: the host lists none"), std::string::npos);
  says(source, page_of(R"([{"path":"a.yaml"}])"));
  EXPECT_NE(files().find("one without a type"), std::string::npos);
}

TEST_F(BitbucketCloudRepository, ChangesOfAnotherShape) {
  says(list, page_of(list_of(row, 7, 1)));
  const OpenPullRequest one = host->open_pull_requests("main").at(0);
  says("/repositories/acme/infra/pullrequests/7/diffstat?pagelen=500",
       page_of(R"([{"error":"x"}])"));
  const auto request = open_pull_request(
      one.address, {transport, clock, {3, std::chrono::hours(1)}, Secret("t0ken"), {}});
  EXPECT_THROW(request->new_files(one), Error);
}

TEST_F(BitbucketCloudRepository, Trouble) {
  expect_trouble(list, "Bitbucket: acme/infra: the open pull requests");
}

TEST_F(BitbucketCloudRepository, FilesOfACommit) {
  says(source, page_of(R"([{"type":"commit_directory","path":"a"},
                   {"type":"commit_file","path":"a/b.yaml","attributes":[]},
                   {"type":"commit_file","path":"c.yaml"},
                   {"type":"commit_file","path":"l.yaml","attributes":["link"]},
                   {"type":"commit_file","path":"m","attributes":["subrepository"]}])"));
  EXPECT_EQ(files(), "a/b.yaml c.yaml");
  std::string deep = "a";
  for (int level = 1; level < 30; ++level) deep += "/a";
  says(source, page_of(R"([{"type":"commit_directory","path":")" + deep + R"("}])"));
  EXPECT_NE(files().find("lies too deep to be listed"), std::string::npos);
}

TEST_F(BitbucketCloudRepository, TheMainBranchAndItsCommit) {
  says("/repositories/acme/infra", R"({"mainbranch":{"name":"trunk"}})");
  EXPECT_EQ(host->main_branch(), "trunk");
  says("/repositories/acme/infra", R"({"mainbranch":null})");
  EXPECT_THROW(host->main_branch(), Error);
  says("/repositories/acme/infra/refs/branches/a/b", R"({"target":{"hash":"c1c1c1c1"}})");
  EXPECT_EQ(host->tip("a/b"), "c1c1c1c1");
}

}  // namespace
}  // namespace patchbot
