// SPDX-License-Identifier: Apache-2.0
#include "templates/downgrade.hpp"

#include <algorithm>
#include <set>

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
  return past->second.front().time;
}

}  // namespace

void add_downgrades(PullRequest& request, BranchHistory& history) {
  constexpr std::size_t most = 200;  // each AMI costs questions to git
  std::set<std::string> asked;
  for (ReviewedFile& file : request.files) {
    std::set<std::string> told;
    for (const AmiChange& one : file.review.ami_changes) {
      for (const MovedAmi& ami : one.arriving) {
        if (!told.insert(ami.id).second) continue;
        if (asked.insert(ami.id).second && asked.size() > most) {
          request.unchecked.emplace_back("downgrade: more than 200 AMIs change: the rest of them");
          return;
        }
        const std::optional<Time> when = lost(file.path, ami.id, history);
        if (!when) continue;
        file.hits.push_back({"downgrade",
                             GateLevel::fail,
                             ami.id + " was here before, and was replaced on " +
                                 to_rfc3339(*when).substr(0, 10) +
                                 ": servers would lose what was patched since",
                             one.change.place});
      }
    }
  }
}

}  // namespace patchbot
