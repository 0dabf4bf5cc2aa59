// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace patchbot {

/// 128 bits that name a sequence of texts: XXH3, whose values are fixed for good by its
/// specification, so ids stay the same over releases, machines and compilers.
struct Digest {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  bool operator==(const Digest&) const = default;
  std::string hex() const;  ///< 32 lower-case digits
};

/// The reverse of Digest::hex; none for anything else.
std::optional<Digest> parse_digest(std::string_view hex);

/// Collects parts; a part never runs into its neighbour ("ab","c" differs from "a","bc").
class Hasher {
 public:
  Hasher& add(std::string_view part);
  Digest digest() const;

 private:
  std::string text_;
};

}  // namespace patchbot

template <>
struct std::hash<patchbot::Digest> {
  std::size_t operator()(const patchbot::Digest& digest) const noexcept { return digest.low; }
};
