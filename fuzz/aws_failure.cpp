// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/utf8.hpp"
#include "bodies.hpp"
#include "services/aws/failure.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {

// The first byte: which status, and whether a header tells more (its text is the first line).
int fuzz_aws_failure(const std::uint8_t* data, std::size_t size) {
  constexpr std::array statuses{0, 301, 400, 403, 429, 500, 503, 599};
  constexpr std::size_t longest = 600;
  const Sized input(data, size);
  HttpResponse response;
  response.status = statuses.at(input.first % statuses.size());
  std::string_view body = input.text;
  if ((input.first & 0x40U) != 0) {
    const std::string line(body.substr(0, body.find('\n')));
    body.remove_prefix(std::min(body.size(), line.size() + 1));
    const bool type = (input.first & 0x20U) != 0;
    response.headers = {{type ? "x-amzn-errortype" : "Content-Type", line},
                        {"x-amzn-requestid", line}};
  }
  response.body = body;
  if (response.status == 0) response.failure = body;
  const aws::Failure failure = aws::parse_failure(response);
  require(failure.status == response.status, "the status stays");
  for (const std::string* text : {&failure.code, &failure.message, &failure.request_id}) {
    require(clean_line(*text) == *text, "a failure's text is one clean line");
    require(text->size() <= longest, "a failure is short");
  }
  require(response.status == 0 || !failure.code.empty() || !failure.message.empty(),
          "a failure says something");
  const bool transient = aws::is_transient(failure, response);
  require(transient || !aws::is_throttling(failure), "throttling passes");
  require(!transient || !failure.code.empty() || failure.status == 0 || failure.status >= 429,
          "without a code only the status can say that it passes");
  return 0;
}

}  // namespace patchbot::fuzz
