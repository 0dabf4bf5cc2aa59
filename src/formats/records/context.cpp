// SPDX-License-Identifier: Apache-2.0
#include "formats/records/context.hpp"

#include <algorithm>

namespace patchbot {

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

void Context::add(ContextValue kept) {
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
  levels_.push_back({step, context_.kept_.size()});
  if (!foresees_ || !tree_[step].has_context) return;
  for (ContextValue& known : behind_.next(place())) context_.add(std::move(known));
}

void ContextStack::leave() {
  const Level& level = levels_.back();
  if (memory_ == Memory::remember && tree_[level.step].has_context) {
    const std::span<const ContextValue> kept = context_.kept_;
    behind_.note(place(), kept.subspan(std::min(level.led, kept.size())));
  }
  context_.shrink(level.kept);
  levels_.pop_back();
}

void ContextStack::lead() {
  if (levels_.empty() || levels_.back().led != Level::never) return;
  levels_.back().led = context_.kept_.size();
}

void ContextStack::keep(std::uint16_t id, std::shared_ptr<const KeptNode> value) {
  if (wants_context()) context_.add({id, std::move(value)});
}

void ContextStack::foresee(ContextStack&& whole) {
  while (!whole.empty()) whole.leave();  // a report that breaks off ends in the middle of objects
  behind_ = std::move(whole.behind_);
  foresees_ = true;
  levels_.clear();
  context_.shrink(0);
}

}  // namespace patchbot
