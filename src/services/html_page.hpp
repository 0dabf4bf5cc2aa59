// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/http.hpp"

namespace patchbot {

/// Whether the body is a page for people, as a proxy or a login puts in place of an answer in JSON.
bool is_html_page(const HttpResponse& response);

}  // namespace patchbot
