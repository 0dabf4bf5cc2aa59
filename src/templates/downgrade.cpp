// SPDX-License-Identifier: Apache-2.0
#include "templates/downgrade.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "templates/list_items.hpp"
#include "templates/past_choices.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

// The item that item_paths calls "[Name]" or "[0]".
const TemplateNode* item_at(const TemplateNode& list, const std::string& step) {
  const std::vector<std::string> paths = item_paths(list.items, "");
  const auto found = std::find(paths.begin(), paths.end(), step);
  return found == paths.end() ? nullptr
                              : &list.items[static_cast<std::size_t>(found - paths.begin())];
}

// The value at a path such as "Resources/Web/Properties/Tags[Name]/Value"; null if there is none.
const TemplateNode* value_at(const TemplateNode* node, std::string_view path) {
  for (const std::string_view step : split(path, '/')) {
    const std::string_view name = step.substr(0, step.find('['));
    if (node != nullptr && !name.empty()) node = node->find(name);
    if (node != nullptr && name.size() < step.size()) {
      node = item_at(*node, std::string(step.substr(name.size())));
    }
    if (node == nullptr) return nullptr;
  }
  return node;
}

// When the file lost the id; nothing if it never had it. What it holds elsewhere already is no step
// back but for the place that had it; a comment is nothing that it holds. A file that went as a
// whole, and is still gone, gives nothing newer up when it comes back.
std::optional<Time> lost(const std::string& file,
                         const std::string& id,
                         const std::string& place,
                         BranchHistory& history) {
  using When = BranchHistory::When;
  const TemplateNode* const now = history.read(file);
  const bool is_elsewhere = now != nullptr && holds(*now, id);
  const TemplateNode* const here = is_elsewhere ? value_at(now, place) : nullptr;
  if (is_elsewhere && (here == nullptr || holds(*here, id))) return std::nullopt;
  const BranchHistory::Changes& changes = history.changes_of(id);
  const auto past = changes.find(file);
  if (past == changes.end()) return std::nullopt;
  constexpr std::size_t most = 100;  // a question about each costs reading it
  const std::size_t count = std::min(past->second.size(), most);
  for (std::size_t i = 0; i < count; ++i) {
    const BranchHistory::Moment& moment = past->second[i];
    const TemplateNode* before = history.read_at(file, moment.version, When::before);
    if (is_elsewhere) before = value_at(before, place);
    if (before == nullptr || !holds(*before, id)) continue;
    const bool went_as_whole = history.read_at(file, moment.version, When::after) == nullptr;
    return went_as_whole && now == nullptr ? std::nullopt : std::optional(moment.time);
  }
  return std::nullopt;
}

std::string day_of(Time time) { return to_rfc3339(time).substr(0, 10); }

class Judge {
 public:
  Judge(PullRequest& request, BranchHistory& history)
      : request_(request), history_(history), choices_(history) {}

  // False where there is too much to judge.
  bool judge(ReviewedFile& file) {
    std::set<std::string> told;
    for (const AmiChange& one : file.review.ami_changes) {
      for (const MovedAmi& ami : one.arriving) {
        if (!told.insert(key_of(one, ami)).second) continue;
        if (is_too_many(ami)) {
          warn(file, one, "more than 200 AMIs change: the rest is not judged");
          return false;
        }
        judge(file, one, ami.id);
      }
    }
    return true;
  }

 private:
  // Each deployment has a past of its own.
  static std::string key_of(const AmiChange& one, const MovedAmi& ami) {
    return ami.id + '\0' + one.deployment.file + '\0' + one.deployment.place;
  }

  bool is_too_many(const MovedAmi& ami) {
    constexpr std::size_t most = 200;  // each AMI costs questions to git
    return asked_.insert(ami.id).second && asked_.size() > most;
  }

  void judge(ReviewedFile& file, const AmiChange& one, const std::string& id) {
    std::optional<Time> when = lost(file.path, id, one.change.path, history_);
    const bool is_choice = one.kind == AmiChange::Kind::form;
    if (!when && is_choice) when = choices_.lost(file, one, id);
    if (choices_.has_given_up()) tell_unchecked();
    if (when && !is_step_forward(one, id)) {
      file.hits.push_back({"downgrade",
                           GateLevel::fail,
                           id + " was here before, and was replaced on " + day_of(*when) +
                               ": servers would lose what was patched since",
                           one.change.place});
    } else if (is_choice && !when) {
      tell_older(file, one, id);
    }
  }

  // What was taken back is tried again: all that it replaces was there before it first came.
  bool is_step_forward(const AmiChange& one, const std::string& id) {
    const std::optional<Time> came = choices_.came(id);
    if (!came || one.leaving.empty()) return false;
    return std::all_of(one.leaving.begin(), one.leaving.end(), [&](const MovedAmi& ami) {
      const std::optional<Time> first = choices_.came(ami.id);
      return first && *first < *came;
    });
  }

  // Which of two is older, their first days in the repository tell; they may be of different kinds.
  void tell_older(ReviewedFile& file, const AmiChange& one, const std::string& id) {
    const std::optional<Time> came = choices_.came(id);
    if (!came || one.leaving.empty()) return;
    std::optional<Time> other;
    for (const MovedAmi& ami : one.leaving) {
      const std::optional<Time> first = choices_.came(ami.id);
      if (!first || *first <= *came) return;
      if (!other) other = first;
    }
    warn(file,
         one,
         id + " came to the repository on " + day_of(*came) + ", before " + one.leaving.front().id +
             " of " + day_of(*other) +
             ", which it replaces: servers may lose what was patched since");
  }

  void tell_unchecked() {
    const std::string line =
        "downgrade: more values choose among AMIs than are followed into the past; of the rest "
        "only the first days of their AMIs are compared";
    patchbot::tell_unchecked(request_, line);
  }

  static void warn(ReviewedFile& file, const AmiChange& one, std::string message) {
    file.hits.push_back({"downgrade", GateLevel::warn, std::move(message), one.change.place});
  }

  PullRequest& request_;
  BranchHistory& history_;
  PastChoices choices_;
  std::set<std::string> asked_;
};

}  // namespace

void add_downgrades(PullRequest& request, BranchHistory& history) {
  Judge judge(request, history);
  for (ReviewedFile& file : request.files) {
    if (!judge.judge(file)) return;
  }
}

}  // namespace patchbot
