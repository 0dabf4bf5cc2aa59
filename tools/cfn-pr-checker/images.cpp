// SPDX-License-Identifier: Apache-2.0
#include "images.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/atomic_file.hpp"
#include "base/parse_file.hpp"
#include "formats/images_json.hpp"
#include "formats/images_writer.hpp"
#include "image_survey.hpp"
#include "model/aws_names.hpp"
#include "templates/image_checks.hpp"

namespace patchbot {
namespace {

constexpr std::string_view without_images =
    "whether the AMIs exist, whose they are and how old: --images is not given";
constexpr std::size_t max_catalogue_bytes = std::size_t{32} * 1024 * 1024;

void add_accounts(ImageCatalogue& catalogue, const Config& settings) {
  if (!settings.aws) return;
  for (const AccountSettings& account : settings.aws->accounts) {
    catalogue.accounts.push_back(account.id);
  }
}

void sort_accounts(ImageCatalogue& catalogue) {
  auto& accounts = catalogue.accounts;
  std::sort(accounts.begin(), accounts.end());
  accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
}

// What is recorded once serves pull requests that are not there yet: all images of ours.
void widen(ImageWish& wish,
           const std::vector<aws::Access>& accounts,
           const ImageSettings& settings) {
  wish.whole = {"self"};
  std::copy_if(settings.owners.begin(),
               settings.owners.end(),
               std::back_inserter(wish.whole),
               is_account_id);
  for (const aws::Access& account : accounts) wish.every_region_of.insert(account.id);
}

void tell_problems(const ImageCatalogue& catalogue, Log& log) {
  std::set<std::string> problems;
  for (const ImageListing& listing : catalogue.listings) {
    problems.insert(listing.problem);
    problems.insert(listing.families_problem);
  }
  for (const std::string& problem : problems) {
    if (!problem.empty()) log.warning(problem);
  }
}

ImageCatalogue ask_aws(const CfnPrChecker& flags,
                       const Config& config,
                       cli::World& world,
                       const cli::Net* opened,
                       const PullRequest& request) {
  ImageCatalogue catalogue;
  ImageWish wish = image_wish(request);
  if (wish.ids.empty() && flags.save_images.empty()) return catalogue;  // nothing to ask
  const AwsSettings settings = config.aws.value_or(AwsSettings());
  const cli::Net own = opened == nullptr
                           ? flags.host.net.open(world, aws::address_settings(world.environment))
                           : cli::Net();
  const cli::Net& net = opened == nullptr ? own : *opened;
  aws::Session session(*net.transport, *net.clock, world.environment);
  session.deadline = net.deadline;
  const aws::Self self = aws::find_self(session, world.environment, settings, net.replayed);
  world.log.detail("asking as " + self.arn);
  const std::vector<aws::Access> accounts = aws::accounts_of(settings, self, session);
  for (const aws::Access& account : accounts) catalogue.accounts.push_back(account.id);
  catalogue.accounts.push_back(self.account);
  sort_accounts(catalogue);
  wish.owners = allowed_owners(catalogue, config.pull_requests.images);
  if (!flags.save_images.empty()) widen(wish, accounts, config.pull_requests.images);
  catalogue.listings = ImageSurvey(session, self, wish).ask(accounts, request);
  catalogue.generated_at = world.now;
  world.log.info(fmt::format("asked EC2 about {} {} in {} {} altogether",
                             wish.ids.size(),
                             wish.ids.size() == 1 ? "AMI" : "AMIs",
                             catalogue.listings.size(),
                             catalogue.listings.size() == 1 ? "region" : "regions"));
  tell_problems(catalogue, world.log);
  return catalogue;
}

void check_flags(const CfnPrChecker& flags) {
  if (!flags.save_images.empty() && flags.images != "aws") {
    throw Error(Blame::usage, "--save-images needs --images aws: it writes what EC2 says");
  }
}

}  // namespace

std::optional<ImageCatalogue> find_images(const CfnPrChecker& flags,
                                          const Config& settings,
                                          cli::World& world,
                                          const cli::Net* net,
                                          PullRequest& request) {
  check_flags(flags);
  request.images.as_of = world.now;
  if (flags.images.empty()) {
    if (request.ami_changes() > 0) request.unchecked.emplace_back(without_images);
    return std::nullopt;
  }
  ImageCatalogue catalogue;
  if (flags.images == "aws") {
    catalogue = ask_aws(flags, settings, world, net, request);
    request.images.kind = ImageOrigin::Kind::aws;
    if (!flags.save_images.empty()) write_file(flags.save_images, to_json(catalogue));
  } else {
    catalogue = parse_file(flags.images, max_catalogue_bytes, parse_images);
    add_accounts(catalogue, settings);
    sort_accounts(catalogue);
    request.images.kind = ImageOrigin::Kind::file;
    request.images.generated_at = catalogue.generated_at;
  }
  request.images.as_of = world.now;  // a replay has set it
  return catalogue;
}

bool lacks_answers(const PullRequest& request) {
  if (request.images.kind != ImageOrigin::Kind::aws) return false;
  return std::any_of(request.files.begin(), request.files.end(), [](const ReviewedFile& file) {
    return std::any_of(file.hits.begin(), file.hits.end(), [](const RuleHit& hit) {
      return hit.id == "ami-unknown" && hit.level >= GateLevel::warn;
    });
  });
}

}  // namespace patchbot
