// SPDX-License-Identifier: Apache-2.0
#include "written_amis.hpp"

#include <algorithm>

#include "templates/ami_reach.hpp"
#include "templates/chosen_amis.hpp"
#include "templates/resources.hpp"
#include "templates/stored_names.hpp"

namespace patchbot {
namespace {

void add(const ChosenAmis& chosen, AmisOfTemplate& all) {
  for (const auto& [path, text] : chosen.ids()) all.by_path.emplace(path, text);
  for (const UnresolvedAmi& one : chosen.unresolved()) {
    if (all.unknown.empty()) all.unknown = one.reason;
  }
}

void add_stored(const std::map<AmiUse, StoredNames>& uses,
                const AwsPlace& place,
                StoredAmis& stored,
                AmisOfTemplate& all) {
  for (const auto& [use, found] : uses) {
    const std::string path = "Resources/" + use.resource + "/Properties/" + use.property;
    if (found.is_open && all.unstored.empty()) {
      all.unstored = "which name in Systems Manager " + use.resource +
                     " gets its AMI by is known at deployment only";
    }
    for (const std::string& name : found.names) {
      const StoredAmis::Answer answer = stored.of(place, name);
      if (!answer.amis.empty()) {
        all.by_path.emplace(below(below(path, name), words_for(place)), answer.amis);
      }
      if (all.unstored.empty()) all.unstored = answer.unknown;
      all.since = std::max(all.since, answer.since);
    }
  }
}

}  // namespace

AmisOfTemplate amis_with(const TemplateNode& root,
                         ParameterValues values,
                         const std::set<AwsPlace>& places,
                         StoredAmis* stored) {
  AmisOfTemplate all;
  if (places.empty()) add(ChosenAmis(root, values), all);
  for (const AwsPlace& place : places) {
    values["AWS::Region"] = place.region;
    values["AWS::AccountId"] = place.account;
    if (stored != nullptr) add_stored(stored_names(root, values), place, *stored, all);
    add(ChosenAmis(root, values), all);
  }
  std::set<std::string> once;
  for (const auto& [path, text] : all.by_path) {
    for (const std::string& ami : ami_ids(text)) once.insert(ami);
  }
  all.amis = {once.begin(), once.end()};
  if (!all.unstored.empty()) all.unknown = all.unstored;
  if (all.amis.empty() && all.unknown.empty()) all.unknown = "no AMI stands in it";
  return all;
}

}  // namespace patchbot
