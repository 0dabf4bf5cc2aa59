// SPDX-License-Identifier: Apache-2.0
#include "services/aws/ec2.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "model/aws_names.hpp"
#include "services/aws/ec2_instance.hpp"
#include "services/aws/pages.hpp"
#include "services/aws/query_answer.hpp"
#include "services/aws/xml_answer.hpp"

namespace patchbot::aws {
namespace {

// Large enough that few calls are throttled, small enough that many pages at once fit into memory.
constexpr int instances_per_page = 500;

// Machines that other services manage (EKS, say) are hidden from plain questions since 2026, but
// run, and can be attacked, all the same.
Form instances_form(const std::vector<std::string>& states,
                    const std::string& token,
                    bool managed) {
  Form form{{"MaxResults", std::to_string(instances_per_page)}};
  if (managed) form.emplace_back("IncludeManagedResources", "true");
  add_filter(form, 1, "instance-state-name", states);
  if (!token.empty()) form.emplace_back("NextToken", token);
  return form;
}

}  // namespace

std::vector<std::string> enabled_regions(Client& client) {
  const Reply reply = client.query(describe_regions, {{"AllRegions", "false"}});
  const XmlAnswer answer(reply);
  check_root(answer, reply, "DescribeRegionsResponse");
  std::vector<std::string> regions;
  for (const XmlNode& item : answer.root().items("regionInfo")) {
    // It becomes part of the host name that gets our signed requests.
    regions.push_back(item.text("regionName"));
    if (is_region(regions.back())) continue;
    throw Error(Blame::remote, reply.label + ": the answer names a region that cannot be one");
  }
  if (regions.empty()) {
    throw Error(Blame::remote, reply.label + ": the answer names no region");
  }
  std::sort(regions.begin(), regions.end());
  return regions;
}

void each_instance_page(Client& client,
                        const std::vector<std::string>& states,
                        const std::function<void(std::vector<Target>&&)>& read) {
  bool managed = true;
  each_page(client.label(describe_instances), [&](const std::string& token) {
    const auto ask = [&] {
      return client.query(describe_instances, instances_form(states, token, managed));
    };
    Reply reply = ask();
    if (reply.failure && reply.failure->code == "UnknownParameter") {
      managed = false;  // an older EC2 than the public one: it hides nothing
      reply = ask();
    }
    std::vector<Target> page;
    const XmlAnswer answer(reply, "instancesSet", [&](const XmlNode& item) {
      Target target = read_instance(item);
      if (target.id.empty()) throw Error(Blame::remote, reply.label + ": an instance has no id");
      target.account = client.scope();
      target.region = client.region();
      page.push_back(std::move(target));
    });
    check_root(answer, reply, "DescribeInstancesResponse");
    for (const XmlNode& reservation : list_in(answer.root(), reply, "reservationSet").children) {
      list_in(reservation, reply, "instancesSet");
    }
    read(std::move(page));
    return answer.root().text("nextToken");
  });
}

std::string dry_run(Client& client, const Operation& operation) {
  const Reply reply = client.query(operation, {{"DryRun", "true"}});
  if (!reply.failure || reply.failure->code == "DryRunOperation") return {};
  return reply.failure->code + ": " + reply.failure->message;
}

void must_be_allowed(Client& client, const Operation& operation) {
  const std::string problem = dry_run(client, operation);
  if (!problem.empty()) throw Error(Blame::remote, problem);
}

}  // namespace patchbot::aws
