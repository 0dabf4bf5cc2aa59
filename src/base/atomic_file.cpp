// SPDX-License-Identifier: Apache-2.0
#include "base/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "base/error.hpp"

namespace patchbot {
namespace {

// Names of unfinished files, for the signal handler. Fixed slots and atomics only: a handler may
// neither allocate nor lock. A file that finds no free slot merely stays behind after a signal.
constexpr std::size_t slot_count = 16;
std::array<std::atomic<char*>, slot_count> unfinished{};

void remember(const std::string& name) {
  char* copy = ::strdup(name.c_str());
  for (auto& slot : unfinished) {
    char* expected = nullptr;
    if (slot.compare_exchange_strong(expected, copy)) return;
  }
  std::free(copy);
}

void forget(const std::string& name) {
  for (auto& slot : unfinished) {
    char* kept = slot.load();
    if (kept != nullptr && name == kept && slot.compare_exchange_strong(kept, nullptr)) {
      std::free(kept);
      return;
    }
  }
}

extern "C" void remove_unfinished_files(int signal) {
  for (auto& slot : unfinished) {
    if (const char* name = slot.load()) ::unlink(name);
  }
  std::raise(signal);  // SA_RESETHAND has restored the default action
}

// A rename would put a regular file in the place of /dev/null or of a pipe, or cut a link.
std::filesystem::path place_of(const std::filesystem::path& path) {
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  if (!std::filesystem::exists(status)) return path;
  if (!std::filesystem::is_regular_file(status)) {
    throw Error(
        Blame::usage,
        path.string() + ": is no regular file, so it cannot be written whole or not at all");
  }
  const auto real = std::filesystem::canonical(path, ignored);
  return ignored ? path : real;
}

mode_t current_umask() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return mask;
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path)
    : path_(place_of(path)), temporary_(path_.string() + ".XXXXXX") {
  const int descriptor = ::mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor < 0) fail("cannot be created");
  remember(temporary_);
  ::fchmod(descriptor, 0666 & ~current_umask());
  file_.reset(::fdopen(descriptor, "wb"));
  if (!file_) fail("cannot be created");
}

AtomicFile::~AtomicFile() {
  if (file_) {
    ::unlink(temporary_.c_str());
    forget(temporary_);
  }
}

void AtomicFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    fail("cannot be written");
  }
}

void AtomicFile::commit() {
  if (std::ferror(file_.get()) != 0 || std::fflush(file_.get()) != 0 ||
      ::fsync(::fileno(file_.get())) != 0) {
    fail("cannot be written");
  }
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("cannot be put in place");
  file_.reset();
  forget(temporary_);
}

void AtomicFile::fail(const std::string& what) const {
  throw Error(Blame::usage, path_.string() + ": " + what + ": " + std::strerror(errno));
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

void remove_unfinished_files_on_signal() {
  struct sigaction action {};
  action.sa_handler = remove_unfinished_files;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (int signal : {SIGINT, SIGTERM, SIGHUP})
    ::sigaction(signal, &action, nullptr);
}

}  // namespace patchbot
