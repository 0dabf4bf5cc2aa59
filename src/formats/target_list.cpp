// SPDX-License-Identifier: Apache-2.0
#include "formats/target_list.hpp"

#include <string>

#include "base/address.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

bool is_host_name(std::string_view text) {
  constexpr std::string_view allowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
  if (text.empty() || text.size() > 253) return false;
  if (text.find_first_not_of(allowed) != std::string_view::npos) return false;
  // The last part of a name is never a number: 10.0.0.300 is a mistyped address.
  if (text.back() == '.') text.remove_suffix(1);
  const std::string_view last = text.substr(text.rfind('.') + 1);
  return last.find_first_not_of("0123456789") != std::string_view::npos;
}

// "10.0.0.7/32" and "2001:db8::7/128" are single machines.
std::string without_full_prefix(const std::string& text) {
  const auto slash = text.find('/');
  if (slash == std::string::npos) return text;
  const bool v6 = text.find(':') != std::string::npos;
  return text.substr(slash) == (v6 ? "/128" : "/32") ? text.substr(0, slash) : text;
}

}  // namespace

bool is_range(std::string_view text) {
  const auto sign = text.find_first_of(text.find('/') == std::string_view::npos ? "-" : "/");
  if (sign == std::string_view::npos || !parse_address(trim(text.substr(0, sign)))) return false;
  const std::string_view rest = trim(text.substr(sign + 1));
  const bool number = !rest.empty() && rest.size() <= 3 &&
                      rest.find_first_not_of("0123456789") == std::string_view::npos;
  return number || parse_address(rest).has_value();
}

Inventory parse_target_list(std::string_view text) {
  Inventory inventory;
  parse_target_list(text, [&](Target&& target) { inventory.targets.push_back(std::move(target)); });
  return inventory;
}

void parse_target_list(std::string_view text, const std::function<void(Target&&)>& take) {
  std::uint64_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = line.substr(0, line.find('#'));
    const auto tab = line.find('\t');
    const std::string host = without_full_prefix(std::string(trim(line.substr(0, tab))));
    if (trim(line).empty()) continue;
    Target target;
    target.is_range = is_range(host);
    const bool known =
        target.is_range ? parse_range(host).has_value() : parse_address(host) || is_host_name(host);
    if (!known || clean_line(host) != host) {
      throw Error(
          Blame::input,
          "'" + clean_line(cut_utf8(host, 60)) + "' is no address, host name, CIDR or range",
          Position{0, number, 1});
    }
    target.addresses.push_back(host);
    if (tab != std::string_view::npos) target.team = clean_line(line.substr(tab));
    if (equals_nocase(target.team, reserved_team)) {
      throw Error(
          Blame::input, "the team name 'scan' is taken; use another", Position{0, number, 1});
    }
    take(std::move(target));
  }
}

}  // namespace patchbot
