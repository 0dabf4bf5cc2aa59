// SPDX-License-Identifier: Apache-2.0
#include "formats/records/paths.hpp"

#include "base/text.hpp"

namespace patchbot {

PathTree::PathTree(std::span<const RecordPath> records, std::span<const ContextPath> contexts)
    : steps_(1) {
  for (const RecordPath& record : records) {
    lead(record.path);
    Step& step = steps_[add(record.path)];
    (record.when == RecordPath::When::closed ? step.closed : step.record) = record.kind;
  }
  for (const ContextPath& context : contexts) {
    const std::string_view path = context.path;
    steps_[add(path.substr(0, path.rfind('/')))].has_context = true;
    steps_[add(path)].context = context.id;
  }
}

std::uint16_t PathTree::add(std::string_view path) {
  std::uint16_t at = root;
  if (path.empty()) return at;
  for (std::string_view name : split(path.substr(1), '/')) {
    const bool nests = name.size() > 1 && name.ends_with('+');
    if (nests) name.remove_suffix(1);
    at = add_child(at, name);
    const bool knows_itself = child(at, name) == at;
    if (nests && !knows_itself) steps_[at].named.emplace_back(name, at);
  }
  return at;
}

void PathTree::lead(std::string_view path) {
  for (std::size_t end = 0; end != std::string_view::npos && end < path.size();) {
    steps_[add(path.substr(0, end))].leads_to_record = true;
    end = path.find('/', end + 1);
  }
  steps_[add(path)].leads_to_record = true;
}

std::uint16_t PathTree::add_child(std::uint16_t parent, std::string_view name) {
  std::uint16_t Step::*const wild = name == "*"    ? &Step::any
                                    : name == "{}" ? &Step::members
                                                   : nullptr;
  for (const auto& [known, step] : steps_[parent].named) {
    if (known == name) return step;
  }
  if (wild != nullptr && steps_[parent].*wild != none) return steps_[parent].*wild;
  const auto step = static_cast<std::uint16_t>(steps_.size());
  steps_.emplace_back();
  if (wild != nullptr) {
    steps_[parent].*wild = step;
    steps_[step].is_any_member = wild == &Step::members;
  } else {
    steps_[parent].named.emplace_back(name, step);
  }
  return step;
}

std::uint16_t PathTree::child(std::uint16_t step, std::string_view name) const {
  for (const auto& [known, next] : steps_[step].named) {
    if (known == name) return next;
  }
  return steps_[step].members;
}

}  // namespace patchbot
