// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"

namespace patchbot {

struct HttpHeader {
  std::string name;
  std::string value;
  bool operator==(const HttpHeader&) const = default;
};

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<HttpHeader> headers;
  std::string body;
  std::string label;  ///< what it is, for messages and recordings: "ec2 DescribeInstances"
  std::string scope;  ///< in whose name, such as an account: tells alike requests apart
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds timeout{60'000};
  std::size_t max_answer = std::size_t{64} * 1024 * 1024;  ///< bytes; more is a failure
  /// Gets the bytes of an answer with status 200 as they come, which are then not in its body. When
  /// it returns false the exchange fails. An attempt may break off half-way and be made again.
  std::function<bool(std::string_view)> take_body;
  std::vector<Secret> secrets;  ///< that an answer may give back: no recording holds them
  bool direct = false;          ///< never by a proxy
  bool once = false;            ///< to be sent at most once: it would do harm twice
  bool unrecorded = false;      ///< asks for secrets of this machine: no recording holds it
};

struct HttpResponse {
  int status = 0;          ///< 0: there is no answer, and `failure` says why
  std::string failure;     ///< what went wrong below HTTP, for people
  bool not_sent = false;   ///< the failure came before anything was sent: to ask again is safe
  bool hopeless = false;   ///< the failure would come again: a bad certificate, too large an answer
  bool too_large = false;  ///< the failure is an answer of more than max_answer bytes
  int broken_status = 0;   ///< the failure came after this status had arrived
  std::vector<HttpHeader> headers;
  std::string body;

  /// The first header of that name, without case; empty if there is none.
  std::string_view header(std::string_view name) const;
};

/// Asks and waits. May be called from several threads at once.
class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  /// Never throws for what the network or the other side does: that is in the response.
  virtual HttpResponse exchange(const HttpRequest& request) = 0;
};

/// Everything but A-Z a-z 0-9 - . _ ~ as %XX in upper case (RFC 3986); `keep` names more to keep.
std::string percent_encode(std::string_view text, std::string_view keep = {});

/// The parts of "scheme://host[:port]/path?query"; empty where absent.
struct UrlParts {
  std::string_view scheme;
  std::string_view host;  ///< with the port, if the URL writes one
  std::string_view path;
  std::string_view query;
};
UrlParts split_url(std::string_view url);

}  // namespace patchbot
