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

  /// `path` is below the API's address, or a whole URL on the same host (a next page, say). Throws
  /// Error(remote) for a URL elsewhere.
  HttpResponse get(const std::string& path) const;

  /// The bytes of a file at `path`; none if there are more than PullRequestHost::max_file. Where
  /// they are not found or may not be read, `otherwise` is tried, if it is not empty; what may lack
  /// is then empty.
  std::optional<std::string> file(const std::string& path,
                                  const std::string& otherwise,
                                  const FileVersion& version) const;

  /// Sends JSON that does no harm when it arrives twice.
  HttpResponse send(const std::string& method,
                    const std::string& path,
                    const std::string& body) const;

  /// Sends JSON that makes something new: never a second time, whatever happens.
  HttpResponse send_once(const std::string& path, const std::string& body) const;

  /// Throws Error(remote) unless the answer is a success; says what a user can do about it.
  void check(const HttpResponse& response, const std::string& what) const;

  /// "GitHub: acme/web pull request 7: the comments", for messages.
  std::string about(const std::string& what) const;

 private:
  HttpRequest request_for(const std::string& method, const std::string& path) const;
  HttpResponse follow(HttpRequest request) const;
  std::string who() const;

  PullRequestAddress address_;
  Clock& clock_;
  Patience patience_;
  std::vector<HttpHeader> headers_;
  std::vector<Secret> secrets_;
  mutable RateLimitedTransport limited_;
};

}  // namespace patchbot
