// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"
#include "net/retry.hpp"
#include "services/json_value.hpp"

namespace patchbot {

struct JenkinsAccess {
  Transport& transport;
  Clock& clock;
  Patience patience;
  std::string url;   ///< "https://ci.acme.example/jenkins", with its prefix
  std::string user;  ///< empty together with the token: asked as anybody
  Secret token;      ///< an API token of that user
};

/// Reads from the REST API of one Jenkins. The token goes with every request, unasked, since
/// Jenkins may answer a page to sign in to who has none; it goes to no other host. Paths begin with
/// a slash. May be called from several threads.
class JenkinsClient {
 public:
  static constexpr std::size_t max_answer = std::size_t{4} * 1024 * 1024;

  /// Throws Error(usage) for a user without a token and the reverse.
  explicit JenkinsClient(JenkinsAccess access);

  /// The JSON object at `path`. Throws Error(remote) for anything else.
  nlohmann::json read(const std::string& path) const;

  /// The bytes at `path`.
  std::string download(const std::string& path) const;

  /// Error(remote) about a request.
  Error failure(const std::string& path, const std::string& why) const;

  const std::string& url() const { return access_.url; }  ///< without a slash at the end
  bool is_signed_in() const { return !access_.token.empty(); }

 private:
  HttpResponse get(const std::string& path, const char* accept) const;
  std::string about(const std::string& path) const;
  std::string hint_for(const HttpResponse& response) const;

  JenkinsAccess access_;
};

}  // namespace patchbot
