// SPDX-License-Identifier: Apache-2.0
#include "templates/later_documents.hpp"

#include <string>
#include <vector>

#include "templates/ami_reach.hpp"

namespace patchbot {
namespace {

// In the order of the document: two that change places are a change, too.
using Ids = std::vector<std::string>;

void collect(const TemplateNode& node, Ids& ids) {
  if (node.is_scalar()) {
    for (std::string& id : ami_ids(node.text)) ids.push_back(std::move(id));
  }
  for (const TemplateNode& item : node.items) collect(item, ids);
  for (const TemplateNode::Member& member : node.members) collect(member.value, ids);
}

Ids later_ids(const Template* version) {
  Ids ids;
  if (version == nullptr) return ids;
  for (const TemplateNode& document : version->more) collect(document, ids);
  return ids;
}

}  // namespace

bool has_later_ami_changes(const Template* base, const Template* head) {
  return later_ids(base) != later_ids(head);
}

}  // namespace patchbot
