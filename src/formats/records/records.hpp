// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "formats/records/walk.hpp"

namespace patchbot {

/// The records of a report, one after the other, each with its context. Where context may stand
/// behind the records, the report is read twice: `source` must then be one that can be rewound
/// (base/byte_source.hpp).
class Records {
 public:
  Records(ByteSource& source,
          MakeWalk make_walk,
          std::span<const RecordPath> records,
          std::span<const ContextPath> contexts,
          std::size_t chunk);

  Walk::Event next();
  Node record() const { return walk_->record(); }
  std::uint16_t kind() const { return walk_->kind(); }
  const Context& context() const { return stack_.context(); }
  const std::vector<std::string>& problems() const { return walk_->problems(); }

 private:
  std::unique_ptr<Walk> start(ContextStack& stack, WalkInput::Want want);
  bool lacks_context() const;
  void foresee();

  ByteSource& source_;
  MakeWalk make_walk_;
  std::span<const ContextPath> contexts_;
  std::size_t chunk_;
  PathTree tree_;
  ContextStack stack_;
  std::unique_ptr<Walk> walk_;
  std::uint64_t delivered_ = 0;  ///< events
  std::optional<Error> fault_;   ///< of the walk that looked ahead
};

}  // namespace patchbot
