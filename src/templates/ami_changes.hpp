// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/image.hpp"
#include "templates/ami_reach.hpp"
#include "templates/rolling.hpp"
#include "templates/template_diff.hpp"

namespace patchbot {

/// Which deployment gets an AMI: by a set of values in a file of parameters.
struct AmiDeployment {
  std::string file;           ///< of the parameters; empty: it is not known
  std::string place;          ///< of the set in it: ParameterSet::place
  std::string template_file;  ///< that it is of
};

/// A changed value that is an AMI, or leads to one.
struct AmiChange {
  /// form: another way to an AMI, such as another key of a map, or an id that becomes one.
  enum class Kind : std::uint8_t { literal, mapping, parameter, parameter_file, ssm, form };

  Kind kind = Kind::literal;
  TemplateChange change;
  std::string region;       ///< that the value is for; empty if its place does not say
  std::string environment;  ///< likewise, or that of the file; see templates/scopes.hpp
  std::vector<AmiUse> uses;
  Rolling rolling;       ///< whether deploying the new version replaces the servers
  bool reached = false;  ///< something in the template refers to it, or it is a resource's own
  std::vector<std::string> instance_types;  ///< of what it is used for, where they are written out
  /// What servers get by this, and what they lose. Where the way to an AMI changes, that is what
  /// stands at the end of the ways, as far as the template tells.
  std::vector<MovedAmi> arriving;
  std::vector<MovedAmi> leaving;
  bool is_open = false;                  ///< which AMIs come of it is known at deployment only
  AmiDeployment deployment{};            ///< where it is told for one
  std::vector<AmiDeployment> getting{};  ///< else those that are known to get it
  std::optional<Image> from_image;       ///< see add_images (templates/image_lookup.hpp)
  std::optional<Image> to_image;

  /// Both are ids: one AMI becomes another.
  bool is_bump() const;
};

std::string_view to_text(AmiChange::Kind kind);

/// What a pull request changes in one template.
struct TemplateReview {
  std::size_t resources = 0;              ///< of the new version
  std::size_t ami_bearing_resources = 0;  ///< those with a property for an AMI
  std::vector<AmiChange> ami_changes;
  std::vector<TemplateChange> other_changes;
  std::vector<UnresolvedAmi> unresolved;      ///< of the new version
  std::vector<UnresolvedAmi> new_unresolved;  ///< those that the old one did not have
};

/// Adds what there is to say of a change that is_open; of another one nothing.
void add_open_choice(TemplateReview& review, const AmiChange& change);

/// Several parts of one way may change together: what comes and goes by them is told with the
/// first.
class ToldOnce {
 public:
  void drop_told(AmiChange& change);

 private:
  std::set<std::string> arrived_;
  std::set<std::string> left_;
};

/// Without a base, or without a head, everything is added or removed.
TemplateReview review(const TemplateNode* base, const TemplateNode* head);

}  // namespace patchbot
