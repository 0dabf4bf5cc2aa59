// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "base/time.hpp"
#include "net/http.hpp"
#include "net/retry.hpp"
#include "services/code_hosts/pull_request_url.hpp"
#include "services/host_probe.hpp"

namespace patchbot {

struct PullRequestInfo {
  std::string title;
  std::string state;       ///< in the host's word: "open", "opened", "OPEN", "merged"
  std::string head;        ///< the commit that is to be merged
  std::string base;        ///< the tip of the branch that it goes into
  std::string merge_base;  ///< what the changes are against; empty where only the file list tells
  std::string target;      ///< the repository that it goes into: "owner/name"
  std::string source;      ///< the repository of the head, a fork maybe; empty if it is gone
  std::string branch;      ///< of the head
  std::size_t files = 0;   ///< that change, as the host counts; 0 if it does not say
};

/// One file as it was, or as it will be.
struct FileVersion {
  std::string path;
  std::string commit;
  std::string repository;
  std::string also_in;    ///< another repository with that commit, if this one may not be read
  bool may_lack = false;  ///< if it is not there, it is as if it were empty
  std::string blob{};     ///< git's id of the content, where the host tells it
};

/// One entry of the list of files that a pull request changes. A path is empty where the file was
/// added or is removed; ids are, where the host does not tell them.
struct ListedChange {
  std::string before;
  std::string after;
  std::string before_blob{};
  std::string after_blob{};
  std::string before_commit{};
  std::string after_commit{};
};

/// A pull request as lists have it.
struct OpenPullRequest {
  PullRequestAddress address;
  std::string title;
  std::string branch;  ///< of the head
  std::string head;    ///< the commit that is to be merged; of Bitbucket Cloud its first digits
  std::string source;  ///< the repository of the head, a fork maybe; empty if it is gone
  std::optional<Time> created;
  bool is_draft = false;
  std::size_t proven_page = 0;  ///< entries that a page of a list is known to hold
};

/// A version is absent where the file was added or is removed.
struct ChangedFile {
  std::optional<FileVersion> before;
  std::optional<FileVersion> after;
};

struct CommitStatus {
  enum class State : std::uint8_t { success, failure } state;
  std::string description;
  std::string url;  ///< of the build; empty: that of the pull request
};

/// A comment that begins with our marker and was written by us, as far as the host tells who we
/// are.
struct HostComment {
  std::string id;
  std::string version;  ///< Data Center's
  std::string text;
};

/// One pull request on its host. All members throw Error(remote) where the host fails, refuses, or
/// answers something else than it documents; content() may be called from several threads.
class PullRequestHost {
 public:
  PullRequestHost() = default;
  PullRequestHost(const PullRequestHost&) = delete;
  PullRequestHost& operator=(const PullRequestHost&) = delete;
  virtual ~PullRequestHost() = default;

  /// Asked once; later calls return the same.
  const PullRequestInfo& info();

  /// Asks again, and throws Error(remote) if the pull request has other commits by now: its list of
  /// files is then that of others than info() names.
  void check_unchanged();

  /// All of them: a list that the host has cut short is an error.
  std::vector<ChangedFile> changed_files();

  /// Of a request as it was listed, the new version of each file that it does not remove: without
  /// info(), where the host says without it whether the list is whole.
  std::vector<FileVersion> new_files(const OpenPullRequest& listed);

  /// The bytes of a file; none if they are more than max_file.
  virtual std::optional<std::string> content(const FileVersion& file) = 0;
  static constexpr std::size_t max_file = std::size_t{4} * 1024 * 1024;

  /// Whether the host says that these are the bytes of the file, by git's id of them or by their
  /// number: hosts, and what stands in between, answer other things with success. Where the list of
  /// files did not tell, the host is asked; without an answer it is false.
  virtual bool confirms(const FileVersion& file, std::string_view bytes) = 0;

  /// Sets the status `patchbot/cfn` of the commit that info() names as head.
  virtual void set_status(const CommitStatus& status) = 0;

  virtual std::size_t max_comment() const = 0;  ///< in bytes
  virtual std::vector<HostComment> own_comments() = 0;

  /// The answers as they came, a lost one with status 0: publish_comment() decides.
  virtual HttpResponse create_comment(const std::string& text) = 0;
  virtual HttpResponse update_comment(const HostComment& comment, const std::string& text) = 0;

  virtual std::vector<HostProbe> probes() = 0;

 protected:
  virtual PullRequestInfo read_info() = 0;
  virtual std::vector<ListedChange> list_changes() = 0;
  virtual std::string target() const = 0;
  virtual std::string about(const std::string& what) const = 0;  ///< for messages
  virtual std::size_t most_listed() const;  ///< entries of the list; more than that it leaves out

  /// For list_changes(): of each_numbered(). Where info() tells how many there are, it need not be
  /// known.
  std::optional<std::size_t> proven_page_;

 private:
  std::optional<PullRequestInfo> info_;
};

struct HostAccess {
  Transport& transport;
  Clock& clock;
  Patience patience;
  Secret token;      ///< empty: asked as anybody
  std::string user;  ///< of Bitbucket, for tokens that need one; empty: bearer
};

std::unique_ptr<PullRequestHost> open_pull_request(const PullRequestAddress& address,
                                                   const HostAccess& access);

constexpr std::string_view status_context = "patchbot/cfn";

}  // namespace patchbot
