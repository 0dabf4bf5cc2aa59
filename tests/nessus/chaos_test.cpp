// SPDX-License-Identifier: Apache-2.0
// Random trouble at random moments, kills included: in the end there is a whole report, or the
// right exit status, and never a second run.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "fake_nessus.hpp"
#include "nessus_run.hpp"
#include "support.hpp"
#include "virtual_clock.hpp"

namespace patchbot {
namespace {

using test::FakeNessus;
using test::VirtualClock;
using Flavour = FakeNessus::Flavour;

constexpr int killed = -1;

/// One server, one scan, and as many calls as Jenkins would make.
class Story {
 public:
  Story(unsigned seed, Flavour flavour) : random_(seed), server_(flavour, clock_) {
    std::ofstream(dir_.file("targets")) << "10.0.0.1\n10.0.0.2\n10.0.0.3\n";
    flags_.url = server_.url();
    flags_.targets = dir_.file("targets");
    flags_.output = dir_.file("report.nessus");
    flags_.state = dir_.file("state.json");
    server_.cut_downloads = draw(2);
    server_.dead_exports = draw(2);
    if (seed % 2 == 0) flags_.max_hosts = 2;  // two parts
    server_.chaos(seed, 0.12);
  }

  void tell() {
    int status = killed;
    for (int call = 0; call < 40 && status != 0; ++call) {
      if (draw(2) == 1)
        clock_.kill_at = clock_.elapsed().count() + static_cast<long>(draw(400'000));
      const std::filesystem::path report = flags_.output;
      status = run();
      clock_.kill_at = std::numeric_limits<long>::max();
      ASSERT_TRUE(status == killed || status == 0 || status == 3 || status == 4) << text_;
      ASSERT_LE(server_.launches(), parts()) << text_;
      ASSERT_LE(server_.scans(), parts()) << text_;
      if (status == 0 || status == 3) check_report(status == 0);
      const bool may_have_one = status == 0 || status == 3;
      ASSERT_TRUE(may_have_one || !std::filesystem::exists(report)) << text_;
      if (call == 30) server_.chaos(0, 0);  // trouble ends some day
    }
    EXPECT_EQ(status, 0) << text_;
    EXPECT_EQ(server_.launches(), parts());
    EXPECT_FALSE(std::filesystem::exists(flags_.state));
    EXPECT_LT(clock_.elapsed(), std::chrono::hours(40 * 9));
  }

 private:
  std::size_t draw(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below)(random_);
  }

  int run() {
    std::ostringstream out;
    std::ostringstream err;
    cli::World world{out, Log(err), clock_, [](const std::string& name) -> std::string {
                       if (name == "PATCHBOT_NESSUS_USER") return FakeNessus::user;
                       return name == "PATCHBOT_NESSUS_PASSWORD" ? FakeNessus::password : "";
                     }};
    int status = killed;
    try {
      status = static_cast<int>(flags_.run(world));
    } catch (const Error& error) {
      err << error.what() << '\n';
      status = static_cast<int>(cli::exit_for(error.blame()));
    } catch (const test::Killed&) {
      err << "killed\n";
    }
    text_ += err.str() + "-- " + std::to_string(status) + "\n";
    EXPECT_EQ(text_.find(FakeNessus::password), std::string::npos);
    EXPECT_EQ(text_.find("0123456789abcdef"), std::string::npos);
    return status;
  }

  std::size_t parts() const { return flags_.max_hosts == 0 ? 1 : 2; }

  void check_report(bool is_complete) const {
    const std::string report = test::slurp(flags_.output);
    EXPECT_NE(report.find("</NessusClientData_v2>"), std::string::npos) << text_;
    for (const char* host : {"10.0.0.1", "10.0.0.2", "10.0.0.3"}) {
      const bool is_there =
          report.find(std::string("<ReportHost name=\"") + host) != std::string::npos;
      EXPECT_TRUE(is_there || !is_complete) << host << '\n' << text_;
    }
  }

  std::minstd_rand random_;
  test::TempDir dir_;
  VirtualClock clock_;
  FakeNessus server_;
  NessusRun flags_;
  std::string text_;
};

TEST(NessusChaos, TwoHundredStoriesEndWell) {
  constexpr std::array flavours{Flavour::nessus6, Flavour::manager, Flavour::cloud};
  for (unsigned seed = 1; seed <= 200 && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Story(seed, flavours.at(seed % flavours.size())).tell();
  }
}

}  // namespace
}  // namespace patchbot
