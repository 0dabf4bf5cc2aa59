// SPDX-License-Identifier: Apache-2.0
#include "base/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace patchbot {
namespace {

class FileSource : public ByteSource {
 public:
  enum class Ownership : bool { borrowed, owned };

  FileSource(int descriptor, Ownership ownership)
      : descriptor_(descriptor), owned_(ownership == Ownership::owned) {}
  ~FileSource() override {
    if (owned_) ::close(descriptor_);
  }

  std::size_t read(char* into, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(descriptor_, into, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) {
        throw Error(Blame::input, std::string("cannot be read: ") + std::strerror(errno));
      }
    }
  }

 private:
  int descriptor_;
  bool owned_;
};

class MemorySource : public ByteSource {
 public:
  MemorySource(std::string_view text, std::size_t piece) : text_(text), piece_(piece) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = std::min({size, piece_, text_.size()});
    std::copy_n(text_.data(), count, into);
    text_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view text_;
  std::size_t piece_;
};

class HeadSource : public ByteSource {
 public:
  HeadSource(std::string head, std::unique_ptr<ByteSource> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}

  std::size_t read(char* into, std::size_t size) override {
    if (used_ == head_.size()) return rest_->read(into, size);
    const std::size_t count = std::min(size, head_.size() - used_);
    std::copy_n(head_.data() + used_, count, into);
    used_ += count;
    return count;
  }

 private:
  std::string head_;
  std::unique_ptr<ByteSource> rest_;
  std::size_t used_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  if (path == "-") {
    return std::make_unique<FileSource>(STDIN_FILENO, FileSource::Ownership::borrowed);
  }
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    throw Error(Blame::input, std::string("cannot be opened: ") + std::strerror(errno));
  }
  auto source = std::make_unique<FileSource>(descriptor, FileSource::Ownership::owned);
  struct stat status {};
  if (::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
    throw Error(Blame::input, "is a directory; expected a file");
  }
  return source;
}

std::unique_ptr<ByteSource> memory_source(std::string_view text, std::size_t piece) {
  return std::make_unique<MemorySource>(text, piece);
}

std::unique_ptr<ByteSource> with_head(std::string head, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<HeadSource>(std::move(head), std::move(rest));
}

std::string read_head(ByteSource& source, std::size_t size) {
  std::string head(size, '\0');
  std::size_t used = 0;
  while (used < head.size()) {
    const std::size_t got = source.read(head.data() + used, head.size() - used);
    if (got == 0) break;
    used += got;
  }
  head.resize(used);
  return head;
}

std::string read_all(ByteSource& source, std::size_t limit) {
  constexpr std::size_t step = 65536;
  std::string text;
  for (;;) {
    const std::size_t used = text.size();
    text.resize(used + step);
    const std::size_t got = source.read(text.data() + used, step);
    text.resize(used + got);
    if (got == 0) return text;
    if (text.size() > limit) {
      throw Error(Blame::input, "is larger than " + std::to_string(limit) + " bytes");
    }
  }
}

}  // namespace patchbot
