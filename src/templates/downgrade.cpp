// SPDX-License-Identifier: Apache-2.0
#include "templates/downgrade.hpp"

#include <algorithm>
#include <set>

#include "templates/ami_id.hpp"

namespace patchbot {
namespace {

// When the file lost the id; nothing if it never had it. What it holds elsewhere already is no step
// back.
std::optional<Time> lost(const std::string& file, const std::string& id, BranchHistory& history) {
  const std::vector<std::string> holders = history.files_with(id);
  if (std::find(holders.begin(), holders.end(), file) != holders.end()) return std::nullopt;
  const BranchHistory::Changes& changes = history.changes_of(id);
  const auto past = changes.find(file);
  if (past == changes.end() || past->second.empty()) return std::nullopt;
  return past->second.front();
}

}  // namespace

void add_downgrades(PullRequest& request, BranchHistory& history) {
  for (ReviewedFile& file : request.files) {
    std::set<std::string> told;
    for (const AmiChange& one : file.review.ami_changes) {
      const std::string& id = one.change.to;
      if (!is_ami_id(id) || told.contains(id)) continue;
      const std::optional<Time> when = lost(file.name, id, history);
      if (!when) continue;
      told.insert(id);
      file.hits.push_back({"downgrade",
                           GateLevel::fail,
                           id + " was here before, and was replaced on " +
                               to_rfc3339(*when).substr(0, 10) +
                               ": servers would lose what was patched since",
                           one.change.place});
    }
  }
}

}  // namespace patchbot
