// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/aws_names.hpp"

namespace patchbot {

/// Whether a text is the id of an AMI, or several with commas between them, as parameters of a list
/// type have them.
bool is_ami_list(std::string_view text);

/// Whether one of its words is AMI or image, as in "WebAmiId" and "/golden/image/web"; not that of
/// a container ("DockerImageTag").
bool names_image(std::string_view text);

/// Whether a text has the form of a region's name, such as eu-west-1, us-gov-west-1 or
/// eusc-de-east-1: a place and a direction that AWS uses, and a number.
bool is_region_name(std::string_view text);

}  // namespace patchbot
