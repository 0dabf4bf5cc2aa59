// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "templates/ami_sources.hpp"
#include "templates/resources.hpp"
#include "templates/template_diff.hpp"

namespace patchbot {

/// Whether deploying a template replaces the servers that run an AMI which changes.
struct Rolling {
  enum class Verdict : std::uint8_t { yes, no, unknown };

  Verdict verdict = Verdict::unknown;
  std::string reason;
  bool operator==(const Rolling&) const = default;
};

std::string_view to_text(Rolling::Verdict verdict);

/// Knows what names the launch templates and launch configurations of a template.
class Rollings {
 public:
  /// `changes` are those that lead to this version of the template; `root` and `resources` must
  /// outlive it.
  Rollings(const TemplateNode& root,
           const std::vector<TemplateResource>& resources,
           const std::vector<TemplateChange>& changes);
  Rollings(const Rollings&) = delete;
  Rollings& operator=(const Rollings&) = delete;
  ~Rollings();

  /// The worst over all uses of an AMI: an Auto Scaling group replaces its servers only if its own
  /// properties change and it has an update policy, and a new version of a launch template changes
  /// nothing where the group names another. Unknown without uses.
  /// Rule: CloudFormation template reference, "UpdatePolicy attribute".
  Rolling of(const std::vector<AmiUse>& uses) const;

 private:
  struct Index;
  std::unique_ptr<Index> index_;
};

}  // namespace patchbot
