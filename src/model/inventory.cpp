// SPDX-License-Identifier: Apache-2.0
#include "model/inventory.hpp"

#include "base/text.hpp"

namespace patchbot {
namespace {

bool is_separator(char c) { return c == '-' || c == '_' || c == '.' || c == ' '; }

bool is_number(std::string_view part) {
  return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

const std::string* find_tag(const Tags& tags, std::string_view key) {
  const std::string* alike = nullptr;
  for (const auto& [name, value] : tags) {
    if (name == key) return &value;
    if (alike == nullptr && equals_nocase(name, key)) alike = &value;
  }
  return alike;
}

std::string ami_family(std::string_view name) {
  constexpr std::size_t date_digits = 6;
  std::string family;
  std::size_t solid = 0;  // the length up to the last part that is not a number
  for (std::size_t start = 0; start < name.size();) {
    std::size_t stop = start;
    while (stop < name.size() && !is_separator(name[stop])) ++stop;
    const std::string_view part = name.substr(start, stop - start);
    if (!is_number(part) || part.size() < date_digits) {
      if (!family.empty()) family += name[start - 1];
      family += part;
      if (!is_number(part)) solid = family.size();
    }
    start = stop + 1;
  }
  family.resize(solid);
  return family.empty() ? std::string(name) : family;
}

std::string asset_id(const Target& target) {
  const auto within_scope = [&target](const std::string& part) {
    std::string id;
    for (const std::string& step : {target.account, target.region, part}) {
      if (!step.empty()) id += id.empty() ? step : "/" + step;
    }
    return id;
  };
  if (!target.service.empty()) return within_scope(target.service);
  if (!target.asg.empty()) return within_scope(target.asg);
  if (!target.ami_name.empty()) return within_scope(ami_family(target.ami_name));
  if (!target.id.empty()) return within_scope(target.id);
  return target.addresses.empty() ? target.name : target.addresses.front();
}

std::string display_name(const Target& target) {
  std::string name = target.id;
  for (const std::string& part :
       {target.name, target.addresses.empty() ? std::string() : target.addresses.front()}) {
    if (part.empty() || part == name) continue;
    name += name.empty() ? part : " " + part;
  }
  return name;
}

}  // namespace patchbot
