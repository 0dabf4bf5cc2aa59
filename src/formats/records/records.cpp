// SPDX-License-Identifier: Apache-2.0
#include "formats/records/records.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"

namespace patchbot {

using Event = Walk::Event;
using Want = WalkInput::Want;

Records::Records(ByteSource& source,
                 MakeWalk make_walk,
                 std::span<const RecordPath> records,
                 std::span<const ContextPath> contexts,
                 std::size_t chunk)
    : source_(source),
      make_walk_(make_walk),
      contexts_(contexts),
      chunk_(chunk),
      tree_(records, contexts),
      stack_(tree_),
      walk_(start(stack_, Want::records)) {}

std::unique_ptr<Walk> Records::start(ContextStack& stack, Want want) {
  return make_walk_({source_, tree_, stack, chunk_, want});
}

bool Records::lacks_context() const {
  return std::any_of(contexts_.begin(), contexts_.end(), [this](const ContextPath& wanted) {
    return wanted.place == ContextPath::Place::anywhere && !context().has(wanted.id);
  });
}

Event Records::next() {
  Event event = walk_->next();
  // Where something ends, what stands around it has been read.
  if (event == Event::record && record() && !stack_.foresees() && lacks_context()) {
    foresee();
    for (std::uint64_t known = 0; known <= delivered_; ++known) event = walk_->next();
  }
  ++delivered_;
  if (event == Event::end && fault_) throw Error(*std::exchange(fault_, std::nullopt));
  return event;
}

// What is wrong with the report is found again, at its place, when its records are read; if not, as
// with context that is larger than a reader bears, it is told at the end.
void Records::foresee() {
  ContextStack whole(tree_, ContextStack::Memory::remember);
  source_.rewind();
  try {
    const auto walk = start(whole, Want::context);
    while (walk->next() != Event::end) {
    }
  } catch (const Error& error) {
    if (error.blame() != Blame::input) throw;
    fault_ = error;
  }
  source_.rewind();
  stack_.foresee(std::move(whole));
  walk_ = start(stack_, Want::records);
}

}  // namespace patchbot
