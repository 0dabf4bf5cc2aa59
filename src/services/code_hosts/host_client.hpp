// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "services/code_hosts/pull_request_host.hpp"
#include "services/code_hosts/rate_limits.hpp"

namespace patchbot {

/// Asks the API of one host. The token goes with every request and to no other host: redirects are
/// followed on this one only.
class HostClient {
 public:
  HostClient(const PullRequestAddress& address, const HostAccess& access);
  HostClient(const RepositoryAddress& address, const HostAccess& access);

  /// `path` is below the API's address, or a whole URL on the same host (a next page, say). Throws
  /// Error(remote) for a URL elsewhere.
  HttpResponse get(const std::string& path) const;

  /// The bytes of a file; none if there are more than PullRequestHost::max_file. Where they are not
  /// found or may not be read, the other repository that has them is tried, if there is one; what
  /// may lack is then empty.
  std::optional<std::string> file(const FileVersion& version) const;

  /// Whether the host says that these are the bytes of the file, by git's id of them or by their
  /// number. Where the list of files did not tell the id, the host is asked; without an answer it
  /// is false.
  bool confirms(const FileVersion& file, std::string_view bytes) const;

  /// Sends JSON that does no harm when it arrives twice.
  HttpResponse send(const std::string& method,
                    const std::string& path,
                    const std::string& body) const;

  /// Sends JSON that makes something new: never a second time, whatever happens.
  HttpResponse send_once(const std::string& path, const std::string& body) const;

  /// Throws Error(remote) unless the answer is a success; says what a user can do about it.
  void check(const HttpResponse& response, const std::string& what) const;

  /// The text without the token, which a host may repeat.
  std::string hidden(std::string text) const;

  /// "GitHub: acme/web #7: the comments", for messages; without the token.
  std::string about(const std::string& what) const;

 private:
  HttpRequest request_for(const std::string& method, const std::string& path) const;
  HttpResponse follow(HttpRequest request) const;

  RepositoryAddress address_;
  std::string who_;
  Clock& clock_;
  Patience patience_;
  std::vector<HttpHeader> headers_;
  std::vector<Secret> secrets_;
  mutable RateLimitedTransport limited_;
};

}  // namespace patchbot
