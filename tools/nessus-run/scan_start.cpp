// SPDX-License-Identifier: Apache-2.0
#include "scan_start.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "services/nessus/catalogue.hpp"
#include "services/nessus/scans.hpp"
#include "shards.hpp"

namespace patchbot {
namespace {

using Step = ScanState::Step;

class Starter {
 public:
  Starter(const NessusRun& flags,
          nessus::Client& client,
          const nessus::Server& server,
          const std::vector<std::string>& targets,
          const std::string& word,
          Journal& journal,
          Log& log)
      : flags_(flags),
        client_(client),
        server_(server),
        targets_(targets),
        word_(word),
        journal_(journal),
        log_(log) {}

  void begin() {
    if (!journal_.has_begun()) return flags_.scan.empty() ? make_new() : take_existing();
    log_.info("going on with scan '" + state().name + "' of an earlier call");
    if (state().targets != digest_of(targets_)) {
      log_.warning(
          "the targets are others than those of the scan that goes on; they wait for the next one");
    }
    if (state().step == Step::making) find_or_make();
  }

  void launch() {
    if (state().step == Step::launched) return;
    const std::vector<nessus::Run> runs = nessus::runs_of(client_, state().scan, server_.is_cloud);
    if (state().step == Step::launching && take_up(runs)) return;
    state().known_runs.clear();
    for (const nessus::Run& run : runs) state().known_runs.push_back(run.id);
    journal_.note(Step::launching);
    const bool needs_targets = !state().is_ours && !targets_.empty();
    state().run_uuid = nessus::launch(client_,
                                      state().scan,
                                      needs_targets ? targets_ : std::vector<std::string>(),
                                      runs,
                                      server_.is_cloud);
    journal_.note(Step::launched);
    log_.info("launched scan " + state().scan + " '" + state().name + "'");
  }

 private:
  ScanState& state() { return journal_.state(); }

  void take_existing() {
    const nessus::Scan scan = nessus::scan_called(client_, flags_.scan);
    state().scan = scan.id;
    state().name = scan.name;
    state().targets = digest_of(targets_);
    journal_.note(Step::made);
  }

  void make_new() {
    state().name = (flags_.scan_name.empty() ? "PatchBot" : flags_.scan_name) + " [" + word_ + "]";
    state().is_ours = true;
    state().targets = digest_of(targets_);
    const nessus::NewScan wanted = wanted_scan();  // before anything is noted: names may be wrong
    journal_.note(Step::making);
    make(wanted);
  }

  void find_or_make() {
    for (const nessus::Scan& scan : nessus::scans_of(client_)) {
      if (scan.name != state().name) continue;
      state().scan = scan.id;
      return journal_.note(Step::made);
    }
    make(wanted_scan());
  }

  void make(const nessus::NewScan& wanted) {
    state().scan = nessus::create(client_, wanted).id;
    journal_.note(Step::made);
  }

  nessus::NewScan wanted_scan() {
    nessus::NewScan wanted;
    wanted.name = state().name;
    wanted.description = "made by PatchBot's nessus-run";
    wanted.targets = targets_;
    if (flags_.policy.empty()) {
      wanted.template_uuid = nessus::template_uuid(client_, template_name());
    } else {
      const nessus::Policy policy = nessus::policy_of(client_, flags_.policy);
      wanted.policy_id = policy.id;
      wanted.template_uuid = policy.template_uuid;
    }
    if (!flags_.scanner.empty()) {
      wanted.scanner_id = nessus::scanner_id(client_, flags_.scanner, server_.is_cloud);
    }
    if (!flags_.folder.empty()) wanted.folder_id = nessus::folder_id(client_, flags_.folder);
    for (const std::string& group : flags_.agent_groups) {
      wanted.agent_groups.push_back(nessus::agent_group_id(client_, group, server_.is_cloud));
      wanted.window_minutes = flags_.window_minutes;
    }
    return wanted;
  }

  // Agents look for missing updates with every template; theirs has another name.
  std::string template_name() const {
    const bool is_usual = flags_.scan_template == "patch_audit";
    return is_usual && !flags_.agent_groups.empty() ? "agent_basic" : flags_.scan_template;
  }

  // A run that was not there before the launch whose answer nobody has seen.
  bool take_up(const std::vector<nessus::Run>& runs) {
    const auto& known = state().known_runs;
    const auto is_new = [&](const nessus::Run& run) {
      return std::find(known.begin(), known.end(), run.id) == known.end();
    };
    const auto run = std::find_if(runs.begin(), runs.end(), is_new);
    if (run == runs.end()) return false;
    state().run_uuid = run->uuid;
    state().run_id = run->id;
    journal_.note(Step::launched);
    return true;
  }

  const NessusRun& flags_;
  nessus::Client& client_;
  const nessus::Server& server_;
  const std::vector<std::string>& targets_;
  const std::string& word_;
  Journal& journal_;
  Log& log_;
};

}  // namespace

void start_scan(const NessusRun& flags,
                nessus::Client& client,
                const nessus::Server& server,
                const std::vector<std::string>& targets,
                const std::string& word,
                Journal& journal,
                Log& log) {
  Starter starter(flags, client, server, targets, word, journal, log);
  starter.begin();
  starter.launch();
}

}  // namespace patchbot
