// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "bodies.hpp"
#include "formats/template_reader.hpp"
#include "support/property.hpp"
#include "templates/pr_rules.hpp"

namespace patchbot::fuzz {
namespace {

void require_places(const TemplateNode& node) {
  require(node.place.line >= 1 && node.place.column >= 1, "a value has a place");
  for (const TemplateNode& item : node.items) require_places(item);
  for (const TemplateNode::Member& member : node.members) {
    require(member.place.line >= 1, "a key has a place");
    require_places(member.value);
  }
}

// The same template with its keys in another order.
TemplateNode turned(TemplateNode node) {
  std::reverse(node.members.begin(), node.members.end());
  for (TemplateNode& item : node.items) item = turned(std::move(item));
  for (TemplateNode::Member& member : node.members) member.value = turned(std::move(member.value));
  return node;
}

}  // namespace

// The two halves of the input are two versions of a file; without a mark both are the same.
int fuzz_template_yaml(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  const auto mark = text.find("\n=====\n");
  const std::string_view second = mark == std::string_view::npos ? text : text.substr(mark + 7);
  Template base;
  Template head;
  if (!parses([&] { base = read_template(text.substr(0, mark)); })) return 0;
  if (!parses([&] { head = read_template(second); })) return 0;
  require_places(base.root);
  require(diff_templates(base.root, base.root).empty(), "a template does not differ from itself");
  require(diff_templates(base.root, turned(base.root)).empty(), "the order of keys is no change");
  const TemplateReview there = review(&base.root, &head.root);
  const TemplateReview back = review(&head.root, &base.root);
  const auto changes = [](const TemplateReview& one) {
    return one.ami_changes.size() + one.other_changes.size();
  };
  require((changes(there) == 0) == (changes(back) == 0), "what changes one way changes back");
  offline_rules(&base, head, there);
  return 0;
}

}  // namespace patchbot::fuzz
