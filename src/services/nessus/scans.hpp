// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/nessus/client.hpp"

namespace patchbot::nessus {

/// What a scan is made of. Ids as catalogue.hpp gives them; empty means the server's own choice.
struct NewScan {
  std::string template_uuid;
  std::string name;
  std::string description;
  std::string policy_id;
  std::string scanner_id;
  std::string folder_id;
  std::vector<std::string> targets;
  std::vector<std::string> agent_groups;
  unsigned window_minutes = 0;  ///< that agents have to report
};

struct Scan {
  std::string id;
  std::string name;
  std::string status;  ///< the word of its latest run, if the server says it
};

/// The scans that the user may see, without what is in the trash. All functions throw
/// Error(remote).
std::vector<Scan> scans_of(Client& client);

/// The one with that name or id. Throws Error(usage) where there is none, or more than one.
Scan scan_called(Client& client, const std::string& name);

/// Makes a scan. Where the answer is lost, the scan is looked for by its name, which has to be one
/// that nobody else uses.
Scan create(Client& client, const NewScan& wanted);

/// One run of a scan, as its history has it.
struct Run {
  std::string id;      ///< history_id
  std::string uuid;    ///< what a launch answers with
  std::string status;  ///< see phase_of
};

/// The newest first. In the cloud at most the 50 newest.
std::vector<Run> runs_of(Client& client, const std::string& scan, bool is_cloud);

/// What became of a launch.
struct Launch {
  std::string uuid;              ///< of the run; empty where there is none
  std::optional<Error> refusal;  ///< why the server certainly started nothing
};

/// Starts the scan, with other targets than its own if there are any. `before` are the runs that
/// were there before: where the answer is lost, a run that is not among them, and appears within a
/// minute, is the one that was started; Error(remote) where none does.
Launch launch(Client& client,
              const std::string& scan,
              const std::vector<std::string>& targets,
              const std::vector<Run>& before,
              bool is_cloud);

/// Ends the run that goes on; nothing happens if none does.
void stop(Client& client, const std::string& scan);

/// Deletes the scan and all its runs; one that is gone already is no error.
void remove(Client& client, const std::string& scan);

/// Puts the scan into a folder. Throws Error(remote).
void move_to(Client& client, const std::string& scan, const std::string& folder_id);

/// What a status word means for whoever waits (developer.tenable.com, scan status). A word that is
/// not known is one of a run that goes on.
enum class Phase : std::uint8_t {
  waiting,    ///< not started: empty, pending, initializing, paused, ...
  going_on,   ///< running, publishing, stopping, ...
  completed,  ///< also imported
  stopped,    ///< stopped: soon canceled
  cut_short,  ///< canceled or aborted: what was found until then can be had
};
Phase phase_of(std::string_view status);

struct Progress {
  std::string status;
  std::size_t hosts = 0;       ///< that the server tells of
  std::size_t hosts_done = 0;  ///< of these
  std::optional<long> percent;
  std::size_t critical = 0;  ///< findings so far
  std::size_t high = 0;
  std::size_t medium = 0;
  std::size_t low = 0;
  std::vector<std::string> notes;  ///< why a run was cut short, say; each one line
};

/// The names of the hosts that the run has found, as the server shows them: names or addresses.
std::vector<std::string> hosts_of(Client& client,
                                  const std::string& scan,
                                  const std::string& run_id);

/// How the run is getting on. Hosts are counted as they are read: what stays in memory is the text
/// of the answer, about half a kilobyte for each.
Progress progress_of(Client& client, const std::string& scan, const std::string& run_id);

}  // namespace patchbot::nessus
