// SPDX-License-Identifier: Apache-2.0
#include "base/byte_set.hpp"

#include <array>
#include <atomic>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace patchbot {

const char* find_first_in_portable(const ByteSet& set, const char* begin, const char* end) {
  while (begin != end && !set.contains(static_cast<unsigned char>(*begin))) ++begin;
  return begin;
}

#if defined(__x86_64__)
namespace {

// Classifies bytes by their two halves: the low half selects a row of the set, the high half a bit
// of it. A byte from 0x80 on selects nothing in either shuffle, so its sign bit is added apart.
struct Classifier {
  __m256i rows;
  unsigned non_ascii;

  [[gnu::target("avx2")]] explicit Classifier(const ByteSet& set)
      : rows(_mm256_broadcastsi128_si256(
            _mm_load_si128(reinterpret_cast<const __m128i*>(set.rows().data())))),
        non_ascii(set.stops_at_non_ascii() ? ~0U : 0U) {}

  // One bit for each of the 32 bytes that is a member.
  [[gnu::target("avx2")]] unsigned members(const char* at) const {
    const __m256i bits = _mm256_setr_epi8(1,
                                          2,
                                          4,
                                          8,
                                          16,
                                          32,
                                          64,
                                          -128,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,  //
                                          1,
                                          2,
                                          4,
                                          8,
                                          16,
                                          32,
                                          64,
                                          -128,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0,
                                          0);
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
    const __m256i hit =
        _mm256_and_si256(_mm256_shuffle_epi8(rows, bytes), _mm256_shuffle_epi8(bits, high));
    const __m256i missed = _mm256_cmpeq_epi8(hit, _mm256_setzero_si256());
    return ~static_cast<unsigned>(_mm256_movemask_epi8(missed)) |
           (static_cast<unsigned>(_mm256_movemask_epi8(bytes)) & non_ascii);
  }
};

[[gnu::target("avx2")]] const char* find_first_in_avx2(const ByteSet& set,
                                                       const char* begin,
                                                       const char* end) {
  const Classifier classifier(set);
  for (; end - begin >= 32; begin += 32) {
    const unsigned found = classifier.members(begin);
    if (found != 0) return begin + __builtin_ctz(found);
  }
  const auto left = static_cast<unsigned>(end - begin);
  if (left == 0) return end;
  std::array<char, 32> tail{};
  std::memcpy(tail.data(), begin, left);
  const unsigned found = classifier.members(tail.data()) & ((1U << left) - 1);
  return found != 0 ? begin + __builtin_ctz(found) : end;
}

using Find = const char* (*)(const ByteSet&, const char*, const char*);

Find choose_find() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") != 0 ? find_first_in_avx2 : find_first_in_portable;
}

}  // namespace

const char* find_first_in(const ByteSet& set, const char* begin, const char* end) {
  // No static inside: its guard would be looked at for every few bytes.
  static constinit std::atomic<Find> find = nullptr;
  Find chosen = find.load(std::memory_order_relaxed);
  if (chosen == nullptr) find.store(chosen = choose_find(), std::memory_order_relaxed);
  return chosen(set, begin, end);
}
#else
const char* find_first_in(const ByteSet& set, const char* begin, const char* end) {
  return find_first_in_portable(set, begin, end);
}
#endif

}  // namespace patchbot
