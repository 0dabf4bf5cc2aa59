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
#include <system_error>
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
  (void)std::raise(signal);  // SA_RESETHAND has restored the default action
}

mode_t current_umask() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return mask;
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path) : path_(std::move(path)) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::file_status status = fs::status(path_, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status)) {
    open_in_place();
  } else {
    if (fs::is_symlink(path_, ignored)) path_ = fs::weakly_canonical(path_, ignored);
    open_beside();
  }
  if (!file_) fail("cannot be created");
  buffer_.resize(std::size_t{64} * 1024);
  (void)std::setvbuf(file_.get(), buffer_.data(), _IOFBF, buffer_.size());
}

// A device or a pipe, such as /dev/null, is written to and never replaced.
void AtomicFile::open_in_place() { file_.reset(std::fopen(path_.c_str(), "wbe")); }

void AtomicFile::open_beside() {
  temporary_ = path_.string() + ".XXXXXX";
  const int descriptor = ::mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor < 0) return;
  remember(temporary_);
  ::fchmod(descriptor, 0666 & ~current_umask());
  file_.reset(::fdopen(descriptor, "wb"));
}

AtomicFile::~AtomicFile() {
  if (file_ && !temporary_.empty()) {
    ::unlink(temporary_.c_str());
    forget(temporary_);
  }
}

void AtomicFile::write(std::string_view text) {
  if (text.empty()) return;  // it may have no bytes to point to, which fwrite may not be given
  if (std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size()) {
    fail("cannot be written");
  }
}

void AtomicFile::commit() {
  if (std::ferror(file_.get()) != 0 || std::fflush(file_.get()) != 0) fail("cannot be written");
  if (!temporary_.empty()) {
    if (::fsync(::fileno(file_.get())) != 0) fail("cannot be written");
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("cannot be put in place");
    forget(temporary_);
  }
  file_.reset();
}

void AtomicFile::fail(const std::string& what) const {
  throw Error(Blame::usage, path_.string() + ": " + what + ": " + std::strerror(errno));
}

FileHandle open_unnamed_file() {
  std::error_code ignored;
  std::filesystem::path folder = std::filesystem::temp_directory_path(ignored);  // knows $TMPDIR
  if (ignored) folder = "/tmp";
  std::string name = (folder / "patchbot.XXXXXX").string();
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  FileHandle file(descriptor < 0 ? nullptr : ::fdopen(descriptor, "w+b"));
  if (!file) {
    throw Error(Blame::usage,
                "no temporary file can be created in " + folder.string() + ": " +
                    std::strerror(errno) + "; set TMPDIR to a folder with room");
  }
  return file;
}

void write_file(const std::filesystem::path& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

void remove_unfinished_files_on_signal() {
  // A file that grows too large is an error of write(), and no end without a word.
  (void)std::signal(SIGXFSZ, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = remove_unfinished_files;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
    struct sigaction before {};
    const bool ignored = ::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
    if (!ignored) ::sigaction(signal, &action, nullptr);
  }
}

}  // namespace patchbot
