// SPDX-License-Identifier: Apache-2.0
#include "templates/staging_first.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/utf8.hpp"
#include "templates/image_checks.hpp"
#include "templates/image_lookup.hpp"
#include "templates/scopes.hpp"

namespace patchbot {
namespace {

using Stay = StagingBranch::Stay;
using Keeping = StagingBranch::Keeping;

std::string in_hours(std::chrono::seconds time) {
  const auto hours = std::chrono::floor<std::chrono::hours>(time).count();
  return std::to_string(hours) + (hours == 1 ? " hour" : " hours");
}

// The AMI, and its copies in other regions: one owner gave them one name.
std::vector<std::string> copies_of(const std::string& id, const ImageCatalogue* catalogue) {
  std::vector<std::string> ids{id};
  if (catalogue == nullptr) return ids;
  const Image* image = nullptr;
  for (const ImageListing& listing : catalogue->listings) {
    if (image == nullptr) image = listing.find(id);
  }
  if (image == nullptr || image->name.empty() || image->owner.empty()) return ids;
  for (const ImageListing& listing : catalogue->listings) {
    for (const Image& other : listing.images) {
      const bool is_copy = other.name == image->name && other.owner == image->owner;
      if (is_copy && other.id != id) ids.push_back(other.id);
    }
  }
  return ids;
}

constexpr std::chrono::hours oldest(7 * 24);  // of inventories
constexpr std::size_t most_amis = 200;        // each costs questions to git

class Judge {
 public:
  Judge(PullRequest& request, const StagingEvidence& evidence)
      : request_(request), evidence_(evidence) {}

  void judge(ReviewedFile& file, const AmiChange& one) {
    if (is_looked_up(one)) tell_looked_up(file, one);
    for (const MovedAmi& ami : one.arriving) {
      const std::string& id = ami.id;
      if (!is_for_production(one, ami) || !judged_.emplace(file.name, ami.region, id).second)
        continue;
      if (amis_.insert(id).second && amis_.size() > most_amis) {
        return warn(file, one, "more than 200 AMIs go to production: the rest is not judged");
      }
      const std::vector<std::string> ids = copies_of(id, evidence_.images);
      const std::optional<Stay> stay = longest_stay(ids, file.scope.service);
      if (is_swapped(file, one, id)) {
        fail(file,
             one,
             id + " goes to production, and staging gets for it what production had: staging must "
                  "keep it, or go on to a newer one");
      } else if (evidence_.branch != nullptr && is_chosen(file, one)) {
        judge_choice(file, one, ids);  // that a file holds it does not mean that staging chose it
      } else if (stay && stay->taken_back) {
        fail(file, one, id + " was in staging, and staging went back to what it had before it");
      } else if (stay && stay->time < evidence_.soak) {
        fail(file, one, id + " has been in staging for " + in_hours(stay->time) + soak_words());
      } else if (stay) {
        if (stay->goes_on) judge_servers(file, one, ids, stay);  // else it has moved on
      } else if (const Keeping keeping = keeping_for(file); keeping == Keeping::written) {
        never_merged(file, one, ami, ids);
      } else if (keeping != Keeping::none) {
        tell_unknown(file, one, keeping, ids);
      } else if (evidence_.servers != nullptr && evidence_.servers->has(file.scope.service)) {
        judge_servers(file, one, ids, stay);
      }
    }
  }

 private:
  static bool is_looked_up(const AmiChange& one) {
    return (one.is_open || one.kind == AmiChange::Kind::ssm) && one.environment == "production" &&
           !one.change.to.empty();
  }

  void tell_looked_up(const ReviewedFile& file, const AmiChange& one) {
    unchecked("which AMI goes to production by " + clean_line(one.change.path) +
              (file.name.empty() ? "" : " of " + file.name) + " is known at deployment only");
  }

  // What production used before by another way is not new to it; what staging used may be.
  static bool is_for_production(const AmiChange& one, const MovedAmi& ami) {
    if (ami.was_used && ami.environment != "staging") return false;
    return one.environment == "production" || ami.environment == "production";
  }

  std::optional<Stay> longest_stay(const std::vector<std::string>& ids,
                                   const std::string& service) const {
    std::optional<Stay> longest;
    if (evidence_.branch == nullptr) return longest;
    for (const std::string& id : ids) {
      const auto stay = evidence_.branch->stay_of(id, service, evidence_.now);
      if (stay && (!longest || longest->time < stay->time)) longest = stay;
    }
    return longest;
  }

  static bool has(const std::vector<MovedAmi>& amis, const std::string& id) {
    return std::any_of(amis.begin(), amis.end(), [&](const MovedAmi& ami) { return ami.id == id; });
  }

  // Whether the pull request takes the AMI from staging, which gets what production had.
  bool is_swapped(const ReviewedFile& file, const AmiChange& one, const std::string& id) const {
    const auto takes_it = [&](const AmiChange& other) {
      return other.environment == "staging" && has(other.leaving, id) &&
             std::any_of(other.arriving.begin(), other.arriving.end(), [&](const MovedAmi& ami) {
               return has(one.leaving, ami.id);
             });
    };
    return std::any_of(
        request_.files.begin(), request_.files.end(), [&](const ReviewedFile& other) {
          const auto& changes = other.review.ami_changes;
          return may_be_one(file.scope.service, other.scope.service) &&
                 std::any_of(changes.begin(), changes.end(), takes_it);
        });
  }

  // The AMI stands in the template, and a parameter file, or a default that it leaves, says which
  // one it is.
  static bool is_chosen(const ReviewedFile& file, const AmiChange& one) {
    const bool is_for_a_file = file.is_parameter_file || !one.deployment.file.empty();
    return is_for_a_file && one.kind == AmiChange::Kind::form;
  }

