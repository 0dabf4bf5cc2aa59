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

// Which of two is older, their first days in the repository tell; they may be of different kinds.
void tell_older(ReviewedFile& file,
                const AmiChange& one,
                const std::string& id,
                PastChoices& choices) {
  const std::optional<Time> came = choices.came(id);
  if (!came || one.leaving.empty()) return;
  std::optional<Time> other;
  for (const MovedAmi& ami : one.leaving) {
    const std::optional<Time> first = choices.came(ami.id);
    if (!first || *first <= *came) return;
    if (!other || *first < *other) other = first;
  }
  file.hits.push_back({"downgrade",
                       GateLevel::warn,
                       id + " came to the repository on " + to_rfc3339(*came).substr(0, 10) +
                           ", before " + one.leaving.front().id + " of " +
                           to_rfc3339(*other).substr(0, 10) +
                           ", which it replaces: servers may lose what was patched since",
                       one.change.place});
}

void tell_unchecked(PullRequest& request) {
  const std::string line =
      "downgrade: more values choose among AMIs than are followed into the past; of the rest only "
      "the first days of their AMIs are compared";
  auto& all = request.unchecked;
  if (std::find(all.begin(), all.end(), line) == all.end()) all.push_back(line);
}

}  // namespace

void add_downgrades(PullRequest& request, BranchHistory& history) {
  constexpr std::size_t most = 200;  // each AMI costs questions to git
  std::set<std::string> asked;
  PastChoices choices(history);
  for (ReviewedFile& file : request.files) {
    std::set<std::string> told;
    for (const AmiChange& one : file.review.ami_changes) {
      for (const MovedAmi& ami : one.arriving) {
        if (!told.insert(ami.id).second) continue;
        if (asked.insert(ami.id).second && asked.size() > most) {
          file.hits.push_back({"downgrade",
                               GateLevel::warn,
                               "more than 200 AMIs change: the rest is not judged",
                               one.change.place});
          return;
        }
        std::optional<Time> when = lost(file.path, ami.id, one.change.path, history);
        const bool is_choice = one.kind == AmiChange::Kind::form;
        if (!when && is_choice) when = choices.lost(file, one, ami.id);
        if (choices.has_given_up()) tell_unchecked(request);
        if (!when && is_choice) tell_older(file, one, ami.id, choices);
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
