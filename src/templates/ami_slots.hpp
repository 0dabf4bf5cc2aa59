// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
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

/// Every such property of the resources, those inside of Fn::If included. The table is that of the
/// resource schemas of CloudFormation, with what these do not mark: Elastic Beanstalk's options and
/// parameters of Systems Manager that publish an AMI.
std::vector<AmiSlot> ami_slots(const std::vector<TemplateResource>& resources);

/// Every property that says which launch template, which version of it, or which release servers
/// start from, or hands an AMI down to a nested stack: another one may come of it.
std::vector<AmiSlot> ami_ways(const std::vector<TemplateResource>& resources);

}  // namespace patchbot
