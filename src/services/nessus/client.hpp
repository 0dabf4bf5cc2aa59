// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "net/http.hpp"
#include "net/retry.hpp"

namespace patchbot::nessus {

/// Who asks: a pair of API keys, else a user with a password.
struct Login {
  Secret access_key;
  Secret secret_key;
  std::string user;
  Secret password;

  bool has_keys() const { return !access_key.empty(); }
  bool empty() const { return access_key.empty() && user.empty(); }
};

/// What to do where a licence forbids the API to make and launch scans.
constexpr const char* ways_to_scan =
    "Use Nessus Manager or Tenable Vulnerability Management; or schedule the scan in the server's "
    "own "
    "pages, and fetch what it found with --export-only --scan NAME";

struct Access {
  Transport& transport;
  Clock& clock;
  Patience patience;
  std::string url;  ///< "https://nessus.acme.example:8834", without a slash at the end
  Login login;
};

/// Asks the REST API of a Nessus scanner or of Tenable's cloud (developer.tenable.com). A session
/// that ends is renewed once for each request. Calls must not overlap: the cloud wants one at a
/// time.
class Client {
 public:
  explicit Client(Access access) : access_(std::move(access)) {}

  /// Reads; asked again while that may help. Paths begin with a slash.
  HttpResponse get(const std::string& path);

  /// The same without asking again.
  HttpResponse get_once(const std::string& path);

  /// The same, once, with the bytes of the answer for `take`; a minute of silence ends it.
  HttpResponse download(const std::string& path, std::function<bool(std::string_view)> take);

  /// Sends what does no harm when it arrives twice.
  HttpResponse send(const std::string& method, const std::string& path, const std::string& body);

  /// Sends what makes or starts something. Only where the server certainly did nothing it is sent
  /// again: it was not reached, was too busy (429), or wants a new session.
  HttpResponse send_once(const std::string& path, const std::string& body);

  /// Ends the session, if there is one; what comes of that does not matter.
  void log_out();

  /// "GET /scans/7: HTTP status 403 (Insufficient scope)", and what a user can do about it. What a
  /// licence forbids is Error(usage).
  Error failure(const std::string& request, const HttpResponse& response) const;

  Clock& clock() const { return access_.clock; }
  const std::string& url() const { return access_.url; }

 private:
  HttpRequest request_for(const std::string& method, const std::string& path) const;
  HttpResponse exchange(HttpRequest request, int attempts);
  HttpResponse once_more(HttpRequest request);
  void log_in();

  Access access_;
  Secret session_;
};

/// What the server says went wrong, on one line of at most 300 bytes; empty if it does not say.
std::string message_of(const HttpResponse& response);

}  // namespace patchbot::nessus
