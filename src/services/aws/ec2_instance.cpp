// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2_instance.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "services/aws/query_answer.hpp"

namespace patchbot::aws {
namespace {

void add_once(std::vector<std::string>& list, std::string text) {
  if (text.empty() || std::find(list.begin(), list.end(), text) != list.end()) return;
  list.push_back(std::move(text));
}

// The instance's own fields name the primary interface only, and it is to come first.
void read_addresses(const XmlNode& item, Target& target) {
  add_once(target.addresses, item.text("privateIpAddress"));
  add_once(target.public_addresses, item.text("ipAddress"));
  for (const XmlNode& card : item.items("networkInterfaceSet")) {
    add_once(target.addresses, card.text("privateIpAddress"));
    add_once(target.public_addresses, card.text("association/publicIp"));
    for (const XmlNode& address : card.items("privateIpAddressesSet")) {
      add_once(target.addresses, address.text("privateIpAddress"));
      add_once(target.public_addresses, address.text("association/publicIp"));
    }
  }
  add_once(target.addresses, item.text("ipv6Address"));
  for (const XmlNode& card : item.items("networkInterfaceSet")) {
    for (const XmlNode& address : card.items("ipv6AddressesSet")) {
      add_once(target.addresses, address.text("ipv6Address"));
    }
  }
}

void read_tags(const XmlNode& item, Target& target) {
  target.tags = tags_of(item.items("tagSet"), "key", "value");
  const auto value_of = [&target](std::string_view key) {
    const auto found = std::find_if(target.tags.begin(), target.tags.end(), [key](const auto& tag) {
      return tag.first == key;
    });
    return found == target.tags.end() ? std::string() : found->second;
  };
  target.name = value_of("Name");
  target.asg = value_of("aws:autoscaling:groupName");
  target.stack = value_of("aws:cloudformation:stack-name");
}

}  // namespace

Target read_instance(const XmlNode& item) {
  Target target;
  target.id = item.text("instanceId");
  target.vpc = item.text("vpcId");
  target.ami = item.text("imageId");
  target.state = item.text("instanceState/name");
  target.launched_at = parse_rfc3339(item.text("launchTime"));
  // EC2 names the platform of Windows only.
  const bool windows = equals_nocase(item.text("platform"), "windows") ||
                       starts_with_nocase(item.text("platformDetails"), "windows");
  target.platform = windows ? "windows" : "linux";
  read_addresses(item, target);
  read_tags(item, target);
  if (!target.public_addresses.empty()) target.exposed = true;
  return target;
}

}  // namespace patchbot::aws
