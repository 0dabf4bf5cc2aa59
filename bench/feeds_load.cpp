// SPDX-License-Identifier: Apache-2.0
// What the feeds cost a tool: feeds-load FOLDER makes feeds of full size there (invented scores),
// or takes those that vuln-feeds has kept, and times opening them and looking up. Exit status 1:
// more than 150 ms.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "formats/feeds/cached_feeds.hpp"
#include "rules/enrichment.hpp"

namespace {

using namespace patchbot;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int epss_rows = 370'169;  // in August 2026
constexpr int kev_rows = 1'673;
constexpr int first_year = 1999;
constexpr int years = 28;
constexpr int rounds = 21;
constexpr double allowed = 150;

std::string id_of(int row) {
  return "CVE-" + std::to_string(first_year + row % years) + "-" +
         std::to_string(1000 + row / years);
}

void make_feeds(const std::string& folder) {
  EpssFeed epss;
  epss.info.kind = FeedKind::epss;
  epss.info.version = "invented";
  KevFeed kev;
  for (int row = 0; row < epss_rows; ++row) {
    epss.entries.push_back({id_of(row), {row % 100'000 / 1e5, row / 370'170.0}});
  }
  for (int row = 0; row < kev_rows; ++row) {
    kev.entries.push_back({id_of(row * 221), {parse_date("2026-11-20"), {}, {}}});
  }
  std::filesystem::create_directories(folder);
  write_file(folder + "/epss.tsv", to_feed_file(to_table(std::move(epss))));
  write_file(folder + "/kev.tsv", to_feed_file(to_table(std::move(kev))));
}

template <class Work>
double median_of(const Work& work) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    work();
    times.push_back(Milliseconds(std::chrono::steady_clock::now() - start).count());
  }
  std::nth_element(times.begin(), times.begin() + rounds / 2, times.end());
  return times[rounds / 2];
}

int measure(const std::string& folder) {
  const double open = median_of([&] {
    CachedFeeds feeds;
    read_cached_feeds(folder, feeds);
    if (!feeds.info(FeedKind::kev) || !feeds.info(FeedKind::epss)) std::puts("a feed is missing");
  });
  CachedFeeds feeds;
  read_cached_feeds(folder, feeds);
  constexpr int findings = 100'000;
  std::size_t known = 0;
  const double enriching = median_of([&] {
    for (int row = 0; row < findings; ++row) {
      Finding finding;
      finding.vuln_ids = {id_of(row * 3)};
      enrich(finding, feeds);
      known += finding.epss ? 1 : 0;
    }
  });
  std::printf("open KEV (%llu) and EPSS (%llu): %.1f ms, allowed are %.0f ms\n",
              static_cast<unsigned long long>(feeds.info(FeedKind::kev)->entries),
              static_cast<unsigned long long>(feeds.info(FeedKind::epss)->entries),
              open,
              allowed);
  std::printf("look up a finding: %.2f us (%zu of %d known)\n",
              enriching * 1000 / findings,
              known / rounds,
              findings);
  return open > allowed ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: feeds-load FOLDER\n";
    return 2;
  }
  try {
    if (!std::filesystem::exists(argv[1])) make_feeds(argv[1]);
    return measure(argv[1]);
  } catch (const Error& error) {
    std::cerr << error.what() << '\n';
    return 3;
  }
}
