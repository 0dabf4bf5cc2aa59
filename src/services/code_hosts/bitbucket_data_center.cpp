// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/bitbucket_data_center.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/api_paths.hpp"
#include "services/code_hosts/comment.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

std::string path_of_repository(const std::string& project) {
  return repository_path(CodeHost::bitbucket_data_center, project);
}

}  // namespace

BitbucketDataCenter::BitbucketDataCenter(const PullRequestAddress& address,
                                         const HostAccess& access)
    : address_(address), client_(address, access) {}

PullRequestInfo BitbucketDataCenter::read_info() {
  const json request = json_of(client_, client_.get(request_path(address_)), "the pull request");
  PullRequestInfo info;
  info.title = line_of(request, {"title"});
  info.state = line_of(request, {"state"});
  info.head = commit_of(client_, request, {"fromRef", "latestCommit"});
  info.base = commit_of(client_, request, {"toRef", "latestCommit"});
  info.branch = raw_text(request, {"fromRef", "id"});
  const std::string key = raw_text(request, {"fromRef", "repository", "project", "key"});
  const std::string slug = raw_text(request, {"fromRef", "repository", "slug"});
  if (!key.empty() && !slug.empty()) info.source = key + "/" + slug;
  // Keys are the same in either case.
  if (equals_nocase(info.source, address_.project)) info.source = address_.project;
  return info;
}

std::vector<ListedChange> BitbucketDataCenter::list_changes() {
  std::vector<ListedChange> changes;
  const auto take = [&](const json& item) {
    const std::string type = raw_text(item, {"type"});
    const std::string path = path_of(client_, item, {"path", "toString"});
    ListedChange one;
    if (type == "MOVE") {
      one.before = path_of(client_, item, {"srcPath", "toString"});
    } else if (type != "ADD" && type != "COPY") {
      one.before = path;
    }
    if (!one.before.empty()) one.before_blob = raw_text(item, {"fromContentId"});
    if (type != "DELETE") {
      one.after = path;
      one.after_blob = raw_text(item, {"contentId"});
    }
    changes.push_back(std::move(one));
  };
  const json last =
      each_started(client_, request_path(address_) + "/changes", "the changed files", take);
  // What the list is against: where the branch began.
  const std::string merge_base = commit_of(client_, last, {"fromHash"});
  for (ListedChange& one : changes) one.before_commit = merge_base;
  return changes;
}

void BitbucketDataCenter::set_status(const CommitStatus& status) {
  const bool good = status.state == CommitStatus::State::success;
  json body{{"key", status_context},
            {"state", good ? "SUCCESSFUL" : "FAILED"},
            {"name", status_context},
            {"description", cut_utf8(status.description, 140)},
            {"url", status.url.empty() ? address_.url() : status.url}};
  const std::string commit = "/commits/" + info().head;
  const std::string source = info().source.empty() ? address_.project : info().source;
  json with_branch = body;
  with_branch["ref"] = info().branch;
  HttpResponse response =
      client_.send("POST", path_of_repository(source) + commit + "/builds", dumped(with_branch));
  const bool barred = response.status == 401 || response.status == 403 || response.status == 404;
  if (barred && source != address_.project) {
    response = client_.send(
        "POST", path_of_repository(address_.project) + commit + "/builds", dumped(body));
  }
  if (response.status == 404) {  // before 7.4
    response = client_.send("POST", address_.web + "/rest/build-status/1.0" + commit, dumped(body));
  }
  client_.check(response, "the status");
}

std::size_t BitbucketDataCenter::max_comment() const { return 32'768; }

std::vector<HostComment> BitbucketDataCenter::own_comments() {
  // Every answer to a token says in a header whose it is.
  const HttpResponse answer = client_.get(request_path(address_));
  client_.check(answer, "the pull request");
  const std::string self(answer.header("x-ausername"));
  std::vector<HostComment> comments;
  each_started(
      client_, request_path(address_) + "/activities", "the activities", [&](const json& item) {
        if (raw_text(item, {"action"}) != "COMMENTED") return;
        const json& comment = at(item, {"comment"});
        const std::string text = raw_text(comment, {"text"});
        if (!is_marked(text)) return;
        const std::string author = percent_encode(raw_text(comment, {"author", "name"}));
        // Nobody may change another's text here, so that trying tells which are ours.
        if (!self.empty() && author != self && author != percent_encode(self)) return;
        comments.push_back({raw_text(comment, {"id"}), raw_text(comment, {"version"}), text});
      });
  return comments;
}

HttpResponse BitbucketDataCenter::create_comment(const std::string& text) {
  return client_.send_once(request_path(address_) + "/comments", dumped({{"text", text}}));
}

HttpResponse BitbucketDataCenter::update_comment(const HostComment& comment,
                                                 const std::string& text) {
  return client_.send(
      "PUT",
      request_path(address_) + "/comments/" + percent_encode(comment.id),
      dumped({{"text", text}, {"version", parse_integer(comment.version).value_or(0)}}));
}

std::vector<HostProbe> BitbucketDataCenter::probes() {
  return {{"the comments", [this] { own_comments(); }}};
}

}  // namespace patchbot
