// SPDX-License-Identifier: Apache-2.0
#include "base/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "base/interruption.hpp"

namespace patchbot {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

[[noreturn]] void fail(const std::string& what, int error) {
  throw Error(Blame::usage, what + ": " + std::strerror(error));
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Pipe open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("no pipe can be opened", errno);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// The timer rings on a descriptor, so that one poll() waits for it and the pipes alike.
Descriptor start_timer(std::chrono::milliseconds timeout) {
  Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(timeout);
  itimerspec when{};
  when.it_value.tv_sec = seconds.count();
  when.it_value.tv_nsec = std::chrono::nanoseconds(timeout - seconds).count();
  if (timer.number() < 0 || ::timerfd_settime(timer.number(), 0, &when, nullptr) != 0) {
    fail("no timer can be set", errno);
  }
  return timer;
}

// A file rather than a pipe: nobody has to feed it while the output is read.
Descriptor hold(std::string_view input) {
  Descriptor file(::memfd_create("input", MFD_CLOEXEC));
  if (file.number() < 0) fail("no memory for its input", errno);
  while (!input.empty()) {
    const ssize_t written = ::write(file.number(), input.data(), input.size());
    if (written < 0 && errno != EINTR) fail("its input cannot be kept", errno);
    if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(file.number(), 0, SEEK_SET);
  return file;
}

// posix_spawn's parameters are not const, but it changes nothing.
std::vector<char*> pointers_to(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

struct Streams {
  int input;
  int output;
  int errors;
};

pid_t spawn(const std::vector<std::string>& command,
            const ProcessPlace& place,
            const Streams& streams) {
  const std::vector<char*> words = pointers_to(command);
  const std::vector<char*> environment = pointers_to(place.environment);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, streams.input, STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, streams.output, STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, streams.errors, STDERR_FILENO);
  if (!place.folder.empty()) {
    ::posix_spawn_file_actions_addchdir_np(&actions, place.folder.c_str());
  }

  // What we ignore or block is no business of the program's.
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t none;
  sigset_t pipe_only;
  ::sigemptyset(&none);
  ::sigemptyset(&pipe_only);
  ::sigaddset(&pipe_only, SIGPIPE);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &pipe_only);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  if (place.group == ProcessPlace::Group::own) flags |= POSIX_SPAWN_SETPGROUP;  // its id: its own
  ::posix_spawnattr_setflags(&attributes, flags);

  pid_t child = -1;
  char* const* const variables = place.environment.empty() ? environ : environment.data();
  const int error =
      ::posix_spawnp(&child, words.front(), &actions, &attributes, words.data(), variables);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) fail("cannot be started", error);
  return child;
}

class Child {
 public:
  Child(pid_t id, ProcessPlace::Group group) : id_(id), group_(group) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ <= 0) return;
    // Before it is waited for: then nobody else can have its id.
    ::kill(group_ == ProcessPlace::Group::own ? -id_ : id_, SIGKILL);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  /// The status of the ended program; none while it still runs and `options` is WNOHANG.
  std::optional<int> wait(int options) {
    int status = 0;
    pid_t got = 0;
    do {
      got = ::waitpid(id_, &status, options);
    } while (got < 0 && errno == EINTR);
    if (got == 0) return std::nullopt;
    id_ = -1;
    // Where SIGCHLD is ignored, the system forgets how a program ended; that is no success.
    if (got < 0) fail("how it ended is unknown", errno);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  pid_t id_;
  ProcessPlace::Group group_;
};

// Takes what has come; the descriptor is closed at the end.
std::string_view take(Descriptor& from, std::array<char, 4096>& buffer) {
  const ssize_t got = ::read(from.number(), buffer.data(), buffer.size());
  if (got > 0) return {buffer.data(), static_cast<std::size_t>(got)};
  if (got == 0 || errno != EINTR) from.close();
  return {};
}

// The third descriptor is the timer, which must not ring.
void wait_for(std::array<pollfd, 3>& polled, int milliseconds) {
  // In steps: a signal may come between the look at it and the wait.
  constexpr int step = 500;
  for (;;) {
    if (Interruption::signal() != 0) throw Error(Blame::usage, "ended by a signal");
    const int got = ::poll(polled.data(), polled.size(), milliseconds < 0 ? step : milliseconds);
    if (got < 0 && errno != EINTR) fail("poll", errno);
    if (got > 0 || (got == 0 && milliseconds >= 0)) break;
  }
  if (polled[2].revents != 0) throw Error(Blame::remote, "has not ended in time");
}

void collect(Descriptor& output,
             Descriptor& errors,
             const Descriptor& timer,
             const ProcessLimits& limits,
             ProcessResult& result) {
  std::array<char, 4096> buffer{};
  while (output.number() >= 0 || errors.number() >= 0) {
    std::array<pollfd, 3> polled{pollfd{output.number(), POLLIN, 0},
                                 pollfd{errors.number(), POLLIN, 0},
                                 pollfd{timer.number(), POLLIN, 0}};
    wait_for(polled, -1);
    if (polled[0].revents != 0) result.output += take(output, buffer);
    if (result.output.size() > limits.max_output) {
      throw Error(Blame::remote,
                  "writes more than " + std::to_string(limits.max_output) + " bytes");
    }
    if (polled[1].revents != 0) {
      const std::string_view more = take(errors, buffer);
      result.errors += more.substr(0, limits.kept_errors - result.errors.size());
    }
  }
}

// It may close its output long before it ends.
int wait_for_end(Child& child, const Descriptor& timer) {
  for (;;) {
    if (const auto status = child.wait(WNOHANG)) return *status;
    std::array<pollfd, 3> polled{
        pollfd{-1, 0, 0}, pollfd{-1, 0, 0}, pollfd{timer.number(), POLLIN, 0}};
    wait_for(polled, 2);
  }
}

}  // namespace

ProcessResult run_program(const std::vector<std::string>& command,
                          const ProcessLimits& limits,
                          const ProcessPlace& place) {
  if (command.empty() || command.front().empty()) {
    throw Error(Blame::usage, "names no program to run");
  }
  Pipe output = open_pipe();
  Pipe errors = open_pipe();
  const Descriptor timer = start_timer(limits.timeout);
  const Descriptor held = hold(place.input);
  Child child(spawn(command, place, {held.number(), output.write.number(), errors.write.number()}),
              place.group);
  output.write.close();
  errors.write.close();
  ProcessResult result;
  collect(output.read, errors.read, timer, limits, result);
  result.exit_code = wait_for_end(child, timer);
  return result;
}

}  // namespace patchbot
