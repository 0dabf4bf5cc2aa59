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

std::string full_name(const std::string& branch) { return "refs/heads/" + branch; }

// Milliseconds since 1970; none before that, or after the year 9999.
std::optional<Time> time_of(const json& value) {
  constexpr std::int64_t end = 253'402'300'800'000;
  if (!value.is_number_integer()) return std::nullopt;
  const auto milliseconds = value.get<std::int64_t>();
  if (milliseconds < 0 || milliseconds >= end) return std::nullopt;
  return Time(std::chrono::seconds(milliseconds / 1000));
}

class DataCenterRepository final : public RepositoryHost {
 public:
  using RepositoryHost::RepositoryHost;

  std::string main_branch() override {
    HttpResponse response = client_.get(path() + "/default-branch");
    if (response.status == 404)
      response = client_.get(path() + "/branches/default");  // older versions
    return known_branch(raw_text(json_of(client_, response, "the main branch"), {"displayId"}));
  }

  std::string tip(const std::string& branch) override {
    const std::string what = "the branch " + clean_line(branch);
    const std::string where =
        path() + "/commits?limit=1&until=" + percent_encode(full_name(branch));
    const json answer = json_of(client_, client_.get(where), what);
    const json& commits = at(answer, {"values"});
    if (!commits.is_array() || commits.empty()) {
      throw Error(Blame::remote, client_.about(what) + ": the answer names no commit");
    }
    return commit_of(client_, commits.front(), {"id"});
  }

 protected:
  std::vector<FileVersion> list_files(const std::string& commit) override {
    std::vector<FileVersion> files;
    each_started(client_, path() + "/files?at=" + commit, "the files", [&](const json& item) {
      files.push_back(file_at(path_of(client_, item, {}), commit, {}));
    });
    return files;
  }

  std::size_t list_requests(const std::string& branch, const TakeRequest& take) override {
    const std::string where = path() +
                              "/pull-requests?state=OPEN&order=NEWEST&direction=INCOMING&at=" +
                              percent_encode(full_name(branch));
    each_started(client_, where, "the open pull requests", [&](const json& item) {
      if (!goes_into(full_name(branch), raw_text(item, {"toRef", "id"}))) return;
      OpenPullRequest one = numbered(raw_text(item, {"id"}));
      one.title = line_of(item, {"title"});
      one.branch = raw_text(item, {"fromRef", "displayId"});
      one.head = to_lower(raw_text(item, {"fromRef", "latestCommit"}));
      one.source = source_of(at(item, {"fromRef", "repository"}));
      one.created = time_of(at(item, {"createdDate"}));
      one.is_draft = at(item, {"draft"}) == true;
      take(std::move(one));
    });
    return largest_page;  // its pages tell themselves whether there is more
  }

 private:
  std::string path() const { return repository_path(address_.kind, address_.project); }

  // Keys are the same in either case.
  std::string source_of(const json& repository) const {
    const std::string key = raw_text(repository, {"project", "key"});
    const std::string slug = raw_text(repository, {"slug"});
    if (key.empty() || slug.empty()) return {};
    std::string source = key + "/" + slug;
    return equals_nocase(source, address_.project) ? address_.project : source;
  }
};

}  // namespace

std::unique_ptr<RepositoryHost> data_center_repository(const RepositoryAddress& address,
                                                       const HostAccess& access) {
  return std::make_unique<DataCenterRepository>(address, access);
}

}  // namespace patchbot
