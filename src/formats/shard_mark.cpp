// SPDX-License-Identifier: Apache-2.0
#include "formats/shard_mark.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

namespace patchbot {
namespace {

constexpr std::string_view opening = "<!-- patchbot.shard/1 ";
constexpr std::string_view closing = " -->";

std::optional<std::size_t> count_in(std::string_view text) {
  const auto number = parse_integer(text);
  if (!number || *number < 0) return std::nullopt;
  return static_cast<std::size_t>(*number);
}

}  // namespace

std::string to_shard_mark(const Shard& shard) {
  return std::string(opening) + std::to_string(shard.number) + " of " + std::to_string(shard.of) +
         " list " + shard.list + " targets " + std::to_string(shard.targets) + " " +
         (shard.is_complete ? "complete" : "partial") + " at " + to_rfc3339(shard.at) +
         std::string(closing) + "\n";
}

std::optional<Shard> find_shard_mark(std::string_view end) {
  const auto begin = end.rfind(opening);
  if (begin == std::string_view::npos) return std::nullopt;
  end.remove_prefix(begin + opening.size());
  const auto words = split(end.substr(0, end.find(closing)), ' ');
  if (words.size() != 10) return std::nullopt;
  const auto number = count_in(words[0]);
  const auto of = count_in(words[2]);
  const auto targets = count_in(words[6]);
  const auto at = parse_rfc3339(words[9]);
  const bool is_sound = number && of && targets && *number >= 1 && *number <= *of &&
                        *of <= most_shards && at && parse_digest(words[4]) &&
                        (words[7] == "complete" || words[7] == "partial");
  if (!is_sound) return std::nullopt;
  return Shard{*number, *of, std::string(words[4]), *targets, words[7] == "complete", *at};
}

}  // namespace patchbot
