// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "net/http.hpp"

namespace patchbot::aws {

/// A request as Signature Version 4 sees it. The service makes the same from what it receives, so
/// each rule here follows what goes over the wire, not what the caller had in mind.
struct CanonicalRequest {
  std::string text;
  std::string signed_headers;  ///< "host;x-amz-date"
};

CanonicalRequest canonical_request(const HttpRequest& request, std::string_view service);

}  // namespace patchbot::aws
