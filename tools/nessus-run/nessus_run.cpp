// SPDX-License-Identifier: Apache-2.0
#include "nessus_run.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "base/text.hpp"
#include "bulk_export.hpp"
#include "export_latest.hpp"
#include "flag_check.hpp"
#include "login.hpp"
#include "merge.hpp"
#include "parts.hpp"
#include "scan_targets.hpp"
#include "server_check.hpp"
#include "shards.hpp"

namespace patchbot {
namespace {

// Part of the name of a new scan, by which it is found again; a recording keeps it for its replay.
constexpr const char* scan_word = "PATCHBOT_SCAN_WORD";

std::string new_word(Clock& clock) {
  const auto part = [&] { return static_cast<unsigned>(clock.chance() * 65536.0); };
  return fmt::format("{:04x}{:04x}{:04x}", part(), part(), part());
}

std::string server_address(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

/// Ends the session whatever happens.
class Visit {
 public:
  explicit Visit(nessus::Client& client) : client_(client) {}
  Visit(const Visit&) = delete;
  Visit& operator=(const Visit&) = delete;
  ~Visit() { client_.log_out(); }

 private:
  nessus::Client& client_;
};

// What the list of targets lacks makes the report incomplete, too.
cli::Exit worst_of(const ScanTargets& targets, cli::Exit exit) {
  if (targets.is_partial) exit = cli::worst(exit, cli::Exit::input);
  return targets.unreachable > 0 ? cli::worst(exit, cli::Exit::gate_warned) : exit;
}

cli::Exit launch(Stage stage) {
  const NessusRun& flags = stage.flags;
  const ScanTargets targets = read_scan_targets(flags.targets, stage.world.log);
  stage.has_all_targets = !targets.is_partial;
  if (stage.server.may_launch == false) {
    throw Error(Blame::usage, stage.client.url() + ": " + cannot_launch(stage.server));
  }
  if (flags.shard.empty()) return worst_of(targets, scan(stage, targets.names, nullptr));
  Shard shard = parse_shard(flags.shard);
  const std::vector<std::string> taken = take_shard(shard, targets.names);
  stage.world.log.info("shard " + flags.shard + ": " + counted(taken.size(), "target", "targets"));
  return worst_of(targets, scan(stage, taken, &shard));
}

}  // namespace

cli::Exit NessusRun::run(cli::World& world) const {
  check_flags(*this);
  if (command == "merge") return merge_shards(reports, output, nullptr, world.log);
  const Interruption interruption;  // what goes on elsewhere is ended first
  const std::string drawn = new_word(world.clock);
  const cli::Net way = net.open(world, {{scan_word, drawn}});
  const std::string word = way.replayed ? world.environment(scan_word) : drawn;
  nessus::Client client({*way.transport,
                         *way.clock,
                         {5, way.deadline + 2 * grace},
                         server_address(url),
                         way.replayed ? nessus::Login() : login_from(world.environment)});
  const Visit visit(client);
  const nessus::Server server =
      await_server(client, std::chrono::minutes(wait_minutes), way.deadline, world.log);
  if (check) return check_server(*this, client, server, world.out);
  const Stage stage{*this, client, server, way.deadline, word, world};
  if (vulns_export) return export_vulns(stage);
  if (export_only) return export_latest(stage);
  return launch(stage);
}

}  // namespace patchbot
