// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace patchbot {

/// An IPv4 or IPv6 address; IPv4 is kept in its IPv4-mapped IPv6 form, so that all compare alike.
struct Address {
  std::array<std::uint8_t, 16> bytes{};
  bool operator==(const Address&) const = default;
  auto operator<=>(const Address&) const = default;
};

/// The address that the whole text writes, or none. A zone ("%eth0") is not accepted.
std::optional<Address> parse_address(std::string_view text);

/// The shortest usual spelling ("10.0.1.5", "2001:db8::5").
std::string to_text(const Address& address);

/// The first and last address of "10.0.0.0/24", "10.0.0.1-10.0.0.9" or "10.0.0.1-9"; none if the
/// text is no range. A prefix that holds one address is a range of one.
std::optional<std::pair<Address, Address>> parse_range(const std::string& text);

}  // namespace patchbot