  void judge_choice(ReviewedFile& file, const AmiChange& one, const std::vector<std::string>& ids) {
    if (evidence_.servers != nullptr) return judge_servers(file, one, ids, std::nullopt);
    warn(file,
         one,
         ids.front() +
             " goes to production by a value that chooses among AMIs; whether staging chose it, "
             "and since when, only its servers tell: give --inventory");
  }

  Keeping keeping_for(const ReviewedFile& file) {
    if (evidence_.branch == nullptr) return Keeping::none;
    const auto known = kept_.find(file.path);
    if (known != kept_.end()) return known->second;
    return kept_.emplace(file.path, evidence_.branch->keeping_for(file)).first->second;
  }

  // That staging is there, and which AMIs are its own, are two things.
  void tell_unknown(ReviewedFile& file,
                    const AmiChange& one,
                    Keeping keeping,
                    const std::vector<std::string>& ids) {
    if (evidence_.servers != nullptr) return judge_servers(file, one, ids, std::nullopt);
    unchecked("whether staging had " + ids.front() +
              (keeping == Keeping::chosen
                   ? ": its settings write no AMI, so that only its servers tell (--inventory)"
                   : ": it may stand in one of more than 300 files, which were not all read; its "
                     "servers tell (--inventory)"));
  }

  static std::string region_of(const ReviewedFile& file, const MovedAmi& ami) {
    if (!ami.region.empty() || file.scope.regions.size() != 1) return ami.region;
    return file.scope.regions.front();
  }

  void never_merged(ReviewedFile& file,
                    const AmiChange& one,
                    const MovedAmi& ami,
                    const std::vector<std::string>& ids) {
    const bool needs_copies =
        ids.size() == 1 && evidence_.branch->is_elsewhere(file, region_of(file, ami));
    if (needs_copies) {
      return unchecked("whether staging had the bake of " + ami.id + ": staging is not in " +
                       region_of(file, ami) +
                       ", and which AMIs are copies of it, a catalogue of the regions of staging "
                       "tells (--images)");
    }
    fail(file,
         one,
         ami.id +
             " goes to production, and no template of staging on the target branch has it: bump "
             "staging first");
  }

  // Servers may have been started anew since, so that they are young is no proof.
  void judge_servers(ReviewedFile& file,
                     const AmiChange& one,
                     const std::vector<std::string>& ids,
                     const std::optional<Stay>& stay) {
    const std::string& id = ids.front();
    const std::string question = "whether servers of staging run " + id + ": ";
    if (evidence_.servers == nullptr) {
      return unchecked("whether servers of staging run the AMIs: --inventory is not given");
    }
    if (!evidence_.servers->head.generated_at || age() < std::chrono::hours(-1)) {
      return unchecked(question +
                       "the inventory does not say of when it is, or is of a time to come");
    }
    if (age() > oldest) return unchecked(question + "the inventory is older than a week");
    const auto run = evidence_.servers->run_of(ids, file.scope.service);
    if (run && run->since && evidence_.now - *run->since < evidence_.soak) {
      const std::string time = in_hours(evidence_.now - *run->since);
      warn(file, one, "servers of staging run " + id + " for " + time + soak_words());
    }
    if (run) return;
    const InventoryHead& head = evidence_.servers->head;
    if (head.partial) return unchecked(question + "the inventory is partial");
    const bool is_old = age() > (stay ? stay->time : std::chrono::hours(24));
    if (is_old) return unchecked(question + "the inventory may be older than its deployment");
    const std::string of = head.generated_at ? " of " + to_rfc3339(*head.generated_at) : "";
    if (!evidence_.servers->has(file.scope.service)) {
      return warn(file, one, "no server of staging runs" + of + ": nothing has tried " + id);
    }
    fail(file,
         one,
         "no server of staging runs " + id + " in the inventory" + of + ": deploy it there first");
  }

  std::chrono::seconds age() const {
    const InventoryHead& head = evidence_.servers->head;
    return head.generated_at ? evidence_.now - *head.generated_at : std::chrono::seconds(0);
  }

  std::string soak_words() const {
    return "; production may have it after " + in_hours(evidence_.soak);
  }

  void unchecked(const std::string& what) {
    const std::string line = "staging-first: " + what;
    if (told_.insert(line).second) request_.unchecked.push_back(line);
  }

  static void fail(ReviewedFile& file, const AmiChange& one, std::string message) {
    hit(file, one, GateLevel::fail, std::move(message));
  }
  static void warn(ReviewedFile& file, const AmiChange& one, std::string message) {
    hit(file, one, GateLevel::warn, std::move(message));
  }
  static void hit(ReviewedFile& file, const AmiChange& one, GateLevel level, std::string message) {
    const bool is_told = std::any_of(file.hits.begin(), file.hits.end(), [&](const RuleHit& other) {
      return other.id == "staging-first" && other.message == message;
    });
    if (is_told) return;  // of the same AMI in another region
    file.hits.push_back({"staging-first", level, std::move(message), one.change.place});
  }

  PullRequest& request_;
  const StagingEvidence& evidence_;
  std::set<std::tuple<std::string, std::string, std::string>> judged_;
  std::map<std::string, Keeping> kept_;  ///< by the path of a file
  std::set<std::string> told_;
  std::set<std::string> amis_;
};

}  // namespace

void add_staging_first(PullRequest& request, const StagingEvidence& evidence) {
  Judge judge(request, evidence);
  for (ReviewedFile& file : request.files) {
    for (const AmiChange& one : file.review.ami_changes) {
      judge.judge(file, one);
    }
  }
}

}  // namespace patchbot
