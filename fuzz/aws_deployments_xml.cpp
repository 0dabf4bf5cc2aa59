// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "bodies.hpp"
#include "services/aws/auto_scaling.hpp"
#include "services/aws/cloudformation.hpp"
#include "services/aws/launch_templates.hpp"
#include "support/aws_answers.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

void require_tags(const Tags& tags) {
  const auto not_below = [](const auto& a, const auto& b) { return a.first >= b.first; };
  require(std::adjacent_find(tags.begin(), tags.end(), not_below) == tags.end(),
          "tags are sorted, each key once");
  for (const auto& [key, value] : tags) require_clean(key + value, "a tag");
}

void require_groups(const std::vector<AutoScalingGroup>& groups) {
  for (const AutoScalingGroup& group : groups) {
    require(!group.name.empty(), "a group has a name");
    require_clean(group.name + group.launch_configuration, "a group");
    require_clean(group.launch_template.id + group.launch_template.name, "a launch template");
    for (const std::string& process : group.suspended) require_clean(process, "a process");
    require_tags(group.tags);
  }
}

void require_refreshes(const std::vector<InstanceRefresh>& refreshes) {
  for (const InstanceRefresh& refresh : refreshes) {
    require(!refresh.id.empty() && !refresh.status.empty(), "a refresh has an id and a status");
    require_clean(refresh.id + refresh.group + refresh.status + refresh.reason, "a refresh");
    require(refresh.percent.value_or(0) >= 0 && refresh.percent.value_or(0) <= 100, "a percentage");
  }
}

void require_versions(const std::vector<LaunchTemplateVersion>& versions) {
  for (const LaunchTemplateVersion& version : versions) {
    require(!version.id.empty(), "a launch template has an id");
    require_clean(version.id + version.name + version.ami, "a launch template version");
  }
  for (std::size_t i = 1; i < versions.size(); ++i) {
    const bool same = versions[i - 1].id == versions[i].id;
    require(!same || versions[i - 1].number < versions[i].number, "each version is there once");
    require(same != versions[i - 1].is_latest, "one version is the latest");
  }
}

void require_stacks(const std::vector<Stack>& stacks) {
  for (const Stack& stack : stacks) {
    require(!stack.name.empty() && !stack.id.empty(), "a stack has a name and an id");
    require(stack.status != "REVIEW_IN_PROGRESS", "a stack exists");
    require_clean(stack.name + stack.id + stack.status + stack.reason + stack.parent, "a stack");
    for (const StackParameter& parameter : stack.parameters) {
      require_clean(parameter.name + parameter.value + parameter.resolved, "a parameter");
    }
    require_tags(stack.tags);
  }
}

}  // namespace

int fuzz_aws_deployments_xml(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  parses([&] { require_groups(aws::auto_scaling_groups(AwsAnswers(text).client())); });
  parses([&] { require_refreshes(aws::instance_refreshes(AwsAnswers(text).client(), "web")); });
  parses(
      [&] { require_versions(aws::current_launch_template_versions(AwsAnswers(text).client())); });
  parses([&] { require_stacks(aws::stacks(AwsAnswers(text).client())); });
  parses([&] {
    const std::string body = aws::template_body(AwsAnswers(text).client(), "web");
    require(!body.empty(), "a template has a text");
  });
  return 0;
}

}  // namespace patchbot::fuzz
