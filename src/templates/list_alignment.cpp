// SPDX-License-Identifier: Apache-2.0
#include "templates/list_alignment.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <unordered_map>

#include "templates/list_items.hpp"

namespace patchbot {
namespace {

using Items = TemplateItems;

// Above this many pairs the common part is not looked for: a template is never that long.
constexpr std::size_t most_pairs = 4'000'000;

void mix(std::size_t& hash, std::size_t part) { hash = (hash ^ part) * 0x9E3779B97F4A7C15U; }

// Equal for equal values, whatever the order of their keys.
std::size_t fingerprint(const TemplateNode& node) {
  const std::hash<std::string> hash;
  std::size_t whole = static_cast<std::size_t>(node.kind) + 1;
  mix(whole, hash(node.text));
  for (const TemplateNode& item : node.items) mix(whole, fingerprint(item));
  std::size_t members = 0;
  for (const TemplateNode::Member& member : node.members) {
    std::size_t one = hash(member.key);
    mix(one, fingerprint(member.value));
    members += one;
  }
  mix(whole, members);
  return whole;
}

std::vector<std::size_t> fingerprints(const Items& items) {
  std::vector<std::size_t> all;
  for (const TemplateNode& item : items) all.push_back(fingerprint(item));
  return all;
}

/// Steps through two lists along their longest common part.
class Alignment {
 public:
  Alignment(const Items& base, const Items& head)
      : base_(fingerprints(base)), head_(fingerprints(head)) {}

  std::vector<AlignedItems> find() {
    while (first_ < std::min(base_.size(), head_.size()) && base_[first_] == head_[first_])
      ++first_;
    for (std::size_t i = 0; i < first_; ++i) pair(i, i);
    std::size_t end = 0;
    const std::size_t left = std::min(base_.size(), head_.size()) - first_;
    while (end < left && base_[base_.size() - 1 - end] == head_[head_.size() - 1 - end]) ++end;
    between(base_.size() - end, head_.size() - end);
    for (std::size_t i = end; i > 0; --i) pair(base_.size() - i, head_.size() - i);
    return std::move(pairs_);
  }

 private:
  void pair(std::size_t base, std::size_t head) { pairs_.push_back({base, head}); }

  // What is no part of the common ones is paired in order; the longer side's rest came or went.
  void gap(std::size_t base, std::size_t base_end, std::size_t head, std::size_t head_end) {
    for (; base < base_end && head < head_end; ++base, ++head) pair(base, head);
    for (; base < base_end; ++base) pairs_.push_back({base, {}});
    for (; head < head_end; ++head) pairs_.push_back({{}, head});
  }

  void between(std::size_t base_end, std::size_t head_end) {
    const std::size_t rows = base_end - first_;
    const std::size_t columns = head_end - first_;
    if (rows == 0 || columns == 0 || rows > most_pairs / columns) {
      return gap(first_, base_end, first_, head_end);
    }
    const std::vector<std::uint32_t> lengths = common_lengths(rows, columns);
    const auto length = [&](std::size_t i, std::size_t j) {
      return lengths[i * (columns + 1) + j];
    };
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t gap_i = 0;
    std::size_t gap_j = 0;
    while (i < rows && j < columns) {
      if (base_[first_ + i] == head_[first_ + j]) {
        gap(first_ + gap_i, first_ + i, first_ + gap_j, first_ + j);
        pair(first_ + i, first_ + j);
        gap_i = ++i;
        gap_j = ++j;
      } else if (length(i + 1, j) >= length(i, j + 1)) {
        ++i;
      } else {
        ++j;
      }
    }
    gap(first_ + gap_i, base_end, first_ + gap_j, head_end);
  }

  // Of the rest behind each pair of places, the length of the longest common part.
  std::vector<std::uint32_t> common_lengths(std::size_t rows, std::size_t columns) const {
    std::vector<std::uint32_t> lengths((rows + 1) * (columns + 1), 0);
    for (std::size_t i = rows; i-- > 0;) {
      for (std::size_t j = columns; j-- > 0;) {
        const auto at = [&](std::size_t a, std::size_t b) {
          return lengths[a * (columns + 1) + b];
        };
        lengths[i * (columns + 1) + j] = base_[first_ + i] == head_[first_ + j]
                                             ? at(i + 1, j + 1) + 1
                                             : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
    return lengths;
  }

  std::vector<std::size_t> base_;
  std::vector<std::size_t> head_;
  std::size_t first_ = 0;  ///< how many are the same at the beginning
  std::vector<AlignedItems> pairs_;
};

using Index = std::unordered_map<std::string, std::size_t>;

std::vector<AlignedItems> align_by_identity(const Items& base,
                                            const Items& head,
                                            const Index& of_base,
                                            const Index& of_head) {
  std::vector<AlignedItems> pairs;
  for (std::size_t i = 0; i < head.size(); ++i) {
    const auto known = of_base.find(identity_of(head[i]));
    pairs.push_back({{}, i});
    if (known != of_base.end()) pairs.back().base = known->second;
  }
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (!of_head.contains(identity_of(base[i]))) pairs.push_back({i, {}});
  }
  return pairs;
}

}  // namespace

std::vector<AlignedItems> align(const Items& base, const Items& head) {
  const auto of_base = index_of(base);
  const auto of_head = index_of(head);
  const bool identified = of_base.size() == base.size() && of_head.size() == head.size();
  if (identified) return align_by_identity(base, head, of_base, of_head);
  return Alignment(base, head).find();
}

}  // namespace patchbot
