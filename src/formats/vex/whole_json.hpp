// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
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

  /// Throws Error(input) with the position of a value.
  [[noreturn]] void fail(const Node& node, const std::string& what) const;

 private:
  std::unique_ptr<Walk> start();
  void check_names(const Node& node) const;

  std::string_view text_;
  PathTree tree_;
  ContextStack stack_;
  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<Walk> walk_;
};

}  // namespace patchbot
