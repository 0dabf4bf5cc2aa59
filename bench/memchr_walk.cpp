// SPDX-License-Identifier: Apache-2.0
// The floor: reads a file in 256 KB chunks, steps to every '<' with memchr and prints how many.

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>

namespace {

std::size_t count_tags(const char* begin, const char* end) {
  std::size_t count = 0;
  while (begin != end) {
    const void* found = std::memchr(begin, '<', static_cast<std::size_t>(end - begin));
    if (found == nullptr) break;
    begin = static_cast<const char*>(found) + 1;
    ++count;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  static std::array<char, 256 * 1024> buffer;
  const int file = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) {
    std::fprintf(stderr, "usage: memchr-walk FILE\n");
    return 2;
  }
  std::size_t count = 0;
  ssize_t length = 0;
  while ((length = read(file, buffer.data(), buffer.size())) > 0) {
    count += count_tags(buffer.data(), buffer.data() + length);
  }
  std::printf("%zu\n", count);
  return length == 0 ? 0 : 1;
}
