// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "formats/records/node.hpp"
#include "model/finding.hpp"
#include "model/scan.hpp"

// What Amazon's services say of machines, images and packages, whichever way they capitalise it.

namespace patchbot {

/// "i-0123abcd" of an instance id or of an ARN that ends in one; empty for anything else.
std::string instance_id_of(std::string_view id_or_arn);

/// What follows the last slash or colon of an ARN; all of it without either.
std::string_view last_part(std::string_view arn);

/// The address under which an image is pulled, as other scanners call it.
struct EcrImage {
  std::string account;
  std::string region;
  std::string partition;
  std::string repository;
  std::string tag;  ///< or digest, or empty
};
std::string image_name(const EcrImage& image);

/// "account/region/name": what has a name of its own only within the host's account and region.
std::string name_in_account(const ScannedHost& host, const std::string& name);

/// The first address becomes the host's if it has none; the others are further names.
void add_addresses(ScannedHost& host, const Node& addresses);

/// Adds what is not empty and not the host's name itself.
void add_alias(ScannedHost& host, std::string alias);

/// A vulnerable package, as members of its record.
struct AwsPackage {
  Node name, epoch, version, release, arch, manager, path, layer, fixed_in, advice;
};

/// The first package is where the finding is; of all of them versions with a fix, advice and a line
/// of evidence are kept.
void add_package(Finding& finding, const AwsPackage& package);

/// YES, NO and PARTIAL; where it is not said, versions with a fix show it.
void put_fix_available(Finding& finding, const Node& word);

/// Adds a line of advice unless it only says that there is none.
void add_advice(Finding& finding, const Node& advice);

/// A line of what the scanner saw.
void add_evidence(Finding& finding, std::string_view line);

}  // namespace patchbot
