// SPDX-License-Identifier: Apache-2.0
#include "base/interruption.hpp"

namespace patchbot {
namespace {

volatile std::sig_atomic_t noted = 0;

extern "C" void note_signal(int signal) { noted = signal; }

// Somebody who ignores a signal, as nohup does, still wants it ignored.
void note(int signal, struct sigaction& before) {
  struct sigaction action {};
  action.sa_handler = note_signal;
  ::sigaction(signal, nullptr, &before);
  if (before.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interruption::Interruption() {
  noted = 0;
  note(SIGINT, on_interrupt_);
  note(SIGTERM, on_terminate_);
  note(SIGHUP, on_hangup_);
}

Interruption::~Interruption() {
  ::sigaction(SIGINT, &on_interrupt_, nullptr);
  ::sigaction(SIGTERM, &on_terminate_, nullptr);
  ::sigaction(SIGHUP, &on_hangup_, nullptr);
  const int signal = noted;
  noted = 0;
  if (signal != 0) (void)std::raise(signal);
}

int Interruption::signal() { return noted; }

}  // namespace patchbot
