// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

#include <array>
#include <cstdio>

namespace patchbot::test::fake {
namespace {

// FNV-1a: kinds differ, runs do not.
unsigned number_of(const std::string& kind) {
  unsigned number = 2166136261U;
  for (const char c : kind) number = (number ^ static_cast<unsigned char>(c)) * 16777619U;
  return number;
}

}  // namespace

Time World::time(milliseconds moment) const {
  return clock.now() - std::chrono::floor<std::chrono::seconds>(now() - moment);
}

std::string uuid_of(const std::string& kind, long id) {
  std::array<char, 40> text{};
  std::snprintf(text.data(),
                text.size(),
                "%08x-acce-4000-8000-%012lx",
                number_of(kind),
                static_cast<unsigned long>(id) & 0xffffffffffffUL);
  return text.data();
}

std::string long_uuid_of(const std::string& kind, long id) {
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "%08x%08x", number_of(kind + "+"), number_of(kind));
  return uuid_of(kind, id) + text.data();
}

}  // namespace patchbot::test::fake
