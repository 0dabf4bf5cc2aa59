// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

/// Two items of two lists that are the same one, or an item that only one of them has.
struct AlignedItems {
  std::optional<std::size_t> base;
  std::optional<std::size_t> head;
};

/// Which items of two lists belong together: those of one identity, whatever their order, where
/// every item of both lists has one of its own; else the longest common part stays together, and
/// what lies between is paired in order.
std::vector<AlignedItems> align(const std::vector<TemplateNode>& base,
                                const std::vector<TemplateNode>& head);

}  // namespace patchbot
