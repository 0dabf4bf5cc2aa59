// SPDX-License-Identifier: Apache-2.0
#include "services/download.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/redaction.hpp"

namespace patchbot {
namespace {

constexpr int max_redirects = 5;

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// Where a redirect leads: an address of its own, or a path on the same server.
std::string target_of(const std::string& url, std::string_view location) {
  if (location.find("://") != std::string_view::npos) return std::string(location);
  const UrlParts parts = split_url(url);
  const std::string server = std::string(parts.scheme) + "://" + std::string(parts.host);
  if (location.starts_with("//")) return std::string(parts.scheme) + ":" + std::string(location);
  if (location.starts_with("/")) return server + std::string(location);
  const std::string_view folder = parts.path.substr(0, parts.path.rfind('/') + 1);
  return server + (folder.empty() ? "/" : std::string(folder)) + std::string(location);
}

[[noreturn]] void fail(const std::string& url, const std::string& why) {
  throw Error(Blame::remote, clean_line(redacted_url(url)) + ": " + why);
}

std::string next_address(const std::string& url, const HttpResponse& response) {
  const std::string_view location = response.header("location");
  if (location.empty()) fail(url, "redirects to nowhere");
  std::string next = target_of(url, location);
  const bool secure = equals_nocase(split_url(url).scheme, "https");
  if (!is_url(next) || (secure && !equals_nocase(split_url(next).scheme, "https"))) {
    fail(url, "redirects to " + clean_line(redacted_url(next)) + ", which is not followed");
  }
  return next;
}

HttpRequest request_for(const std::string& url, const std::string& label) {
  HttpRequest request;
  request.url = url;
  request.label = label;
  request.timeout = std::chrono::minutes(5);
  request.max_answer = std::size_t{1024} * 1024 * 1024;
  // Some of these servers turn away what does not look like a browser.
  request.headers = {{"User-Agent", "Mozilla/5.0 (compatible; PatchBot)"}, {"Accept", "*/*"}};
  return request;
}

}  // namespace

bool is_url(const std::string& text) {
  return starts_with_nocase(text, "https://") || starts_with_nocase(text, "http://");
}

std::string fetch_public_file(Transport& transport,
                              Clock& clock,
                              const std::string& url,
                              const std::string& label,
                              const Patience& patience) {
  std::string address = url;
  for (int hop = 0; hop <= max_redirects; ++hop) {
    HttpResponse response =
        exchange_patiently(transport, clock, request_for(address, label), patience);
    if (response.status == 200) return std::move(response.body);
    if (!is_redirect(response.status)) fail(address, trouble_of(response));
    address = next_address(address, response);
  }
  fail(url, "redirects again and again");
}

}  // namespace patchbot
