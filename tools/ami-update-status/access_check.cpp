// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/parallel.hpp"
#include "cli/check_line.hpp"
#include "jenkins_access.hpp"
#include "repositories.hpp"
#include "services/aws/auto_scaling.hpp"
#include "services/aws/cloudformation.hpp"
#include "services/aws/ec2.hpp"
#include "services/aws/ec2_images.hpp"
#include "services/aws/launch_templates.hpp"
#include "services/aws/region_walk.hpp"
#include "survey.hpp"

namespace patchbot {
namespace {

// These know no dry run: one small page, which nobody looks at.
void ask(aws::Client& client, const aws::Operation& operation, const aws::Form& form) {
  client.query(operation, form).value();
}

// Who may not ask is not told that there is no such thing.
void ask_of_nothing(aws::Client& client, const aws::Operation& operation, const std::string& name) {
  const aws::Reply reply = client.query(operation, {{name, "patchbot-check"}});
  if (reply.failure && reply.failure->code != "ValidationError") reply.value();
}

// Permissions are the same in all regions, so one region stands for the account.
void check_account(const aws::Access& account,
                   const aws::Self& self,
                   aws::Session& session,
                   cli::CheckList& list) {
  const std::string name =
      "account " + account.id + (account.name.empty() ? "" : " (" + account.name + ")");
  const std::string way = account.role.empty() ? "our own credentials" : account.role;
  if (!list.attempt(name + ": " + way, [&] { account.credentials->get(); })) return;
  const std::string region = account.regions.empty() ? self.region : account.regions.front();
  aws::Client client(session, account.credentials, region, account.id);
  for (const aws::Operation& one :
       {aws::describe_instances, aws::describe_images, aws::describe_launch_template_versions}) {
    list.attempt(name + ": ec2:" + std::string(one.name),
                 [&] { aws::must_be_allowed(client, one); });
  }
  list.attempt(name + ": autoscaling:DescribeAutoScalingGroups", [&] {
    ask(client, aws::describe_groups, {{"MaxRecords", "1"}});
  });
  list.attempt(name + ": autoscaling:DescribeInstanceRefreshes", [&] {
    ask_of_nothing(client, aws::describe_instance_refreshes, "AutoScalingGroupName");
  });
  list.attempt(name + ": cloudformation:DescribeStacks",
               [&] { ask(client, aws::describe_stacks, {}); });
  list.attempt(name + ": cloudformation:GetTemplate",
               [&] { ask_of_nothing(client, aws::get_template, "StackName"); });
}

void check_aws(const AmiUpdateStatus& flags,
               const Config& config,
               cli::World& world,
               const cli::Net& net,
               cli::CheckList& list) {
  const AwsSettings settings = config.aws.value_or(AwsSettings());
  aws::Session session(*net.transport, *net.clock, world.environment);
  session.deadline = net.deadline;
  aws::Self self;
  std::vector<aws::Access> accounts;
  const auto find = [&] {
    self = aws::find_self(session, world.environment, settings, net.replayed);
  };
  if (!list.attempt("credentials", find)) return;
  list.attempt("accounts, asked as " + self.arn,
               [&] { accounts = aws::accounts_of(settings, self, session); });
  std::vector<cli::CheckList> lists(accounts.size());
  in_parallel(accounts.size(), flags.parallel, [&](std::size_t i) {
    check_account(accounts[i], self, session, lists[i]);
  });
  for (const cli::CheckList& one : lists) list.append(one);
}

}  // namespace

cli::Exit check_access(const AmiUpdateStatus& flags, const Config& config, cli::World& world) {
  cli::CheckList list;
  const cli::Net net = flags.net.open(world, aws::address_settings(world.environment));
  const Repositories repositories(config, world, net);  // throws before anybody is asked
  check_aws(flags, config, world, net, list);
  repositories.check(list);
  std::unique_ptr<Jenkins> jenkins;
  if (!config.status.jenkins.empty()) {
    list.attempt("Jenkins", [&] { jenkins = open_jenkins(config, world, net); });
  }
  for (const FamilySettings& one : config.status.families) {
    if (jenkins == nullptr || one.job.empty()) continue;
    for (const HostProbe& probe : jenkins->probes(one.job)) {
      list.attempt("Jenkins: " + probe.what, probe.attempt);
    }
  }
  list.write(world.out);
  return list.exit();
}

}  // namespace patchbot
