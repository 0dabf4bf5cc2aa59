// SPDX-License-Identifier: Apache-2.0
#include "repository_fixture.hpp"

namespace patchbot {
namespace {

using test::list_of;
using test::replied;

const std::string list =
    "/repos/acme/infra/pulls?state=open&sort=created&direction=desc&base=main&per_page=100&page=";
const std::string row = R"({"number":#,"title":"bump","created_at":"2026-11-20T09:30:00Z",
  "draft":false,"head":{"sha":"aaaaaaaaaa","ref":"topic","repo":{"full_name":"jo/infra"}},
  "base":{"ref":"main"}})";
const std::string files_of_seven = "/repos/acme/infra/pulls/7/files?&per_page=100&page=1";

class GitHubRepository : public test::RepositoryTest {
 protected:
  GitHubRepository() : RepositoryTest("https://github.com/acme/infra") {}

  OpenPullRequest only() {
    const auto all = host->open_pull_requests("main");
    EXPECT_EQ(all.size(), 1U);
    return all.at(0);
  }
};

TEST_F(GitHubRepository, OneRequest) {
  says(list + "1", list_of(row, 7, 1));
  const OpenPullRequest one = only();
  EXPECT_EQ(one.address.url(), "https://github.com/acme/infra/pull/7");
  EXPECT_EQ(one.title, "bump");
  EXPECT_EQ(one.branch, "topic");
  EXPECT_EQ(one.head, "aaaaaaaaaa");
  EXPECT_EQ(one.source, "jo/infra");
  EXPECT_EQ(one.created, parse_rfc3339("2026-11-20T09:30:00Z"));
  EXPECT_FALSE(one.is_draft);
  EXPECT_EQ(test::sent_header(transport.requests.at(0), "Authorization"), "Bearer t0ken");
}

TEST_F(GitHubRepository, ADraftOfAForkThatIsGone) {
  says(list + "1",
       R"([{"number":7,"draft":true,"head":{"sha":"aaaaaaaaaa","ref":"x","repo":null},
            "base":{"ref":"main"}}])");
  const OpenPullRequest one = only();
  EXPECT_TRUE(one.is_draft);
  EXPECT_EQ(one.source, "");
  EXPECT_EQ(one.created, std::nullopt);
  says(list + "1", R"([{"number":7,"base":{"ref":"main"},"created_at":"0000-01-01T00:00:00Z"}])");
  EXPECT_EQ(only().created, std::nullopt);
}

TEST_F(GitHubRepository, PagesAndTheirEnd) {
  says(list + "1", "[]");
  EXPECT_EQ(numbers(), "");
  answers[list + "1"] = replied(200, list_of(row, 1, 100), {{"Link", "<x>; rel=\"next\""}});
  says(list + "2", R"([{"number":200,"base":{"ref":"main"}},{"number":201,"base":{"ref":"dev"}}])");
  EXPECT_TRUE(numbers().ends_with("99 100 200"));
}

// A proxy may drop the header that says so, and pages may be smaller than was asked for.
TEST_F(GitHubRepository, PagesWithoutALink) {
  says(list + "1", list_of(row, 1, 30));
  says(list + "2", list_of(row, 31, 30));
  says(list + "3", "[]");
  EXPECT_TRUE(numbers().ends_with("59 60"));
  says(list + "3", list_of(row, 61, 1));
  EXPECT_TRUE(numbers().ends_with("60 61"));
  EXPECT_EQ(transport.requests.size(), 6U) << "the third page is smaller than others";
  says(list + "2", R"({"message":"no"})");
  EXPECT_NE(numbers().find("the answer has no list"), std::string::npos);
}

