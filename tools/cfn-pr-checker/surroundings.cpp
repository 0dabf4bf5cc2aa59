// SPDX-License-Identifier: Apache-2.0
#include "surroundings.hpp"

#include <algorithm>
#include <set>

#include "formats/sam_settings.hpp"
#include "templates/nested_stacks.hpp"
#include "templates/parameter_file.hpp"
#include "templates/parameter_sets.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/resources.hpp"

namespace patchbot {
namespace {

// The folder in which the folder of a file is.
std::string_view around_of(std::string_view file) {
  for (int i = 0; i < 2; ++i) {
    const auto slash = file.rfind('/');
    file = file.substr(0, slash == std::string_view::npos ? 0 : slash);
  }
  return file;
}

// "a/params/web.json" is near everything below a/.
bool is_near(std::string_view path, std::string_view file) {
  const std::string_view around = around_of(file);
  return around.empty() ||
         (path.size() > around.size() && path.starts_with(around) && path[around.size()] == '/');
}

std::size_t common_folders(const std::string& path, const std::string& file) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < path.size() && i < file.size() && path[i] == file[i]; ++i) {
    if (path[i] == '/') ++count;
  }
  return count;
}

// Whoever deploys it may get other AMIs.
bool is_deployed(const ReviewedFile& file, const Versions& versions) {
  const Template* const now = template_of(versions.head, file.name);
  return now != nullptr && is_deployed_change(file, now->root);
}

bool has_changes(const ReviewedFile& file) {
  return !file.review.ami_changes.empty() || !file.review.other_changes.empty();
}

/// Looks for files on the target branch, each of which is a call of git: templates that parameter
/// files of the pull request may be for, before or after it, those that templates nest, and the
/// parameter files of a template whose default changes.
class Search {
 public:
  Search(const Versions& versions, Surroundings& around)
      : versions_(versions),
        around_(around),
        templates_(around.templates),
        paths_(versions.history->template_paths()) {}

  void for_values(const ReviewedFile& file) {
    for (const TemplateFiles* side : {&versions_.head, &versions_.base}) {
      for (const std::string& path : named_in(*side, file.name)) add(path);
    }
    const bool is_new = looked_around_.emplace(around_of(file.path)).second;
    for (std::size_t i = 0; is_new && i < paths_.size(); ++i) {
      if (is_near(paths_[i], file.path)) add(paths_[i]);
    }
    if (!has_template(file)) everywhere(file.path);
  }

  // The file of an environment stands beside the template, or in a folder next to it or below.
  void for_defaults(const ReviewedFile& file) {
    for (const std::string& path : paths_) {
      if (is_near(file.path, path) || is_near(path, file.path)) add(path);
    }
    if (!has_values(file)) everywhere(file.path);
  }

  // Whether there was more to read than is read.
  bool is_cut() const { return is_cut_; }

  // Those of the pull request first, for not all may be read.
  void nested(const PullRequest& request) {
    for (const ReviewedFile& file : request.files) {
      if (!file.is_template || !has_changes(file)) continue;
      for (const TemplateFiles* side : {&versions_.head, &versions_.base}) {
        const auto read = side->find(file.name);
        if (read != side->end() && read->second.read) want(read->second.read->root, file.name);
      }
    }
    for (const auto& [path, root] : templates_) want(*root, path);
    constexpr std::size_t most = 50;
    is_cut_ = is_cut_ || wanted_.size() > most;
    for (std::size_t i = 0; i < wanted_.size() && i < most; ++i) {
      const std::string path = wanted_[i];
      if (const TemplateNode* const root = read(path)) want(*root, path);
    }
  }

 private:
  bool has_template(const ReviewedFile& file) const {
    const Template* const read = template_of(versions_.head, file.name);
    const auto sets = read == nullptr ? std::vector<ParameterSet>() : deployments_of(read->root);
    return std::all_of(sets.begin(), sets.end(), [&](const ParameterSet& set) {
      return !template_of(file.name, set, templates_).empty();
    });
  }

