// SPDX-License-Identifier: Apache-2.0
#include "base/input_buffer.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace patchbot {
namespace {

// Counts in blocks whose byte-wide sums cannot overflow: the compiler turns this into SIMD, and a
// whole file costs little more than the memory traffic.
template <class Counts>
std::uint64_t count_bytes(const char* begin, const char* end, Counts counts) {
  constexpr std::size_t width = 32;
  std::uint64_t total = 0;
  while (end - begin >= static_cast<std::ptrdiff_t>(width)) {
    const std::size_t rows =
        std::min<std::size_t>(255, static_cast<std::size_t>(end - begin) / width);
    std::array<unsigned char, width> sums{};
    for (std::size_t row = 0; row < rows; ++row, begin += width) {
      for (std::size_t i = 0; i < width; ++i) {
        sums[i] = static_cast<unsigned char>(sums[i] + (counts(begin[i]) ? 1 : 0));
      }
    }
    for (unsigned char sum : sums) total += sum;
  }
  return total + static_cast<std::uint64_t>(std::count_if(begin, end, counts));
}

bool is_line_end(char c) { return c == '\n'; }

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }

void advance(Position& position, const char* begin, const char* end) {
  position.offset += static_cast<std::uint64_t>(end - begin);
  const auto* last =
      static_cast<const char*>(::memrchr(begin, '\n', static_cast<std::size_t>(end - begin)));
  if (last != nullptr) {
    position.line += count_bytes(begin, end, [](char c) { return is_line_end(c); });
    position.column = 1;
    begin = last + 1;
  }
  position.column += count_bytes(begin, end, [](char c) { return begins_character(c); });
}

}  // namespace

InputBuffer::InputBuffer(ByteSource& source, std::size_t chunk, std::size_t limit)
    : source_(source), bytes_(chunk), limit_(limit) {}

const char* InputBuffer::refill(const char* keep) {
  forget(static_cast<std::size_t>(keep - begin()));
  if (used_ == bytes_.size()) {
    if (bytes_.size() >= limit_) {
      throw Error(
          Blame::input, "one record is larger than " + std::to_string(limit_) + " bytes", start_);
    }
    bytes_.resize(std::min(limit_, bytes_.size() * 2));
  }
  fill();
  return begin();
}

void InputBuffer::fill() {
  if (failure_) std::rethrow_exception(failure_);
  const std::size_t before = used_;
  try {
    while (!ended_ && used_ < bytes_.size()) {
      const std::size_t got = source_.read(bytes_.data() + used_, bytes_.size() - used_);
      if (got == 0) ended_ = true;
      used_ += got;
    }
  } catch (const Error& error) {
    if (used_ == before || error.blame() != Blame::input) throw;
    failure_ = std::current_exception();
  }
}

Position InputBuffer::position_of(const char* place) const {
  Position position = start_;
  advance(position, begin(), place);
  return position;
}

void InputBuffer::forget(std::size_t count) {
  advance(start_, begin(), begin() + count);
  std::memmove(bytes_.data(), bytes_.data() + count, used_ - count);
  used_ -= count;
}

}  // namespace patchbot
