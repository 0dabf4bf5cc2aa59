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
  std::string text = to_table(status, world.colour && flags.output == "-");
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

}  // namespace

cli::Exit AmiUpdateStatus::run(cli::World& world) const {
  const Config settings = config.empty() ? Config() : parse_settings_file(config, parse_config);
  if (check) return check_access(*this, settings, world);
  const PatchStatus status = survey(*this, settings, world);
  deliver(*this, status, world);
  tell(status, world);
  if (!status.problems.empty() && !allow_partial) return cli::Exit::remote;
  const GateLevel worst = worst_level(status, max_age);
  if (worst == GateLevel::fail) return cli::Exit::gate_failed;
  // Nothing to tell of is rarely what was meant: a wrong region or role looks just like it.
  return worst == GateLevel::warn || (status.services.empty() && !stale_only)
             ? cli::Exit::gate_warned
             : cli::Exit::clean;
}

}  // namespace patchbot
