// SPDX-License-Identifier: Apache-2.0
#include "templates/ami_slots.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.hpp"
#include "templates/ami_id.hpp"
#include "templates/list_items.hpp"

namespace patchbot {
namespace {

constexpr std::array<AmiProperty, 29> properties{{
    {"AWS::EC2::Instance", "ImageId"},
    {"AWS::EC2::LaunchTemplate", "LaunchTemplateData.ImageId"},
    {"AWS::AutoScaling::LaunchConfiguration", "ImageId"},
    {"AWS::AutoScaling::AutoScalingGroup",
     "MixedInstancesPolicy.LaunchTemplate.Overrides.[].ImageId"},
    {"AWS::EC2::SpotFleet", "SpotFleetRequestConfigData.LaunchSpecifications.[].ImageId"},
    {"AWS::Batch::ComputeEnvironment", "ComputeResources.ImageId"},
    {"AWS::Batch::ComputeEnvironment", "ComputeResources.Ec2Configuration.[].ImageIdOverride"},
    {"AWS::EMR::Cluster", "CustomAmiId"},
    {"AWS::EMR::Cluster", "Instances.MasterInstanceGroup.CustomAmiId"},
    {"AWS::EMR::Cluster", "Instances.CoreInstanceGroup.CustomAmiId"},
    {"AWS::EMR::Cluster", "Instances.TaskInstanceGroups.[].CustomAmiId"},
    {"AWS::EMR::Cluster", "Instances.MasterInstanceFleet.InstanceTypeConfigs.[].CustomAmiId"},
    {"AWS::EMR::Cluster", "Instances.CoreInstanceFleet.InstanceTypeConfigs.[].CustomAmiId"},
    {"AWS::EMR::Cluster", "Instances.TaskInstanceFleets.[].InstanceTypeConfigs.[].CustomAmiId"},
    {"AWS::EMR::InstanceFleetConfig", "InstanceTypeConfigs.[].CustomAmiId"},
    {"AWS::EMR::InstanceGroupConfig", "CustomAmiId"},
    {"AWS::OpsWorks::Instance", "AmiId"},
    {"AWS::PCS::ComputeNodeGroup", "AmiId"},
    {"AWS::RDS::CustomDBEngineVersion", "ImageId"},
    {"AWS::SageMaker::Cluster", "InstanceGroups.[].ImageId"},
    {"AWS::CodeBuild::Fleet", "ImageId"},
    {"AWS::WorkspacesInstances::WorkspaceInstance", "ManagedInstance.ImageId"},
    {"AWS::ImageBuilder::ImageRecipe", "ParentImage"},
    {"AWS::ImageBuilder::ContainerRecipe", "InstanceConfiguration.Image"},
    {"AWS::NimbleStudio::StreamingImage", "Ec2ImageId"},
    {"AWS::Cloud9::EnvironmentEC2", "ImageId"},
    {"AWS::ElasticBeanstalk::Environment", "OptionSettings.[].Value"},
    {"AWS::ElasticBeanstalk::ConfigurationTemplate", "OptionSettings.[].Value"},
    {"AWS::SSM::Parameter", "Value"},
}};

constexpr std::array<AmiProperty, 12> ways{{
    {"AWS::AutoScaling::AutoScalingGroup", "LaunchTemplate"},
    {"AWS::AutoScaling::AutoScalingGroup",
     "MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification"},
    {"AWS::AutoScaling::AutoScalingGroup",
     "MixedInstancesPolicy.LaunchTemplate.Overrides.[].LaunchTemplateSpecification"},
    {"AWS::EC2::Instance", "LaunchTemplate"},
    {"AWS::EC2::EC2Fleet", "LaunchTemplateConfigs.[].LaunchTemplateSpecification"},
    {"AWS::EC2::SpotFleet",
     "SpotFleetRequestConfigData.LaunchTemplateConfigs.[].LaunchTemplateSpecification"},
    {"AWS::Batch::ComputeEnvironment", "ComputeResources.LaunchTemplate"},
    {"AWS::GameLift::GameServerGroup", "LaunchTemplate"},
    {"AWS::PCS::ComputeNodeGroup", "CustomLaunchTemplate"},
    {"AWS::EKS::Nodegroup", "LaunchTemplate"},
    {"AWS::EKS::Nodegroup", "ReleaseVersion"},
    {"AWS::AutoScaling::AutoScalingGroup", "LaunchConfigurationName"},
}};

bool has_text(const TemplateNode& map, std::string_view key, std::string_view text) {
  const TemplateNode* const value = map.find(key);
  return value != nullptr && value->text == text;
}

class Search {
 public:
  Search(const TemplateResource& resource, const AmiProperty& property, std::vector<AmiSlot>& found)
      : resource_(resource), property_(property), steps_(split(property.path, '.')), found_(found) {
    const TemplateNode* const condition = resource.node->find("Condition");
    if (condition != nullptr && condition->is_scalar()) conditions_.push_back(condition->text);
  }

