// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "services/git.hpp"
#include "template_files.hpp"
#include "templates/branch_history.hpp"

namespace patchbot {

/// The target branch of a pull request, as a local clone has it.
class GitHistory final : public BranchHistory {
 public:
  GitHistory(GitRepository repository, std::string commit);

  void expect(const std::vector<std::string>& ids) override;
  const TemplateNode* read(const std::string& path) override;
  const Changes& changes_of(const std::string& text) override;
  std::vector<Moment> moments_of(const std::string& path) override;
  const TemplateNode* read_at(const std::string& path,
                              const std::string& version,
                              When when) override;
  std::vector<std::string> template_paths() override;

 private:
  const std::map<std::string, std::string>& blobs();

  GitRepository repository_;
  std::string commit_;
  std::map<std::string, std::string> blobs_;  ///< by path; of files that may be templates
  std::map<std::string, TemplateFile> read_;
  std::map<std::string, TemplateFile> read_at_;  ///< by revision and path
  std::vector<std::string> expected_;
  std::map<std::string, std::shared_ptr<const Changes>> changes_;  ///< of ids, looked for together
  std::map<std::string, std::vector<Moment>> moments_;             ///< of files
};

}  // namespace patchbot
