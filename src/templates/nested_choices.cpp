// SPDX-License-Identifier: Apache-2.0
#include "templates/nested_choices.hpp"

#include <algorithm>
#include <set>

#include "templates/changed_templates.hpp"

namespace patchbot {
namespace {

using Change = TemplateChange::Kind;
using Uses = std::vector<AmiUse>;

Uses both(Uses uses, const Uses& others) {
  unite(others, uses);
  return uses;
}

bool has_nested(const TemplateNode& root) {
  const std::vector<TemplateResource> all = resources_of(root);
  return std::any_of(all.begin(), all.end(), is_nested_stack);
}

/// One version of a template, deployed with its defaults.
class Version {
 public:
  Version(Stacks& stacks, const std::string& path, const TemplateNode& root)
      : resources_(resources_of(root)),
        ways_(stacks.ways_of(path)),
        amis_(stacks.amis_of(path, {})) {
    sources_.reserve(ways_.handed_down.size());
    for (const HandedDown& one : ways_.handed_down)
      sources_.push_back(ami_sources(root, {one.slot}));
    for (const TemplateResource& one : resources_) add_condition(root, one);
  }

  const StackAmis& amis() const { return *amis_; }

  /// The stack for which the value says where its template is; null if it is none of these.
  const TemplateResource* renamed(const std::string& path) const {
    const auto found = std::find_if(resources_.begin(), resources_.end(), [&](const auto& one) {
      return is_nested_stack(one) && is_at(path, place_of_nested_path(one));
    });
    return found == resources_.end() ? nullptr : &*found;
  }

  /// The properties in nested stacks that the value decides on.
  Uses uses_of(const std::string& path) const {
    Uses uses;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (!reaches(i, path)) continue;
      unite(ways_.handed_down[i].uses, uses);
    }
    for (const Presence& one : presences_) {
      if (one.paths.contains(path)) unite(uses_below(one.stack), uses);
    }
    return uses;
  }

  bool leaves_open(const std::string& path) const {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (reaches(i, path) && amis_->leaves_open(ways_.handed_down[i])) return true;
    }
    return false;
  }

  Uses uses_below(const std::string& stack) const {
    Uses uses = amis_->uses();
    std::erase_if(uses, [&](const AmiUse& use) { return !use.resource.starts_with(stack + "/"); });
    return uses;
  }

 private:
  // What decides whether a stack is there.
  struct Presence {
    std::string stack;
    std::unordered_set<std::string> paths;
  };

  void add_condition(const TemplateNode& root, const TemplateResource& stack) {
    static const TemplateNode none;
    const TemplateNode* const condition = stack.node->find("Condition");
    if (condition == nullptr || !is_nested_stack(stack)) return;
    Presence one{stack.id, {below(stack.path, "Condition")}};
    const AmiSlot slot{stack.id, "", "", &none, {condition->text}};
    for (const auto& [path, unused] : ami_sources(root, {slot}).deciding) one.paths.insert(path);
    presences_.push_back(std::move(one));
  }

  bool reaches(std::size_t i, const std::string& path) const {
    return sources_[i].uses.contains(path) || sources_[i].deciding.contains(path) ||
           is_at(path, ways_.handed_down[i].slot.path);
  }

  std::vector<TemplateResource> resources_;
  const StackWays& ways_;
  Stacks::Amis amis_;
  std::vector<AmiSources> sources_;  ///< of what is handed down
  std::vector<Presence> presences_;
};

class NestedChooser {
 public:
  NestedChooser(TemplateReview& review, const Version& before, const Version& after)
      : review_(review), before_(before), after_(after) {}

  bool run() {
    bool is_news = false;
    for (const TemplateChange& change : review_.other_changes) {
      is_news = add(change) || is_news;
    }
    return is_news;
  }

 private:
  bool add(const TemplateChange& change) {
    const Version& version = change.kind == Change::removed ? before_ : after_;
    const TemplateResource* const renamed = version.renamed(change.path);
    AmiChange one;
    one.kind = AmiChange::Kind::form;
    one.change = change;
    one.reached = true;
    if (renamed != nullptr) {
      rename(*renamed, one);
    } else {
      one.uses = both(after_.uses_of(change.path), before_.uses_of(change.path));
      one.is_open = before_.leaves_open(change.path) || after_.leaves_open(change.path);
    }
    if (one.uses.empty()) return false;
    if (!one.is_open) add_moves(one);
    return end(std::move(one));
  }

  // Both versions of a stack are there, and the template of one is not: it may hold any AMI.
  void rename(const TemplateResource& stack, AmiChange& one) const {
    const bool is_read = before_.amis().has_read(stack.id) && after_.amis().has_read(stack.id);
    one.is_open = one.change.kind == Change::changed && !is_read;
    one.uses = both(after_.uses_below(stack.id), before_.uses_below(stack.id));
    const bool is_out_of_sight = one.uses.empty() && one.is_open;
    if (is_out_of_sight) one.uses = {{stack.id, std::string(name_of_nested_path(stack))}};
  }

  void add_moves(AmiChange& one) const {
    const StackAmis& then = before_.amis();
    const StackAmis& now = after_.amis();
    one.arriving = moved(one.uses, now, &then);
    one.leaving = moved(one.uses, then, &now);
    for (MovedAmi& ami : one.arriving) ami.was_used = then.uses_what_is_at(ami.path, ami.id);
  }

  bool end(AmiChange one) {
    std::erase_if(one.arriving, [&](const MovedAmi& ami) {
      return !arrived_.insert(ami.path + '\0' + ami.id).second;
    });
    std::erase_if(one.leaving, [&](const MovedAmi& ami) {
      return !left_.insert(ami.path + '\0' + ami.id).second;
    });
    if (!one.is_open && one.arriving.empty() && one.leaving.empty()) return false;
    if (one.is_open) {
      review_.unresolved.push_back(open_choice(one));
      review_.new_unresolved.push_back(open_choice(one));
    }
    review_.ami_changes.push_back(std::move(one));
    return true;
  }

  TemplateReview& review_;
  const Version& before_;
  const Version& after_;
  std::set<std::string> arrived_;
  std::set<std::string> left_;
};

}  // namespace

void add_nested_choices(PullRequest& request,
                        const TemplateFiles& base,
                        const TemplateFiles& head,
                        const TemplatesByPath& templates) {
  const auto judge = [](const ChangedTemplate& one) {
    if (one.file.review.other_changes.empty()) return false;
    if (!has_nested(one.before.root) && !has_nested(one.after.root)) return false;
    const Version then(one.stacks_before, one.file.name, one.before.root);
    const Version now(one.stacks, one.file.name, one.after.root);
    return NestedChooser(one.file.review, then, now).run();
  };
  each_changed_template(
      request, base, head, templates, "which AMIs it chooses in nested stacks", judge);
}

}  // namespace patchbot
