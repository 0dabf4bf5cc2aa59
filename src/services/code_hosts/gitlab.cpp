// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/gitlab.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "services/code_hosts/answer.hpp"
#include "services/code_hosts/api_paths.hpp"
#include "services/code_hosts/comment.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

std::string project_path(const std::string& project) {
  return repository_path(CodeHost::gitlab, project);
}

// A line that begins with a slash would be a command to GitLab, such as /merge.
std::string without_commands(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '/' && (out.empty() || out.back() == '\n')) out += ' ';
    out += c;
  }
  return out;
}

// To repeat the state that is there already is refused, and is what we want.
bool is_repeated(const HttpResponse& response, const std::string& state) {
  const std::string said = message_of(response);
  if (response.status != 400 || said.find("Cannot transition status") == std::string::npos) {
    return false;
  }
  const bool names_one = said.find("from :") != std::string::npos;
  return !names_one || said.find("from :" + state) != std::string::npos;
}

// "1000+" is what it counts where there are more than it shows.
void check_count(const HostClient& client, const std::string& count, std::size_t listed) {
  const bool more = count.ends_with("+");
  const long number = parse_integer(more ? count.substr(0, count.size() - 1) : count).value_or(0);
  if (!more && static_cast<long>(listed) >= number) return;
  throw Error(Blame::remote,
              client.about("the changed files") + ": GitLab lists " + std::to_string(listed) +
                  " of " + clean_line(count) +
                  "; compare two folders with --base and --head instead");
}

}  // namespace

GitLab::GitLab(const PullRequestAddress& address, const HostAccess& access)
    : address_(address), client_(address, access) {}

PullRequestInfo GitLab::read_info() {
  const json request = json_of(client_, client_.get(request_path(address_)), "the merge request");
  if (!at(request, {"diff_refs"}).is_object()) {
    throw Error(
        Blame::remote,
        client_.about("the merge request has not been prepared yet; ask again in a minute"));
  }
  PullRequestInfo info;
  info.title = line_of(request, {"title"});
  info.state = line_of(request, {"state"});
  info.head = commit_of(client_, request, {"diff_refs", "head_sha"});
  info.base = commit_of(client_, request, {"diff_refs", "start_sha"});
  info.merge_base = commit_of(client_, request, {"diff_refs", "base_sha"});
  info.source = raw_text(request, {"source_project_id"});
  if (info.source == raw_text(request, {"target_project_id"})) info.source = address_.project;
  info.branch = raw_text(request, {"source_branch"});
  count_ = raw_text(request, {"changes_count"});
  return info;
}

std::vector<ListedChange> GitLab::list_changes() {
  info();  // has the count
  std::vector<ListedChange> changes;
  each_numbered(
      client_, request_path(address_) + "/diffs?", "the changed files", [&](const json& item) {
        ListedChange one;
        if (at(item, {"new_file"}) != true) one.before = path_of(client_, item, {"old_path"});
        if (at(item, {"deleted_file"}) != true) one.after = path_of(client_, item, {"new_path"});
        changes.push_back(std::move(one));
      });
  check_count(client_, count_, changes.size());
  return changes;
}

// In the project of the branch, where its pipeline is; a token of the target alone may not.
void GitLab::set_status(const CommitStatus& status) {
  const std::string state = status.state == CommitStatus::State::success ? "success" : "failed";
  const json body{{"state", state},
                  {"name", status_context},
                  {"ref", info().branch},
                  {"description", cut_utf8(status.description, 140)},
                  {"target_url", status.url.empty() ? address_.url() : status.url}};
  const auto send = [&](const std::string& project) {
    return client_.send("POST", project_path(project) + "/statuses/" + info().head, dumped(body));
  };
  const std::string source = info().source.empty() ? address_.project : info().source;
  HttpResponse response = send(source);
  const bool barred = response.status == 401 || response.status == 403 || response.status == 404;
  if (barred && source != address_.project) response = send(address_.project);
  if (!is_repeated(response, state)) client_.check(response, "the status");
}

std::size_t GitLab::max_comment() const { return 1'000'000; }

std::vector<HostComment> GitLab::own_comments() {
  const json self = json_of(client_, client_.get("/user"), "the user of the token");
  const std::string id = raw_text(self, {"id"});
  std::vector<HostComment> comments;
  each_numbered(client_,
                request_path(address_) + "/notes?sort=asc&order_by=created_at",
                "the notes",
                [&](const json& item) {
                  const std::string text = raw_text(item, {"body"});
                  if (id.empty() || raw_text(item, {"author", "id"}) != id) return;
                  if (at(item, {"system"}) == true || !is_marked(text)) return;
                  comments.push_back({raw_text(item, {"id"}), {}, text});
                });
  return comments;
}

HttpResponse GitLab::create_comment(const std::string& text) {
  return client_.send_once(request_path(address_) + "/notes",
                           dumped({{"body", without_commands(text)}}));
}

HttpResponse GitLab::update_comment(const HostComment& comment, const std::string& text) {
  return client_.send("PUT",
                      request_path(address_) + "/notes/" + percent_encode(comment.id),
                      dumped({{"body", without_commands(text)}}));
}

std::vector<HostProbe> GitLab::probes() {
  const auto may_write = [this] {
    const json project =
        json_of(client_, client_.get(project_path(address_.project)), "the project");
    const auto level = [&project](const char* of) {
      return parse_integer(raw_text(project, {"permissions", of, "access_level"})).value_or(0);
    };
    constexpr long developer = 30;
    if (level("project_access") < developer && level("group_access") < developer) {
      throw Error(Blame::remote,
                  "the user of the token is no Developer of " + address_.project +
                      ": --status needs that role, and the scope api");
    }
  };
  return {{"the notes", [this] { own_comments(); }},
          {"the statuses",
           [this] {
             client_.check(client_.get(project_path(address_.project) + "/repository/commits/" +
                                       info().head + "/statuses?per_page=1"),
                           "the statuses");
           }},
          {"the right to write", may_write}};
}

}  // namespace patchbot
