// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

namespace patchbot::bench {

/// A file, or stdout for `-`. Throws std::runtime_error when it cannot be written.
class Output {
 public:
  explicit Output(const std::string& path)
      : file_(path == "-" ? stdout : std::fopen(path.c_str(), "wb")) {
    if (file_ == nullptr) throw std::runtime_error(path + ": cannot be written");
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { std::fclose(file_); }

  void write(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) fail();
    written_ += bytes.size();
  }

  void flush() {
    if (std::fflush(file_) != 0) fail();
  }

  std::size_t written() const { return written_; }

 private:
  [[noreturn]] static void fail() { throw std::runtime_error("write failed"); }

  std::FILE* file_;
  std::size_t written_ = 0;
};

}  // namespace patchbot::bench
