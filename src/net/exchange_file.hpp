// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "net/http.hpp"
#include "net/recording.hpp"

namespace patchbot {

/// The part of a request that a recording keeps and finds it by: no secrets, nothing that a
/// signature or a session makes different each time.
struct RecordedRequest {
  std::string method;
  std::string url;
  std::string scope;
  std::string target;  ///< the X-Amz-Target header
  std::string body;
  bool operator==(const RecordedRequest&) const = default;
};

RecordedRequest recorded_form(const HttpRequest& request);

/// 32 hex digits that two requests share if a recording takes them for the same.
std::string key_of(const RecordedRequest& request);

/// The head of one exchange as JSON, and back. The body of the answer lies in a file of its own.
std::string exchange_to_json(const RecordedRequest& request, const HttpResponse& response);
struct RecordedExchange {
  RecordedRequest request;
  HttpResponse response;  ///< without its body
};
/// Throws Error(usage): a recording is something that the user chose.
RecordedExchange parse_exchange(std::string_view text);

/// recording.json.
std::string to_json(const RecordingHead& head);
RecordingHead parse_recording_head(std::string_view text);

}  // namespace patchbot