  bool has_values(const ReviewedFile& file) {
    const std::size_t known = templates_.size() + around_.parameter_files.size();
    if (known_ != known) {
      deployed_.clear();
      for (const auto& [path, root] : around_.parameter_files) {
        for (const ParameterSet& set : deployments_of(*root)) {
          deployed_.insert(template_of(path, set, templates_));
        }
      }
      known_ = known;
    }
    return deployed_.contains(file.name);
  }

  // Those first that have the most folders in common with it. That there are more is told where
  // nothing was found that belongs to it.
  void everywhere(const std::string& file) {
    constexpr std::size_t most_tried = 200;  // else there are enough already
    if (tried_.size() >= most_tried) return;
    std::vector<std::string> paths = paths_;
    std::stable_sort(paths.begin(), paths.end(), [&](const auto& left, const auto& right) {
      return common_folders(left, file) > common_folders(right, file);
    });
    const bool was_cut = is_cut_;
    for (const std::string& path : paths) add(path);
    is_cut_ = was_cut;
  }

  // The templates that a parameter file names.
  static std::vector<std::string> named_in(const TemplateFiles& files, const std::string& file) {
    std::vector<std::string> names;
    const auto read = files.find(file);
    if (read == files.end() || !read->second.read) return names;
    for (const ParameterSet& set : deployments_of(read->second.read->root)) {
      for (std::string& name : named_templates(file, set)) names.push_back(std::move(name));
    }
    return names;
  }

  void want(const TemplateNode& root, const std::string& path) {
    for (std::string& nested : nested_templates(root, path)) {
      if (!templates_.contains(nested) && seen_.insert(nested).second) {
        wanted_.push_back(std::move(nested));
      }
    }
  }

  void add(const std::string& path) {
    constexpr std::size_t most = 200;
    if (templates_.contains(path) || !tried_.insert(path).second) return;
    is_cut_ = is_cut_ || count_ >= most;
    if (count_ >= most) return;
    if (!versions_.base.contains(path)) ++count_;
    read(path);
  }

  // What the pull request takes away, or breaks, is not there.
  const TemplateNode* read(const std::string& path) {
    const bool has_moved =
        std::any_of(versions_.moved.begin(), versions_.moved.end(), [&](const auto& one) {
          return one.second == path && !versions_.head.contains(path);
        });
    if (versions_.base.contains(path) || has_moved) return nullptr;
    const TemplateNode* const root = versions_.history->read(path);
    if (root == nullptr) return nullptr;
    if (!is_template(*root)) {
      const bool gives_values = is_parameter_file(*root) || is_sam_settings(path);
      if (gives_values) around_.parameter_files.emplace(path, root);
      return nullptr;
    }
    templates_.emplace(path, root);
    return root;
  }

  const Versions& versions_;
  Surroundings& around_;
  TemplatesByPath& templates_;
  std::vector<std::string> paths_;  ///< that may be read
  std::set<std::string> deployed_;  ///< templates that files give values to, of the known_ ones
  std::size_t known_ = 0;
  std::size_t count_ = 0;
  bool is_cut_ = false;
  std::set<std::string> tried_;
  std::set<std::string> looked_around_;  ///< folders
  std::set<std::string> seen_;
  std::vector<std::string> wanted_;  ///< of nested stacks
};

}  // namespace

Surroundings surroundings_of(const Versions& versions, const PullRequest& request) {
  Surroundings around;
  for (const auto& [path, file] : versions.head) {
    if (!file.read) continue;
    if (is_template(file.read->root)) {
      around.templates.emplace(path, &file.read->root);
    } else if (is_parameter_file(*file.read)) {
      around.parameter_files.emplace(path, &file.read->root);
    }
  }
  if (versions.history == nullptr) return around;
  Search search(versions, around);
  for (const ReviewedFile& file : request.files) {
    if (file.is_parameter_file && has_changes(file)) search.for_values(file);
    if (file.is_template && is_deployed(file, versions)) search.for_defaults(file);
  }
  search.nested(request);
  around.is_cut = search.is_cut();
  return around;
}

}  // namespace patchbot
