// SPDX-License-Identifier: Apache-2.0
#include "formats/records/paths.hpp"

#include "base/text.hpp"

namespace patchbot {

PathTree::PathTree(std::span<const RecordPath> records, std::span<const ContextPath> contexts)
    : steps_(1) {
  for (const RecordPath& record : records) {
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
    std::uint16_t next = none;
    const bool nests = name.size() > 1 && name.ends_with('+');
    if (nests) name.remove_suffix(1);
    if (name == "*") {
      next = steps_[at].any;
    } else {
      for (const auto& [known, step] : steps_[at].named) {
        if (known == name) next = step;
      }
    }
    if (next == none) {
      next = static_cast<std::uint16_t>(steps_.size());
      steps_.emplace_back();
      if (name == "*") {
        steps_[at].any = next;
      } else {
        steps_[at].named.emplace_back(name, next);
      }
      if (nests) steps_[next].named.emplace_back(name, next);
    }
    at = next;
  }
  return at;
}

std::uint16_t PathTree::child(std::uint16_t step, std::string_view name) const {
  for (const auto& [known, next] : steps_[step].named) {
    if (known == name) return next;
  }
  return steps_[step].any;
}

Node Context::operator[](std::uint16_t id) const {
  for (auto kept = kept_.rbegin(); kept != kept_.rend(); ++kept) {
    if (kept->id == id) return kept->value->node();
  }
  return {};
}

std::vector<Node> Context::all(std::uint16_t id) const {
  std::vector<Node> found;
  for (const Kept& kept : kept_) {
    if (kept.id == id) found.push_back(kept.value->node());
  }
  return found;
}

void ContextStack::enter(std::uint16_t step) {
  levels_.push_back({step, context_.kept_.size(), frame_count_});
  if (!tree_[step].has_context) return;
  const std::size_t frame = frame_count_++;
  if (memory_ == Memory::remember) frames_.emplace_back();
  if (!foresees_ || frame >= frames_.size()) return;
  ++context_.generation_;
  context_.kept_.insert(context_.kept_.end(), frames_[frame].begin(), frames_[frame].end());
}

void ContextStack::leave() {
  if (levels_.back().kept != context_.kept_.size()) ++context_.generation_;
  context_.kept_.resize(levels_.back().kept);
  levels_.pop_back();
}

void ContextStack::keep(std::uint16_t id, std::shared_ptr<const KeptNode> value) {
  if (foresees_) return;
  if (memory_ == Memory::remember) frames_[levels_.back().frame].push_back({id, value});
  context_.kept_.push_back({id, std::move(value)});
  ++context_.generation_;
}

void ContextStack::foresee(ContextStack&& whole) {
  frames_ = std::move(whole.frames_);
  foresees_ = true;
  levels_.clear();
  context_.kept_.clear();
  ++context_.generation_;
  frame_count_ = 0;
}

}  // namespace patchbot
