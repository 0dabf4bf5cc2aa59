// SPDX-License-Identifier: Apache-2.0
#include "bodies.hpp"
#include "net/exchange_file.hpp"
#include "support/property.hpp"

namespace patchbot::fuzz {
namespace {

// What a recorder would keep of a request comes back from its file, and is found again.
void require_found_again(const RecordedRequest& read) {
  HttpRequest request;
  request.method = read.method;
  request.url = read.url;
  request.scope = read.scope;
  request.headers = {{"x-amz-target", read.target}};
  request.body = read.body;
  const RecordedRequest kept = recorded_form(request);
  HttpResponse response;
  response.status = 200;
  const RecordedRequest back = parse_exchange(exchange_to_json(kept, response)).request;
  require(back == kept, "a request comes back as it was");
  require(key_of(back) == key_of(kept), "and is found again");
}

}  // namespace

int fuzz_exchange_json(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  RecordedExchange exchange;
  if (parses([&] { exchange = parse_exchange(text); })) {
    const int status = exchange.response.status;
    require(status == 0 || (status >= 100 && status <= 599), "the status is one of HTTP");
    require(status != 0 || !exchange.response.failure.empty(), "a failure says something");
    require_found_again(exchange.request);
  }
  RecordedRequest raw;
  raw.method = "POST";
  raw.url = text;
  raw.scope = text;
  raw.target = text;
  raw.body = text;
  require_found_again(raw);
  RecordingHead head;
  if (parses([&] { head = parse_recording_head(text); })) {
    require(parse_recording_head(to_json(head)) == head, "the head comes back as it was");
  }
  return 0;
}

}  // namespace patchbot::fuzz
