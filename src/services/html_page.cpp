// SPDX-License-Identifier: Apache-2.0
#include "services/html_page.hpp"

#include "base/text.hpp"

namespace patchbot {

bool is_html_page(const HttpResponse& response) {
  return starts_with_nocase(response.header("content-type"), "text/html") ||
         trim(response.body).starts_with('<');
}

}  // namespace patchbot
