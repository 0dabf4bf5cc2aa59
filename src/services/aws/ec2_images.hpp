// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "model/image.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

inline constexpr Operation describe_images{ec2, "DescribeImages"};

/// The images with these ids that the account may see, deprecated and disabled ones included, in
/// EC2's order. One that is gone, or not shared with the account, is left out; so is one that the
/// account's allowed AMIs forbid. All functions here throw Error(remote).
std::vector<Image> images_by_id(Client& client, const std::vector<std::string>& ids);

/// AMI id to name, of the same images.
std::unordered_map<std::string, std::string> image_names(Client& client,
                                                         const std::vector<std::string>& ids);

/// All images of these owners (account ids, self, or amazon and the like; at least one) with a name
/// that fits one of the patterns, of which `*` and `?` are special and `\` makes them plain;
/// without patterns whatever the name. A pattern alone would let anybody's images in. More than
/// 50,000 are Error(remote).
std::vector<Image> images_of_owners(Client& client,
                                    const std::vector<std::string>& owners,
                                    const std::vector<std::string>& name_patterns);

/// All images of an account that have this tag, whose value is their `tagged_family`; an empty
/// value is none. To be asked of the account itself: nobody else sees its tags.
std::vector<Image> images_with_tag(Client& client,
                                   const std::string& owner,
                                   const std::string& tag);

/// The pattern for the names of a family, given one of its names (see ami_family): what they have
/// in common with it, and perhaps with those of other families.
std::string name_pattern(const std::string& name);

}  // namespace patchbot::aws
