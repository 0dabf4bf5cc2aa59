// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "bodies.hpp"
#include "services/aws/ec2_instance.hpp"
#include "support/property.hpp"
#include "support/targets.hpp"

namespace patchbot::fuzz {
namespace {

using aws::XmlAnswer;
using aws::XmlNode;

void require_unique(std::vector<std::string> texts, const std::string& what) {
  std::sort(texts.begin(), texts.end());
  require(std::adjacent_find(texts.begin(), texts.end()) == texts.end(), what + " are unique");
}

void require_instance(const Target& target) {
  require_unique(target.addresses, "addresses");
  require_unique(target.public_addresses, "public addresses");
  require(std::is_sorted(target.tags.begin(), target.tags.end()), "tags are sorted");
  require(target.exposed.has_value() == !target.public_addresses.empty(),
          "a public address, and nothing else, is exposure");
  require(target.platform == "linux" || target.platform == "windows", "there is a platform");
  for (const auto& [key, value] : target.tags) {
    require_clean(key, "the key of a tag");
    require_clean(value, "the value of a tag");
  }
  for (const std::string& address : target.addresses) require_clean(address, "an address");
}

// The items of every list of that name, in a tree that is held whole.
void collect(const XmlNode& node, std::vector<Target>& targets) {
  for (const XmlNode& child : node.children) {
    collect(child, targets);
    if (node.name == "instancesSet") targets.push_back(read_instance(child));
  }
}

}  // namespace

int fuzz_aws_instances_xml(const std::uint8_t* data, std::size_t size) {
  const std::string text(text_of(data, size));
  std::vector<Target> one_by_one;
  std::string token;
  const bool accepted = parses([&] {
    const XmlAnswer answer(text, "instancesSet", [&](const XmlNode& item) {
      one_by_one.push_back(read_instance(item));
      require_instance(one_by_one.back());
    });
    token = answer.root().text("nextToken");
  });
  require_clean(token, "the token");
  std::vector<Target> at_once;
  const bool same = parses([&] {
    const XmlAnswer answer(text);
    collect(answer.root(), at_once);
    require(answer.root().name == "instancesSet" || answer.root().text("nextToken") == token,
            "a list does not change what is beside it");
  });
  require(same == accepted, "it is XML or it is not");
  if (accepted) require(one_by_one.size() == at_once.size(), "every item is handed out");
  return 0;
}

}  // namespace patchbot::fuzz
