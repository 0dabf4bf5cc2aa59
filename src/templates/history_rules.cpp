// SPDX-License-Identifier: Apache-2.0
#include "templates/history_rules.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <tuple>

#include "templates/ami_id.hpp"
#include "templates/list_items.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

constexpr const char* production = "production";
constexpr const char* staging = "staging";

std::string in_hours(std::chrono::seconds time) {
  const auto hours = std::chrono::floor<std::chrono::hours>(time).count();
  return std::to_string(hours) + (hours == 1 ? " hour" : " hours");
}

// Every place of a template where exactly that text stands.
void find_places(const TemplateNode& node,
                 const std::string& path,
                 const std::string& text,
                 std::vector<std::string>& places) {
  if (node.is_scalar() && node.text == text) places.push_back(path);
  const auto paths = item_paths(node.items, path);
  for (std::size_t i = 0; i < paths.size(); ++i) find_places(node.items[i], paths[i], text, places);
  for (const TemplateNode::Member& member : node.members) {
    find_places(member.value, below(path, member.key), text, places);
  }
}

class Judge {
 public:
  Judge(BranchHistory& history, const Scopes& scopes, unsigned soak_hours, Time now)
      : history_(history), scopes_(scopes), soak_(std::chrono::hours(soak_hours)), now_(now) {}

  void judge(ReviewedFile& file, const AmiChange& one) {
    if (!is_ami_id(one.change.to)) return;
    const std::vector<std::string> now = history_.files_with(one.change.to);
    const std::set<std::string> holders(now.begin(), now.end());
    downgrade(file, one, holders);
    if (one.environment == production) staging_first(file, one, holders);
  }

 private:
  // What the file holds elsewhere already is no step back.
  void downgrade(ReviewedFile& file, const AmiChange& one, const std::set<std::string>& holders) {
    const BranchHistory::Changes& changes = history_.changes_of(one.change.to);
    const auto past = changes.find(file.name);
    if (holders.contains(file.name) || past == changes.end() || past->second.empty()) return;
    hit(file,
        one,
        "downgrade",
        one.change.to + " was here before, and was replaced on " +
            to_rfc3339(past->second.front()).substr(0, 10) +
            ": servers would lose what was patched since");
  }

  // For how long staging has it, or had it, at the most.
  void staging_first(ReviewedFile& file,
                     const AmiChange& one,
                     const std::set<std::string>& holders) {
    const std::string& id = one.change.to;
    const std::string& service = file.scope.service;
    std::optional<std::chrono::seconds> longest;
    for (const auto& [path, times] : history_.changes_of(id)) {
      if (times.empty()) continue;
      const bool holds = holders.contains(path);
      if (!(holds ? is_in_staging(path, id, service) : was_in_staging(path, service))) continue;
      const Time until = holds ? now_ : times.front();
      const Time since = holds || times.size() == 1 ? times.front() : times[1];
      longest = std::max(longest.value_or(std::chrono::seconds(0)), until - since);
    }
    if (longest) return soaked(file, one, *longest);
    if (!has_staging(file)) return;
    hit(file,
        one,
        "staging-first",
        id + " goes to production, and no template of staging on the target branch has it: bump "
             "staging first");
  }

  void soaked(ReviewedFile& file, const AmiChange& one, std::chrono::seconds time) {
    if (time >= soak_) return;
    hit(file,
        one,
        "staging-first",
        one.change.to + " has been in staging for " + in_hours(time) +
            "; production may have it after " + in_hours(soak_));
  }

  // A repository without staging keeps it elsewhere: then nothing can be said.
  bool has_staging(const ReviewedFile& file) {
    const TemplateNode* const before = history_.read(file.name);
    if (before != nullptr && names_staging(*before)) return true;
    const std::vector<std::string> paths = history_.template_paths();
    return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
      return was_in_staging(path, file.scope.service);
    });
  }

  // A map with a key for each environment.
  bool names_staging(const TemplateNode& root) const {
    const TemplateNode* const maps = root.find("Mappings");
    return maps != nullptr && has_key_of_staging(*maps);
  }

  bool has_key_of_staging(const TemplateNode& node) const {
    return std::any_of(node.members.begin(), node.members.end(), [&](const auto& member) {
      return scopes_.environment_of({}, member.key) == staging || has_key_of_staging(member.value);
    });
  }

  static bool may_be_one(const std::string& service, const std::string& other) {
    return service.empty() || other.empty() || service == other;
  }

  // By the file alone: where in it the id stood, nobody knows any more.
  bool was_in_staging(const std::string& path, const std::string& service) const {
    const TemplateScope scope = scopes_.of(path);
    return scope.environment == staging && may_be_one(service, scope.service);
  }

  bool is_in_staging(const std::string& path, const std::string& id, const std::string& service) {
    const TemplateNode* const root = history_.read(path);
    const TemplateScope scope = scopes_.of(path);
    if (root == nullptr || !may_be_one(service, scope.service)) return false;
    std::vector<std::string> places;
    find_places(*root, "", id, places);
    return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
      return scopes_.environment_of(scope, place) == staging;
    });
  }

  void hit(ReviewedFile& file, const AmiChange& one, std::string_view rule, std::string message) {
    if (!said_.emplace(file.name, std::string(rule), one.change.to).second) return;
    file.hits.push_back({rule, GateLevel::fail, std::move(message), one.change.place});
  }

  BranchHistory& history_;
  const Scopes& scopes_;
  std::chrono::seconds soak_;
  Time now_;
  std::set<std::tuple<std::string, std::string, std::string>> said_;
};

}  // namespace

void add_history_rules(PullRequest& request,
                       BranchHistory& history,
                       const Scopes& scopes,
                       unsigned soak_hours,
                       Time now) {
  Judge judge(history, scopes, soak_hours, now);
  for (ReviewedFile& file : request.files) {
    for (const AmiChange& one : file.review.ami_changes) judge.judge(file, one);
  }
}

}  // namespace patchbot
