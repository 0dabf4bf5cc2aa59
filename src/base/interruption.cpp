// SPDX-License-Identifier: Apache-2.0
#include "base/interruption.hpp"

namespace patchbot {
namespace {

volatile std::sig_atomic_t noted = 0;

struct sigaction before_interrupt {};
struct sigaction before_terminate {};
struct sigaction before_hangup {};

const struct sigaction& before(int signal) {
  if (signal == SIGINT) return before_interrupt;
  return signal == SIGTERM ? before_terminate : before_hangup;
}

// Whoever asks twice wants it now, whatever goes on elsewhere.
extern "C" void note_signal(int signal) {
  if (noted != 0) {
    ::sigaction(signal, &before(signal), nullptr);
    (void)std::raise(signal);
  }
  noted = signal;
}

// Somebody who ignores a signal, as nohup does, still wants it ignored.
void note(int signal, struct sigaction& old) {
  struct sigaction action {};
  action.sa_handler = note_signal;
  ::sigaction(signal, nullptr, &old);
  if (old.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interruption::Interruption() {
  noted = 0;
  note(SIGINT, before_interrupt);
  note(SIGTERM, before_terminate);
  note(SIGHUP, before_hangup);
}

Interruption::~Interruption() {
  ::sigaction(SIGINT, &before_interrupt, nullptr);
  ::sigaction(SIGTERM, &before_terminate, nullptr);
  ::sigaction(SIGHUP, &before_hangup, nullptr);
  const int signal = noted;
  noted = 0;
  if (signal != 0) (void)std::raise(signal);
}

int Interruption::signal() { return noted; }

}  // namespace patchbot
