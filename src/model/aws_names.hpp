// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace patchbot {

/// Whether a text can be what it should name at AWS; whether that exists, only AWS knows.
bool is_account_id(std::string_view text);  ///< exactly 12 digits
bool is_region(std::string_view text);      ///< "eu-west-1", "us-gov-west-1", "eusc-de-east-1"
bool is_role_name(std::string_view text);   ///< "name" or "path/name", as ARNs write it
bool is_external_id(std::string_view text);

/// Whether a text is the id of an AMI and nothing else: "ami-" and 8 or 17 hexadecimal digits in
/// lower case, as EC2 gives them out.
bool is_ami_id(std::string_view text);

/// The account of a role's ARN (any partition); none if the text is no such ARN.
std::optional<std::string_view> account_of_role(std::string_view arn);

}  // namespace patchbot
