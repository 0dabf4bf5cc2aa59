// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/time.hpp"
#include "net/http.hpp"
#include "services/aws/credentials.hpp"

namespace patchbot::aws {

/// Adds X-Amz-Date, X-Amz-Security-Token, for S3 x-amz-content-sha256, and Authorization (Signature
/// Version 4). The URL's path and query must be percent-encoded as they go out; headers that are
/// already there are all signed.
void sign(HttpRequest& request,
          const Credentials& credentials,
          std::string_view region,
          std::string_view service,
          Time now);

}  // namespace patchbot::aws
