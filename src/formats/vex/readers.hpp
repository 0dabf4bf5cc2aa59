// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/records/node.hpp"
#include "model/vex.hpp"

// The readers of the single formats, and what they share. Places in messages are JSON pointers.

namespace patchbot {

VexDocument read_openvex(const Node& root);
VexDocument read_csaf_vex(const Node& root);
VexDocument read_cyclonedx_vex(const Node& root);

[[noreturn]] void refuse_vex(const std::string& place, const std::string& what);

/// "/statements/3"
std::string vex_place(const std::string& within, std::string_view name);
std::string vex_place(const std::string& within, std::size_t index);

/// A member whose name begins with @, which elsewhere marks the attributes of XML.
Node vex_member(const Node& object, std::string_view name);

/// None if it is absent; refused if it is no time.
std::optional<Time> read_vex_time(const Node& node, const std::string& place);

/// Adds every id, of a text or a list of texts, that is not there yet.
void add_vex_names(std::vector<std::string>& names, const Node& node);

/// A text of the document as a reason shows it.
std::string vex_reason(const Node& node);

/// What an identifier says: a package URL, or a CPE of an application. The first, whatever it is,
/// is also what a person would call the product.
void add_identifier(VexProduct& product, const Node& identifier);

/// The statuses of a format by its own words.
struct VexWord {
  std::string_view word;
  VexStatus status;
};
const VexWord* find_vex_word(std::string_view word, const VexWord* begin, const VexWord* end);

}  // namespace patchbot
