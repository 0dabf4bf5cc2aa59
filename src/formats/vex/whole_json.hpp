// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string_view>

#include "formats/records/paths.hpp"
#include "formats/records/walk.hpp"

namespace patchbot {

/// A whole JSON document in memory, for documents that decide something: one object and nothing
/// behind it, and no name given twice, since readers differ in which of the two they believe.
class WholeJson {
 public:
  /// Throws Error(input) with the position. `text` must outlive this.
  explicit WholeJson(std::string_view text);

  Node root() const { return walk_->record(); }

 private:
  std::unique_ptr<Walk> start();

  PathTree tree_;
  ContextStack stack_;
  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<Walk> walk_;
};

}  // namespace patchbot
