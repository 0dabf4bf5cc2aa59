// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "net/http.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

/// What an answer that is no success says: the error shapes of all protocols (botocore's parsers),
/// and for what is none of them a text that says what came instead.
Failure parse_failure(const HttpResponse& response);

/// Whether asking again later may help. A page of HTML with status 500 is no answer of AWS: test
/// servers say so that they lack a call, and the next attempt would get the same.
bool is_transient(const Failure& failure, const HttpResponse& response);

bool is_throttling(const Failure& failure);

/// Whether the credentials were good once, so that new ones would help.
bool is_expired_credentials(const Failure& failure);

}  // namespace patchbot::aws
