// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "base/clock.hpp"
#include "base/time.hpp"
#include "net/http.hpp"

namespace patchbot {

/// Writes every exchange of `inner` into a new or empty directory (docs/recordings.md): one file
/// for the request and the head of the answer, one for its body, secrets removed from both. Throws
/// Error(usage) where that is impossible.
std::unique_ptr<Transport> recording_transport(std::unique_ptr<Transport> inner,
                                               const std::filesystem::path& directory,
                                               Time now);

/// Answers from such a directory. Equal requests get their answers in the order of the recording.
/// exchange() throws Error(remote) for a request that the recording does not hold (any more).
class Replay : public Transport {
 public:
  /// Throws Error(usage) if the directory holds no recording, or a broken one.
  explicit Replay(const std::filesystem::path& directory);
  ~Replay() override;

  HttpResponse exchange(const HttpRequest& request) override;

  Time recorded_at() const { return recorded_at_; }

 private:
  struct Shelf;
  std::unique_ptr<Shelf> shelf_;
  Time recorded_at_;
};

/// The time of a recording: it stands still, and nobody waits.
std::unique_ptr<Clock> still_clock(Time now);

}  // namespace patchbot
