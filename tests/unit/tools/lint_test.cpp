// SPDX-License-Identifier: Apache-2.0
#include "cfn-pr-checker/lint.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cfn-pr-checker/cfn_pr_checker.hpp"
#include "cfn-pr-checker/lint_copy.hpp"
#include "processes.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;
using test::TempDir;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string one_finding =
    R"([{"Filename":"head0.yaml","Level":"Error","Rule":{"Id":"E3002"},"Message":"no Foo",)"
    R"("Location":{"Path":["Resources","A"],"Start":{"LineNumber":2,"ColumnNumber":3}}}])";
const std::string server = "Resources:\n  A: {Type: 'AWS::X::Y', Foo: 1}\n";

/// A linter that writes down what it sees and says what a test wants.
class LintTest : public testing::Test {
 protected:
  LintTest() {
    fs::create_directories(dir_.file("bin"));
    fs::create_directories(dir_.file("base"));
    fs::create_directories(dir_.file("head"));
    ::setenv("PATH", (dir_.file("bin") + ":/usr/bin:/bin").c_str(), 1);
    ::setenv("PATCHBOT_TEST_SECRET", "do-not-tell", 1);
  }
  ~LintTest() override {
    ::setenv("PATH", path_.c_str(), 1);
    ::unsetenv("PATCHBOT_TEST_SECRET");
  }

