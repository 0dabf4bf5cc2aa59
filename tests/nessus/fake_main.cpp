// SPDX-License-Identifier: Apache-2.0
// A Nessus server for clients in other processes: fake-nessus nessus6|manager|professional|cloud.
// It says its address, runs a hundred times as fast as the clock, and ends with its standard input;
// then it says how many scans there were and how often one was launched.
#include <iostream>
#include <map>
#include <string>

#include "fake_nessus.hpp"

namespace {

using patchbot::test::FakeNessus;

class FastClock : public patchbot::Clock {
 public:
  patchbot::Time now() override {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  }
  std::chrono::milliseconds elapsed() override {
    const auto time = std::chrono::steady_clock::now() - start_;
    return std::chrono::duration_cast<std::chrono::milliseconds>(time * 100);
  }
  void sleep(std::chrono::milliseconds) override {}
  double chance() override { return 0; }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string, FakeNessus::Flavour> flavours{
      {"nessus6", FakeNessus::Flavour::nessus6},
      {"manager", FakeNessus::Flavour::manager},
      {"professional", FakeNessus::Flavour::professional},
      {"cloud", FakeNessus::Flavour::cloud}};
  const auto flavour = flavours.find(argc > 1 ? argv[1] : "");
  if (flavour == flavours.end()) return 2;
  FastClock clock;
  FakeNessus server(flavour->second, clock);
  std::cout << server.url() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
  }
  std::cout << server.scans() << ' ' << server.launches() << std::endl;
}
