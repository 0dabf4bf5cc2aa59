// SPDX-License-Identifier: Apache-2.0
#include "check.hpp"

#include "base/parallel.hpp"
#include "cli/check_line.hpp"
#include "listing.hpp"
#include "services/aws/accounts.hpp"
#include "services/aws/ec2.hpp"
#include "services/aws/ec2_images.hpp"
#include "services/aws/inspector.hpp"
#include "services/aws/ssm.hpp"

namespace patchbot {
namespace {

using cli::CheckList;

// The JSON services know no dry run: one small page, which nobody looks at.
void ask(aws::Client& client, const aws::Operation& operation, const std::string& size) {
  client.json(operation, "{\"" + size + "\":5}").value();
}

// Permissions are the same in all regions, so one region stands for the account.
void check_account(const aws::Access& account,
                   const aws::Self& self,
                   aws::Session& session,
                   bool with_coverage,
                   CheckList& list) {
  const std::string name =
      "account " + account.id + (account.name.empty() ? "" : " (" + account.name + ")");
  const std::string way = account.role.empty() ? "our own credentials" : account.role;
  if (!list.attempt(name + ": " + way, [&] { account.credentials->get(); })) return;
  const std::string region = account.regions.empty() ? self.region : account.regions.front();
  aws::Client client(session, account.credentials, region, account.id);
  if (account.regions.empty()) {
    list.attempt(name + ": ec2:DescribeRegions",
                 [&] { aws::must_be_allowed(client, aws::describe_regions); });
  }
  list.attempt(name + ": ec2:DescribeInstances",
               [&] { aws::must_be_allowed(client, aws::describe_instances); });
  list.attempt(name + ": ec2:DescribeImages",
               [&] { aws::must_be_allowed(client, aws::describe_images); });
  if (!with_coverage) return;
  list.attempt(name + ": ssm:DescribeInstanceInformation",
               [&] { ask(client, aws::describe_instance_information, "MaxResults"); });
  bool enabled = false;
  list.attempt(name + ": inspector2:BatchGetAccountStatus",
               [&] { enabled = aws::inspects_instances(client); });
  if (!enabled) return;
  list.attempt(name + ": inspector2:ListCoverage",
               [&] { ask(client, aws::list_coverage, "maxResults"); });
  list.attempt(name + ": inspector2:ListFindings",
               [&] { ask(client, aws::list_findings, "maxResults"); });
}

CheckList check_ec2(const Ec2Targets& flags, const Config& config, cli::World& world) {
  CheckList list;
  const AwsSettings settings = config.aws.value_or(AwsSettings());
  const cli::Net net = flags.net.open(world, aws::address_settings(world.environment));
  aws::Session session(*net.transport, *net.clock, world.environment);
  session.deadline = net.deadline;
  aws::Self self;
  std::vector<aws::Access> accounts;
  list.attempt("credentials",
               [&] { self = aws::find_self(session, world.environment, settings, net.replayed); });
  if (list.exit() != cli::Exit::clean) return list;
  list.attempt("accounts, asked as " + self.arn,
               [&] { accounts = aws::accounts_of(settings, self, session); });
  std::vector<CheckList> lists(accounts.size());
  in_parallel(accounts.size(), flags.parallel, [&](std::size_t i) {
    check_account(accounts[i], self, session, flags.with_coverage, lists[i]);
  });
  for (const CheckList& one : lists) list.append(one);
  return list;
}

}  // namespace

cli::Exit check_access(const Ec2Targets& flags, const Config& config, cli::World& world) {
  CheckList list;
  if (flags.source == "ec2") {
    list = check_ec2(flags, config, world);
  } else if (flags.source == "security-monkey") {
    list.attempt("Security Monkey", [&] { check_security_monkey(flags, config, world); });
  } else {
    TargetSheet sheet(flags, config);
    Time as_of = world.now;
    list.attempt(flags.file, [&] { list_from_file(flags, sheet, as_of); });
  }
  list.write(world.out);
  return list.exit();
}

}  // namespace patchbot
