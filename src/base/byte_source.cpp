// SPDX-License-Identifier: Apache-2.0
#include "base/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <utility>

#include "base/atomic_file.hpp"
#include "base/error.hpp"

namespace patchbot {
namespace {

class FileSource : public ByteSource {
 public:
  enum class Ownership : bool { borrowed, owned };

  FileSource(int descriptor, Ownership ownership)
      : descriptor_(descriptor),
        owned_(ownership == Ownership::owned),
        start_(::lseek(descriptor, 0, SEEK_CUR)) {}
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

  // Others may have read from standard input before: it begins where it was found.
  bool rewind() override { return start_ >= 0 && ::lseek(descriptor_, start_, SEEK_SET) == start_; }

 private:
  int descriptor_;
  bool owned_;
  off_t start_;  ///< below 0 for pipes
};

class MemorySource : public ByteSource {
 public:
  MemorySource(std::string_view text, std::size_t piece) : text_(text), piece_(piece) {}

  std::size_t read(char* into, std::size_t size) override {
    const std::size_t count = std::min({size, piece_, text_.size() - used_});
    std::copy_n(text_.data() + used_, count, into);
    used_ += count;
    return count;
  }

  bool rewind() override {
    used_ = 0;
    return true;
  }

 private:
  std::string_view text_;
  std::size_t piece_;
  std::size_t used_ = 0;
};

// Keeps a copy of what goes by. A source that has ended or failed is not asked again: a terminal or
// a damaged archive might have something else to say then.
class KeepingSource : public ByteSource {
 public:
  explicit KeepingSource(ByteSource& source) : source_(source) {}

  std::size_t read(char* into, std::size_t size) override {
    if (place_ < kept_) return read_kept(into, std::min<std::uint64_t>(size, kept_ - place_));
    if (failure_) std::rethrow_exception(failure_);
    if (ended_) return 0;
    const std::size_t got = read_on(into, size);
    ended_ = got == 0 && size > 0;
    keep(into, got);
    return got;
  }

  bool rewind() override {
    place_ = 0;
    return true;
  }

 private:
  std::size_t read_on(char* into, std::size_t size) {
    try {
      return source_.read(into, size);
    } catch (const Error&) {
      failure_ = std::current_exception();
      throw;
    }
  }

  void keep(const char* bytes, std::size_t size) {
    if (size == 0) return;
    if (!file_) file_ = open_unnamed_file();
    for (std::size_t done = 0; done < size;) {
      const ssize_t put = ::pwrite(
          ::fileno(file_.get()), bytes + done, size - done, static_cast<off_t>(kept_ + done));
      if (put <= 0) fail("written");
      done += static_cast<std::size_t>(put);
    }
    kept_ += size;
    place_ = kept_;
  }

  std::size_t read_kept(char* into, std::size_t size) {
    const ssize_t got = ::pread(::fileno(file_.get()), into, size, static_cast<off_t>(place_));
    if (got <= 0) fail("read");
    place_ += static_cast<std::uint64_t>(got);
    return static_cast<std::size_t>(got);
  }

  [[noreturn]] static void fail(const char* what) {
    throw Error(Blame::usage,
                std::string("temporary file cannot be ") + what + ": " + std::strerror(errno) +
                    " (is there room in $TMPDIR or /tmp?)");
  }

  ByteSource& source_;
  FileHandle file_;
  std::uint64_t kept_ = 0;
  std::uint64_t place_ = 0;
  bool ended_ = false;
  std::exception_ptr failure_;
};

class BorrowedSource : public ByteSource {
 public:
  explicit BorrowedSource(ByteSource& source) : source_(source) {}
  std::size_t read(char* into, std::size_t size) override { return source_.read(into, size); }
  bool rewind() override { return source_.rewind(); }

 private:
  ByteSource& source_;
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

  bool rewind() override {  // the rest then begins with the head
    if (!rest_->rewind()) return false;
    used_ = head_.size();
    return true;
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

std::unique_ptr<ByteSource> borrowed(ByteSource& source) {
  return std::make_unique<BorrowedSource>(source);
}

std::unique_ptr<ByteSource> rereadable(ByteSource& source) {
  if (source.rewind()) return borrowed(source);
  return std::make_unique<KeepingSource>(source);
}

std::unique_ptr<ByteSource> with_head(std::string head, std::unique_ptr<ByteSource> rest) {
  return std::make_unique<HeadSource>(std::move(head), std::move(rest));
}

std::string read_head(ByteSource& source, std::size_t size) {
  std::string head(size, '\0');
  std::size_t used = 0;
  try {
    while (used < head.size()) {
      const std::size_t got = source.read(head.data() + used, head.size() - used);
      if (got == 0) break;
      used += got;
    }
  } catch (const Error&) {
    if (used == 0) throw;  // else whoever reads on meets it again
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
