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

class GitHubRepository final : public RepositoryHost {
 public:
  using RepositoryHost::RepositoryHost;

  std::string main_branch() override {
    const json answer = json_of(client_, client_.get(path()), "the repository");
    return known_branch(raw_text(answer, {"default_branch"}));
  }

  std::string tip(const std::string& branch) override {
    const std::string where = path() + "/git/ref/heads/" + percent_encode(branch, "/");
    const json answer = json_of(client_, client_.get(where), "the branch " + clean_line(branch));
    return commit_of(client_, answer, {"object", "sha"});
  }

 protected:
  std::vector<FileVersion> list_files(const std::string& commit) override {
    const std::string where = path() + "/git/trees/" + commit + "?recursive=1";
    const json answer = json_of(client_, client_.get(where), "the files");
    if (at(answer, {"truncated"}) != false || !at(answer, {"tree"}).is_array()) {
      throw Error(Blame::remote,
                  client_.about("the files: they are more than GitHub lists; give "
                                "status.repositories a clone of it (clone:)"));
    }
    std::vector<FileVersion> files;
    for (const json& item : at(answer, {"tree"})) {
      if (!is_plain_file(client_, item)) continue;
      files.push_back(file_at(path_of(client_, item, {"path"}), commit, raw_text(item, {"sha"})));
    }
    return files;
  }

  std::size_t list_requests(const std::string& branch, const TakeRequest& take) override {
    const std::string where =
        path() + "/pulls?state=open&sort=created&direction=desc&base=" + percent_encode(branch);
    return each_numbered(
        client_,
        where,
        "the open pull requests",
        [&](const json& item) {
          if (!goes_into(branch, raw_text(item, {"base", "ref"}))) return;
          OpenPullRequest one = numbered(raw_text(item, {"number"}));
          one.title = line_of(item, {"title"});
          one.branch = raw_text(item, {"head", "ref"});
          one.head = to_lower(raw_text(item, {"head", "sha"}));
          one.source = raw_text(item, {"head", "repo", "full_name"});
          one.created = parse_rfc3339(raw_text(item, {"created_at"}));
          one.is_draft = at(item, {"draft"}) == true;
          take(std::move(one));
        },
        unproven_page);
  }

 private:
  std::string path() const { return repository_path(address_.kind, address_.project); }
};

}  // namespace

std::unique_ptr<RepositoryHost> github_repository(const RepositoryAddress& address,
                                                  const HostAccess& access) {
  return std::make_unique<GitHubRepository>(address, access);
}

}  // namespace patchbot
