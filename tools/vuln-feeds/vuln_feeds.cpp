// SPDX-License-Identifier: Apache-2.0
#include "vuln_feeds.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "refresh.hpp"
#include "services/download.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;
using State = Refreshed::State;

// A mistyped scheme would be taken for the name of a file.
void check_place(const std::string& flag, const std::string& place) {
  if (is_url(place) || place.find("://") == std::string::npos) return;
  throw Error(
      Blame::usage,
      flag + ": '" + clean_line(place) + "' is neither a file nor a URL with http or https");
}

void prepare_folder(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw Error(Blame::usage, clean_line(folder) + ": " + error.message());
}

// The folder, or what of its path exists: there it would be made.
void check_folder(const std::string& folder) {
  std::error_code ignored;
  fs::path place = fs::absolute(folder, ignored);
  while (!fs::exists(place, ignored) && place.has_relative_path()) place = place.parent_path();
  if (fs::is_directory(place, ignored) && ::access(place.c_str(), W_OK | X_OK) == 0) return;
  throw Error(Blame::usage, "--cache: " + clean_line(place.string()) + " cannot be written");
}

std::string word_for(const Refreshed& feed) {
  constexpr std::array<std::string_view, 5> words{
      "new", "unchanged", "kept", "missing", "not asked"};
  const std::string_view word = words[static_cast<std::size_t>(feed.state)];
  return std::string(word) + (feed.not_written ? ", not written" : "");
}

std::string row_of(const Refreshed& feed, Time now) {
  if (!feed.info) {
    return fmt::format("{:<4}  {:>8}  {:<12}  {:<20}  {:<8}  {}\n",
                       title_of(feed.kind),
                       "-",
                       "-",
                       "-",
                       "-",
                       word_for(feed));
  }
  const FeedInfo& info = *feed.info;
  return fmt::format("{:<4}  {:>8}  {:<12}  {:<20}  {:<8}  {}\n",
                     title_of(feed.kind),
                     info.entries,
                     info.version.empty() ? "-" : info.version,
                     info.published ? to_rfc3339(*info.published) : "-",
                     age_text(now - as_of(info)),
                     word_for(feed));
}

void write_table(const std::vector<Refreshed>& feeds, Time now, std::ostream& out) {
  out << fmt::format("{:<4}  {:>8}  {:<12}  {:<20}  {:<8}  {}\n",
                     "feed",
                     "entries",
                     "version",
                     "published",
                     "age",
                     "state");
  for (const Refreshed& feed : feeds) {
    if (feed.info || feed.state != State::not_asked) out << row_of(feed, now);
  }
}

void tell(const Refreshed& feed, Log& log) {
  const std::string name(title_of(feed.kind));
  for (const std::string& line : feed.warnings) log.warning(fmt::format("{}: {}", name, line));
  for (const std::string& line : feed.errors) log.error(fmt::format("{}: {}", name, line));
  if (feed.errors.empty()) return;
  log.error(name + (feed.info ? ": the last good copy stays" : ": there is no copy to go on with"));
}

cli::Exit judge_age(const Refreshed& feed, std::uint32_t max_age, Time now, Log& log) {
  if (!feed.info || max_age == 0) return cli::Exit::clean;
  const std::chrono::seconds age = now - as_of(*feed.info);
  if (age <= std::chrono::hours(max_age)) return cli::Exit::clean;
  log.warning(fmt::format("{}: is {} old, more than --max-age {} (hours) allows",
                          title_of(feed.kind),
                          age_text(age),
                          max_age));
  return cli::Exit::gate_warned;
}

}  // namespace

cli::Exit VulnFeeds::run(cli::World& world) const {
  check_place("--kev", kev);
  check_place("--epss", epss);
  check_place("--ssvc", ssvc);
  cli::Net net_of_run = net.open(world, {});
  check ? check_folder(cache) : prepare_folder(cache);
  Refresh refresh(cache,
                  net_of_run,
                  world.now,
                  accept_small ? SmallFeeds::accept : SmallFeeds::refuse,
                  check ? Refresh::Keep::look : Refresh::Keep::write);
  const std::vector<Refreshed> feeds{refresh.run(FeedKind::kev, kev),
                                     refresh.run(FeedKind::epss, epss),
                                     refresh.run(FeedKind::ssvc, ssvc)};
  write_table(feeds, world.now, world.out);
  cli::Exit exit = cli::Exit::clean;
  for (const Refreshed& feed : feeds) {
    tell(feed, world.log);
    exit = cli::worst(exit, feed.exit);
    exit = cli::worst(exit, judge_age(feed, max_age, world.now, world.log));
  }
  const bool empty =
      std::none_of(feeds.begin(), feeds.end(), [](const Refreshed& feed) { return feed.info; });
  if (!empty || exit != cli::Exit::clean) return exit;
  world.log.error(clean_line(cache) + ": holds no feed");
  return cli::Exit::input;
}

}  // namespace patchbot
