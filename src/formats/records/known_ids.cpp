// SPDX-License-Identifier: Apache-2.0
#include "formats/records/known_ids.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"
#include "formats/records/fields.hpp"

namespace patchbot {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

std::size_t run_of(std::string_view text, bool (*belongs)(char)) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), belongs);
  return static_cast<std::size_t>(end - text.begin());
}

/// Calls `take` with what stands behind each beginning of a word that is `prefix`, in any case.
template <class Take>
void for_each_behind(std::string_view text, std::string_view prefix, const Take& take) {
  for (std::size_t at = 0; at + prefix.size() <= text.size(); ++at) {
    const bool starts = at == 0 || !is_word(text[at - 1]);
    if (starts && starts_with_nocase(text.substr(at), prefix)) {
      take(text.substr(at + prefix.size()));
    }
  }
}

// "2026-1000": a year and at least four digits.
std::string cve_in(std::string_view rest) {
  if (run_of(rest, is_digit) != 4 || rest.substr(4, 1) != "-") return {};
  const std::size_t number = run_of(rest.substr(5), is_digit);
  return number < 4 ? std::string() : "CVE-" + std::string(rest.substr(0, 5 + number));
}

// "xxxx-xxxx-xxxx"
std::string ghsa_in(std::string_view rest) {
  constexpr std::size_t size = 14;
  if (rest.size() < size || (rest.size() > size && is_word(rest[size]))) return {};
  for (std::size_t i = 0; i < size; ++i) {
    const bool dash = i == 4 || i == 9;
    if (dash ? rest[i] != '-' : !is_word(rest[i])) return {};
  }
  return "GHSA-" + to_lower(rest.substr(0, size));
}

}  // namespace

void add_ids_in(std::vector<std::string>& ids, std::string_view text) {
  for_each_behind(text, "CVE-", [&](auto rest) { add_text(ids, cve_in(rest)); });
  for_each_behind(text, "GHSA-", [&](auto rest) { add_text(ids, ghsa_in(rest)); });
}

void add_cwes_in(std::vector<std::string>& cwes, std::string_view text) {
  for_each_behind(text, "CWE-", [&](std::string_view rest) {
    while (rest.size() > 1 && rest[0] == '0' && is_digit(rest[1])) rest.remove_prefix(1);
    const std::size_t size = run_of(rest, is_digit);
    if (size > 0 && size <= 6) add_text(cwes, "CWE-" + std::string(rest.substr(0, size)));
  });
}

}  // namespace patchbot
