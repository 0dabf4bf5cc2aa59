// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "bodies.hpp"
#include "formats/sam_settings.hpp"
#include "support/property.hpp"
#include "templates/ami_changes.hpp"
#include "templates/parameter_file.hpp"
#include "templates/parameter_sets.hpp"

namespace patchbot::fuzz {
namespace {

void require_places(const TemplateNode& node, std::string_view text) {
  const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  require(node.place.line >= 1 && node.place.column >= 1, "a value has a place");
  require(node.place.line <= lines && node.place.offset <= text.size(), "which is in the file");
  for (const TemplateNode& item : node.items) require_places(item, text);
  for (const TemplateNode::Member& member : node.members) require_places(member.value, text);
}

void require_places_of_values(const ParameterSet& set) {
  for (const auto& [path, parameter] : set.names) {
    require(is_parameter_value(path), "the path of a value is known as one");
    require(!set.place.empty() == !sam_environment_of(path).empty(), "it says its environment");
  }
}

}  // namespace

// The two halves of the input are two versions of a file; without a mark both are the same.
int fuzz_sam_settings_toml(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const auto mark = text.find("\n=====\n");
  const std::string_view first = text.substr(0, mark);
  const std::string_view second = mark == std::string_view::npos ? text : text.substr(mark + 7);
  Template base;
  Template head;
  if (!parses([&] { base = read_sam_settings(first, "samconfig.toml"); })) return 0;
  require_places(base.root, first);
  const auto sets = parameter_sets(base.root);
  require(sets.empty() || is_parameter_file(base.root), "what gives values is known as such");
  for (const ParameterSet& set : sets) require_places_of_values(set);
  require(diff_templates(base.root, base.root).empty(), "settings do not differ from themselves");
  if (!parses([&] { head = read_sam_settings(second, "samconfig.toml"); })) return 0;
  (void)review(&base.root, &head.root);
  return 0;
}

}  // namespace patchbot::fuzz
