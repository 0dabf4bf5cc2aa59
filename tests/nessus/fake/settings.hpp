// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace patchbot::test::fake {

enum class Flavour { nessus6, manager, professional, cloud };

/// How the server behaves. Set what is to be different before the first request.
struct Settings {
  std::chrono::seconds loading{0};          ///< from the start on
  std::chrono::seconds session_life{1800};  ///< since the last request

  // Scans
  std::chrono::seconds per_host{60};  ///< that a scan takes for each target
  std::optional<std::chrono::seconds> aborts_after;
  std::string report;  ///< a file: what every scan finds, whatever its targets are

  std::string policy;  ///< that is there from the start

  // Reports
  std::chrono::seconds export_time{30};
  std::size_t cut_downloads = 0;  ///< that end in the middle as if they were whole
  std::size_t dead_exports = 0;   ///< that end as "error"

  // Agents
  std::vector<std::string> agents;         ///< by name; all are in the group "production"
  std::vector<std::string> silent_agents;  ///< those of them that do not report
  bool silent_are_on = false;              ///< though they are in touch with the server

  // Bulk exports of the cloud
  std::size_t vuln_chunks = 3;
  std::chrono::seconds chunk_time{20};  ///< that an export takes for each chunk
  std::size_t failed_chunks = 0;        ///< of each export, which finishes all the same
  std::size_t cut_chunks = 0;           ///< downloads that end in the middle as if they were whole
  bool loses_exports = false;           ///< nobody knows them any more
};

}  // namespace patchbot::test::fake
