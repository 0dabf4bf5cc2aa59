// SPDX-License-Identifier: Apache-2.0
#include "cli/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace patchbot::cli {
namespace {

using testing::HasSubstr;

TEST(EnvironmentName, IsThatOfTheLongFlag) {
  EXPECT_EQ(environment_name("--fail-on"), "PATCHBOT_FAIL_ON");
  EXPECT_EQ(environment_name("-q,--quiet"), "PATCHBOT_QUIET");
  EXPECT_EQ(environment_name("--sha256"), "PATCHBOT_SHA256");
}

TEST(Options, AChoiceTakesItsWordsInAnyCase) {
  CLI::App app;
  std::string level = "low";
  add_choice(app, "--level", level, {"low", "high"}, "How");

  app.parse(std::vector<std::string>{"HIGH", "--level"});

  EXPECT_EQ(level, "high");
}

TEST(Options, AChoiceRefusesOtherWords) {
  CLI::App app;
  std::string level;
  add_choice(app, "--level", level, {"low", "high"}, "How");

  EXPECT_THROW(app.parse(std::vector<std::string>{"medium", "--level"}), CLI::ParseError);
}

TEST(HelpText, ShowsArgumentsDefaultsExamplesAndExitStatus) {
  CLI::App app("Does a thing.", "tool");
  std::string level = "low";
  std::vector<std::string> files;
  bool flag = false;
  app.add_option("FILE", files, "What to read")->type_name("")->required();
  add_choice(app, "--level", level, {"low", "high"}, "How much");
  add_switch(app, "--flag", flag, "Whether");

  const std::string help = help_text(app, "  tool x\n");

  EXPECT_THAT(help, HasSubstr("Does a thing.\n\nUsage: tool [OPTIONS] FILE...\n"));
  EXPECT_THAT(help, HasSubstr("  --level low|high\n      How much (default: low)\n"));
  EXPECT_THAT(help, HasSubstr("  --flag\n      Whether\n"));
  EXPECT_THAT(help, HasSubstr("Examples:\n  tool x\n"));
  EXPECT_THAT(help, HasSubstr("Exit status:\n   0  clean\n"));
}

TEST(HelpText, ShowsCommands) {
  CLI::App app("Does things.", "tool");
  app.add_subcommand("first", "Does one thing");
  std::vector<std::string> files;
  app.add_subcommand("second", "Does another")->add_option("FILE", files);
  EXPECT_THAT(help_text(app, ""), HasSubstr("Usage: tool [COMMAND] [OPTIONS]\n"));
  app.require_subcommand(1);

  const std::string help = help_text(app, "");

  EXPECT_THAT(help,
              HasSubstr("Usage: tool COMMAND [OPTIONS]\n\nCommands:\n  first\n      Does one "
                        "thing\n  second [FILE...]\n      Does another\n\nOptions"));
}

TEST(HelpText, IsNoWiderThanAScreen) {
  CLI::App app("d", "tool");
  std::string value;
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word ";
  add_text(app, "--x", value, "X", words + "end");

  const std::string help = help_text(app, "");

  for (std::size_t start = 0; start < help.size();) {
    const auto stop = help.find('\n', start);
    EXPECT_LE(stop - start, 88U);
    start = stop + 1;
  }
}

}  // namespace
}  // namespace patchbot::cli
