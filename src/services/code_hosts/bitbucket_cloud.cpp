// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/bitbucket_cloud.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/api_paths.hpp"
#include "services/code_hosts/comment.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

std::string path_of_repository(const std::string& repository) {
  return repository_path(CodeHost::bitbucket_cloud, repository);
}

// The link of a version names the repository and the commit that it is of: ".../repositories/
// OWNER/NAME/src/COMMIT/path". For the old version that is where the branch began.
std::string commit_in_link(const json& version) {
  const std::string link = raw_text(version, {"links", "self", "href"});
  const auto source = link.find("/src/");
  if (source == std::string::npos) return {};
  const std::string rest = link.substr(source + 5);
  return to_lower(rest.substr(0, rest.find('/')));
}

}  // namespace

BitbucketCloud::BitbucketCloud(const PullRequestAddress& address, const HostAccess& access)
    : address_(address), client_(address, access) {}

PullRequestInfo BitbucketCloud::read_info() {
  const json request = json_of(client_, client_.get(request_path(address_)), "the pull request");
  PullRequestInfo info;
  info.title = line_of(request, {"title"});
  info.state = line_of(request, {"state"});
  info.base = commit_of(client_, request, {"destination", "commit", "hash"});
  info.source = raw_text(request, {"source", "repository", "full_name"});
  info.branch = raw_text(request, {"source", "branch", "name"});
  // Commits of pull requests are cut to 12 digits.
  const std::string cut = commit_of(client_, request, {"source", "commit", "hash"});
  const std::string repository = info.source.empty() ? address_.project : info.source;
  HttpResponse commit = client_.get(path_of_repository(repository) + "/commit/" + cut);
  if (commit.status != 200 && repository != address_.project) {
    commit = client_.get(path_of_repository(address_.project) + "/commit/" + cut);
  }
  info.head = commit_of(client_, json_of(client_, commit, "the head"), {"hash"});
  if (!info.head.starts_with(cut)) {
    throw Error(Blame::remote, client_.about("the head") + ": the host gives another commit");
  }
  return info;
}

std::vector<ListedChange> BitbucketCloud::list_changes() {
  const std::string what = "the changed files";
  std::vector<ListedChange> changes;
  each_linked(
      client_, request_path(address_) + "/diffstat?pagelen=500", what, [&](const json& item) {
        ListedChange one;
        if (at(item, {"old"}).is_object()) {
          one.before = path_of(client_, item, {"old", "path"});
          one.before_commit = commit_in_link(at(item, {"old"}));
          if (!is_commit(one.before_commit)) {
            throw Error(Blame::remote,
                        client_.about(what) +
                            ": the host does not say which commit they are compared with");
          }
        }
        if (at(item, {"new"}).is_object()) {
          one.after = path_of(client_, item, {"new", "path"});
          one.after_commit = commit_in_link(at(item, {"new"}));
          if (!is_commit(one.after_commit)) one.after_commit.clear();
        }
        if (one.before.empty() && one.after.empty()) {
          throw Error(Blame::remote, client_.about(what) + ": the answer has one without a path");
        }
        changes.push_back(std::move(one));
      });
  return changes;
}

void BitbucketCloud::set_status(const CommitStatus& status) {
  const bool good = status.state == CommitStatus::State::success;
  const json body{{"key", status_context},
                  {"state", good ? "SUCCESSFUL" : "FAILED"},
                  {"name", status_context},
                  {"description", cut_utf8(status.description, 140)},
                  {"url", status.url.empty() ? address_.url() : status.url}};
  const auto send = [&](const std::string& repository) {
    return client_.send(
        "POST",
        path_of_repository(repository) + "/commit/" + info().head + "/statuses/build",
        dumped(body));
  };
  const std::string source = info().source.empty() ? address_.project : info().source;
  HttpResponse response = send(source);
  const bool barred = response.status == 401 || response.status == 403 || response.status == 404;
  if (barred && source != address_.project) response = send(address_.project);
  client_.check(response, "the status");
}

std::size_t BitbucketCloud::max_comment() const { return 32'768; }

std::vector<HostComment> BitbucketCloud::own_comments() {
  // Tokens of a repository are nobody's. Nobody may change another's comment here, so that trying
  // tells which are ours.
  const HttpResponse self = client_.get("/user");
  const bool unknown = self.status == 401 || self.status == 403 || self.status == 404;
  const std::string id =
      unknown ? "" : raw_text(json_of(client_, self, "the user of the token"), {"uuid"});
  std::vector<HostComment> comments;
  each_linked(client_,
              request_path(address_) + "/comments?pagelen=100",
              "the comments",
              [&](const json& item) {
                const std::string text = raw_text(item, {"content", "raw"});
                if (at(item, {"deleted"}) == true || !is_marked(text)) return;
                if (!id.empty() && raw_text(item, {"user", "uuid"}) != id) return;
                comments.push_back({raw_text(item, {"id"}), {}, text});
              });
  return comments;
}

HttpResponse BitbucketCloud::create_comment(const std::string& text) {
  return client_.send_once(request_path(address_) + "/comments",
                           dumped({{"content", {{"raw", text}}}}));
}

HttpResponse BitbucketCloud::update_comment(const HostComment& comment, const std::string& text) {
  return client_.send("PUT",
                      request_path(address_) + "/comments/" + percent_encode(comment.id),
                      dumped({{"content", {{"raw", text}}}}));
}

std::vector<HostProbe> BitbucketCloud::probes() {
  return {{"the comments", [this] { own_comments(); }},
          {"the statuses", [this] {
             client_.check(client_.get(request_path(address_) + "/statuses"), "the statuses");
           }}};
}

}  // namespace patchbot
