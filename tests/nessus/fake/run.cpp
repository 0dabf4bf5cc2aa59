// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include <algorithm>

namespace patchbot::test::fake {
namespace {

constexpr std::chrono::seconds pending(20);
constexpr std::chrono::seconds publishing(60);
constexpr std::chrono::seconds stopping(15);

milliseconds length_of(const World& world, const Run& run) {
  const milliseconds work = world.settings.per_host * static_cast<long>(run.hosts.size());
  return pending + std::max(work, run.window.value_or(milliseconds(0)));
}

}  // namespace

std::string status_of(const World& world, const Run& run) {
  const milliseconds since = world.now() - run.launched;
  if (run.stopped) return world.now() - *run.stopped < stopping ? "stopping" : "canceled";
  const auto& aborts_after = world.settings.aborts_after;
  if (aborts_after && since >= *aborts_after) return "aborted";
  if (since < pending) return "pending";
  const milliseconds length = length_of(world, run);
  if (since < length) return "running";
  return world.is_cloud() && since < length + publishing ? "publishing" : "completed";
}

bool goes_on(const World& world, const Run& run) {
  const std::string status = status_of(world, run);
  return status == "running" || status == "pending";
}

std::size_t hosts_done(const World& world, const Run& run) {
  milliseconds time = run.stopped.value_or(world.now()) - run.launched;
  const auto& aborts_after = world.settings.aborts_after;
  if (aborts_after) time = std::min<milliseconds>(time, *aborts_after);
  const long done = (time - pending) / world.settings.per_host;
  return static_cast<std::size_t>(std::clamp(done, 0L, static_cast<long>(run.hosts.size())));
}

std::optional<milliseconds> end_of(const World& world, const Run& run) {
  const std::string status = status_of(world, run);
  if (status == "canceled") return *run.stopped;
  if (status == "aborted") return run.launched + *world.settings.aborts_after;
  if (status == "completed") return run.launched + length_of(world, run);
  return std::nullopt;
}

}  // namespace patchbot::test::fake
