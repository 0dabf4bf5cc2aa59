// SPDX-License-Identifier: Apache-2.0
#include "templates/region_rule.hpp"

#include <algorithm>
#include <map>

#include "base/utf8.hpp"

namespace patchbot {
namespace {

struct First {
  std::string region;
  std::string file;
};

bool is_told(const ReviewedFile& file, const std::string& id) {
  return std::any_of(file.hits.begin(), file.hits.end(), [&](const RuleHit& hit) {
    return hit.id == "one-ami-in-two-regions" && hit.message.starts_with(id);
  });
}

}  // namespace

void add_region_rule(PullRequest& request) {
  std::map<std::string, First> first;
  for (ReviewedFile& file : request.files) {
    for (const AmiChange& one : file.review.ami_changes) {
      for (const std::string& id : ami_ids(one.change.to)) {
        if (one.region.empty()) continue;
        const First& known = first.try_emplace(id, First{one.region, file.name}).first->second;
        if (known.region == one.region || known.file == file.name || is_told(file, id)) continue;
        file.hits.push_back({"one-ami-in-two-regions",
                             GateLevel::fail,
                             id + " is for " + one.region + " here and for " + known.region +
                                 " in " + clean_line(known.file) + ", and exists in one only",
                             one.change.place});
      }
    }
  }
}

}  // namespace patchbot
