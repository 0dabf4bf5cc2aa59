// SPDX-License-Identifier: Apache-2.0
#include "base/hash.hpp"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace patchbot {

std::string Digest::hex() const { return fmt::format("{:016x}{:016x}", high, low); }

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
