// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <fstream>
#include <string>
#include <thread>

namespace patchbot::test {

/// Whether a process does anything; one that has ended may wait for somebody to look at it.
inline bool is_running(const std::string& id) {
  std::ifstream file("/proc/" + id + "/stat");
  std::string stat;
  std::getline(file, stat);
  const auto end = stat.rfind(')');
  return end != std::string::npos && stat.size() > end + 2 && stat[end + 2] != 'Z';
}

/// Whether the process whose id a file holds ends within two seconds.
inline bool ends_soon(const std::string& file) {
  std::string id;
  std::ifstream(file) >> id;
  if (id.empty()) return false;
  for (int i = 0; i < 100 && is_running(id); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return !is_running(id);
}

}  // namespace patchbot::test
