// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "formats/records/records.hpp"
#include "support.hpp"

namespace patchbot::test {

/// A value as short as it can be told: {a='x' b=[1 2] @c='y' #='own text'}; escapes replaced.
inline std::string tell(const Node& node) {
  switch (node.type()) {
    case NodeType::null: return "null";
    case NodeType::text: return "'" + node.text() + "'";
    case NodeType::number:
    case NodeType::boolean: return std::string(node.raw());
    default: break;
  }
  std::string told;
  for (const Node item : node.items()) {
    if (!told.empty()) told += ' ';
    if (node.is_object()) told += std::string(item.key()) + "=";
    told += tell(item);
  }
  return node.is_list() ? "[" + told + "]" : "{" + told + "}";
}

struct Plan {
  std::span<const RecordPath> records;
  std::span<const ContextPath> contexts;
};

inline std::string tell(const Context& context, const Plan& plan) {
  std::string told;
  std::uint32_t ids = 0;
  for (const ContextPath& path : plan.contexts) {
    const bool told_before = ((ids >> path.id) & 1U) != 0;
    ids |= 1U << path.id;
    if (told_before) continue;
    for (const Node value : context.all(path.id)) {
      told += " " + std::to_string(path.id) + ":" + tell(value);
    }
  }
  return told;
}

struct Pieces {
  std::size_t chunk = 65536;
  std::size_t piece = SIZE_MAX;
};

/// Every event on a line: "kind record context", "end context" for the end of a document, and at
/// last what was wrong, as fault_of says it.
inline std::string walk(MakeWalk make, ByteSource& source, const Plan& plan, std::size_t chunk) {
  std::string told;
  const std::string fault = fault_of([&] {
    Records records(source, make, plan.records, plan.contexts, chunk);
    for (;;) {
      const Walk::Event event = records.next();
      if (event == Walk::Event::end) return;
      const bool is_record = event == Walk::Event::record;
      told += is_record ? std::to_string(records.kind()) + " " + tell(records.record()) : "end";
      told += tell(records.context(), plan) + "\n";
    }
  });
  return told + fault;
}

inline std::string walk(MakeWalk make,
                        std::string_view text,
                        const Plan& plan,
                        Pieces pieces = {}) {
  const auto source = memory_source(text, pieces.piece);
  return walk(make, *source, plan, pieces.chunk);
}

/// The same, and a test failure if it depends on the size of the window.
inline std::string walk_in_all_windows(MakeWalk make, std::string_view text, const Plan& plan) {
  const std::string told = walk(make, text, plan);
  for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
    EXPECT_EQ(walk(make, text, plan, {chunk, chunk % 3 + 1}), told) << "windows of " << chunk;
  }
  return told;
}

}  // namespace patchbot::test
