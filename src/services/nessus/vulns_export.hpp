// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "services/nessus/client.hpp"

namespace patchbot::nessus {

// The cloud's bulk export of all findings (developer.tenable.com, exports-vulns). The server writes
// it in chunks, keeps them for a day, and runs no export twice at a time. All functions throw
// Error(remote).

struct StartedExport {
  std::string uuid;
  bool is_joined = false;  ///< it went on already, nobody knows for how long
};

/// Starts an export; joins the one that goes on where the server says that it is the same. Without
/// `since` it holds what is open and was seen in the last 30 days, else what changed from then on,
/// fixed findings too.
StartedExport start_vulns_export(Client& client, const std::optional<Time>& since);

struct VulnsExport {
  std::string status;              ///< QUEUED, PROCESSING, FINISHED, CANCELLED, ERROR
  std::string reason;              ///< why it failed, if the server says it
  std::vector<std::string> ready;  ///< ids of the chunks that can be fetched, in order
  bool names_chunks = false;       ///< whether the answer has a list of them at all
  std::size_t lost = 0;            ///< chunks that failed or were cancelled
  std::optional<std::size_t> total;

  bool has_ended() const;
  bool is_finished() const { return status == "FINISHED"; }
};

/// None where the server does not know the export any more.
std::optional<VulnsExport> vulns_export_of(Client& client, const std::string& uuid);

/// Streams a chunk, a JSON array, to `file`, which appears whole or not at all. Returns the bytes;
/// none where the server has it no more. Throws Error(usage) where `file` cannot be written.
std::optional<std::size_t> fetch_chunk(Client& client,
                                       const std::string& uuid,
                                       const std::string& chunk,
                                       const std::string& file,
                                       std::chrono::milliseconds until);

/// Frees the place that the export takes among the few that an account may run.
void cancel_vulns_export(Client& client, const std::string& uuid);

}  // namespace patchbot::nessus
