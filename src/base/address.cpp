// SPDX-License-Identifier: Apache-2.0
#include "base/address.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

bool is_mapped(const Address& address) {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
}

std::optional<std::pair<Address, Address>> parse_prefix(const std::string& text,
                                                        std::size_t slash) {
  const auto address = parse_address(text.substr(0, slash));
  const auto length = parse_integer(text.substr(slash + 1));
  if (!address || !length) return {};
  const bool v4 = text.find(':') == std::string::npos;
  const long width = v4 ? 32 : 128;
  if (*length < 0 || *length > width) return {};
  auto range = std::pair(*address, *address);
  for (long bit = 128 - width + *length; bit < 128; ++bit) {
    const auto byte = static_cast<std::size_t>(bit / 8);
    const auto mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
    range.first.bytes[byte] = static_cast<std::uint8_t>(range.first.bytes[byte] & ~mask);
    range.second.bytes[byte] = static_cast<std::uint8_t>(range.second.bytes[byte] | mask);
  }
  return range;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return {};
  const std::string copy(text);
  Address address;
  if (inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
  std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes.begin());
  if (inet_pton(AF_INET, copy.c_str(), address.bytes.data() + 12) == 1) return address;
  return {};
}

std::string to_text(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool v4 = is_mapped(address);
  const auto* bytes = v4 ? address.bytes.data() + 12 : address.bytes.data();
  inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text.data(), text.size());
  return text.data();
}

std::optional<std::pair<Address, Address>> parse_range(const std::string& text) {
  if (const auto slash = text.find('/'); slash != std::string::npos) {
    return parse_prefix(text, slash);
  }
  const auto dash = text.find('-');
  if (dash == std::string::npos) return {};
  const auto first = parse_address(trim(std::string_view(text).substr(0, dash)));
  std::string last_text(trim(std::string_view(text).substr(dash + 1)));
  if (first && last_text.find_first_of(".:") == std::string::npos) {
    last_text = text.substr(0, text.rfind('.', dash) + 1) + last_text;
  }
  const auto last = parse_address(last_text);
  if (!first || !last || *last < *first) return {};
  return std::pair(*first, *last);
}

}  // namespace patchbot
