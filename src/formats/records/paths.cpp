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

Node Context::operator[](std::uint16_t id) const {
  if (id >= by_id_.size() || by_id_[id].places.empty()) return {};
  return kept_[by_id_[id].places.back()].value->node();
}

std::vector<Node> Context::all(std::uint16_t id) const {
  std::vector<Node> found;
  if (id >= by_id_.size()) return found;
  for (std::size_t place : by_id_[id].places) found.push_back(kept_[place].value->node());
  return found;
}

std::uint64_t Context::generation(std::uint16_t id) const {
  return id < by_id_.size() ? by_id_[id].generation : 0;
}

void Context::add(Kept kept) {
  if (kept.id >= by_id_.size()) by_id_.resize(kept.id + std::size_t{1});
  by_id_[kept.id].places.push_back(kept_.size());
  by_id_[kept.id].generation = ++generation_;
  kept_.push_back(std::move(kept));
}

void Context::shrink(std::size_t size) {
  if (size == kept_.size()) return;
  ++generation_;
  for (; kept_.size() > size; kept_.pop_back()) {
    ById& one = by_id_[kept_.back().id];
    one.places.pop_back();
    one.generation = generation_;
  }
}

void ContextStack::enter(std::uint16_t step) {
  levels_.push_back({step, context_.kept_.size(), frame_count_});
  if (!tree_[step].has_context) return;
  const std::size_t frame = frame_count_++;
  if (memory_ == Memory::remember) frames_.emplace_back();
  if (!foresees_ || frame >= frames_.size()) return;
  for (const Context::Kept& kept : frames_[frame]) context_.add(kept);
}

void ContextStack::leave() {
  context_.shrink(levels_.back().kept);
  levels_.pop_back();
}

void ContextStack::lead() {
  if (!levels_.empty()) levels_.back().has_led = true;
}

void ContextStack::keep(std::uint16_t id, std::shared_ptr<const KeptNode> value) {
  if (!wants_context()) return;
  const bool is_behind = levels_.back().has_led;
  if (memory_ == Memory::remember && is_behind) {
    frames_[levels_.back().frame].push_back({id, value});
  }
  context_.add({id, std::move(value)});
}

void ContextStack::foresee(ContextStack&& whole) {
  frames_ = std::move(whole.frames_);
  foresees_ = true;
  levels_.clear();
  context_.shrink(0);
  frame_count_ = 0;
}

}  // namespace patchbot
