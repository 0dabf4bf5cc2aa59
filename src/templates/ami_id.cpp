// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_id.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool is_ami_id(std::string_view text) {
  constexpr std::string_view prefix = "ami-";
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  const bool hex = std::all_of(
      text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
  return hex && (text.size() == 8 || text.size() == 17);
}

bool is_region_name(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() < 3 || parts.size() > 4 || parts[0].size() != 2) return false;
  const bool words = std::all_of(parts.begin(), parts.end() - 1, [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), is_lower);
  });
  const std::string_view number = parts.back();
  return words && !number.empty() && number.size() < 3 &&
         std::all_of(number.begin(), number.end(), is_digit);
}

}  // namespace patchbot
