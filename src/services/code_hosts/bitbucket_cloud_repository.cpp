// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/api_paths.hpp"
#include "services/code_hosts/repository_hosts.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

constexpr int deepest = 30;  // folders in folders

// Its language of queries has texts in quotes.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

bool is_link(const json& item) {
  const json& attributes = at(item, {"attributes"});
  return attributes.is_array() &&
         std::any_of(attributes.begin(), attributes.end(), [](const json& one) {
           return one == "link" || one == "subrepository";
         });
}

class BitbucketCloudRepository final : public RepositoryHost {
 public:
  using RepositoryHost::RepositoryHost;

  std::string main_branch() override {
    const json answer = json_of(client_, client_.get(path()), "the repository");
    return known_branch(raw_text(answer, {"mainbranch", "name"}));
  }

  std::string tip(const std::string& branch) override {
    const std::string where = path() + "/refs/branches/" + percent_encode(branch, "/");
    const json answer = json_of(client_, client_.get(where), "the branch " + clean_line(branch));
    return commit_of(client_, answer, {"target", "hash"});
  }

 protected:
  // A folder at the deepest level is listed without what is in it.
  std::vector<FileVersion> list_files(const std::string& commit) override {
    const std::string where =
        path() + "/src/" + commit + "/?pagelen=100&max_depth=" + std::to_string(deepest);
    std::vector<FileVersion> files;
    each_linked(client_, where, "the files", [&](const json& item) {
      const std::string type = raw_text(item, {"type"});
      if (type == "commit_directory") return check_depth(raw_text(item, {"path"}));
      if (type != "commit_file") {
        throw Error(Blame::remote, client_.about("the files: the answer has one without a type"));
      }
      if (is_link(item)) return;
      files.push_back(file_at(path_of(client_, item, {"path"}), commit, {}));
    });
    return files;
  }

  std::size_t list_requests(const std::string& branch, const TakeRequest& take) override {
    const std::string query = "state=\"OPEN\" AND destination.branch.name=" + quoted(branch);
    const std::string where = path() + "/pullrequests?pagelen=50&q=" + percent_encode(query);
    each_linked(client_, where, "the open pull requests", [&](const json& item) {
      if (!goes_into(branch, raw_text(item, {"destination", "branch", "name"}))) return;
      OpenPullRequest one = numbered(raw_text(item, {"id"}));
      one.title = line_of(item, {"title"});
      one.branch = raw_text(item, {"source", "branch", "name"});
      one.head = to_lower(raw_text(item, {"source", "commit", "hash"}));
      one.source = raw_text(item, {"source", "repository", "full_name"});
      one.created = parse_rfc3339(raw_text(item, {"created_on"}));
      one.is_draft = at(item, {"draft"}) == true;
      take(std::move(one));
    });
    return largest_page;  // its pages tell themselves whether there is more
  }

 private:
  std::string path() const { return repository_path(address_.kind, address_.project); }

  void check_depth(const std::string& folder) const {
    const auto slashes = std::count(folder.begin(), folder.end(), '/');
    if (slashes + 1 < deepest) return;
    throw Error(Blame::remote,
                client_.about("the files: " + clean_line(folder) +
                              " lies too deep to be listed; give status.repositories a clone of "
                              "it (clone:)"));
  }
};

}  // namespace

std::unique_ptr<RepositoryHost> bitbucket_cloud_repository(const RepositoryAddress& address,
                                                           const HostAccess& access) {
  return std::make_unique<BitbucketCloudRepository>(address, access);
}

}  // namespace patchbot
