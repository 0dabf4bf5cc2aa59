// SPDX-License-Identifier: Apache-2.0
#include "base/spool.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace patchbot {
namespace {

[[noreturn]] void fail(const char* what) {
  throw Error(Blame::usage,
              std::string("temporary file ") + what + ": " + std::strerror(errno) +
                  " (is there room in $TMPDIR or /tmp?)");
}

}  // namespace

Spool::Slice Spool::add(std::string_view text) {
  if (!file_) {
    file_ = open_unnamed_file();
    buffer_.resize(std::size_t{256} * 1024);
    (void)std::setvbuf(file_.get(), buffer_.data(), _IOFBF, buffer_.size());
  }
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    fail("cannot be written");
  }
  const Slice slice{size_, static_cast<std::uint32_t>(text.size())};
  size_ += text.size();
  return slice;
}

std::string Spool::read(Slice slice) {
  std::string text(slice.size, '\0');
  if (slice.size == 0) return text;
  if (std::fflush(file_.get()) != 0) fail("cannot be written");
  for (std::size_t used = 0; used < text.size();) {
    const auto place = static_cast<off_t>(slice.offset + used);
    const ssize_t got =
        ::pread(::fileno(file_.get()), text.data() + used, text.size() - used, place);
    if (got <= 0) fail("cannot be read");
    used += static_cast<std::size_t>(got);
  }
  return text;
}

}  // namespace patchbot
