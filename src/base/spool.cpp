// SPDX-License-Identifier: Apache-2.0
#include "base/spool.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/error.hpp"

namespace patchbot {
namespace {

constexpr std::size_t most_in_memory = std::size_t{128} * 1024;
constexpr std::size_t ahead = std::size_t{32} * 1024;

[[noreturn]] void fail(const char* what) {
  throw Error(Blame::usage,
              std::string("temporary file ") + what + ": " + std::strerror(errno) +
                  " (is there room in $TMPDIR or /tmp?)");
}

}  // namespace

Spool::Slice Spool::add(std::string_view text) {
  const Slice slice{size(), static_cast<std::uint32_t>(text.size())};
  tail_ += text;
  if (tail_.size() >= most_in_memory) write_tail();
  return slice;
}

void Spool::write_tail() {
  if (!file_) file_ = open_unnamed_file();
  for (std::string_view rest = tail_; !rest.empty();) {
    const ssize_t put = ::write(::fileno(file_.get()), rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("cannot be written");
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  written_ += tail_.size();
  tail_.clear();
}

std::string Spool::read(Slice slice) {
  if (slice.offset >= written_) return tail_.substr(slice.offset - written_, slice.size);
  const std::uint64_t end = slice.offset + slice.size;
  const bool goes_on = slice.offset == last_end_;
  last_end_ = end;
  if (slice.offset < window_at_ || end > window_at_ + window_.size()) {
    const std::size_t wanted = goes_on ? std::max<std::size_t>(slice.size, ahead) : slice.size;
    window_.resize(std::min<std::uint64_t>(wanted, written_ - slice.offset));
    window_at_ = slice.offset;
    read_file(slice.offset, window_);
  }
  return window_.substr(slice.offset - window_at_, slice.size);
}

void Spool::read_file(std::uint64_t offset, std::string& into) const {
  for (std::size_t used = 0; used < into.size();) {
    const auto place = static_cast<off_t>(offset + used);
    const ssize_t got =
        ::pread(::fileno(file_.get()), into.data() + used, into.size() - used, place);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("cannot be read");
    used += static_cast<std::size_t>(got);
  }
}

}  // namespace patchbot
