// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <fmt/format.h>

#include <array>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace patchbot {

std::string Digest::hex() const { return fmt::format("{:016x}{:016x}", high, low); }

std::optional<Digest> parse_digest(std::string_view hex) {
  if (hex.size() != 32) return {};
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t i = 0; i < hex.size(); ++i) {
    const char c = hex[i];
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && (c < 'a' || c > 'f')) return {};
    halves[i / 16] =
        halves[i / 16] * 16 + static_cast<std::uint64_t>(is_digit ? c - '0' : c - 'a' + 10);
  }
  return Digest{halves[0], halves[1]};
}

Hasher& Hasher::add(std::string_view part) {
  text_.append(part);
  text_ += '\0';  // clean text holds no NUL, so this cannot be forged
  return *this;
}

Digest Hasher::digest() const {
  const XXH128_hash_t hash = XXH3_128bits(text_.data(), text_.size());
  return {hash.high64, hash.low64};
}

}  // namespace patchbot
