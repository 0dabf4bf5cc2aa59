// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/github.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/api_paths.hpp"
#include "services/code_hosts/comment.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

std::string path_of_repository(const PullRequestAddress& address) {
  return repository_path(address.kind, address.project);
}

}  // namespace

GitHub::GitHub(const PullRequestAddress& address, const HostAccess& access)
    : address_(address), client_(address, access) {}

PullRequestInfo GitHub::read_info() {
  const std::string repository = path_of_repository(address_);
  const std::string what = "the pull request";
  const json request = json_of(client_, client_.get(request_path(address_)), what);
  PullRequestInfo info;
  info.title = line_of(request, {"title"});
  info.state = line_of(request, {"state"});
  info.head = commit_of(client_, request, {"head", "sha"});
  info.base = commit_of(client_, request, {"base", "sha"});
  info.source = raw_text(request, {"head", "repo", "full_name"});
  info.branch = raw_text(request, {"head", "ref"});
  info.files =
      static_cast<std::size_t>(parse_integer(raw_text(request, {"changed_files"})).value_or(0));
  // The tip of the base may be far ahead of where the branch began, with changes of others.
  const json compared =
      json_of(client_,
              client_.get(repository + "/compare/" + info.base + "..." + info.head + "?per_page=1"),
              "the commit that the branch began at");
  info.merge_base = commit_of(client_, compared, {"merge_base_commit", "sha"});
  return info;
}

std::vector<ListedChange> GitHub::list_changes() {
  std::vector<ListedChange> changes;
  each_numbered(
      client_,
      request_path(address_) + "/files?",
      "the changed files",
      [&](const json& item) {
        const std::string status = raw_text(item, {"status"});
        const std::string path = path_of(client_, item, {"filename"});
        ListedChange one;
        if (status == "renamed") {
          one.before = path_of(client_, item, {"previous_filename"});
        } else if (status != "added" && status != "copied") {
          one.before = path;
        }
        if (status != "removed") {
          one.after = path;
          one.after_blob = raw_text(item, {"sha"});
        }
        changes.push_back(std::move(one));
      },
      proven_page_.value_or(largest_page));
  return changes;
}

// On the repository that the pull request goes into: a status on a fork is not shown there.
void GitHub::set_status(const CommitStatus& status) {
  const bool good = status.state == CommitStatus::State::success;
  const json body{{"state", good ? "success" : "failure"},
                  {"context", status_context},
                  {"description", cut_utf8(status.description, 140)},
                  {"target_url", status.url.empty() ? address_.url() : status.url}};
  client_.check(
      client_.send("POST", path_of_repository(address_) + "/statuses/" + info().head, dumped(body)),
      "the status");
}

std::size_t GitHub::max_comment() const { return 65'536; }

std::vector<HostComment> GitHub::own_comments() {
  // Tokens of an app are nobody's; whatever they write is a bot's.
  const HttpResponse self = client_.get("/user");
  const bool is_app = self.status == 403 || self.status == 404;
  const std::string id =
      is_app ? "" : raw_text(json_of(client_, self, "the user of the token"), {"id"});
  std::vector<HostComment> comments;
  each_numbered(client_,
                path_of_repository(address_) + "/issues/" + address_.number + "/comments?",
                "the comments",
                [&](const json& item) {
                  const std::string text = raw_text(item, {"body"});
                  if (!is_marked(text)) return;
                  const bool ours = is_app ? raw_text(item, {"user", "type"}) == "Bot"
                                           : !id.empty() && raw_text(item, {"user", "id"}) == id;
                  if (ours) comments.push_back({raw_text(item, {"id"}), {}, text});
                });
  return comments;
}

HttpResponse GitHub::create_comment(const std::string& text) {
  return client_.send_once(
      path_of_repository(address_) + "/issues/" + address_.number + "/comments",
      dumped({{"body", text}}));
}

HttpResponse GitHub::update_comment(const HostComment& comment, const std::string& text) {
  return client_.send(
      "PATCH",
      path_of_repository(address_) + "/issues/comments/" + percent_encode(comment.id),
      dumped({{"body", text}}));
}

std::vector<HostProbe> GitHub::probes() {
  const std::string repository = path_of_repository(address_);
  const auto may_push = [this, repository] {
    const json answer = json_of(client_, client_.get(repository), "the repository");
    const json& rights = at(answer, {"permissions"});
    if (at(rights, {"push"}) == false) {
      throw Error(Blame::remote,
                  "the token may read " + address_.project +
                      " but not write to it: --status needs the right \"Commit statuses: write\"");
    }
  };
  return {{"the comments", [this] { own_comments(); }},
          {"the statuses",
           [this, repository] {
             client_.check(client_.get(repository + "/commits/" + info().head + "/status"),
                           "the statuses");
           }},
          {"the right to write", may_push}};
}

}  // namespace patchbot
