// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "templates/resources.hpp"

namespace patchbot {

/// A property that carries the id of an AMI, whatever stands there.
struct AmiSlot {
  std::string resource;  ///< logical id
  std::string property;  ///< "LaunchTemplateData.ImageId"
  std::string path;      ///< of the value: "Resources/Web/Properties/ImageId"
  const TemplateNode* value;
  std::vector<std::string> conditions{};  ///< that decide whether it is there: of Fn::If around it
                                          ///< and of the resource
};

/// A property of a type of resources that an AMI goes into, or comes by.
struct AmiProperty {
  std::string_view type;
  std::string_view path;  ///< below Properties; "[]" for every item of a list
  bool is_way = false;    ///< it says where the AMI comes from, and is none
};

/// All of those that a type has: ami_slots and ami_ways are about these.
std::vector<AmiProperty> ami_properties(std::string_view type);

/// Whether a value there is one at all, in what `owner` is: of Elastic Beanstalk's options that of
/// ImageId, of parameters of Systems Manager what publishes an AMI. `text` is what it comes to.
bool is_ami_property(const AmiProperty& property, const TemplateNode& owner, std::string_view text);

/// Whether a resource is of a type that is not AWS's own: a module, a custom resource. Nobody here
/// knows its properties.
bool is_foreign_type(std::string_view type);

/// Every such property of the resources, those inside of Fn::If included. The table is that of the
/// resource schemas of CloudFormation, with what these do not mark: Elastic Beanstalk's options and
/// parameters of Systems Manager that publish an AMI.
std::vector<AmiSlot> ami_slots(const std::vector<TemplateResource>& resources);

/// Every property that says which launch template, which version of it, or which release servers
/// start from, or hands an AMI down to a nested stack: another one may come of it.
std::vector<AmiSlot> ami_ways(const std::vector<TemplateResource>& resources);

}  // namespace patchbot
