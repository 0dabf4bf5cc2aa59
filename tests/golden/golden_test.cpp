// SPDX-License-Identifier: Apache-2.0
// Whole commands, run in process. A case is a folder <tool>/<case>/ with
//   cmd      the arguments, one per line; {examples} stands for the examples folder
//   input    the files that the command reads (optional)
//   stdout, stderr, exit, out/...   what must come out, to the letter
// UPDATE_GOLDEN=1 rewrites what must come out. A changed golden is read like code before it is
// kept.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "ami_update_status.hpp"
#include "cfn_pr_checker.hpp"
#include "ec2_targets.hpp"
#include "junit_from_vulns.hpp"
#include "vuln_feeds.hpp"
#include "vuln_waivers.hpp"

namespace {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;
using Command = std::function<int(const std::vector<std::string>&, std::ostream&, std::ostream&)>;

template <class Tool>
Command command() {
  return [](const auto& arguments, std::ostream& out, std::ostream& err) {
    return patchbot::cli::run<Tool>(arguments, out, err);
  };
}

const std::map<std::string, Command>& commands() {
  static const std::map<std::string, Command> tools{
      {"ami-update-status", command<patchbot::AmiUpdateStatus>()},
      {"cfn-pr-checker", command<patchbot::CfnPrChecker>()},
      {"ec2-targets", command<patchbot::Ec2Targets>()},
      {"junit-from-vulns", command<patchbot::JunitFromVulns>()},
      {"vuln-feeds", command<patchbot::VulnFeeds>()},
      {"vuln-waivers", command<patchbot::VulnWaivers>()}};
  return tools;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> arguments_of(const fs::path& folder) {
  std::vector<std::string> arguments;
  std::istringstream lines(read(folder / "cmd"));
  for (std::string line; std::getline(lines, line);) {
    const auto mark = line.find("{examples}");
    if (mark != std::string::npos) line.replace(mark, 10, EXAMPLES_DIR);
    arguments.push_back(line);
  }
  return arguments;
}

// What a command writes must not depend on where the repository lies.
std::string without_places(std::string text) {
  const std::string place = EXAMPLES_DIR;
  for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos;) {
    text.replace(at, place.size(), "{examples}");
  }
  return text;
}

Files files_below(const fs::path& folder) {
  Files files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files["out/" + fs::relative(entry.path(), folder).string()] =
          without_places(read(entry.path()));
    }
  }
  return files;
}

Files run_case(const Command& command, const fs::path& folder) {
  const fs::path work = fs::path(testing::TempDir()) /
                        ("golden." + folder.filename().string() + "." + std::to_string(::getpid()));
  fs::remove_all(work);
  fs::create_directories(work / "out");
  if (fs::exists(folder / "input")) fs::copy(folder / "input", work, fs::copy_options::recursive);
  const fs::path before = fs::current_path();
  fs::current_path(work);
  std::ostringstream out;
  std::ostringstream err;
  const int exit = command(arguments_of(folder), out, err);
  fs::current_path(before);
  Files result = files_below(work / "out");
  result["stdout"] = without_places(out.str());
  result["stderr"] = without_places(err.str());
  result["exit"] = std::to_string(exit) + "\n";
  fs::remove_all(work);
  return result;
}

Files expected_of(const fs::path& folder) {
  Files files = files_below(folder / "out");
  for (const char* name : {"stdout", "stderr", "exit"}) files[name] = read(folder / name);
  return files;
}

void rewrite(const fs::path& folder, const Files& files) {
  fs::remove_all(folder / "out");
  for (const auto& [name, text] : files) {
    fs::create_directories((folder / name).parent_path());
    std::ofstream(folder / name, std::ios::binary) << text;
  }
}

std::vector<std::string> all_cases() {
  std::vector<std::string> cases;
  for (const auto& entry : fs::recursive_directory_iterator(GOLDEN_DIR)) {
    if (entry.path().filename() == "cmd") {
      cases.push_back(fs::relative(entry.path().parent_path(), GOLDEN_DIR).string());
    }
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, ComesOutAsRecorded) {
  const fs::path folder = fs::path(GOLDEN_DIR) / GetParam();
  const Command& command = commands().at(folder.parent_path().filename().string());

  const Files result = run_case(command, folder);

  if (std::getenv("UPDATE_GOLDEN") != nullptr) rewrite(folder, result);
  const Files expected = expected_of(folder);
  for (const auto& [name, text] : result) {
    ASSERT_TRUE(expected.contains(name)) << name << " was written but is not recorded";
    EXPECT_EQ(text, expected.at(name)) << name;
  }
  for (const auto& [name, text] : expected)
    EXPECT_TRUE(result.contains(name)) << name << " is missing";
}

std::string test_name(const testing::TestParamInfo<std::string>& parameter) {
  std::string name = parameter.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Commands, Golden, testing::ValuesIn(all_cases()), test_name);

// Settings of whoever runs the tests must not change what comes out.
class CleanEnvironment : public testing::Environment {
 public:
  void SetUp() override {
    for (char** entry = environ; *entry != nullptr;) {
      const std::string text = *entry;
      if (text.starts_with("PATCHBOT_") || text.starts_with("AWS_")) {
        ::unsetenv(text.substr(0, text.find('=')).c_str());
        entry = environ;
      } else {
        ++entry;
      }
    }
  }
};

const auto* const environment = testing::AddGlobalTestEnvironment(new CleanEnvironment);

}  // namespace
