// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "fake_nessus.hpp"
#include "nessus_run.hpp"
#include "support.hpp"
#include "virtual_clock.hpp"

namespace patchbot::test {

inline std::string in_words(FakeNessus::Flavour flavour) {
  switch (flavour) {
    case FakeNessus::Flavour::nessus6: return "Nessus6";
    case FakeNessus::Flavour::manager: return "Manager";
    case FakeNessus::Flavour::professional: return "Professional";
    case FakeNessus::Flavour::cloud: break;
  }
  return "Cloud";
}

/// nessus-run in process, against a server that gets on as a clock of the tests does. No secret may
/// be in what it says.
class NessusRunTest : public testing::TestWithParam<FakeNessus::Flavour> {
 protected:
  void SetUp() override {
    std::ofstream(dir_.file("targets")) << "10.0.0.1\n10.0.0.2\n10.0.0.3\n";
    variables_ = {{"PATCHBOT_NESSUS_ACCESS_KEY", FakeNessus::access_key},
                  {"PATCHBOT_NESSUS_SECRET_KEY", FakeNessus::secret_key}};
    flags_.url = server_.url();
    flags_.targets = dir_.file("targets");
    flags_.output = dir_.file("weekly.nessus");
  }
  void log_in_as_user() {
    variables_ = {{"PATCHBOT_NESSUS_USER", FakeNessus::user},
                  {"PATCHBOT_NESSUS_PASSWORD", FakeNessus::password}};
  }

  // The exit status; what was said is in `text`.
  int run() { return run(flags_); }
  int run(const NessusRun& flags) {
    std::ostringstream out;
    std::ostringstream err;
    cli::World world{out, Log(err), clock_, [this](const std::string& name) {
                       const auto found = variables_.find(name);
                       return found == variables_.end() ? std::string() : found->second;
                     }};
    int status = 0;
    try {
      status = static_cast<int>(flags.run(world));
    } catch (const Error& error) {
      err << "error: " << error.what() << '\n';
      status = static_cast<int>(cli::exit_for(error.blame()));
    }
    text = out.str() + err.str();
    for (const char* secret : {FakeNessus::access_key,
                               FakeNessus::secret_key,
                               FakeNessus::password,
                               "0123456789abcdef"}) {
      EXPECT_THAT(text, testing::Not(testing::HasSubstr(secret)));
    }
    return status;
  }

  std::size_t hosts_in_report() const {
    const std::string report = slurp(flags_.output);
    EXPECT_THAT(report, testing::HasSubstr("</NessusClientData_v2>"));
    std::size_t count = 0;
    for (auto at = report.find("<ReportHost "); at != std::string::npos;
         at = report.find("<ReportHost ", at + 1)) {
      ++count;
    }
    return count;
  }
  /// A request of another user, who has the same keys.
  void somebody_else(const std::string& method, const std::string& path, const std::string& body) {
    httplib::Client client(server_.url());
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.body = body;
    request.set_header("X-ApiKeys",
                       std::string("accessKey=") + FakeNessus::access_key +
                           "; secretKey=" + FakeNessus::secret_key);
    const auto result = client.send(request);
    ASSERT_TRUE(result) << path;
    ASSERT_EQ(result->status, 200) << path << ": " << result->body;
  }
  bool has_report() const { return std::filesystem::exists(flags_.output); }

  TempDir dir_;
  VirtualClock clock_;
  FakeNessus server_{GetParam(), clock_};
  NessusRun flags_;
  std::map<std::string, std::string> variables_;
  std::string text;
};

}  // namespace patchbot::test