  void from(const TemplateNode& node, const std::string& path, std::size_t step) {
    if (const TemplateNode* const branches = node.argument_of("Fn::If")) {
      const auto paths = item_paths(branches->items, below(path, "Fn::If"));
      if (!paths.empty()) conditions_.push_back(branches->items[0].text);
      for (std::size_t i = 1; i < paths.size(); ++i) from(branches->items[i], paths[i], step);
      if (!paths.empty()) conditions_.pop_back();
      return;
    }
    const std::string_view name = steps_[step];
    if (name == "[]") {
      const auto paths = item_paths(node.items, path);
      for (std::size_t i = 0; i < paths.size(); ++i) from(node.items[i], paths[i], step + 1);
      return;
    }
    const TemplateNode* const value = node.find(name);
    if (value == nullptr) return;
    const std::string here = below(path, name);
    if (step + 1 < steps_.size()) return from(*value, here, step + 1);
    if (!is_ami_property(property_, node, value->text)) return;
    found_.push_back({resource_.id, std::string(property_.path), here, value, conditions_});
  }

 private:
  const TemplateResource& resource_;
  const AmiProperty& property_;
  std::vector<std::string_view> steps_;
  std::vector<std::string> conditions_;
  std::vector<AmiSlot>& found_;
};

template <std::size_t count>
std::vector<AmiSlot> slots_of(const std::vector<TemplateResource>& resources,
                              const std::array<AmiProperty, count>& table) {
  std::vector<AmiSlot> found;
  for (const TemplateResource& resource : resources) {
    const std::string type = resource.type();
    const TemplateNode* const own = resource.node->find("Properties");
    if (own == nullptr) continue;
    for (const AmiProperty& property : table) {
      if (property.type != type) continue;
      Search(resource, property, found).from(*own, resource.path + "/Properties", 0);
    }
  }
  return found;
}

// What a nested stack does with a parameter only its name tells here.
void add_handed_down(const TemplateResource& resource, std::vector<AmiSlot>& found) {
  if (resource.type() != "AWS::CloudFormation::Stack") return;
  const TemplateNode* const own = resource.node->find("Properties");
  const TemplateNode* const values = own == nullptr ? nullptr : own->find("Parameters");
  if (values == nullptr) return;
  const std::string path = resource.path + "/Properties/Parameters";
  for (const TemplateNode::Member& one : values->members) {
    if (names_image(one.key)) {
      found.push_back({resource.id, "Parameters." + one.key, below(path, one.key), &one.value});
    }
  }
}

}  // namespace

std::vector<AmiProperty> ami_properties(std::string_view type) {
  std::vector<AmiProperty> those;
  const auto is_of_it = [&](const AmiProperty& one) { return one.type == type; };
  std::copy_if(properties.begin(), properties.end(), std::back_inserter(those), is_of_it);
  const std::size_t count = those.size();
  std::copy_if(ways.begin(), ways.end(), std::back_inserter(those), is_of_it);
  for (std::size_t i = count; i < those.size(); ++i) those[i].is_way = true;
  return those;
}

bool is_ami_property(const AmiProperty& property,
                     const TemplateNode& owner,
                     std::string_view text) {
  if (property.type == "AWS::SSM::Parameter") {
    return has_text(owner, "DataType", "aws:ec2:image") || is_ami_list(text);
  }
  return !property.path.starts_with("OptionSettings") || has_text(owner, "OptionName", "ImageId");
}

bool is_foreign_type(std::string_view type) {
  return !type.starts_with("AWS::") || type == "AWS::CloudFormation::CustomResource";
}

std::vector<AmiSlot> ami_slots(const std::vector<TemplateResource>& resources) {
  return slots_of(resources, properties);
}

std::vector<AmiSlot> ami_ways(const std::vector<TemplateResource>& resources) {
  std::vector<AmiSlot> found = slots_of(resources, ways);
  for (const TemplateResource& resource : resources) add_handed_down(resource, found);
  return found;
}

}  // namespace patchbot
