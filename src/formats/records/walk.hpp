// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_source.hpp"
#include "base/error.hpp"
#include "formats/records/context.hpp"
#include "formats/records/node.hpp"
#include "formats/records/paths.hpp"

namespace patchbot {

/// Goes through a report once and stops at its records. Memory is bounded by the largest record.
class Walk {
 public:
  enum class Event : std::uint8_t {
    record,        ///< see record(), kind() and the context
    document_end,  ///< all of a document was read; its context still stands
    end
  };

  Walk() = default;
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;
  virtual ~Walk() = default;

  /// Throws Error(input) with a position where the report is broken.
  virtual Event next() = 0;

  Node record() const { return {tape_, tape_.cells.front()}; }
  std::uint16_t kind() const { return kind_; }  ///< of the path that led to the record

  /// What is wrong with the report though it can be read on; complete when a document has ended.
  const std::vector<std::string>& problems() const { return problems_; }

 protected:
  /// A record that is a place and not a value: a null node.
  void set_nothing() {
    tape_.clear();
    tape_.cells.emplace_back();
  }

  Tape tape_;
  std::uint16_t kind_ = 0;
  std::vector<std::string> problems_;
};

/// What a walk works on.
struct WalkInput {
  ByteSource& source;
  const PathTree& tree;
  ContextStack& stack;
  std::size_t chunk;
  /// Whether records are wanted, or only what stands around them.
  enum class Want : std::uint8_t { records, context } want;
};

using MakeWalk = std::unique_ptr<Walk> (*)(const WalkInput&);

std::unique_ptr<Walk> walk_json(const WalkInput& input);
std::unique_ptr<Walk> walk_xml(const WalkInput& input);

/// Every row is a record, an object whose members are called as the header's cells in lower case.
/// The header is the first row that holds all columns to which paths of records lead ("/qid"); what
/// stands above it is context, a list for each row, of the path "/#preamble".
std::unique_ptr<Walk> walk_csv(const WalkInput& input);

}  // namespace patchbot
