// SPDX-License-Identifier: Apache-2.0
#include "cli/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): setenv is POSIX
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "cli/options.hpp"

namespace patchbot::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Sets a variable of the environment for one test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

/// Prints its flags, or does what --mode says.
struct Parrot {
  static constexpr auto name = "parrot";
  static constexpr auto summary = "Says what it was told.";
  static constexpr auto examples = "  parrot\n";

  std::string word = "hello";
  std::string mode = "say";
  bool loud = false;

  void declare(CLI::App& app) {
    add_text(app, "--parrot-word", word, "WORD", "What to say");
    add_choice(app, "--mode", mode, {"say", "warn", "usage", "input", "remote", "bug"}, "How");
    add_switch(app, "--parrot-loud", loud, "Shout");
  }

  Exit run(World& world) const {
    world.log.info("info");
    world.log.detail("detail");
    if (mode == "warn") return Exit::gate_warned;
    if (mode == "usage") throw Error(Blame::usage, "bad usage");
    if (mode == "input") throw Error(Blame::input, "bad input");
    if (mode == "remote") throw Error(Blame::remote, "bad remote");
    if (mode == "bug") throw std::logic_error("impossible");
    world.out << word << (loud ? "!" : "") << " at " << to_rfc3339(world.now) << '\n';
    return Exit::clean;
  }
};

struct Outcome {
  int status;
  std::string out;
  std::string err;
  bool operator==(const Outcome&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Outcome& o) {
  return out << o.status << "\nout: " << o.out << "\nerr: " << o.err;
}

Outcome parrot(std::vector<std::string> arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run<Parrot>(arguments, out, err);
  return {status, out.str(), err.str()};
}

const std::string now = "--now=2026-11-23T06:00:00Z";

TEST(Run, PrintsTheProductToStandardOutputAndTheRestToStandardError) {
  EXPECT_EQ(parrot({now}), (Outcome{0, "hello at 2026-11-23T06:00:00Z\n", "info\n"}));
}

TEST(Run, PrintsHelpAndVersion) {
  const Outcome help = parrot({"--help"});
  EXPECT_EQ(help.status, 0);
  EXPECT_EQ(help.err, "");
  EXPECT_THAT(help.out, StartsWith("Says what it was told.\n\nUsage: parrot [OPTIONS]\n"));
  EXPECT_EQ(parrot({"-h"}), help);
  const Outcome version = parrot({"--version"});
  EXPECT_THAT(version.out, testing::MatchesRegex("parrot [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  EXPECT_EQ(version.status, 0);
}

TEST(Run, SuggestsTheFlagThatWasMeant) {
  const Outcome wrong = parrot({"--parrot-wrod", "x"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_EQ(wrong.out, "");
  EXPECT_THAT(wrong.err, testing::MatchesRegex("error: .*; did you mean --parrot-word\\?\n"));
  EXPECT_THAT(parrot({"--parrot-wrod=x"}).err, HasSubstr("did you mean --parrot-word?"));
  EXPECT_THAT(parrot({"--xyzzy-plugh-zork"}).err, HasSubstr("; see --help\n"));
}

TEST(Run, RefusesWrongValues) {
  EXPECT_EQ(parrot({"--mode", "sing"}).status, 2);
  EXPECT_EQ(parrot({"--now", "tomorrow"}),
            (Outcome{2,
                     "",
                     "error: --now: 'tomorrow' is no time; expected the form "
                     "2026-11-23T06:00:00Z\n"}));
}

TEST(Run, MapsWhatIsThrownToTheExitStatus) {
  EXPECT_EQ(parrot({"-q", "--mode", "usage"}), (Outcome{2, "", "error: bad usage\n"}));
  EXPECT_EQ(parrot({"-q", "--mode", "input"}), (Outcome{3, "", "error: bad input\n"}));
  EXPECT_EQ(parrot({"-q", "--mode", "remote"}), (Outcome{4, "", "error: bad remote\n"}));
  EXPECT_EQ(parrot({"-q", "--mode", "bug"}), (Outcome{70, "", "error: bug: impossible\n"}));
  EXPECT_EQ(parrot({"-q", "--mode", "warn"}), (Outcome{5, "", ""}));
}

TEST(Run, SaysAsMuchAsItIsAskedTo) {
  EXPECT_EQ(parrot({now, "--quiet"}).err, "");
  EXPECT_EQ(parrot({now, "-v"}).err, "info\ndetail\n");
  EXPECT_EQ(parrot({now, "-q", "-v"}).status, 2);
}

TEST(Run, TakesFlagsFromTheEnvironmentUnlessGiven) {
  const Variable word("PATCHBOT_PARROT_WORD", "env");
  const Variable loud("PATCHBOT_PARROT_LOUD", "true");
  EXPECT_THAT(parrot({now}).out, StartsWith("env! at "));
  EXPECT_THAT(parrot({now, "--parrot-word", "flag"}).out, StartsWith("flag! at "));
}

TEST(Run, TakesTheTimeFromTheEnvironment) {
  const Variable time("PATCHBOT_NOW", "2020-01-01T00:00:00Z");
  EXPECT_THAT(parrot({}).out, HasSubstr("2020-01-01T00:00:00Z"));
}

TEST(Run, ChecksChoicesFromTheEnvironmentToo) {
  const Variable mode("PATCHBOT_MODE", "sing");
  EXPECT_EQ(parrot({now}).status, 2);
}

TEST(Run, FailsIfItsProductCannotBeWritten) {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);

  EXPECT_EQ(run<Parrot>({now, "-q"}, out, err), 2);
  EXPECT_EQ(err.str(), "error: standard output cannot be written\n");
}

TEST(RunMain, FailsIfStandardOutputIsClosed) {
  std::string program = "parrot";
  std::array<char*, 2> arguments{program.data(), nullptr};
  EXPECT_EXIT(
      {
        ::close(STDOUT_FILENO);
        std::exit(run<Parrot>(1, arguments.data()));
      },
      testing::ExitedWithCode(2),
      "standard output cannot be written");
}

}  // namespace
}  // namespace patchbot::cli
