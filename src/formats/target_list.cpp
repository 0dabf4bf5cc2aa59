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
  if (text.empty() || text.size() > 253) return false;
  for (char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (!letter && !digit && c != '-' && c != '.' && c != '_') return false;
  }
  return true;
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
  const auto slash = text.find('/');
  const auto dash = text.find('-');
  if (slash != std::string_view::npos) return parse_address(text.substr(0, slash)).has_value();
  return dash != std::string_view::npos && parse_address(trim(text.substr(0, dash))).has_value();
}

Inventory parse_target_list(std::string_view text) {
  Inventory inventory;
  std::uint64_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = line.substr(0, line.find('#'));
    const auto tab = line.find('\t');
    const std::string host = without_full_prefix(std::string(trim(line.substr(0, tab))));
    if (host.empty()) continue;
    Target target;
    target.is_range = is_range(host);
    if (target.is_range ? !parse_range(host) : !parse_address(host) && !is_host_name(host)) {
      throw Error(
          Blame::input,
          "'" + clean_line(cut_utf8(host, 60)) + "' is no address, host name, CIDR or range",
          Position{0, number, 1});
    }
    target.addresses.push_back(host);
    if (tab != std::string_view::npos) target.team = clean_line(line.substr(tab));
    inventory.targets.push_back(std::move(target));
  }
  return inventory;
}

}  // namespace patchbot
