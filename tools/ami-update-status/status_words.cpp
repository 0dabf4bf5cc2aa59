// SPDX-License-Identifier: Apache-2.0
#include "status_words.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace patchbot {

std::vector<std::string> stages_in_order(const PatchStatus& status) {
  std::set<std::string> names;
  for (const ServiceStatus& service : status.services) {
    for (const auto& [name, stage] : service.stages) names.insert(name);
  }
  std::vector<std::string> order;
  for (const char* first : {"baked", "staging"}) {
    if (names.erase(first) > 0) order.emplace_back(first);
  }
  const bool has_production = names.erase("production") > 0;
  order.insert(order.end(), names.begin(), names.end());
  if (has_production) order.emplace_back("production");
  return order;
}

std::string stage_words(const Stage& stage, Time now) {
  std::string text(to_text(stage.status));
  if (stage.since) text += " " + std::to_string(days_between(*stage.since, now)) + " d";
  return text;
}

std::string newest_words(const ServiceStatus& service, Time now) {
  if (!service.newest) return "none known";
  std::string text = clean_line(service.newest->name);
  if (service.newest->created) {
    text += ", " + std::to_string(days_between(*service.newest->created, now)) + " d";
  }
  return text;
}

std::string too_old_words(const Stage& stage, unsigned max_age) {
  return "servers run an AMI of " + std::to_string(stage.oldest_days.value_or(0)) +
         " days, which is more than " + std::to_string(max_age) + " (--max-age)";
}

}  // namespace patchbot
