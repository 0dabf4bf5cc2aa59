// SPDX-License-Identifier: Apache-2.0
#include "refresh.hpp"

#include <filesystem>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/folder_lock.hpp"
#include "base/utf8.hpp"
#include "feed_source.hpp"
#include "formats/feeds/cached_feeds.hpp"
#include "net/redaction.hpp"
#include "services/download.hpp"

namespace patchbot {
namespace {

using State = Refreshed::State;

std::string shown(const std::string& place) {
  return clean_line(is_url(place) ? redacted_url(place) : place);
}

bool is_same(const FeedFile& last, const FeedTable& fresh) {
  const FeedInfo& a = last.info();
  const FeedInfo& b = fresh.info;
  return a.published == b.published && a.version == b.version && last.rows() == fresh.rows;
}

// A damaged copy is as good as none.
std::optional<FeedFile> last_good(const std::string& folder, Refreshed& result) {
  try {
    return read_feed_file(folder, result.kind);
  } catch (const Error& error) {
    result.warnings.emplace_back(error.what());
    result.exit = cli::Exit::input;
  }
  return {};
}

}  // namespace

Refresh::Refresh(std::string folder, cli::Net& net, Time now, SmallFeeds small, Keep keep)
    : folder_(std::move(folder)), net_(net), now_(now), small_(small), keep_(keep) {}

Refreshed Refresh::run(FeedKind kind, const std::string& given) {
  Refreshed result;
  result.kind = kind;
  if (const auto last = last_good(folder_, result)) result.info = last->info();
  if (given == no_feed) {
    result.state = State::not_asked;
    result.errors.swap(result.warnings);  // that of a damaged copy, which nothing replaces
    return result;
  }
  for (const std::string& place : places_of(given, now_)) {
    if (!try_place(place, result)) continue;
    // What stood in for an address that failed is as good as that.
    result.warnings.insert(result.warnings.end(), result.errors.begin(), result.errors.end());
    result.errors.clear();
    result.exit = cli::Exit::clean;
    return result;
  }
  result.state = result.info ? State::kept : State::missing;
  return result;
}

// Whatever a remote service answers, it is the service that failed; what is wrong with a file of
// ours is bad input.
bool Refresh::try_place(const std::string& place, Refreshed& result) {
  try {
    const FeedTable table = load(result.kind, place);
    // Another process may have brought a newer one meanwhile, so this is looked at only now.
    std::optional<FolderLock> lock;
    if (keep_ == Keep::write) lock.emplace(folder_);
    Refreshed ignored;  // of a damaged copy it was told before
    ignored.kind = result.kind;
    const auto last = last_good(folder_, ignored);
    if (last) result.info = last->info();
    const FeedVerdict verdict = check(table, last);
    if (verdict.word == FeedVerdict::Word::refused) throw Error(Blame::input, verdict.reason);
    if (verdict.word == FeedVerdict::Word::older) {
      result.warnings.push_back(shown(place) + ": " + verdict.reason);
      result.state = State::kept;
      return true;
    }
    result.state = last && is_same(*last, table) ? State::unchanged : State::taken;
    take(table, result);
    return true;
  } catch (const Error& error) {
    if (error.blame() == Blame::usage) throw;
    const std::string what = error.what();
    const std::string name = shown(place);
    result.errors.push_back(what.starts_with(name) ? what : error.in(name).what());
    result.exit = cli::worst(result.exit, is_url(place) ? cli::Exit::remote : cli::Exit::input);
    return false;
  }
}

FeedTable Refresh::load(FeedKind kind, const std::string& place) {
  FeedTable table;
  if (is_url(place)) {
    const std::string label = "feed " + std::string(to_text(kind));
    table = parse_feed(
        kind, fetch_public_file(*net_.transport, *net_.clock, place, label, {3, net_.deadline}));
  } else {
    table = read_feed(kind, place);
  }
  table.info.fetched_at = now_;
  table.info.source = shown(place);
  return table;
}

FeedVerdict Refresh::check(const FeedTable& fresh, const std::optional<FeedFile>& last) const {
  FeedVerdict verdict = check_feed(fresh.info, last ? &last->info() : nullptr, now_, small_);
  if (verdict.word != FeedVerdict::Word::take || !last || small_ == SmallFeeds::accept) {
    return verdict;
  }
  std::string lost =
      lost_cells(fresh.info.kind, filled_cells(fresh.rows), filled_cells(last->rows()));
  if (!lost.empty()) verdict = {FeedVerdict::Word::refused, std::move(lost)};
  return verdict;
}

void Refresh::take(const FeedTable& table, Refreshed& result) {
  if (keep_ == Keep::write) {
    write_file(std::filesystem::path(folder_) / feed_file_name(result.kind), to_feed_file(table));
  }
  result.not_written = keep_ == Keep::look;
  result.info = table.info;
}

}  // namespace patchbot
