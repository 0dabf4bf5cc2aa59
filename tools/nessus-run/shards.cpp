// SPDX-License-Identifier: Apache-2.0
#include "shards.hpp"

#include <algorithm>
#include <iterator>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {
Shard parse_shard(const std::string& text) {
  const auto words = split(text, '/');
  if (words.size() == 2) {
    const auto number = parse_integer(words[0]);
    const auto of = parse_integer(words[1]);
    if (number && of && *number >= 1 && *number <= *of && *of <= static_cast<long>(most_shards)) {
      return {static_cast<std::size_t>(*number), static_cast<std::size_t>(*of), {}, 0, true};
    }
  }
  throw Error(Blame::usage,
              "--shard: '" + clean_line(text) + "' must be N/M, such as 2/5: the second of five");
}

std::vector<std::string> take_shard(Shard& shard, const std::vector<std::string>& targets) {
  std::vector<std::string> taken;
  std::copy_if(
      targets.begin(), targets.end(), std::back_inserter(taken), [&](const std::string& target) {
        return Hasher().add(target).digest().low % shard.of == shard.number - 1;
      });
  shard.list = digest_of(targets);
  shard.targets = taken.size();
  return taken;
}

std::vector<std::vector<std::string>> in_parts(const std::vector<std::string>& targets,
                                               std::size_t most) {
  if (most == 0 || targets.size() <= most) return {targets};
  std::vector<std::vector<std::string>> parts;
  for (std::size_t begin = 0; begin < targets.size(); begin += most) {
    const auto first = targets.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto count = std::min(most, targets.size() - begin);
    parts.emplace_back(first, first + static_cast<std::ptrdiff_t>(count));
  }
  return parts;
}

std::string digest_of(const std::vector<std::string>& targets) {
  std::vector<std::string> sorted = targets;
  std::sort(sorted.begin(), sorted.end());
  Hasher hasher;
  for (const std::string& target : sorted) hasher.add(target);
  return hasher.digest().hex();
}

}  // namespace patchbot
