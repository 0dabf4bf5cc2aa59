// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/time.hpp"

namespace patchbot {

/// An AMI as EC2 tells of it. Empty means unknown.
struct Image {
  std::string id;
  std::string name;
  std::string owner;        ///< the account, 12 digits
  std::string owner_alias;  ///< amazon, aws-marketplace or microsoft, by EC2's own word
  std::optional<Time> created;
  std::optional<Time> deprecated_at;  ///< may be to come
  std::string state;                  ///< available, pending, failed, disabled, ...
  std::string state_reason;
  std::string architecture;  ///< x86_64, arm64, i386, x86_64_mac, arm64_mac
  std::string platform;      ///< "Linux/UNIX", "Windows", ...
  std::optional<bool> is_public;
  std::string source;         ///< the AMI that it was copied or baked from, where EC2 says
  std::string tagged_family;  ///< what a tag says, where one was asked for

  /// What its tag says, else what its name does (ami_family).
  std::string family() const;
  bool operator==(const Image&) const = default;
};

/// All images of a family that one owner has.
struct ImageFamily {
  std::string owner;  ///< account
  std::string name;   ///< see ami_family
  bool operator==(const ImageFamily&) const = default;
  bool operator<(const ImageFamily& other) const {
    return std::tie(owner, name) < std::tie(other.owner, other.name);
  }
};

/// What one region told in the name of one account. It speaks of what was asked for, and of
/// nothing else: an id that nobody asked for may exist all the same.
struct ImageListing {
  std::string account;
  std::string region;
  std::string problem;           ///< why it could not be asked; then it knows nothing
  std::string families_problem;  ///< likewise, of the families alone
  std::vector<std::string> asked;
  std::vector<ImageFamily> families;  ///< listed whole
  std::vector<std::string> owners;    ///< accounts whose images are listed whole
  std::vector<Image> images;          ///< sorted by id, each once
  bool operator==(const ImageListing&) const = default;

  /// Null if it does not know the image.
  const Image* find(std::string_view id) const;
  bool has_asked_for(std::string_view id) const;
};

/// The images of some accounts and regions.
struct ImageCatalogue {
  std::optional<Time> generated_at;
  std::vector<std::string> accounts;  ///< that we know as our own
  std::vector<ImageListing> listings;
  bool operator==(const ImageCatalogue&) const = default;
};

/// The images of a listing, which must outlive this, by what they can replace.
class ImageFamilies {
 public:
  /// Of those that servers may start from at `now`.
  ImageFamilies(const ImageListing& listing, Time now);

  /// The images of the same family, owner and architecture, newest first; null if the listing does
  /// not hold all of them. They live as long as this does.
  const std::vector<const Image*>* relatives(const Image& image) const&;
  const std::vector<const Image*>* relatives(const Image& image) const&& = delete;

 private:
  using Key = std::tuple<std::string, std::string, std::string>;

  const ImageListing& listing_;
  std::map<Key, std::vector<const Image*>> images_;
  std::vector<const Image*> none_;
};

/// Sorts the images and leaves each id once; sorts asked, families and owners likewise.
void settle(ImageListing& listing);

}  // namespace patchbot
