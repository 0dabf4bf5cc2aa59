// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/time.hpp"
#include "net/http.hpp"

namespace patchbot {

/// What a recording says of itself.
struct RecordingHead {
  Time recorded_at;
  std::map<std::string, std::string> settings;  ///< variables that decided what was asked
  bool operator==(const RecordingHead&) const = default;
};

/// Writes every exchange of `inner` into a new or empty directory (docs/recordings.md): one file
/// for the request and the head of the answer, one for its body, secrets removed from both. Throws
/// Error(usage) where that is impossible.
std::unique_ptr<Transport> recording_transport(std::unique_ptr<Transport> inner,
                                               const std::filesystem::path& directory,
                                               const RecordingHead& head);

/// Answers from such a directory. Equal requests get their answers in the order of the recording.
/// exchange() throws Error(remote) for a request that the recording does not hold (any more).
class Replay : public Transport {
 public:
  /// Throws Error(usage) if the directory holds no recording, or a broken one.
  explicit Replay(const std::filesystem::path& directory);
  ~Replay() override;

  HttpResponse exchange(const HttpRequest& request) override;

  const RecordingHead& head() const { return head_; }

 private:
  struct Shelf;
  std::unique_ptr<Shelf> shelf_;
  RecordingHead head_;
};

/// The time of a recording: it stands still, and nobody waits.
std::unique_ptr<Clock> still_clock(Time now);

}  // namespace patchbot
