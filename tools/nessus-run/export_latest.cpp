// SPDX-License-Identifier: Apache-2.0
#include "export_latest.hpp"

#include <fmt/format.h>

#include "follow.hpp"
#include "services/nessus/exports.hpp"

namespace patchbot {

cli::Exit export_latest(const Stage& stage) {
  const NessusRun& flags = stage.flags;
  const nessus::Scan found = nessus::scan_called(stage.client, flags.scan);
  const auto runs = nessus::runs_of(stage.client, found.id, stage.server.is_cloud);
  ScanState state;
  state.scan = found.id;
  if (runs.empty()) {
    throw Error(Blame::remote,
                stage.client.url() + ": the scan '" + found.name + "' has never run");
  }
  state.run_id = runs.front().id;
  const Patient patient{
      std::chrono::seconds(flags.poll_seconds), stage.deadline, stage.server.is_cloud};
  const Ending ending = follow(stage.client, state, patient, stage.world.log);
  if (ending.is_interrupted || ending.is_over_time) {
    throw Error(Blame::remote,
                stage.client.url() + ": the scan '" + found.name + "' has not ended yet (" +
                    ending.status + "), and " + why_over());
  }
  const std::size_t bytes = nessus::export_report(stage.client,
                                                  found.id,
                                                  state.run_id,
                                                  flags.output,
                                                  {},
                                                  stage.client.clock().elapsed() + grace);
  stage.world.log.info(fmt::format("{}: {} bytes", flags.output, bytes));
  for (const std::string& note : ending.notes) stage.world.log.warning("the server says: " + note);
  if (ending.phase == nessus::Phase::completed) return cli::Exit::clean;
  stage.world.log.error("the run did not end by itself (" + ending.status + "): " + flags.output +
                        " holds what was found until then");
  return cli::Exit::input;
}

}  // namespace patchbot
