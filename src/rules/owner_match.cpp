// SPDX-License-Identifier: Apache-2.0
#include "rules/owner_match.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace patchbot {
namespace {

bool is_one_of(const std::vector<std::string>& texts, const std::string& text) {
  return texts.empty() || std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool any_matches(const std::vector<std::string>& globs, const std::string& text) {
  return !text.empty() && std::any_of(globs.begin(), globs.end(), [&text](const auto& glob) {
    return matches_glob(glob, text);
  });
}

bool allows(const std::vector<std::string>& globs, const std::string& text) {
  return globs.empty() || any_matches(globs, text);
}

}  // namespace

OwnerFacts::OwnerFacts(const Target& of, std::string_view finding_path)
    : target(of),
      ami_family(of.ami_name.empty() ? "" : patchbot::ami_family(of.ami_name)),
      path(finding_path) {
  for (const auto* list : {&target.addresses, &target.public_addresses}) {
    for (const std::string& text : *list) {
      if (const auto address = parse_address(text)) {
        addresses.emplace_back(*address, *address);
      } else if (const auto range = parse_range(text)) {
        addresses.push_back(*range);
      }
    }
  }
}

OwnerMatch::OwnerMatch(const OwnerRule& rule) : rule_(rule) {
  for (const std::string& condition : rule.tag) {
    const auto sign = condition.find('=');
    TagCondition tag{condition.substr(0, sign), {}};
    if (sign != std::string::npos) tag.glob = condition.substr(sign + 1);
    tags_.push_back(std::move(tag));
  }
  for (const std::string& cidr : rule.cidr) {
    if (const auto range = parse_range(cidr)) ranges_.push_back(*range);
  }
}

bool OwnerMatch::holds(const OwnerFacts& facts) const {
  const Target& target = facts.target;
  const bool by_image = rule_.ami.empty() || any_matches(rule_.ami, target.ami) ||
                        any_matches(rule_.ami, target.ami_name);
  return by_image && is_one_of(rule_.account, target.account) &&
         is_one_of(rule_.region, target.region) && allows(rule_.name, target.name) &&
         allows(rule_.ami_family, facts.ami_family) &&
         allows(rule_.path, std::string(facts.path)) && holds_by_tag(target) &&
         holds_by_address(facts);
}

bool OwnerMatch::holds_by_tag(const Target& target) const {
  return tags_.empty() || std::any_of(tags_.begin(), tags_.end(), [&](const TagCondition& tag) {
           const std::string* value = find_tag(target.tags, tag.key);
           return value != nullptr && (!tag.glob || matches_glob(*tag.glob, *value));
         });
}

bool OwnerMatch::holds_by_address(const OwnerFacts& facts) const {
  const auto is_inside = [&](const std::pair<Address, Address>& address) {
    return std::any_of(ranges_.begin(), ranges_.end(), [&](const auto& range) {
      return range.first <= address.first && address.second <= range.second;
    });
  };
  return rule_.cidr.empty() ||
         std::any_of(facts.addresses.begin(), facts.addresses.end(), is_inside);
}

}  // namespace patchbot
