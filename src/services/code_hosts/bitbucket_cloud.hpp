// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "services/code_hosts/host_client.hpp"

namespace patchbot {

/// Bitbucket Cloud (API 2.0).
class BitbucketCloud : public PullRequestHost {
 public:
  BitbucketCloud(const PullRequestAddress& address, const HostAccess& access);

  std::optional<std::string> content(const FileVersion& file) override {
    return client_.file(file);
  }
  bool confirms(const FileVersion& file, std::string_view bytes) override {
    return client_.confirms(file, bytes);
  }
  void set_status(const CommitStatus& status) override;
  std::size_t max_comment() const override;
  std::vector<HostComment> own_comments() override;
  HttpResponse create_comment(const std::string& text) override;
  HttpResponse update_comment(const HostComment& comment, const std::string& text) override;
  std::vector<HostProbe> probes() override;

 protected:
  PullRequestInfo read_info() override;
  std::vector<ListedChange> list_changes() override;
  std::string target() const override { return address_.project; }
  std::string about(const std::string& what) const override { return client_.about(what); }

 private:
  PullRequestAddress address_;
  HostClient client_;
};

}  // namespace patchbot
