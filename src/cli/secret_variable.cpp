// SPDX-License-Identifier: Apache-2.0
#include "cli/secret_variable.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"

namespace patchbot::cli {
namespace {

// What a header could not hold, or would end it, is no token.
Secret checked(std::string_view text, const std::string& where) {
  text = trim(text);
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  if (plain) return Secret(std::string(text));
  throw Error(Blame::usage,
              where + " holds no token: there are blanks or control characters in it");
}

}  // namespace

Secret secret_of(const Environment& environment, const std::string& variable) {
  const std::string file = environment(variable + "_FILE");
  if (file.empty()) return checked(environment(variable), variable);
  constexpr std::size_t max_bytes = 4096;
  try {
    return parse_file(file, max_bytes, [&](std::string_view text) { return checked(text, file); });
  } catch (const Error& error) {
    throw Error(Blame::usage, variable + "_FILE: " + error.what());
  }
}

}  // namespace patchbot::cli
