// SPDX-License-Identifier: Apache-2.0
#include "templates/pr_rules.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"
#include "templates/ami_id.hpp"
#include "templates/list_items.hpp"
#include "templates/resources.hpp"
#include "templates/template_diff.hpp"

namespace patchbot {
namespace {

using Regions = std::set<std::string>;

std::string joined(const Regions& names) {
  std::string whole;
  for (const std::string& name : names) whole += (whole.empty() ? "" : ", ") + name;
  return whole;
}

/// A cell of a map that holds an AMI.
struct Cell {
  std::string map;
  std::string region;
  std::string path;
  std::string id;
};

void collect(const TemplateNode& node,
             const std::string& path,
             const std::string& map,
             const std::string& region,
             std::vector<Cell>& cells) {
  if (node.is_scalar() && is_ami_id(node.text)) cells.push_back({map, region, path, node.text});
  const auto paths = item_paths(node.items, path);
  for (std::size_t i = 0; i < paths.size(); ++i)
    collect(node.items[i], paths[i], map, region, cells);
  for (const TemplateNode::Member& member : node.members) {
    collect(member.value,
            below(path, member.key),
            map,
            is_region_name(member.key) ? member.key : region,
            cells);
  }
}

std::vector<Cell> cells_of(const TemplateNode& root) {
  std::vector<Cell> cells;
  const TemplateNode* const maps = root.find("Mappings");
  if (maps == nullptr) return cells;
  for (const TemplateNode::Member& map : maps->members) {
    collect(map.value, below("Mappings", map.key), map.key, "", cells);
  }
  return cells;
}

class Judge {
 public:
  Judge(const Template& head, const TemplateReview& review, const Environments& environments)
      : review_(review), environments_(environments), cells_(cells_of(head.root)) {
    for (const AmiChange& one : review.ami_changes) changed_.emplace(one.change.path, &one);
  }

  std::vector<RuleHit> hits;

  // What was so before is no fault of this change, but not one more of it. What is no template may
  // be written as its own readers like.
  void problems(const Template* base, const Template& head) {
    if (!is_template(head.root)) return;
    std::map<std::string, std::size_t> known;
    if (base != nullptr && has_same_rest(*base, head)) known = count_of(base->problems);
    for (const TemplateProblem& problem : head.problems) {
      using Kind = TemplateProblem::Kind;
      const bool is_key = problem.kind == Kind::duplicate_key;
      std::size_t& left = known[name_of(problem)];
      const bool is_known = left > 0;
      if (is_known) --left;
      hits.push_back({is_key ? "duplicate-key" : "unsupported-yaml",
                      is_known ? GateLevel::note : GateLevel::fail,
                      problem.message + (is_known ? " (as before)" : ""),
                      problem.place});
    }
  }

  // SAM does without what it does not know; what was meant does not happen.
  void settings(const Template* base, const Template& head) {
    std::map<std::string, std::size_t> known;
    if (base != nullptr) known = count_of(base->problems);
    for (const TemplateProblem& problem : head.problems) {
      if (problem.kind != TemplateProblem::Kind::sam_setting) continue;
      std::size_t& left = known[name_of(problem)];
      const bool is_known = left > 0;
      if (is_known) --left;
      hits.push_back({"malformed-template",
                      is_known ? GateLevel::note : GateLevel::warn,
                      problem.message + (is_known ? " (as before)" : ""),
                      problem.place});
    }
  }

  // An id belongs to one region. What was there before is told, and does not fail this change.
  void regions() {
    std::map<std::string, Regions> regions_of;
    for (const Cell& cell : cells_) {
      if (!cell.region.empty()) regions_of[cell.id].insert(cell.region);
    }
    for (const auto& [id, names] : regions_of) {
      if (names.size() < 2) continue;
      const AmiChange* const change = change_to(id);
      hits.push_back({"one-ami-in-two-regions",
                      change == nullptr ? GateLevel::note : GateLevel::fail,
                      id + " stands under " + counted(names.size(), "region", "regions") + " (" +
                          joined(names) + "), and exists in one only" +
                          (change == nullptr ? " (as before)" : ""),
                      change == nullptr ? Position() : change->change.place});
    }
  }

  // Ids have 17 digits since 2018, so a short one in the place of a long one is older.
  void ages() {
    constexpr std::size_t short_id = 12;
    const auto is_short = [](const MovedAmi& ami) { return ami.id.size() == short_id; };
    for (const AmiChange& one : review_.ami_changes) {
      const auto to = std::find_if(one.arriving.begin(), one.arriving.end(), is_short);
      const auto from = std::find_if_not(one.leaving.begin(), one.leaving.end(), is_short);
      if (to == one.arriving.end() || from == one.leaving.end()) continue;
      hits.push_back({"old-ami",
                      GateLevel::fail,
                      one.change.path + ": " + to->id + " was made before 2018, and replaces " +
                          from->id + ", which was not",
                      one.change.place});
    }
  }

