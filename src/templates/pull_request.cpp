// SPDX-License-Identifier: Apache-2.0
#include "templates/pull_request.hpp"

#include <algorithm>
#include <set>
#include <thread>

#include "base/parallel.hpp"
#include "base/utf8.hpp"
#include "model/pull_request_rules.hpp"
#include "templates/later_documents.hpp"
#include "templates/parameter_file.hpp"
#include "templates/resources.hpp"
#include "templates/server_rules.hpp"

namespace patchbot {
namespace {

const TemplateFile* broken_of(const TemplateFiles& files, const std::string& name) {
  const auto file = files.find(name);
  return file == files.end() || !file->second.fault ? nullptr : &file->second;
}

void add_fault(ReviewedFile& file, const Error& fault) {
  file.is_template = true;
  file.unread = true;
  file.hits.push_back({"malformed-template",
                       GateLevel::fail,
                       clean_line(fault.what()),
                       fault.position().value_or(Position())});
}

// Our own settings may name AMIs. Under this name a template is one all the same.
constexpr const char* own_settings = "patchbot.yaml";

bool is_template_in(const TemplateFiles& files) {
  const auto file = files.find(own_settings);
  return file != files.end() && file->second.read && is_template(file->second.read->root);
}

constexpr const char* no_template_now =
    "was a CloudFormation template, and is none any more; a file that goes is deleted";

constexpr const char* template_behind =
    "begins with a document that is no template, and has one behind it: CloudFormation reads the "
    "first alone";

// What nobody compares, and may be meant as a template all the same; null if nothing is.
const char* fault_of(const Template* before, const Template* after, bool is_there) {
  const bool is_one = after != nullptr && is_template(after->root);
  const bool was_one = before != nullptr && is_template(before->root);
  if (was_one && is_there && !is_one) return no_template_now;
  if (after == nullptr || is_one) return nullptr;
  return std::any_of(after->more.begin(), after->more.end(), is_template) ? template_behind
                                                                          : nullptr;
}

std::string unknown_base(const Error& fault) {
  const std::string line = std::to_string(fault.position().value_or(Position()).line);
  return "the version before cannot be read, so that all of this one counts as new; line " + line +
         " of it: " + clean_line(fault.what());
}

void compare_versions(const Template* before,
                      const Template* after,
                      const Environments& environments,
                      ReviewedFile& file) {
  const auto either = [&](bool (*is_that)(const TemplateNode&)) {
    return (before != nullptr && is_that(before->root)) ||
           (after != nullptr && is_that(after->root));
  };
  file.is_template = either(is_template);
  const bool gives_values = (before != nullptr && is_parameter_file(*before)) ||
                            (after != nullptr && is_parameter_file(*after));
  file.is_parameter_file = !file.is_template && gives_values;
  file.review = review(before == nullptr ? nullptr : &before->root,
                       after == nullptr ? nullptr : &after->root);
  if (after == nullptr) return;
  file.problems = after->problems.size();
  for (RuleHit& hit : offline_rules(before, *after, file.review, environments)) {
    file.hits.push_back(std::move(hit));
  }
  for (RuleHit& hit : server_rules(after->root, file.review)) file.hits.push_back(std::move(hit));
}

// A broken file of which nothing tells that it was meant to be a template is no business of ours:
// unless it was named, or its other version is one or holds an AMI.
bool concerns_us(const std::string& name, const TemplateFile& broken, const Template* other) {
  if (broken.looks_like_one || name.empty()) return true;
  if (other == nullptr) return false;
  return is_template(other->root) || is_parameter_file(*other) ||
         !review(&other->root, nullptr).ami_changes.empty();
}

// Both are pointers to one and the same file.
bool is_same_pointer(const TemplateFile* before, const TemplateFile* after) {
  return before != nullptr && after != nullptr && !after->bytes.empty() &&
         before->bytes == after->bytes;
}

// What is wrong with one file hides nothing of the others.
ReviewedFile compare_file(const std::string& name,
                          const TemplateFiles& base,
                          const TemplateFiles& head,
                          const Environments& environments) {
  ReviewedFile file;
  file.name = clean_line(name);
  file.path = name;
  const Template* const before = template_of(base, name);
  const Template* const after = template_of(head, name);
  try {
    if (is_same_pointer(broken_of(base, name), broken_of(head, name))) return file;
    if (const TemplateFile* const broken = broken_of(head, name)) {
      if (concerns_us(name, *broken, before)) add_fault(file, *broken->fault);
      return file;
    }
    if (const char* const fault = fault_of(before, after, head.contains(name))) {
      add_fault(file, Error(Blame::input, fault));
      return file;
    }
    const TemplateFile* const broken = broken_of(base, name);
    if (broken != nullptr && after != nullptr && concerns_us(name, *broken, after)) {
      file.hits.push_back(
          {"malformed-template", GateLevel::warn, unknown_base(*broken->fault), Position()});
    }
    compare_versions(before, after, environments, file);
  } catch (const Error& error) {
    add_fault(file, error);
  }
  return file;
}

// Of a template that CloudFormation refuses for them, a rule tells it.
void add_later_documents(PullRequest& request,
                         const TemplateFiles& base,
                         const TemplateFiles& head,
                         const std::string& name) {
  const Template* const after = template_of(head, name);
  if (after == nullptr || is_template(after->root)) return;
  if (!has_later_ami_changes(template_of(base, name), after)) return;
  request.unchecked.push_back(
      clean_line(name) +
      ": AMIs change in a document behind its first, and the first alone was compared");
}

template <class Count>
std::size_t sum(const std::vector<ReviewedFile>& files, Count count) {
  std::size_t total = 0;
  for (const ReviewedFile& file : files) total += static_cast<std::size_t>(count(file));
  return total;
}

}  // namespace

std::size_t PullRequest::bumps() const {
  return sum(files, [](const ReviewedFile& file) {
    const auto& all = file.review.ami_changes;
    return std::count_if(
        all.begin(), all.end(), [](const AmiChange& one) { return one.is_bump(); });
  });
}

std::size_t PullRequest::ami_changes() const {
  return sum(files, [](const ReviewedFile& file) { return file.review.ami_changes.size(); });
}

std::size_t PullRequest::other_changes() const {
  return sum(files, [](const ReviewedFile& file) { return file.review.other_changes.size(); });
}

std::size_t PullRequest::unread() const {
  return sum(files, [](const ReviewedFile& file) { return file.unread ? 1 : 0; });
}

GateLevel PullRequest::worst() const {
  GateLevel worst = GateLevel::none;
  for (const ReviewedFile& file : files) {
    for (const RuleHit& hit : file.hits) worst = std::max(worst, hit.level);
  }
  return worst;
}

PullRequest compare(const TemplateFiles& base,
                    const TemplateFiles& head,
                    const Environments& environments) {
  std::set<std::string> names;
  for (const auto& [name, file] : base) names.insert(name);
  for (const auto& [name, file] : head) names.insert(name);
  if (!is_template_in(base) && !is_template_in(head)) names.erase(own_settings);
  const std::vector<std::string> ordered(names.begin(), names.end());
  PullRequest request;
  request.files.resize(ordered.size());
  in_parallel(ordered.size(), std::thread::hardware_concurrency(), [&](std::size_t i) {
    request.files[i] = compare_file(ordered[i], base, head, environments);
  });
  for (const std::string& name : ordered) add_later_documents(request, base, head, name);
  std::erase_if(request.files, [](const ReviewedFile& file) {
    return !file.is_template && !file.is_parameter_file && file.review.ami_changes.empty();
  });
  return request;
}

void tell_unchecked(PullRequest& request, std::string line) {
  auto& all = request.unchecked;
  if (std::find(all.begin(), all.end(), line) == all.end()) all.push_back(std::move(line));
}

const Template* template_of(const TemplateFiles& files, const std::string& name) {
  const auto file = files.find(name);
  return file == files.end() || !file->second.read ? nullptr : &*file->second.read;
}

void judge_again(ReviewedFile& file,
                 const Template* before,
                 const Template& after,
                 const std::vector<std::string_view>& rules) {
  const auto is_about = [&](const RuleHit& hit) {
    return std::find(rules.begin(), rules.end(), hit.id) != rules.end();
  };
  std::erase_if(file.hits, is_about);
  for (RuleHit& hit : offline_rules(before, after, file.review)) {
    if (is_about(hit)) file.hits.push_back(std::move(hit));
  }
}

void judge_unresolved(ReviewedFile& file, const TemplateNode& root, std::size_t known) {
  TemplateReview own;
  const std::vector<UnresolvedAmi>& all = file.review.new_unresolved;
  own.new_unresolved.assign(all.begin() + static_cast<std::ptrdiff_t>(known), all.end());
  for (RuleHit& hit : server_rules(root, own)) file.hits.push_back(std::move(hit));
}

bool is_off(std::string_view rule, const PullRequestSettings& settings) {
  const auto set = settings.rules.find(std::string(rule));
  return set != settings.rules.end() && set->second == GateLevel::none;
}

void apply_levels(PullRequest& request, const PullRequestSettings& settings) {
  for (ReviewedFile& file : request.files) {
    for (RuleHit& hit : file.hits) {
      const PullRequestRule* const rule = pull_request_rule(hit.id);
      const auto set = settings.rules.find(std::string(hit.id));
      const GateLevel usual = rule == nullptr ? hit.level : rule->level;
      const GateLevel level = set == settings.rules.end() ? usual : set->second;
      hit.level = hit.level == usual ? level : std::min(hit.level, level);
    }
    std::erase_if(file.hits, [](const RuleHit& hit) { return hit.level == GateLevel::none; });
  }
}

}  // namespace patchbot
