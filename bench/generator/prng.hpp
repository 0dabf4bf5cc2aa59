// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace patchbot::bench {

/// SplitMix64 with integer arithmetic only: one seed gives the same bytes on every machine.
class Prng {
 public:
  explicit Prng(std::uint64_t seed, std::uint64_t stream = 0)
      : state_(seed * 0xD1342543DE82EF95U + stream) {
    next();
  }

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }

  /// 0 .. limit-1
  std::size_t below(std::size_t limit) { return ((next() >> 32) * limit) >> 32; }

  /// first .. last, both included
  std::size_t between(std::size_t first, std::size_t last) {
    return first + below(last - first + 1);
  }

  /// 0 .. limit-1, small numbers far more often (the third power of a uniform draw)
  std::size_t skewed(std::size_t limit) {
    const std::uint64_t u = next() >> 32;
    const std::uint64_t cube = (((u * u) >> 32) * u) >> 32;
    return (cube * limit) >> 32;
  }

  bool chance(std::size_t percent) { return below(100) < percent; }

  template <class List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

}  // namespace patchbot::bench
