// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "model/image.hpp"
#include "services/aws/accounts.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// What of EC2's images is wanted.
struct ImageWish {
  std::vector<std::string> ids;           ///< sorted
  std::set<std::string> new_ids;          ///< of these, whose families are wanted too
  std::vector<std::string> owners;        ///< allowed; see is_owned_by
  std::vector<std::string> whole;         ///< owners whose images are wanted all; may be empty
  std::set<std::string> every_region_of;  ///< accounts that are asked whatever changes
};

/// The ids of the pull request, at most 4,000, for the template is not ours.
ImageWish image_wish(const PullRequest& request);

/// Asks every account and region that the pull request concerns for all of its images: an image
/// that is elsewhere than it should be is found as well. What cannot be asked is a problem of its
/// listing, and the rest is asked all the same. At most 2,000 accounts and regions are asked, for
/// the template is not ours.
class ImageSurvey {
 public:
  ImageSurvey(aws::Session& session, const aws::Self& self, const ImageWish& wish)
      : session_(session), self_(self), wish_(wish) {}

  std::vector<ImageListing> ask(const std::vector<aws::Access>& accounts,
                                const PullRequest& request) const;

 private:
  struct Unit {
    std::size_t account;
    std::string region;
    bool operator<(const Unit& other) const {
      return std::tie(account, region) < std::tie(other.account, other.region);
    }
  };

  std::vector<std::string> usual_regions(const aws::Access& account) const;
  std::set<Unit> units(const std::vector<aws::Access>& accounts, const PullRequest& request) const;
  void read(aws::Client& client, ImageListing& listing) const;
  void add_whole(aws::Client& client, ImageListing& listing) const;
  void add_families(aws::Client& client, ImageListing& listing) const;

  aws::Session& session_;
  const aws::Self& self_;
  const ImageWish& wish_;
};

}  // namespace patchbot
