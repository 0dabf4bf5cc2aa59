// SPDX-License-Identifier: Apache-2.0
#include "net/json_depth.hpp"

#include <cstddef>

namespace patchbot {

namespace {

int step_of(char c) {
  if (c == '{' || c == '[') return 1;
  return c == '}' || c == ']' ? -1 : 0;
}

}  // namespace

bool is_deep_json(std::string_view text) {
  constexpr int most = 100;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted && c == '\\') ++i;
    if (quoted) continue;
    depth += step_of(c);
    if (depth > most) return true;
  }
  return false;
}

}  // namespace patchbot
