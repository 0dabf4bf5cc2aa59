// SPDX-License-Identifier: Apache-2.0
#include "written_amis.hpp"

#include "templates/ami_reach.hpp"
#include "templates/chosen_amis.hpp"

namespace patchbot {
namespace {

void add(const ChosenAmis& chosen, AmisOfTemplate& all) {
  for (const auto& [path, text] : chosen.ids()) all.by_path.emplace(path, text);
  for (const UnresolvedAmi& one : chosen.unresolved()) {
    if (all.unknown.empty()) all.unknown = one.reason;
  }
}

}  // namespace

AmisOfTemplate amis_with(const TemplateNode& root,
                         ParameterValues values,
                         const std::set<std::string>& regions) {
  AmisOfTemplate all;
  if (regions.empty()) add(ChosenAmis(root, values), all);
  for (const std::string& region : regions) {
    values["AWS::Region"] = region;
    add(ChosenAmis(root, values), all);
  }
  std::set<std::string> once;
  for (const auto& [path, text] : all.by_path) {
    for (const std::string& ami : ami_ids(text)) once.insert(ami);
  }
  all.amis = {once.begin(), once.end()};
  if (all.amis.empty() && all.unknown.empty()) all.unknown = "no AMI stands in it";
  return all;
}

}  // namespace patchbot
