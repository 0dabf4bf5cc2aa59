// SPDX-License-Identifier: Apache-2.0
#include "model/cve_id.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

bool are_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<std::string> parse_cve_id(std::string_view text) {
  constexpr std::string_view start = "CVE-";
  constexpr std::size_t year_end = 8;
  constexpr std::size_t shortest = 13;  // CVE-2021-1234
  constexpr std::size_t longest = 28;   // the schema of CVE records allows 19 digits
  text = trim(text);
  if (text.size() < shortest || text.size() > longest) return {};
  if (!starts_with_nocase(text, start) || text[year_end] != '-') return {};
  const std::string_view year = text.substr(start.size(), year_end - start.size());
  const std::string_view number = text.substr(year_end + 1);
  if (!are_digits(year) || !are_digits(number)) return {};
  return std::string(start).append(text.substr(start.size()));
}

}  // namespace patchbot
