// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/byte_source.hpp"

namespace patchbot::test {

/// A large input without the memory for it: `middle` comes many times between `head` and `tail`.
class Endless : public ByteSource {
 public:
  Endless(std::string head, std::string middle, std::size_t times, std::string tail)
      : head_(std::move(head)),
        middle_(std::move(middle)),
        tail_(std::move(tail)),
        times_(times),
        now_(head_) {}

  std::size_t read(char* into, std::size_t size) override {
    while (now_.empty() && used_ <= times_) now_ = used_++ < times_ ? middle_ : tail_;
    const std::size_t count = now_.copy(into, size);
    now_.remove_prefix(count);
    return count;
  }

  bool rewind() override {
    now_ = head_;
    used_ = 0;
    return true;
  }

 private:
  std::string head_;
  std::string middle_;
  std::string tail_;
  std::size_t times_;
  std::string_view now_;
  std::size_t used_ = 0;
};

}  // namespace patchbot::test
