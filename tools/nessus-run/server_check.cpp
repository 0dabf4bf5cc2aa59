// SPDX-License-Identifier: Apache-2.0
#include "server_check.hpp"

#include <algorithm>
#include <functional>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "base/utf8.hpp"
#include "cli/check_line.hpp"
#include "pauses.hpp"
#include "services/nessus/catalogue.hpp"
#include "services/nessus/scans.hpp"

namespace patchbot {

nessus::Server await_server(nessus::Client& client,
                            std::chrono::minutes longest,
                            std::chrono::milliseconds deadline,
                            Log& log) {
  constexpr std::chrono::seconds pause(10);
  const auto until =
      std::min<std::chrono::milliseconds>(client.clock().elapsed() + longest, deadline);
  bool is_told = false;
  for (;;) {
    const nessus::Readiness readiness = nessus::readiness_of(client);
    if (readiness.word == "ready") break;
    const bool is_loading = readiness.word == "loading";
    if (!is_loading || client.clock().elapsed() + pause > until) {
      throw Error(
          Blame::remote,
          client.url() + ": GET /server/status: the server is not ready: " + readiness.word);
    }
    const std::string far =
        readiness.percent ? " (" + std::to_string(*readiness.percent) + " %)" : "";
    log.status("the server is loading" + far);
    if (!is_told) log.info("the server is loading" + far + "; waiting");
    is_told = true;
    pause_between_polls(client.clock(), pause, until, true);
    if (Interruption::signal() != 0) {
      throw Error(Blame::remote, client.url() + ": interrupted while the server was loading");
    }
  }
  nessus::Server server = nessus::server_of(client);
  log.info(client.url() + " is " + nessus::name_of(server));
  return server;
}

cli::Exit check_server(const NessusRun& flags,
                       nessus::Client& client,
                       const nessus::Server& server,
                       std::ostream& out) {
  cli::Exit exit = cli::Exit::clean;
  const auto attempt = [&](const std::string& what, const std::function<void()>& work) {
    const cli::CheckLine line = cli::attempt(what, work);
    out << line.text << '\n';
    exit = cli::worst(exit, line.exit);
  };
  attempt("the server is " + nessus::name_of(server), [] {});
  attempt("scans can be launched", [&] {
    const bool is_needed = !flags.export_only;
    if (is_needed && server.may_launch == false) throw Error(Blame::usage, cannot_launch(server));
  });
  attempt("scans can be listed", [&] { nessus::scans_of(client); });
  const auto named = [&](const std::string& what, const std::string& value, const auto& look_up) {
    if (!value.empty()) attempt(what + " '" + clean_line(value) + "'", [&] { look_up(value); });
  };
  const bool is_cloud = server.is_cloud;
  named("scan", flags.scan, [&](const auto& name) { nessus::scan_called(client, name); });
  named("policy", flags.policy, [&](const auto& name) { nessus::policy_of(client, name); });
  named("scanner", flags.scanner, [&](const auto& name) {
    nessus::scanner_id(client, name, is_cloud);
  });
  named("folder", flags.folder, [&](const auto& name) { nessus::folder_id(client, name); });
  for (const std::string& group : flags.agent_groups) {
    named("agent group", group, [&](const auto& name) {
      nessus::agent_group_id(client, name, is_cloud);
    });
  }
  const bool makes_one = flags.scan.empty() && flags.policy.empty() && flags.agent_groups.empty();
  if (makes_one) {
    named("template", flags.scan_template, [&](const auto& name) {
      nessus::template_uuid(client, name);
    });
  }
  return exit;
}

}  // namespace patchbot
