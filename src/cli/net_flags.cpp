// SPDX-License-Identifier: Apache-2.0
#include "cli/net_flags.hpp"

#include "base/error.hpp"
#include "cli/options.hpp"
#include "net/curl_transport.hpp"
#include "net/recording.hpp"

namespace patchbot::cli {

void NetFlags::declare(CLI::App& app) {
  add_text(app,
           "--record",
           record,
           "DIR",
           "Write every exchange with a service into this new directory, secrets removed");
  add_text(app,
           "--replay",
           replay,
           "DIR",
           "Answer from such a directory instead of the network; what it does not hold is an error")
      ->excludes("--record");
  add_text(app, "--ca-file", ca_file, "FILE", "Trust the certificates in this file");
  add_switch(
      app, "--insecure", insecure, "Trust any certificate: whoever is in between reads along");
  app.add_option("--deadline", deadline_seconds, "Start no request later than this into the run")
      ->type_name("SECONDS")
      ->envname(environment_name("--deadline"))
      ->check(CLI::Range(1U, 86400U).description(""))
      ->capture_default_str();
}

Net NetFlags::open(World& world, const std::map<std::string, std::string>& settings) const {
  Net net;
  net.clock = &world.clock;
  net.deadline = world.clock.elapsed() + std::chrono::seconds(deadline_seconds);
  if (!replay.empty()) {
    auto answers = std::make_unique<Replay>(replay);
    const RecordingHead& head = answers->head();
    if (!world.now_given) world.now = head.recorded_at;
    world.environment = [known = head.settings](const std::string& name) {
      const auto found = known.find(name);
      return found == known.end() ? std::string() : found->second;
    };
    net.still = still_clock(head.recorded_at);
    net.clock = net.still.get();
    net.replayed = true;
    net.transport = std::move(answers);
    return net;
  }
  if (insecure) world.log.warning("--insecure: no certificate is checked");
  // Where other AWS clients find a company's own certificates.
  const std::string bundle = ca_file.empty() ? world.environment("AWS_CA_BUNDLE") : ca_file;
  net.transport = curl_transport({bundle, insecure});
  if (!record.empty()) {
    net.transport = recording_transport(std::move(net.transport), record, {world.now, settings});
  }
  return net;
}

}  // namespace patchbot::cli