  void install(const std::string& name, const std::string& script) {
    const std::string file = dir_.write("bin/" + name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(file, fs::perms::owner_all);
  }

  void install_answering(const std::string& name, const std::string& answer, int exit = 0) {
    dir_.write("answer", answer);
    install(name,
            "d=" + dir_.path().string() +
                "; { pwd; ls -A; env; echo \"$@\"; cat head* ; } > $d/seen; cat $d/answer; exit " +
                std::to_string(exit));
  }

  void check(const std::string& tool) {
    std::ostringstream out;
    std::ostringstream err;
    status = cli::run<CfnPrChecker>(
        {"--base", dir_.file("base"), "--head", dir_.file("head"), "--lint", tool}, out, err);
    text = out.str() + err.str();
  }

  std::string seen() const {
    std::ifstream file(dir_.file("seen"));
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
  }

  TempDir dir_;
  std::string path_ = std::getenv("PATH");
  int status = -1;
  std::string text;
};

TEST_F(LintTest, WhatIsNewFailsAndWhatWasThereIsANote) {
  install_answering("cfn-lint", one_finding);
  dir_.write("head/web.yaml", server);
  check("cfn-lint");
  EXPECT_EQ(status, 1) << text;
  EXPECT_THAT(text, HasSubstr("web.yaml:2  fail: E3002 no Foo at /Resources/A [cfn-lint]\n"));

  std::string both = one_finding;
  both.back() = ',';
  both += one_finding.substr(1);
  both.replace(both.rfind("head0"), 5, "base1");
  install_answering("cfn-lint", both);
  dir_.write("base/web.yaml", server + "  B: {Type: 'AWS::X::Y'}\n");
  check("cfn-lint");
  EXPECT_EQ(status, 0) << text;
  EXPECT_THAT(text, HasSubstr("note: E3002 no Foo at /Resources/A (as before) [cfn-lint]\n"));
}

TEST_F(LintTest, FilesThatDoNotChangeAreNotChecked) {
  install_answering("cfn-lint", one_finding);
  dir_.write("base/web.yaml", server);
  dir_.write("head/web.yaml", server);
  check("cfn-lint");
  EXPECT_EQ(status, 0) << text;
  EXPECT_FALSE(fs::exists(dir_.file("seen")));
}

TEST_F(LintTest, TheLinterSeesCopiesAndNothingOfOurs) {
  install_answering("cfn-lint", "[]");
  dir_.write("head/.cfnlintrc.yaml", "Resources: {}\nignore_checks: [E]\n");
  dir_.write("head/-x $(touch y).yaml", server + "Metadata: {cfn-lint: {config: {}}}\n");
  check("cfn-lint");
  EXPECT_EQ(status, 0) << text;
  EXPECT_THAT(seen(),
              HasSubstr("--ignore-checks E3043 --format json --non-zero-exit-code none -- "
                        "head0.yaml head1.yaml\n"));
  EXPECT_THAT(seen(), HasSubstr("\nhead0.yaml\nhead1.yaml\n"));
  EXPECT_THAT(seen(), HasSubstr("HOME=" + seen().substr(0, seen().find('\n')) + "\n"));
  EXPECT_THAT(seen(), AllOf(HasSubstr("{cfn_lint: {config"), Not(HasSubstr("do-not-tell"))));
  EXPECT_FALSE(fs::exists(seen().substr(0, seen().find('\n')))) << "the copies are gone";
}

TEST_F(LintTest, ALinterThatDoesNotWorkIsNeverSilent) {
  dir_.write("head/web.yaml", server);
  check("cfn-lint");
  EXPECT_EQ(status, 2) << text;
  EXPECT_THAT(text, HasSubstr("--lint cfn-lint: cannot be started"));
  const std::vector<std::pair<std::string, std::string>> broken{
      {"echo Traceback >&2; exit 1", "ended with status 1: Traceback"},
      {"echo []; kill -SEGV $$", "ended with status 139"},
      {"echo no templates", "printed no list of findings in JSON"},
      {"", "printed no list of findings in JSON"},
      {"echo '[{\"Level\":\"Error\"}]'", "without \"Filename\""},
      {"echo '[{\"Filename\":\"/etc/passwd\",\"Rule\":{\"Id\":\"E1\"}}]'", "was not given: passwd"},
      {"yes", "writes more than 16777216 bytes"},
      {"yes '[' | head -n 100000", "printed no list"}};
  for (const auto& [script, said] : broken) {
    install("cfn-lint", script);
    check("cfn-lint");
    EXPECT_EQ(status, 2) << text;
    EXPECT_THAT(text, HasSubstr(said));
  }
}

TEST_F(LintTest, WhatALinterStartedEndsWithIt) {
  dir_.write("head/web.yaml", server);
  install("cfn-lint", "sleep 60 & echo $! > " + dir_.file("id") + "; yes");
  check("cfn-lint");
  EXPECT_EQ(status, 2) << text;
  EXPECT_TRUE(test::ends_soon(dir_.file("id")));
}

TEST_F(LintTest, WhatALinterSaysStaysOnItsLine) {
  std::string hostile = one_finding;
  hostile.replace(hostile.find("no Foo"), 6, R"(x\n\u001b[31mweb.yaml:1  pass)");
  install_answering("cfn-lint", hostile);
  dir_.write("head/web.yaml", server);
  check("cfn-lint");
  EXPECT_THAT(text, HasSubstr("fail: E3002 x [31mweb.yaml:1 pass at"));
}

TEST_F(LintTest, CfnGuardGetsTheRulesOfWhoeverRunsIt) {
  dir_.write("own.guard", "rule named {}");
  install_answering(
      "cfn-guard",
      R"([{"name":"head0.yaml","status":"FAIL","not_compliant":[{"Rule":{"name":"ENCRYPTED","checks":[)"
      R"({"Clause":{"Unary":{"messages":{"custom_message":"encrypt it","error_message":)"
      R"("x Path=/Resources/A/Foo[L:0,C:0] Value=1"}}}}]}}]}])",
      19);
  dir_.write("head/web.yaml", server);
  check("cfn-guard=" + dir_.file("own.guard"));
  EXPECT_EQ(status, 1) << text;
  EXPECT_THAT(
      text, HasSubstr("web.yaml:2  fail: ENCRYPTED encrypt it at /Resources/A/Foo [cfn-guard]\n"));
  EXPECT_THAT(seen(),
              HasSubstr("validate --rules " + dir_.file("own.guard") +
                        " --data . --structured --output-format json --show-summary none\n"));
  install_answering("cfn-guard", "[]", 5);
  check("cfn-guard=" + dir_.file("own.guard"));
  EXPECT_EQ(status, 2) << text;
}

TEST_F(LintTest, OnlyKnownLintersAreRun) {
  for (const char* wrong : {"rm", "cfn-guard", "cfn-guard=", "cfn-guard=/no/such", "cfn-lint=x"}) {
    check(wrong);
    EXPECT_EQ(status, 2) << wrong << text;
  }
}

TEST(LintCopy, KeepsEveryPlaceAndNoSettings) {
  EXPECT_EQ(without_lint_settings("Metadata:\n  cfn-lint: {}\n"), "Metadata:\n  cfn_lint: {}\n");
  EXPECT_EQ(without_lint_settings("a: '\\\\x2d \\u00e9 \\n'"), "a: '\\\\x2d \\u00e9 \\n'");
  for (const char* hidden : {R"("cfn\x2dlint": 1)",
                             R"({"cfn\u002Dlint": 1})",
                             R"("cfn\U0000002dlint": 1)",
                             R"("\x63fn-lint": 1)",
                             "\"cfn-\\\n   lint\": 1",
                             "\"cfn\\\r\n  \\x2dlint\": 1"}) {
    EXPECT_EQ(without_lint_settings(hidden), std::nullopt) << hidden;
  }
  EXPECT_EQ(without_lint_settings(std::string_view("\xFF\xFE{\0", 4)), std::nullopt);
}

}  // namespace
}  // namespace patchbot
