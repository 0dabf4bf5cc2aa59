// SPDX-License-Identifier: Apache-2.0
#include "nessus_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/interruption.hpp"
#include "base/text.hpp"
#include "follow.hpp"
#include "journal.hpp"
#include "login.hpp"
#include "scan_start.hpp"
#include "scan_targets.hpp"
#include "server_check.hpp"
#include "services/nessus/exports.hpp"

namespace patchbot {
namespace {

using std::chrono::minutes;

// Beyond --deadline: to stop what goes on, and to fetch what there is.
constexpr minutes grace(30);

[[noreturn]] void fail(const std::string& why) { throw Error(Blame::usage, why); }

void check_flags(const NessusRun& flags) {
  const bool has_scheme = starts_with_nocase(flags.url, "https://") ||
                          starts_with_nocase(flags.url, "http://127.0.0.1:") ||
                          starts_with_nocase(flags.url, "http://localhost:");
  if (!has_scheme)
    fail("--url: '" + flags.url + "' must begin with https://, for a key goes there");
  if (flags.check) return;
  if (flags.output.empty()) fail("--output FILE is missing: where the report goes");
  if (flags.export_only && flags.scan.empty()) fail("--export-only needs --scan NAME");
  if (flags.export_only) return;
  if (!flags.agent_groups.empty() && !flags.scan.empty()) {
    fail("--agent-group makes a scan of its own; leave --scan out");
  }
  if (flags.targets.empty() && flags.agent_groups.empty() && flags.scan.empty()) {
    fail("nothing to scan: give --targets FILE, --agent-group NAME or --scan NAME");
  }
}

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

/// One scan from its start to its report.
class ScanJob {
 public:
  ScanJob(const NessusRun& flags,
          nessus::Client& client,
          const nessus::Server& server,
          const cli::Net& net,
          std::string word,
          cli::World& world)
      : flags_(flags),
        client_(client),
        server_(server),
        net_(net),
        word_(std::move(word)),
        world_(world) {}

  cli::Exit run() {
    const std::vector<std::string> targets = read_scan_targets(flags_.targets, world_.log);
    Journal journal(flags_.state, client_.url());
    if (server_.may_launch == false) fail(client_.url() + ": " + cannot_launch(server_));
    start_scan(flags_, client_, server_, targets, word_, journal, world_.log);
    Ending ending = follow(client_, journal.state(), patient(net_.deadline), world_.log);
    const bool is_early = ending.is_interrupted || ending.is_over_time;
    if (is_early && flags_.on_abort == "leave") return leave(ending);
    if (is_early) ending = stopped(ending, journal);
    return fetch(ending, journal);
  }

 private:
  Patient patient(std::chrono::milliseconds until) const {
    return {std::chrono::seconds(flags_.poll_seconds), until, server_.is_cloud};
  }

  cli::Exit leave(const Ending& ending) {
    const std::string again =
        flags_.state.empty() ? "" : "; the next call with --state goes on with it";
    world_.log.error(std::string(ending.is_interrupted ? "interrupted" : "the time is over") +
                     ": the scan goes on on the server" + again);
    return cli::Exit::remote;
  }

  // What is stopped ends as canceled, soon.
  Ending stopped(const Ending& ending, Journal& journal) {
    world_.log.warning(std::string(ending.is_interrupted ? "interrupted" : "the time is over") +
                       ": stopping the scan");
    nessus::stop(client_, journal.state().scan);
    Patient brief = patient(client_.clock().elapsed() + grace / 3);
    brief.poll = std::min<std::chrono::seconds>(brief.poll, std::chrono::seconds(5));
    brief.heeds_signals = false;
    Ending last = follow(client_, journal.state(), brief, world_.log);
    last.is_interrupted = ending.is_interrupted;
    last.is_over_time = true;
    return last;
  }

  cli::Exit fetch(const Ending& ending, Journal& journal) {
    for (const std::string& note : ending.notes) world_.log.warning("the server says: " + note);
    const ScanState& state = journal.state();
    const std::size_t bytes = nessus::export_report(
        client_, state.scan, state.run_id, flags_.output, client_.clock().elapsed() + grace);
    world_.log.info(fmt::format("{}: {} bytes", flags_.output, bytes));
    if (state.is_ours && flags_.after == "delete") nessus::remove(client_, state.scan);
    journal.close();
    if (ending.phase == nessus::Phase::completed && !ending.is_over_time) return cli::Exit::clean;
    world_.log.error("the run did not end by itself (" + ending.status + "): " + flags_.output +
                     " holds what was found until then");
    return cli::Exit::input;
  }

  const NessusRun& flags_;
  nessus::Client& client_;
  const nessus::Server& server_;
  const cli::Net& net_;
  std::string word_;
  cli::World& world_;
};

cli::Exit export_latest(const NessusRun& flags,
                        nessus::Client& client,
                        const nessus::Server& server,
                        const cli::Net& net,
                        cli::World& world) {
  const nessus::Scan scan = nessus::scan_called(client, flags.scan);
  const auto runs = nessus::runs_of(client, scan.id, server.is_cloud);
  ScanState state;
  state.scan = scan.id;
  if (!runs.empty()) state.run_id = runs.front().id;
  const Ending ending =
      follow(client,
             state,
             {std::chrono::seconds(flags.poll_seconds), net.deadline, server.is_cloud},
             world.log);
  if (ending.is_over_time) {
    throw Error(Blame::remote,
                client.url() + ": the scan '" + scan.name + "' has not ended in time (" +
                    ending.status + ")");
  }
  const std::size_t bytes = nessus::export_report(
      client, scan.id, state.run_id, flags.output, client.clock().elapsed() + grace);
  world.log.info(fmt::format("{}: {} bytes", flags.output, bytes));
  return ending.phase == nessus::Phase::completed ? cli::Exit::clean : cli::Exit::input;
}

}  // namespace

cli::Exit NessusRun::run(cli::World& world) const {
  check_flags(*this);
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
  const nessus::Server server = await_server(client, minutes(wait_minutes), world.log);
  if (check) return check_server(*this, client, server, world.out);
  if (export_only) return export_latest(*this, client, server, way, world);
  return ScanJob(*this, client, server, way, word, world).run();
}

}  // namespace patchbot
