// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/template_node.hpp"

namespace patchbot {

using TemplateItems = std::vector<TemplateNode>;

/// What an item of a list is known by, wherever it stands: its Key, Sid, Name, DeviceName or the
/// like. Empty if it has nothing of that kind.
std::string identity_of(const TemplateNode& item);

/// The items by their identities; empty unless every item has one of its own.
std::unordered_map<std::string, std::size_t> index_of(const TemplateItems& items);

/// Whether such a list means something else in another order, as stages of a pipeline do: not where
/// its items are tags, variables or the like, a name with a value.
bool is_ordered(const TemplateItems& items);

/// The paths of the items of a list: "Tags[Name]" where identities tell them apart, else "Tags[0]".
std::vector<std::string> item_paths(const TemplateItems& items, const std::string& path);

}  // namespace patchbot
