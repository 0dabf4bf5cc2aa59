// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/api_paths.hpp"
#include "services/code_hosts/repository_hosts.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

class GitLabRepository final : public RepositoryHost {
 public:
  using RepositoryHost::RepositoryHost;

  std::string main_branch() override {
    const json answer = json_of(client_, client_.get(path()), "the project");
    return known_branch(raw_text(answer, {"default_branch"}));
  }

  std::string tip(const std::string& branch) override {
    const std::string where = path() + "/repository/branches/" + percent_encode(branch);
    const json answer = json_of(client_, client_.get(where), "the branch " + clean_line(branch));
    return commit_of(client_, answer, {"commit", "id"});
  }

 protected:
  std::vector<FileVersion> list_files(const std::string& commit) override {
    const std::string where = path() + "/repository/tree?recursive=true&ref=" + commit;
    std::vector<FileVersion> files;
    each_keyed(client_, where, "the files", [&](const json& item) {
      if (!is_plain_file(client_, item)) return;
      files.push_back(file_at(path_of(client_, item, {"path"}), commit, raw_text(item, {"id"})));
    });
    return files;
  }

  std::size_t list_requests(const std::string& branch, const TakeRequest& take) override {
    const std::string where =
        path() + "/merge_requests?state=opened&order_by=created_at&sort=desc&target_branch=" +
        percent_encode(branch);
    return each_numbered(
        client_,
        where,
        "the open merge requests",
        [&](const json& item) {
          if (!goes_into(branch, raw_text(item, {"target_branch"}))) return;
          OpenPullRequest one = numbered(raw_text(item, {"iid"}));
          one.title = line_of(item, {"title"});
          one.branch = raw_text(item, {"source_branch"});
          one.head = to_lower(raw_text(item, {"sha"}));
          one.source = raw_text(item, {"source_project_id"});
          if (one.source == raw_text(item, {"target_project_id"})) one.source = address_.project;
          one.created = parse_rfc3339(raw_text(item, {"created_at"}));
          one.is_draft = at(item, {"draft"}) == true || at(item, {"work_in_progress"}) == true;
          take(std::move(one));
        },
        unproven_page);
  }

 private:
  std::string path() const { return repository_path(address_.kind, address_.project); }
};

}  // namespace

std::unique_ptr<RepositoryHost> gitlab_repository(const RepositoryAddress& address,
                                                  const HostAccess& access) {
  return std::make_unique<GitLabRepository>(address, access);
}

}  // namespace patchbot
