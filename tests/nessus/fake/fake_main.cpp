// SPDX-License-Identifier: Apache-2.0
// A Nessus server for clients in other processes:
//   fake-nessus nessus6|manager|professional|cloud [--report FILE] [--speed N] [--agents A,B]
//   [--silent B]
// It says its address, runs a hundred times as fast as the clock, and ends with its standard input;
// then it says how many scans there were and how often one was launched. With --report every scan
// finds what is in that file, and time is such that one can look on.
#include <iostream>
#include <map>
#include <string>

#include "base/text.hpp"
#include "fake_nessus.hpp"
#include "report.hpp"

namespace {

using patchbot::test::FakeNessus;
using Flavour = FakeNessus::Flavour;

class FastClock : public patchbot::Clock {
 public:
  explicit FastClock(long speed) : speed_(speed) {}
  patchbot::Time now() override {
    return std::chrono::floor<std::chrono::seconds>(begun_ + elapsed());
  }
  std::chrono::milliseconds elapsed() override {
    const auto time = std::chrono::steady_clock::now() - start_;
    return std::chrono::duration_cast<std::chrono::milliseconds>(time * speed_);
  }
  void sleep(std::chrono::milliseconds) override {}
  double chance() override { return 0; }

 private:
  long speed_;
  std::chrono::system_clock::time_point begun_ = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::vector<std::string> words(const std::string& text) {
  std::vector<std::string> words;
  for (const std::string_view word : patchbot::split(text, ',')) words.emplace_back(word);
  return words;
}

int serve(Flavour flavour, std::map<std::string, std::string> options) {
  const bool is_shown = options.contains("--report");
  if (is_shown) (void)patchbot::test::fake::hosts_in(options["--report"]);  // or there is none
  FastClock clock(patchbot::parse_integer(options["--speed"]).value_or(is_shown ? 20 : 100));
  FakeNessus server(flavour, clock);
  server.report = options["--report"];
  if (is_shown) {
    server.per_host = std::chrono::seconds(12);
    server.policy = "linux-patch-audit";
  }
  if (options.contains("--agents")) server.agents = words(options["--agents"]);
  if (options.contains("--silent")) server.silent_agents = words(options["--silent"]);
  std::cout << server.url() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
  }
  std::cout << server.scans() << ' ' << server.launches() << std::endl;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string, Flavour> flavours{{"nessus6", Flavour::nessus6},
                                                {"manager", Flavour::manager},
                                                {"professional", Flavour::professional},
                                                {"cloud", Flavour::cloud}};
  const auto flavour = flavours.find(argc > 1 ? argv[1] : "");
  if (flavour == flavours.end() || argc % 2 == 1) return 2;
  std::map<std::string, std::string> options;
  for (int i = 2; i < argc; i += 2) options[argv[i]] = argv[i + 1];
  try {
    return serve(flavour->second, options);
  } catch (const std::exception& error) {
    std::cerr << "fake-nessus: " << error.what() << '\n';
    return 3;
  }
}
