// SPDX-License-Identifier: Apache-2.0
#include "ami_update_status.hpp"

#include <algorithm>

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/config_yaml.hpp"
#include "status_output.hpp"
#include "survey.hpp"

namespace patchbot {
namespace {

constexpr std::size_t max_problems_shown = 20;

void deliver(const AmiUpdateStatus& flags, const PatchStatus& status, cli::World& world) {
  std::string text = to_table(status, flags.max_age, world.colour && flags.output == "-");
  if (flags.format == "json") text = to_json(status);
  if (flags.format == "csv") text = to_csv(status);
  if (flags.format == "markdown") text = to_markdown(status);
  if (flags.output == "-") {
    world.out << text;
  } else {
    AtomicFile file(flags.output);
    file.write(text);
    file.commit();
  }
  if (!flags.junit.empty()) write_junit(status, flags.max_age, flags.junit);
}

void tell(const PatchStatus& status, cli::World& world) {
  for (std::size_t i = 0; i < std::min(status.problems.size(), max_problems_shown); ++i) {
    world.log.error(status.problems[i]);
  }
  if (status.problems.size() > max_problems_shown) {
    world.log.error("and " + std::to_string(status.problems.size() - max_problems_shown) +
                    " more problems; the JSON form has all of them");
  }
  if (!status.problems.empty()) {
    world.log.error("the status is partial: servers and services may exist that it lacks");
  }
  if (status.services.empty()) world.log.warning("no service was found");
}

// What asks for nothing, judged as the gate does.
void leave_out_current(PatchStatus& status, unsigned max_age) {
  std::erase_if(status.services, [max_age](const ServiceStatus& service) {
    return std::all_of(service.stages.begin(), service.stages.end(), [max_age](const auto& stage) {
      return level_of(stage.second, max_age) < GateLevel::warn;
    });
  });
}

}  // namespace

cli::Exit AmiUpdateStatus::run(cli::World& world) const {
  const Config settings = config.empty() ? Config() : parse_settings_file(config, parse_config);
  if (check) return check_access(*this, settings, world);
  PatchStatus status = survey(*this, settings, world);
  tell(status, world);
  const GateLevel worst = worst_level(status, max_age);
  // Nothing to tell of is rarely what was meant: a wrong team, region or role looks just like it.
  const bool is_empty = status.services.empty();
  if (stale_only) leave_out_current(status, max_age);
  deliver(*this, status, world);
  if (!status.problems.empty() && !allow_partial) return cli::Exit::remote;
  if (worst == GateLevel::fail) return cli::Exit::gate_failed;
  return worst == GateLevel::warn || is_empty ? cli::Exit::gate_warned : cli::Exit::clean;
}

}  // namespace patchbot
