// SPDX-License-Identifier: Apache-2.0
#include "services/git.hpp"

#include <gmock/gmock.h>

#include "git_sandbox.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using test::GitSandbox;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Git, TellsWhatDiffersBetweenTwoCommits) {
  GitSandbox box;
  box.write("same.yaml", "same\n");
  box.write("gone.yaml", "gone gone gone\n");
  box.write("old name.yaml", "a long text\nthat is the same in both\nbut for its name\n");
  box.write("web.yaml", "one\n");
  const std::string base = box.commit("2026-11-01T00:00:00Z");
  box.git({"rm", "--quiet", "gone.yaml"});
  box.git({"mv", "old name.yaml", "new\"name.yaml"});
  box.write("web.yaml", "two\n");
  box.write("new.yaml", "new\n");
  box.git({"update-index", "--add", "--cacheinfo", "160000," + base + ",module"});
  const std::string head = box.commit("2026-11-02T00:00:00Z");

  const GitRepository repository(box.path());
  std::vector<std::string> told;
  for (const GitChange& one : repository.changes(base, head)) {
    told.push_back(one.before.path + " -> " + one.after.path);
  }
  EXPECT_THAT(told,
              ElementsAre("gone.yaml -> ",
                          "old name.yaml -> new\"name.yaml",
                          " -> new.yaml",
                          "web.yaml -> web.yaml"));
  EXPECT_THAT(repository.changes(base, base), IsEmpty());
}

TEST(Git, ReadsContentsAndLeavesOutWhatIsTooLarge) {
  GitSandbox box;
  box.write("a.yaml", std::string("with\0zero\n", 10));
  box.write("b.yaml", "");
  box.write("c.yaml", std::string(100, 'c'));
  const std::string commit = box.commit("2026-11-01T00:00:00Z");
  const GitRepository repository(box.path());
  std::vector<std::string> blobs;
  for (const GitFile& file : repository.files(commit)) blobs.push_back(file.blob);
  ASSERT_EQ(blobs.size(), 3U);
  const auto contents = repository.contents(blobs, 99);
  EXPECT_EQ(contents.at(blobs[0]), std::string("with\0zero\n", 10));
  EXPECT_EQ(contents.at(blobs[1]), "");
  EXPECT_EQ(contents.at(blobs[2]), std::nullopt);
}

TEST(Git, FindsWhereCommitsParted) {
  GitSandbox box;
  box.write("a", "1");
  const std::string base = box.commit("2026-11-01T00:00:00Z");
  box.git({"checkout", "--quiet", "-b", "side"});
  box.write("b", "2");
  const std::string side = box.commit("2026-11-02T00:00:00Z");
  box.git({"checkout", "--quiet", "main"});
  box.write("c", "3");
  const std::string main = box.commit("2026-11-03T00:00:00Z");
  const GitRepository repository(box.path());
  EXPECT_EQ(repository.merge_base(main, side), base);
  EXPECT_EQ(repository.commit("side"), side);
  EXPECT_FALSE(repository.is_shallow());
  box.git({"checkout", "--quiet", "--orphan", "alone"});
  EXPECT_EQ(repository.merge_base(main, box.commit("2026-11-04T00:00:00Z")), std::nullopt);
}

// The merge brought it to the branch, not the commit on the side.
TEST(Git, TellsWhenTheBranchGotAText) {
  GitSandbox box;
  box.write("web.yaml", "image: ami-1\n");
  box.commit("2026-11-01T00:00:00Z");
  box.git({"checkout", "--quiet", "-b", "side"});
  box.write("web.yaml", "image: ami-2\n");
  box.commit("2026-11-02T00:00:00Z");
  box.git({"checkout", "--quiet", "main"});
  box.write("other", "x");
  box.commit("2026-11-05T00:00:00Z");
  box.git({"merge", "--quiet", "--no-ff", "--message", "merge", "side"});
  const GitRepository repository(box.path());
  const std::string head = repository.commit("main");
  const auto changes = [&](const std::string& text) {
    std::vector<std::string> told;
    for (const auto& [path, moments] : repository.changes_of(text, head, {".yaml"})) {
      for (const auto& moment : moments) told.push_back(path + " " + to_rfc3339(moment.time));
    }
    return told;
  };
  EXPECT_THAT(changes("ami-2"), ElementsAre("web.yaml 2026-11-05T00:00:00Z"));
  EXPECT_THAT(changes("ami-1"),
              ElementsAre("web.yaml 2026-11-05T00:00:00Z", "web.yaml 2026-11-01T00:00:00Z"));
  EXPECT_THAT(changes("ami-3"), IsEmpty());
  EXPECT_THAT(changes("x"), IsEmpty()) << "in a file of another kind";
  EXPECT_THAT(changes("ami-1|ami-3"), testing::SizeIs(2));
}

TEST(Git, TellsWhatABranchIsShortFor) {
  GitSandbox box;
  box.write("a", "1");
  box.commit("2026-11-01T00:00:00Z");
  box.git({"update-ref", "refs/remotes/origin/main", "main"});
  box.git({"symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"});
  const GitRepository repository(box.path());
  EXPECT_EQ(repository.full_name("main"), "refs/heads/main");
  EXPECT_EQ(repository.full_name("origin/HEAD"), "refs/remotes/origin/main");
  EXPECT_EQ(repository.full_name("other"), "");
}

TEST(Git, SaysWhatIsNoRevision) {
  GitSandbox box;
  box.write("a", "1");
  box.commit("2026-11-01T00:00:00Z");
  const GitRepository repository(box.path());
  EXPECT_EQ(fault_of([&] { repository.commit("mian"); }),
            "usage: mian: no file, no folder and no revision has this name");
  EXPECT_THAT(fault_of([&] { repository.commit("--help"); }), HasSubstr("usage: --help: "));
  const test::TempDir empty;
  EXPECT_THAT(fault_of([&] { GitRepository(empty.path().string()).commit("main"); }),
              HasSubstr("not a git repository"));
}

}  // namespace
}  // namespace patchbot
