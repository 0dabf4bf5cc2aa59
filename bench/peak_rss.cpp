// SPDX-License-Identifier: Apache-2.0
// Runs a command and writes its wall time, CPU time, true memory peak and exit status to a file.
// ru_maxrss keeps the size of the process before exec, so VmHWM is read when the command exits.

#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>

namespace {

struct Usage {
  double wall = 0;
  double user = 0;
  double system = 0;
  long peak_kib = -1;  ///< -1: not readable
  int status = 127;
};

long read_peak_kib(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  std::string word;
  long kib = -1;
  while (status >> word) {
    if (word == "VmHWM:") status >> kib;
  }
  return kib;
}

[[noreturn]] void run_traced(char** command) {
  ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  execvp(command[0], command);
  std::perror(command[0]);
  _exit(127);
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// Signals are passed on, except the stops that tracing itself causes.
int signal_to_pass(int status, bool first_stop) {
  const bool own = first_stop || status >> 16 != 0;
  return own ? 0 : WSTOPSIG(status);
}

// TRACEEXEC: a later exec (a wrapper script) must not look like a signal.
constexpr long options = PTRACE_O_TRACEEXIT | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;

void follow(pid_t child, Usage& usage) {
  rusage resources{};
  int status = 0;
  bool first_stop = true;
  while (wait4(child, &status, 0, &resources) == child && WIFSTOPPED(status)) {
    if (first_stop) {
      ptrace(PTRACE_SETOPTIONS, child, nullptr, options);
    }
    if (status >> 16 == PTRACE_EVENT_EXIT) usage.peak_kib = read_peak_kib(child);
    ptrace(PTRACE_CONT, child, nullptr, signal_to_pass(status, first_stop));
    first_stop = false;
  }
  usage.user = seconds(resources.ru_utime);
  usage.system = seconds(resources.ru_stime);
  usage.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

Usage run(char** command) {
  Usage usage;
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) run_traced(command);
  if (child > 0) follow(child, usage);
  usage.wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return usage;
}

}  // namespace

int main(int argc, char** argv) {
  std::FILE* report = argc >= 3 ? std::fopen(argv[1], "we") : nullptr;
  if (report == nullptr) {
    std::fprintf(stderr, "usage: peak-rss REPORT-FILE COMMAND [ARGUMENT...]\n");
    return 2;
  }
  const Usage usage = run(argv + 2);
  std::fprintf(report,
               "{\"wall\": %.6f, \"user\": %.6f, \"system\": %.6f, \"peak_kib\": %ld, "
               "\"status\": %d}\n",
               usage.wall,
               usage.user,
               usage.system,
               usage.peak_kib,
               usage.status);
  std::fclose(report);
  return usage.status;
}
