// SPDX-License-Identifier: Apache-2.0
#include "model/inventory.hpp"

namespace patchbot {
namespace {

// "web-2026.11.20-1432" and "web-20261120" are bakes of the family "web": what follows the first
// separator before a digit is the bake.
std::string ami_family(const std::string& ami_name) {
  for (std::size_t i = 1; i < ami_name.size(); ++i) {
    const bool digit = ami_name[i] >= '0' && ami_name[i] <= '9';
    const char before = ami_name[i - 1];
    if (digit && i > 1 && (before == '-' || before == '_' || before == '.' || before == ' ')) {
      return ami_name.substr(0, i - 1);
    }
  }
  return ami_name;
}

}  // namespace

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
