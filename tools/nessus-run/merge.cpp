// SPDX-License-Identifier: Apache-2.0
#include "merge.hpp"

#include <algorithm>
#include <map>

#include "base/atomic_file.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/nessus_merge.hpp"
#include "formats/shard_mark.hpp"

namespace patchbot {
namespace {

// Longer than a scan takes, shorter than the weeks between two.
constexpr std::chrono::hours longest_apart(48);

/// The files by the number of the shard that each is.
class ShardSet {
 public:
  void add(const std::string& file) {
    const Shard shard = read_shard(file);
    const std::string which = clean_line(file) + ": is shard " + std::to_string(shard.number) +
                              " of " + std::to_string(shard.of);
    if (!shards_.empty() && shard.of != of()) {
      throw Error(Blame::input,
                  which + ", but " + first_file() + " is one of " + std::to_string(of()));
    }
    const auto [place, is_new] = shards_.insert({shard.number, {shard, file}});
    if (!is_new) throw Error(Blame::input, which + ", and so is " + clean_line(place->second.file));
  }

  std::vector<std::string> files() const {
    std::vector<std::string> files;
    for (const auto& [number, one] : shards_) files.push_back(one.file);
    return files;
  }
  std::size_t of() const { return shards_.begin()->second.shard.of; }
  std::size_t size() const { return shards_.size(); }

  Time newest() const {
    Time newest{};
    for (const auto& [number, one] : shards_) newest = std::max(newest, one.shard.at);
    return newest;
  }

  std::size_t targets() const {
    std::size_t targets = 0;
    for (const auto& [number, one] : shards_) targets += one.shard.targets;
    return targets;
  }

  /// What a report of these lacks, a line each.
  std::vector<std::string> gaps() const {
    std::vector<std::string> gaps;
    if (const std::string missing = missing_numbers(); !missing.empty()) gaps.push_back(missing);
    const Time latest = newest();
    for (const auto& [number, one] : shards_) {
      const std::string which = clean_line(one.file) + ": shard " + std::to_string(number);
      if (!one.shard.is_complete) gaps.push_back(which + " was cut short: it lacks hosts");
      if (latest - one.shard.at > longest_apart) {
        gaps.push_back(which + " is of " + to_rfc3339(one.shard.at) +
                       ", long before the newest one: is it of an earlier run?");
      }
      if (one.shard.list != shards_.begin()->second.shard.list) {
        gaps.push_back(which + " is of another list of targets than " + first_file() +
                       ": some may be in none");
      }
    }
    return gaps;
  }

 private:
  struct Member {
    Shard shard;
    std::string file;
  };

  std::string first_file() const { return clean_line(shards_.begin()->second.file); }

  std::string missing_numbers() const {
    constexpr std::size_t most_told = 20;
    std::string numbers;
    std::size_t missing = 0;
    for (std::size_t number = 1; number <= of(); ++number) {
      if (shards_.contains(number)) continue;
      if (++missing <= most_told) numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
    }
    if (missing == 0) return {};
    return counted(missing, "shard is", "shards are") + " missing of " + std::to_string(of()) +
           ": " + numbers + (missing > most_told ? ", ..." : "");
  }

  std::map<std::size_t, Member> shards_;
};

}  // namespace

cli::Exit merge_shards(const std::vector<std::string>& files,
                       const std::string& output,
                       const Shard* whole,
                       Log& log) {
  ShardSet set;
  for (const std::string& file : files) set.add(file);
  const std::vector<std::string> gaps = set.gaps();
  AtomicFile out(output);
  merge_reports(set.files(), [&](std::string_view bytes) { out.write(bytes); });
  if (whole != nullptr) {
    Shard mark = *whole;
    mark.is_complete = gaps.empty();
    mark.at = set.newest();
    out.write(to_shard_mark(mark));
  }
  out.commit();
  log.info(clean_line(output) + ": " + std::to_string(set.size()) + " of " +
           counted(set.of(), "shard", "shards") + ", " +
           counted(set.targets(), "target", "targets"));
  for (const std::string& gap : gaps) log.error(gap);
  return gaps.empty() ? cli::Exit::clean : cli::Exit::input;
}

}  // namespace patchbot
