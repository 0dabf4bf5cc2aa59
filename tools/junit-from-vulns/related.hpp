// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/finding.hpp"

namespace patchbot {

/// Links findings of different scanners about one vulnerability on one asset. Nothing is merged:
/// both findings stay and name each other. Memory grows with the ids of vulnerabilities, not with
/// what findings say.
class RelatedFindings {
 public:
  static constexpr std::size_t max_links = 20;  ///< of one finding

  void add(const Finding& finding);

  /// Works the links out; call it once, when all findings have been added.
  void link();

  /// Whether any finding has links.
  bool empty() const { return links_.empty(); }

  /// The findings that name the same vulnerability, in the order of their ids; empty if none does.
  const std::vector<Digest>& of(const Digest& finding) const;

 private:
  struct Mention {
    std::uint64_t vulnerability;  ///< on an asset
    Digest finding;
    std::uint16_t source;
  };

  void link_group(const Mention* begin, const Mention* end);
  std::uint16_t source_index(const std::string& source);

  std::vector<std::string> sources_;
  std::vector<Mention> mentions_;
  std::unordered_map<Digest, std::vector<Digest>> links_;
};

}  // namespace patchbot
