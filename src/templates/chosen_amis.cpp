// SPDX-License-Identifier: Apache-2.0
#include "templates/chosen_amis.hpp"

#include <utility>

#include "templates/ami_slots.hpp"

namespace patchbot {

std::vector<TemplateResource> living(const TemplateNode& root, const Conditions& conditions) {
  std::vector<TemplateResource> resources = resources_of(root);
  std::erase_if(resources, [&](const TemplateResource& one) {
    const TemplateNode* const condition = one.node->find("Condition");
    return condition != nullptr && conditions.holds(condition->text) == false;
  });
  return resources;
}

ChosenAmis::ChosenAmis(const TemplateNode& root, ParameterValues values)
    : conditions_(root, std::move(values)),
      sources_(ami_sources(root,
                           ami_slots(living(root, conditions_)),
                           &conditions_,
                           ami_ways(living(root, conditions_)))),
      reach_(sources_) {}

}  // namespace patchbot
