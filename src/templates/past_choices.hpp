// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "templates/ami_texts.hpp"
#include "templates/branch_history.hpp"
#include "templates/parameter_templates.hpp"
#include "templates/pull_request.hpp"

namespace patchbot {

/// Which AMIs deployments had on the target branch, where values choose among them.
class PastChoices {
 public:
  explicit PastChoices(BranchHistory& history) : history_(history) {}

  /// When the deployment of a change gave up an AMI for one of the change's servers; nothing if it
  /// never chose it, or that cannot be known. Looked at are the last moments of its parameters, and
  /// those at which the AMI came to its template or went.
  std::optional<Time> lost(const ReviewedFile& file, const AmiChange& one, const std::string& id);

  /// Whether there was more to look at than is looked at.
  bool has_given_up() const { return evaluated_ > most_evaluated; }

  /// When an AMI came to any file first.
  std::optional<Time> came(const std::string& id);

 private:
  bool chose(const AmiDeployment& deployment,
             const AmiChange& one,
             const std::string& version,
             const std::string& id);
  const AmiTexts& texts_at(const AmiDeployment& deployment, const std::string& version);
  AmiTexts evaluated(const AmiDeployment& deployment, const std::string& version) const;
  void add_templates(const std::string& path,
                     const std::string& version,
                     TemplatesByPath& templates) const;

  static constexpr std::size_t most_evaluated = 500;  // each reads templates and follows them

  BranchHistory& history_;
  std::size_t evaluated_ = 0;
  std::map<std::string, std::optional<Time>> came_;
  std::map<std::string, AmiTexts> known_;  ///< by deployment and version: many AMIs ask for one
};

}  // namespace patchbot
