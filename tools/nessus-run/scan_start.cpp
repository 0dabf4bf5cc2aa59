// SPDX-License-Identifier: Apache-2.0
#include "scan_start.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "services/nessus/catalogue.hpp"
#include "services/nessus/scans.hpp"

namespace patchbot {
namespace {

using Step = ScanState::Step;

class Starter {
 public:
  Starter(const Stage& stage, const Assignment& assignment, Journal& journal)
      : stage_(stage),
        flags_(stage.flags),
        client_(stage.client),
        server_(stage.server),
        assignment_(assignment),
        journal_(journal),
        log_(stage.world.log) {}

  // False where what goes on is of another list of targets.
  bool begin() {
    if (journal_.has_begun() && !is_there()) {
      log_.warning("scan '" + state().name + "' is gone from the server; beginning anew");
      journal_.forget_scan();
    }
    if (!journal_.has_begun()) {
      begin_new();
      return true;
    }
    log_.info("going on with scan '" + state().name + "' of an earlier call");
    if (state().step == Step::making) find_or_make();
    if (state().targets == assignment_.list) return true;
    log_.error(
        "the targets are others than those of the scan that goes on: what is new among them "
        "waits for the next one");
    return false;
  }

  void launch() {
    if (state().step == Step::launched) return;
    check_time();
    const std::vector<nessus::Run> runs = nessus::runs_of(client_, state().scan, server_.is_cloud);
    if (state().step == Step::launching && take_up(runs)) return;
    state().known_runs.clear();
    for (const nessus::Run& run : runs) state().known_runs.push_back(run.id);
    journal_.note(Step::launching);
    const bool needs_targets = !state().is_ours && !assignment_.targets.empty();
    const nessus::Launch launched =
        nessus::launch(client_,
                       state().scan,
                       needs_targets ? assignment_.targets : std::vector<std::string>(),
                       runs,
                       server_.is_cloud);
    if (launched.refusal) {
      journal_.note(Step::made);  // a run that appears later is somebody else's
      throw Error(*launched.refusal);
    }
    state().run_uuid = launched.uuid;
    journal_.note(Step::launched);
    log_.info("launched scan " + state().scan + " '" + state().name + "'");
  }

 private:
  ScanState& state() { return journal_.state(); }

  void check_time() const {
    if (!is_over(stage_)) return;
    throw Error(Blame::remote, client_.url() + ": " + why_over() + " before a scan was launched");
  }

  // A scan that is still to be made, or may be, is looked for by its name elsewhere.
  bool is_there() {
    if (state().step == Step::making) return true;
    const std::vector<nessus::Scan> scans = nessus::scans_of(client_);
    return std::any_of(scans.begin(), scans.end(), [&](const nessus::Scan& scan) {
      return scan.id == state().scan;
    });
  }

  void begin_new() {
    check_time();
    if (flags_.scan.empty()) {
      make_new();
    } else {
      take_existing();
    }
  }

  void take_existing() {
    const nessus::Scan scan = nessus::scan_called(client_, flags_.scan);
    state().scan = scan.id;
    state().name = scan.name;
    state().targets = assignment_.list;
    journal_.note(Step::made);
  }

  void make_new() {
    state().name =
        (flags_.scan_name.empty() ? "PatchBot" : flags_.scan_name) + " [" + assignment_.word + "]";
    state().is_ours = true;
    state().targets = assignment_.list;
    const nessus::NewScan wanted = wanted_scan();  // before anything is noted: names may be wrong
    warn_of_login();
    journal_.note(Step::making);
    make(wanted);
  }

  // Without a login a scanner sees what a machine shows to everybody: missing patches it does not.
  void warn_of_login() const {
    if (!flags_.policy.empty() || !flags_.agent_groups.empty()) return;
    log_.warning(
        "a new scan of a template has no credentials: it logs in nowhere, and sees few "
        "missing patches; --policy or --scan with credentials does");
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
    wanted.targets = assignment_.targets;
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
    log_.warning("a run that is new since the launch whose answer was lost is taken for it");
    state().run_uuid = run->uuid;
    state().run_id = run->id;
    journal_.note(Step::launched);
    return true;
  }

  const Stage& stage_;
  const NessusRun& flags_;
  nessus::Client& client_;
  const nessus::Server& server_;
  const Assignment& assignment_;
  Journal& journal_;
  Log& log_;
};

}  // namespace

bool start_scan(const Stage& stage, const Assignment& assignment, Journal& journal) {
  Starter starter(stage, assignment, journal);
  const bool is_of_this_list = starter.begin();
  starter.launch();
  return is_of_this_list;
}

}  // namespace patchbot