TEST_F(GitHubRepository, FilesWithoutALink) {
  const auto files_of = [&](const OpenPullRequest& one) {
    const auto request = open_pull_request(
        one.address, {transport, clock, {3, std::chrono::hours(1)}, Secret("t0ken"), {}});
    return request->new_files(one).size();
  };
  const std::string second = "/repos/acme/infra/pulls/7/files?&per_page=100&page=2";
  answers[list + "1"] = replied(200, list_of(row, 7, 1), {{"Link", "<x>; rel=\"first\""}});
  says(files_of_seven, list_of(R"({"filename":"#.yaml","status":"added"})", 1, 2));
  EXPECT_EQ(files_of(only()), 2U) << "pages are whole, and need no second look";
  says(list + "1", list_of(row, 7, 1));
  says(list + "2", "[]");
  says(second, list_of(R"({"filename":"#.yaml","status":"added"})", 3, 1));
  EXPECT_EQ(files_of(only()), 3U);
  says(list + "1", list_of(row, 7, 3));
  const OpenPullRequest first = host->open_pull_requests("main").at(0);
  EXPECT_EQ(files_of(first), 2U) << "a page had more, so that this one is whole";
}

TEST_F(GitHubRepository, TooManyRequests) {
  for (int page = 1; page <= 6; ++page) {
    says(list + std::to_string(page), list_of(row, page * 100, page < 6 ? 100 : 0));
  }
  EXPECT_TRUE(numbers().ends_with(" 599"));
  says(list + "6", list_of(row, 600, 1));
  EXPECT_EQ(numbers(),
            "GitHub: acme/infra: more than 500 pull requests into main are open; close those that "
            "nobody will merge");
}

TEST_F(GitHubRepository, ANumberThatIsNone) {
  says(list + "1", R"([{"number":"7/../../x","base":{"ref":"main"}}])");
  EXPECT_NE(numbers().find("one without a number"), std::string::npos);
}

TEST_F(GitHubRepository, AnotherShape) {
  expect_no_other_shape(list + "1",
                        {R"([{"message":"maintenance"}])",
                         R"(["x"])",
                         R"([{"number":7}])",
                         R"([{"base":{"ref":"main"}}])"});
  const std::string tree = "/repos/acme/infra/git/trees/c1c1c1c?recursive=1";
  says(tree, R"({"truncated":false,"tree":[]})");
  EXPECT_NE(files().find("the files: the host lists none of the commit c1c1c1c"),
            std::string::npos);
  says(tree, R"({"truncated":false,"tree":[{"path":"a.yaml"}]})");
  EXPECT_NE(files().find("one without a mode"), std::string::npos);
}

TEST_F(GitHubRepository, Trouble) {
  expect_trouble(list + "1", "GitHub: acme/infra: the open pull requests");
}

// Of an open request, the list of its files alone is asked for.
TEST_F(GitHubRepository, NewFiles) {
  answers[list + "1"] = replied(200, list_of(row, 7, 1), {{"Link", "<x>; rel=\"first\""}});
  says(files_of_seven,
       R"([{"filename":"a.yaml","status":"modified","sha":"b10b"},
           {"filename":"new.yaml","previous_filename":"old.yaml","status":"renamed"},
           {"filename":"gone.yaml","status":"removed"}])");
  const auto request = open_pull_request(
      only().address, {transport, clock, {3, std::chrono::hours(1)}, Secret("t0ken"), {}});
  const std::vector<FileVersion> files = request->new_files(only());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].path, "a.yaml");
  EXPECT_EQ(files[0].blob, "b10b");
  EXPECT_EQ(files[0].commit, "aaaaaaaaaa");
  EXPECT_EQ(files[0].repository, "jo/infra");
  EXPECT_EQ(files[0].also_in, "acme/infra");
  EXPECT_EQ(files[1].path, "new.yaml");
  EXPECT_EQ(transport.requests.size(), 3U);
}

// It lists 3,000 at most, and does not say that there are more.
TEST_F(GitHubRepository, MoreChangesThanAreListed) {
  says(list + "1", list_of(row, 7, 1));
  for (int page = 1; page <= 31; ++page) {
    says("/repos/acme/infra/pulls/7/files?&per_page=100&page=" + std::to_string(page),
         list_of(R"({"filename":"#.yaml","status":"added"})", page * 100, page < 31 ? 100 : 0));
  }
  const OpenPullRequest one = only();
  const auto request = open_pull_request(
      one.address, {transport, clock, {3, std::chrono::hours(1)}, Secret("t0ken"), {}});
  EXPECT_THROW(request->new_files(one), Error);
}

TEST_F(GitHubRepository, FilesOfACommit) {
  const std::string tree = "/repos/acme/infra/git/trees/c1c1c1c?recursive=1";
  says(tree,
       R"({"truncated":false,"tree":[
         {"path":"web","mode":"040000","type":"tree","sha":"1"},
         {"path":"web/a.yaml","mode":"100644","type":"blob","sha":"b10b"},
         {"path":"run","mode":"100755","type":"blob","sha":"b20b"},
         {"path":"link.yaml","mode":"120000","type":"blob","sha":"3"},
         {"path":"module","mode":"160000","type":"commit","sha":"4"}]})");
  EXPECT_EQ(files(), "web/a.yaml=b10b run=b20b");
  says(tree, R"({"truncated":true,"tree":[]})");
  EXPECT_NE(files().find("they are more than GitHub lists; give"), std::string::npos);
  says(tree, R"({"message":"sign in"})");
  EXPECT_NE(files().find("GitHub: acme/infra: the files"), std::string::npos);
  says(tree, R"({"truncated":false,"tree":[{"path":"../x.yaml","mode":"100644"}]})");
  EXPECT_NE(files().find("a path that can be no file's"), std::string::npos);
}

TEST_F(GitHubRepository, ATokenThatIsRepeated) {
  says("/repos/acme/infra", R"({"default_branch":"at0kenb"})");
  EXPECT_THROW(host->main_branch(), Error);
  EXPECT_THROW(host->tip("at0kenb"), Error);
  try {
    host->tip("at0kenb");
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()).find("t0ken"), std::string::npos) << error.what();
  }
  says(list + "1", R"([{"number":7,"title":"t0ken","base":{"ref":"main"},
                       "head":{"ref":"t0ken","repo":{"full_name":"t0ken"}}}])");
  const OpenPullRequest one = only();
  EXPECT_EQ(one.title + one.branch + one.source, "REDACTEDREDACTEDREDACTED");
  const std::string tree = "/repos/acme/infra/git/trees/c1c1c1c?recursive=1";
  says(tree, R"({"truncated":false,"tree":[{"path":"a/t0ken.yaml","mode":"100644"}]})");
  EXPECT_NE(files().find("a path that can be no file's"), std::string::npos);
  answers[list + "1"] = replied(403, R"({"message":"no t0k\u0065n"})");
  EXPECT_NE(numbers().find("no REDACTED"), std::string::npos) << numbers();
}

TEST_F(GitHubRepository, TheMainBranchAndItsCommit) {
  says("/repos/acme/infra", R"({"default_branch":"trunk"})");
  EXPECT_EQ(host->main_branch(), "trunk");
  says("/repos/acme/infra", "{}");
  EXPECT_THROW(host->main_branch(), Error);
  says("/repos/acme/infra/git/ref/heads/a/%23b", R"({"object":{"sha":"c1c1c1c1"}})");
  EXPECT_EQ(host->tip("a/#b"), "c1c1c1c1");
  EXPECT_THROW(host->tip("other"), Error);
}

}  // namespace
}  // namespace patchbot
