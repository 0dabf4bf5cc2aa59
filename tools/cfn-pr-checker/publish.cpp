// SPDX-License-Identifier: Apache-2.0
#include "publish.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "images.hpp"
#include "pr_output.hpp"
#include "services/code_hosts/comment.hpp"

namespace patchbot {
namespace {

std::size_t hits_of(const PullRequest& request, GateLevel level) {
  std::size_t count = 0;
  for (const ReviewedFile& file : request.files) {
    count += static_cast<std::size_t>(
        std::count_if(file.hits.begin(), file.hits.end(), [level](const RuleHit& hit) {
          return hit.level == level;
        }));
  }
  return count;
}

std::string build_url(const cli::World& world) {
  const std::string url = world.environment("BUILD_URL");
  const bool web = url.starts_with("https://") || url.starts_with("http://");
  return web && clean_line(url) == url && url.size() < 1000 ? url : std::string();
}

// Runs one part of publishing; whatever happens to it, the review has been written.
cli::Exit guarded(cli::World& world, const std::function<void()>& work) {
  try {
    work();
    return cli::Exit::clean;
  } catch (const Error& error) {
    world.log.error(error.what());
    return cli::exit_for(error.blame());
  }
}

void send_status(const HostFlags& flags,
                 const CommitStatus& status,
                 PullRequestHost& host,
                 cli::World& world) {
  const std::string_view state =
      status.state == CommitStatus::State::success ? "success" : "failure";
  if (!flags.dry_run) host.set_status(status);
  world.log.info(fmt::format("{} {} of {} to {}: {}",
                             flags.dry_run ? "would set the status" : "set the status",
                             status_context,
                             host.info().head,
                             state,
                             status.description));
}

void send_comment(const HostFlags& flags,
                  const PullRequest& request,
                  PullRequestHost& host,
                  cli::World& world) {
  const std::string text = to_markdown(request);
  // A pull request without templates needs no comment, unless an earlier one has to be corrected.
  const IfNone if_none = request.files.empty() ? IfNone::leave : IfNone::create;
  if (!flags.dry_run) {
    world.log.info(fmt::format("comment: {}", publish_comment(host, text, if_none)));
    return;
  }
  world.log.info(if_none == IfNone::leave ? "would update the comment, if there is one, to:"
                                          : "would create or update the comment to:");
  world.log.block(marked_comment(text, host.max_comment()) + "\n");
}

}  // namespace

CommitStatus status_of(const PullRequest& request) {
  const std::size_t failures = hits_of(request, GateLevel::fail);
  const std::size_t warnings = hits_of(request, GateLevel::warn);
  const bool bad =
      request.worst() == GateLevel::fail || request.unread() > 0 || lacks_answers(request);
  std::string text = request.files.empty()
                         ? "no template changes"
                         : counted(request.ami_changes(), "AMI changes", "AMIs change");
  if (request.other_changes() > 0) {
    text += ", " + counted(request.other_changes(), "other value changes", "other values change");
  }
  if (failures > 0) text += ", " + counted(failures, "failure", "failures");
  if (warnings > 0) text += ", " + counted(warnings, "warning", "warnings");
  if (request.unread() > 0) {
    text += ", " + counted(request.unread(), "file", "files") + " could not be compared";
  }
  if (lacks_answers(request)) text += ", AWS could not be asked";
  return {bad ? CommitStatus::State::failure : CommitStatus::State::success, text, {}};
}

cli::Exit publish(const HostFlags& flags,
                  const PullRequest& request,
                  PullRequestHost& host,
                  cli::World& world) {
  cli::Exit exit = cli::Exit::clean;
  if (flags.comment) {
    exit = guarded(world, [&] { send_comment(flags, request, host, world); });
  }
  if (flags.status) {
    CommitStatus status = status_of(request);
    status.url = build_url(world);
    exit = cli::worst(exit, guarded(world, [&] { send_status(flags, status, host, world); }));
  }
  return exit;
}

void publish_failure(const HostFlags& flags, PullRequestHost& host, cli::World& world) {
  if (!flags.status) return;
  const CommitStatus status{CommitStatus::State::failure,
                            "the templates could not be checked; the log of the build says why",
                            build_url(world)};
  guarded(world, [&] { send_status(flags, status, host, world); });
}

}  // namespace patchbot
