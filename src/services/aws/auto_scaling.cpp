// SPDX-License-Identifier: Apache-2.0
#include "services/aws/auto_scaling.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "services/aws/query_answer.hpp"

namespace patchbot::aws {
namespace {

constexpr int groups_per_page = 100;  // the most that one answer has
constexpr std::size_t most_groups = 20'000;
constexpr int most_refreshes = 20;

// Both have bounds in characters, of any script: a cut name would be that of another group.
constexpr std::size_t most_name = 1020;
constexpr std::size_t most_reason = 4092;

LaunchTemplateReference read_reference(const XmlNode& item) {
  const XmlNode* specification = item.find("LaunchTemplate");
  if (specification == nullptr) {
    specification = item.find("MixedInstancesPolicy/LaunchTemplate/LaunchTemplateSpecification");
  }
  if (specification == nullptr) return {};
  LaunchTemplateReference reference{text_of(*specification, "LaunchTemplateId"),
                                    text_of(*specification, "LaunchTemplateName"),
                                    text_of(*specification, "Version")};
  if (reference.version.empty()) reference.version = "$Default";  // what no version means
  return reference;
}

AutoScalingGroup read_group(const XmlNode& item, const Reply& reply) {
  AutoScalingGroup group;
  group.name = text_in(item, reply, "AutoScalingGroupName", most_name);
  group.launch_template = read_reference(item);
  group.launch_configuration = text_of(item, "LaunchConfigurationName", most_name);
  group.desired = number_in(item, reply, "DesiredCapacity");
  for (const XmlNode& process : list_in(item, reply, "SuspendedProcesses").children) {
    group.suspended.push_back(text_of(process, "ProcessName"));
  }
  std::sort(group.suspended.begin(), group.suspended.end());
  group.tags = tags_of(list_in(item, reply, "Tags").children, "Key", "Value");
  return group;
}

// The token of the next page; empty at the end.
std::string add_groups(const Reply& reply, std::vector<AutoScalingGroup>& groups) {
  const XmlAnswer answer(reply);
  const XmlNode& result = result_in(answer, reply, describe_groups);
  for (const XmlNode& item : list_in(result, reply, "AutoScalingGroups").children) {
    groups.push_back(read_group(item, reply));
  }
  if (groups.size() > most_groups)
    throw Error(Blame::remote, reply.label + ": more than 20,000 groups");
  return result.text("NextToken");
}

InstanceRefresh read_refresh(const XmlNode& item, const Reply& reply) {
  InstanceRefresh refresh;
  refresh.id = text_in(item, reply, "InstanceRefreshId");
  refresh.group = text_in(item, reply, "AutoScalingGroupName", most_name);
  refresh.status = text_in(item, reply, "Status");
  refresh.reason = text_of(item, "StatusReason", most_reason);
  const auto percent = parse_integer(text_of(item, "PercentageComplete"));
  if (percent && *percent >= 0 && *percent <= 100) refresh.percent = static_cast<int>(*percent);
  refresh.started_at = parse_rfc3339(text_of(item, "StartTime"));
  refresh.ended_at = parse_rfc3339(text_of(item, "EndTime"));
  return refresh;
}

}  // namespace

std::vector<AutoScalingGroup> auto_scaling_groups(Client& client) {
  std::vector<AutoScalingGroup> groups;
  query_pages(client,
              describe_groups,
              {{"MaxRecords", std::to_string(groups_per_page)}},
              [&groups](const Reply& reply) { return add_groups(reply, groups); });
  return groups;
}

std::vector<InstanceRefresh> instance_refreshes(Client& client, const std::string& group) {
  const Reply reply = client.query(
      describe_instance_refreshes,
      {{"AutoScalingGroupName", group}, {"MaxRecords", std::to_string(most_refreshes)}});
  const XmlAnswer answer(reply);
  const XmlNode& result = result_in(answer, reply, describe_instance_refreshes);
  std::vector<InstanceRefresh> refreshes;
  for (const XmlNode& item : list_in(result, reply, "InstanceRefreshes").children) {
    refreshes.push_back(read_refresh(item, reply));
  }
  return refreshes;
}

}  // namespace patchbot::aws
