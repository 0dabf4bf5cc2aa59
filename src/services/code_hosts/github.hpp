// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/code_hosts/host_client.hpp"

namespace patchbot {

/// GitHub and GitHub Enterprise (REST API 2022-11-28).
class GitHub : public PullRequestHost {
 public:
  GitHub(const PullRequestAddress& address, const HostAccess& access);

  std::vector<ChangedFile> changed_files() override;
  std::optional<std::string> content(const FileVersion& file) override;
  bool confirms(const FileVersion& file, std::string_view bytes) override;
  void set_status(const CommitStatus& status) override;
  std::size_t max_comment() const override;
  std::vector<HostComment> own_comments() override;
  HttpResponse create_comment(const std::string& text) override;
  HttpResponse update_comment(const HostComment& comment, const std::string& text) override;
  std::vector<HostProbe> probes() override;

 protected:
  PullRequestInfo read_info() override;
  std::string target() const override { return address_.project; }

 private:
  PullRequestAddress address_;
  HostClient client_;
};

}  // namespace patchbot
