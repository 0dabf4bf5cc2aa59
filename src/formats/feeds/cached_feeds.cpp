// SPDX-License-Identifier: Apache-2.0
#include "formats/feeds/cached_feeds.hpp"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <vector>

#include "base/error.hpp"
#include "base/parse_file.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_bytes = std::size_t{256} * 1024 * 1024;

}  // namespace

void CachedFeeds::add(FeedFile file) {
  const auto kind = static_cast<std::size_t>(file.info().kind);
  files_[kind] = std::move(file);
}

const FeedInfo* CachedFeeds::info(FeedKind kind) const {
  const auto& file = files_[static_cast<std::size_t>(kind)];
  return file ? &file->info() : nullptr;
}

std::optional<std::string_view> CachedFeeds::find(FeedKind kind, std::string_view cve) const {
  const auto& file = files_[static_cast<std::size_t>(kind)];
  return file ? file->find(cve) : std::nullopt;
}

std::optional<Kev> CachedFeeds::kev(std::string_view cve) const {
  const auto cells = find(FeedKind::kev, cve);
  if (!cells) return {};
  const auto parts = split(*cells, '\t');
  Kev kev{parse_date(parts[0]), {}, {}};
  if (parts.size() > 1) kev.due = parse_date(parts[1]);
  if (parts.size() > 2 && parts[2] == "known") kev.ransomware = true;
  return kev;
}

std::optional<Epss> CachedFeeds::epss(std::string_view cve) const {
  const auto cells = find(FeedKind::epss, cve);
  if (!cells) return {};
  const auto parts = split(*cells, '\t');
  const auto score = parse_number(parts[0]);
  if (!score) return {};
  const FeedInfo& feed = *info(FeedKind::epss);
  Epss epss{*score, {}, feed.version, {}};
  if (parts.size() > 1) epss.percentile = parse_number(parts[1]);
  if (feed.published) epss.date = std::chrono::floor<std::chrono::days>(*feed.published);
  return epss;
}

std::optional<Ssvc> CachedFeeds::ssvc(std::string_view cve) const {
  const auto cells = find(FeedKind::ssvc, cve);
  if (!cells) return {};
  const auto parts = split(*cells, '\t');
  if (parts.size() != 3) return {};
  Ssvc ssvc{std::string(parts[0]), {}, std::string(parts[2])};
  if (!parts[1].empty()) ssvc.automatable = parts[1] == "yes";
  return ssvc;
}

std::optional<FeedFile> read_feed_file(const std::string& folder, FeedKind kind) {
  const fs::path path = fs::path(folder) / feed_file_name(kind);
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found) return {};
  if (error) throw Error(Blame::usage, clean_line(path.string()) + ": " + error.message());
  return parse_file(path.string(), max_bytes, [kind](std::string bytes) {
    return FeedFile(kind, std::move(bytes));
  });
}

void read_cached_feeds(const std::string& folder, CachedFeeds& feeds) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw Error(Blame::usage,
                clean_line(folder) + ": is no folder; vuln-feeds --cache makes and fills it");
  }
  for (const FeedKind kind : feed_kinds) {
    if (auto file = read_feed_file(folder, kind)) feeds.add(std::move(*file));
  }
}

}  // namespace patchbot