  // Either all regions of a map get the new bake, or somebody forgot some. Environments follow one
  // after the other.
  void completeness() {
    std::map<std::pair<std::string, std::string>, std::pair<std::size_t, Regions>> by_map;
    for (const Cell& cell : cells_) {
      const std::string within = cell.path.substr(std::min(cell.path.size(), cell.map.size() + 10));
      auto& [bumped, left] = by_map[{cell.map, environments_.named_in(within)}];
      const auto change = changed_.find(cell.path);
      const bool added =
          change != changed_.end() && change->second->change.kind == TemplateChange::Kind::added;
      if (added) continue;  // a new region brings its first AMI
      if (change != changed_.end()) {
        ++bumped;
      } else {
        left.insert(cell.region.empty() ? cell.path : cell.region);
      }
    }
    for (const auto& [name, counts] : by_map) {
      const std::string& map = name.first;
      const auto& [bumped, left] = counts;
      if (bumped == 0 || left.empty()) continue;
      hits.push_back({"partial-bump",
                      GateLevel::warn,
                      "Mappings/" + map + ": " + counted(bumped, "AMI", "AMIs") +
                          " changed, and what is under " + joined(left) + " stays",
                      first_of(map)});
    }
  }

  // A file of its own for mappings is used from elsewhere.
  void uses() {
    if (review_.resources == 0) return;
    std::size_t unused = 0;
    const AmiChange* first = nullptr;
    for (const AmiChange& one : review_.ami_changes) {
      if (!one.uses.empty() || one.reached || one.change.to.empty()) continue;
      ++unused;
      if (first == nullptr) first = &one;
    }
    if (first == nullptr) return;
    hits.push_back({"unused-ami",
                    GateLevel::warn,
                    counted(unused, "changed AMI reaches", "changed AMIs reach") +
                        " nothing in the template: " + first->change.path +
                        (unused > 1 ? " and others" : ""),
                    first->change.place});
  }

  void purity() {
    if (review_.ami_changes.empty() || review_.other_changes.empty()) return;
    const TemplateChange& first = review_.other_changes.front();
    hits.push_back(
        {"other-changes",
         GateLevel::warn,
         "besides AMIs, " + counted(review_.other_changes.size(), "other value", "other values") +
             " changed: " + first.path + (review_.other_changes.size() > 1 ? " and others" : ""),
         first.place});
  }

 private:
  // Without the lines, which change with everything above them.
  static std::string name_of(const TemplateProblem& problem) {
    return std::to_string(static_cast<int>(problem.kind)) +
           problem.message.substr(0, problem.message.find(" stands"));
  }

  static std::map<std::string, std::size_t> count_of(const std::vector<TemplateProblem>& problems) {
    std::map<std::string, std::size_t> counts;
    for (const TemplateProblem& problem : problems) ++counts[name_of(problem)];
    return counts;
  }

  // Nobody compares what stands in further documents.
  static bool has_same_rest(const Template& base, const Template& head) {
    return std::equal(
        base.more.begin(),
        base.more.end(),
        head.more.begin(),
        head.more.end(),
        [](const TemplateNode& a, const TemplateNode& b) { return diff_templates(a, b).empty(); });
  }

  const AmiChange* change_to(const std::string& id) const {
    for (const Cell& cell : cells_) {
      const auto change = cell.id == id ? changed_.find(cell.path) : changed_.end();
      if (change != changed_.end()) return change->second;
    }
    return nullptr;
  }

  Position first_of(const std::string& map) const {
    const std::string path = below("Mappings", map) + "/";
    for (const AmiChange& one : review_.ami_changes) {
      if (one.change.path.starts_with(path)) return one.change.place;
    }
    return {};
  }

  const TemplateReview& review_;
  const Environments& environments_;
  std::vector<Cell> cells_;
  std::map<std::string, const AmiChange*> changed_;
};

}  // namespace

std::vector<RuleHit> offline_rules(const Template* base,
                                   const Template& head,
                                   const TemplateReview& review,
                                   const Environments& environments) {
  Judge judge(head, review, environments);
  judge.problems(base, head);
  judge.settings(base, head);
  judge.regions();
  judge.ages();
  judge.completeness();
  judge.uses();
  if (base != nullptr) judge.purity();  // all of a new file is new
  return std::move(judge.hits);
}

}  // namespace patchbot
